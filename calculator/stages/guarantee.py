"""Stage 12, 保底: the fund pays at least a published share of the eligible cost."""

from __future__ import annotations

from calculator.ledger import Ledger
from calculator.mixture import settles
from calculator.money import ZERO, number

_FILLS = ("share", "over_cap", "deductible", "away_first_pay")
"""What of the person's payments the top-up takes over, in this order."""


@settles("guarantee")
def top_up(ledger: Ledger) -> None:
    """If all layers together stay below the guarantee, the difference is paid too."""
    guarantee = ledger.edition.guarantee
    if guarantee is None:
        return
    ratio = number(ledger.run.value(ledger.situation.look_up(guarantee.ratio, "保底比例")))
    promised, paid = ledger.eligible * ratio, ledger.fund_paid
    amount = max(ZERO, promised - paid)
    ledger.promised = promised if amount else None
    left = sum((ledger.own.get(part, ZERO) for part in _FILLS), ZERO)
    if ledger.accounts and amount > left:  # the account has paid the rest first
        amount, ledger.promised = left, None
    ledger.fund["guarantee"] = amount
    ledger.give_back(_FILLS, amount)
    ledger.step("guarantee", amount, ratio=ratio, eligible=ledger.eligible, promised=promised, paid=paid)
