"""对比: what one stage changes from one case to the other, in a line: 「统筹基金起付线高 500 元：您多付 425 元。」"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from calculator.compare import Change
from calculator.explain import points_text, tidy, yuan
from calculator.ledger import Step
from calculator.money import ZERO, Yuan, percent_text

STAGE_WORDS = {
    "cost": "费用分类",
    "refused": "是否支付",
    "first_pay": "异地先自付",
    "base": "计算基数",
    "deductible": "起付线",
    "share": "支付比例",
    "cap": "封顶线",
    "guarantee": "保底",
    "rounding": "取整",
    "account": "个人账户",
    "other": "其他规定",
}


def change_text(change: Change) -> tuple[str, str]:
    """The label and the sentence of a change."""
    stages = list(dict.fromkeys(stage for stage, _ in change.stages))
    label = "、".join(STAGE_WORDS[stage] for stage in stages)
    what = _WHAT[stages[0]](change) if len(stages) == 1 else f"{label}不同"
    return label, tidy(f"{what}：{moved_text(change.fund_less, change.person_more)}。")


def moved_text(fund_less: Yuan, person_more: Yuan) -> str:
    """「您多付 425 元」; with what the fund pays where that is not the same amount."""
    person = f"您多付 {yuan(person_more)}" if person_more > ZERO else f"您少付 {yuan(-person_more)}"
    if fund_less == person_more:
        return person
    fund = f"医保少付 {yuan(fund_less)}" if fund_less > ZERO else f"医保多付 {yuan(-fund_less)}"
    if not person_more:
        return f"{fund}，您付的不变"
    return f"{fund}，{person}" if fund_less else f"医保付的不变，{person}"


def _layer(change: Change) -> str:
    return "".join(change.layers[:1])


def _steps(change: Change, steps: Sequence[Step], *rules: str) -> Iterator[Mapping[str, Any]]:
    """The data of the steps of a rule, of the change's own layer if it has one."""
    for step in steps:
        if step.rule in rules and (not change.layers or step.data.get("layer") in change.layers):
            yield {**step.data, "amount": step.amount}


def _both(change: Change, *rules: str) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    return list(_steps(change, change.before, *rules)), list(_steps(change, change.after, *rules))


def _higher(difference: Decimal, text: str) -> str:
    return f"{'高' if difference > ZERO else '低'} {text}"


def _cost(change: Change) -> str:
    (before,), (after,) = _both(change, "cost.eligible")
    more = after["amount"] - before["amount"]
    if not more:
        return "总费用不同"
    return f"医保范围内费用{'多' if more > ZERO else '少'} {yuan(abs(more))}"


def _refused(change: Change) -> str:
    _, after = _both(change, "away.pays_nothing")
    return "这种情形医保不予支付" if after else "这种情形医保可以支付"


def _first_pay(change: Change) -> str:
    before, after = ([d["ratio"] for d in steps if d["ratio"]] for steps in _firsts(change))
    if len(before) == len(after) == 1 and before != after:
        return f"异地先自付的比例从 {percent_text(before[0])} 变成 {percent_text(after[0])}"
    if len(after) == 1 and not before:
        return f"要先自付 {percent_text(after[0])}"
    return "异地先自付的算法不同" if after else "不用异地先自付"


def _firsts(change: Change) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """The first pays of both sides: their steps do not tell the layer."""
    when = "after_deductible" if change.layers else "before_deductible"
    before, after = (
        [step.data for step in steps if step.rule == "away.first_pay" and step.data["when"] == when]
        for steps in (change.before, change.after)
    )
    return before, after


def _base(change: Change) -> str:
    before, after = _both(change, "layer.total")
    if len(change.layers) == 1 and bool(before) != bool(after):
        return f"{'多了' if after else '没有'}{_layer(change)}"
    return f"{_layer(change)}的计算基数不同"


def _deductible(change: Change) -> str:
    before, after = (
        sum((d["line"] - d.get("already", ZERO) for d in steps), ZERO)
        for steps in _both(change, "deductible.admission", "deductible.year", "deductible.given")
    )
    if before == after:
        return f"{_layer(change)}起付线的算法不同"
    return f"{_layer(change)}起付线{_higher(after - before, yuan(abs(after - before)))}"


def _share(change: Change) -> str:
    before, after = ([d["ratio"] for d in steps] for steps in _both(change, "share.segment"))
    cuts = [two - one for one, two in zip(before, after, strict=False)]
    if not cuts or len(before) != len(after) or min(cuts) * max(cuts) < ZERO or not any(cuts):
        return f"{_layer(change)}支付比例的算法不同"
    least, most = sorted((abs(min(cuts)), abs(max(cuts))))
    points = points_text(most) if least == most else f"{percent_text(least)[:-1]} 到 {points_text(most)}"
    return f"{_layer(change)}支付比例{_higher(max(cuts) + min(cuts), points)}"


def _cap(change: Change) -> str:
    before, after = ([d["amount"] for d in steps] for steps in _both(change, "cap.within", "cap.reached"))
    if before and after and before != after:
        more = after[0] - before[0]
        return f"{_layer(change)}封顶线{_higher(more, yuan(abs(more)))}"
    if after and not before:
        return f"{_layer(change)}有封顶线 {yuan(after[0])}"
    return f"{_layer(change)}的封顶线剩下的额度不同" if after else f"{_layer(change)}没有封顶线"


def _guarantee(change: Change) -> str:
    before, after = ([d["ratio"] for d in steps] for steps in _both(change, "guarantee"))
    if before and after and before != after:
        return f"保底比例{_higher(after[0] - before[0], points_text(abs(after[0] - before[0])))}"
    if after and not before:
        return f"有保底 {percent_text(after[0])}"
    return "保底的算法不同" if after else "没有保底"


_WHAT: Mapping[str, Callable[[Change], str]] = {
    "cost": _cost,
    "refused": _refused,
    "first_pay": _first_pay,
    "base": _base,
    "deductible": _deductible,
    "share": _share,
    "cap": _cap,
    "guarantee": _guarantee,
    "rounding": lambda _: "取整的办法不同",
    "account": lambda _: "个人账户付的钱不同",
    "other": lambda _: "其他规定不同",
}
