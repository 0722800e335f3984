"""对比: what one stage changes from one case to the other, in a line: 「统筹基金起付线高 500 元：您多付 425 元。」"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from calculator.compare import Cause, Split
from calculator.explain import points_text, tidy, yuan
from calculator.ledger import Step
from calculator.money import ZERO, Yuan, percent_text

STAGE_WORDS = {
    "cost": "费用分类",
    "refused": "是否支付",
    "first_pay": "异地先自付",
    "account_first": "个人账户先付",
    "base": "计算基数",
    "deductible": "起付线",
    "share": "支付比例",
    "cap": "封顶线",
    "guarantee": "保底",
    "rounding": "取整",
    "account": "个人账户",
    "other": "其他规定",
}


def cause_text(cause: Cause) -> tuple[str, str]:
    """The label and the sentence of a cause."""
    stages = list(dict.fromkeys(stage for stage, _ in cause.stages))
    label = "、".join(STAGE_WORDS[stage] for stage in stages)
    what = _WHAT[stages[0]](cause) if len(stages) == 1 else f"{label}不同"
    return label, tidy(f"{what}：{moved_text(cause.fund_less, cause.person_more)}。")


def split_titles(low: Split, high: Split) -> tuple[tuple[str, Split], ...]:
    """The splits of a difference, each under the whole it adds up to; one when the difference is certain."""
    if low is high:
        return ((f"一共{moved_text(low.fund_less, low.person_more)}：", low),)
    return (
        (f"差得最少时，一共{moved_text(low.fund_less, low.person_more)}：", low),
        (f"差得最多时，一共{moved_text(high.fund_less, high.person_more)}：", high),
    )


def moved_text(fund_less: Yuan, person_more: Yuan) -> str:
    """「您多付 425 元」; with what the fund pays where that is not the same amount."""
    person = f"您多付 {yuan(person_more)}" if person_more > ZERO else f"您少付 {yuan(-person_more)}"
    if fund_less == person_more:
        return person
    fund = f"医保少付 {yuan(fund_less)}" if fund_less > ZERO else f"医保多付 {yuan(-fund_less)}"
    if not person_more:
        return f"{fund}，您付的不变"
    return f"{fund}，{person}" if fund_less else f"医保付的不变，{person}"


def _layer(cause: Cause) -> str:
    return "".join(cause.layers[:1])


def _steps(cause: Cause, steps: Sequence[Step], *rules: str) -> Iterator[Mapping[str, Any]]:
    """The data of the steps of a rule, of the change's own layer if it has one."""
    for step in steps:
        if step.rule in rules and (not cause.layers or step.data.get("layer") in cause.layers):
            yield {**step.data, "amount": step.amount}


def _both(cause: Cause, *rules: str) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    return list(_steps(cause, cause.before, *rules)), list(_steps(cause, cause.after, *rules))


def _higher(difference: Decimal, text: str) -> str:
    return f"{'高' if difference > ZERO else '低'} {text}"


def _cost(cause: Cause) -> str:
    (before,), (after,) = _both(cause, "cost.eligible")
    more = after["amount"] - before["amount"]
    if not more:
        return "总费用不同"
    return f"医保范围内费用{'多' if more > ZERO else '少'} {yuan(abs(more))}"


def _refused(cause: Cause) -> str:
    _, after = _both(cause, "away.pays_nothing")
    return "这种情形医保不予支付" if after else "这种情形医保可以支付"


def _first_pay(cause: Cause) -> str:
    before, after = ([d["ratio"] for d in steps if d["ratio"]] for steps in _firsts(cause))
    if len(before) == len(after) == 1 and before != after:
        return f"异地先自付的比例从 {percent_text(before[0])} 变成 {percent_text(after[0])}"
    if len(after) == 1 and not before:
        return f"要先自付 {percent_text(after[0])}"
    return "异地先自付的算法不同" if after else "不用异地先自付"


def _firsts(cause: Cause) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """The first pays of both sides: their steps do not tell the layer."""
    when = "after_deductible" if cause.layers else "before_deductible"
    before, after = (
        [step.data for step in steps if step.rule == "away.first_pay" and step.data["when"] == when]
        for steps in (cause.before, cause.after)
    )
    return before, after


def _base(cause: Cause) -> str:
    before, after = _both(cause, "layer.total")
    if len(cause.layers) == 1 and bool(before) != bool(after):
        return f"{'多了' if after else '没有'}{_layer(cause)}"
    return f"{_layer(cause)}的计算基数不同"


_PERIODS = ("admission", "visit", "day", "month", "quarter", "year", "given")


def _deductible(cause: Cause) -> str:
    before, after = (
        sum((d["due"] for d in steps), ZERO) for steps in _both(cause, *(f"deductible.{per}" for per in _PERIODS))
    )
    if before == after:
        return f"{_layer(cause)}起付线的算法不同"
    return f"{_layer(cause)}起付线{_higher(after - before, yuan(abs(after - before)))}"


def _share(cause: Cause) -> str:
    before, after = ([d["ratio"] for d in steps] for steps in _both(cause, "share.segment"))
    cuts = [two - one for one, two in zip(before, after, strict=False)]
    if not cuts or len(before) != len(after) or min(cuts) * max(cuts) < ZERO or not any(cuts):
        return f"{_layer(cause)}支付比例的算法不同"
    least, most = sorted((abs(min(cuts)), abs(max(cuts))))
    points = points_text(most) if least == most else f"{percent_text(least)[:-1]} 到 {points_text(most)}"
    return f"{_layer(cause)}支付比例{_higher(max(cuts) + min(cuts), points)}"


def _cap(cause: Cause) -> str:
    before, after = ([d["amount"] for d in steps] for steps in _both(cause, "cap.within", "cap.reached"))
    if before and after and before != after:
        more = after[0] - before[0]
        return f"{_layer(cause)}封顶线{_higher(more, yuan(abs(more)))}"
    if after and not before:
        return f"{_layer(cause)}有封顶线 {yuan(after[0])}"
    return f"{_layer(cause)}的封顶线剩下的额度不同" if after else f"{_layer(cause)}没有封顶线"


def _guarantee(cause: Cause) -> str:
    before, after = ([d["ratio"] for d in steps] for steps in _both(cause, "guarantee"))
    if before and after and before != after:
        return f"保底比例{_higher(after[0] - before[0], points_text(abs(after[0] - before[0])))}"
    if after and not before:
        return f"有保底 {percent_text(after[0])}"
    return "保底的算法不同" if after else "没有保底"


_WHAT: Mapping[str, Callable[[Cause], str]] = {
    "cost": _cost,
    "refused": _refused,
    "first_pay": _first_pay,
    "base": _base,
    "deductible": _deductible,
    "share": _share,
    "cap": _cap,
    "guarantee": _guarantee,
    "rounding": lambda _: "取整的办法不同",
    "account_first": lambda _: "个人账户先付的钱不同",
    "account": lambda _: "个人账户付的钱不同",
    "other": lambda _: "其他规定不同",
}
