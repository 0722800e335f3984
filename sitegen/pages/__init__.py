"""Every page of the site from the world; pure and deterministic, one module per page kind."""

from collections.abc import Iterator

from sitegen.pages.areas import area_drafts
from sitegen.pages.frame import page_of
from sitegen.world import Page, World

KINDS_OF_PAGES = (area_drafts,)


def all_pages(world: World) -> Iterator[Page]:
    """The pages one by one, so that they can be written as they come."""
    for drafts in KINDS_OF_PAGES:
        for draft in drafts(world):
            yield page_of(draft, world)
