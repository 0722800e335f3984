"""保障层和保底: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import PART_WORDS, yuan
from calculator.money import Yuan, percent_text
from calculator.sentences.forms import Sentence, Template


def _own(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    parts = "、".join(f"{PART_WORDS[name]} {yuan(part)}" for name, part in d["parts"].items())
    listed = f"：{parts}" if parts else ""
    return f"{d['layer']}的计算基数", f"{d['layer']}按您前面自己付的钱计算，共 {yuan(amount)}{listed}。"


def _guarantee(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    promise = f"医保范围内费用的 {percent_text(d['ratio'])}，也就是 {yuan(d['promised'])}"
    if amount:
        return "保底支付", f"当地保底：至少支付{promise}；前面只付了 {yuan(d['paid'])}，再补 {yuan(amount)}。"
    return "保底支付", f"当地保底：至少支付{promise}；前面已经超过，不用再补。"


FUNCTIONS: Mapping[str, Sentence] = {
    "layer.own": _own,
    "guarantee": _guarantee,
}

TEMPLATES: Mapping[str, Template] = {
    "layer.total": ("{layer}共支付", "{layer}一共支付 {amount}。"),
    "layer.no_excess": ("{layer}支付", "上一层没有到封顶线，用不到{layer}。"),
    "layer.excess": ("上一层封顶线以上", "封顶线以上还有 {amount}，由{layer}接着算。"),
    "assume.year_to_date": ("假设", "没有说今年{layer}已经用了多少，按还没有用过计算。"),
}
