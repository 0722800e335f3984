"""From completions to outcomes: all of them, what the policy is silent about, and the turning points in between."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal, localcontext
from typing import NamedTuple

from calculator.completions import Choice, Run, explore
from calculator.errors import NotCovered
from calculator.ledger import Step
from calculator.model import Status
from calculator.money import EXACT, FEN, ZERO, Yuan, number


class Outcome(NamedTuple):
    """One completion, settled: amounts by name, the steps, what was assumed, the weakest status used.

    ``unrounded`` is what the fund pays before the last rounding.
    """

    amounts: Mapping[str, Yuan]
    steps: tuple[Step, ...]
    choices: tuple[Choice, ...]
    status: Status
    unrounded: Yuan = ZERO


class Gap(NamedTuple):
    """A completion the policy is silent about, and what was assumed to get there."""

    reason: NotCovered
    choices: tuple[Choice, ...]


def completed(once: Callable[[Run], Outcome]) -> tuple[list[Outcome], list[Gap]]:
    """Every completion's outcome, and the gaps; NotCovered only when there is no outcome at all."""

    def attempt(run: Run) -> Outcome | Gap:
        try:
            return once(run)
        except NotCovered as silent:
            return Gap(silent, tuple(run.choices.values()))

    outcomes: list[Outcome] = []
    gaps: list[Gap] = []
    with localcontext(EXACT):
        for _, result in explore(attempt):
            if isinstance(result, Gap):
                gaps.append(result)
            else:
                outcomes.append(result)
    if not outcomes:
        raise gaps[0].reason
    return outcomes, gaps


RATIO_STEP = Decimal("0.000001")
GRID = 24
ZOOM = 8


def turning_points(once: Callable[[Run], Outcome], outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Outcomes inside ranges where the fund pays less or more than at any combination of their ends.

    Starting from the least and from the most outcome, each continuous uncertainty is searched in turn: a grid, then
    closer and closer around its best point down to the fen, as long as that improves the end. Along one amount the
    settlement is made of straight pieces, so the closing-in ends on the very point where the next rule takes over.
    """
    found: list[Outcome] = []
    with localcontext(EXACT):
        for sign in (1, -1):
            best = min(outcomes, key=lambda outcome: sign * outcome.unrounded)
            forced: dict[str, Decimal] = {}
            for choice in best.choices:
                if choice.continuous:
                    best, forced = _along(once, best, forced, choice, sign)
            if forced:
                found.append(best)
    return found


def _along(
    once: Callable[[Run], Outcome], start: Outcome, forced: dict[str, Decimal], choice: Choice, sign: int
) -> tuple[Outcome, dict[str, Decimal]]:
    """The best outcome along one continuous uncertainty, and what is forced to reach it."""
    step = FEN if choice.figure is None or choice.figure.unit == "yuan" else RATIO_STEP
    like = {known.key: known for known in start.choices}
    low, high = (int(number(option) / step) for option in choice.options)
    best, chosen, points = start, forced, GRID
    while high - low > 1:
        width = max(1, -(-(high - low) // points))
        tried: dict[int, Outcome] = {}
        for x in (*range(low, high, width), high):
            with suppress(NotCovered):
                tried[x] = once(Run(like=like, forced={**forced, choice.key: x * step}))
        if not tried:
            break
        at = min(tried, key=lambda x: sign * tried[x].unrounded)
        if sign * tried[at].unrounded < sign * best.unrounded:
            best, chosen = tried[at], {**forced, choice.key: at * step}
        if width == 1:
            break
        low, high, points = max(low, at - width), min(high, at + width), ZOOM
    return best, chosen
