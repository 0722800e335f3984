"""The whole amounts of one unknown at which a settlement comes out as wanted.

Along one amount a settlement is made of straight pieces, which may fall as well as rise, may be flat and may jump. The
unknown is counted in its smallest unit (分), so that what is found is exact and nothing lies between two neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from calculator.money import Yuan

GRID = 12
SHORT = 16
"""A stretch no longer than this is looked at point by point: there rounding hides a bend."""
ROUGH = Decimal("0.02")
"""What rounding may bend a straight piece by."""


class Solution(NamedTuple):
    """Everything from ``low`` to ``high`` fits alike; ``at`` is the roundest number among them."""

    low: int
    high: int
    at: int


def solutions(above: Callable[[int], Yuan | None], low: int, high: int, steep: Yuan, within: Yuan) -> list[Solution]:
    """Where ``above`` is nothing, or nearest to it within a tolerance.

    ``above`` tells how much more is paid than wanted, None where there is no rule. ``steep`` is the most a settlement
    moves from one number to the next, except where it jumps. Each crossing once, in order. A jump across what is wanted
    is no solution.
    """
    line = _Line(above, steep)
    width = max(1, -(-(high - low) // GRID))
    ends = [*range(low, high, width), high]
    for left, right in zip(ends, ends[1:] or ends, strict=False):
        line.look(left, right)
    found: list[Solution] = []
    near = sorted((x for x, y in line.seen.items() if y is not None and abs(y) <= within), key=line.distance)
    taken: list[tuple[int, int]] = []
    for x in near:
        if any(first <= x <= last for first, last in taken):
            continue
        first, last = line.run(x, low, high, line.distance(x))
        found.append(Solution(first, last, roundest(first, last)))
        taken.append(line.run(x, low, high, within))
    return sorted(found)


def roundest(low: int, high: int) -> int:
    """The number with the most zeros at its end, the lowest of them.

    >>> roundest(1199951, 1200063), roundest(0, 70), roundest(123, 124)
    (1200000, 0, 123)
    """
    step = 1
    while -(-low // (step * 10)) * step * 10 <= high and step <= high:
        step *= 10
    return -(-low // step) * step


class _Line:
    """The settlement along one amount; remembers every point looked at."""

    def __init__(self, above: Callable[[int], Yuan | None], steep: Yuan) -> None:
        self._above = above
        self._steep = steep
        self.seen: dict[int, Yuan | None] = {}

    def at(self, x: int) -> Yuan | None:
        if x not in self.seen:
            self.seen[x] = self._above(x)
        return self.seen[x]

    def distance(self, x: int) -> Yuan:
        y = self.at(x)
        assert y is not None
        return abs(y)

    def look(self, left: int, right: int) -> None:
        """See the points of a stretch at which it crosses nothing, or comes closest to it."""
        a, b = self.at(left), self.at(right)
        if a is None or b is None or right - left <= 1:
            return
        if (a > 0) != (b > 0) and a and b:
            self._close_in(left, right)
        elif abs(a) + abs(b) <= self._steep * (right - left):
            if right - left <= SHORT:
                for x in range(left + 1, right):
                    self.at(x)
                return
            middle = (left + right) // 2
            c = self.at(middle)
            width = right - left
            bent = c is None or abs((c - a) * width - (b - a) * (middle - left)) > ROUGH * width
            if bent:
                self.look(left, middle)
                self.look(middle, right)

    def _close_in(self, left: int, right: int) -> None:
        """Between two ends of different sign: along the chord and by halves in turn, until they are neighbours."""
        for turn in _turns():
            a, b = self.at(left), self.at(right)
            if a is None or b is None or right - left <= 1:
                return
            middle = (left + right) // 2
            if turn:
                middle = min(max(left + int(-a * (right - left) // (b - a)), left + 1), right - 1)
            c = self.at(middle)
            if not c:  # met, or no rule here
                return
            left, right = (middle, right) if (c > 0) == (a > 0) else (left, middle)

    def run(self, x: int, low: int, high: int, within: Yuan) -> tuple[int, int]:
        """How far one may go from ``x`` to both sides and stay as near."""
        return x - self._far(x, -1, x - low, within), x + self._far(x, 1, high - x, within)

    def _far(self, x: int, way: int, most: int, within: Yuan) -> int:
        def near(steps: int) -> bool:
            y = self.at(x + way * steps)
            return y is not None and abs(y) <= within

        good, bad = 0, 1
        while bad <= most and near(bad):
            good, bad = bad, bad * 2
        bad = min(bad, most + 1)
        while bad - good > 1:
            middle = (good + bad) // 2
            if near(middle):
                good = middle
            else:
                bad = middle
        return good


def _turns() -> Iterator[bool]:
    """Two chords, then a half, again and again."""
    while True:
        yield from (True, True, False)
