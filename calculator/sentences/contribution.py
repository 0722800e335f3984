"""缴费: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import yuan
from calculator.money import Yuan
from calculator.sentences.forms import Sentence, Template


def _base(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if d["wage"] < d["floor"]:
        why = f"工资 {yuan(d['wage'])} 低于下限，按下限 {yuan(d['floor'])} 计算"
    elif d["wage"] > d["ceiling"]:
        why = f"工资 {yuan(d['wage'])} 高于上限，按上限 {yuan(d['ceiling'])} 计算"
    else:
        why = f"工资在下限 {yuan(d['floor'])}和上限 {yuan(d['ceiling'])} 之间，就按工资 {yuan(amount)} 计算"
    return "缴费基数", f"{why}。"


def _part_amount(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    per = "每年" if d["per"] == "year" else "每月"
    if d["members"] > 1:
        return d["name"], f"{per}每人 {yuan(d['each'])}，{d['members']} 人共 {yuan(amount)}。"
    return d["name"], f"{per} {yuan(amount)}。"


FUNCTIONS: Mapping[str, Sentence] = {
    "contribution.base": _base,
    "contribution.amount": _part_amount,
}

TEMPLATES: Mapping[str, Template] = {
    "contribution.rate": ("{name}", "每月 {base} × {ratio} = {amount}。"),
    "contribution.account": ("划入个人账户", "每月 {base} × {ratio} = {amount}，是您自己的钱。"),
    "contribution.no_account": ("划入个人账户", "划入个人账户的标准本站没有收录。"),
    "contribution.year": ("一年合计", "一年 12 个月，您自己缴 {person}，单位缴 {employer}。"),
    "contribution.people": ("合计", "{members} 人一年个人缴费 {person}，财政补助 {government}，筹资总额 {amount}。"),
}
