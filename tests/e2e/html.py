"""The parts of a built page that the tests look at, read with the standard library's parser."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

FETCHING = {
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("img", "srcset"),
    ("source", "srcset"),
    ("iframe", "src"),
    ("form", "data-worker"),
    ("form", "data-area-url"),
    ("use", "href"),
    ("image", "href"),
}
"""Attributes that make the browser fetch something by itself."""
LEADING = {("a", "href"), ("area", "href"), ("form", "action"), ("form", "data-runtime")}
"""Attributes that lead somewhere when the reader asks."""


@dataclass(slots=True)
class Document(HTMLParser):
    """One page: its ids and its references as (tag, attribute, value), in order."""

    ids: list[str] = field(default_factory=list)
    references: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            elif (tag, name) in FETCHING | LEADING and value is not None:
                self.references.append((tag, name, value))


def parsed(html: bytes) -> Document:
    document = Document()
    document.feed(html.decode())
    document.close()
    return document


def is_external(reference: str) -> bool:
    return bool(urlsplit(reference).scheme or urlsplit(reference).netloc)


def target_of(page: str, reference: str) -> tuple[str, str]:
    """The file in the site and the anchor that a relative reference on this page means."""
    parts = urlsplit(reference)
    path = unquote(parts.path)
    file = normpath(join(dirname(page), path)) if path else page
    if path.endswith("/") or file == ".":
        file = "index.html" if file == "." else f"{file}/index.html"
    return file, unquote(parts.fragment)


def html_pages(paths: Iterator[str]) -> list[str]:
    return sorted(path for path in paths if path.endswith(".html"))
