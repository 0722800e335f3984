"""Stages 2 and 5, 分项目: what the classes of items on a bill change (SW-2).

A first pay and a price limit take their part before anything is shared. Items with a ratio of their own keep their
place among the cost that goes through the deductible and the brackets: behind the ordinary cost, or mixed into every
part of it. Items outside the deductible are settled by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from calculator.bill import BillItem
from calculator.errors import NotCovered
from calculator.history import NOTHING_USED, Used
from calculator.ledger import Classed, Ledger
from calculator.model import Figure, Item, Layer
from calculator.money import FEN, ZERO, Yuan, number, quotient, round_amount
from calculator.record import record
from calculator.stages.amount import amount_of
from calculator.stages.away import treatment_of
from calculator.stages.cap import NO_BOUND, Room, cap_of, cap_position


@record()
class Piece:
    """A stretch of the cost, from and to on the layer's axis, with the ratio of the table that covers it."""

    low: Yuan
    high: Yuan
    ratio: Figure
    ahead: Yuan | None = None
    """How far the year is ahead of this bill on the table's axis, where the table goes by the year's cost."""
    before: Yuan | None = None
    """What the year had filled of that axis before this bill."""
    item: Classed | None = None
    """The class of items it consists of; None: ordinary cost."""


def classify_items(ledger: Ledger) -> Yuan:
    """Take off what the person pays of each item at once (超限价, 先自付); gives how much that is."""
    taken = ZERO
    for stated in ledger.case.bill.items:
        item = ledger.edition.items.get(stated.id)
        if item is None:
            known = tuple(known.name for known in ledger.edition.items.values())
            words = ledger.situation.area.item_words.get(stated.id, stated.id)
            raise NotCovered(f"{ledger.situation.what}：没有收录“{words}”怎么算。", "bill.items", known)
        if not ledger.situation.holds(item.when):
            ledger.step("items.ordinary", stated.amount, item=item.name)
            continue
        left = _within_limit(ledger, item, stated)
        left -= _first_pay(ledger, item, left)
        taken += stated.amount - left
        _place(ledger, Classed(stated.id, item, stated.units, left))
    ledger.items.sort(key=lambda classed: list(ledger.edition.items).index(classed.id))
    return taken


def _within_limit(ledger: Ledger, item: Item, stated: BillItem) -> Yuan:
    """What of an item its price limit leaves within the policy."""
    if item.price_limit is None:
        return stated.amount
    what = f"{item.name}限价"
    limit = amount_of(ledger, ledger.situation.look_up(item.price_limit, what), what)
    over = max(ZERO, stated.amount - limit * stated.units)
    rule = "items.over_limit" if over else "items.within_limit"
    ledger.step(rule, over, item=item.name, limit=limit, units=stated.units, stated=stated.amount)
    if over:
        ledger.take("over_limit", over)
    return stated.amount - over


def _first_pay(ledger: Ledger, item: Item, amount: Yuan) -> Yuan:
    if item.first_pay is None:
        return ZERO
    ratio = number(ledger.run.value(ledger.situation.look_up(item.first_pay, f"{item.name}先自付比例")))
    paid = amount * ratio
    if paid:
        ledger.take("first_pay", paid)
    ledger.step("items.first_pay", paid, item=item.name, of=amount, ratio=ratio)
    return paid


def _place(ledger: Ledger, classed: Classed) -> None:
    """Beside the deductible, on the axis with a ratio of its own, or among the ordinary cost."""
    item = classed.item
    if item.no_deductible:
        ledger.apart.append(classed)
    elif item.ratio is not None or item.changes:
        for n, other in enumerate(ledger.items):
            if other.id == classed.id:
                classed = other._replace(units=other.units + classed.units, amount=other.amount + classed.amount)
                ledger.items[n] = classed
                return
        ledger.items.append(classed)


def mixed(ledger: Ledger, layer: Layer, pieces: Iterable[Piece], begin: Yuan) -> Iterable[Piece]:
    """The pieces of a layer's cost, each cut into ordinary cost and the items it consists of."""
    if not ledger.items or layer.base.kind != "eligible":
        return pieces
    if ledger.edition.items_share == "proportional":
        _tell_shares(ledger)
    return _cut(ledger, layer, pieces, begin)


def _tell_shares(ledger: Ledger) -> None:
    """What the same mixture of every part is, so that each part's amount can be worked out again."""
    ordinary, *_, (whole, _last) = _classes(ledger)
    shares = tuple((classed.item.name, classed.amount) for classed in ledger.items)
    ledger.step("items.proportional", None, whole=whole, ordinary=ordinary[0], shares=shares)


def _cut(ledger: Ledger, layer: Layer, pieces: Iterable[Piece], begin: Yuan) -> Iterator[Piece]:
    proportional = ledger.edition.items_share == "proportional"
    for piece in pieces:
        low = piece.low
        bounds = _proportional(ledger, piece) if proportional else _ordinary_first(ledger, layer, begin, piece.high)
        for bound, classed in bounds:
            high = min(piece.high, bound)
            if high > low:
                yield replace(piece, low=low, high=high, item=classed)
                low = high


def _classes(ledger: Ledger) -> Iterator[tuple[Yuan, Classed | None]]:
    """Ordinary cost, then one class after another, each with how much all up to it is."""
    total = ledger.eligible - sum((classed.amount for classed in (*ledger.items, *ledger.apart)), ZERO)
    yield total, None
    for classed in ledger.items:
        total += classed.amount
        yield total, classed


def _ordinary_first(ledger: Ledger, layer: Layer, begin: Yuan, end: Yuan) -> Iterator[tuple[Yuan, Classed | None]]:
    """Where each class ends on the axis when ordinary cost fills the deductible and the first brackets.

    An out-of-area first pay has taken the same part of every class; an account that goes first has paid ordinary cost
    first, too.
    """
    ahead = sum(ledger.accounts.values(), ZERO)
    treatment = treatment_of(ledger, layer)
    after = treatment is not None and treatment.first_pay_when == "after_deductible"
    for total, classed in _classes(ledger):
        last = classed is (ledger.items[-1])
        position = begin + max(ZERO, total - ahead - begin) * ledger.left if after else total * ledger.left - ahead
        yield end if last else position, classed


def _proportional(ledger: Ledger, piece: Piece) -> Iterator[tuple[Yuan, Classed | None]]:
    """Where each class ends within a piece when every piece has the same mixture, to the fen."""
    classes = list(_classes(ledger))
    whole = classes[-1][0]
    for total, classed in classes:
        part = piece.high - piece.low if total == whole else quotient((piece.high - piece.low) * total, whole, FEN)
        yield piece.low + part, classed


class Apart(NamedTuple):
    """What the items outside the deductible came to: paid, and covered at all."""

    paid: Yuan = ZERO
    covered: Yuan = ZERO
    used: Used = NOTHING_USED
    """What of it counts."""

    def lessen(self, cap: Room) -> Room:
        """The room under the cap that these items leave."""
        if not self.covered:
            return cap
        room = None if cap.room is None else cap.room - self.used.paid
        return replace(cap, room=room, limit=None if cap.limit is None else cap.limit - self.used.counted)


NOTHING_APART = Apart()


def settle_apart(ledger: Ledger, layer: Layer) -> Apart:
    """Pay the items outside the deductible (诊察费, 免费首诊 …), each by its own rule; once, with the first layer."""
    result = NOTHING_APART
    if layer.base.kind != "eligible":
        return result
    for classed in ledger.apart:
        counts = classed.item.counts == "all"
        room = result.lessen(cap_of(ledger, layer, ZERO, ZERO)) if counts else NO_BOUND
        covered = classed.amount if room.limit is None else min(classed.amount, room.limit)
        promised = paid = _paid_apart(ledger, classed, covered)
        if room.room is not None and paid > room.room:
            paid = room.room
            covered = _covered(ledger, classed, covered, promised, paid)
        if paid < promised or covered < classed.amount:
            ledger.run.pending = [*room.figures]
            ledger.step("items.cap", paid, layer=layer.name, item=classed.item.name)
        if counts:
            ledger.use(layer.id).counted += covered
        else:
            ledger.use(layer.id).paid -= round_amount(paid)
        used = Used(paid, covered) if counts else NOTHING_USED
        result = Apart(result.paid + paid, result.covered + covered, result.used + used)
        ledger.take("share", covered - paid)
        ledger.take("over_cap", classed.amount - covered)
    return result


def _covered(ledger: Ledger, classed: Classed, covered: Yuan, promised: Yuan, paid: Yuan) -> Yuan:
    """How much of an item lies below the cap that let only some of what was promised be paid."""
    ratio = classed.item.ratio
    if ratio is None:
        return covered - (promised - paid)
    of = number(ledger.run.value(ledger.situation.look_up(ratio, f"{classed.item.name}支付比例")))
    return min(covered, cap_position(ZERO, paid, of))


def _paid_apart(ledger: Ledger, classed: Classed, covered: Yuan) -> Yuan:
    item, look_up = classed.item, ledger.situation.look_up
    if item.fund_pays is not None:
        what = f"{item.name}定额"
        each = amount_of(ledger, look_up(item.fund_pays, what), what)
        paid = min(covered, each * classed.units)
        data = {"each": each, "units": classed.units}
        ledger.step("items.fund_pays", paid, item=item.name, of=covered, counts=item.counts, **data)
        return paid
    assert item.ratio is not None
    ratio = number(ledger.run.value(look_up(item.ratio, f"{item.name}支付比例")))
    paid = ledger.rounded(covered * ratio, "segment")
    ledger.step("items.apart", paid, item=item.name, of=covered, ratio=ratio, counts=item.counts)
    return paid
