"""Stage 5, 比例的调整: bonuses and reductions of a layer's ratio for some persons or visits (SW-7), in their order."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from calculator.errors import InvalidData, Problem
from calculator.ledger import Ledger
from calculator.model import Change, Layer
from calculator.money import ONE, ZERO, Ratio, number


class Applied(NamedTuple):
    """A change that applies to this case, with its figure."""

    kind: str
    value: Ratio


def changes_of(ledger: Ledger, layer: Layer, changes: Sequence[Change], *, after_away: bool) -> Sequence[Applied]:
    """Those of some changes of a layer's ratio (or of a class of items in it) that apply, each noted as a step."""
    if not changes:
        return ()
    applied: list[Applied] = []
    for change in changes:
        if change.after_away is after_away and ledger.situation.holds(change.when):
            figure = ledger.situation.look_up(change.value, change.name)
            value = number(ledger.run.value(figure))
            if change.each:
                value = _times(ledger, layer, change, value)
            else:
                ledger.step(f"change.{change.kind}", layer=layer.name, name=change.name, value=value)
            applied.append(Applied(change.kind, value))
    return applied


def changed(ratio: Ratio, changes: Sequence[Applied]) -> Ratio:
    """The ratio after some changes, one after the other."""
    for kind, value in changes:
        if kind == "add_points":
            ratio += value
        elif kind == "reduce_points":
            ratio = max(ZERO, ratio - value)
        elif kind == "multiply":
            ratio *= value
        elif kind == "own_share":
            ratio = ONE - max(ZERO, ONE - ratio) * value
        else:
            ratio = value
    return ratio


def _times(ledger: Ledger, layer: Layer, change: Change, each: Ratio) -> Ratio:
    """So many points for each (year, month …) of a number, as far as allowed."""
    most = None if change.most is None else number(ledger.run.value(change.most))
    missing = None
    if change.below is None:
        count = max(ZERO, number_of(ledger, change.each, change.beyond, most, each) - change.beyond)
    else:
        missing = ledger.situation.look_up(change.below, f"{change.name}的标准")
        count = max(ZERO, missing - number_of(ledger, change.each, missing, ZERO))
    value = each * count if most is None else min(most, each * count)
    words, unit = ledger.situation.area.numbers[change.each]
    ledger.step(
        f"change.{change.kind}_each",
        layer=layer.name,
        name=change.name,
        value=value,
        each_value=each,
        count=count,
        most=most,
        missing=missing,
        number=words,
        unit=unit,
    )
    return value


def number_of(ledger: Ledger, name: str, beyond: Decimal, most: Decimal | None = None, each: Decimal = ONE) -> Decimal:
    """A number about the person or the stay. Unknown: from nothing to where the most is reached, if there is one."""
    words, unit = ledger.situation.area.numbers[name]
    numbers = ledger.case.numbers
    if name not in numbers:
        what = ledger.situation.what
        raise InvalidData([Problem(("numbers", name), f"请填写{words}：{what}按它区分", "missing")])
    value = numbers[name]
    if value is not None:
        return value
    if most is None or not each:
        raise InvalidData([Problem(("numbers", name), f"不知道{words}就算不出来，请填一个数（{unit}）", "unknown")])
    steps = int(most // each) + (1 if most % each else 0)
    return number(ledger.run.choose(f"numbers.{name}", words, (ZERO, beyond + steps)))
