"""An amount of the policy for this case: a figure, or a percentage of the bill or of an index (指标)."""

from __future__ import annotations

from calculator.errors import NotCovered
from calculator.ledger import Ledger
from calculator.model import Amount, Figure
from calculator.money import MODES, UNITS, Yuan, number, round_amount


def amount_of(ledger: Ledger, amount: Amount, what: str) -> Yuan:
    """The amount in yuan; a percentage is noted as a step. ``what`` names it for readers."""
    if isinstance(amount, Figure):
        return number(ledger.run.value(amount))
    ratio = number(ledger.run.value(amount.percent))
    of, of_words = _whole(ledger, amount.of)
    exact = of * ratio
    if amount.minimum is not None:
        exact = max(exact, number(ledger.run.value(amount.minimum)))
    if amount.maximum is not None:
        exact = min(exact, number(ledger.run.value(amount.maximum)))
    result = round_amount(exact, UNITS[amount.rounding.unit], MODES[amount.rounding.mode])
    ledger.step("amount.percent", result, what=what, of=of, of_words=of_words, ratio=ratio, product=of * ratio)
    return result


def _whole(ledger: Ledger, name: str) -> tuple[Yuan, str]:
    if name == "total":
        return ledger.case.bill.total, "总费用"
    if name == "eligible":
        return ledger.eligible, "医保范围内费用"
    index = ledger.situation.area.indices[name]
    year = ledger.day.year
    if year not in index.values:
        known = tuple(f"{known} 年的" for known in index.values)
        raise NotCovered(f"{ledger.situation.what}：没有收录 {year} 年的{index.name}。", "date", known)
    return number(ledger.run.value(index.values[year])), f"{year} 年的{index.name}"
