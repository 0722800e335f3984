"""比例的调整: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from calculator.explain import points_text
from calculator.money import Yuan, percent_text
from calculator.sentences.forms import Sentence, Template


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _points(verb: str) -> Sentence:
    def sentence(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - moves no money
        return "比例调整", f"{d['name']}：{d['layer']}的支付比例{verb} {points_text(d['value'])}。"

    return sentence


def _points_each(verb: str) -> Sentence:
    def sentence(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001
        product = d["each_value"] * d["count"]
        sum_ = f"{points_text(d['each_value'])} × {_number(d['count'])} = {points_text(product)}"
        most = f"，最多 {points_text(d['most'])}" if d["most"] is not None and product > d["most"] else ""
        if d["missing"] is not None:
            should = f"{d['number']}应满 {_number(d['missing'])} {d['unit']}"
            if not d["count"]:
                return "比例调整", f"{d['name']}：{should}，已经满了，不用调整。"
            return (
                "比例调整",
                f"{d['name']}：{should}，差 {_number(d['count'])} {d['unit']}，支付比例{verb} {sum_}{most}。",
            )
        return "比例调整", f"{d['name']}：按{d['number']}，支付比例{verb} {sum_}{most}。"

    return sentence


def _multiply(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001
    return "比例调整", f"{d['name']}：{d['layer']}的支付比例按原来的 {percent_text(d['value'])} 计算。"


def _own_share(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001
    return "比例调整", f"{d['name']}：按比例自己付的那部分，只付 {percent_text(d['value'])}，其余由{d['layer']}付。"


def _set(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001
    return "比例调整", f"{d['name']}：{d['layer']}的支付比例是 {percent_text(d['value'])}。"


FUNCTIONS: Mapping[str, Sentence] = {
    "change.add_points": _points("提高"),
    "change.reduce_points": _points("降低"),
    "change.add_points_each": _points_each("提高"),
    "change.reduce_points_each": _points_each("降低"),
    "change.multiply": _multiply,
    "change.own_share": _own_share,
    "change.set": _set,
}

TEMPLATES: Mapping[str, Template] = {}
