"""Pages that moved: the old address is free, written once, and leads to a page that is there."""

from collections.abc import Iterator

from sitegen.addresses import Wrong, site_pages, target_of
from sitegen.material import Material
from sitegen.problems import Problem, shorten

RESERVED = ("assets/", "data/", "runtime/", "embed/", "offline/")
"""Folders the build fills itself, and pages that no guide links to."""


def check(material: Material) -> Iterator[Problem]:
    """Old addresses that are pages still or stand twice, new ones that lead nowhere."""
    document = material.redirects.document
    if document is None:
        return
    pages = site_pages(material)
    seen: dict[str, int] = {}
    for index, item in material.redirects.items.items():
        place = (index, "from")
        old = item.old.removeprefix("/")
        if old in pages or old.startswith(RESERVED):
            yield document.problem(place, f"“{shorten(item.old)}”现在还是本站的页面，没有搬走", "redirect")
        if old in seen:
            yield document.problem(place, f"“{shorten(item.old)}”在第 {seen[old]} 行已经写过", "duplicate")
        else:
            seen[old] = document.line_of(place)
        target = target_of(item.to, None, material)
        if isinstance(target, Wrong):
            yield document.problem((index, "to"), target.message, target.check)
        elif target.outside:
            yield document.problem((index, "to"), "要搬到本站里的一页", "link")
