"""From completions to outcomes: all of them, what the policy is silent about, and the turning points in between."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, getcontext, setcontext
from typing import Any, NamedTuple

from calculator.completions import Choice, Run, explore
from calculator.errors import NotCovered
from calculator.history import Used
from calculator.ledger import Step
from calculator.model import Status
from calculator.money import EXACT, ZERO, Yuan


class Outcome(NamedTuple):
    """One completion, settled: amounts by name, the steps, what was assumed, the weakest status used.

    ``unrounded`` is what the fund pays before the last rounding.
    """

    amounts: Mapping[str, Yuan]
    steps: tuple[Step, ...]
    choices: tuple[Choice, ...]
    status: Status
    unrounded: Yuan = ZERO
    tally: Mapping[str, Used] = {}
    """What the event uses up, by accumulator."""
    own: Mapping[str, Yuan] = {}
    """What the person pays, by part, before the account pays any of it."""
    details: Any = None
    """What a calculator of several events keeps beside the sums."""


class Gap(NamedTuple):
    """A completion the policy is silent about, and what was assumed to get there."""

    reason: NotCovered
    choices: tuple[Choice, ...]


def completed(
    once: Callable[[Run], Outcome], forced: Mapping[str, Decimal] | None = None
) -> tuple[list[Outcome], list[Gap]]:
    """Every completion's outcome, and the gaps; NotCovered only when there is no outcome at all.

    ``forced`` gives uncertain numbers a value of their own.
    """

    def attempt(run: Run) -> Outcome | Gap:
        try:
            return once(run)
        except NotCovered as silent:
            return Gap(silent, tuple(run.choices.values()))

    outcomes: list[Outcome] = []
    gaps: list[Gap] = []
    held = getcontext()
    setcontext(EXACT)  # itself: ``localcontext`` would copy it for every case
    try:
        for _, result in explore(attempt, forced):
            if isinstance(result, Gap):
                gaps.append(result)
            else:
                outcomes.append(result)
    finally:
        setcontext(held)
    if not outcomes:
        raise gaps[0].reason
    return outcomes, gaps


RATIO_STEP = Decimal("0.000001")
"""The step in which uncertain ratios are tried."""
