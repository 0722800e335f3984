"""缴费基数: the limits, as amounts or from the wage index, and the base between them."""

from __future__ import annotations

from calculator.kinds.sheet import Sheet, rounded
from calculator.model import Amount, ContributionBase, Figure
from calculator.money import Yuan, number
from calculator.rules import Situation
from calculator.stages.amount import index_in, percent_of


class Amounts:
    """Amounts of one edition without a bill; an index is that of the year in which the edition begins."""

    __slots__ = ("sheet", "situation", "year")

    def __init__(self, sheet: Sheet, situation: Situation, year: int) -> None:
        self.sheet = sheet
        self.situation = situation
        self.year = year

    def __call__(self, amount: Amount, what: str) -> Yuan:
        """In yuan; a percentage of an index is noted as a step. ``what`` names it for readers."""
        if isinstance(amount, Figure):
            return number(self.sheet.run.value(amount))
        of, of_words = index_in(self.situation, amount.of, self.year)
        ratio, held, result = percent_of(self.sheet.run, amount, of)
        self.sheet.step(
            "amount.percent", result, what=what, of=of, of_words=of_words, ratio=ratio, product=of * ratio, held=held
        )
        return result

    def entry(self, table: object, what: str) -> Yuan:
        """The amount a table gives for this person. Raises NotCovered where it has none."""
        return self(self.situation.look_up(table, what), what)

    def index(self, name: str) -> tuple[Yuan, str]:
        """An index of the edition's year, and its words."""
        return index_in(self.situation, name, self.year)


def limits(amounts: Amounts, base: ContributionBase) -> tuple[Yuan, Yuan]:
    """下限, 上限."""
    return amounts(base.floor, "缴费基数下限"), amounts(base.ceiling, "缴费基数上限")


def clamped(wage: Yuan, floor: Yuan, ceiling: Yuan, base: ContributionBase) -> Yuan:
    """The wage between the limits, rounded where the rules say so (社会保险法: 60% 到 300%)."""
    found = min(max(wage, floor), ceiling)
    return rounded(found, base.round_to) if base.round_to else found
