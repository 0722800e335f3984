"""Drawings: SVG, the sentence that says the same, and the table of what is drawn. No styles inside: classes only.

``payers_chart`` (谁付多少) and ``areas_chart`` (几个地方) are here, the curve in ``curve_chart``. Everything is told
apart by pattern and by words, not by colour alone. Coordinates are whole tenths worked out without floating point, so
that the build and the browser give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from html import escape
from math import ceil

from calculator.answer import Amount
from calculator.estimate import Interval
from calculator.explain import bare_interval, interval_text, yuan
from calculator.money import ZERO, Yuan, amount_words, percent_text, quotient

WIDTH, HEIGHT = 600, 36
NOT_COVERED = "没有收录"
_PATTERNS = (0, 9, 5, 14)
"""How far apart the lines of the n-th payer's pattern are; 0 is plain."""
_STEPS = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5))


@dataclass(frozen=True, slots=True)
class Table:
    """What is drawn, in figures: each row is its head and one text a column.

    ``keys`` are the rows' patterns as SVG; ``notes`` are sentences, each on a line of its own under its row.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and its text alternatives."""

    svg: str
    sentences: tuple[str, ...]
    table: Table

    @property
    def sentence(self) -> str:
        """All of it in words."""
        return "".join(self.sentences)


def chart_html(chart: Chart, name: str, *, table: bool = True) -> str:
    """The drawing with its sentences and its table; ``table`` is off where the page has the same figures beside it."""
    told = "".join(f"<p>{unbroken(sentence)}</p>" for sentence in chart.sentences)
    listed = _table(chart.table) if table else ""
    return f'<figure class="chart chart--{name}">{chart.svg}<div class="chart-told">{told}</div>{listed}</figure>'


def unbroken(text: str) -> str:
    """Escaped, and no line may break between a number and 元."""
    return escape(text).replace(" 元", "&#160;元").replace(" 万元", "&#160;万元")


def _table(table: Table) -> str:
    first, *others = table.columns
    head = f'<th scope="col">{escape(first)}</th>' + "".join(
        f'<th scope="col" class="num">{escape(column)}</th>' for column in others
    )
    rows = "".join(_row(table, number) for number in range(len(table.rows)))
    caption = escape(table.caption)
    return (
        f'<div class="table-scroll" role="group" aria-label="{caption}" tabindex="0"><table class="chart-table">'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(table: Table, number: int) -> str:
    head, *cells = table.rows[number]
    key = table.keys[number] if table.keys else ""
    note = table.notes[number] if table.notes else ""
    told = "".join(f'<td class="num">{unbroken(cell)}</td>' for cell in cells)
    under = f'<tr class="chart-note"><td colspan="{len(cells) + 1}">{unbroken(note)}</td></tr>' if note else ""
    of = ' class="chart-noted"' if note else ""
    return f'<tr{of}><th scope="row">{key}{escape(head)}</th>{told}</tr>{under}'


def coordinate(value: Fraction | int) -> str:
    """A place in a drawing, to a tenth, halves up: 「41.3」, 「-0.5」.

    >>> coordinate(Fraction(165, 4)), coordinate(Fraction(-1, 2)), coordinate(12)
    ('41.3', '-0.5', '12')
    """
    tenths = (value * 10 + Fraction(1, 2)).__floor__()
    whole, rest = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}" + (f".{rest}" if rest else "")


def ticks(most: Fraction, count: int = 4) -> tuple[Fraction, ...]:
    """Round marks from 0 to the first one that is not below ``most``, at most ``count`` steps.

    >>> [int(tick) for tick in ticks(Fraction(100_000))], [int(tick) for tick in ticks(Fraction(2600))]
    ([0, 25000, 50000, 75000, 100000], [0, 1000, 2000, 3000])
    """
    power = Fraction(1, 100)
    while True:
        for step in _STEPS:
            if step * power * count >= most:
                return tuple(step * power * n for n in range(max(1, ceil(most / (step * power))) + 1))
        power *= 10


def wan(amount: Fraction) -> str:
    """An amount in 万元 without the unit.

    >>> wan(Fraction(75_000)), wan(Fraction(0)), wan(Fraction(500)), wan(Fraction(200_000))
    ('7.5', '0', '0.05', '20')
    """
    text = f"{Decimal(amount.numerator) / Decimal(amount.denominator) / 10_000:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def text_at(x: Fraction | int, y: Fraction | int, words: str, anchor: str = "start", kind: str = "") -> str:
    """Words in a drawing."""
    of = f" plot-text--{kind}" if kind else ""
    return (
        f'<text class="plot-text{of}" x="{coordinate(x)}" y="{coordinate(y)}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


def drawing(name: str, width: int, height: int, title: str, told: str, shapes: str) -> str:
    """An image with its title and its description."""
    return (
        f'<svg class="plot plot--{name}" viewBox="0 0 {width} {height}" role="img">'
        f"<title>{escape(title)}</title><desc>{escape(told)}</desc>{shapes}</svg>"
    )


def hatched(x: Fraction, y: Fraction | int, width: Fraction, height: Fraction | int, apart: int) -> str:
    """The path of upright lines that fill a box; empty when the box is too narrow for one."""
    lines = []
    at = x + Fraction(apart, 2)
    while at < x + width:
        lines.append(f"M{coordinate(at)} {coordinate(y)}v{coordinate(height)}")
        at += apart
    return "".join(lines)


def payers_chart(amounts: Sequence[Amount]) -> Chart | None:
    """One bar from nothing to the bill, one piece per payer; None for an interval or when nothing is paid."""
    total = next((amount for amount in amounts if amount.role == "total"), None)
    payers = [amount for amount in amounts if amount.role == "payer"]
    exact = total is not None and all(amount.interval.exact for amount in (total, *payers))
    if total is None or not exact or not total.interval.low:
        return None
    whole = total.interval.low
    paying = [amount for amount in payers if amount.interval.low > ZERO]
    pieces, rows, x = [], [], Decimal(0)
    for number, amount in enumerate(paying):
        width = quotient(amount.interval.low * WIDTH, whole, Decimal("0.1"))
        pieces.append(_piece(amount, number, Fraction(x), Fraction(width)))
        x += width
        rows.append((amount.words, amount_words(amount.interval.low), _share(amount.interval.low, whole)))
    sentence = "，".join(f"{words} {share}" for words, _, share in rows)
    svg = (
        f'<svg class="bar" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" preserveAspectRatio="none">'
        f"<title>谁付多少</title><desc>{escape(sentence)}</desc>{''.join(pieces)}</svg>"
    )
    keys = tuple(_key(amount, number) for number, amount in enumerate(paying))
    table = Table("谁付多少", ("谁付", "多少（元）", "占几成"), tuple(rows), keys)
    return Chart(svg, (f"{total.words}里：{sentence}。",), table)


def _share(paid: Yuan, whole: Yuan) -> str:
    return percent_text(quotient(paid, whole, Decimal("0.001")))


def _piece(amount: Amount, number: int, x: Fraction, width: Fraction) -> str:
    return (
        f'<g><title>{escape(amount.words)}</title><rect class="{_kind(amount, number)}" x="{coordinate(x)}" y="0" '
        f'width="{coordinate(width)}" height="{HEIGHT}"/>{_pattern(amount, number, x, width, HEIGHT)}</g>'
    )


def _kind(amount: Amount, number: int) -> str:
    return "bar-piece bar-piece--" + ("own" if amount.name == "person" else str(number % len(_PATTERNS)))


def _pattern(amount: Amount, number: int, x: Fraction, width: Fraction, height: int) -> str:
    apart = 0 if amount.name == "person" else _PATTERNS[number % len(_PATTERNS)]
    lines = hatched(x, 0, width, height, apart) if apart else ""
    return f'<path class="bar-lines" d="{lines}"/>' if lines else ""


def _key(amount: Amount, number: int) -> str:
    return (
        '<svg class="bar-key" viewBox="0 0 28 18" aria-hidden="true" focusable="false">'
        f'<rect class="{_kind(amount, number)}" x="1" y="1" width="26" height="16"/>'
        f"{_pattern(amount, number, Fraction(0), Fraction(28), 18)}</svg>"
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One place, or one day: what is paid there; without ``fund`` the rules have not been collected."""

    label: str
    fund: Interval | None = None
    person: Interval | None = None


ROOM, ROW, BAR, DEEP = 360, 64, 28, 22
"""Of the bars of places: the width, from one to the next, from the words to the bar, how deep the bar is."""
_APART = 6


def areas_chart(bars: Sequence[Bar], total: Yuan) -> Chart:
    """Bars of the same bill, one below the other: filled as far as the fund pays, striped where it is a range."""
    shapes = "".join(_bar(bar, n * ROW, Fraction(total)) for n, bar in enumerate(bars))
    told = "；".join(f"{bar.label}{_fund_words(bar)}" for bar in bars)
    sentences = [f"总费用 {yuan(total)}，{told}。"]
    if any(bar.fund and not bar.fund.exact for bar in bars):
        sentences.append("竖线填的一段是可能的范围：最少付到竖线开始的地方，最多付到竖线结束的地方。")
    svg = drawing("areas", ROOM, ROW * len(bars), f"总费用 {yuan(total)}，各处医保付多少", "".join(sentences), shapes)
    rows = tuple(
        (bar.label, *(NOT_COVERED if end is None else bare_interval(*end) for end in (bar.fund, bar.person)))
        for bar in bars
    )
    return Chart(svg, tuple(sentences), Table("各处付多少", ("参保地", "医保付（元）", "您自己付（元）"), rows))


def _fund_words(bar: Bar) -> str:
    return f"医保付 {interval_text(*bar.fund)}" if bar.fund else NOT_COVERED


def _bar(bar: Bar, top: int, total: Fraction) -> str:
    words = text_at(0, top + 20, bar.label, kind="name") + text_at(ROOM, top + 20, _fund_words_short(bar), "end")
    return words + "".join(_bar_shapes(bar, top + BAR, total))


def _fund_words_short(bar: Bar) -> str:
    return f"医保付 {bare_interval(*bar.fund)}" if bar.fund else NOT_COVERED


def _bar_shapes(bar: Bar, y: int, total: Fraction) -> Iterator[str]:
    room = ROOM - 2  # the outline stays inside the drawing
    if bar.fund is None or not total:
        yield f'<rect class="plot-nothing" x="1" y="{y}" width="{room}" height="{DEEP}"/>'
        return
    low, high = (Fraction(end) * room / total for end in bar.fund)
    yield f'<rect class="plot-whole" x="1" y="{y}" width="{room}" height="{DEEP}"/>'
    if low:
        yield f'<rect class="plot-sure" x="1" y="{y}" width="{coordinate(low)}" height="{DEEP}"/>'
    if high > low:
        lines = hatched(1 + low, y, high - low, DEEP, _APART) + f"M{coordinate(1 + high)} {y}v{DEEP}"
        yield f'<path class="plot-range" d="{lines}"/>'
