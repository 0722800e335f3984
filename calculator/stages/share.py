"""Stages 5 to 7, 按比例支付: cut the cost along the segments and pay each at its ratio, as far as the cap allows.

The only loop over money.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from calculator.history import NOTHING_USED
from calculator.ledger import Ledger
from calculator.mixture import settles
from calculator.model import Brackets, Figure, Layer, Treatment
from calculator.money import ONE, ZERO, Ratio, Yuan, number
from calculator.stages.away import note_cut, treatment_of
from calculator.stages.cap import cap_of, cap_position, note_cap
from calculator.stages.changes import changed, changes_of


class Piece(NamedTuple):
    """A stretch of the cost, from and to on the layer's axis, with the ratio of the table that covers it."""

    low: Yuan
    high: Yuan
    ratio: Figure
    ahead: Yuan | None = None
    """How far the year is ahead of this bill on the table's axis, where the table goes by the year's cost."""


@settles("share")
def share(ledger: Ledger, layer: Layer, start: Yuan, deducted: Yuan, end: Yuan) -> Yuan:
    """Pay the cost from ``start + deducted`` to ``end``; gives where the cap stopped the layer, or ``end``.

    Books the layer's payment, the person's share and what the cap left uncovered.
    """
    begin = start + deducted
    treatment = treatment_of(ledger, layer)
    if begin >= end:
        ledger.step("share.nothing_left", ZERO, layer=layer.name)
        return _book(ledger, layer, begin, end, end, ZERO, None)
    cap = cap_of(ledger, layer, start, begin)
    before_away = changes_of(ledger, layer, after_away=False)
    points, factor = note_cut(ledger, treatment) if treatment else (ZERO, ONE)
    after_away = changes_of(ledger, layer, after_away=True)
    stop = end if cap.limit is None else max(begin, min(end, cap.limit))
    paid = ZERO
    for piece in _pieces(ledger, layer, treatment, begin, end):
        high = min(piece.high, stop)
        if high <= piece.low:
            ledger.run.pending = []  # the cap lies below this piece: its figures are not used
            break
        base_ratio = number(ledger.run.value(piece.ratio))
        ratio = max(ZERO, changed(base_ratio, before_away) * factor - points)
        ratio = _clamped(ledger, layer, changed(ratio, after_away))
        amount = min(high - piece.low, ledger.rounded((high - piece.low) * ratio, "segment"))
        if cap.room is not None and paid + amount > cap.room:
            amount = cap.room - paid
            high = stop = cap_position(piece.low, amount, ratio)
        paid += amount
        ledger.step(
            "share.segment",
            amount,
            layer=layer.name,
            low=piece.low,
            high=high,
            ratio=ratio,
            base_ratio=base_ratio,
            ahead=piece.ahead,
        )
        if stop <= high:
            break
    note_cap(ledger, layer, cap, paid, end - stop)
    return _book(ledger, layer, begin, stop, end, paid, cap.room)


def _book(ledger: Ledger, layer: Layer, begin: Yuan, stop: Yuan, end: Yuan, paid: Yuan, room: Yuan | None) -> Yuan:
    covered = max(ZERO, stop - begin)
    most = covered if room is None else min(covered, room)
    paid = min(ledger.rounded(paid, "layer"), most)
    ledger.fund[layer.id] = paid
    ledger.most[layer.id] = most
    ledger.take("share", covered - paid)
    ledger.take("over_cap", end - max(stop, begin))
    return stop


def _pieces(ledger: Ledger, layer: Layer, treatment: Treatment | None, begin: Yuan, end: Yuan) -> Iterator[Piece]:
    """The stretches between ``begin`` and ``end``, each with its ratio; an out-of-area table goes first."""
    own = treatment if treatment and (treatment.ratio is not None or treatment.brackets is not None) else layer
    look_up = ledger.situation.look_up if own is layer else ledger.elsewhere.look_up
    if own.ratio is not None:
        yield Piece(begin, end, look_up(own.ratio, f"{layer.name}支付比例"))
        return
    brackets: Brackets = look_up(own.brackets, f"{layer.name}分段比例")
    value = ledger.run.value
    shift = _shift(ledger, layer, brackets, begin)
    ahead = -shift if brackets.axis == "year" and ledger.states(layer.id, "year") else None
    whole = value(brackets.apply) == "whole"
    low = begin
    for segment in brackets.segments:
        high = end if segment.up_to is None else min(end, number(value(segment.up_to)) + shift)
        if whole and high == end:
            yield Piece(begin, end, look_up(segment.ratio, f"{layer.name}支付比例"), ahead)
            return
        if not whole and high > low:
            yield Piece(low, high, look_up(segment.ratio, f"{layer.name}支付比例"), ahead)
            low = high
        if low >= end:
            return


def _shift(ledger: Ledger, layer: Layer, brackets: Brackets, begin: Yuan) -> Yuan:
    """Where the table's zero lies on this layer's axis (SW-4), after what the year has already filled (SW-6)."""
    used = ledger.used(layer.id, "year") if brackets.axis == "year" else NOTHING_USED
    if brackets.axis == "year" and not ledger.states(layer.id, "year"):
        ledger.assume("assume.year_to_date", layer)
    if ledger.run.value(brackets.count_from) == "zero":
        return -used.counted
    return begin - (used.counted - used.deductible)


def _clamped(ledger: Ledger, layer: Layer, ratio: Ratio) -> Ratio:
    """Stage 7: not below the area's minimum, not above its maximum, never above 100%."""
    low, high = layer.clamp.minimum, layer.clamp.maximum
    if low is not None:
        minimum = number(ledger.run.value(low))
        if ratio < minimum:
            ledger.step("share.minimum", layer=layer.name, ratio=minimum)
            ratio = minimum
    if high is not None:
        maximum = number(ledger.run.value(high))
        if ratio > maximum:
            ledger.step("share.maximum", layer=layer.name, ratio=maximum)
            ratio = maximum
    return min(ratio, ONE)
