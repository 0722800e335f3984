"""The first page: what this is, the two ways in, a real slip to look at, and questions people come with."""

from collections.abc import Iterator

from calculator.kinds import KINDS
from sitegen.pages.calculators import kinds_in
from sitegen.pages.frame import SITE, Draft, data_date
from sitegen.pages.groups import grouped
from sitegen.pages.linked import website
from sitegen.pages.links import Place
from sitegen.pages.listing import calculator_href, guide_line
from sitegen.pages.words import date_words
from sitegen.pages.worked import Examples
from sitegen.views import ExampleSlip, HomePage, Link
from sitegen.world import AreaFile, World

_MOST_GUIDES = 8
_DESCRIPTION = (
    "看病花的钱，医保能报多少？填上费用就算，每一步写明规则和出处；各地的起付线、报销比例、封顶线逐个标明可信程度。"
)
_SHOWCASE = "inpatient"


def home_drafts(world: World) -> Iterator[Draft]:
    """The one first page."""
    here = Place("index.html")
    kinds = kinds_in(world)
    day = data_date(world)
    entry, slip = _showcase(kinds.get(_SHOWCASE, ()), here, world)
    yield Draft(
        path=here.path,
        title=SITE,
        description=_DESCRIPTION,
        template="home.html",
        modified=day,
        data=website(here, world, _DESCRIPTION),
        view=HomePage(
            calculators=Link(href=here.to("calc/"), text="算一算", note="填上费用，看医保付多少、您自己付多少"),
            areas=Link(href=here.to("areas/"), text="选地区", note="看参保地的起付线、报销比例和封顶线"),
            kinds=grouped(kinds, lambda name: Link(href=here.to(f"calc/{name}/"), text=KINDS[name].title)),
            area_links=tuple(
                Link(href=here.to(f"areas/{place.id}/"), text=place.area.name) for place in world.real_areas()
            ),
            guides=tuple(guide_line(guide, here) for guide in world.guides[:_MOST_GUIDES]),
            all_guides=Link(href=here.to("guides/"), text="全部指南"),
            slip_title=f"{entry.area.name}的一张明白账" if entry else "",
            slip=slip,
            slip_link=Link(href=here.to(calculator_href(_SHOWCASE, entry.id)), text="换成您自己的数")
            if entry
            else None,
            data_date=date_words(day) if day else "",
            method=Link(href=here.to("method/"), text="怎么算、算不了什么"),
        ),
    )


def _showcase(
    entries: tuple[AreaFile, ...], here: Place, world: World
) -> tuple[AreaFile, ExampleSlip] | tuple[None, None]:
    """A slip to look at: of the first real place that has one, else of an invented one, marked as such."""
    for entry in sorted(entries, key=lambda entry: entry.fictional):
        links = {name: here.to(world.source(entry.id, name).href) for name in entry.area.sources}
        slip = Examples(KINDS[_SHOWCASE], entry.area).slip(links)
        if slip is not None:
            return entry, slip
    return None, None
