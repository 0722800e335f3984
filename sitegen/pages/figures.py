"""Figures as cells show them, and the notes under a table that say where each comes from."""

from calculator.model import Figure, PoolingArea, Source, Status
from sitegen.pages.words import date_words, figure_words, machine_value, value_words
from sitegen.views import FigureView, Mark, Note, Side, SourceLink

_AXES = {"admission": "第几次住院", "segment": "费用"}
_BILL_PARTS = {"total": "总费用", "eligible": "政策范围内费用"}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def mark_of(status: str) -> Mark:
    """The mark of a status."""
    return Mark(status=str(status), word=Status(status).words)


def number_words(n: int) -> str:
    """The n-th note's sign, from 1: circled as notices do, brackets once those run out."""
    return _CIRCLED[n - 1] if n <= len(_CIRCLED) else f"〔{n}〕"


def source_detail(source: Source) -> str:
    """Who published a source, under what number, and when."""
    day = date_words(source.published_on) if source.published_on else ""
    return "，".join(part for part in (source.issuer, source.document, day) if part)


class NoteBook:
    """Collects the notes of one edition: figures that share status, sources and note share one of them."""

    def __init__(self, area: PoolingArea, prefix: str, source_href: str) -> None:
        self._area = area
        self._prefix = prefix
        self._source_href = source_href
        self._numbers: dict[tuple[object, ...], int] = {}
        self._notes: list[Note] = []
        self._told: set[str] = set()

    def view(self, figure: Figure, field: str) -> FigureView:
        """A figure as a cell shows it; notes its provenance on the way."""
        number = self._number(figure, field)
        return FigureView(
            text=figure_words(field, figure),
            value=machine_value(figure),
            mark=mark_of(figure.status),
            note=number_words(number),
            note_href=f"#{self._id(number)}",
            reference=figure.reference,
            wordy=figure.unit in ("word", "rule"),
        )

    def index_words(self, of: str) -> str:
        """What a percentage is of: a part of the bill, or an index of the area, as readers know it."""
        index = self._area.indices.get(of)
        return _BILL_PARTS[of] if index is None else index.name

    def axis_words(self, dimension: str) -> str:
        """What heads the words of a dimension: its name in this area."""
        return _AXES.get(dimension) or self._area.dimensions.get(dimension, dimension)

    def links(self, sources: tuple[str, ...]) -> tuple[SourceLink, ...]:
        """Sources by their number on this page; the first mention says which they are, so that notes stay short."""
        return tuple(self._link(name) for name in sources)

    def _link(self, name: str) -> SourceLink:
        source, number = self._area.sources[name], list(self._area.sources).index(name) + 1
        detail = "" if name in self._told else "，".join(p for p in (source.title, source_detail(source)) if p)
        self._told.add(name)
        return SourceLink(href=f"{self._source_href}{name}", title=f"出处 {number}", detail=detail)

    def notes(self) -> tuple[Note, ...]:
        """All notes so far, in the order of first use."""
        return tuple(self._notes)

    def _id(self, number: int) -> str:
        return f"{self._prefix}-note-{number}"

    def _number(self, figure: Figure, field: str) -> int:
        sides = tuple((value_words(field, figure.unit, s.value), s.sources, s.note) for s in figure.sides)
        key = (figure.status, figure.sources, figure.note, sides)
        if key not in self._numbers:
            number = self._numbers[key] = len(self._numbers) + 1
            note = Note(
                id=self._id(number),
                number=number_words(number),
                mark=mark_of(figure.status),
                sources=() if sides else self.links(figure.sources),
                text=figure.note,
                sides=tuple(Side(text=t, sources=self.links(ids), note=note) for t, ids, note in sides),
            )
            self._notes.append(note)
        return self._numbers[key]
