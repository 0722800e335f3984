"""封顶线: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from calculator.explain import PERIOD_WORDS, yuan
from calculator.money import Yuan, round_amount
from calculator.sentences.forms import Sentence, Template

_MOST = {
    "fund_payment": "最多付 {}",
    "eligible_expense": "最多管 {}的范围内费用",
    "fund_and_share": "最多管起付线以上的 {}",
}


def _subject(d: Mapping[str, Any]) -> str:
    return f"{d['name'] or d['layer']}{PERIOD_WORDS[d['per']]}"


def _most(d: Mapping[str, Any], amount: Yuan) -> str:
    used = f"，之前已用 {yuan(d['used'])}" if d["used"] else ""
    together = "（几项待遇合起来算）" if d["shared"] else ""
    return f"{_subject(d)}{_MOST[d['of']].format(yuan(amount))}{together}{used}"


def _cap_reached(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    return "封顶线", f"已达封顶线：{_most(d, amount)}；到顶以后的费用 {yuan(d['beyond'])}，{d['layer']}不再支付。"


def _cap_within(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    left = ""
    if d["left"] is not None and d["per"] not in ("admission", "visit"):
        left = f"，{_LEFT_WORDS[d['per']]}还剩 {yuan(round_amount(d['left']))}"
    return "封顶线", f"{_most(d, amount)}，没有到封顶线{left}。"


_LEFT_WORDS = {"year": "今年", "quarter": "这个季度", "month": "这个月", "day": "今天"}


def _count(d: Mapping[str, Any]) -> str:
    return f"{d['count'].normalize():f} {d['unit']}" if isinstance(d["count"], Decimal) else ""


def _changed(verb: str) -> Sentence:
    def sentence(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
        if not d["unit"]:
            return "封顶线调整", f"{d['name']}：{d['layer']}的封顶线{verb} {yuan(amount)}。"
        sum_ = f"{yuan(d['each'])} × {_count(d)} = {yuan(amount)}"
        return "封顶线调整", f"{d['name']}：{d['layer']}的封顶线{verb}，{sum_}。"

    return sentence


def _raised(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    more = f" + {yuan(d['more'])}" if d["more"] else ""
    less = f" − {yuan(d['less'])}" if d["less"] else ""
    return "封顶线调整", f"{d['layer']}的封顶线，按您的情况是 {yuan(d['line'])}{more}{less} = {yuan(amount)}。"


FUNCTIONS: Mapping[str, Sentence] = {
    "cap.reached": _cap_reached,
    "cap.within": _cap_within,
    "cap.more": _changed("提高"),
    "cap.less": _changed("降低"),
    "cap.raised": _raised,
}

TEMPLATES: Mapping[str, Template] = {
    "cap.most": ("封顶线调整", "加起来是 {sum}，但封顶线最多提高 {amount}。"),
    "cap.carried": ("封顶线调整", "上年没用完的 {left}结转到今年：{line} + {left} = {amount}。"),
    "cap.cleared": ("提醒", "这次用到了 {line}以上提高的额度。按规定，{name}用过以后清零，从头算起。"),
    "assume.cap": ("假设", "本站没有查到{layer}的封顶线，按没有超过计算；费用很高时，实际可能少报。"),
    "assume.carried": ("假设", "没有说{layer}上年剩下多少可以结转，按没有计算。"),
}
