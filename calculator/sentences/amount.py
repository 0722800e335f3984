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
    if d["held"] > d["product"]:
        bound = f"，不到最低的 {yuan(d['held'])}，按 {yuan(d['held'])} 计算"
    elif d["held"] < d["product"]:
        bound = f"，超过最高的 {yuan(d['held'])}，按 {yuan(d['held'])} 计算"
    if amount != d["held"]:
        bound += f"，取整后是 {yuan(amount)}"
    of = f" {d['of_words']}" if d["of_words"][0].isdigit() else d["of_words"]  # “2025 年的…”
    return d["what"], f"{d['what']}是{of}的 {percent_text(d['ratio'])}：{sum_}{bound}。"


FUNCTIONS: Mapping[str, Sentence] = {"amount.percent": _percent}

TEMPLATES: Mapping[str, Template] = {"assume.trait": ("假设", "没有说{trait}，按“{word}”计算。")}
