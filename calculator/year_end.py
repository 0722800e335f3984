"""年底结算: the layers that are settled once, on the sums of the year, when all its events are done (SW-15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import NamedTuple

from calculator.bill import Bill
from calculator.case import Case
from calculator.completions import Run
from calculator.errors import NotCovered
from calculator.history import History
from calculator.ledger import Ledger, Step
from calculator.model import Layer, PoolingArea
from calculator.money import ZERO, Yuan
from calculator.settle import edition_of, sheet_of
from calculator.stages.account import round_payers
from calculator.stages.layer import settle_year_end


class End(NamedTuple):
    """What the end of the year adds to its sums, and the steps that say why."""

    amounts: Mapping[str, Yuan]
    steps: tuple[Step, ...]


def settle_end(area: PoolingArea, last: Case, sums: Mapping[str, Yuan], own: Mapping[str, Yuan], run: Run) -> End:
    """Settle what waits for the end of the year by the rules of the day of the ``last`` event, each layer once.

    ``own`` has what the person paid by kind of care and part; a layer counts the kinds of care whose rules have it.
    """
    amounts: dict[str, Yuan] = {}
    steps: list[Step] = []
    left = dict(own)
    for care, layers, cares in _waiting(area, last, own):
        parts = _of(left, cares)
        ledger = _sheet(area, replace(last, care=care), layers, dict(parts), run)
        settle_year_end(ledger)
        _pay_back(left, cares, parts, ledger.own)
        round_payers(ledger)
        steps += ledger.steps
        amounts |= {f"layer:{name}": paid for name, paid in ledger.fund.items()}
    paid = sum(amounts.values(), ZERO)
    if not paid:
        return End(amounts, tuple(steps))
    to_person = min(paid, sums["person"])
    amounts |= {"fund": paid, "person": -to_person}
    if paid > to_person:  # what the account had paid goes back to it
        amounts["account"] = to_person - paid
    return End(amounts, tuple(steps))


def _waiting(
    area: PoolingArea, last: Case, own: Mapping[str, Yuan]
) -> Iterator[tuple[str, tuple[Layer, ...], frozenset[str]]]:
    """The kinds of care with layers that wait, those layers, and all kinds of care that have them in common."""
    found: dict[str, tuple[Layer, ...]] = {}
    for benefit in area.benefits:
        if benefit.scheme == last.scheme:
            with suppress(NotCovered):
                edition, _ = edition_of(area, replace(last, care=benefit.care))
                found[benefit.care] = tuple(layer for layer in edition.layers if layer.settles == "year_end")
    done: set[str] = set()
    for care, layers in found.items():
        for cares, group in groupby((layer for layer in layers if layer.id not in done), partial(_sharing, found)):
            fresh = tuple(group)
            done |= {layer.id for layer in fresh}
            if any(name.split(".")[0] in cares for name in own):
                yield care, fresh, cares


def _sharing(found: Mapping[str, tuple[Layer, ...]], layer: Layer) -> frozenset[str]:
    """The kinds of care that have a layer."""
    return frozenset(care for care, theirs in found.items() if layer.id in {other.id for other in theirs})


def _of(own: Mapping[str, Yuan], cares: frozenset[str]) -> dict[str, Yuan]:
    """What was paid in some kinds of care, by part alone."""
    parts: dict[str, Yuan] = {}
    for name, amount in own.items():
        care, _, part = name.partition(".")
        if care in cares:
            parts[part] = parts.get(part, ZERO) + amount
    return parts


def _pay_back(
    left: dict[str, Yuan], cares: frozenset[str], before: Mapping[str, Yuan], own: Mapping[str, Yuan]
) -> None:
    """What has been paid of each part is not there for the layers that other kinds of care have in common."""
    paid = {part: before[part] - amount for part, amount in own.items()}
    for name, amount in left.items():
        care, _, part = name.partition(".")
        if care in cares and part in paid:
            back = min(paid[part], amount)
            left[name] = amount - back
            paid[part] -= back


def _sheet(area: PoolingArea, case: Case, layers: tuple[Layer, ...], parts: dict[str, Yuan], run: Run) -> Ledger:
    """A sheet that begins with the sums of the year."""
    total, eligible = parts.pop("total", ZERO), parts.pop("eligible", ZERO)
    whole = replace(case, bill=Bill(total), history=History(known=True), in_parts=True)
    ledger = sheet_of(area, whole)(run)
    ledger.edition = replace(ledger.edition, layers=layers)
    ledger.total = total
    ledger.eligible = ledger.shared = eligible
    ledger.own = parts
    ledger.covered = True
    return ledger
