"""起付线: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import yuan
from calculator.money import Yuan
from calculator.sentences.forms import Sentence, Template


def _deductible_admission(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if not d["available"]:
        return "减：起付线", "没有需要计算的费用，用不到起付线。"
    if amount < d["line"]:
        return (
            "减：起付线",
            f"起付线是 {yuan(d['line'])}，这里只有 {yuan(d['available'])}，没有超过，{d['layer']}不支付。",
        )
    if not amount:
        return "减：起付线", "这次不设起付线。"
    return "减：起付线", f"起付线 {yuan(amount)} 由您自己付，超过的部分{d['layer']}才开始支付。"


def _deductible_year(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if not d["available"]:
        return "减：起付线", "没有需要计算的费用，用不到起付线。"
    left = d["line"] - d["already"]
    already = f"，之前已经付了 {yuan(d['already'])}" if d["already"] else ""
    if amount < left:
        rest = f"这次的 {yuan(d['available'])} 全部算进起付线，{d['layer']}还不支付"
    elif not left:
        rest = "已经付满，这次不用再付"
    else:
        rest = f"这次付 {yuan(amount)}"
    return "减：起付线", f"起付线一年累计 {yuan(d['line'])}{already}，{rest}。"


FUNCTIONS: Mapping[str, Sentence] = {
    "deductible.admission": _deductible_admission,
    "deductible.year": _deductible_year,
}

TEMPLATES: Mapping[str, Template] = {
    "deductible.credit": ("起付线", "个人账户先付的钱里，有 {amount}算进{layer}的起付线。"),
    "deductible.done": ("减：起付线", "起付线在这次住院的前一段已经扣过，这一段不再扣。"),
    "deductible.multiple": ("起付线调整", "这种情形，起付线 {line}按 {multiple} 计算，是 {amount}。"),
    "deductible.given": ("减：起付线", "起付线本站没有收录，按您填的 {line}计算，这次付 {amount}。"),
    "deductible.published": ("起付线", "{layer}的起付线本站有收录，是 {line}，没有用您填的 {given}。"),
    "assume.first_admission": ("假设", "没有说是第几次住院，按本年度第一次计算。"),
}
