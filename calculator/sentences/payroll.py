"""五险、基数档次、灵活就业和按收入定的封顶线: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import yuan
from calculator.money import Yuan
from calculator.sentences.forms import Sentence, Template


def _declared(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if d["declared"] < d["floor"]:
        return "缴费基数", f"申报的 {yuan(d['declared'])} 低于下限，按 {yuan(amount)} 计算。"
    if d["declared"] > d["ceiling"]:
        return "缴费基数", f"申报的 {yuan(d['declared'])} 高于上限，按 {yuan(amount)} 计算。"
    return "缴费基数", f"按申报的 {yuan(amount)} 计算。"


FUNCTIONS: Mapping[str, Sentence] = {"flexible.declared": _declared}

TEMPLATES: Mapping[str, Template] = {
    "payroll.person": ("{name}（个人）", "{base} × {ratio} {=base}，从工资里扣。"),
    "payroll.employer": ("{name}（单位）", "{base} × {ratio} {=base}，单位交。"),
    "payroll.total": ("合计", "您每月扣 {person}，单位每月交 {employer}，一共 {amount}。"),
    "tiers.tier": ("平均工资的 {ratio}", "{of_words} {of} × {ratio} {=of}。"),
    "flexible.typed": ("每月缴费", "按您填的比例，{base} × {ratio} {=base}。"),
    "flexible.year": ("一年合计", "一年 12 个月，缴 {person}。"),
    "flexible.amount": ("缴费基数", "选第 {position} 档，按 {amount} 计算。"),
    "flexible.share": ("缴费基数", "{of_words} {of} × {ratio} {=of}。"),
    "resident_cap.multiple": ("封顶线", "人均可支配收入 {income} 的 {multiple}，就是 {amount}。"),
}
