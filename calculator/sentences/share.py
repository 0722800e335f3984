"""按比例支付: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import yuan
from calculator.money import Yuan, percent_text
from calculator.sentences.forms import Sentence, Template, equals


def _segment(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    ratio = percent_text(d["ratio"])
    was = f"（原来是 {percent_text(d['base_ratio'])}）" if d["ratio"] != d["base_ratio"] else ""
    part = d["high"] - d["low"]
    if not part and d["capped"]:
        return f"{d['layer']}支付", f"封顶线已经用完，{d['layer']}付 0 元。"
    sum_ = f"{yuan(part)} × {ratio} {_sum(d, part, amount)}"
    return f"{d['layer']}支付", f"{_where(d, part)}，按 {ratio}{was} 支付：{sum_}。"


def _where(d: Mapping[str, Any], part: Yuan) -> str:
    if "item" in d:
        return f"{d['item']}的 {yuan(part)}"
    if d["ahead"] is not None:
        low, high = d["low"] + d["ahead"], d["high"] + d["ahead"]
        before = f"今年前面已经累计 {yuan(d['before'])}" if d["before"] else "今年前面还没有"
        return f"按今年累计的费用（{before}），{yuan(low)}到 {yuan(high)} 之间的 {yuan(part)}"
    return f"{yuan(d['low'])}到 {yuan(d['high'])} 之间的 {yuan(part)}" if d["low"] else yuan(part)


def _sum(d: Mapping[str, Any], part: Yuan, amount: Yuan) -> str:
    product = part * d["ratio"]
    if d["capped"] and product != amount:
        # the cap is reached somewhere within a fen of cost
        return f"= {yuan(product)}，也就是封顶线还剩的 {yuan(amount)}"
    return equals(product, amount) + ("，付到封顶线为止" if d["capped"] else "")


FUNCTIONS: Mapping[str, Sentence] = {
    "share.segment": _segment,
}

TEMPLATES: Mapping[str, Template] = {
    "share.nothing_left": ("{layer}支付", "没有超过起付线的费用，{layer}不支付。"),
    "share.minimum": ("{layer}比例下限", "{layer}的支付比例最低 {ratio}，按 {ratio} 支付。"),
    "share.maximum": ("{layer}比例上限", "{layer}的支付比例最高 {ratio}，按 {ratio} 支付。"),
}
