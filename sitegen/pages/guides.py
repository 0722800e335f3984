"""The index of guides and the page of one guide."""

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from calculator.kinds import KINDS
from sitegen.pages.calculators import question
from sitegen.pages.disputes import dispute_links
from sitegen.pages.forms import form_view
from sitegen.pages.frame import Draft
from sitegen.pages.links import Place
from sitegen.pages.listing import calculator_href, guide_line, marks_of, source_view
from sitegen.pages.reference import term_view
from sitegen.pages.tables import plain
from sitegen.pages.words import ASK, date_words
from sitegen.views import Fact, GuideIndex, GuidePage, GuidePart, GuideShelf, Link
from sitegen.world import CalculatorForm, Guide, Html, World

_CRUMBS = (("guides/", "指南"),)
_TOC_LEVEL = 2


def guide_drafts(world: World) -> Iterator[Draft]:
    """The index, then one page a guide."""
    yield _index(world)
    for guide in world.guides:
        yield _guide(guide, world)


def _index(world: World) -> Draft:
    here = Place("guides/index.html")
    shelves = (
        GuideShelf(
            id=group.id,
            title=group.title,
            summary=group.summary,
            guides=tuple(guide_line(guide, here) for guide in world.guides if guide.group == group.id),
        )
        for group in world.groups
    )
    return Draft(
        path=here.path,
        title="您遇到了什么事？",
        description="看病、住院、去外地、交费：一件事一篇，先说结论，再说怎么办，例子一步一步算给您看。",
        template="guides.html",
        view=GuideIndex(shelves=tuple(shelf for shelf in shelves if shelf.guides)),
        crumbs=_CRUMBS,
    )


def _guide(guide: Guide, world: World) -> Draft:
    here = Place(f"{guide.href}index.html")
    parts = tuple(_part(part, n, here, world) for n, part in enumerate(guide.body, start=1))
    return Draft(
        path=here.path,
        title=guide.title,
        description=guide.summary,
        template="guide.html",
        modified=guide.reviewed_on,
        view=GuidePage(
            title=guide.title,
            summary=guide.summary,
            scope=_scope(guide, world),
            marks=marks_of(guide.statuses),
            toc=tuple(Link(href=f"#{h.id}", text=h.text) for h in guide.headings if h.level == _TOC_LEVEL),
            parts=parts,
            terms=tuple(replace(term_view(term, here, world), guides=(), disputes=()) for term in guide.terms),
            sources=tuple(
                replace(source_view(entry, f"source-{entry.anchor}", here, world), areas=(), guides=())
                for entry in guide.sources
            ),
            next=tuple(guide_line(world.guide(slug), here) for slug in guide.next),
            questions=ASK,
            disputes=dispute_links(guide.disputes, here),
        ),
        crumbs=_CRUMBS,
        scripted=any(part.form for part in parts),
    )


def _scope(guide: Guide, world: World) -> tuple[Fact, ...]:
    facts = [Fact(label="适用于", cell=plain(guide.for_whom))]
    if guide.area in world.areas:
        area = world.areas[guide.area].area
        facts.append(Fact(label="例子用的数字", cell=plain(area.name + ("（虚构的示例）" if area.fictional else ""))))
    facts.append(Fact(label="数字按哪天的规定", cell=plain(date_words(guide.as_of))))
    facts.append(Fact(label="核对日期", cell=plain(date_words(guide.reviewed_on))))
    return tuple(facts)


def _part(part: Html | CalculatorForm, number: int, here: Place, world: World) -> GuidePart:
    if isinstance(part, Html):
        return GuidePart(html=Markup(part.html), title="", form=None, page=None)
    entry, kind = world.areas[part.area], KINDS[part.kind]
    form = kind.form(entry.area)
    view = form_view(form, part.kind, entry, here, world, part.defaults, f"f{number}") if form else None
    return GuidePart(
        html=None,
        title=f"{entry.area.name}：{question(kind)}",
        form=view,
        page=Link(href=here.to(calculator_href(part.kind, part.area)), text="换一个参保地来算，再看算好的例子"),
    )
