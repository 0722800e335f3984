"""The index of places and the page of one place with every figure we have of it."""

from collections.abc import Iterator
from dataclasses import replace

from calculator.kinds import KINDS
from calculator.model import CARE_WORDS, SCHEME_WORDS, Benefit, Contribution, PoolingArea, Status
from calculator.programs import Program
from calculator.rules import settles_bills
from sitegen.pages.compare import compare_link, comparison_links
from sitegen.pages.disputes import dispute_links, of_area, of_national, of_part, of_service
from sitegen.pages.figures import NoteBook, mark_of
from sitegen.pages.frame import Draft
from sitegen.pages.groups import grouped
from sitegen.pages.linked import area_data
from sitegen.pages.links import Place
from sitegen.pages.listing import calculator_href, calculators_of, contents_words, provinces, source_view
from sitegen.pages.policy import edition_view
from sitegen.pages.services import service_views
from sitegen.pages.tables import plain
from sitegen.pages.terms import term_blocks
from sitegen.pages.words import ASK, CARE_TITLES, STATUS_TEXT, date_words, figure_words, period_words
from sitegen.views import (
    AreaIndex,
    AreaPage,
    BenefitView,
    Fact,
    Link,
    NationalPage,
    NationalView,
    SchemeView,
    SourceLink,
    StatusLine,
)
from sitegen.world import AreaFile, World

_POOLED = {
    "city": "市级统筹，全市一个标准",
    "province": "省级统筹，全省（市）一个标准",
    "units": "省直单位单独统筹，自己一个标准",
    "cities": "由各市统筹，这里只有全省一样的规定",
}
_CRUMBS = (("areas/", "地区"),)
_NATIONAL = "areas/national/"
_CARES = ("inpatient", "outpatient", "chronic")
_KINDS_OF = {
    ("employee", "inpatient"): ("inpatient", "filing_comparison"),
    ("resident", "inpatient"): ("inpatient", "filing_comparison"),
    ("employee", "outpatient"): ("outpatient",),
    ("resident", "outpatient"): ("outpatient",),
    ("employee", "contribution"): ("employee_contribution", "flexible_contribution", "base_tiers"),
    ("resident", "contribution"): ("resident_contribution",),
    ("employee", "waiting"): ("coverage_break",),
    ("resident", "waiting"): ("coverage_break",),
    ("employee", "retirement"): ("retirement_years",),
    ("employee", "maternity"): ("maternity",),
    ("resident", "maternity"): ("maternity",),
    ("employee", "care_insurance"): ("care_insurance",),
    ("resident", "care_insurance"): ("care_insurance",),
    ("employee", "payroll"): ("payroll",),
    ("resident", "cap_by_income"): ("resident_cap",),
}


Part = Benefit | Contribution | Program


def area_drafts(world: World) -> Iterator[Draft]:
    """The index, then one page a place."""
    yield _index(world)
    if world.national:
        yield _national(world)
    for entry in world.areas.values():
        yield _area(entry, world)


def _index(world: World) -> Draft:
    here = Place("areas/index.html")
    hrefs = {name: here.to(f"areas/{name}/") for name in world.areas}
    notes = {
        name: f"{contents_words(entry.area)}。核对于 {date_words(entry.area.checked_on)}。"
        for name, entry in world.areas.items()
    }
    return Draft(
        path=here.path,
        title="您在哪里参保？",
        description="按省份选参保地，看当地医保的起付线、报销比例、封顶线和缴费标准，每个数字都写明出处和可信程度。",
        template="areas.html",
        view=AreaIndex(
            provinces=provinces(world.real_areas(), hrefs, notes),
            fictional=provinces(world.fictional_areas(), hrefs, notes),
            national=Link(
                href=here.to(_NATIONAL),
                text="国家给各地画的线",
                note="各地都不能越过的上限和下限，跨省看病时用得上。",
            )
            if world.national
            else None,
        ),
        crumbs=_CRUMBS,
    )


def _national(world: World) -> Draft:
    here = Place(f"{_NATIONAL}index.html")
    names = dict.fromkeys(name for entry in world.national for name in entry.figure.sources)
    return Draft(
        path=here.path,
        title="哪些数字全国一样？",
        description="全国统一的医保数字：跨省看病报销比例最多降多少、备案最少管多久，逐个写明出处和可信程度。",
        template="national.html",
        view=NationalPage(
            figures=tuple(
                NationalView(
                    id=entry.id,
                    what=entry.what,
                    text=figure_words(entry.spoken, entry.figure),
                    mark=mark_of(entry.figure.status),
                    period=period_words(entry.since, entry.until),
                    note=entry.figure.note,
                    sources=tuple(
                        SourceLink(href=f"#source-{name}", title=world.source(None, name).source.title, detail="")
                        for name in entry.figure.sources
                    ),
                    disputes=dispute_links(of_national(entry.id, world), here),
                )
                for entry in world.national
            ),
            sources=tuple(
                replace(source_view(world.source(None, name), f"source-{name}", here, world), areas=())
                for name in names
            ),
            areas=Link(href=here.to("areas/"), text="看参保地的数字"),
            questions=ASK,
        ),
        crumbs=_CRUMBS,
    )


def _area(entry: AreaFile, world: World) -> Draft:
    here = Place(f"areas/{entry.id}/index.html")
    area = entry.area
    schemes = tuple(_schemes(entry, here, world))
    book = NoteBook(area, "terms", "#source-")
    terms = tuple(term_blocks(area, book))
    title = f"{area.name}医保报多少？"
    return Draft(
        path=here.path,
        title=title + ("（示例）" if area.fictional else ""),
        description=f"{area.name}：{contents_words(area)}的起付线、比例、封顶线等数字，逐个写明出处和可信程度，可以直接拿来算。",
        template="area.html",
        modified=area.checked_on,
        data=None if area.fictional else area_data(entry, here, world),
        view=AreaPage(
            title=title,
            lead=f"这里列出本站收录的{area.name}全部数字。每个数字下面写着可信程度，点它就看到出处。",
            fictional=area.fictional,
            phone=area.phone,
            summary=_summary(area),
            statuses=tuple(
                StatusLine(mark=mark_of(status), text=STATUS_TEXT[status])
                for status in Status
                if area.fictional or status != Status.ILLUSTRATIVE
            ),
            toc=_toc(schemes, bool(terms), any(area.services.statements())),
            schemes=schemes,
            terms=terms,
            term_notes=book.notes(),
            services=tuple(
                service_views(
                    area,
                    {name: f"#source-{name}" for name in area.sources},
                    lambda key: dispute_links(of_service(entry, key, world), here),
                )
            ),
            gaps=tuple(dict.fromkeys((*area.gaps, *_absent(area)))),
            calculators=grouped(
                calculators_of(area),
                lambda kind: Link(href=here.to(calculator_href(kind, area.id)), text=KINDS[kind].title),
            ),
            comparisons=_comparisons(entry, here, world),
            sources=tuple(
                replace(source_view(world.source(area.id, name), f"source-{name}", here, world), areas=())
                for name in area.sources
            ),
            questions=ASK,
            disputes=dispute_links(of_area(entry, world), here),
            method=Link(href=here.to("method/"), text="怎么算、算不了什么"),
            about=tuple(_about(entry, here)),
        ),
        crumbs=_CRUMBS,
        feeds=() if entry.fictional else ((f"areas/{entry.id}/feed.xml", f"{area.name}的政策变化"),),
    )


def _comparisons(entry: AreaFile, here: Place, world: World) -> tuple[Link, ...]:
    """Where this place is compared with others; nothing for a place without rules of a stay."""
    own = (compare_link(here, entry.id),) if "inpatient" in calculators_of(entry.area) else ()
    return (*comparison_links(world, here, entry.id), *own)


def _about(entry: AreaFile, here: Place) -> Iterator[Link]:
    if not entry.fictional:
        yield Link(href=here.to(f"coverage/#{entry.id}"), text="收录情况，逐项看")
    if entry.tells_changes:
        yield Link(href=here.to(f"changes/{entry.id}/"), text="最近变了什么")
    yield Link(href=here.to(f"open-data/#{entry.id}"), text="下载这些数据")


def _summary(area: PoolingArea) -> tuple[Fact, ...]:
    return (
        Fact(label="省份", cell=plain(area.province)),
        Fact(label="统筹层次", cell=plain(_POOLED.get(area.pooled_at, area.pooled_at))),
        Fact(label="收录了", cell=plain(contents_words(area) or "还没有数字")),
        Fact(label="核对日期", cell=plain(date_words(area.checked_on))),
    )


def _toc(schemes: tuple[SchemeView, ...], terms: bool, services: bool) -> tuple[Link, ...]:
    parts = [
        Link(href=f"#{benefit.id}", text=f"{scheme.title}：{benefit.title}")
        for scheme in schemes
        for benefit in scheme.benefits
    ]
    return (
        *parts,
        *([Link(href="#terms", text="怎么分类、用哪些指标")] if terms else []),
        *([Link(href="#services", text="办事规则")] if services else []),
        Link(href="#gaps", text="还没有收录什么"),
        Link(href="#ask", text="打电话问什么"),
        Link(href="#sources", text="出处"),
    )


def _schemes(entry: AreaFile, here: Place, world: World) -> Iterator[SchemeView]:
    area = entry.area
    for scheme, title in SCHEME_WORDS.items():
        parts: list[tuple[str, Part]] = [(str(b.care), b) for b in area.benefits if b.scheme == scheme]
        parts += [("contribution", c) for c in area.contributions if c.scheme == scheme]
        parts += [(key, p) for key, programs in area.programs.items() for p in programs if p.scheme == scheme]
        if parts:
            views = tuple(_benefit(entry, care, part, here, world) for care, part in parts)
            yield SchemeView(id=scheme, title=title, benefits=views)


def _benefit(entry: AreaFile, care: str, part: Part, here: Place, world: World) -> BenefitView:
    area = entry.area
    anchor = f"{part.scheme}-{care}"
    last = len(part.editions) - 1
    known = calculators_of(area)
    return BenefitView(
        id=anchor,
        title=CARE_TITLES[care],
        # Newest first: what holds now is what people look for.
        editions=tuple(
            edition_view(
                area, edition, f"{anchor}-{edition.since.isoformat()}", current=n == last, source_href="#source-"
            )
            for n, edition in reversed(list(enumerate(part.editions)))
        ),
        calculators=tuple(
            Link(href=here.to(calculator_href(kind, area.id)), text=f"用这些数字算：{KINDS[kind].title}")
            for kind in _KINDS_OF.get((str(part.scheme), care), ())
            if kind in known and (not isinstance(part, Benefit) or settles_bills(part.editions[-1]))
        ),
        disputes=dispute_links(of_part(entry, str(part.scheme), care, world), here),
    )


def _absent(area: PoolingArea) -> Iterator[str]:
    """Whole tables that nobody has collected, in words."""
    for scheme, title in SCHEME_WORDS.items():
        missing = [CARE_WORDS[care] for care in _CARES if area.benefit(scheme, care) is None]
        if area.contribution(scheme) is None:
            missing.append("缴费")
        if missing:
            yield f"{title}：{'、'.join(missing)}的标准，一个数字都还没有收录。"
