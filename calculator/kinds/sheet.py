"""The running sheet of a calculator that settles no bill: its steps, and what it was paid with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.completions import Run
from calculator.ledger import Step
from calculator.model import STATUS_ORDER, Figure, Rounding, RoundTo
from calculator.money import MODES, UNITS, Yuan, number, round_amount
from calculator.outcomes import Outcome


class Sheet:
    """Steps and amounts of one completion."""

    __slots__ = ("amounts", "run", "steps")

    def __init__(self, run: Run) -> None:
        self.run = run
        self.steps: list[Step] = []
        self.amounts: dict[str, Yuan] = {}

    def step(self, rule: str, amount: Yuan | None = None, **data: Any) -> None:
        """Note a step; the figures read since the last one are the ones it used."""
        self.steps.append(Step(rule, amount, data, tuple(self.run.pending)))
        self.run.pending = []

    def number(self, figure: Figure) -> Yuan:
        """A figure's number in this completion."""
        return number(self.run.value(figure))

    def stated(self, figure: Figure, value: Yuan) -> Yuan:
        """A value the person knows, where the figure leaves it open: the figure is still what it rests on."""
        self.run.rank = max(self.run.rank, STATUS_ORDER[figure.status])
        self.run.pending.append((figure, value))
        return value

    def outcome(self, amounts: Mapping[str, Yuan] | None = None) -> Outcome:
        """The completion as a whole."""
        found = {**self.amounts, **(amounts or {})}
        return Outcome(found, tuple(self.steps), tuple(self.run.choices.values()), self.run.status)


def rounded(amount: Yuan, to: Rounding | RoundTo) -> Yuan:
    """The amount in the unit and the manner the rules state."""
    return round_amount(amount, UNITS[to.unit], MODES[to.mode])
