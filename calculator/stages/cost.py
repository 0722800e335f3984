"""Stage 2, 费用分类: what of the bill lies within the policy (政策范围内费用) and what the person pays outright."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.bill import Bill
from calculator.errors import InvalidData, Problem
from calculator.ledger import Ledger
from calculator.mixture import settles
from calculator.money import ZERO, Yuan, number
from calculator.reader import FIELD_WORDS
from calculator.stages.items import classify_items


@settles("cost")
def classify(ledger: Ledger) -> None:
    """Take 全自费, 超限价 and 先自付 off the bill; the rest is ``eligible``."""
    bill = ledger.case.bill
    ledger.total = bill.total
    ledger.step("cost.total", bill.total)
    if bill.class_b:
        first_pay: Yuan | None = sum((amount * rate for amount, rate in bill.class_b), ZERO)
    else:
        first_pay = bill.first_pay
    parts = {"self_funded": bill.self_funded, "over_limit": bill.over_limit, "first_pay": first_pay}
    rest = bill.total
    for amount in parts.values():
        if amount is not None:
            rest -= amount
    for name, stated in parts.items():
        amount = stated
        if amount is None:
            _refuse_whole(ledger, parts)
            # nobody knows how much: anything from nothing to all that is left of the bill
            key = f"bill.{name}"
            amount = _chosen(ledger, key, rest - _kept(bill, first_pay))
            rest -= amount
        if amount:
            ledger.take(name, amount)
            ledger.step(
                f"cost.{name}", amount, unknown=stated is None, items=bill.class_b if name == "first_pay" else ()
            )
    _split_self_funded(ledger)
    if bill.items:
        rest -= classify_items(ledger)
    ledger.eligible = rest
    ledger.shared = rest - sum((classed.amount for classed in ledger.apart), ZERO) if ledger.apart else rest
    ledger.step("cost.eligible", rest, total=bill.total)


def _kept(bill: Bill, first_pay: Yuan | None) -> Yuan:
    """Items are on the bill whole, so what is unknown cannot reach into them."""
    kept = sum((amount for amount, _ in bill.class_b), ZERO) - (first_pay or ZERO) if bill.class_b else ZERO
    return kept + sum((item.amount for item in bill.items), ZERO)


def _split_self_funded(ledger: Ledger) -> None:
    """合规自费 is a part of 全自费 of its own, for the layers that count only that (C18)."""
    compliant, self_funded = ledger.case.bill.self_funded_compliant, ledger.own.get("self_funded", ZERO)
    if compliant is None:
        compliant = _chosen(ledger, "bill.self_funded_compliant", self_funded)
    compliant = min(compliant, self_funded)
    if compliant:
        ledger.own["self_funded"] = self_funded - compliant
        ledger.take("self_funded_compliant", compliant)
        ledger.step("cost.compliant", compliant)


def _chosen(ledger: Ledger, key: str, rest: Yuan) -> Yuan:
    chosen = number(ledger.run.choose(key, FIELD_WORDS[key], (ZERO, rest) if rest else (ZERO,)))
    return min(chosen, rest)  # of two bills that are compared, the other one may have had more to choose from


def _refuse_whole(ledger: Ledger, parts: Mapping[str, Yuan | None]) -> None:
    """Where the whole amount goes by one ratio, paying jumps: told exactly along one unknown part, not over several."""
    unknown = [FIELD_WORDS[f"bill.{name}"] for name, amount in parts.items() if amount is None]
    if len(unknown) > 1 and any("whole" in figure.values for figure in ledger.edition.figures):
        message = f"这里全额按一个比例支付，{'、'.join(unknown)}都不知道，就算不出可靠的范围；请只留一项不知道"
        path = next(name for name, amount in parts.items() if amount is None)
        raise InvalidData([Problem(("bill", path), message, "unknown")])
