"""Stages 3, 13 and 14, 个人账户 and 取整: who pays what in the end, to the fen, adding up to the bill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from calculator.errors import InvalidData, NotCovered, Problem, nearest_word
from calculator.ledger import Ledger
from calculator.mixture import settles
from calculator.money import MODES, UNITS, ZERO, Yuan, round_amount


@settles("rounding")
def round_payers(ledger: Ledger) -> None:
    """Round what each layer pays where the area rounds; whatever is rounded off stays with the person.

    Rounding up never makes a layer pay more than its cap, nor all layers together more than the bill.
    """
    left = whole = ledger.total - sum(ledger.accounts.values(), ZERO)
    for layer, amount in ledger.fund.items():
        most = min(left, ledger.most.get(layer, left))
        rounded = told = ledger.paid_out(amount)
        if layer == "guarantee" and ledger.promised is not None:
            # the promise is what is rounded; the top-up fills what the rounded layers leave of it
            before = whole - left
            rule = ledger.edition.rounding
            rounded = max(ZERO, round_amount(ledger.promised, UNITS[rule.unit], MODES[rule.mode]) - before)
        if layer == "guarantee":
            told = round_amount(amount)
        if rounded > most:
            rounded = round_amount(most, mode=MODES["down"])
        left -= rounded
        if rounded != told:
            names = {known.id: known.name for known in ledger.edition.layers} | {"guarantee": "保底"}
            ledger.step("rounding", rounded, layer=names[layer], exact=amount)
        ledger.fund[layer] = rounded


@settles("account_first")
def pay_first(ledger: Ledger) -> None:
    """A pot that goes before everything: it pays eligible cost, and only the rest is settled (O11, O12)."""
    rule, balances = ledger.edition.account, balances_of(ledger)
    if rule is None or not rule.first or rule.first not in balances:
        return
    pot = next(pot for pot in rule.pots if pot.id == rule.first)
    amount = min(round_amount(balances[pot.id]), ledger.shared)
    ledger.shared -= amount
    ledger.accounts[pot.id] = amount
    if rule.counts_to_deductible:
        ledger.account_credit = amount
    ledger.step("account.first", amount, pot=pot.name, balance=balances[pot.id], counts=rule.counts_to_deductible)


@settles("account")
def charge_account(ledger: Ledger, person: Yuan) -> Yuan:
    """What the account pays of the bill, if asked: each pot in turn pays the parts it may pay (SW-5, O14)."""
    rule, balances = ledger.edition.account, balances_of(ledger)
    if not balances:
        return ZERO
    if rule is None:
        raise NotCovered(f"{ledger.situation.what}：没有收录个人账户可以支付哪些部分。", "account_balance")
    left = dict(ledger.own)
    total = sum(ledger.accounts.values(), ZERO)
    person -= total
    for pot in rule.pots:
        if pot.id not in balances:
            continue
        already = ledger.accounts.get(pot.id, ZERO)
        balance = balances[pot.id] - already
        parts = ledger.parts(pot.may_pay, left)
        allowed = sum(parts.values(), ZERO)
        amount = max(ZERO, min(round_amount(balance), round_amount(allowed), person))
        _cover(left, tuple(parts), amount)
        person -= amount
        total += amount
        ledger.accounts[pot.id] = already + amount
        ledger.step("account", amount, pot=pot.name, balance=balance, allowed=allowed)
    ledger.account = total
    return total


def _cover(left: dict[str, Yuan], parts: Sequence[str], amount: Yuan) -> None:
    """What one pot has paid is not there for the next."""
    for part in parts:
        paid = min(amount, left.get(part, ZERO))
        if paid:
            left[part] -= paid
            amount -= paid


def balances_of(ledger: Ledger) -> Mapping[str, Yuan]:
    """What there is in each pot, as far as the case says. Raises InvalidData for a pot that is not there."""
    case, rule = ledger.case, ledger.edition.account
    if rule is None:
        return {"": case.account_balance} if case.account_balance is not None else {}
    known = {pot.id: pot.name for pot in rule.pots}
    if case.account_balance is not None and len(known) > 1:
        options = "、".join(f"{name}（{words}）" for name, words in known.items())
        raise InvalidData(
            [Problem(("account_balance",), f"这里的账户分几部分，写 account_balances：{options}", "word")]
        )
    for name in case.account_balances:
        if name not in known:
            message = f"没有叫“{name}”的账户{nearest_word(name, known)}；有 {'、'.join(known)}"
            raise InvalidData([Problem(("account_balances", name), message, "word")])
    if case.account_balance is not None:
        return {rule.pots[0].id: case.account_balance}
    return case.account_balances
