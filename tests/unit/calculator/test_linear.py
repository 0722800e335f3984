"""A straight line in the place of an amount: what it can do, and that it fails aloud at what it cannot."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from calculator.linear import Line, Linear, NotLinear, Probe, line, sweep
from calculator.money import EXACT, number, quotient, round_amount


def at(point: int, until: int | None = None) -> Linear:
    return Probe(Fraction(point), None if until is None else Fraction(until)).free()


def test_sums_and_multiples_follow_the_free_amount() -> None:
    x = at(100, 1000)

    assert line((x - Decimal(30)) * Decimal("0.85") + 7) == Line(Fraction("66.5"), Fraction("0.85"))
    assert line(Decimal(30) - x) == Line(Fraction(-70), Fraction(-1))
    assert line(sum([Decimal(1), x], Decimal(0))) == Line(Fraction(101), Fraction(1))
    assert line(x / Decimal("0.75")) == Line(Fraction(400, 3), Fraction(4, 3))


def test_a_comparison_tells_how_far_it_holds() -> None:
    x = at(100, 1000)

    assert x < Decimal(300)
    assert x.probe.until == 300
    assert line(min(x * Decimal(2), Decimal(450))) == Line(Fraction(200), Fraction(2))
    assert x.probe.until == 225


def test_right_of_a_point_equal_amounts_differ_and_at_the_point_they_do_not() -> None:
    right, here = at(100, 1000), at(100)

    assert right > Decimal(100)
    assert not here > Decimal(100)
    assert here == Decimal(100)
    assert Decimal(100) == here
    assert right != Decimal(100)
    assert not (here != Decimal(100))  # noqa: SIM202 - the operator is what is tested


def test_rounding_lets_a_line_through() -> None:
    x = at(100, 1000)

    assert line(round_amount(x * Decimal("0.333"), Decimal(1))) == Line(Fraction("33.3"), Fraction("0.333"))
    assert line(quotient(x, Decimal("0.85"))) == Line(Fraction(2000, 17), Fraction(20, 17))
    assert number(x) is x


@pytest.mark.parametrize(
    "wrong",
    [
        lambda x: x * x,
        lambda x: Decimal(1) / x,
        lambda x: x / x,
        lambda x: x // Decimal(7),
        lambda x: x % Decimal(7),
        lambda x: x**2,
        lambda x: int(x),
        lambda x: f"{x:.2f}",
        lambda x: round(x),
        lambda x: x.scaleb(2),
    ],
)
def test_what_a_line_cannot_follow_is_refused(wrong: Callable[[Linear], object]) -> None:
    with pytest.raises(NotLinear):
        wrong(at(100, 1000))


def test_what_nobody_taught_a_line_fails_aloud() -> None:
    with pytest.raises(decimal.InvalidOperation):
        EXACT.multiply(at(100, 1000), Decimal(2))
    with pytest.raises(decimal.InvalidOperation):
        at(100, 1000).sqrt()
    with pytest.raises(TypeError):
        hash(at(100, 1000))


def test_a_sweep_finds_every_piece() -> None:
    # 0 up to 300, then half of what exceeds 300, and never more than 100: reached at 300 + 100 / 0.5 = 500
    found = list(
        sweep(lambda x: min(max(Decimal(0), x - 300) * Decimal("0.5"), Decimal(100)), Fraction(0), Fraction(900))
    )

    assert [(piece.low, piece.high) for piece in found] == [(0, 300), (300, 500), (500, 900), (900, 900)]
    assert [line(piece.right) for piece in found if piece.right is not None] == [
        Line(Fraction(0), Fraction(0)),
        Line(Fraction(0), Fraction(1, 2)),
        Line(Fraction(100), Fraction(0)),
    ]
