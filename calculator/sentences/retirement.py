"""退休后的缴费年限: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.money import Yuan
from calculator.sentences.forms import Sentence, Template


def _counted(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - no amount
    text = f"在本地缴了 {d['local']}，从外地转来 {d['elsewhere']}"
    if d["any_deemed"]:
        text += f"，视同缴费 {d['deemed']}" + ("也算" if d["counts"] else "不算")
    return "缴费年限", f"{text}，一共算 {d['total']}。"


def _against(d: Mapping[str, Any], what: str) -> str:
    rest = f"还差 {d['missing']}" if d["short"] else "已经够了"
    return f"{what}要缴满 {d['years']} 年，{rest}。"


def _required(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - no amount
    return "一共要满", _against(d, "退休后不再缴费，一共")


def _local(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - no amount
    return "在本地要满", _against(d, "其中在本地实际")


FUNCTIONS: Mapping[str, Sentence] = {
    "retirement.counted": _counted,
    "retirement.required": _required,
    "retirement.local": _local,
}

TEMPLATES: Mapping[str, Template] = {
    "retirement.back_pay": ("一次补缴", "每月 {base} × {ratio}，补 {months} 个月，一共 {amount}。"),
    "retirement.no_back_pay": ("一次补缴", "一次补缴要多少钱，本站没有收录。"),
}
