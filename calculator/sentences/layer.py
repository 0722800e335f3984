"""保障层和保底: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import PART_WORDS, PERIOD_WORDS, yuan
from calculator.money import Yuan, percent_text
from calculator.sentences.forms import Sentence, Template


def _own(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    parts = "、".join(f"{PART_WORDS[name]} {yuan(part)}" for name, part in d["parts"].items())
    listed = f"：{parts}" if parts else ""
    paid = f"{d['before']}支付以前您自己付的钱" if d["before"] else "您前面自己付的钱"
    return f"{d['layer']}的计算基数", f"{d['layer']}按{paid}计算，共 {yuan(amount)}{listed}。"


def _times(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - nothing is paid
    per = PERIOD_WORDS[d["per"]]
    return f"{d['layer']}支付", f"{d['layer']}{per}最多支付 {d['most']} 次，已经用完，这次不支付。"


def _lump(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    paid = f"付 {yuan(amount)}"
    if amount < d["lump"]:
        paid = f"是 {yuan(d['lump'])}，但不能超过您自己付的，付 {yuan(amount)}"
    return f"{d['layer']}支付", f"自己付的 {yuan(d['base'])}超过了 {yuan(d['over'])}，{d['layer']}{paid}。"


def _not_over(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - nothing is paid
    missing = d["over"] - d["base"]
    short = f"，还差 {yuan(missing)}" if missing else ""
    label = f"{d['layer']}支付"
    return label, f"自己付的钱超过 {yuan(d['over'])}才有{d['layer']}；这里是 {yuan(d['base'])}{short}，不支付。"


_WHOLE_WORDS = {"eligible": "医保范围内费用", "total": "总费用"}


def _bound(d: Mapping[str, Any]) -> str:
    sum_ = f"{yuan(d['whole'])} × {percent_text(d['ratio'])} = {yuan(d['bound'])}"
    return f"自己付的最多占{_WHOLE_WORDS[d['of']]}的 {percent_text(d['ratio'])}：{sum_}"


def _true_up(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    return f"{d['layer']}支付", f"{_bound(d)}；您付了 {yuan(d['base'])}，超过的 {yuan(amount)}由{d['layer']}补给您。"


def _true_up_within(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - nothing is paid
    return f"{d['layer']}支付", f"{_bound(d)}；您付了 {yuan(d['base'])}，没有超过，{d['layer']}不用补。"


def _guarantee(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    ratio = percent_text(d["ratio"])
    promise = f"医保范围内费用的 {ratio}，{yuan(d['eligible'])} × {ratio} = {yuan(d['promised'])}"
    if amount:
        return "保底支付", f"当地保底：至少支付{promise}；前面只付了 {yuan(d['paid'])}，再补 {yuan(amount)}。"
    return "保底支付", f"当地保底：至少支付{promise}；前面付了 {yuan(d['paid'])}，已经够了，不用再补。"


def _total(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    exact = d.get("exact", amount)
    rounded = "" if exact == amount else f"，取整后是 {yuan(amount)}；后面接着算，用的还是没取整的数"
    return f"{d['layer']}共支付", f"{d['layer']}一共支付 {yuan(exact)}{rounded}。"


FUNCTIONS: Mapping[str, Sentence] = {
    "layer.total": _total,
    "layer.own": _own,
    "layer.times": _times,
    "lump_sum.paid": _lump,
    "lump_sum.not_over": _not_over,
    "true_up.paid": _true_up,
    "true_up.within": _true_up_within,
    "guarantee": _guarantee,
}

TEMPLATES: Mapping[str, Template] = {
    "layer.limited": ("{layer}共支付", "别的保障付过以后，您自己付的只剩 {amount}，{layer}就付 {amount}。"),
    "layer.no_excess": ("{layer}支付", "前面的保障没有到封顶线，用不到{layer}。"),
    "layer.excess": ("封顶线以上的费用", "封顶线以上还有 {amount}，由{layer}接着算。"),
    "layer.not_for": ("{layer}支付", "{layer}只给符合条件的人，您这种情况不在内，不支付。"),
    "layer.already": ("{layer}支付", "这笔费用前面的保障已经算过，{layer}不再算。"),
    "layer.none": ("合计", "没有一项保障适用于您这种情况，范围内的费用由您自己付。"),
    "layer.reached": ("{layer}支付", "自己付的钱已经超过{other}的起付线，{layer}不支付。"),
    "layer.not_reached": ("{layer}支付", "自己付的钱没有超过{other}的起付线，{layer}不支付。"),
    "layer.later": ("{layer}支付", "{layer}年底按全年的费用一次结算，这次先不付。"),
    "assume.year_end": ("假设", "{layer}年底按全年的费用一次结算；这里当作今年只有这一次。"),
    "assume.period_to_date": ("假设", "没有说这段时间里{layer}已经用了多少，按还没有用过计算。"),
    "assume.year_to_date": ("假设", "没有说今年{layer}已经用了多少，按还没有用过计算。"),
}
