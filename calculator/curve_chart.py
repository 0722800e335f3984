"""Who pays how much as the bill grows (总费用从少到多，各付多少): the exact curve drawn, told and listed.

The lines are those of ``along``: no samples. Where something is uncertain, the least and the most are both drawn and
the room between them is filled with upright lines. A place where a line leaps is drawn as an upright dashed line, named
台阶 1, 台阶 2 …, and told under the same name. The table has every corner, also those beyond the drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from calculator.along import Band, Curves
from calculator.chart import NOT_COVERED, Chart, Table, coordinate, drawing, text_at, ticks, wan
from calculator.curve import Curve, Jump, Piece
from calculator.curve_told import jump_text, slope_text, where_text
from calculator.explain import bare_interval, interval_text, tidy, yuan
from calculator.money import LARGEST, Yuan, amount_words, round_amount, typed_amount

WIDTH, HEIGHT = 360, 300
LEFT, RIGHT, TOP, BOTTOM = 46, 286, 62, 250
"""The edges of the field inside the drawing; beside it stand the words."""
_LINE = 18
"""From one line of words to the next."""
_APART = 6
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_SHOWN = {"fund": "医保付", "account": "账户付", "person": "您自己付"}
_COLUMNS = {"fund": "医保付（元）", "account": "个人账户付（元）", "person": "您自己付（元）"}
_TITLE = "总费用从少到多，各付多少"
_MOST_STEPS = 9
"""Places where a line leaps that get a number; a policy has one or two."""


@dataclass(frozen=True, slots=True)
class Field:
    """Where amounts lie in the drawing."""

    across: Fraction
    up: Fraction

    def x(self, amount: Fraction) -> Fraction:
        """From the left edge."""
        return LEFT + amount * (RIGHT - LEFT) / self.across

    def y(self, amount: Fraction) -> Fraction:
        """From the top."""
        return BOTTOM - amount * (BOTTOM - TOP) / self.up


def curve_chart(curves: Curves, at: Yuan | None = None, at_words: str = "您这笔") -> Chart:
    """The drawing of a case along its bill, with the bill itself marked at ``at``."""
    bands = {name: curves.bands[name] for name in _SHOWN if name in curves.bands}
    here = None if at is None else Fraction(at)
    end = _end(curves, bands, here)
    across = ticks(end)
    up = ticks(max((_highest(band, end) for band in bands.values()), default=Fraction(1)) or Fraction(1))
    field = Field(across[-1], up[-1])
    leaps = _leaps(bands["fund"], end)
    shapes = [
        *_axes(curves, field, across, up),
        *_silences(curves, field, end),
        *(shape for name, band in bands.items() for shape in _drawn(name, band, field, end)),
        *_leap_marks(leaps, field),
        *_own_mark(bands, here, at_words, field, end),
        *_names(bands, field, end),
    ]
    sentences = tuple(_sentences(curves, bands, here, end, leaps))
    svg = drawing("curve", WIDTH, HEIGHT, _TITLE, "".join(sentences), "".join(shapes))
    return Chart(svg, sentences, _table(curves, bands, here, at_words))


def typed_bill(document: object) -> Yuan | None:
    """The bill a case states; None where it states none that can be read."""
    bill = document.get("bill") if isinstance(document, Mapping) else None
    try:
        return typed_amount(bill.get("total")) if isinstance(bill, Mapping) else None
    except ValueError:
        return None


def _end(curves: Curves, bands: dict[str, Band], here: Fraction | None) -> Fraction:
    """Up to where it is drawn: twice the bill, and at least past the first corner."""
    corners = [corner for corner in _corners(bands) if corner > curves.low]
    first = corners[0] * 2 if corners else Fraction(0)
    wanted = max(first, 2 * here) if here else max(first, corners[-1] * 5 / 4 if corners else Fraction(10_000))
    return min(ticks(max(wanted, curves.low * 2))[-1], curves.high)


def _corners(bands: dict[str, Band]) -> list[Fraction]:
    """Every place where a line turns or leaps, from low to high."""
    found = set()
    for band in bands.values():
        for curve in (band.least, band.most):
            found |= {piece.low for piece in curve.pieces} | {jump.at for jump in curve.jumps}
    return sorted(found)


def _highest(band: Band, end: Fraction) -> Fraction:
    shown = [piece for piece in band.most.pieces if piece.low <= end]
    ends = [piece.value + piece.slope * (min(piece.high, end) - piece.low) for piece in shown]
    return max([*ends, *(piece.value for piece in shown)], default=Fraction(0))


def _axes(curves: Curves, field: Field, across: Sequence[Fraction], up: Sequence[Fraction]) -> Iterator[str]:
    grid = "".join(f"M{LEFT} {coordinate(field.y(tick))}H{RIGHT}" for tick in up[1:])
    grid += "".join(f"M{coordinate(field.x(tick))} {BOTTOM}v5" for tick in across)
    yield f'<path class="plot-grid" d="{grid}"/>'
    yield f'<path class="plot-axis" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}"/>'
    for tick in up:
        yield text_at(LEFT - 6, field.y(tick) + 5, wan(tick), "end", "tick")
    for tick in across:
        yield text_at(field.x(tick), BOTTOM + 21, wan(tick), "middle", "tick")
    yield text_at(0, 16, "付多少（万元）")
    yield text_at(RIGHT + 20, HEIGHT - 8, f"{curves.free.words}（万元）", "end")


def _silences(curves: Curves, field: Field, end: Fraction) -> Iterator[str]:
    """Where the rules say nothing at all, nothing is drawn but an open box."""
    for silence in curves.silent:
        low, high = silence.low, min(silence.high, end)
        if silence.whole and low < high:
            x, width = field.x(low), field.x(high) - field.x(low)
            yield (
                f'<rect class="plot-nothing" x="{coordinate(x)}" y="{TOP}" width="{coordinate(width)}" '
                f'height="{BOTTOM - TOP}"/>'
            )
            if width >= 4 * _LINE:
                yield text_at(x + width / 2, Fraction(TOP + BOTTOM, 2), NOT_COVERED, "middle")


def _drawn(name: str, band: Band, field: Field, end: Fraction) -> Iterator[str]:
    if not band.exact:
        yield from _between(name, band, field, end)
    for curve in (band.least,) if band.exact else (band.least, band.most):
        yield f'<path class="plot-line plot-line--{name}" d="{_path(curve, field, end)}"/>'
        for piece in curve.pieces[1:]:
            if piece.low < end:
                x, y = coordinate(field.x(piece.low)), coordinate(field.y(piece.value))
                yield f'<circle class="plot-corner plot-corner--{name}" cx="{x}" cy="{y}" r="3"/>'


def _path(curve: Curve, field: Field, end: Fraction) -> str:
    parts, pen = [], None
    for piece in curve.pieces:
        if piece.low >= end:
            break
        high = min(piece.high, end)
        start = field.x(piece.low), field.y(piece.value)
        if pen != start:
            parts.append(f"M{coordinate(start[0])} {coordinate(start[1])}")
        pen = field.x(high), field.y(piece.value + piece.slope * (high - piece.low))
        parts.append(f"L{coordinate(pen[0])} {coordinate(pen[1])}")
    return "".join(parts)


def _between(name: str, band: Band, field: Field, end: Fraction) -> Iterator[str]:
    """The room between the least and the most, filled with upright lines."""
    lines = []
    for x in range(LEFT + _APART, RIGHT, _APART):
        amount = (x - LEFT) * field.across / (RIGHT - LEFT)
        least, most = band.least.at(amount), band.most.at(amount)
        if amount <= end and least is not None and most is not None and least != most:
            lines.append(f"M{x} {coordinate(field.y(least))}V{coordinate(field.y(most))}")
    if lines:
        yield f'<path class="plot-between plot-between--{name}" d="{"".join(lines)}"/>'


def _leaps(band: Band, end: Fraction) -> list[tuple[Curve, Jump]]:
    """Where what the fund pays leaps, from low to high, as far as it is drawn; each once."""
    found: dict[Fraction, tuple[Curve, Jump]] = {}
    for curve in (band.least, band.most):
        for jump in curve.jumps:
            if jump.before is not None and jump.after is not None and jump.before != jump.after and jump.at <= end:
                found.setdefault(jump.at, (curve, jump))
    return [found[at] for at in sorted(found)][:_MOST_STEPS]


def _leap_marks(leaps: Sequence[tuple[Curve, Jump]], field: Field) -> Iterator[str]:
    for number, (_, jump) in enumerate(leaps):
        assert jump.before is not None
        assert jump.after is not None
        x = field.x(jump.at)
        y = TOP + 14 + _LINE * (number % 4)
        yield (
            f'<path class="plot-leap" d="M{coordinate(x)} {coordinate(field.y(jump.before))}'
            f'V{coordinate(field.y(jump.after))}"/>'
        )
        anchor = "end" if x > (LEFT + RIGHT) / 2 else "start"
        yield text_at(x + (-5 if anchor == "end" else 5), y, f"台阶 {number + 1}", anchor, "leap")


def _own_mark(bands: dict[str, Band], here: Fraction | None, words: str, field: Field, end: Fraction) -> Iterator[str]:
    if here is None or here > end:
        return
    x = field.x(here)
    yield f'<path class="plot-own" d="M{coordinate(x)} {TOP - 8}V{BOTTOM}"/>'
    yield text_at(max(x, Fraction(LEFT + 10)), TOP - 13, words, "middle", "own")
    for name, band in bands.items():
        for value in dict.fromkeys((band.least.at(here), band.most.at(here))):
            if value is not None:
                y = coordinate(field.y(value))
                yield f'<circle class="plot-point plot-point--{name}" cx="{coordinate(x)}" cy="{y}" r="5"/>'


def _names(bands: dict[str, Band], field: Field, end: Fraction) -> Iterator[str]:
    """Every line's name at its end, moved apart where two ends meet."""
    ends = []
    for name, band in bands.items():
        drawn = [piece for piece in band.least.pieces if piece.low < end]
        if drawn:
            last, high = drawn[-1], min(drawn[-1].high, end)
            ends.append((field.y(last.value + last.slope * (high - last.low)), name))
    below = Fraction(BOTTOM + _LINE)
    for y, name in sorted(ends, reverse=True):
        below = min(y + 5, below - _LINE)
        yield text_at(RIGHT + 6, below, _SHOWN[name], kind=name)


def _sentences(
    curves: Curves,
    bands: dict[str, Band],
    here: Fraction | None,
    end: Fraction,
    leaps: Sequence[tuple[Curve, Jump]],
) -> Iterator[str]:
    fund = bands["fund"]
    if here is not None:
        told = [f"{_SHOWN[name]} {_interval(band, here)}" for name, band in bands.items() if _known(band, here)]
        if told:
            yield f"{curves.free.words} {yuan(_decimal(here))}时，{'，'.join(told)}。"
    pieces = fund.least.pieces
    if fund.exact and pieces and not pieces[0].value and not pieces[0].slope and pieces[0].high < LARGEST:
        yield tidy(f"{curves.free.words}不超过 {yuan(_decimal(pieces[0].high))}时，医保不付。")
    for number, (curve, jump) in enumerate(leaps):
        which = "" if fund.exact else "按最少的算，" if curve is fund.least else "按最多的算，"
        yield f"台阶 {number + 1}：{which}{jump_text(curves, fund, jump)}"
    if fund.exact and pieces and not pieces[-1].slope and pieces[-1].high == LARGEST and len(pieces) > 1:
        most, last = (yuan(round_amount(_decimal(amount))) for amount in (pieces[-1].value, pieces[-1].low))
        yield tidy(f"{curves.free.words}超过 {last}以后，医保付的不再变，都是 {most}。")
    if not all(band.exact for band in bands.values()):
        yield "有的事还不确定，竖线填的一段是可能的范围。"
    for silence in curves.silent:
        part = "" if silence.whole else "有的情形没有收录，没有画进去。"
        yield f"{where_text(curves, silence.low, silence.high)}：{part}{silence.reason}"
    yield f"图画到{curves.free.words} {wan(end)} 万元；线转弯的地方，下面的表里都有。金额是取整以前的。"


def _known(band: Band, x: Fraction) -> bool:
    return band.least.at(x) is not None and band.most.at(x) is not None


def _ends(band: Band, x: Fraction) -> tuple[Yuan, Yuan]:
    least, most = band.least.at(x), band.most.at(x)
    assert least is not None
    assert most is not None
    return round_amount(_decimal(least)), round_amount(_decimal(most))


def _interval(band: Band, x: Fraction) -> str:
    return interval_text(*_ends(band, x))


def _decimal(value: Fraction) -> Decimal:
    return _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))


def _table(curves: Curves, bands: dict[str, Band], here: Fraction | None, at_words: str) -> Table:
    places = sorted({curves.low, *_corners(bands)} | (set() if here is None else {here}))
    rows = [
        (
            amount_words(round_amount(_decimal(x))),
            *(bare_interval(*_ends(band, x)) if _known(band, x) else NOT_COVERED for band in bands.values()),
        )
        for x in places
    ]
    notes = tuple(_begins(curves, bands, x, at_words if x == here else "") for x in places)
    columns = (f"{curves.free.words}（元）", *(_COLUMNS[name] for name in bands))
    return Table("线在哪里转弯，从那里起怎么付", columns, tuple(rows), notes=notes)


def _begins(curves: Curves, bands: dict[str, Band], x: Fraction, own: str) -> str:
    """What begins at a corner: the rule that takes over, and how steep the fund's line is from there."""
    fund = bands["fund"]
    said = [f"{own}。"] if own else []
    for curve in dict.fromkeys((fund.least, fund.most)):
        said += [jump_text(curves, fund, jump) for jump in curve.jumps if jump.at == x]
    leaping = len(said) > bool(own)
    found = [piece for band in bands.values() for piece in _starting(band, x)]
    begun = dict.fromkeys(start.text for piece in found for start in piece.starts)
    if begun and not leaping:
        said.append(f"{'，'.join(begun)}。")
    if fund.exact:
        said += [slope_text(curves, fund, piece) for piece in _starting(fund, x)]
    return tidy("".join(dict.fromkeys(said)))


def _starting(band: Band, x: Fraction) -> list[Piece]:
    curves = (band.least,) if band.exact else (band.least, band.most)
    return [piece for curve in curves for piece in curve.pieces if piece.low == x]
