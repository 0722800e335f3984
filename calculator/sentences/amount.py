"""Amounts that are a percentage of something, and traits taken at their default: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import yuan
from calculator.money import Yuan, percent_text
from calculator.sentences.forms import Sentence, Template


def _percent(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    sum_ = f"{yuan(d['of'])} × {percent_text(d['ratio'])} = {yuan(d['product'])}"
    bound = ""
    if amount > d["product"]:
        bound = f"，不到最低的数，按 {yuan(amount)} 计算"
    elif amount < d["product"]:
        bound = f"，按 {yuan(amount)} 计算"
    return d["what"], f"{d['what']}是{d['of_words']}的 {percent_text(d['ratio'])}：{sum_}{bound}。"


FUNCTIONS: Mapping[str, Sentence] = {"amount.percent": _percent}

TEMPLATES: Mapping[str, Template] = {"assume.trait": ("假设", "没有说{trait}，按“{word}”计算。")}
