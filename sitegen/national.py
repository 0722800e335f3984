"""`policies/national.yaml` → figures that hold in the whole country (全国规定), read with the calculator's shapes.

The calculator does not compute with them: what a place makes of a national limit is in that place's file. Guides name
them as `national/<id>`, and the site lists them on a page of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from calculator.errors import Path, shown
from calculator.figures import FigureOf
from calculator.model import Figure, Source, Status
from calculator.shape import (
    FAILED,
    IDENTIFIER,
    Day,
    Key,
    ListOf,
    Provenance,
    Reading,
    Record,
    Schema,
    Shape,
    SourceIds,
    Text,
    Word,
)
from sitegen.bounds import COMPARED
from sitegen.load import Tree
from sitegen.problems import Problem
from sitegen.yamlfile import Document, read_yaml

NATIONAL = "policies/national.yaml"
PREFIX = "national/"
"""What references to these figures begin with; no pooling area may have this id."""

_SPOKEN = {
    "yuan": "amount",
    "percent": "ratio",
    "points": "reduce_points",
    "multiple": "deductible_multiple",
    "days": "days",
    "workdays": "workdays",
    "months": "months",
    "years": "years",
    "kinds": "kinds",
}
"""Unit → the field whose figures are spoken of in the same way."""
_COUNTED = ("days", "workdays", "months", "years", "kinds")
"""Units of whole numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What the figure bounds in every place: a row of ``bounds.COMPARED``, and which way."""

    of: str
    sense: str
    """``at_least`` | ``at_most`` | ``equal``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalFigure:
    """One figure of the whole country: what it is, from when it holds, and the figure with its provenance."""

    id: str
    what: str
    since: date
    until: date | None
    spoken: str
    figure: Figure
    bound: Bound | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on this day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    id: str
    what: str
    unit: str
    value: object
    since: date
    status: str
    sources: tuple[str, ...]
    until: date | None = None
    note: str = ""
    bounds: Bound | None = None


class _Value(Shape):
    """A value as written; what its unit makes of it is read once the unit is known."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, int | str) and not isinstance(found, bool):
            return found
        return reading.refuse(path, f"写的是{shown(found)}，应是一个数，例如 10% 或 670", "type")

    def schema(self) -> Schema:
        return {"type": ["integer", "string"]}


_BOUND = Record(
    Bound,
    {
        "of": Key(Word(tuple(COMPARED)), required=True, help="各地的哪些数字"),
        "sense": Key(
            Word(("at_least", "at_most", "equal")), required=True, help="at_least 不低于，at_most 不高于，equal 等于"
        ),
    },
    "管哪些数字",
)


def _entry(**values: Any) -> _Entry:
    return _Entry(since=values.pop("from"), **values)


_ENTRY = Record(
    _entry,
    {
        "id": Key(Text("数字的 id", pattern=IDENTIFIER, example="cut-referral", longest=60), required=True),
        "what": Key(Text("这是什么数字", longest=80), required=True, help="这是什么数字，一句话"),
        "unit": Key(
            Word(tuple(_SPOKEN)),
            required=True,
            help="yuan 元、percent 比例、points 百分点、multiple 倍，或者 days、workdays、months、years、kinds",
        ),
        "value": Key(_Value(), required=True, help="数；percent、points 和 multiple 写成 10%"),
        "from": Key(Day(), required=True, help="从哪一天起"),
        "until": Key(Day()),
        "status": Key(Word(("official", "secondary")), required=True, help="official 官方文件，secondary 转述"),
        "sources": Key(SourceIds(), required=True, help="policies/sources.yaml 里的编号"),
        "note": Key(Text("一句说明"), default=""),
        "bounds": Key(_BOUND, help="各地的数字要和它比的，写明比哪些、不低于还是不高于"),
    },
    "一个数字",
)
_FILE = ListOf(_ENTRY)


@dataclass(frozen=True, slots=True, kw_only=True)
class National:
    """All of `policies/national.yaml` that could be read."""

    figures: Mapping[str, NationalFigure] = field(default_factory=dict)
    """By id, in the order of the file."""
    complete: bool = True
    """Whether the whole file could be read."""


def read_national(
    tree: Tree, sources: Mapping[str, Source], path: str = NATIONAL
) -> tuple[National, tuple[Problem, ...]]:
    """The national figures, and what is wrong with them; a tree may have none."""
    path = path if path in tree.texts else NATIONAL
    if path not in tree.texts:
        return National(complete=not any(p.path == path for p in tree.problems)), ()
    document, problems = read_yaml(tree.texts[path], path)
    if document is None:
        return National(complete=False), problems
    figures, found = _figures(document, sources)
    return National(figures=figures, complete=not (problems or found)), (*problems, *found)


def _figures(
    document: Document, sources: Mapping[str, Source]
) -> tuple[dict[str, NationalFigure], tuple[Problem, ...]]:
    reading = Reading(known_sources=frozenset(sources))
    figures: dict[str, NationalFigure] = {}
    items = document.data if isinstance(document.data, list) else None
    if items is None:
        _FILE.read(document.data, (), reading)  # says what is wrong
    for index, item in enumerate(items or ()):
        entry = _ENTRY.read(item, (index,), reading)
        figure = FAILED if entry is FAILED else _figure(entry, index, sources, reading)
        if figure is FAILED:
            continue
        if entry.id in figures:
            reading.refuse((index, "id"), f"“{entry.id}”在前面已经用过", "duplicate")
        figures.setdefault(entry.id, figure)
    problems = tuple(document.problem(p.path, p.message, p.check) for p in dict.fromkeys(reading.problems))
    return figures, problems


def _figure(entry: _Entry, index: int, sources: Mapping[str, Source], reading: Reading) -> Any:
    if entry.until is not None and entry.until < entry.since:
        reading.refuse((index, "until"), f"结束的日子 {entry.until} 早于开始的日子 {entry.since}", "date")
    if entry.status == "official" and not any(sources[s].kind == "official" for s in entry.sources if s in sources):
        reading.refuse((index, "status"), "标为 official，却没有官方出处", "provenance")
    unit = {"points": "percent"}.get(entry.unit, entry.unit)
    value = (
        _count(entry.value, (index, "value"), reading)
        if unit in _COUNTED
        else FigureOf(unit).value(entry.value, (index, "value"), reading)
    )
    if value is FAILED:
        return FAILED
    provenance = Provenance(Status(entry.status), entry.sources, entry.note)
    return NationalFigure(
        id=entry.id,
        what=entry.what,
        since=entry.since,
        until=entry.until,
        spoken=_SPOKEN[entry.unit],
        bound=entry.bounds,
        figure=Figure(
            reference=PREFIX + entry.id,
            unit=unit,
            kind="exact",
            values=(value,),
            status=provenance.status,
            sources=provenance.sources,
            note=provenance.note,
        ),
    )


def _count(found: object, path: Path, reading: Reading) -> Any:
    if isinstance(found, int) and 1 <= found <= 120:
        return found
    return reading.refuse(path, f"写的是{shown(found)}，应是 1 到 120 的整数", "amount")
