"""The world and its pages → what can be found: documents, and in each of them the places one can be led to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calculator.kinds import KINDS
from sitegen.pages.calculators import kinds_in, question
from sitegen.pages.listing import contents_words
from sitegen.search.texts import sections
from sitegen.world import AreaFile, Guide, Html, World

GUIDE, AREA, CALCULATOR, TERM, DISPUTE, CHECKLIST, OTHER = "guide", "area", "calc", "term", "dispute", "list", "page"
_OTHERS = ("areas/national/", "method/", "changes/", "coverage/", "open-data/")
_SHORTEST_CONTEXT, _LONGEST_CONTEXT = 12, 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place inside a document: a question it answers or one of its headings."""

    anchor: str
    title: str
    also: tuple[str, ...] = ()
    brief: str = ""
    text: str = ""
    asked: bool = False
    """Whether it is a question of readers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What counts as one result: a page, or one entry of a page that is a list (词语、说法不一)."""

    kind: str
    address: str
    """From the root of the site."""
    title: str
    context: str
    also: tuple[str, ...] = ()
    text: str = ""
    """What stands before its first heading."""
    entries: tuple[Entry, ...] = ()


def documents(world: World, pages: Mapping[str, str]) -> tuple[Document, ...]:
    """All that can be found, what readers look for most first; `pages` holds the finished HTML by path."""
    asked = _asked(world)
    return (
        *(_guide(guide, asked.pop(guide.href, ())) for guide in world.guides),
        *(_area(entry, pages) for entry in world.real_areas()),
        *(
            Document(
                kind=CALCULATOR,
                address=f"calc/{name}/",
                title=question(KINDS[name]),
                context=f"计算器：{_short(KINDS[name].summary)}",
                also=(KINDS[name].title,),
            )
            for name in kinds_in(world)
        ),
        *_lists(asked, pages),
        *(
            Document(
                kind=CHECKLIST,
                address=sheet.href,
                title=sheet.title,
                context="办事清单，可以打印",
                text=" ".join(f"{part.title} {part.text}" for part in sections(sheet.html)),
            )
            for guide in world.guides
            for sheet in guide.checklists
        ),
        *(
            Document(
                kind=TERM,
                address=term.href,
                title=term.term,
                context=_short(term.gloss),
                also=term.also,
                text=" ".join((term.gloss, term.example, *(unlike.how for unlike in term.unlike))),
            )
            for term in world.glossary.values()
        ),
        *_disputes(world),
        *(_other(address, pages) for address in _OTHERS if f"{address}index.html" in pages),
    )


def _asked(world: World) -> dict[str, tuple[Entry, ...]]:
    """The readers' questions by the page that answers them."""
    found: dict[str, tuple[Entry, ...]] = {}
    for item in world.questions:
        page, _, anchor = item.address.partition("#")
        entry = Entry(
            anchor=anchor,
            title=item.question.ask,
            also=item.question.also,
            brief=_short(item.question.brief),
            text=item.question.brief,
            asked=True,
        )
        found[page] = (*found.get(page, ()), entry)
    return found


def _lists(asked: Mapping[str, tuple[Entry, ...]], pages: Mapping[str, str]) -> Iterator[Document]:
    """Pages that answer a question and are none of the others, such as the list of places."""
    for address, entries in asked.items():
        if f"{address}index.html" in pages and address not in _OTHERS:
            page = _other(address, pages)
            yield Document(
                kind=OTHER, address=address, title=page.title, context=page.context, text="", entries=entries
            )


def _guide(guide: Guide, asked: tuple[Entry, ...]) -> Document:
    html = "".join(part.html for part in guide.body if isinstance(part, Html))
    first, *rest = sections(html)
    return Document(
        kind=GUIDE,
        address=guide.href,
        title=guide.title,
        context=_short(guide.summary),
        text=f"{guide.for_whom} {guide.summary} {first.text}",
        entries=(*asked, *(Entry(anchor=part.anchor, title=part.title, text=part.text) for part in rest)),
    )


def _area(entry: AreaFile, pages: Mapping[str, str]) -> Document:
    area = entry.area
    first, *rest = sections(pages.get(f"areas/{entry.id}/index.html", ""))
    return Document(
        kind=AREA,
        address=f"areas/{entry.id}/",
        title=f"{area.name}医保报多少？",
        context=f"{area.province}：{_short(contents_words(area))}" if area.province != area.name else area.name,
        also=tuple(dict.fromkeys((area.name, area.name.rstrip("市省")))),
        text=f"{area.name} {area.province} {first.text}",
        entries=tuple(Entry(anchor=part.anchor, title=part.title, text=part.text) for part in rest),
    )


def _disputes(world: World) -> Iterator[Document]:
    for told in world.disputes:
        item = told.dispute
        html = " ".join(
            (told.text, told.uses, told.why, *(f"{side.says} {side.note}" for side in told.sides)),
        )
        yield Document(
            kind=DISPUTE,
            address=f"disputes/#{item.id}",
            title=item.title,
            context="说法不一的地方",
            also=(item.short,) if item.short else (),
            text=" ".join(part.text for part in sections(html)),
        )


def _other(address: str, pages: Mapping[str, str]) -> Document:
    html = pages[f"{address}index.html"]
    first, *rest = sections(html)
    title = html.partition("<h1>")[2].partition("</h1>")[0]
    return Document(
        kind=OTHER,
        address=address,
        title=title,
        context="",
        text=first.text,
        entries=tuple(Entry(anchor=part.anchor, title=part.title, text=part.text) for part in rest),
    )


def _short(text: str) -> str:
    """The first sentences that say something, cut to what fits two lines of a phone."""
    said = ""
    for sentence in text.split("。"):
        said = f"{said}。{sentence}" if said else sentence
        if len(said) >= _SHORTEST_CONTEXT:
            break
    said = said.rstrip("。")
    return said if len(said) <= _LONGEST_CONTEXT else f"{said[: _LONGEST_CONTEXT - 1]}…"
