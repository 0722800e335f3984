"""The frame of every page: header, navigation, crumbs, footer, assets."""

from dataclasses import dataclass
from datetime import date

from sitegen.found import FAVICON, MANIFEST, canonical
from sitegen.pages.linked import block
from sitegen.pages.links import Place
from sitegen.pages.words import date_words
from sitegen.render import render
from sitegen.reports import FEEDBACK, page_href
from sitegen.views import FoundView, Frame, IconView, Link, NavLink, SearchBox
from sitegen.world import Json, Page, World

SITE = "医保明白账"
STYLES = "templates/css/site.css"
ICON = "templates/images/icon.svg"
SETTINGS = "templates/js/settings.js"
SCRIPT = "templates/js/calculator.js"
WORKER = "templates/js/worker.js"
SEARCH_SCRIPT = "templates/js/search.js"
RANK_SCRIPT = "templates/js/rank.js"
PAGE_SCRIPT = "templates/js/page.js"
EMBED_SCRIPT = "templates/js/embed.js"
CARD = "templates/images/card.png"
_TOUCH = "templates/images/icon-180.png"
_NAV = (("calc/", "算一算"), ("areas/", "选地区"), ("guides/", "指南"), ("glossary/", "词语"), ("method/", "方法"))
_KEPT = ("calc/", "guides/")
"""What is left of the navigation in the elders' mode, beside the phone."""
_FOOT = (
    ("areas/", "所有地区"),
    ("checklists/", "办事清单"),
    ("sources/", "出处"),
    ("coverage/", "收录情况"),
    ("changes/", "政策变化"),
    ("open-data/", "开放数据"),
    ("embed/", "放到您的网页上"),
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
    listed: bool = True
    """Whether search engines are told of it."""
    modified: date | None = None
    """The day of the page's data, for the sitemap."""
    data: dict[str, Json] | None = None
    """What the page says to machines, in schema.org's words."""


def data_date(world: World) -> date | None:
    """The day up to which the figures of real places were compared with their sources: the oldest of all."""
    return min((entry.area.checked_on for entry in world.real_areas()), default=None)


def page_of(draft: Draft, world: World) -> Page:
    """A draft in its frame, as HTML."""
    here = Place(draft.path)
    day = data_date(world)
    own = tuple(pair for pair in _FOOT if pair[0] != "embed/" or world.real_areas())
    foot = (*own, *([_QUESTIONS] if world.questions else []), *([_DISPUTES] if world.disputes else []))
    crumbs = (("", "首页"), *draft.crumbs) if draft.crumbs else ()
    frame = Frame(
        title=draft.title if draft.title == SITE else f"{draft.title}｜{SITE}",
        description=draft.description,
        home=Link(href=here.to(""), text=SITE),
        nav=tuple(_nav_link(here, target, text) for target, text in _NAV),
        crumbs=tuple(Link(href=here.to(target), text=text) for target, text in crumbs),
        styles=here.to(world.assets[STYLES]),
        icon=here.to(world.assets[ICON]),
        scripts=(here.to(world.assets[SCRIPT]),) if draft.scripted else (),
        settings=here.to(world.assets[SETTINGS]),
        feeds=tuple(Link(href=here.to(target), text=text) for target, text in draft.feeds),
        data_date=date_words(day) if day else "",
        links=tuple(Link(href=here.to(target), text=text) for target, text in foot),
        privacy=Link(href=here.to("method/#privacy"), text="怎么做到的"),
        search=SearchBox(
            page=here.to("search/"),
            script=here.to(world.assets[SEARCH_SCRIPT]),
            rank=here.to(world.assets[RANK_SCRIPT]),
            first=here.to("search/first.json"),
            files=here.to("data/search/"),
            root=here.to(""),
            in_header=not draft.searches,
        ),
        found=_found(draft, here, world),
    )
    html = render(draft.template, frame, draft.view)
    return Page(path=draft.path, html=html, listed=draft.listed, modified=draft.modified)


def _found(draft: Draft, here: Place, world: World) -> FoundView:
    icons = [IconView(rel="icon", href=here.to(FAVICON), sizes="32x32 48x48")] if CARD in world.assets else []
    if _TOUCH in world.assets:
        icons.append(IconView(rel="apple-touch-icon", href=here.to(world.assets[_TOUCH]), sizes="180x180"))
    base = world.settings.base_url
    return FoundView(
        manifest=here.to(MANIFEST),
        icons=tuple(icons),
        canonical=canonical(draft.path, world) if draft.listed else "",
        card=base + world.assets[CARD] if base and CARD in world.assets else "",
        kind="article" if draft.path.startswith("guides/") and draft.modified else "website",
        hidden=not draft.listed,
        data=block(draft.data) if draft.data else None,
        script=here.to(world.assets[PAGE_SCRIPT]),
        wrong=page_href(here, world),
        feedback=here.to(FEEDBACK),
        page=draft.path.removesuffix("index.html"),
        version=world.version,
        build=world.build,
    )


def _nav_link(here: Place, target: str, text: str) -> NavLink:
    current = ("page" if here.path == f"{target}index.html" else "true") if here.path.startswith(target) else ""
    return NavLink(href=here.to(target), text=text, current=current, kept=target in _KEPT)
