"""Stages 5 to 7, 按比例支付: cut the cost along the segments and pay each at its ratio, as far as the cap allows.

The only loop over money.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calculator.history import NOTHING_USED
from calculator.ledger import Classed, Ledger
from calculator.mixture import settles
from calculator.model import STATUS_ORDER, Brackets, Layer, Treatment
from calculator.money import ONE, ZERO, Ratio, Yuan, number
from calculator.stages.amount import amount_of
from calculator.stages.away import note_cut, treatment_of
from calculator.stages.cap import cap_of, cap_position, note_cap
from calculator.stages.changes import Applied, changed, changes_of
from calculator.stages.items import NOTHING_APART, Apart, Piece, mixed, settle_apart


@settles("share")
def share(ledger: Ledger, layer: Layer, start: Yuan, deducted: Yuan, end: Yuan) -> Yuan:
    """Pay the cost from ``start + deducted`` to ``end``; gives where the cap stopped the layer, or ``end``.

    Books the layer's payment, the person's share and what the cap left uncovered.
    """
    begin = start + deducted
    treatment = treatment_of(ledger, layer)
    apart = settle_apart(ledger, layer) if ledger.apart else NOTHING_APART
    if begin >= end:
        if not apart.covered:
            if not deducted:  # no figure was needed: the rules as a whole say so
                ledger.run.rank = max(ledger.run.rank, STATUS_ORDER[ledger.edition.status])
            ledger.step("share.nothing_left", ZERO, layer=layer.name)
        return _book(ledger, layer, begin, end, end, ZERO, None, apart)
    cap = apart.lessen(cap_of(ledger, layer, start, begin))
    ratios = _Ratios(ledger, layer, treatment)
    stop = end if cap.limit is None else max(begin, min(end, cap.limit))
    paid = level = end * ZERO  # nothing, level with the cost: along a curve no sum of constants may be rounded
    for piece in mixed(ledger, layer, _pieces(ledger, layer, treatment, begin, end), begin):
        high = min(piece.high, stop)
        if high <= piece.low:
            ledger.run.pending = []  # the cap lies below this piece: its figures are not used
            break
        base_ratio, ratio = ratios.of(piece)
        length = high - piece.low
        amount = min(length, ledger.rounded((length + level) * ratio, "segment"))
        capped = False
        if cap.room is not None and paid + amount > cap.room:
            amount, capped = cap.room - paid + level, True
            high = stop = cap_position(piece.low, amount, ratio)
        paid += amount
        told = ledger.step(
            "share.segment",
            amount,
            layer=layer.name,
            low=piece.low,
            high=high,
            ratio=ratio,
            base_ratio=base_ratio,
            ahead=piece.ahead,
            before=piece.before,
            capped=capped,
        )
        if piece.item:
            told["item"] = piece.item.item.name
        if stop <= high:
            break
    note_cap(ledger, layer, cap, apart.used.paid + paid, stop, end)
    return _book(ledger, layer, begin, stop, end, paid, cap.room, apart)


def _book(
    ledger: Ledger, layer: Layer, begin: Yuan, stop: Yuan, end: Yuan, paid: Yuan, room: Yuan | None, apart: Apart
) -> Yuan:
    covered = max(ZERO, stop - begin)
    most = covered if room is None else min(covered, room)
    exact, paid = paid, min(ledger.rounded(paid, "layer"), most)
    if paid != exact:
        ledger.step("rounding", paid, layer=layer.name, exact=exact)
    ledger.fund[layer.id] = paid + apart.paid
    whole, free = covered + apart.covered, apart.covered - apart.used.counted
    ledger.most[layer.id] = whole if room is None else min(whole, room + apart.used.paid + free)
    own = covered - paid
    ledger.take("share", own)
    ledger.use(layer.id).share += own
    if layer.deductible.shared:
        ledger.use(layer.deductible.shared).share += own
    ledger.take("over_cap", end - max(stop, begin))
    return stop


class _Ratios:
    """The ratio of each piece of a layer after all that changes it: changes, the out-of-area cut, the clamp."""

    __slots__ = ("_after", "_before", "_factor", "_layer", "_ledger", "_of_items", "_points")

    def __init__(self, ledger: Ledger, layer: Layer, treatment: Treatment | None) -> None:
        self._ledger, self._layer = ledger, layer
        self._before = changes_of(ledger, layer, layer.changes, after_away=False)
        self._points, self._factor = note_cut(ledger, treatment) if treatment else (ZERO, ONE)
        self._after = changes_of(ledger, layer, layer.changes, after_away=True)
        self._of_items: dict[str, tuple[Sequence[Applied], Sequence[Applied]]] = {}

    def of(self, piece: Piece) -> tuple[Ratio, Ratio]:
        """The ratio of the table or of the class of items, and what becomes of it."""
        ledger, classed = self._ledger, piece.item
        figure = piece.ratio
        if classed and classed.item.ratio is not None:
            figure = ledger.situation.look_up(classed.item.ratio, f"{classed.item.name}支付比例")
        base_ratio = number(ledger.run.value(figure))
        ratio = changed(base_ratio, self._before)
        before, after = self._changes_of(classed) if classed and classed.item.changes else ((), ())
        ratio = max(ZERO, changed(ratio, before) * self._factor - self._points)
        return base_ratio, _clamped(ledger, self._layer, changed(changed(ratio, self._after), after))

    def _changes_of(self, classed: Classed) -> tuple[Sequence[Applied], Sequence[Applied]]:
        """Of a class of items, before and after the out-of-area cut; noted once."""
        if classed.id not in self._of_items:
            held, self._ledger.run.pending = self._ledger.run.pending, []
            changes = classed.item.changes
            before = changes_of(self._ledger, self._layer, changes, after_away=False)
            after = changes_of(self._ledger, self._layer, changes, after_away=True)
            self._of_items[classed.id] = before, after
            self._ledger.run.pending = held
        return self._of_items[classed.id]


def _pieces(ledger: Ledger, layer: Layer, treatment: Treatment | None, begin: Yuan, end: Yuan) -> Iterator[Piece]:
    """The stretches between ``begin`` and ``end``, each with its ratio; an out-of-area table goes first."""
    own = treatment if treatment and (treatment.ratio is not None or treatment.brackets is not None) else layer
    look_up = ledger.situation.look_up if own is layer else ledger.elsewhere.look_up
    if own.ratio is not None:
        yield Piece(begin, end, look_up(own.ratio, f"{layer.name}支付比例"))
        return
    brackets: Brackets = look_up(own.brackets, f"{layer.name}分段比例")
    value = ledger.run.value
    shift, filled = _shift(ledger, layer, brackets, begin)
    ahead = before = None
    if brackets.axis == "year" and ledger.states(layer.counts_into or layer.id, "year"):
        ahead, before = -shift, filled
    whole = value(brackets.apply) == "whole"
    low = begin
    for segment in brackets.segments:
        high = (
            end
            if segment.up_to is None
            else min(end, amount_of(ledger, segment.up_to, f"{layer.name}分段的界限") + shift)
        )
        if whole and high == end:
            yield Piece(begin, end, look_up(segment.ratio, f"{layer.name}这一段的支付比例"), ahead, before)
            return
        if not whole and high > low:
            yield Piece(low, high, look_up(segment.ratio, f"{layer.name}这一段的支付比例"), ahead, before)
            low = high
        if low >= end:
            return


def _shift(ledger: Ledger, layer: Layer, brackets: Brackets, begin: Yuan) -> tuple[Yuan, Yuan]:
    """Where the table's zero lies on this layer's axis (SW-4), after what the year has already filled (SW-6), which
    comes second."""
    name = layer.counts_into or layer.id
    used = ledger.used(name, "year") if brackets.axis == "year" else NOTHING_USED
    if brackets.axis == "year" and not ledger.states(name, "year"):
        ledger.assume("assume.year_to_date", layer)
    if ledger.run.value(brackets.count_from) == "zero":
        return -used.counted, used.counted
    filled = used.counted - used.deductible
    return begin - filled, filled


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
