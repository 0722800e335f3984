"""Tokens → HTML. Every text is escaped here; nothing of the author's reaches the page as mark-up.

What roles, directives, links and images become is asked of a `Resolver`, so that this module knows the shape of the
HTML and nothing of policies or of the site.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from typing import Protocol

from markdown_it.token import Token

from sitegen.markup import BOXES, box_of, directive_of, line_of, plain_text
from sitegen.world import CalculatorForm, Html


class Resolver(Protocol):
    """What the writer asks about things outside the text; every answer is finished HTML or an address."""

    def role(self, name: str, content: str, line: int) -> str:
        """The HTML of a role."""
        ...

    def directive(self, name: str, title: str, body: str, line: int) -> str | CalculatorForm:
        """The HTML of a directive, or the form that the page template is to make there."""
        ...

    def link(self, href: str) -> str:
        """The address of a link, relative to the page."""
        ...

    def image(self, src: str) -> str:
        """The address of an image, relative to the page."""
        ...


PLAIN_TAGS = frozenset({"paragraph", "bullet_list", "list_item", "blockquote", "thead", "tbody", "tr", "em", "strong"})


def write(tokens: Sequence[Token], resolver: Resolver) -> tuple[Html | CalculatorForm, ...]:
    """The blocks of a text: runs of HTML, and the forms between them."""
    blocks: list[Html | CalculatorForm] = []
    run: list[str] = []
    for piece in _Writer(resolver).blocks(tokens):
        if isinstance(piece, CalculatorForm):
            blocks += [Html(html="".join(run)), piece]
            run = []
        else:
            run.append(piece)
    blocks.append(Html(html="".join(run)))
    return tuple(b for b in blocks if isinstance(b, CalculatorForm) or b.html.strip())


def write_inline(tokens: Sequence[Token], resolver: Resolver) -> str:
    """The HTML of a text of one paragraph, without the paragraph."""
    writer = _Writer(resolver)
    return "".join(writer.inline(token) for token in tokens if token.type == "inline")


class _Writer:
    """One pass over the tokens; remembers the nearest heading, which names the tables below it."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self.heading = ""
        self.tables: dict[str, int] = {}

    def blocks(self, tokens: Sequence[Token]) -> Iterator[str | CalculatorForm]:
        for index, token in enumerate(tokens):
            if token.type == "inline":
                yield self.inline(token)
            elif token.type == "fence":
                yield self._fence(token)
            elif token.type == "heading_open":
                self.heading = plain_text(tokens[index + 1].children or ()).strip()
                yield f'<{token.tag} id="{escape(str(token.attrGet("id") or ""))}">'
            elif token.type == "th_open" and not tokens[index + 1].content.strip():
                token.tag = tokens[index + 2].tag = "td"  # an empty corner heads nothing
                yield self._block(token)
            elif not token.hidden:  # a hidden paragraph is one of a tight list
                yield self._block(token)

    def _fence(self, token: Token) -> str | CalculatorForm:
        parts = directive_of(token)
        if parts:
            return self.resolver.directive(*parts, token.content, line_of(token))
        return f'<pre tabindex="0"><code>{escape(token.content)}</code></pre>\n'

    def _block(self, token: Token) -> str:
        kind, _, end = token.type.rpartition("_")
        if kind == "container_box":
            return self._box(token) if end == "open" else "</div>\n"
        if kind == "table":
            return self._table() if end == "open" else "</table>\n</div>\n"
        if kind in ("th", "td"):
            return self._cell(token) if end == "open" else f"</{token.tag}>\n"
        if kind == "ordered_list" and end == "open":
            start = token.attrGet("start")
            return f'<ol start="{int(start)}">\n' if start not in (None, 1) else "<ol>\n"
        if kind in PLAIN_TAGS or kind in ("heading", "ordered_list"):
            return f"<{token.tag}>" if end == "open" else f"</{token.tag}>\n"
        if token.type == "hr":
            return "<hr>\n"
        return ""  # raw HTML: refused elsewhere, never printed

    def _table(self) -> str:
        """A table in a region of its own that can be scrolled by keyboard; no two regions share a name."""
        self.tables[self.heading] = count = self.tables.get(self.heading, 0) + 1
        label = f"表格：{self.heading}" if self.heading else "表格"
        name = escape(label if count == 1 else f"{label}（{count}）")
        return f'<div class="table-scroll" role="region" aria-label="{name}" tabindex="0">\n<table>\n'

    def _box(self, token: Token) -> str:
        name, title = box_of(token)
        shown = escape(title or BOXES.get(name, name))
        return f'<div class="box box--{escape(name)}" role="note">\n<p class="box-title">{shown}</p>\n'

    def _cell(self, token: Token) -> str:
        # Alignment as a class: the site's policy forbids style attributes.
        match = re.search(r"text-align:(\w+)", str(token.attrGet("style") or ""))
        align = f' class="align-{match[1]}"' if match else ""
        scope = ' scope="col"' if token.tag == "th" else ""
        return f"<{token.tag}{scope}{align}>"

    def inline(self, token: Token) -> str:
        line = line_of(token)
        parts: list[str] = []
        children = token.children or []
        for index, child in enumerate(children):
            if child.type == "softbreak":
                after = next((c for c in map(_edge, children[index + 1 :]) if c), "")
                before = next((c for c in map(_edge, reversed(children[:index])) if c), "")
                parts.append("" if joins(before[-1:], after[:1]) else "\n")
                line += 1
            else:
                parts.append(self._child(child, line))
                line += child.type == "hardbreak"
        return "".join(parts)

    def _child(self, child: Token, line: int) -> str:
        match child.type:
            case "text" | "text_special":
                return escape(child.content, quote=False)
            case "code_inline":
                return f"<code>{escape(child.content, quote=False)}</code>"
            case "role":
                return self.resolver.role(child.meta["name"], child.content, line)
            case "hardbreak":
                return "<br>\n"
            case "link_open":
                return self._link(str(child.attrGet("href") or ""))
            case "link_close":
                return "</a>"
            case "image":
                src = self.resolver.image(str(child.attrGet("src") or ""))
                return f'<img src="{escape(src)}" alt="{escape(child.content)}" loading="lazy">'
            case "em_open" | "strong_open":
                return f"<{child.tag}>"
            case "em_close" | "strong_close":
                return f"</{child.tag}>"
        return ""  # raw HTML: refused elsewhere, never printed

    def _link(self, href: str) -> str:
        address = escape(self.resolver.link(href))
        outside = ' class="outside" rel="external noopener"' if href.startswith("https:") else ""
        return f'<a href="{address}"{outside}>'


def _edge(child: Token) -> str:
    """The visible text of an inline token, to look at its ends; a role reads as Chinese, whatever it says."""
    return "中" if child.type == "role" else child.content.strip()


CHINESE_MARKS = "，。、；：？！“”‘’（）《》〈〉【】「」『』—…·"


def joins(before: str, after: str) -> bool:
    """Whether a line break between these characters is to leave nothing: Chinese takes no space between words."""
    if not before or not after:
        return True
    if before in CHINESE_MARKS or after in CHINESE_MARKS:
        return True
    return all(unicodedata.east_asian_width(c) in "WF" for c in (before, after))
