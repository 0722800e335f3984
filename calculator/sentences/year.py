"""一年的账: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import yuan
from calculator.money import Yuan
from calculator.sentences.forms import Sentence, Template


def _sums(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    end = "各笔加起来，再加上年底结算的，就是全年的数" if d["end"] else "各笔加起来就是全年的数"
    return "全年费用", f"{d['year']} 年一共 {d['count']} 笔，总费用 {yuan(amount)}。每一笔的算法见下面，{end}。"


FUNCTIONS: Mapping[str, Sentence] = {"year.sums": _sums}

TEMPLATES: Mapping[str, Template] = {}
