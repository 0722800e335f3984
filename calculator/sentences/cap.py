"""封顶线: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import yuan
from calculator.money import Yuan, round_amount
from calculator.sentences.forms import Sentence, Template

_OF_WORDS = {
    "fund_payment": "基金支付的金额",
    "eligible_expense": "医保范围内的费用",
    "fund_and_share": "起付线以上的费用",
}


def _cap_reached(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    per = "一年" if d["per"] == "year" else "一次"
    used = f"，之前已用 {yuan(d['used'])}" if d["used"] else ""
    return "封顶线", (
        f"已达封顶线：{d['layer']}{per}最多算到 {yuan(amount)}（{_OF_WORDS[d['of']]}）{used}，"
        f"超过的 {yuan(d['beyond'])} {d['layer']}不再支付。"
    )


def _cap_within(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    per = "一年" if d["per"] == "year" else "一次"
    used = f"，之前已用 {yuan(d['used'])}" if d["used"] else ""
    left = ""
    if d["of"] == "fund_payment" and d["per"] == "year":
        left = f"，今年还剩 {yuan(amount - d['used'] - round_amount(d['paid']))}"
    return "封顶线", f"{d['layer']}{per}的封顶线是 {yuan(amount)}（{_OF_WORDS[d['of']]}）{used}，没有超过{left}。"


FUNCTIONS: Mapping[str, Sentence] = {
    "cap.reached": _cap_reached,
    "cap.within": _cap_within,
}

TEMPLATES: Mapping[str, Template] = {
    "assume.cap": ("假设", "本站没有查到{layer}的封顶线，按没有超过计算；费用很高时，实际可能少报。"),
}
