"""政策变化: what changed between two editions of an area's file, and the changes told by hand, as one list.

Of two consecutive editions every figure is compared by its name, and a typical bill is settled under both by the
calculator. National figures that bound the same thing are compared in the same way. Dates come from the data.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from calculator.answer import Answer, Part
from calculator.coverage import CONTRIBUTION, PART_WORDS, named_parts
from calculator.estimate import Interval
from calculator.explain import figure_name, figure_text, yuan
from calculator.kinds import KINDS
from calculator.model import (
    CARE_WORDS,
    SCHEME_WORDS,
    STATUS_ORDER,
    Brackets,
    Branch,
    Edition,
    Figure,
    PoolingArea,
    Status,
)
from calculator.money import round_amount
from calculator.parse import edition_days
from sitegen.national import NationalFigure
from sitegen.news import News
from sitegen.pages.policy import leaves
from sitegen.pages.worked import Case, Examples
from sitegen.world import AreaFile, SourceEntry, World

_BILLS: Mapping[str, int] = {"inpatient": 50_000, "outpatient": 2_000, "chronic": 5_000}
"""The typical bill of each kind of care (总费用)."""
_WAGE = 8_000
"""The typical monthly wage, for contributions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """One figure: what it is, what it was and what it is now; empty where it did not stand, or stands no more."""

    label: str
    old: str
    new: str
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A typical bill under the old rules and the new ones."""

    case: str
    what: str
    old: str
    new: str
    by: str
    """How much more or less; empty where either is a range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change of policy."""

    id: str
    """Stable: made of what it is about, never of its place in a list."""
    areas: tuple[str, ...]
    """Ids of places; empty: the whole country."""
    since: str
    """As exactly as it is known: ``2025-07-01``, ``2025-07``, ``2025``."""
    title: str
    for_whom: str
    text: str
    figures: tuple[FigureChange, ...]
    effects: tuple[Effect, ...]
    effect: str
    """What it makes of a typical bill, told by hand; may be empty."""
    status: Status
    sources: tuple[SourceEntry, ...]
    updated: date
    part: str = ""
    """Of a computed change: the anchor of the rules on the page of the place."""


def entries_of(world: World) -> tuple[Entry, ...]:
    """Every change, computed and told, the newest first."""
    found = [
        *(entry for area in world.areas.values() for entry in area_changes(area, world)),
        *national_changes(world.national, world),
        *(_told(item) for item in world.news),
    ]
    # A year alone stands behind the exact days of its first months: nobody knows when in the year it was.
    return tuple(sorted(sorted(found, key=lambda e: e.id), key=lambda e: (e.since[:4], e.since), reverse=True))


def concerning(entries: Iterable[Entry], area: AreaFile) -> tuple[Entry, ...]:
    """The changes that people insured in one place should know of; an invented place knows only its own."""
    return tuple(e for e in entries if area.id in e.areas or (not e.areas and not area.fictional))


def public(entries: Iterable[Entry], world: World) -> tuple[Entry, ...]:
    """The changes of real places and of the whole country."""
    return tuple(e for e in entries if not any(world.areas[name].fictional for name in e.areas if name in world.areas))


def _told(item: News) -> Entry:
    return Entry(
        id=f"news/{item.id}", areas=item.areas, since=item.since, title=item.title, for_whom=item.for_whom,
        text=item.text, figures=(), effects=(), effect=item.effect, status=item.status, sources=item.sources,
        updated=item.checked_on,
    )  # fmt: skip


def area_changes(entry: AreaFile, world: World) -> Iterator[Entry]:
    """What changed from each edition to the next one, for everything of a place that has editions."""
    area = entry.area
    for name, part in named_parts(area):
        scheme = str(part.scheme)
        for old, new in pairwise(part.editions):
            figures = tuple(figure_changes(area, old, new))
            if not figures:
                continue
            what = SCHEME_WORDS[scheme] + PART_WORDS[name]
            yield Entry(
                id=f"{area.id}/{scheme}/{name}/{new.since}",
                areas=(area.id,),
                since=new.since.isoformat(),
                title=f"{area.name}{what}换了一版标准",
                for_whom=f"在{area.name}参加{SCHEME_WORDS[scheme]}的人",
                text=new.note,
                figures=figures,
                effects=tuple(effects(area, scheme, name, old, new)),
                effect="",
                status=max((change.status for change in figures), key=STATUS_ORDER.__getitem__),
                sources=tuple(world.source(area.id, source) for source in _sources(new)),
                updated=area.checked_on,
                part=f"{scheme}-{name}",
            )


def _sources(edition: Edition) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*edition.sources, *(name for f in edition.figures for name in f.sources))))


def figure_changes(area: PoolingArea, old: Edition, new: Edition) -> Iterator[FigureChange]:
    """Every figure that says something else than before, that is new, or that is gone."""
    before = {figure.reference: figure for figure in old.figures}
    after = {figure.reference: figure for figure in new.figures}
    cells = {**_segments(area, old), **_segments(area, new)}
    for name, figure in after.items():
        was = before.get(name)
        if was is None or figure_text(was) != figure_text(figure):
            yield _changed(area, was, figure, cells)
    for name, figure in before.items():
        if name not in after:
            yield _changed(area, figure, None, cells)


def _segments(area: PoolingArea, rules: object) -> dict[Figure, str]:
    """Where in a table of brackets each of its figures stands: 「第 1 段，三级，在职」."""
    found: dict[Figure, str] = {}
    if isinstance(rules, Brackets):
        for number, segment in enumerate(rules.segments, start=1):
            head = f"第 {number} 段"
            if isinstance(segment.up_to, Figure):
                found[segment.up_to] = head
            for names, leaf in leaves(segment.ratio, area.words):
                if isinstance(leaf, Figure):
                    found[leaf] = "，".join((head, *names))
    elif isinstance(rules, Branch):
        for word, entry in rules.entries.items():
            named = area.words(rules.dimension).get(word, word)
            found |= {figure: f"{named}，{text}" for figure, text in _segments(area, entry).items()}
    elif isinstance(rules, tuple):
        for item in rules:
            found |= _segments(area, item)
    elif is_dataclass(rules) and not isinstance(rules, Figure | type):
        for field in fields(rules):
            found |= _segments(area, getattr(rules, field.name))
    return found


def _changed(area: PoolingArea, old: Figure | None, new: Figure | None, cells: Mapping[Figure, str]) -> FigureChange:
    figure = new or old
    assert figure is not None
    cell = cells.get(figure, "")
    return FigureChange(
        label=_label(area, figure) + (f"（{cell}）" if cell else ""),
        old=figure_text(old) if old else "",
        new=figure_text(new) if new else "",
        status=figure.status,
    )


def _label(area: PoolingArea, figure: Figure) -> str:
    """What a figure is, without scheme and care, which the title says."""
    scheme, part, _ = figure.reference.split("/", 2)
    name = figure_name(area, figure)
    return name.removeprefix(SCHEME_WORDS[scheme] + PART_WORDS[part]).lstrip("，：") or name


def national_changes(figures: Iterable[NationalFigure], world: World) -> Iterator[Entry]:
    """National figures that bound the same thing, one after the other."""
    bounding = sorted((f for f in figures if f.bound), key=lambda f: (f.bound.of if f.bound else "", f.since))
    for of, group in groupby(bounding, key=lambda f: f.bound.of if f.bound else ""):
        for old, new in pairwise(group):
            texts = figure_text(old.figure), figure_text(new.figure)
            follows = old.until is not None and new.since == old.until + timedelta(days=1)
            if not follows or texts[0] == texts[1]:
                continue
            # 「2025 年的通知：居民医保的财政补助，一年最少多少」: the words before the colon tell the two apart.
            what = new.what.rpartition("：")[2]
            change = FigureChange(label=what, old=texts[0], new=texts[1], status=new.figure.status)
            yield Entry(
                id=f"national/{of}/{new.since}", areas=(), since=new.since.isoformat(), title=f"全国的线变了：{what}",
                for_whom="全国，各地不能越过这条线", text=new.figure.note, figures=(change,), effects=(), effect="",
                status=new.figure.status, sources=tuple(world.source(None, name) for name in new.figure.sources),
                updated=new.since,
            )  # fmt: skip


def effects(area: PoolingArea, scheme: str, part: str, old: Edition, new: Edition) -> Iterator[Effect]:
    """Typical bills of each group of people, at the highest level of hospital that both editions have numbers for."""
    kind = KINDS.get(f"{scheme}_contribution" if part == CONTRIBUTION else part)
    if kind is None or (part not in _BILLS and part != CONTRIBUTION) or kind.form(area) is None:
        return
    _, last = edition_days(old, new)
    assert last is not None
    examples = Examples(kind, area)
    name = "fund" if part in CARE_WORDS else "person"
    for cases in examples.typical(scheme, _BILLS.get(part, _WAGE)):
        for case in cases:
            before, after = examples.on(case, last), examples.on(case, new.since)
            if before and after and len(before.parts) == len(after.parts) == 1:
                yield _effect(examples, case, name, before, after)
                break


def _effect(examples: Examples, case: Case, name: str, before: Answer, after: Answer) -> Effect:
    old, new = (_interval(answer.parts[0], name) for answer in (before, after))
    words = next(amount.words for amount in after.parts[0].amounts if amount.name == name)
    shown = [text for field, text in case.words.items() if field in ("group", "level")]
    if examples.main is not None and examples.main.name in case.words:
        shown.append(f"{examples.main.label} {case.words[examples.main.name]}")
    by = ""
    if old.exact and new.exact:
        more = round_amount(new.low) - round_amount(old.low)
        by = f"{'多' if more > 0 else '少'} {yuan(abs(more))}" if more else "一样多"
    return Effect(case="，".join(shown), what=words, old=_words(old), new=_words(new), by=by)


def _interval(part: Part, name: str) -> Interval:
    return part.estimate.amounts[name]


def _words(interval: Interval) -> str:
    low, high = (round_amount(end) for end in interval)
    return yuan(low) if low == high else f"{yuan(low)}到 {yuan(high)}"
