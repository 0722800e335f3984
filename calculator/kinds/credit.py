"""划入个人账户: what lands on the account each month (国办发〔2021〕14号)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from calculator.errors import InvalidData, NotCovered, Problem
from calculator.kinds.base import Amounts
from calculator.kinds.sheet import rounded
from calculator.model import AccountCredit, Rounding
from calculator.money import ZERO, Yuan
from calculator.rules import Situation

RATE_NAME = "划入个人账户的比例"


class Owner(NamedTuple):
    """Whose account: how to get the base of contribution, and the own pension where it was stated."""

    base: Callable[[], Yuan]
    pension: Yuan | None


def credit(account: AccountCredit | None, amounts: Amounts, owner: Owner, rounding: Rounding) -> Yuan | None:
    """The credit of a month; None where nobody told us, which hides nothing of the rest."""
    sheet = amounts.sheet
    if account is not None and account.none:
        sheet.step("credit.none", ZERO)
        return ZERO
    held = list(sheet.run.pending)
    gross = None if account is None else _gross(account, amounts, owner, rounding)
    if account is None or gross is None:
        sheet.run.pending = held
        sheet.step("contribution.no_account")
        return None
    return _net(account, gross, amounts, rounding)


def _gross(account: AccountCredit, amounts: Amounts, owner: Owner, rounding: Rounding) -> Yuan | None:
    """Before deductions, by the one form that has an entry for this person."""
    sheet, situation = amounts.sheet, amounts.situation
    if rate := _entry(account.credit_rate, situation):
        base, ratio = owner.base(), sheet.number(rate)
        paid = rounded(base * ratio, rounding)
        sheet.step("contribution.account", paid, base=base, ratio=ratio)
        return paid
    if fixed := _entry(account.fixed, situation):
        paid = amounts(fixed, "划入额")
        sheet.step("credit.fixed", paid)
        return paid
    if rate := _entry(account.pension_rate, situation):
        assert account.average_pension is not None
        average, ratio = amounts(account.average_pension, "平均养老金"), sheet.number(rate)
        paid = rounded(average * ratio, rounding)
        sheet.step("credit.pension", paid, pension=average, ratio=ratio)
        return paid
    if rate := _entry(account.own_pension_rate, situation):
        if owner.pension is None:
            message = "请填写每月的养老金：划入个人账户按它计算"
            raise InvalidData([Problem(("pension",), message, "missing")])
        ratio = sheet.number(rate)
        paid = rounded(owner.pension * ratio, rounding)
        sheet.step("credit.own_pension", paid, pension=owner.pension, ratio=ratio)
        return paid
    return None


def _entry(table: object, situation: Situation) -> Any:
    """The cell of a form for this person, or None when the form is not theirs."""
    if table is None:
        return None
    try:
        return situation.look_up(table, RATE_NAME)
    except NotCovered:
        return None


def _net(account: AccountCredit, gross: Yuan, amounts: Amounts, rounding: Rounding) -> Yuan:
    """Less what is taken from the credit (例如 长期护理保险), never below nothing."""
    left = gross
    for deduction in account.deductions:
        taken = min(left, amounts.entry(deduction.amount, deduction.name))
        left -= taken
        amounts.sheet.step("credit.deduction", taken, name=deduction.name, left=left)
    return rounded(left, rounding)
