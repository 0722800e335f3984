"""Turning points (拐点): outcomes inside ranges and unknown amounts, beyond what a payer pays at their ends.

Along one uncertain amount or ratio the settlement is a straight line from one breakpoint to the next (see ``linear``),
so its least and its most lie at an end, at a breakpoint or beside a jump. All of them are settled on the whole steps
next to them (a fen; a millionth of a ratio).

With one such uncertainty that proves the interval, up to rounding. With several, every line between two corners is
followed in full, and from the best corners one uncertainty after another is followed until none improves what is paid:
an extreme in the middle of all of them at once may be missed, and nothing here claims otherwise.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from calculator.completions import MOST, Choice, Run
from calculator.errors import NotCovered
from calculator.linear import Linear, NotLinear, Stretch, line, sweep
from calculator.money import EXACT, FEN, ZERO, Yuan, number
from calculator.outcomes import RATIO_STEP, Outcome, completed

Once = Callable[[Run], Outcome]

MOST_LINES = 64
"""With several uncertainties no more lines than this are followed from all corners, only from the best."""
MOST_TRIED = 4096
"""So many outcomes are settled at most; beyond them an extreme between several uncertainties may be missed."""
STARTS = 4
ROUNDS = 3
GRID = 16
"""Where two amounts multiply there is no straight line: so many points are tried instead."""


def turning_points(once: Once, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Every outcome worth comparing that lies between the ends; ``outcomes`` are those at the ends."""
    search = _Search(once)
    with localcontext(EXACT):
        several = any(sum(choice.continuous for choice in outcome.choices) > 1 for outcome in outcomes)
        search.follow_all(outcomes, MOST_LINES if several else MOST)
        if several:
            layers = sorted({name for outcome in outcomes for name in outcome.amounts if name.startswith("layer:")})
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


def _step(choice: Choice) -> Decimal:
    return FEN if choice.figure is None or choice.figure.unit == "yuan" else RATIO_STEP


class _Search:
    """Follows lines between completions; keeps every outcome it meets."""

    def __init__(self, once: Once) -> None:
        self._once = once
        self._lines: dict[Any, list[tuple[Decimal, Outcome]]] = {}
        self.tried: list[Outcome] = []
        self._seen: set[tuple[str, Decimal]] = set()

    def follow_all(self, outcomes: Sequence[Outcome], most: int) -> None:
        """Every line between two corners, and those of corners that are only met on the way."""
        waiting = list(outcomes)
        while waiting and len(self._lines) < most and len(self.tried) < MOST_TRIED:
            outcome = waiting.pop()
            for choice in outcome.choices:
                if choice.continuous:
                    known = {other.key for other in outcome.choices}
                    for _, met in self._along(choice, {}, outcome.choices):
                        if any(other.key not in known and len(other.options) > 1 for other in met.choices):
                            waiting += self._corners(choice, met)

    def _corners(self, choice: Choice, met: Outcome) -> list[Outcome]:
        """All completions at a point where something more is asked, as if this point were an end."""
        at = next(number(other.value) for other in met.choices if other.key == choice.key)
        if (choice.key, at) in self._seen:
            return []
        self._seen.add((choice.key, at))
        with suppress(NotCovered):
            found, _ = completed(self._once, {choice.key: at})
            self.tried += found
            return [
                outcome._replace(choices=tuple(choice if c.key == choice.key else c for c in outcome.choices))
                for outcome in found
            ]
        return []

    def climb(self, start: Outcome, worth: Callable[[Outcome], Yuan]) -> None:
        """From one outcome along each continuous uncertainty in turn, as long as that helps."""
        best, forced = start, dict[str, Decimal]()
        for _ in range(ROUNDS):
            before = worth(best)
            for choice in start.choices:
                if choice.continuous and len(self.tried) < MOST_TRIED:
                    for value, outcome in self._along(choice, forced, start.choices):
                        if worth(outcome) < worth(best):
                            best, forced = outcome, {**forced, choice.key: value}
            if worth(best) >= before:
                return

    def _along(
        self, choice: Choice, forced: Mapping[str, Decimal], choices: Sequence[Choice]
    ) -> list[tuple[Decimal, Outcome]]:
        """The outcomes at every turning point along one uncertainty, with its values; once for each line."""
        others = {key: value for key, value in forced.items() if key != choice.key}
        like = {other.key: other for other in choices}
        picks = frozenset((key, other.pick) for key, other in like.items() if key not in (choice.key, *others))
        line_of = choice.key, picks, frozenset(others.items())
        if line_of not in self._lines:
            try:
                steps = self._turns(choice, others, like)
            except (NotLinear, decimal.InvalidOperation):
                steps = self._grid(choice)
            found = self._lines[line_of] = [
                (value, outcome) for value in steps for outcome in self._settled(choice, value, others, like)
            ]
            self.tried += [outcome for _, outcome in found]
        return self._lines[line_of]

    def _settled(
        self, choice: Choice, value: Decimal, forced: Mapping[str, Decimal], like: Mapping[str, Choice]
    ) -> Iterator[Outcome]:
        with suppress(NotCovered):
            yield self._once(Run(like=like, forced={**forced, choice.key: value}))

    def _turns(self, choice: Choice, forced: Mapping[str, Decimal], like: Mapping[str, Choice]) -> list[Decimal]:
        """Where a payer's line turns or jumps, in whole steps inside the range; the ends are settled already."""
        step = _step(choice)
        low, high = (Fraction(number(option)) for option in choice.options)

        def at(x: Linear) -> Outcome | None:
            return next(self._settled(choice, x, forced, like), None)

        marks: set[int] = set()
        before: Stretch[Outcome | None] | None = None
        for stretch in sweep(at, low, high):
            if before is not None and _turns_at(before, stretch):
                exact = stretch.low / Fraction(step)
                below, above = exact.numerator // exact.denominator, -(-exact.numerator // exact.denominator)
                marks |= {below, above} if below < above else {below - 1, below, below + 1}
            before = stretch
        return [mark * step for mark in sorted(marks) if low < mark * Fraction(step) < high]

    def _grid(self, choice: Choice) -> list[Decimal]:
        """Evenly spread steps, where no line can be followed."""
        step = _step(choice)
        low, high = (int(number(option) / step) for option in choice.options)
        width = max(1, -(-(high - low) // GRID))
        return [x * step for x in range(low + width, high, width)]


def _turns_at(before: Stretch[Outcome | None], here: Stretch[Outcome | None]) -> bool:
    """Whether some amount stops rising or falling here, jumps, or something else is asked from here on."""
    left, right = before.right, here.right
    if left is None or here.at is None or (right is None and here.high > here.low):
        return True
    if {choice.key for choice in left.choices} != {choice.key for choice in here.at.choices}:
        return True
    ahead = here.low - before.low
    for name, amount in left.amounts.items():
        value, slope = line(amount)
        sides = [here.at.amounts.get(name)] + ([] if right is None else [right.amounts.get(name)])
        if any(side is None or line(side).value != value + slope * ahead for side in sides):
            return True
        if right is not None and _sign(line(right.amounts[name]).slope) != _sign(slope):
            return True
    return right is not None and {c.key for c in right.choices} != {c.key for c in left.choices}


def _sign(slope: Fraction) -> int:
    return (slope > 0) - (slope < 0)
