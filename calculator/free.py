"""The one amount of a case that is left free for a curve: where it stands, how far it may go, how it is put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from calculator.bill import Bill
from calculator.case import Case
from calculator.errors import InvalidData, Problem, shown
from calculator.history import NOTHING_USED, Used
from calculator.linear import Linear
from calculator.money import LARGEST, ZERO, Yuan, amount_text, typed_amount
from calculator.reader import FIELD_WORDS

BILL_PARTS = ("self_funded", "over_limit", "first_pay")
PERIOD_WORDS = {"year_to_date": "今年", "period_to_date": "本期"}
USED_WORDS = {"paid": "已经支付的金额", "counted": "已计入的费用", "deductible": "已付的起付线"}
_KNOWN = (
    "bill.total、bill.self_funded、bill.over_limit、bill.first_pay、"
    "year_to_date.层.paid、year_to_date.层.counted、year_to_date.层.deductible（本期的写 period_to_date）、"
    "given.deductible.层、account_balance"
)


class Free(NamedTuple):
    """The free amount: its name as in a case, taken apart, and its name for readers."""

    name: str
    path: tuple[str, ...]
    words: str

    @property
    def layer(self) -> str:
        """The layer it is about, or nothing."""
        if self.path[0] in PERIOD_WORDS:
            return self.path[1]
        return self.path[2] if self.path[0] == "given" else ""


def free_amount(name: str, layers: Mapping[str, str]) -> Free:
    """The amount a name means; ``layers`` gives the layers' names for readers. Raises InvalidData for any other."""
    path = tuple(name.split("."))
    match path:
        case ("bill", "total" | "self_funded" | "over_limit" | "first_pay"):
            return Free(name, path, FIELD_WORDS[name])
        case ("year_to_date" | "period_to_date", layer, "paid" | "counted" | "deductible" as what) if layer in layers:
            return Free(name, path, f"{PERIOD_WORDS[path[0]]}{layers[layer]}{USED_WORDS[what]}")
        case ("given", "deductible", layer) if layer in layers:
            return Free(name, path, f"{layers[layer]}的起付线")
        case ("account_balance",):
            return Free(name, path, "个人账户余额")
    message = f"写的是{shown(name)}，应是案例里的一个金额：{_KNOWN}；层有 {'、'.join(layers)}"
    raise InvalidData([Problem(("free",), message, "free")])


def fixed(document: Mapping[str, Any], free: Free) -> dict[str, Any]:
    """The case with something in the free amount's place that fits all the rest."""
    largest = free.name == "bill.total" or free.path[-1] == "counted"
    return _put(document, free.path, amount_text(LARGEST) if largest else "0")


def _put(found: Mapping[str, Any], path: tuple[str, ...], value: str) -> dict[str, Any]:
    """With the value in its place; what stands there but holds nothing stays, so that reading the case refuses it."""
    if len(path) == 1:
        return {**found, path[0]: value}
    inner = found.get(path[0], {})
    return {**found, path[0]: _put(inner, path[1:], value) if isinstance(inner, Mapping) else inner}


def bounds(case: Case, free: Free, stated: object, to: object) -> tuple[Yuan, Yuan]:
    """From where to where the free amount makes sense in this case. Raises InvalidData for a ``to`` that is none.

    ``stated`` is the case's document: what of the year was written decides what must fit together.
    """
    low, high = ZERO, LARGEST
    bill, name = case.bill, free.path[-1]
    parts = {part: getattr(bill, part) or ZERO for part in BILL_PARTS}
    items = bill.itemised
    if free.name == "bill.total":
        low = sum(parts.values(), items)
    elif name in parts:
        high = bill.total - items - sum((amount for part, amount in parts.items() if part != name), ZERO)
    elif free.path[0] in PERIOD_WORDS:
        low, high = _year_bounds(case, free, stated)
    if to in (None, ""):
        return low, high
    try:
        end = typed_amount(to)
    except ValueError as error:
        raise InvalidData([Problem(("to",), f"{free.words}的终点{error}", "amount")]) from None
    if end < low or end > high:
        message = f"{free.words}的终点应在 {amount_text(low)} 和 {amount_text(high)} 之间"
        raise InvalidData([Problem(("to",), message, "amount")])
    return low, end


def _year_bounds(case: Case, free: Free, stated: object) -> tuple[Yuan, Yuan]:
    period, layer, name = free.path
    used = _stated(case, period).get(layer, NOTHING_USED)
    if name == "counted":
        return used.paid + used.deductible, LARGEST
    written = stated.get(period, {}) if isinstance(stated, Mapping) else {}
    if "counted" in written.get(layer, {}):
        return ZERO, used.counted - (used.deductible if name == "paid" else used.paid)
    return ZERO, LARGEST


def _stated(case: Case, period: str) -> Mapping[str, Used]:
    return case.history.opening if period == "year_to_date" else case.history.current


def follow(case: Case, free: Free | None, x: Linear) -> Case:
    """The case with the free amount in its place, if it is about this case.

    The bill follows it as well, level, so that no stage rounds anything worked out from it.
    """
    unrounded = case.bill.total + x * ZERO
    case = replace(case, bill=replace(case.bill, total=unrounded))
    return case if free is None else put_in(case, free, x)


def put_in(case: Case, free: Free, amount: Decimal) -> Case:
    """The case with the free amount in its place."""
    match free.path:
        case ("bill", name):
            changed: dict[str, Any] = {name: amount}
            bill: Bill = replace(case.bill, **changed)
            return replace(case, bill=bill)
        case ("year_to_date" | "period_to_date" as period, layer, name):
            changed = {name: amount}
            stated = _stated(case, period)
            sums = {**stated, layer: replace(stated.get(layer, NOTHING_USED), **changed)}
            kept: dict[str, Any] = {"opening" if period == "year_to_date" else "current": sums}
            return replace(case, history=replace(case.history, **kept))
        case ("given", _, layer):
            return replace(case, given_deductible={**case.given_deductible, layer: amount})
    return replace(case, account_balance=amount)
