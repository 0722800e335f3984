"""Stage 8, 封顶线: how far a layer pays, and what is left above it."""

from __future__ import annotations

from typing import NamedTuple

from calculator.ledger import Ledger
from calculator.mixture import settles
from calculator.model import Figure, Layer
from calculator.money import FEN, ZERO, Ratio, Yuan, quotient
from calculator.stages.amount import amount_of


class Room(NamedTuple):
    """What the cap still allows: ``room`` of fund payment, or a ``limit`` on the layer's axis; None: no such bound."""

    room: Yuan | None
    limit: Yuan | None
    line: Yuan | None
    used: Yuan
    figures: list[tuple[Figure, object]]


NO_BOUND = Room(None, None, None, ZERO, [])


@settles("cap")
def cap_of(ledger: Ledger, layer: Layer, start: Yuan, begin: Yuan) -> Room:
    """The room under the cap (SW-8): of fund payment, of eligible cost counted from ``start``, or of cost shared
    from ``begin``."""
    cap, run = layer.cap, ledger.run
    if cap.amount is None:
        return NO_BOUND
    held, run.pending = run.pending, []
    line = amount_of(ledger, ledger.situation.look_up(cap.amount, f"{layer.name}封顶线"), f"{layer.name}封顶线")
    figures, run.pending = run.pending, held
    year = ledger.used(layer.id, cap.per)
    if cap.of == "fund_payment":
        return Room(max(ZERO, line - year.paid), None, line, year.paid, figures)
    if cap.of == "eligible_expense":
        return Room(None, start + max(ZERO, line - year.counted), line, year.counted, figures)
    shared = max(ZERO, year.counted - year.deductible)
    return Room(None, begin + max(ZERO, line - shared), line, shared, figures)


def cap_position(low: Yuan, amount: Yuan, ratio: Ratio) -> Yuan:
    """The position at which paying ``ratio`` from ``low`` on has paid ``amount``, to the fen, half up."""
    return quotient(low * ratio + amount, ratio, FEN) if ratio else low


@settles("cap")
def note_cap(ledger: Ledger, layer: Layer, cap: Room, paid: Yuan, beyond: Yuan) -> None:
    """Say whether the cap was reached, is still away, or is not known to us."""
    ledger.run.pending = [*cap.figures, *ledger.run.pending]
    if not layer.cap.known:
        ledger.assume("assume.cap", layer)
    elif cap.line is not None:
        if layer.cap.per == "year" and not ledger.states(layer.id, "year"):
            ledger.assume("assume.year_to_date", layer)
        rule = "cap.reached" if beyond else "cap.within"
        ledger.step(
            rule,
            cap.line,
            layer=layer.name,
            of=layer.cap.of,
            per=layer.cap.per,
            used=cap.used,
            paid=paid,
            beyond=beyond,
        )
