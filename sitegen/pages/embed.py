"""嵌入: each calculator of each real place without navigation, to be framed, and the page that makes the snippet.

Invented places are not offered: on somebody else's page nothing would say that they are invented.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calculator.kinds import KINDS, Kind
from sitegen.found import FRAME
from sitegen.pages.calculators import kinds_in, question
from sitegen.pages.forms import form_view
from sitegen.pages.frame import EMBED_SCRIPT, SITE, Draft
from sitegen.pages.links import Place
from sitegen.pages.listing import calculator_href
from sitegen.pages.words import date_words
from sitegen.views import FormView, Link
from sitegen.world import AreaFile, World

HOME = "embed/"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedPage:
    """One calculator of one place, to be framed."""

    title: str
    form: FormView
    script: str
    full: Link
    checked_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOption:
    """A calculator to choose; `areas` are the places that have it, by their number in the list, parted by spaces."""

    id: str
    title: str
    areas: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Configurator:
    """What the page that makes the snippet offers."""

    kinds: tuple[KindOption, ...]
    areas: tuple[tuple[str, str], ...]
    script: str
    snippet: str
    """The script of the framing page; its address is not hashed, because snippets live long."""
    root: str


def embed_drafts(world: World) -> Iterator[Draft]:
    """The page that makes the snippet, then one page a calculator and real place."""
    kinds = {name: tuple(e for e in entries if not e.fictional) for name, entries in kinds_in(world).items()}
    kinds = {name: entries for name, entries in kinds.items() if entries}
    if not kinds:
        return
    yield _configurator(kinds, world)
    for name, entries in kinds.items():
        for entry in entries:
            yield _embed(KINDS[name], entry, world)


def embed_href(kind: str, area: str) -> str:
    """The address of a framed calculator, from the root; other sites keep it, so it does not change."""
    return f"{HOME}{kind}/{area}/"


def _embed(kind: Kind, entry: AreaFile, world: World) -> Draft:
    here = Place(f"{embed_href(kind.id, entry.id)}index.html")
    form = kind.form(entry.area)
    assert form is not None
    title = f"{entry.area.name}：{question(kind)}"
    return Draft(
        path=here.path,
        title=title,
        description=f"{title}嵌入别的网页用的一页。",
        template="embed.html",
        view=EmbedPage(
            title=title,
            form=form_view(form, kind.id, entry, here, world),
            script=here.to(world.assets[EMBED_SCRIPT]),
            full=Link(href=here.to(calculator_href(kind.id, entry.id)), text=SITE),
            checked_on=date_words(entry.area.checked_on),
        ),
        scripted=True,
        listed=False,
    )


def _configurator(kinds: Mapping[str, tuple[AreaFile, ...]], world: World) -> Draft:
    here = Place(f"{HOME}index.html")
    areas = {entry.id: entry.area.name for entry in world.real_areas()}
    numbers = {name: str(number) for number, name in enumerate(areas)}
    return Draft(
        path=here.path,
        title="把计算器放到您的网页上",
        description="医院、单位、街道的网页可以放上这里的计算器：选好计算器和参保地，复制一段代码。",
        template="configurator.html",
        view=Configurator(
            kinds=tuple(
                KindOption(id=name, title=KINDS[name].title, areas=" ".join(numbers[e.id] for e in entries))
                for name, entries in kinds.items()
            ),
            areas=tuple(areas.items()),
            script=here.to(world.assets["templates/js/configurator.js"]),
            snippet=FRAME,
            root=here.to(""),
        ),
        crumbs=((HOME, "放到您的网页上"),),
    )
