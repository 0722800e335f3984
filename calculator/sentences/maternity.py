"""生育待遇: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.sentences.forms import Sentence, Template

FUNCTIONS: Mapping[str, Sentence] = {}

TEMPLATES: Mapping[str, Template] = {
    "maternity.days": ("产假天数", "产假 {days} 天。"),
    "maternity.addition": ("增加的天数", "{name}：{count} 个，加 {days} 天。"),
    "maternity.allowance": ("生育津贴", "单位月平均工资 {wage} ÷ {month} × {days} 天 = {amount}。"),
    "maternity.prenatal": ("产前检查定额", "产前检查定额支付 {amount}。"),
    "maternity.delivery": ("分娩定额", "分娩定额支付 {amount}。"),
    "maternity.total": ("一共", "加起来一共 {amount}。"),
}
