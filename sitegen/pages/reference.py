"""Pages to look things up in: sources, glossary, method and limits, and the page for addresses that lead nowhere."""

from collections.abc import Iterator
from dataclasses import replace

from calculator.kinds import KINDS
from calculator.model import Status
from sitegen.pages.calculators import kinds_in
from sitegen.pages.disputes import dispute_links, of_source, of_term
from sitegen.pages.figures import mark_of
from sitegen.pages.frame import Draft
from sitegen.pages.groups import grouped
from sitegen.pages.links import Place
from sitegen.pages.listing import source_view
from sitegen.pages.words import ASK, STATUS_TEXT
from sitegen.views import (
    Glossary,
    Link,
    MethodPage,
    MissingPage,
    SourceShelf,
    SourcesPage,
    StatusLine,
    TermView,
    UnlikeView,
)
from sitegen.world import Term, World


def reference_drafts(world: World) -> Iterator[Draft]:
    """Sources, glossary, method, 404."""
    yield _sources(world)
    yield _glossary(world)
    yield _method(world)
    yield _missing()


def term_view(term: Term, here: Place, world: World) -> TermView:
    """A glossary word with the guides that use it."""
    return TermView(
        id=term.id,
        anchor=term.anchor,
        href=here.to(term.href),
        term=term.term,
        gloss=term.gloss,
        also="、".join(term.also),
        example=term.example,
        unlike=tuple(
            UnlikeView(link=Link(href=here.to(other.href), text=other.term), how=unlike.how)
            for unlike in term.unlike
            if (other := world.glossary.get(unlike.term)) is not None
        ),
        guides=tuple(
            Link(href=here.to(guide.href), text=guide.title)
            for guide in world.guides
            if term.id in {t.id for t in guide.terms}
        ),
        disputes=dispute_links(of_term(term.id, world), here),
    )


def _sources(world: World) -> Draft:
    here = Place("sources/index.html")
    owners = dict.fromkeys(entry.area for entry in world.sources)
    shelves = tuple(
        SourceShelf(
            id=f"of-{owner}" if owner else "shared",
            title=world.areas[owner].area.name if owner and owner in world.areas else owner or "多个地方共用的",
            sources=tuple(
                replace(
                    source_view(entry, entry.anchor, here, world),
                    disputes=dispute_links(of_source(f"{owner}/{entry.id}" if owner else entry.id, world), here),
                )
                for entry in world.sources
                if entry.area == owner
            ),
        )
        for owner in owners
    )
    return Draft(
        path=here.path,
        title="这些数字是从哪里来的？",
        description="本站每个数字的出处：官方文件，或者媒体和网站的转述，逐条列出标题、发布者、文号、日期和链接。",
        template="sources.html",
        view=SourcesPage(shelves=shelves),
        crumbs=(("sources/", "出处"),),
    )


def _glossary(world: World) -> Draft:
    here = Place("glossary/index.html")
    return Draft(
        path=here.path,
        title="这个词是什么意思？",
        description="起付线、统筹、封顶线、先行自付：医保的词，用平常话说清楚。",
        template="glossary.html",
        view=Glossary(terms=tuple(term_view(term, here, world) for term in world.glossary.values())),
        crumbs=(("glossary/", "词语"),),
    )


def _method(world: World) -> Draft:
    here = Place("method/index.html")
    return Draft(
        path=here.path,
        title="这里是怎么算的，哪些算不了？",
        description="算的是什么，不算什么，可信程度怎么看，结果为什么是估算，拿不准问谁、怎么问，您填的内容去了哪里。",
        template="method.html",
        view=MethodPage(
            statuses=tuple(StatusLine(mark=mark_of(status), text=STATUS_TEXT[status]) for status in Status),
            kinds=grouped(kinds_in(world), lambda name: Link(href=here.to(f"calc/{name}/"), text=KINDS[name].title)),
            areas=tuple(
                Link(href=here.to(f"areas/{entry.id}/#gaps"), text=entry.area.name) for entry in world.real_areas()
            ),
            questions=ASK,
            sources=Link(href=here.to("sources/"), text="出处"),
            areas_page=Link(href=here.to("areas/"), text="地区"),
            disputes=Link(href=here.to("disputes/"), text="说法不一的地方") if world.disputes else None,
            design=Link(href=here.to("design/"), text="这个网站怎么长的"),
        ),
        crumbs=(("method/", "方法"),),
    )


def _missing() -> Draft:
    here = Place("404.html")
    ways = (("", "首页"), ("calc/", "算一算"), ("areas/", "选地区"), ("guides/", "看指南"))
    return Draft(
        path=here.path,
        title="没有这一页",
        description="这个地址没有内容。",
        template="404.html",
        listed=False,
        view=MissingPage(ways=tuple(Link(href=here.to(target), text=text) for target, text in ways)),
    )
