"""Asterisks and underscores that would print: bold that does not close.

CommonMark closes bold only before a space or punctuation when its last character is punctuation, so the usual Chinese
`**注意：**请看` prints its asterisks. An escaped `\\*` is meant and passes.
"""

import re
from collections.abc import Iterator

from sitegen.markup import Markup, inlines
from sitegen.material import Material
from sitegen.problems import Problem, shorten

_LOOSE = re.compile(r"\*{2,}|__+|(?<!\s)\*|\*(?![\s\d])")
_INSIDE = re.compile(r"(\*{1,3})([^*\n]+?)([，。：；！？、）」』”》…]+)\1")


def check(material: Material) -> Iterator[Problem]:
    """Loose marks of emphasis in every guide."""
    for draft in material.content.drafts:
        for markup in (*draft.inline.values(), draft.body):
            yield from in_markup(markup)


def in_markup(markup: Markup) -> Iterator[Problem]:
    """Loose marks of emphasis in parsed text; one problem a line."""
    reported = set()
    for child, line in inlines(markup.tokens):
        if child.type == "text" and line not in reported and _LOOSE.search(child.content):
            reported.add(line)
            yield Problem(path=markup.path, line=line, message=_message(_source(markup, line)), check="bold")


def _source(markup: Markup, line: int) -> str:
    """The text of that line as written."""
    for token in markup.tokens:
        if token.type == "inline" and token.map and token.map[0] <= line:
            lines = token.content.split("\n")
            if line - token.map[0] < len(lines):
                text = lines[line - token.map[0]]
                if _LOOSE.search(text):
                    return text
    return ""


def _message(text: str) -> str:
    match = _INSIDE.search(text)
    if match:
        mark, words, stop = match.groups()
        mended, written = f"{mark}{words}{mark}{stop}", match[0]
        return f"加粗“{shorten(written, 30)}”合不上，会印出星号，请写成“{shorten(mended, 30)}”"
    return "加粗没有合上，会印出星号：星号里面不要以标点或空格开头结尾；要印出星号，写成“\\*”"
