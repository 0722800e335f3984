"""搜索: the page that shows what was found, and says what to do where scripts do not run."""

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.pages.frame import Draft
from sitegen.pages.links import Place
from sitegen.views import Link
from sitegen.world import World

SEARCH_PAGE = "search/"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """Other ways to find things, by kind."""

    questions: Link | None
    groups: tuple[Link, ...]
    areas: tuple[Link, ...]
    all_areas: Link
    glossary: Link


def search_drafts(world: World) -> Iterator[Draft]:
    """The one page."""
    here = Place(f"{SEARCH_PAGE}index.html")
    used = {guide.group for guide in world.guides}
    yield Draft(
        path=here.path,
        title="搜一搜",
        description="打几个字，找指南、常问的问题、地区、词语和计算器。在您自己的设备上找，打的字不会发给任何人。",
        template="search.html",
        view=SearchPage(
            questions=Link(href=here.to("questions/"), text="大家常问的问题") if world.questions else None,
            groups=tuple(
                Link(href=here.to(f"guides/#{group.id}"), text=group.title)
                for group in world.groups
                if group.id in used
            ),
            areas=tuple(Link(href=here.to(f"areas/{entry.id}/"), text=entry.area.name) for entry in world.real_areas()),
            all_areas=Link(href=here.to("areas/"), text="所有地区"),
            glossary=Link(href=here.to("glossary/"), text="词语"),
        ),
        crumbs=((SEARCH_PAGE, "搜一搜"),),
        searches=True,
    )
