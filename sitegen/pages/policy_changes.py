"""政策变化: what changed, from when, for whom, by how much, by which source; for the whole and for each place."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sitegen.changes import Entry, concerning, entries_of, public
from sitegen.feeds import WHOLE, anchor, feed_path
from sitegen.news import first_day
from sitegen.pages.figures import mark_of
from sitegen.pages.frame import Draft
from sitegen.pages.links import Place
from sitegen.pages.tables import plain
from sitegen.pages.words import ASK, date_words
from sitegen.views import Fact, Link, Mark, Row, RowGroup, SourceLink, TableView
from sitegen.world import AreaFile, World

HOME = "changes/"
_MANY = 12
"""More rows than this are folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """One change."""

    id: str
    title: str
    mark: Mark
    facts: tuple[Fact, ...]
    text: str
    figures: TableView | None
    folded: bool
    effects: TableView | None
    sources: tuple[SourceLink, ...]
    rules: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """All changes from one day on."""

    title: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    """The page, of the whole or of a place."""

    title: str
    lead: str
    fictional: bool
    days: tuple[Since, ...]
    feed: Link | None
    places: tuple[Link, ...]
    questions: tuple[str, ...]


def change_drafts(world: World) -> Iterator[Draft]:
    """The whole, then each place that exists, and the invented ones in which something changed."""
    found = entries_of(world)
    yield _whole(public(found, world), world)
    for entry in world.areas.values():
        if entry.tells_changes:
            yield _place(entry, concerning(found, entry), world)


def _whole(found: tuple[Entry, ...], world: World) -> Draft:
    here = Place(f"{HOME}index.html")
    return Draft(
        path=here.path,
        title="医保最近变了什么？",
        description="医保政策的变化：变了什么，从哪天起，对谁，一张账单差多少，出处是什么，有多可靠。可以订阅。",
        template="changes.html",
        view=ChangesPage(
            title="医保最近变了什么？",
            lead="每一条都写明从什么时候起、对谁、差多少、出处是什么。新的在前。",
            fictional=False,
            days=_days(found, here, world),
            feed=Link(href=here.to(WHOLE), text="订阅这一页（Atom）"),
            places=tuple(
                Link(href=here.to(f"{HOME}{entry.id}/"), text=entry.area.name) for entry in world.real_areas()
            ),
            questions=ASK,
        ),
        crumbs=((HOME, "政策变化"),),
        feeds=((WHOLE, "政策变化"),),
    )


def _place(entry: AreaFile, found: tuple[Entry, ...], world: World) -> Draft:
    here = Place(f"{HOME}{entry.id}/index.html")
    name = entry.area.name
    feed = feed_path(entry.id)
    return Draft(
        path=here.path,
        title=f"{name}医保变了什么？" + ("（示例）" if entry.fictional else ""),
        description=f"{name}的医保政策变化：变了什么，从哪天起，对谁，一张账单差多少，出处是什么。",
        template="changes.html",
        view=ChangesPage(
            title=f"{name}医保变了什么？",
            lead=f"{name}自己的变化" + ("。" if entry.fictional else "，和全国都一样的变化。新的在前。"),
            fictional=entry.fictional,
            days=_days(found, here, world),
            feed=None if entry.fictional else Link(href=here.to(feed), text=f"订阅{name}的变化（Atom）"),
            places=(
                Link(href=here.to(f"areas/{entry.id}/"), text=f"{name}的数字"),
                Link(href=here.to(HOME), text="各地的变化"),
            ),
            questions=ASK,
        ),
        crumbs=((HOME, "政策变化"),),
        feeds=() if entry.fictional else ((feed, f"{name}的政策变化"),),
    )


def _days(found: tuple[Entry, ...], here: Place, world: World) -> tuple[Since, ...]:
    return tuple(
        Since(title=f"{since_words(since)}起", changes=tuple(_change(entry, here, world) for entry in entries))
        for since, entries in groupby(found, key=lambda entry: entry.since)
    )


def since_words(since: str) -> str:
    """A day, a month or a year as people write it.

    >>> since_words("2025-07-01"), since_words("2025-07"), since_words("2025")
    ('2025 年 7 月 1 日', '2025 年 7 月', '2025 年')
    """
    words = date_words(first_day(since))
    return " ".join(words.split(" ")[: 2 * (since.count("-") + 1)])


def _change(entry: Entry, here: Place, world: World) -> ChangeView:
    where = "、".join(world.areas[name].area.name for name in entry.areas if name in world.areas) or "全国"
    facts = (
        Fact(label="在哪里", cell=plain(where)),
        Fact(label="对谁", cell=plain(entry.for_whom)),
        Fact(label="一张账单差多少", cell=plain(_difference(entry))),
    )
    own = entry.areas[0] if entry.part else ""
    return ChangeView(
        id=anchor(entry),
        title=entry.title,
        mark=mark_of(entry.status),
        facts=facts,
        text=entry.text,
        figures=_figures(entry) if entry.figures else None,
        folded=len(entry.figures) > _MANY,
        effects=_effects(entry) if entry.effects else None,
        sources=tuple(
            SourceLink(href=here.to(source.href), title=f"《{source.source.title}》", detail="")
            for source in entry.sources
        ),
        rules=Link(href=here.to(f"areas/{own}/#{entry.part}"), text="看前后两版的全部规则") if own else None,
    )


def _difference(entry: Entry) -> str:
    if entry.effects:
        return "按同一张账单各算一遍，列在下面。"
    return entry.effect or "没有收录能算的数字，这里不算。"


def _figures(entry: Entry) -> TableView:
    rows = tuple(
        Row(head=plain(change.label), cells=(plain(change.old or "没有"), plain(change.new or "不再有")))
        for change in entry.figures
    )
    return _table("哪些数字变了", "数字", ("原来", "现在"), rows)


def _effects(entry: Entry) -> TableView:
    rows = tuple(
        Row(head=plain(e.case), cells=(plain(e.old), plain(e.new), plain(e.by or "算出来是范围，不比")))
        for e in entry.effects
    )
    return _table(f"同一张账单，{entry.effects[0].what}多少", "谁", ("原来", "现在", "差多少"), rows)


def _table(caption: str, corner: str, columns: tuple[str, ...], rows: tuple[Row, ...]) -> TableView:
    return TableView(caption=caption, corner=corner, columns=columns, groups=(RowGroup(title="", rows=rows),))
