"""The finished pages: every link leads to a page, an anchor or a file that is there; no id stands twice on a page.

The input has been checked by then, so what is found here is nearly always a slip in a template.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from sitegen.problems import Problem, shorten
from sitegen.world import Page

_ADDRESSES = frozenset({"href", "src", "action"})
_DATA = [("type", "application/ld+json")]
"""The attributes, in full, of the one script that may stand in a page: data, which no browser runs."""
_STATE = "v="
"""Begins an anchor that carries the answers of a form, see `sitegen.pages.fragment`."""
_FORBIDDEN = frozenset({"style", "srcset", "srcdoc"})


@dataclass(slots=True)
class _Facts:
    """What one page holds."""

    ids: dict[str, int] = field(default_factory=dict)
    links: list[tuple[str, int]] = field(default_factory=list)
    wrong: list[tuple[str, int]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects ids, addresses and what the Content-Security-Policy would block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.facts = _Facts()
        self._data: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        names = dict(attrs)
        for name, value in attrs:
            if name == "id" and value:
                if value in self.facts.ids:
                    self.facts.wrong.append((f"id“{shorten(value)}”在第 {self.facts.ids[value]} 行已经用过", line))
                self.facts.ids.setdefault(value, line)
            elif name in _ADDRESSES and value is not None:
                self.facts.links.append((value, line))
            elif name in _FORBIDDEN or name.startswith("on"):
                self.facts.wrong.append((f"<{tag}> 里有 {name}，网站的安全策略不允许", line))
        if tag == "script" and attrs == _DATA:
            self._data = ""
        elif tag in ("style", "base", "iframe", "object", "embed") or (tag == "script" and not names.get("src")):
            self.facts.wrong.append((f"<{tag}> 写在页面里，网站的安全策略不允许", line))

    def handle_data(self, data: str) -> None:
        if self._data is not None:
            self._data += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._data is not None:
            try:
                json.loads(self._data)
            except ValueError:
                self.facts.wrong.append(("<script> 里的数据不是 JSON", self.getpos()[0]))
            self._data = None


def check_pages(pages: Iterable[Page], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Problems of the finished pages; `files` holds what is in the site besides, by path."""
    read = {page.path: _facts(page) for page in pages if page.path.endswith(".html")}
    for path, facts in read.items():
        for message, line in facts.wrong:
            yield _problem(path, line, message, "page")
        for href, line in facts.links:
            yield from _link(path, href, line, read, files)


def _facts(page: Page) -> _Facts:
    reader = _Reader()
    reader.feed(page.html)
    reader.close()
    return reader.facts


def _problem(path: str, line: int, message: str, check: str) -> Problem:
    return Problem(path=f"site/{path}", line=line, message=message, check=check)


def _link(
    path: str, href: str, line: int, pages: Mapping[str, _Facts], files: Mapping[str, bytes]
) -> Iterator[Problem]:
    if href.startswith(("https://", "tel:", "mailto:", "data:image/")):
        return
    address, _, anchor = unquote(href).partition("#")
    address = address.partition("?")[0]
    if ":" in address or address.startswith("/"):
        yield _problem(path, line, f"“{shorten(href)}”不是相对地址", "link")
        return
    target = path if not address else normpath(join(dirname(path), address))
    if address.endswith("/") or target == ".":
        target = normpath(join(target, "index.html"))
    if target not in pages and target not in files:
        yield _problem(path, line, f"链接“{shorten(href)}”指向的 {target} 不存在", "link")
    elif anchor and not anchor.startswith(_STATE) and target in pages and anchor not in pages[target].ids:
        yield _problem(path, line, f"链接“{shorten(href)}”的锚点在 {target} 里不存在", "anchor")
