"""费用分类: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import yuan
from calculator.money import Yuan, percent_text
from calculator.sentences.forms import Sentence, Template


def _eligible(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if amount == d["total"]:
        return "医保范围内费用", f"{yuan(amount)}全部在医保范围内。"
    if not amount:
        return "医保范围内费用", f"{yuan(d['total'])}都不在医保范围内。"
    return "医保范围内费用", f"{yuan(d['total'])}里，有 {yuan(amount)} 在医保范围内，下面只算这一部分。"


def _cost_first_pay(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if d["items"]:
        sums = "，".join(f"{yuan(a)} × {percent_text(r)}" for a, r in d["items"])
        return "减：先自付", f"乙类项目要先自付一部分：{sums}，共 {yuan(amount)}。"
    return "减：先自付", f"乙类药品和部分检查、材料要先自付一部分，共 {yuan(amount)}。"


FUNCTIONS: Mapping[str, Sentence] = {
    "cost.eligible": _eligible,
    "cost.first_pay": _cost_first_pay,
}

TEMPLATES: Mapping[str, Template] = {
    "cost.total": ("总费用", "总费用 {amount}。"),
    "cost.self_funded": ("减：全自费", "目录外的 {amount}不归医保管，由您自己付。"),
    "cost.compliant": ("其中：合规的自费", "全自费里有 {amount} 是合规的，后面有的保障会算它。"),
    "cost.over_limit": ("减：超过限价", "超过限价的 {amount}由您自己付。"),
    "assume.admitted": ("假设", "这里按入院日选用标准；没有说入院日，按和出院日适用同一版计算。"),
}
