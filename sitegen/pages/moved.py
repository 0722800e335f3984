"""搬走的页面: at the old address of a page that moved, a few words and the way to the new one."""

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.pages.frame import Draft
from sitegen.pages.links import Place
from sitegen.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedPage:
    """Where it is now; `canonical` is absolute when the site knows where it stands."""

    href: str
    canonical: str


def moved_drafts(world: World) -> Iterator[Draft]:
    """One small page for each that moved."""
    for move in world.moved:
        here = Place(f"{move.old}index.html")
        page = move.new.partition("#")[0]
        base = world.settings.base_url
        yield Draft(
            path=here.path,
            title="这一页搬走了",
            description="这一页换了地址，会自动带您过去。",
            template="moved.html",
            view=MovedPage(href=here.to(move.new), canonical=base + page if base else here.to(page)),
            listed=False,
        )
