"""Stage 8, 封顶线的增减: raised or lowered for this person (连续参保, 零报销激励, 断保), or by last year's rest."""

from __future__ import annotations

from collections.abc import Sequence

from calculator.ledger import Ledger
from calculator.model import Cap, Increment, Layer
from calculator.money import ONE, ZERO, Yuan, number
from calculator.stages.amount import amount_of
from calculator.stages.changes import number_of


def raised(ledger: Ledger, layer: Layer, cap: Cap, line: Yuan) -> Yuan:
    """The line with everything that is added, as far as that may go, and taken off; never below nothing.

    医保发〔2024〕38号: 连续参保 and 零报销 each raise the cap of 大病保险, together at most by 20% of the line.
    """
    most = _most(ledger, cap, line)
    more = _sum(ledger, layer, cap.add, line, most, "cap.more")
    if most is not None and more > most:
        ledger.step("cap.most", most, layer=layer.name, sum=more)
        more = most
    less = _sum(ledger, layer, cap.subtract, line, line, "cap.less")
    result = max(ZERO, line + more - less)
    if more or less:
        ledger.step("cap.raised", result, layer=layer.name, line=line, more=more, less=less)
    return result


def _most(ledger: Ledger, cap: Cap, line: Yuan) -> Yuan | None:
    if cap.most_percent is not None:
        return line * number(ledger.run.value(cap.most_percent))
    return None if cap.most_amount is None else number(ledger.run.value(cap.most_amount))


def _sum(
    ledger: Ledger, layer: Layer, increments: Sequence[Increment], line: Yuan, most: Yuan | None, rule: str
) -> Yuan:
    total = ZERO
    for increment in increments:
        if not ledger.situation.holds(increment.when):
            continue
        if increment.percent is not None:
            each = line * number(ledger.run.value(increment.percent))
        else:
            table = ledger.situation.look_up(increment.amount, increment.name)
            each = amount_of(ledger, table, increment.name)
        count, unit = ONE, ""
        if increment.each:
            stated = number_of(ledger, increment.each, increment.beyond, most, each)
            count = max(ZERO, stated - increment.beyond)
            unit = ledger.situation.area.numbers[increment.each][1]
        amount = each * count
        total += amount
        ledger.step(rule, amount, layer=layer.name, name=increment.name, each=each, count=count, unit=unit)
    return total


def carried(ledger: Ledger, layer: Layer, cap: Cap, line: Yuan) -> Yuan:
    """The line with what the year before left unused, as the case states it."""
    name = cap.shared or layer.id
    left = ledger.case.carried.get(name)
    if left is None:
        ledger.assume("assume.carried", layer)
        return line
    if left:
        ledger.step("cap.carried", line + left, layer=layer.name, line=line, left=left)
    return line + left
