"""One exact curve (曲线): pieces, jumps, and the least or the most of several completions.

A stretch of the free amount (``linear.Stretch``) holds one straight line for each completion. The lowest and the
highest of them are told exactly: where two lines cross inside a stretch, that is a breakpoint too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from calculator.linear import Line, Stretch, line
from calculator.outcomes import Gap, Outcome
from calculator.starts import Start, starts


@dataclass(frozen=True, slots=True)
class Piece:
    """From ``low`` to ``high`` the amount is ``value + slope × (x - low)``; ``starts`` is what begins at ``low``."""

    low: Fraction
    high: Fraction
    value: Fraction
    slope: Fraction
    starts: tuple[Start, ...] = ()


@dataclass(frozen=True, slots=True)
class Jump:
    """A point where the amount is not what it is just before, or just after; None beyond the ends of the curve."""

    at: Fraction
    before: Fraction | None
    value: Fraction | None
    after: Fraction | None
    causes: tuple[Start, ...] = ()


@dataclass(frozen=True, slots=True)
class Curve:
    """One amount as a function of the free one."""

    amount: str
    pieces: tuple[Piece, ...]
    jumps: tuple[Jump, ...]

    def at(self, x: Fraction) -> Fraction | None:
        """The amount at a point; None where the policy is silent or the curve does not reach."""
        for jump in self.jumps:
            if jump.at == x:
                return jump.value
        for piece in self.pieces:
            if piece.low <= x <= piece.high:
                return piece.value + piece.slope * (x - piece.low)
        return None


class Point(NamedTuple):
    """All completions at one place."""

    outcomes: list[Outcome]
    gaps: list[Gap]


class Compared:
    """What begins between two outcomes, compared once for all amounts."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[Start, ...]] = {}

    def starts(self, before: Outcome, after: Outcome) -> tuple[Start, ...]:
        """The starts; a change of assumption is one as well."""
        key = id(before), id(after)
        if key not in self._known:
            if _alike(before, after):
                self._known[key] = starts(before.steps, after.steps)
            else:
                self._known[key] = (Start("assumption", "", "从这里起，是另一种假设"),)
        return self._known[key]


def _alike(before: Outcome, after: Outcome) -> bool:
    """Whether nothing both ask is assumed differently."""
    picks = {choice.key: choice.pick for choice in before.choices}
    return all(picks.get(choice.key, choice.pick) == choice.pick for choice in after.choices)


class _Part(NamedTuple):
    """A stretch of the lowest line; ``outcomes`` are the completions that share it."""

    low: Fraction
    high: Fraction
    value: Fraction
    slope: Fraction
    outcomes: tuple[Outcome, ...]

    @property
    def end(self) -> Fraction:
        return self.value + self.slope * (self.high - self.low)


def lowest(name: str, stretches: Sequence[Stretch[Point]], compared: Compared) -> Curve:
    """The least of one amount over all completions."""
    return _Joining(name, 1, compared).curve(stretches)


def highest(name: str, stretches: Sequence[Stretch[Point]], compared: Compared) -> Curve:
    """The most of one amount over all completions."""
    return _Joining(name, -1, compared).curve(stretches)


class _Joining:
    """Puts the parts of one amount together, from low to high."""

    def __init__(self, name: str, sign: int, compared: Compared) -> None:
        self._name, self._sign, self._compared = name, sign, compared
        self._pieces: list[Piece] = []
        self._jumps: list[Jump] = []
        self._last: _Part | None = None

    def curve(self, stretches: Sequence[Stretch[Point]]) -> Curve:
        """The whole curve."""
        for stretch in stretches:
            parts = self._parts(stretch) if stretch.right is not None else []
            here = self._here(stretch.at)
            self._note_jump(stretch.low, here, parts, stretches[0].low < stretches[-1].high)
            if here is not None and len(stretches) == 1:
                self._pieces.append(Piece(stretch.low, stretch.high, here, Fraction(0)))
            for part in parts:
                self._add(part)
        return Curve(self._name, tuple(self._pieces), tuple(self._jumps))

    def _here(self, point: Point) -> Fraction | None:
        name = self._name
        values = [line(outcome.amounts[name]).value for outcome in point.outcomes if name in outcome.amounts]
        return None if not values else min(values) if self._sign > 0 else max(values)

    def _note_jump(self, at: Fraction, here: Fraction | None, parts: Sequence[_Part], wide: bool) -> None:
        last = self._last
        before = last.end if last is not None and last.high == at else None
        after = parts[0].value if parts else None
        sides = [side for side in (before, after) if side is not None]
        if here is None and not sides:
            return
        if here is None or any(side != here for side in sides) or (not sides and wide):
            joined = last is not None and before is not None and after is not None
            causes = self._starts(last, parts[0], turned=True) if joined and last is not None else ()
            self._jumps.append(Jump(at, before, here, after, causes))

    def _add(self, part: _Part) -> None:
        last, self._last = self._last, part
        begun: tuple[Start, ...] = ()
        if last is not None and last.high == part.low:
            turned = last.slope != part.slope or bool(self._jumps and self._jumps[-1].at == part.low)
            begun = self._starts(last, part, turned=turned)
            if not turned and not begun:
                self._pieces[-1] = replace(self._pieces[-1], high=part.high)
                return
        self._pieces.append(Piece(part.low, part.high, part.value, part.slope, begun))

    def _starts(self, last: _Part, part: _Part, *, turned: bool) -> tuple[Start, ...]:
        """The starts that belong to this amount; all of them when none does, but the amount turns here."""
        pairs = ((before, after) for after in part.outcomes for before in last.outcomes)
        pair = next((two for two in pairs if _alike(*two)), (last.outcomes[0], part.outcomes[0]))
        found = self._compared.starts(*pair)
        if self._name.startswith("layer:") or self._name == "eligible":
            return found if turned else ()
        if self._name == "person":
            return found
        own = tuple(start for start in found if (start.rule == "account") == (self._name == "account"))
        return own or (found if turned else ())

    def _parts(self, stretch: Stretch[Point]) -> list[_Part]:
        """The lowest (highest) line of all completions on a stretch, changing where two cross."""
        assert stretch.right is not None
        name, sign = self._name, self._sign
        lines = [
            (Line(sign * value, sign * slope), outcome)
            for outcome in stretch.right.outcomes
            if name in outcome.amounts
            for value, slope in (line(outcome.amounts[name]),)
        ]
        parts: list[_Part] = []
        at = stretch.low
        while lines and at < stretch.high:
            ahead = at - stretch.low
            value, slope = min((one.value + one.slope * ahead, one.slope) for one, _ in lines)
            best = Line(value - slope * ahead, slope)
            high = stretch.high
            for other, _ in lines:
                if other.slope < slope:
                    crossing = stretch.low + (other.value - best.value) / (slope - other.slope)
                    if at < crossing < high:
                        high = crossing
            sharing = tuple(outcome for one, outcome in lines if one == best)
            parts.append(_Part(at, high, sign * value, sign * slope, sharing))
            at = high
        return parts
