"""A number that follows one free amount in a straight line: the settlement run with it gives a piece of a curve.

``Linear`` is ``value + slope × (x - at)`` for the free amount ``x``. It stands in for a ``Decimal`` in + - * / by
constants, comparisons, ``min``, ``max`` and ``bool``. Every comparison notes where its outcome would flip, so that one
run of the ordinary settlement holds from its ``Probe``'s point up to ``Probe.until``; ``sweep`` goes from there to the
next. No rule is written twice. Rounding lets it through: a curve is what is paid before rounding.

What a straight line cannot follow (a product of two, a power, a text) raises ``NotLinear``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import Any, Generic, NamedTuple, NoReturn, Self, TypeVar

R = TypeVar("R")

MOST_PIECES = 2000
"""A settlement has a few dozen pieces; more are a mistake of this program."""


class NotLinear(ArithmeticError):
    """Something on the way is not a straight line of the free amount."""


class Probe:
    """Where a run stands: at a point of the free amount, or just right of it, and how far its comparisons hold."""

    __slots__ = ("at", "right", "until")

    def __init__(self, at: Fraction, until: Fraction | None = None) -> None:
        """Just right of ``at`` and at most up to ``until``; without ``until`` at the point itself."""
        self.at = at
        self.right = until is not None
        self.until = at if until is None else until

    def free(self) -> Linear:
        """The free amount itself."""
        return Linear(self.at.numerator, self.at.denominator, self.at.denominator, self)


class Linear(Decimal):
    """``(value + slope × (x - at)) / over``, all whole numbers.

    A ``Decimal`` by type only: the one inside is a signalling NaN, so that an operation not known here fails aloud.
    """

    __slots__ = ("over", "probe", "slope", "value")
    value: int
    slope: int
    over: int
    probe: Probe

    def __new__(cls, value: int, slope: int, over: int, probe: Probe) -> Self:
        self = super().__new__(cls, _NOTHING)
        shared = gcd(value, slope, over)
        if shared > 1:
            value, slope, over = value // shared, slope // shared, over // shared
        self.value, self.slope, self.over, self.probe = value, slope, over, probe
        return self

    def __add__(self, other: Any) -> Linear:
        value, slope, over = _parts(other)
        mine = self.over
        if mine == over:
            return Linear(self.value + value, self.slope + slope, mine, self.probe)
        return Linear(self.value * over + value * mine, self.slope * over + slope * mine, mine * over, self.probe)

    __radd__ = __add__

    def __neg__(self, *_: Any) -> Linear:
        return Linear(-self.value, -self.slope, self.over, self.probe)

    def __pos__(self, *_: Any) -> Linear:
        return self

    def __sub__(self, other: Any) -> Linear:
        value, slope, over = _parts(other)
        mine = self.over
        return Linear(self.value * over - value * mine, self.slope * over - slope * mine, mine * over, self.probe)

    def __rsub__(self, other: Any) -> Linear:
        return self.__neg__().__add__(other)

    def __mul__(self, other: Any) -> Linear:
        value, slope, over = _parts(other)
        if not slope:
            return Linear(self.value * value, self.slope * value, self.over * over, self.probe)
        if not self.slope:
            return Linear(self.value * value, self.value * slope, self.over * over, self.probe)
        raise NotLinear("a product of two amounts that both follow the free one")

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Linear:
        value, slope, over = _parts(other)
        if slope:
            raise NotLinear("a division by an amount that follows the free one")
        if value < 0:
            value, over = -value, -over
        return Linear(self.value * over, self.slope * over, self.over * value, self.probe)

    def __rtruediv__(self, other: Any) -> Linear:
        if self.slope:
            raise NotLinear("a division by an amount that follows the free one")
        value, _, over = _parts(other)
        sign = 1 if self.value > 0 else -1
        return Linear(sign * value * self.over, 0, sign * self.value * over, self.probe)

    def quantize(self, *_: Any, **__: Any) -> Linear:
        """Rounding lets it through."""
        return self

    def __abs__(self, *_: Any) -> Linear:
        return -self if self < 0 else self

    def compared(self, other: Any) -> int:
        """-1, 0 or 1, here; notes where that ends."""
        value, slope, over = _parts(other)
        value = self.value * over - value * self.over
        slope = self.slope * over - slope * self.over
        probe = self.probe
        if slope and probe.right:
            if not value:
                return 1 if slope > 0 else -1
            if (value > 0) != (slope > 0):
                flips = probe.at - Fraction(value, slope)
                probe.until = min(probe.until, flips)
        return (value > 0) - (value < 0)

    def __eq__(self, other: object) -> bool:
        return self.compared(other) == 0 if isinstance(other, Decimal | int) else NotImplemented

    def __ne__(self, other: object) -> bool:
        return self.compared(other) != 0 if isinstance(other, Decimal | int) else NotImplemented

    def __lt__(self, other: Any) -> bool:
        return self.compared(other) < 0

    def __le__(self, other: Any) -> bool:
        return self.compared(other) <= 0

    def __gt__(self, other: Any) -> bool:
        return self.compared(other) > 0

    def __ge__(self, other: Any) -> bool:
        return self.compared(other) >= 0

    def __bool__(self) -> bool:
        return self.compared(0) != 0

    __hash__ = None  # type: ignore[assignment]  # the same amount may be equal at one total and not at another

    def _refused(self, *_: Any, **__: Any) -> NoReturn:
        raise NotLinear("only + - * / by constants, comparisons, min and max follow a free amount")

    __float__ = __int__ = __round__ = __pow__ = __rpow__ = __floordiv__ = __rfloordiv__ = _refused
    __mod__ = __rmod__ = __divmod__ = __rdivmod__ = __trunc__ = __floor__ = __ceil__ = __format__ = _refused
    to_integral_value = scaleb = normalize = as_tuple = as_integer_ratio = _refused

    def __repr__(self) -> str:
        return f"Linear({Fraction(self.value, self.over)} + {Fraction(self.slope, self.over)} * (x - {self.probe.at}))"

    __str__ = __repr__


_NOTHING = Decimal("sNaN")


def _parts(number: Any) -> tuple[int, int, int]:
    """Value, slope and what both are over."""
    if isinstance(number, Linear):
        return number.value, number.slope, number.over
    if isinstance(number, int):
        return number, 0, 1
    value, over = Decimal.as_integer_ratio(number)
    return value, 0, over


class Line(NamedTuple):
    """Value at a point, and how much it changes by yuan of the free amount."""

    value: Fraction
    slope: Fraction


def line(amount: Decimal) -> Line:
    """Any amount of a run as a line at the run's point."""
    value, slope, over = _parts(amount)
    return Line(Fraction(value, over), Fraction(slope, over))


class Stretch(NamedTuple, Generic[R]):
    """A run at a point and one right of it, up to where the next stretch begins; at the very end only the point."""

    low: Fraction
    high: Fraction
    at: R
    right: R | None


def sweep(once: Callable[[Linear], R], low: Fraction, high: Fraction) -> Iterator[Stretch[R]]:
    """Run for every stretch of the free amount from ``low`` to ``high``, in order."""
    at = low
    for _ in range(MOST_PIECES):
        here = once(Probe(at).free())
        if at >= high:
            yield Stretch(at, at, here, None)
            return
        probe = Probe(at, high)
        right = once(probe.free())
        yield Stretch(at, probe.until, here, right)
        at = probe.until
    raise NotLinear("more pieces than any settlement has")
