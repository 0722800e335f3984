"""收录情况: what is collected of each real place and what is not, in the sentences that stand on the results."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from calculator.coverage import AWAY, CONTRIBUTION, ONLY_FOR, PART_WORDS, Coverage, State
from calculator.model import SCHEME_WORDS
from sitegen.coverage import ADDRESS, EPOCH, AreaCoverage, counted_on, coverage_of
from sitegen.pages.frame import Draft
from sitegen.pages.links import Place
from sitegen.pages.tables import plain
from sitegen.pages.words import date_words
from sitegen.stale import DAYS, SOON, Overdue
from sitegen.views import Link, Row, RowGroup, TableView
from sitegen.world import World

HOME = "coverage/"
_CARES = tuple(PART_WORDS)[: tuple(PART_WORDS).index(CONTRIBUTION)]
_COLUMNS = {**{name: PART_WORDS[name] for name in _CARES}, AWAY: "异地就医", **PART_WORDS}
"""The columns of the overview: kinds of care, care away, then everything else."""
_SHORT = {State.SHIPPED: "已收录", State.PARTLY: "部分", State.NOT_YET: "没有"}
_MEANING = {
    State.SHIPPED: "有一版标准，核对那天还在执行；里面没有写“不知道”的数字，各级医院、各类人都有。",
    State.PARTLY: "有一版标准，但是有的数字没有查到，或者缺了哪级医院、哪类人，或者核对那天这一版已经到期。",
    State.NOT_YET: "一个数字都没有。不等于当地没有这项待遇。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """One part of a place: the sentence that stands on its results, and what the tables leave out."""

    state: str
    sentence: str
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """One place."""

    id: str
    name: str
    area: Link
    checked: str
    parts: tuple[PartLine, ...]
    absent: str
    overdue: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePage:
    """The page."""

    meanings: tuple[tuple[str, str], ...]
    counted: str
    """For which day what is overdue was counted."""
    tables: tuple[TableView, ...]
    places: tuple[PlaceView, ...]
    file: Link
    areas: Link


def coverage_drafts(world: World) -> Iterator[Draft]:
    """The one page."""
    here = Place(f"{HOME}index.html")
    day = counted_on(world)
    places = coverage_of(world.real_areas(), day) if day else ()
    yield Draft(
        path=here.path,
        title="本站收录了什么，还缺什么？",
        description="每个地方、每种医保、每种待遇：收录了没有，按哪一段时间的标准，几个数字出自官方、几个是转述、几个有争议，哪些该再核对了。",
        template="coverage.html",
        view=CoveragePage(
            meanings=tuple((state.words, _MEANING[state]) for state in State),
            counted=_counted(day, given=world.counted_on is not None) if day else "",
            tables=tuple(_table(scheme, places) for scheme in SCHEME_WORDS) if places else (),
            places=tuple(_place(place, here) for place in places),
            file=Link(href=here.to(ADDRESS), text=ADDRESS),
            areas=Link(href=here.to("areas/"), text="所有地区"),
        ),
        crumbs=((HOME, "收录情况"),),
    )


def _counted(day: date, *, given: bool) -> str:
    how = f"这是生成网站时给定的日子（{EPOCH}）" if given else "这是全部资料里最近一次核对的日子"
    listed = f"超过 {DAYS} 天没有核对、标准已经到期、{SOON} 天内要到期的，都列出来。"
    return f"该核对的，数到 {date_words(day)}：{how}。{listed}"


def _table(scheme: str, places: tuple[AreaCoverage, ...]) -> TableView:
    columns = {name: words for name, words in _COLUMNS.items() if ONLY_FOR.get(name, scheme) == scheme}
    rows = tuple(
        Row(head=plain(place.area.name), cells=tuple(plain(_worst(place.rows, scheme, name)) for name in columns))
        for place in places
    )
    return TableView(
        caption=f"{SCHEME_WORDS[scheme]}：各地收录了什么",
        corner="地方",
        columns=tuple(columns.values()),
        groups=(RowGroup(title="", rows=rows),),
    )


def _worst(rows: tuple[Coverage, ...], scheme: str, part: str) -> str:
    """The state of a part; of several kinds of care away, the least complete one."""
    order = tuple(State)
    states = [row.state for row in rows if row.scheme == scheme and row.part == part]
    return _SHORT[max(states, key=order.index, default=State.NOT_YET)]


def _place(place: AreaCoverage, here: Place) -> PlaceView:
    area = place.area
    told = [row for row in place.rows if row.state is not State.NOT_YET]
    absent = [row.name for row in place.rows if row.state is State.NOT_YET]
    return PlaceView(
        id=area.id,
        name=area.name,
        area=Link(href=here.to(f"areas/{area.id}/"), text=f"看{area.name}的数字"),
        checked=date_words(area.checked_on),
        parts=tuple(
            PartLine(state=row.state.value, sentence=row.sentence, missing="、".join(row.missing)) for row in told
        ),
        absent="、".join(absent),
        overdue=tuple(overdue_words(found) for found in place.overdue),
    )


def overdue_words(found: Overdue) -> str:
    """One overdue thing in words.

    >>> overdue_words(Overdue(kind="ended", day=date(2025, 12, 31), days=10, part="employee/contribution"))
    '职工医保缴费的标准到 2025 年 12 月 31 日为止，之后的还没有收录。'
    """
    scheme, _, part = found.part.partition("/")
    name = SCHEME_WORDS.get(scheme, scheme) + PART_WORDS.get(part, part)
    day = date_words(found.day)
    return {
        "ahead": f"核对日期写的是 {day}，还没有到。",
        "unchecked": f"上一次核对是 {day}，已经过去 {found.days} 天。",
        "ended": f"{name}的标准到 {day}为止，之后的还没有收录。",
        "ending": f"{name}的标准 {day}到期，还有 {found.days} 天。",
    }[found.kind]
