"""Stages 4 to 11: one layer after another, each on the base its file names (保障层)."""

from __future__ import annotations

from calculator.history import Used
from calculator.ledger import Ledger
from calculator.mixture import settles
from calculator.model import Layer
from calculator.money import ZERO, Yuan
from calculator.stages.away import first_pay
from calculator.stages.deductible import deductible
from calculator.stages.share import share


@settles("base")
def settle_layer(ledger: Ledger, layer: Layer) -> None:
    """Settle one layer on its base and remember where its cap stopped it, for a layer that takes the excess."""
    if layer.base.kind == "own":
        _settle_own(ledger, layer)
        return
    start = _start(ledger, layer)
    if start is None:
        ledger.fund[layer.id] = ZERO
        ledger.step("layer.no_excess", ZERO, layer=layer.name)
        return
    if layer.base.kind == "excess":
        ledger.take("over_cap", start - ledger.shared)
        ledger.step("layer.excess", ledger.shared - start, layer=layer.name)
    ledger.stop = _between(ledger, layer, start, ledger.shared)


def _start(ledger: Ledger, layer: Layer) -> Yuan | None:
    """Where on the axis of eligible cost the layer begins; None when nothing exceeds the layer before."""
    if layer.base.kind == "eligible":
        return ZERO
    return ledger.stop


def _between(ledger: Ledger, layer: Layer, start: Yuan, end: Yuan) -> Yuan | None:
    """Deductible, share and cap between two positions; the position where the cap stopped the layer, if it did."""
    ledger.note(layer.id, Used(counted=end - start))
    deducted = deductible(ledger, layer, end - start)
    own = first_pay(ledger, layer, "after_deductible", end - start - deducted)
    if layer.base.kind != "own":
        ledger.shared -= own
    stop = share(ledger, layer, start, deducted, end - own)
    ledger.step("layer.total", ledger.rounded(ledger.fund[layer.id], "end"), layer=layer.name)
    return stop if stop < end - own else None


def _settle_own(ledger: Ledger, layer: Layer) -> None:
    """A layer that pays back part of what the person paid so far (大病保险, 救助): its base counts the named parts."""
    counted = {part: ledger.own[part] for part in layer.base.count if ledger.own.get(part)}
    base = sum(counted.values(), ledger.total * ZERO)
    ledger.step("layer.own", base, layer=layer.name, parts=counted)
    before = dict(ledger.own)
    _between(ledger, layer, ZERO, base)
    # what this layer leaves to the person was the person's already: only its payment changes hands
    ledger.own = before
    ledger.give_back(layer.base.count, ledger.fund[layer.id])
