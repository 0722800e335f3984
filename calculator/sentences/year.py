"""一年的账: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.sentences.forms import Sentence, Template

FUNCTIONS: Mapping[str, Sentence] = {}

TEMPLATES: Mapping[str, Template] = {
    "year.sums": ("全年费用", "{year} 年一共 {count} 笔，总费用 {amount}，各笔的算法见下面。"),
}
