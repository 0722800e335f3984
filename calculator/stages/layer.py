"""Stages 4 to 11: one layer after another, each on the base its file names (保障层)."""

from __future__ import annotations

from calculator.ledger import Ledger
from calculator.mixture import settles
from calculator.model import STATUS_ORDER, Layer
from calculator.money import ZERO, Yuan
from calculator.stages.away import first_pay
from calculator.stages.cap import common_accumulators
from calculator.stages.deductible import deductible
from calculator.stages.fixed import pay_fixed
from calculator.stages.share import share


def settle_layers(ledger: Ledger) -> None:
    """All layers of one event. Those settled at the end of the year wait for it, unless this event stands alone."""
    for layer in ledger.edition.layers:
        if layer.settles == "year_end" and ledger.case.history.known:
            ledger.fund[layer.id] = ZERO
            ledger.step("layer.later", ZERO, layer=layer.name)
            continue
        if layer.settles == "year_end":
            ledger.assume("assume.year_end", layer)
        settle_layer(ledger, layer)
    _book_uncovered(ledger)


def settle_year_end(ledger: Ledger) -> None:
    """The layers that are settled once on the year's sums, when all events are done.

    The ledger's ``own``, ``eligible`` and the case's bill hold the sums of the year; its history knows nothing of
    these layers yet.
    """
    for layer in ledger.edition.layers:
        if layer.settles == "year_end":
            settle_layer(ledger, layer)


@settles("base")
def settle_layer(ledger: Ledger, layer: Layer) -> None:
    """Settle one layer on its base and remember where its cap stopped it, for a layer that takes the excess."""
    if layer.base.kind != "eligible":
        ledger.before[layer.id] = dict(ledger.own)
    if not _applies(ledger, layer):
        ledger.fund[layer.id] = ZERO
        ledger.stops[layer.id] = ledger.stop
        return
    if layer.base.kind == "own":
        _settle_own(ledger, layer)
        return
    start = _start(ledger, layer)
    if start is None:
        ledger.fund[layer.id] = ZERO
        ledger.step("layer.no_excess", ZERO, layer=layer.name)
        ledger.stop = ledger.stops[layer.id] = None
        return
    if layer.base.kind == "excess":
        ledger.take("over_cap", start - ledger.shared)
        ledger.step("layer.excess", ledger.shared - start, layer=layer.name)
    ledger.covered = True
    ledger.stop = ledger.stops[layer.id] = _between(ledger, layer, start, ledger.shared)


def _applies(ledger: Ledger, layer: Layer) -> bool:
    """Whether the layer is for this person and this case; if not, noted why."""
    if not ledger.situation.holds(layer.when):
        ledger.run.rank = max(ledger.run.rank, STATUS_ORDER[ledger.edition.status])
        ledger.step("layer.not_for", ZERO, layer=layer.name)
        return False
    if layer.base.kind == "eligible" and ledger.covered:
        ledger.step("layer.already", ZERO, layer=layer.name)
        return False
    for other, wanted in ((layer.if_reached, True), (layer.if_not_reached, False)):
        if other and (other in ledger.reached) is not wanted:
            rule = "layer.not_reached" if wanted else "layer.reached"
            name = next(known.name for known in ledger.edition.layers if known.id == other)
            ledger.step(rule, ZERO, layer=layer.name, other=name)
            return False
    if layer.times is not None:
        before = ledger.used(layer.id, layer.times.per).times
        if before >= layer.times.most:
            ledger.step("layer.times", ZERO, layer=layer.name, per=layer.times.per, most=layer.times.most)
            return False
    return True


def _start(ledger: Ledger, layer: Layer) -> Yuan | None:
    """Where on the axis of eligible cost the layer begins; None when nothing exceeds the layer it goes beyond."""
    if layer.base.kind == "eligible":
        return ZERO
    return ledger.stops.get(layer.base.of) if layer.base.of else ledger.stop


def _between(ledger: Ledger, layer: Layer, start: Yuan, end: Yuan) -> Yuan | None:
    """Deductible, share and cap between two positions; the position where the cap stopped the layer, if it did."""
    cost = end - start
    deducted = deductible(ledger, layer, cost)
    if cost > deducted:
        ledger.reached.add(layer.id)
    if ledger.away:
        own = first_pay(ledger, layer, "after_deductible", cost - deducted)
        end -= own
        if layer.base.kind != "own":
            ledger.shared -= own
    stop = share(ledger, layer, start, deducted, end)
    # what lies beyond the cap, or was paid before the layer began, has not been counted into it
    ledger.use(layer.id).counted += deducted + max(ZERO, stop - start - deducted)
    _note_common(ledger, layer)
    exact = ledger.fund[layer.id]
    ledger.step("layer.total", ledger.rounded(exact, "end"), layer=layer.name, exact=exact)
    return stop if stop < end else None


def _note_common(ledger: Ledger, layer: Layer) -> None:
    names = common_accumulators(ledger, layer)
    if names:
        ledger.common[layer.id] = tuple(dict.fromkeys(names))


def _settle_own(ledger: Ledger, layer: Layer) -> None:
    """A layer that pays back part of what the person paid so far (大病保险, 救助): its base counts the named parts."""
    before = dict(ledger.own)
    parts = ledger.parts(layer.base.count)
    counted = parts if not layer.base.before else ledger.parts(layer.base.count, ledger.before[layer.base.before])
    base = sum(counted.values(), ledger.total * ZERO)
    ledger.step("layer.own", base, layer=layer.name, parts=counted, before=_name(ledger, layer.base.before))
    if layer.lump_sum is not None or layer.true_up is not None:
        ledger.use(layer.id).counted += base
        pay_fixed(ledger, layer, base)
        _note_common(ledger, layer)
    else:
        _between(ledger, layer, ZERO, base)
    if layer.base.before:
        _limit(ledger, layer, sum(parts.values(), ledger.total * ZERO))
    # what this layer leaves to the person was the person's already: only its payment changes hands
    ledger.own = before
    ledger.give_back(tuple(parts), ledger.fund[layer.id])


def _limit(ledger: Ledger, layer: Layer, left: Yuan) -> None:
    """A base taken before another layer may count what that layer has paid: nothing is paid twice."""
    if ledger.fund[layer.id] > left:
        ledger.fund[layer.id] = left
        ledger.step("layer.limited", left, layer=layer.name)
    ledger.most[layer.id] = min(ledger.most[layer.id], left)


def _name(ledger: Ledger, layer_id: str) -> str:
    return next((layer.name for layer in ledger.edition.layers if layer.id == layer_id), "")


def _book_uncovered(ledger: Ledger) -> None:
    """Where no layer on the eligible cost is for this person, all of it stays with them."""
    if not ledger.covered:
        ledger.take("share", ledger.shared + sum((classed.amount for classed in ledger.apart), ZERO))
        ledger.step("layer.none", ZERO)
