"""HTML → the text of its sections, one a heading: what readers can read, without forms, menus and marks.

Also how a text is cut into what the index holds. `templates/js/rank.js` cuts queries in the same way; a test runs
both on the same texts.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_HEADINGS = frozenset({"h2", "h3", "h4"})
_SKIPPED_TAGS = frozenset({"aside", "form", "nav", "script", "style", "svg", "title"})
_SKIPPED_IDS = frozenset({"ask", "sources"})
_SKIPPED_CLASSES = frozenset(
    {"area-calculators", "desk-result", "figure-note", "guide-calculator", "notes-box", "notice", "status"}
)
_BREAKS = frozenset({"br", "dd", "div", "dt", "h1", "h5", "li", "p", "section", "td", "th", "tr"})
_RUNS = re.compile(r"[\u3007\u3400-\u9fff]+|[a-z]+|[0-9]+")
_SHORTEST_NUMBER = 4


@dataclass(slots=True, kw_only=True)
class Section:
    """What stands under one heading; the first one, without a heading, is what stands before all of them."""

    anchor: str = ""
    title: str = ""
    text: str = ""


@dataclass(slots=True)
class _Open:
    tag: str
    id: str
    skipped: bool


@dataclass
class _Reader(HTMLParser):
    """Cuts at headings that can be linked to: their own id, or that of the nearest element around them."""

    sections: list[Section] = field(default_factory=lambda: [Section()])
    stack: list[_Open] = field(default_factory=list)
    heading: list[str] | None = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.sections[-1].text += "\n"
        if tag in _VOID:
            return
        names = {name: value or "" for name, value in attrs}
        own = names.get("id", "")
        skipped = (
            (bool(self.stack) and self.stack[-1].skipped)
            or tag in _SKIPPED_TAGS
            or own in _SKIPPED_IDS
            or not _SKIPPED_CLASSES.isdisjoint(names.get("class", "").split())
        )
        self.stack.append(_Open(tag, own, skipped))
        if tag in _HEADINGS and not skipped:
            self.heading = []

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS and self.heading is not None:
            self._cut("".join(self.heading).strip())
            self.heading = None
        while self.stack and self.stack.pop().tag != tag:
            pass

    def _cut(self, title: str) -> None:
        anchor = next((one.id for one in reversed(self.stack) if one.id), "")
        if anchor and anchor != self.sections[-1].anchor:
            self.sections.append(Section(anchor=anchor, title=title))
        else:
            self.sections[-1].text += f"\n{title}\n"

    def handle_data(self, data: str) -> None:
        if self.stack and self.stack[-1].skipped:
            return
        if self.heading is not None:
            self.heading.append(data)
        else:
            self.sections[-1].text += data


def sections(html: str) -> tuple[Section, ...]:
    """The sections of a page's main part, or of a piece of HTML, in order."""
    _, found, main = html.partition("<main")
    reader = _Reader()
    reader.feed(f"<main{main.partition('</main>')[0]}" if found else html)
    reader.close()
    return tuple(reader.sections)


def normal(text: str) -> str:
    """One way of writing: no full-width letters and digits, no capitals.

    >>> normal("Ａ市 CT")
    'a市 ct'
    """
    return unicodedata.normalize("NFKC", text).lower()


def tokens(text: str) -> Iterator[str]:
    """What the index holds of a text: pairs of neighbouring Chinese characters, words in letters, longer numbers.

    >>> list(tokens("起付线，CT 12393"))
    ['起付', '付线', 'ct', '12393']
    """
    for run in _RUNS.findall(normal(text)):
        if run[0] > "z":
            yield from (run[n : n + 2] for n in range(len(run) - 1))
        elif run[0] > "9" or len(run) >= _SHORTEST_NUMBER:
            yield run
