"""What the settlement sheet (结算单) says was paid, and how far an outcome is from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.money import FEN, ZERO, Yuan
from calculator.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Paid:
    """Amounts by the names outcomes use (``fund``, ``person``, ``account``, ``layer:basic``), and the tolerance."""

    amounts: Mapping[str, Yuan]
    within: Yuan = FEN

    @property
    def main(self) -> str:
        """The amount that is solved for; the others must then fit as well."""
        return next(iter(self.amounts))

    def off(self, outcome: Outcome) -> Yuan:
        """The largest difference of any amount; what an outcome has no word of is nothing."""
        return max(abs(outcome.amounts.get(name, ZERO) - amount) for name, amount in self.amounts.items())

    def fits(self, outcome: Outcome) -> bool:
        """Whether every amount is met within the tolerance."""
        return self.off(outcome) <= self.within

    def above(self, outcome: Outcome) -> Yuan:
        """By how much the outcome pays more of the main amount than the sheet says; negative when less."""
        return outcome.amounts.get(self.main, ZERO) - self.amounts[self.main]
