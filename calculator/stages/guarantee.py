"""Stage 12, 保底: the fund pays at least a published share of the eligible cost."""

from __future__ import annotations

from calculator.ledger import Ledger
from calculator.mixture import settles
from calculator.money import ZERO, number


@settles("guarantee")
def top_up(ledger: Ledger) -> None:
    """If all layers together stay below the guarantee, the difference is paid too."""
    guarantee = ledger.edition.guarantee
    if guarantee is None:
        return
    ratio = number(ledger.run.value(ledger.situation.look_up(guarantee.ratio, "保底比例")))
    promised, paid = ledger.eligible * ratio, ledger.fund_paid
    amount = max(ZERO, promised - paid)
    ledger.fund["guarantee"] = amount
    ledger.promised = promised if amount else None
    ledger.give_back(("share", "over_cap", "deductible", "away_first_pay"), amount)
    ledger.step("guarantee", amount, ratio=ratio, eligible=ledger.eligible, promised=promised, paid=paid)
