"""没有网络: what readers see in place of a page that their device has not kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.offline import OFFLINE
from sitegen.pages.frame import Draft
from sitegen.pages.links import Place
from sitegen.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflinePage:
    """The page; its script lists what is kept."""

    script: str


def offline_drafts(world: World) -> Iterator[Draft]:
    """The one page."""
    here = Place(f"{OFFLINE}index.html")
    yield Draft(
        path=here.path,
        title="现在没有网络",
        description="没有网络时，打开已经看过的页面。",
        template="offline.html",
        view=OfflinePage(script=here.to(world.assets["templates/js/offline.js"])),
        listed=False,
    )
