"""分项目: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import yuan
from calculator.money import Yuan, percent_text
from calculator.sentences.forms import Sentence, Template, equals


def _limit(d: Mapping[str, Any]) -> str:
    each = yuan(d["limit"])
    return (
        f"限价每个 {each}"
        if d["units"] == 1
        else f"限价每个 {each}，{d['units']} 个一共 {yuan(d['limit'] * d['units'])}"
    )


def _over_limit(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    return "减：超过限价", f"{d['item']} {yuan(d['stated'])}，{_limit(d)}，超过的 {yuan(amount)} 由您自己付。"


def _within_limit(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - nothing is above
    return "限价", f"{d['item']} {yuan(d['stated'])}，{_limit(d)}，没有超过。"


def _first_pay(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    ratio = percent_text(d["ratio"])
    if not amount:
        return "先自付", f"{d['item']}不用先自付。"
    return "减：先自付", f"{d['item']}要先自付 {ratio}：{yuan(d['of'])} × {ratio} = {yuan(amount)}。"


def _uncounted(d: Mapping[str, Any]) -> str:
    return "，也不计入今年的累计" if d["counts"] == "none" else ""


def _fund_pays(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    each = f"每次医保付 {yuan(d['each'])}"
    times = f"，{d['units']} 次" if d["units"] > 1 else ""
    rest = f"，其余 {yuan(d['of'] - amount)} 由您自己付" if d["of"] > amount else ""
    return (
        f"{d['item']}支付",
        f"{d['item']}单独算，不经过起付线{_uncounted(d)}：{each}{times}，一共付 {yuan(amount)}{rest}。",
    )


def _apart(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    ratio = percent_text(d["ratio"])
    sum_ = f"{yuan(d['of'])} × {ratio} {equals(d['of'] * d['ratio'], amount)}"
    return f"{d['item']}支付", f"{d['item']}单独算，不经过起付线{_uncounted(d)}：{sum_}。"


def _proportional(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - a note
    shares = "，".join(f"{name}占 {yuan(of)}" for name, of in d["shares"])
    ordinary = f"，其余 {yuan(d['ordinary'])} 是普通费用" if d["ordinary"] else ""
    return "项目", f"{yuan(d['whole'])} 里，{shares}{ordinary}。起付线和每一段里，各类都按这个份额分摊。"


FUNCTIONS: Mapping[str, Sentence] = {
    "items.proportional": _proportional,
    "items.over_limit": _over_limit,
    "items.within_limit": _within_limit,
    "items.first_pay": _first_pay,
    "items.fund_pays": _fund_pays,
    "items.apart": _apart,
}

TEMPLATES: Mapping[str, Template] = {
    "items.ordinary": ("项目", "{item} {amount}，这种情形没有另外的规定，按普通费用计算。"),
    "items.cap": ("封顶线", "{layer}的封顶线快用完了，{item}只能再付 {amount}。"),
}
