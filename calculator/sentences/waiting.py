"""断缴和等待期: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import yuan
from calculator.money import Yuan
from calculator.sentences.forms import Sentence, Template

_STOPS = {
    "next_month": "从断缴的下个月起，医保不再报销，直到重新缴费、过了等待期。",
    "next_year": "没有缴下一年的钱，下一年就不能报销，直到重新缴费、过了等待期。",
}


def _stops(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - no amount
    return "停什么", _STOPS[d["when"]]


def _variable(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - no amount
    if d["way"] == "all":
        how = f"断缴 {d['missed']} 年，每一年都加 {d['each']} 个月"
    else:
        how = f"断缴 {d['missed']} 年，第一年不加，其余 {d['counted']} 年每年加 {d['each']} 个月"
    return "变动等待期", f"{how}，一共加 {d['months']} 个月。"


def _minimum(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - no amount
    rule = f"断缴了 {d['years']} 年，合计至少等 {d['months']} 个月"
    if d["found"] < d["least"]:
        return "最少等待", f"{rule}；现在是 {d['wait']} 个月，按 {d['months']} 个月算。"
    return "最少等待", f"{rule}；现在是 {d['wait']} 个月，已经够了。"


def _gap(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - no amount
    wait = f"要等 {d['months']} 个月" if d["wait"] else "不用等"
    effect = {
        "retroactive": "补缴以后，中断期间的医疗费可以补报",
        "none": "中断期间的医疗费不能补报",
        "": "",
    }[d["effect"]]
    return "等待期", f"中断了 {d['gap']} 个月，重新缴费{wait}" + (f"。{effect}。" if effect else "。")


def _incentive(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if not d["lost"]:
        return "奖励额度", f"没有断缴，大病保险的奖励额度 {yuan(amount)} 还在。"
    return "奖励额度", f"断缴以后，大病保险的奖励额度从 {yuan(d['before'])} 减到 {yuan(amount)}。"


def _newborn(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - no amount
    rule = f"出生后 {d['limit']} 天以内登记的，从出生那天起就能报销"
    if not d["late"]:
        return "新生儿", f"{rule}。您是第 {d['passed']} 天登记的。"
    then = "从登记那天起报销" if d["late"] == "registration" else f"登记以后还要等 {d['months']} 个月"
    return "新生儿", f"{rule}。您是第 {d['passed']} 天登记的，已经过了，{then}。"


FUNCTIONS: Mapping[str, Sentence] = {
    "waiting.stops": _stops,
    "waiting.variable": _variable,
    "waiting.minimum": _minimum,
    "waiting.gap": _gap,
    "waiting.incentive": _incentive,
    "waiting.newborn": _newborn,
}

TEMPLATES: Mapping[str, Template] = {
    "waiting.fixed": ("固定等待期", "没有按时缴费、后来才缴的，都要先等 {months} 个月。"),
    "waiting.repaired": ("补缴修复", "补缴 {repaid} 年，每年减 {each} 个月，变动等待期还剩 {months} 个月。"),
    "waiting.no_repair": ("补缴修复", "这里没有规定补缴可以少等。"),
    "waiting.total": ("一共要等", "固定的加上变动的，一共等 {months} 个月。"),
    "waiting.reset": ("连续参保", "连续参保的年数要从头算，原来的 {years} 年不再算连续。"),
    "waiting.continues": ("连续参保", "连续参保的 {years} 年接着算。"),
    "waiting.kept": ("累计缴费", "以前缴过的 {years} 年不会清零，退休时照样算。"),
}
