"""Published tables of any dimensions → rows and columns that fit a phone.

A table is first spread into entries, each with its coordinates; then one dimension becomes the columns, the innermost
of the others the rows, and what is left the headings above groups of rows.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from calculator.model import (
    OTHER,
    Amount,
    Amounts,
    Brackets,
    Branch,
    Figure,
    NoLimit,
    PercentOf,
    Rounding,
    RoundTo,
    Status,
)
from sitegen.pages.figures import NoteBook
from sitegen.pages.words import FIELD_WORDS, figure_words, option_words
from sitegen.views import Cell, Line, Row, RowGroup, TableView

_COLUMNS = ("admission", "group", "level", "distance", "filing")
"""Which dimension becomes the columns, the first that a table has."""

Words = Callable[[str], Mapping[str, str]]
_NO_LIMIT = Figure("", "word", "exact", ("none",), Status.OFFICIAL, ())
"""A cell that says there is no cap: a word of the rules, no figure of a source."""


@dataclass(frozen=True, slots=True)
class Coordinate:
    """One word of one dimension, and how it reads as a row's head."""

    dimension: str
    key: str
    head: Cell


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure of a table and where it stands."""

    at: tuple[Coordinate, ...]
    figure: Amount | None


def plain(text: str) -> Cell:
    """A cell of words."""
    return Cell(lines=(Line(before=text),))


def spread(table: object, field: str, words: Words, book: NoteBook) -> Iterator[Entry]:
    """Every figure of a table with its coordinates, in the order of the file."""
    if isinstance(table, Branch):
        names = words(table.dimension)
        for word, inner in table.entries.items():
            here = Coordinate(table.dimension, word, plain(names.get(word, "其他" if word == OTHER else word)))
            yield from (Entry((here, *e.at), e.figure) for e in spread(inner, field, words, book))
    elif isinstance(table, Amounts):
        yield from _admissions(table, 2 if field == "later" else 1)
    elif isinstance(table, Brackets):
        yield from _segments(table, field, words, book)
    elif isinstance(table, Figure | PercentOf):
        yield Entry((), table)
    elif isinstance(table, NoLimit):
        yield Entry((), _NO_LIMIT if table is NoLimit.NONE else None)
    else:
        raise TypeError(f"no way to lay out {type(table).__name__}")


def _admissions(amounts: Amounts, first: int) -> Iterator[Entry]:
    last = first + len(amounts.figures) - 1
    for n, figure in enumerate(amounts.figures, start=first):
        name = f"第 {n} 次" if n < last else f"第 {n} 次及以后"
        yield Entry((Coordinate("admission", str(n), plain(name)),) if last > first else (), figure)


def _segments(brackets: Brackets, field: str, words: Words, book: NoteBook) -> Iterator[Entry]:
    below = ""
    for n, segment in enumerate(brackets.segments):
        if segment.up_to is None:
            head = plain(f"超过 {below}" if below else "全部费用")
        else:
            before = f"超过 {below}，到" if below else "不超过"
            head = Cell(lines=tuple(amount_lines(segment.up_to, "up_to", book, before)))
            below = _amount_words(segment.up_to, book)
        here = Coordinate("segment", str(n), head)
        cells = list(spread(segment.ratio, field, words, book)) or [Entry((), None)]
        yield from (Entry((here, *e.at), e.figure) for e in cells)


def lay_out(caption: str, table: object, field: str, words: Words, book: NoteBook) -> TableView:
    """A table of the policy as readers see it; it has at least one dimension."""
    entries = list(spread(table, field, words, book))
    dimensions = list(dict.fromkeys(c.dimension for e in entries for c in e.at))
    free = [d for d in dimensions if d not in _around_segments(entries)]
    column = next((d for d in _COLUMNS if d in free), None) if len(dimensions) > 1 else None
    # Segments of a published table are always its rows, innermost; levels then stand above them.
    kept = sorted((d for d in dimensions if d != column), key=lambda d: d == "segment")
    columns = {c.key: c.head.lines[0].before for e in entries for c in e.at if c.dimension == column}
    groups: dict[tuple[str, ...], dict[str, tuple[Cell, dict[str, Amount | None]]]] = {}
    titles: dict[tuple[str, ...], str] = {}
    for entry in entries:
        *outer, (key, head) = [_place(entry, dimension, book) for dimension in kept]
        group = tuple(name for name, _ in outer)
        titles[group] = "，".join(cell.lines[0].before for _, cell in outer)
        _, figures = groups.setdefault(group, {}).setdefault(key, (head, {}))
        figures[_column_of(entry, column)] = entry.figure
    return TableView(
        caption=caption,
        corner=book.axis_words(kept[-1]),
        columns=tuple(columns.values()) or (FIELD_WORDS.get(field, "数字"),),
        groups=tuple(
            RowGroup(
                title=titles[group],
                rows=tuple(
                    Row(head=head, cells=_cells(figures, list(columns), field, book)) for head, figures in rows.values()
                ),
            )
            for group, rows in groups.items()
        ),
    )


def _around_segments(entries: list[Entry]) -> set[str]:
    """Dimensions outside tables of brackets: each of their words has its own bounds, so they stay above the rows."""
    found: set[str] = set()
    for entry in entries:
        names = [c.dimension for c in entry.at]
        if "segment" in names:
            found |= set(names[: names.index("segment")])
    return found


_EVERY = ""
"""The column of a figure that holds for all columns of its row."""


def _place(entry: Entry, dimension: str, book: NoteBook) -> tuple[str, Cell]:
    """Where an entry stands along a dimension; a figure that does not ask says so."""
    here = next((c for c in entry.at if c.dimension == dimension), None)
    return (here.key, here.head) if here else (_EVERY, plain(f"不分{book.axis_words(dimension)}"))


def _column_of(entry: Entry, column: str | None) -> str:
    return next((c.key for c in entry.at if c.dimension == column), _EVERY)


def _cells(figures: Mapping[str, Amount | None], columns: list[str], field: str, book: NoteBook) -> tuple[Cell, ...]:
    if _EVERY in figures:
        return (figure_cell(figures[_EVERY], field, book, span=max(len(columns), 1)),)
    return tuple(figure_cell(figures.get(key), field, book) for key in columns)


def figure_cell(figure: Amount | None, field: str, book: NoteBook, span: int = 1) -> Cell:
    """A cell of one figure; None is a figure nobody told us."""
    if figure is None:
        return Cell(lines=(Line(before="没有收录"),), span=span)
    return Cell(lines=tuple(amount_lines(figure, field, book)), span=span)


def amount_lines(amount: Amount, field: str, book: NoteBook, before: str = "") -> Iterator[Line]:
    """An amount as a notice prints it: a figure, or a percentage of something with what bounds it."""
    if isinstance(amount, Figure):
        if amount.reference:
            yield Line(before=before, figures=(book.view(amount, field),))
        else:
            yield Line(before=before + option_words(field, str(amount.values[0])))
        return
    yield Line(before=f"{before}{book.index_words(amount.of)}的", figures=(book.view(amount.percent, "rate"),))
    for figure, words in ((amount.minimum, "最低"), (amount.maximum, "最高"), (amount.published, "通知印的得数是")):
        if figure is not None:
            yield Line(before=words, figures=(book.view(figure, "amount"),))
    if amount.rounding != Rounding():
        yield Line(before=rounding_words(amount.rounding))


def rounding_words(rounding: Rounding | RoundTo) -> str:
    """「四舍五入到元」."""
    return option_words("mode", rounding.mode) + option_words("unit", rounding.unit)


def _amount_words(amount: Amount, book: NoteBook) -> str:
    """An amount in a few words, where another row refers to it."""
    if isinstance(amount, Figure):
        return figure_words("up_to", amount)
    return f"{book.index_words(amount.of)}的 {figure_words('rate', amount.percent)}"
