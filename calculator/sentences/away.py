"""异地就医: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.sentences.forms import Sentence, Template

FUNCTIONS: Mapping[str, Sentence] = {}

TEMPLATES: Mapping[str, Template] = {
    "away.exempt_place": ("就医情形", "去{place}看病不用备案。"),
    "away.level_as": ("医院等级", "那边的{level}医院，按这里的{counted}算。"),
    "away.case": ("就医情形", "按“{filing}”计算。"),
    "away.same_as": ("就医情形", "“{filing}”和“{target}”一样算。"),
    "away.local": ("就医情形", "按在参保地看病的标准计算。"),
    "away.first_pay": ("减：异地先自付", "这种情形要先自付 {ratio}：{of} × {ratio} = {amount}。"),
    "away.reduce_points": ("异地降低比例", "这种情形，支付比例降低 {points}。"),
    "away.multiply": ("异地降低比例", "这种情形，按原来比例的 {factor} 支付。"),
    "away.pays_nothing": ("医保支付", "这种情形，医保不予支付，全部由您自己付。"),
    "assume.local": ("假设", "没有说在哪里看病，按在参保地看病计算。"),
}
