"""The page of all disputes (说法不一), and the links to it from the places where a disputed figure or rule is used."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from calculator.kinds import KINDS
from calculator.model import SCHEME_WORDS, Source
from sitegen.checks.disputes import ANY, matches
from sitegen.dispute_views import DisputeShelf, DisputeSide, DisputesPage, DisputeView, StatusCount
from sitegen.disputes import STATUSES, WEIGHTS, Dispute, ToldDispute, ToldSide
from sitegen.national import PREFIX
from sitegen.pages.figures import source_detail
from sitegen.pages.frame import Draft
from sitegen.pages.links import Place
from sitegen.pages.words import ASK, CARE_TITLES, date_words
from sitegen.views import Link, SourceLink
from sitegen.world import AreaFile, World

_FEW = 14


def dispute_drafts(world: World) -> Iterator[Draft]:
    """One page with all of them, if there are any."""
    if world.disputes:
        yield _page(world)


def dispute_links(disputes: Iterable[Dispute], here: Place) -> tuple[Link, ...]:
    """Links to disputes, saying how each stands."""
    return tuple(Link(href=here.to(item.href), text=item.title, note=STATUSES[item.status]) for item in disputes)


def of_part(entry: AreaFile, scheme: str, care: str, world: World) -> tuple[Dispute, ...]:
    """The disputes about figures of one scheme and one kind of care of a place."""
    return tuple(_about_figures(entry, f"{scheme}/{care}", world))


def of_area(entry: AreaFile, world: World) -> tuple[Dispute, ...]:
    """The disputes about what has not been collected of a place."""
    return tuple(item for item in _all(world) if entry.id in item.about.figures)


def of_service(entry: AreaFile, key: str, world: World) -> tuple[Dispute, ...]:
    """The disputes about one rule of service of a place."""
    return tuple(_about_figures(entry, f"services/{key}", world))


def _about_figures(entry: AreaFile, part: str, world: World) -> Iterator[Dispute]:
    for item in _all(world):
        for name in item.about.figures:
            area, scheme, care = (*name.split("/"), "", "")[:3]
            meant = f"{part.partition('/')[0] if scheme == ANY else scheme}/{care}"
            if area in (ANY, entry.id) and meant == part and matches(name, entry):
                yield item
                break


def of_national(name: str, world: World) -> tuple[Dispute, ...]:
    """The disputes about a figure of the whole country."""
    return tuple(item for item in _all(world) if f"{PREFIX}{name}" in item.about.figures)


def of_calculator(kind: str, area: str, world: World) -> tuple[Dispute, ...]:
    """The disputes about what a calculator reckons with in a place."""
    return tuple(item for item in _all(world) if {kind, f"{kind}/{area}"} & set(item.about.calculators))


def of_term(term: str, world: World) -> tuple[Dispute, ...]:
    """The disputes about a word."""
    return tuple(item for item in _all(world) if term in item.about.terms)


def of_source(name: str, world: World) -> tuple[Dispute, ...]:
    """The disputes about a source as a whole; that of an area is `area/id`."""
    return tuple(item for item in _all(world) if name in item.about.sources)


def _all(world: World) -> Iterator[Dispute]:
    return (told.dispute for told in world.disputes)


def _page(world: World) -> Draft:
    here = Place("disputes/index.html")
    shelves = (
        DisputeShelf(
            id=weight,
            title=title,
            disputes=tuple(_view(told, here, world) for told in world.disputes if told.dispute.weight == weight),
        )
        for weight, title in WEIGHTS.items()
    )
    return Draft(
        path=here.path,
        title="哪些地方说法不一？",
        description="同一件事，几份材料说得不一样：逐条列出各方怎么说、出自哪里，本站用哪一种、为什么，您该怎么办。",
        template="disputes.html",
        view=DisputesPage(
            count=len(world.disputes),
            statuses=tuple(
                StatusCount(status=status, word=word, count=sum(item.status == status for item in _all(world)))
                for status, word in STATUSES.items()
            ),
            shelves=tuple(shelf for shelf in shelves if shelf.disputes),
            method=Link(href=here.to("method/"), text="怎么算、算不了什么"),
            sources=Link(href=here.to("sources/"), text="全部出处"),
            questions=ASK,
        ),
        crumbs=(("disputes/", "说法不一"),),
    )


def _view(told: ToldDispute, here: Place, world: World) -> DisputeView:
    item = told.dispute
    return DisputeView(
        id=item.id,
        number=item.id.upper(),
        title=item.title,
        short=item.short,
        status=item.status,
        status_word=STATUSES[item.status],
        checked_on=date_words(item.checked_on),
        text=Markup(told.text),
        sides=tuple(_side(side, here) for side in told.sides),
        uses=Markup(told.uses),
        why=Markup(told.why),
        places=tuple(dict.fromkeys(_places(item, here, world))),
    )


def _side(side: ToldSide, here: Place) -> DisputeSide:
    return DisputeSide(
        says=Markup(side.says),
        sources=tuple(
            SourceLink(href=here.to(entry.href), title=_said_by(entry.source), detail=_in_full(entry.source))
            for entry in side.sources
        ),
        note=Markup(side.note),
    )


def _said_by(source: Source) -> str:
    """A source in a few words: there are several on every line of this page."""
    if source.document:
        return source.document
    title = source.title if len(source.title) <= _FEW else f"{source.title[:_FEW]}…"
    return f"《{title}》"


def _in_full(source: Source) -> str:
    return "，".join(part for part in (source.title, source_detail(source)) if part)


def _places(item: Dispute, here: Place, world: World) -> Iterator[Link]:
    """Where the dispute matters: what it names, and the guides that name it."""
    yield from _guides(item, here, world)
    for name in item.about.calculators:
        kind, _, area = name.partition("/")
        words = KINDS[kind].title + (f"（{world.areas[area].area.name}）" if area else "")
        yield Link(href=here.to(f"calc/{kind}/{area}/" if area else f"calc/{kind}/"), text=f"算一算：{words}")
    national = [name for name in item.about.figures if name.startswith(PREFIX)]
    if national:
        yield Link(href=here.to(f"areas/national/#{national[0].removeprefix(PREFIX)}"), text="全国规定")
    for name in item.about.figures:
        if not name.startswith(PREFIX):
            yield _figure(name, here, world)
    for name in item.about.terms:
        yield Link(href=here.to(world.glossary[name].href), text=f"词语：{world.glossary[name].term}")
    for name in item.about.sources:
        area, _, short = name.rpartition("/")
        entry = world.source(area or None, short)
        yield Link(href=here.to(entry.href), text=f"出处：{entry.source.title}")


def _guides(item: Dispute, here: Place, world: World) -> Iterator[Link]:
    for guide in world.guides:
        named = [name for name in item.about.guides if name.partition("#")[0] == guide.slug]
        for name in named:
            anchor = name.partition("#")[2]
            heading = next((h.text for h in guide.headings if h.id == anchor), "")
            words = f"{guide.title}（{heading}）" if heading else guide.title
            yield Link(href=here.to(guide.href + (f"#{anchor}" if anchor else "")), text=words)
        if item in guide.disputes and not named:
            yield Link(href=here.to(guide.href), text=guide.title)


def _figure(name: str, here: Place, world: World) -> Link:
    area, scheme, care = (*name.split("/"), "", "")[:3]
    where = "各地" if area == ANY else world.areas[area].area.name
    if scheme == "services":
        words, anchor = "办事规则", "services"
    else:
        # With any scheme, the word for the kind of care is enough; there is no one anchor then.
        words = f"{SCHEME_WORDS.get(scheme, '')}{CARE_TITLES.get(care, '')}"
        anchor = f"{scheme}-{care}" if scheme != ANY and care else ""
    target = "areas/" if area == ANY else f"areas/{area}/" + (f"#{anchor}" if anchor else "")
    return Link(href=here.to(target), text=f"{where}：{words}" if words else where)
