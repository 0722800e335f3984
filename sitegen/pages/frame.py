"""The frame of every page: header, navigation, crumbs, footer, assets."""

from dataclasses import dataclass
from datetime import date

from sitegen.pages.links import Place
from sitegen.pages.words import date_words
from sitegen.render import render
from sitegen.views import Frame, Link, SearchBox
from sitegen.world import Page, World

SITE = "医保明白账"
STYLES = "templates/css/site.css"
ICON = "templates/images/icon.svg"
SCRIPT = "templates/js/calculator.js"
WORKER = "templates/js/worker.js"
SEARCH_SCRIPT = "templates/js/search.js"
RANK_SCRIPT = "templates/js/rank.js"
_NAV = (("guides/", "指南"), ("areas/", "地区"), ("calc/", "算一算"), ("glossary/", "词语"), ("method/", "方法"))
_FOOT = (
    ("areas/", "所有地区"),
    ("checklists/", "办事清单"),
    ("sources/", "出处"),
    ("coverage/", "收录情况"),
    ("changes/", "政策变化"),
    ("open-data/", "开放数据"),
    ("method/", "方法和限度"),
)
_QUESTIONS = ("questions/", "大家常问的")
_DISPUTES = ("disputes/", "说法不一的地方")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a page kind decides: address, title, description, crumbs (address, words), template and view."""

    path: str
    title: str
    description: str
    template: str
    view: object
    crumbs: tuple[tuple[str, str], ...] = ()
    scripted: bool = False
    searches: bool = False
    """Whether the page has the search box in its text; then the header has none."""
    feeds: tuple[tuple[str, str], ...] = ()
    """Feeds that tell of the page's changes: address, title."""


def data_date(world: World) -> date | None:
    """The day up to which the figures of real places were compared with their sources: the oldest of all."""
    return min((entry.area.checked_on for entry in world.real_areas()), default=None)


def page_of(draft: Draft, world: World) -> Page:
    """A draft in its frame, as HTML."""
    here = Place(draft.path)
    day = data_date(world)
    foot = (*_FOOT, *([_QUESTIONS] if world.questions else []), *([_DISPUTES] if world.disputes else []))
    crumbs = (("", "首页"), *draft.crumbs) if draft.crumbs else ()
    frame = Frame(
        title=draft.title if draft.title == SITE else f"{draft.title}｜{SITE}",
        description=draft.description,
        home=Link(href=here.to(""), text=SITE),
        nav=tuple(_nav_link(here, target, text) for target, text in _NAV),
        crumbs=tuple(Link(href=here.to(target), text=text) for target, text in crumbs),
        styles=here.to(world.assets[STYLES]),
        icon=here.to(world.assets[ICON]),
        scripts=tuple(here.to(world.assets[s]) for s in (SEARCH_SCRIPT, *([SCRIPT] if draft.scripted else []))),
        feeds=tuple(Link(href=here.to(target), text=text) for target, text in draft.feeds),
        data_date=date_words(day) if day else "",
        links=tuple(Link(href=here.to(target), text=text) for target, text in foot),
        privacy=Link(href=here.to("method/#privacy"), text="怎么做到的"),
        search=SearchBox(
            page=here.to("search/"),
            rank=here.to(world.assets[RANK_SCRIPT]),
            first=here.to("search/first.json"),
            files=here.to("data/search/"),
            root=here.to(""),
            in_header=not draft.searches,
        ),
    )
    return Page(path=draft.path, html=render(draft.template, frame, draft.view))


def _nav_link(here: Place, target: str, text: str) -> Link:
    inside = here.path.startswith(target)
    note = "page" if here.path == f"{target}index.html" else ""
    return Link(href=here.to(target), text=text, note=note, current=inside)
