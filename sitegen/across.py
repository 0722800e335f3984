"""各地对照: one question put to every place, as a table drawn from the data when the site is built.

A column asks either for a field of the policy or for what a case comes to. A place without an answer is named under the
table as not recorded, never left out in silence and never filled from elsewhere.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any

from calculator.model import FILING_WORDS, PLACE_WORDS, STATUS_ORDER, Branch, Edition, Figure, PoolingArea, Status
from calculator.money import UNITS, amount_words, round_amount
from calculator.reader import UNKNOWN
from calculator.shape import IDENTIFIER, Key, ListOf, Record, Text
from sitegen.cases import CASE, KIND, Settled, ends_of, settle
from sitegen.problems import Problem, nearest, shorten
from sitegen.references import Found, all_figures, latest_on
from sitegen.verdicts import shown
from sitegen.world import AreaFile

FOLDED_FROM = 13
"""A longer table is folded: a screen after screen of it would hide the guide."""
_MOST_WORDS = 4
_STEP = re.compile(r"\.|\[(\d+)\]")
_OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One question: `fields` of the policy (the first that a place has), or a `case` and the amount of its answer."""

    label: str
    fields: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    case: Mapping[str, Any] = field(default_factory=dict)
    kind: str = "inpatient"
    amount: str = "fund"


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """The YAML of the directive."""

    columns: tuple[Column, ...]
    scheme: str = ""
    care: str = ""
    areas: tuple[str, ...] = ()
    note: str = ""


_COLUMN = Record(
    Column,
    {
        "label": Key(Text("列的名字", longest=30), required=True, help="列的名字"),
        "fields": Key(ListOf(Text("字段", example="layers.basic.ratio")), default=()),
        "at": Key(ListOf(Text("表头的词", pattern=IDENTIFIER, example="tertiary")), default=()),
        "case": Key(CASE, default={}),
        "kind": Key(KIND, default="inpatient"),
        "amount": Key(Text("得数的名字", example="fund"), default="fund"),
    },
    "一列",
)
ACROSS = Record(
    Across,
    {
        "columns": Key(ListOf(_COLUMN, shortest=1, longest=4), required=True, help="一到四列"),
        "scheme": Key(Text("险种", example="employee"), default=""),
        "care": Key(Text("就医类型或 contribution", example="inpatient"), default=""),
        "areas": Key(ListOf(Text("统筹区的 id", pattern=IDENTIFIER)), default=()),
        "note": Key(Text("一句话", longest=400), default=""),
    },
    "各地对照",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a place says to one question."""

    words: str
    status: Status


Row = tuple[AreaFile, tuple[Cell | None, ...]]


Words = Callable[[Found], str]


def rows_of(across: Across, areas: Sequence[AreaFile], day: date, words: Words) -> tuple[Row, ...]:
    """One row a place, with None for what is not recorded; ``words`` says a figure."""
    return tuple(
        (entry, tuple(_cell(across, column, entry, day, words) for column in across.columns)) for entry in areas
    )


def wrong(
    across: Across, rows: Sequence[Row], every: Sequence[AreaFile], problem: Callable[..., Problem]
) -> Iterator[Problem]:
    """A column must ask one thing that some place knows: a field that no place ever had is a slip of the pen.

    That no real place has it on this day is no slip, but a gap to be shown; ``every`` holds the invented places too.
    """
    for index, column in enumerate(across.columns):
        place = ("columns", index)
        if bool(column.fields) == bool(column.case):
            yield problem(place, "一列要写 fields（政策里的字段）或 case（一个案例），写一样", "directive")
        elif column.fields and not (across.scheme and across.care):
            yield problem(place, "用 fields 的对照表，最外层要写 scheme 和 care", "directive")
        elif not any(cells[index] for _, cells in rows) and not _known(across, column, every):
            yield problem(place, f"“{shorten(column.label)}”这一列，哪个地方都没有数", "reference")


def _known(across: Across, column: Column, every: Sequence[AreaFile]) -> bool:
    prefixes = tuple(f"{across.scheme}/{across.care}/{name}" for name in column.fields)
    return any(figure.reference.startswith(prefixes) for entry in every for figure in all_figures(entry.area))


def unknown_areas(across: Across, ids: Mapping[str, object] | frozenset[str]) -> Iterator[tuple[int, str]]:
    """Places that do not exist: position in the list, and a message."""
    for index, name in enumerate(across.areas):
        if name not in ids:
            yield index, f"没有“{shorten(name)}”这个统筹区{nearest(name, ids)}"


def table(title: str, across: Across, rows: Sequence[Row], up: str) -> str:
    """The HTML: places that answer as rows, the others named underneath."""
    told = [(entry, cells) for entry, cells in rows if any(cells)]
    silent = [entry for entry, cells in rows if not any(cells)]
    heads = "".join(f'<th scope="col">{escape(column.label, quote=False)}</th>' for column in across.columns)
    body = "".join(
        f'<tr><th scope="row">{_link(entry, up)}</th>{"".join(map(_shown, cells))}</tr>\n' for entry, cells in told
    )
    made = (
        f'<div class="table-scroll" role="region" aria-label="各地对照：{escape(title)}" tabindex="0">\n'
        f'<table class="across">\n<thead><tr><th scope="col">参保地</th>{heads}</tr></thead>\n'
        f"<tbody>\n{body}</tbody>\n</table>\n</div>\n"
    )
    if len(told) >= FOLDED_FROM:
        made = f'<details class="slip-details"><summary>看 {len(told)} 个地方的对照表</summary>{made}</details>\n'
    if not told:
        return '<p class="across-absent">还没有哪个地方收录了这一项。请打参保地的 12393 问。</p>\n'
    if silent:
        names = "、".join(_link(entry, up) for entry in silent)
        absent = f"没有收录：{names}。请打参保地的 12393 问。"
        if len(silent) >= FOLDED_FROM:
            summary = f"没有收录的 {len(silent)} 个地方"
            made += f'<details class="across-absent"><summary>{summary}</summary><p>{absent}</p></details>\n'
        else:
            made += f'<p class="across-absent">{absent}</p>\n'
    return made


def _link(entry: AreaFile, up: str) -> str:
    return f'<a href="{up}areas/{entry.id}/">{escape(entry.area.name, quote=False)}</a>'


def _shown(cell: Cell | None) -> str:
    if cell is None:
        return "<td>没有收录</td>"
    words = escape(cell.words, quote=False)
    mark = "" if cell.status is Status.OFFICIAL else f' <span class="status status--{cell.status.value}">'
    return f"<td>{words}{mark + cell.status.words + '</span>' if mark else ''}</td>"


def _cell(across: Across, column: Column, entry: AreaFile, day: date, words: Words) -> Cell | None:
    if column.case:
        return _settled(column, entry.area, day)
    for name in column.fields:
        figures, ended = chosen(entry.area, f"{across.scheme}/{across.care}/{name}", column.at, day)
        if figures:
            return _worded(entry, figures, ended, words)
    return None


def chosen(area: PoolingArea, prefix: str, at: Sequence[str], day: date) -> tuple[tuple[Figure, ...], date | None]:
    """The figures under a field that hold for the words in `at`: those of other words of a kind are left out.

    Of a list of admissions the first is taken, of a table of segments the ratios. Rules that have ended and were not
    followed by any we know are still what a reader looks for; the day of their end comes with them.
    """
    for edition, ended in latest_on(area, day):
        figures = _chosen(area, edition, prefix, at)
        if figures:
            return figures, ended
    return (), None


def _chosen(area: PoolingArea, edition: Edition, prefix: str, at: Sequence[str]) -> tuple[Figure, ...]:
    kinds = [words for words in vocabulary(area) if not words.isdisjoint(at)]
    columns = dict(_columns(edition))
    found = []
    for figure in edition.figures:
        rest = figure.reference.removeprefix(prefix)
        if rest == figure.reference or (rest and rest[0] not in ".[") or "disputed" in rest or figure.unit == "word":
            continue
        steps = [step for step in _STEP.split(rest) if step]
        if "rows" in steps:
            if figure.reference not in columns:  # a bound
                continue
            steps = [*steps[: steps.index("rows")], *columns[figure.reference]]
        if not any(step.isdigit() and step != "0" for step in steps) and all(
            step in at or step == _OTHER for step in _heads(steps, kinds)
        ):
            found.append((figure, steps))
    named = [figure for figure, steps in found if _OTHER not in steps]
    return tuple(named or [figure for figure, _ in found])


def vocabulary(area: PoolingArea) -> tuple[frozenset[str], ...]:
    """The words that may head tables here, kind by kind."""
    return (
        frozenset(area.levels),
        *(frozenset(groups) for groups in area.groups.values()),
        frozenset(FILING_WORDS),
        frozenset(PLACE_WORDS),
        *(frozenset(trait.words) for trait in area.traits.values()),
    )


def _heads(steps: Sequence[str], kinds: Sequence[frozenset[str]]) -> list[str]:
    return [step for step in steps if any(step in words for words in kinds)]


def _columns(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words that head each ratio of a table of segments, by the ratio's name, which gives only row and column."""
    for layer in getattr(edition, "layers", ()):
        for brackets, _ in _leaves(layer.brackets):
            for segment in brackets.segments:
                yield from ((ratio.reference, words) for ratio, words in _leaves(segment.ratio))


def _leaves(table: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[Any, tuple[str, ...]]]:
    if isinstance(table, Branch):
        for word, inner in table.entries.items():
            yield from _leaves(inner, (*words, word))
    elif table is not None:
        yield table, words


def _worded(entry: AreaFile, figures: Sequence[Figure], ended: date | None, words: Words) -> Cell:
    told = tuple(dict.fromkeys(words(Found(area=entry, figure=figure)) for figure in figures))
    text = "、".join(told) if len(told) <= _MOST_WORDS else f"分 {len(told)} 种，{told[0]}起"
    text += f"（到 {ended} 为止）" if ended else ""
    return Cell(text, max((figure.status for figure in figures), key=STATUS_ORDER.__getitem__))


def _settled(column: Column, area: PoolingArea, day: date) -> Cell | None:
    settled = _asked(column.kind, area, {"date": day.isoformat(), **column.case})
    if settled.answer is None or not settled.answer.parts:
        return None
    part = settled.answer.parts[0]
    amount = next((amount for amount in part.amounts if amount.name == column.amount), None)
    if amount is None:
        return None
    if amount.unit != "yuan":  # a count or a ratio, with all its places
        return Cell(shown(ends_of(amount)).replace("至", "到"), part.estimate.status)
    low, high = (amount_words(round_amount(end, UNITS["yuan"])) for end in amount.interval)
    return Cell(f"{low} 元" if low == high else f"{low} 到 {high} 元", part.estimate.status)


def _asked(kind: str, area: PoolingArea, case: Mapping[str, Any]) -> Settled:
    """The case settled; what only this place asks is answered 不知道, so that one case fits all places."""
    settled = settle(kind, area, case)
    if settled.invalid is None or any(p.check != "missing" for p in settled.invalid.problems):
        return settled
    filled: dict[str, Any] = dict(case)
    for problem in settled.invalid.problems:
        inner = filled
        for step in problem.path[:-1]:
            inner[str(step)] = dict(inner.get(str(step), {}))
            inner = inner[str(step)]
        inner[str(problem.path[-1])] = UNKNOWN
    return settle(kind, area, filled)
