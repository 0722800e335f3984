"""The pages that links may name are the pages that are built."""

from pathlib import Path

from sitegen.addresses import site_pages
from sitegen.build import pages_of, prepare
from sitegen.load import load
from tests.build.tree import miniature

ROOT = Path(__file__).parents[3]


def test_links_may_name_every_page_that_is_built_and_no_other() -> None:
    for tree in (load(ROOT), miniature()):
        prepared = prepare(tree)
        # Frames for the pages of others (embed/kind/place/) and pages that moved are led to by nobody.
        built = {page.path.removesuffix("index.html") for page in pages_of(prepared.world) if page.listed}
        built |= {"embed/", "feedback/", "search/"}

        assert site_pages(prepared.material) == built - {"404.html"}
