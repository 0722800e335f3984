"""Stages 13 and 14, 个人账户 and 取整: who pays what in the end, to the fen, adding up to the bill."""

from __future__ import annotations

from calculator.errors import NotCovered
from calculator.ledger import Ledger
from calculator.mixture import settles
from calculator.money import MODES, UNITS, ZERO, Yuan, round_amount


@settles("rounding")
def round_payers(ledger: Ledger) -> None:
    """Round what each layer pays where the area rounds; whatever is rounded off stays with the person.

    Rounding up never makes a layer pay more than its cap, nor all layers together more than the bill.
    """
    left = ledger.total
    names = {layer.id: layer.name for layer in ledger.edition.layers} | {"guarantee": "保底"}
    for layer, amount in ledger.fund.items():
        most = min(left, ledger.most.get(layer, left))
        rounded = round_amount(ledger.rounded(amount, "end"))
        if layer == "guarantee" and ledger.promised is not None:
            # the promise is what is rounded; the top-up fills what the rounded layers leave of it
            before = ledger.total - left
            rule = ledger.edition.rounding
            rounded = max(ZERO, round_amount(ledger.promised, UNITS[rule.unit], MODES[rule.mode]) - before)
        if rounded > most:
            rounded = round_amount(most, mode=MODES["down"])
        left -= rounded
        if rounded != round_amount(amount):
            ledger.step("rounding", rounded, layer=names[layer], exact=amount)
        ledger.fund[layer] = rounded


@settles("account")
def charge_account(ledger: Ledger, person: Yuan) -> Yuan:
    """What the account pays of the person's part, if asked; only the parts it may pay (SW-5)."""
    balance = ledger.case.account_balance
    if balance is None:
        return ZERO
    may_pay = ledger.edition.account
    if may_pay is None:
        raise NotCovered(f"{ledger.situation.what}：没有收录个人账户可以支付哪些部分。", "account_balance")
    allowed = sum((ledger.own.get(part, ZERO) for part in may_pay), ZERO)
    amount = max(ZERO, min(round_amount(balance), round_amount(allowed), person))
    ledger.account = amount
    ledger.step("account", amount, balance=balance, allowed=allowed)
    return amount
