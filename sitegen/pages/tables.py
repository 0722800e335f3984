"""Published tables of any dimensions → rows and columns that fit a phone.

A table is first spread into entries, each with its coordinates; then one dimension becomes the columns, the innermost
of the others the rows, and what is left the headings above groups of rows.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from calculator.model import DIMENSION_WORDS, OTHER, Amounts, Brackets, Branch, Figure, NoLimit, PercentOf, Status
from sitegen.pages.figures import NoteBook
from sitegen.pages.words import FIELD_WORDS, figure_words, option_words
from sitegen.views import Cell, Line, Row, RowGroup, TableView

AXIS_WORDS = DIMENSION_WORDS | {"admission": "第几次住院", "segment": "费用"}
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
    figure: Figure | None


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
        yield from _admissions(table)
    elif isinstance(table, Brackets):
        yield from _segments(table, field, words, book)
    elif isinstance(table, Figure):
        yield Entry((), table)
    elif isinstance(table, PercentOf):
        yield Entry((), table.percent)
    elif isinstance(table, NoLimit):
        yield Entry((), _NO_LIMIT if table is NoLimit.NONE else None)
    else:
        raise TypeError(f"no way to lay out {type(table).__name__}")


def _admissions(amounts: Amounts) -> Iterator[Entry]:
    last = len(amounts.figures)
    for n, figure in enumerate(amounts.figures, start=1):
        name = f"第 {n} 次" if n < last else f"第 {n} 次及以后"
        shown = figure.percent if isinstance(figure, PercentOf) else figure
        yield Entry((Coordinate("admission", str(n), plain(name)),) if last > 1 else (), shown)


def _segments(brackets: Brackets, field: str, words: Words, book: NoteBook) -> Iterator[Entry]:
    below = ""
    for n, segment in enumerate(brackets.segments):
        if segment.up_to is None:
            head = plain(f"超过 {below}" if below else "全部费用")
        else:
            bound, of = segment.up_to, ""
            if isinstance(bound, PercentOf):
                bound, of = bound.percent, "指标的 "
            before = (f"超过 {below}，到" if below else "不超过") + (of and f" {of}".rstrip())
            head = Cell(lines=(Line(before=before, figures=(book.view(bound, "up_to"),)),))
            below = of + figure_words("up_to", bound)
        here = Coordinate("segment", str(n), head)
        yield from (Entry((here, *e.at), e.figure) for e in spread(segment.ratio, field, words, book))


def lay_out(caption: str, table: object, field: str, words: Words, book: NoteBook) -> TableView:
    """A table of the policy as readers see it; it has at least one dimension."""
    entries = list(spread(table, field, words, book))
    dimensions = list(dict.fromkeys(c.dimension for e in entries for c in e.at))
    free = [d for d in dimensions if d not in _around_segments(entries)]
    column = next((d for d in _COLUMNS if d in free), None) if len(dimensions) > 1 else None
    # Segments of a published table are always its rows, innermost; levels then stand above them.
    kept = sorted((d for d in dimensions if d != column), key=lambda d: d == "segment")
    columns = {c.key: c.head.lines[0].before for e in entries for c in e.at if c.dimension == column}
    groups: dict[tuple[str, ...], dict[str, tuple[Cell, dict[str, Figure | None]]]] = {}
    titles: dict[tuple[str, ...], str] = {}
    for entry in entries:
        *outer, (key, head) = [_place(entry, dimension) for dimension in kept]
        group = tuple(name for name, _ in outer)
        titles[group] = "，".join(cell.lines[0].before for _, cell in outer)
        _, figures = groups.setdefault(group, {}).setdefault(key, (head, {}))
        figures[_column_of(entry, column)] = entry.figure
    return TableView(
        caption=caption,
        corner=AXIS_WORDS.get(kept[-1], kept[-1]),
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


def _place(entry: Entry, dimension: str) -> tuple[str, Cell]:
    """Where an entry stands along a dimension; a figure that does not ask says so."""
    here = next((c for c in entry.at if c.dimension == dimension), None)
    return (here.key, here.head) if here else (_EVERY, plain(f"不分{AXIS_WORDS.get(dimension, dimension)}"))


def _column_of(entry: Entry, column: str | None) -> str:
    return next((c.key for c in entry.at if c.dimension == column), _EVERY)


def _cells(figures: Mapping[str, Figure | None], columns: list[str], field: str, book: NoteBook) -> tuple[Cell, ...]:
    if _EVERY in figures:
        return (figure_cell(figures[_EVERY], field, book, span=max(len(columns), 1)),)
    return tuple(figure_cell(figures.get(key), field, book) for key in columns)


def figure_cell(figure: Figure | None, field: str, book: NoteBook, span: int = 1) -> Cell:
    """A cell of one figure; None is a figure nobody told us."""
    if figure is None:
        return Cell(lines=(Line(before="没有收录"),), span=span)
    if not figure.reference:
        return Cell(lines=(Line(before=option_words(field, str(figure.values[0]))),), span=span)
    return Cell(lines=(Line(figures=(book.view(figure, field),)),), span=span)
