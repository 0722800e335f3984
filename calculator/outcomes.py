"""From completions to outcomes: all of them, what the policy is silent about, and the turning points in between."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal, localcontext
from typing import Any, NamedTuple

from calculator.completions import Choice, Run, explore
from calculator.errors import NotCovered
from calculator.history import Used
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
    with localcontext(EXACT):
        for _, result in explore(attempt, forced):
            if isinstance(result, Gap):
                gaps.append(result)
            else:
                outcomes.append(result)
    if not outcomes:
        raise gaps[0].reason
    return outcomes, gaps


RATIO_STEP = Decimal("0.000001")
GRID = 16
ZOOM = 6
STARTS = 4
ROUNDS = 3
MOST_TRIES = 6000


def turning_points(once: Callable[[Run], Outcome], outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Outcomes inside ranges and unknown amounts, where a payer pays less or more than at any combination of ends.

    For what the fund pays and for each layer, the least and the most are searched from the best few combinations of
    ends: along one uncertainty after another, on a grid and then closer and closer around its best point down to the
    fen, until no uncertainty improves it. Along one amount the settlement is made of straight pieces, so the closing-in
    ends on the very point where the next rule takes over. Everything tried on the way counts.
    """
    search = _Search(once)
    layers = sorted({name for outcome in outcomes for name in outcome.amounts if name.startswith("layer:")})
    with localcontext(EXACT):
        for target in (None, *layers):
            for sign in (1, -1):
                worth = _worth(target, sign)
                for start in sorted(outcomes, key=worth)[: STARTS if target is None else 1]:
                    search.climb(start, worth)
    return search.tried


def _worth(target: str | None, sign: int) -> Callable[[Outcome], Yuan]:
    """What is to be made small: the payment of the whole fund, or of one layer, or its negative."""
    if target is None:
        return lambda outcome: sign * outcome.unrounded
    return lambda outcome: sign * outcome.amounts.get(target, ZERO)


class _Search:
    """Tries completions that lie between the ends; keeps them all."""

    def __init__(self, once: Callable[[Run], Outcome]) -> None:
        self._once = once
        self.tried: list[Outcome] = []

    def climb(self, start: Outcome, worth: Callable[[Outcome], Yuan]) -> None:
        """From one outcome along each continuous uncertainty in turn, as long as that helps."""
        best, forced = start, dict[str, Decimal]()
        like = {choice.key: choice for choice in start.choices}
        for _ in range(ROUNDS):
            before = worth(best)
            for choice in start.choices:
                if choice.continuous:
                    best, forced = self._along(choice, best, forced, like, worth)
            if worth(best) >= before:
                return

    def _along(
        self,
        choice: Choice,
        best: Outcome,
        forced: dict[str, Decimal],
        like: Mapping[str, Choice],
        worth: Callable[[Outcome], Yuan],
    ) -> tuple[Outcome, dict[str, Decimal]]:
        """The best outcome along one uncertainty, and what is forced to reach it."""
        step = FEN if choice.figure is None or choice.figure.unit == "yuan" else RATIO_STEP
        low, high = (int(number(option) / step) for option in choice.options)
        points = GRID
        while high - low > 1 and len(self.tried) < MOST_TRIES:
            width = max(1, -(-(high - low) // points))
            found: dict[int, Outcome] = {}
            for x in (*range(low, high, width), high):
                with suppress(NotCovered):
                    found[x] = self._once(Run(like=like, forced={**forced, choice.key: x * step}))
            if not found:
                break
            self.tried.extend(found.values())
            at = min(found, key=lambda x: worth(found[x]))
            if worth(found[at]) < worth(best):
                best, forced = found[at], {**forced, choice.key: at * step}
            if width == 1:
                break
            low, high, points = max(low, at - width), min(high, at + width), ZOOM
        return best, forced
