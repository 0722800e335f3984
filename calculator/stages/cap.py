"""Stage 8, 封顶线: how far a layer pays, and what is left above it."""

from __future__ import annotations

from calculator.history import Used
from calculator.ledger import Ledger
from calculator.mixture import settles
from calculator.model import Cap, Figure, Layer, NoLimit
from calculator.money import FEN, ZERO, Ratio, Yuan, quotient
from calculator.record import record
from calculator.stages.amount import amount_of
from calculator.stages.raised import carried, raised


@record()
class Bound:
    """One cap of a layer: its line, what was used before, and what it still allows (see ``Room``)."""

    cap: Cap
    line: Yuan
    base_line: Yuan
    """Before it was raised for this person."""
    used: Yuan
    room: Yuan | None
    limit: Yuan | None
    figures: list[tuple[Figure, object]]


@record()
class Room:
    """What all caps still allow: ``room`` of fund payment, and a ``limit`` on the layer's axis; None: no such bound."""

    room: Yuan | None
    limit: Yuan | None
    bounds: tuple[Bound, ...] = ()
    known: bool = True
    """False when nobody told us one of them."""

    @property
    def figures(self) -> list[tuple[Figure, object]]:
        """The figures of all caps."""
        return [figure for bound in self.bounds for figure in bound.figures]


NO_BOUND = Room(None, None)


@settles("cap")
def cap_of(ledger: Ledger, layer: Layer, start: Yuan, begin: Yuan) -> Room:
    """The room under the caps (SW-8): of fund payment, of eligible cost counted from ``start``, or of cost shared
    from ``begin``. Of several caps the tightest counts."""
    room = limit = None
    bounds: list[Bound] = []
    known = True
    for cap in layer.caps:
        bound = _bound(ledger, layer, cap, start, begin)
        if isinstance(bound, NoLimit):
            known = known and bound is NoLimit.NONE
            continue
        bounds.append(bound)
        if bound.room is not None:
            room = bound.room if room is None else min(room, bound.room)
        elif bound.limit is not None:
            limit = bound.limit if limit is None else min(limit, bound.limit)
    return Room(room, limit, tuple(bounds), known)


def _bound(ledger: Ledger, layer: Layer, cap: Cap, start: Yuan, begin: Yuan) -> Bound | NoLimit:
    if cap.amount is None:
        return NoLimit.NONE if cap.known else NoLimit.UNKNOWN
    run, what = ledger.run, f"{cap.name or layer.name}封顶线"
    held, run.pending = run.pending, []
    cell = ledger.situation.look_up(cap.amount, what)
    if isinstance(cell, NoLimit):
        run.pending = held
        return cell
    line = base_line = amount_of(ledger, cell, what)
    if cap.add or cap.subtract:
        line = raised(ledger, layer, cap, line)
    if cap.carry:
        line = carried(ledger, layer, cap, line)
    figures, run.pending = run.pending, held
    before = _used(ledger, layer, cap)
    if cap.of == "fund_payment":
        return Bound(cap, line, base_line, before.paid, max(ZERO, line - before.paid), None, figures)
    if cap.of == "eligible_expense":
        used = before.counted
        return Bound(cap, line, base_line, used, None, start + max(ZERO, line - used), figures)
    used = max(ZERO, before.counted - before.deductible)
    return Bound(cap, line, base_line, used, None, begin + max(ZERO, line - used), figures)


def accumulator(ledger: Ledger, layer: Layer, cap: Cap) -> str:
    """Under which name a cap's use is kept: the shared one, one for each word of a trait, or the layer's own."""
    if cap.each:
        return f"{layer.id}.{ledger.situation.answer(cap.each)}"
    return cap.shared or layer.id


def _used(ledger: Ledger, layer: Layer, cap: Cap) -> Used:
    """What earlier events, and for a shared cap earlier layers of this event, have used."""
    name = accumulator(ledger, layer, cap)
    before = ledger.used(name, cap.per)
    for earlier, names in ledger.common.items():
        if name in names:
            before += ledger.use_of(earlier)
    return before


def common_accumulators(ledger: Ledger, layer: Layer) -> list[str]:
    """Besides its own, the accumulators a layer counts into in this case; where there is no cap, it does not."""
    names = [layer.counts_into] if layer.counts_into else []
    for cap in layer.caps:
        if (cap.shared or cap.each) and cap.amount is not None:
            cell = ledger.situation.look_up(cap.amount, f"{cap.name or layer.name}封顶线")
            if cell is not NoLimit.NONE:
                names.append(accumulator(ledger, layer, cap))
    return names


def cap_position(low: Yuan, amount: Yuan, ratio: Ratio) -> Yuan:
    """The position at which paying ``ratio`` from ``low`` on has paid ``amount``, to the fen, half up."""
    return quotient(low * ratio + amount, ratio, FEN) if ratio else low


@settles("cap")
def note_cap(ledger: Ledger, layer: Layer, cap: Room, paid: Yuan, stop: Yuan, end: Yuan) -> None:
    """Say whether each cap was reached, is still away, or is not known to us."""
    if not cap.known:
        ledger.assume("assume.cap", layer)
    beyond = end - stop
    full = [bound.room is not None and paid >= bound.room for bound in cap.bounds]
    nearest = min((bound.limit for bound in cap.bounds if bound.limit is not None), default=None)
    for bound, is_full in zip(cap.bounds, full, strict=True):
        ledger.run.pending = [*bound.figures, *ledger.run.pending]
        rule, name = bound.cap, accumulator(ledger, layer, bound.cap)
        if rule.per not in ("admission", "visit") and not ledger.states(name, rule.per):
            ledger.assume("assume.year_to_date" if rule.per == "year" else "assume.period_to_date", layer)
        reached = is_full or (nearest is not None and bound.limit == nearest and not any(full))
        left: Yuan | None = bound.line - bound.used - paid if bound.limit is None else bound.limit - end
        if bound.limit is not None and ledger.apart:
            left = None  # items outside the deductible have used up part of it
        ledger.step(
            "cap.reached" if beyond and reached else "cap.within",
            bound.line,
            layer=layer.name,
            name=rule.name,
            of=rule.of,
            per=rule.per,
            used=bound.used,
            paid=paid,
            beyond=beyond,
            shared=bool(rule.shared),
            left=left,
        )
        if paid and any(increment.clears for increment in rule.add) and bound.used + paid > bound.base_line:
            ledger.step("cap.cleared", None, layer=layer.name, name=_clearing(rule), line=bound.base_line)


def _clearing(cap: Cap) -> str:
    return "、".join(increment.name for increment in cap.add if increment.clears)
