"""Stages 9 to 12: layers without a ratio, 一次性补助 and 补到自付比例以内."""

from __future__ import annotations

from calculator.ledger import Ledger
from calculator.mixture import settles
from calculator.model import Layer, LumpSum, TrueUp
from calculator.money import ZERO, Yuan, number
from calculator.stages.amount import amount_of
from calculator.stages.cap import cap_of, note_cap


@settles("share")
def pay_fixed(ledger: Ledger, layer: Layer, base: Yuan) -> None:
    """Pay a lump sum or a true-up of ``base``, as far as the cap allows."""
    due = _lump(ledger, layer, layer.lump_sum, base) if layer.lump_sum else _true_up(ledger, layer, layer.true_up, base)
    paid, most = min(due, base), base
    if due:
        cap = cap_of(ledger, layer, ZERO, ZERO)
        if cap.room is not None:
            paid, most = min(paid, cap.room), min(most, cap.room)
        note_cap(ledger, layer, cap, paid, paid, min(due, base))
    ledger.most[layer.id] = most
    ledger.fund[layer.id] = min(ledger.rounded(paid, "layer"), most)
    exact = ledger.fund[layer.id]
    ledger.step("layer.total", ledger.rounded(exact, "end"), layer=layer.name, exact=exact)


def _lump(ledger: Ledger, layer: Layer, rule: LumpSum, base: Yuan) -> Yuan:
    over = amount_of(
        ledger, ledger.situation.look_up(rule.when_own_over, f"{layer.name}的补助条件"), f"{layer.name}的补助条件"
    )
    if base <= over:
        ledger.step("lump_sum.not_over", ZERO, layer=layer.name, over=over, base=base)
        return ZERO
    ledger.reached.add(layer.id)
    amount = amount_of(ledger, ledger.situation.look_up(rule.amount, layer.name), layer.name)
    ledger.step("lump_sum.paid", min(amount, base), layer=layer.name, over=over, base=base, lump=amount)
    return amount


def _true_up(ledger: Ledger, layer: Layer, rule: TrueUp | None, base: Yuan) -> Yuan:
    assert rule is not None
    whole = ledger.eligible if rule.of == "eligible" else ledger.total
    ratio = number(ledger.run.value(ledger.situation.look_up(rule.own_at_most, f"{layer.name}的自付比例")))
    bound = whole * ratio
    due = max(ZERO, base - bound)
    if due:
        ledger.reached.add(layer.id)
    ledger.step(
        "true_up.paid" if due else "true_up.within",
        due,
        layer=layer.name,
        ratio=ratio,
        whole=whole,
        of=rule.of,
        bound=bound,
        base=base,
    )
    return due
