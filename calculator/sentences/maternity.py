"""生育待遇: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.money import Yuan
from calculator.sentences.forms import Sentence, Template


def _addition(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - days, not money
    several = f"{d['count']} 个，" if d["count"] > 1 else ""
    return "增加的天数", f"{d['name']}：{several}加 {d['days']} 天。"


FUNCTIONS: Mapping[str, Sentence] = {"maternity.addition": _addition}

TEMPLATES: Mapping[str, Template] = {
    "maternity.days": ("产假天数", "产假 {days} 天。"),
    "maternity.allowance": ("生育津贴", "单位月平均工资 {wage} ÷ {month} × {days} 天 = {amount}。"),
    "maternity.prenatal": ("产前检查定额", "产前检查定额支付 {amount}。"),
    "maternity.delivery": ("分娩定额", "分娩定额支付 {amount}。"),
    "maternity.total": ("一共", "加起来一共 {amount}。"),
}
