"""An amount of the policy for this case: a figure, or a percentage of the bill or of an index (指标)."""

from __future__ import annotations

from calculator.completions import Run
from calculator.errors import NotCovered
from calculator.ledger import Ledger
from calculator.model import Amount, Figure, PercentOf
from calculator.money import MODES, UNITS, Ratio, Yuan, number, round_amount
from calculator.rules import Situation


def amount_of(ledger: Ledger, amount: Amount, what: str) -> Yuan:
    """The amount in yuan; a percentage is noted as a step. ``what`` names it for readers."""
    if isinstance(amount, Figure):
        return number(ledger.run.value(amount))
    if amount.published is not None and _year(ledger) not in ledger.situation.area.indices[amount.of].values:
        return number(ledger.run.value(amount.published))
    of, of_words = _whole(ledger, amount.of)
    ratio, held, result = percent_of(ledger.run, amount, of)
    ledger.step(
        "amount.percent", result, what=what, of=of, of_words=of_words, ratio=ratio, product=of * ratio, held=held
    )
    return result


def _whole(ledger: Ledger, name: str) -> tuple[Yuan, str]:
    if name == "total":
        return ledger.case.bill.total, "总费用"
    if name == "eligible":
        return ledger.eligible, "医保范围内费用"
    return index_in(ledger.situation, name, _year(ledger))


def _year(ledger: Ledger) -> int:
    """The insurance year (医保年度) an index is taken of, so that a line stays the same all through it."""
    return ledger.situation.area.insurance_year(ledger.day)


def percent_of(run: Run, amount: PercentOf, of: Yuan) -> tuple[Ratio, Yuan, Yuan]:
    """The percentage and what it comes to: within its bounds, and then rounded."""
    ratio = number(run.value(amount.percent))
    exact = of * ratio
    if amount.minimum is not None:
        exact = max(exact, number(run.value(amount.minimum)))
    if amount.maximum is not None:
        exact = min(exact, number(run.value(amount.maximum)))
    return ratio, exact, round_amount(exact, UNITS[amount.rounding.unit], MODES[amount.rounding.mode])


def index_in(situation: Situation, name: str, year: int) -> tuple[Yuan, str]:
    """An index in a year and its words. Raises NotCovered naming the years there are."""
    index = situation.area.indices[name]
    if year not in index.values:
        known = tuple(f"{known} 年的" for known in index.values)
        raise NotCovered(f"{situation.what}：没有收录 {year} 年的{index.name}。", "date", known)
    return number(situation.run.value(index.values[year])), f"{year} 年的{index.name}"
