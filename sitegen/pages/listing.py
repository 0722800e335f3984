"""Lists that several pages share: places by province, sources in full, guides, links to calculators."""

from collections.abc import Iterable, Mapping

from calculator.kinds import KINDS
from calculator.model import CARE_WORDS, SCHEME_WORDS, STATUS_ORDER, PoolingArea, Status
from calculator.programs import PROGRAM_WORDS
from sitegen.pages.figures import mark_of, source_detail
from sitegen.pages.links import Place
from sitegen.pages.words import date_words
from sitegen.views import AreaLine, GuideLine, Link, Mark, Province, SourceView
from sitegen.world import AreaFile, Guide, SourceEntry, World

_KIND_WORDS = {"official": "官方文件", "secondary": "转述"}


def calculators_of(area: PoolingArea) -> tuple[str, ...]:
    """The kinds of calculator this place has rules for."""
    return tuple(name for name, kind in KINDS.items() if kind.form(area) is not None)


def calculator_href(kind: str, area: str) -> str:
    """The address of a calculator from the root."""
    return f"calc/{kind}/{area}/"


def statuses_of(area: PoolingArea) -> tuple[Mark, ...]:
    """The marks of all figures of a place, each once, weakest first."""
    figures = [figure.status for part in area.parts for edition in part.editions for figure in edition.figures]
    return marks_of([*figures, *(statement.status for _, _, statement in area.services.statements())])


def marks_of(statuses: Iterable[str]) -> tuple[Mark, ...]:
    """Statuses as marks, each once, weakest first."""
    return tuple(mark_of(s) for s in sorted({Status(s) for s in statuses}, key=lambda s: -STATUS_ORDER[s]))


def contents_words(area: PoolingArea) -> str:
    """What a place's file holds, in a few words."""
    parts = [f"{SCHEME_WORDS[b.scheme]}{CARE_WORDS[b.care]}" for b in area.benefits]
    parts += [f"{SCHEME_WORDS[c.scheme]}缴费" for c in area.contributions]
    parts += [
        f"{SCHEME_WORDS[program.scheme]}{PROGRAM_WORDS[key]}"
        for key, programs in area.programs.items()
        for program in programs
    ]
    if any(area.services.statements()):
        parts.append("办事规则")
    return "、".join(parts)


def provinces(entries: Iterable[AreaFile], hrefs: Mapping[str, str], notes: Mapping[str, str]) -> tuple[Province, ...]:
    """Places by province, both in the order given; only those with an address."""
    shelves: dict[str, list[AreaLine]] = {}
    for entry in entries:
        if entry.id in hrefs:
            line = AreaLine(
                href=hrefs[entry.id], name=entry.area.name, note=notes[entry.id], marks=statuses_of(entry.area)
            )
            shelves.setdefault(entry.area.province, []).append(line)
    return tuple(Province(name=name, areas=tuple(lines)) for name, lines in shelves.items())


def source_view(entry: SourceEntry, anchor: str, here: Place, world: World) -> SourceView:
    """A source in full, with the pages that use it."""
    source = entry.source
    # The document of an invented place exists nowhere: its address is only there to show the format.
    invented = entry.area is not None and entry.area in world.areas and world.areas[entry.area].fictional
    return SourceView(
        id=anchor,
        title=source.title,
        meta=source_detail(source),
        kind=Mark(status=source.kind, word=_KIND_WORDS.get(source.kind, source.kind)),
        note=source.note,
        url="" if invented else source.url,
        archived_url="" if invented else source.archived_url,
        areas=(
            *([Link(href=here.to("areas/national/"), text="全国规定")] if entry.national else ()),
            *(
                Link(href=here.to(f"areas/{name}/"), text=world.areas[name].area.name)
                for name in entry.cited_by_areas
                if name in world.areas
            ),
        ),
        guides=tuple(
            Link(href=here.to(guide.href), text=guide.title)
            for guide in world.guides
            if guide.slug in entry.cited_by_guides
        ),
    )


def guide_line(guide: Guide, here: Place) -> GuideLine:
    """A guide in a list."""
    return GuideLine(
        href=here.to(guide.href),
        title=guide.title,
        for_whom=guide.for_whom,
        summary=guide.summary,
        reviewed_on=date_words(guide.reviewed_on),
    )
