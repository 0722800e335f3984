"""长期护理保险: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import yuan
from calculator.money import Yuan, percent_text
from calculator.sentences.forms import Sentence, Template


def _hours(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if d["hours"] > d["most"]:
        counted = f"用了 {d['hours']} 小时，每月最多算 {d['most']} 小时"
    else:
        counted = f"用了 {d['hours']} 小时，没有超过每月 {d['most']} 小时"
    sums = f"{d['counted']} 小时 × {yuan(d['price'])} × {percent_text(d['ratio'])} = {yuan(amount)}"
    return "长护险支付", f"{counted}。{sums}。"


def _days(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    ratio = percent_text(d["ratio"])
    if d["of"] == "eligible_expense":
        each = (
            f"每天 {yuan(d['cost'])}，最多算 {yuan(d['limit'])}，付 {yuan(d['counted'])} × {ratio} = {yuan(d['each'])}"
        )
    else:
        product = f"{yuan(d['cost'])} × {ratio} = {yuan(d['product'])}"
        each = f"每天 {product}，最多付 {yuan(d['limit'])}，所以付 {yuan(d['each'])}"
    return "长护险支付", f"{each}；{d['days']} 天一共 {yuan(amount)}。"


def _monthly(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if d["found"] > d["limit"]:
        return "每月限额", f"每月最多付 {yuan(d['limit'])}，已经到了，付 {yuan(amount)}。"
    return "每月限额", f"每月最多付 {yuan(d['limit'])}，没有超过。"


FUNCTIONS: Mapping[str, Sentence] = {"care.hours": _hours, "care.days": _days, "care.monthly_limit": _monthly}

TEMPLATES: Mapping[str, Template] = {
    "care.plain": ("长护险支付", "{total} × {ratio} = {amount}。"),
    "care.result": ("合计", "这个月的费用 {total}，长护险付 {amount}，您自己付 {person}。"),
}
