"""Figures of money and ratio typed into prose: a policy figure has one home, and it is not a sentence.

Looked for in the running text with roles and code taken out; across emphasis and links, because `**5**元` reads the
same. Days, counts, dates and telephone numbers may stand as they are.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from calculator.errors import Path
from sitegen.guides import Draft
from sitegen.markup import Markup, box_of, line_of
from sitegen.material import Material
from sitegen.problems import Problem, shorten
from sitegen.questions import QUESTIONS
from sitegen.yamlfile import Document

_NUMBER = r"[0-9０-９][0-9０-９,，.．]*"
_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
FIGURE = re.compile(
    rf"[¥￥$]\s*{_NUMBER}"
    rf"|{_NUMBER}\s*(?:[十百千万亿]+\s*)?(?:元|块|角|%|％|‰|折|个?百分点|个点)"
    rf"|{_NUMBER}\s*[万亿](?![人名家户次个字多余])"
    rf"|百分之[{_NUMERALS}点0-9０-９几]+"
    rf"|(?<![几数上好{_NUMERALS}])[{_NUMERALS}]+(?:元|块钱|个百分点)"
    r"|[一二三四五六七八九]{1,2}折"
    rf"|(?<![几数上好{_NUMERALS}])[一二两三四五六七八九][十百千]?万(?![一人名家户次个字多余元])"
)
_SENTENCES = frozenset({"gloss", "summary", "example", "how", "ask", "brief"})
_HOLE = "\ufffc"  # in the place of a role or code: neither digit nor unit


def check(material: Material) -> Iterator[Problem]:
    """Every bare figure of every guide and of the glossary."""
    for draft in material.content.drafts:
        yield from in_guide(draft)
    for path, document in material.content.lines.items():
        yield from _in_document(document, path)
    if material.questions.document is not None:
        yield from _in_document(material.questions.document, QUESTIONS)


def _in_document(document: Document, path: str) -> Iterator[Problem]:
    for place, text in _texts(document.data, ()):
        yield from in_text(text, path, document.line_of(place))


def _texts(data: object, place: Path) -> Iterator[tuple[Path, str]]:
    """Every text of a YAML document that readers see as a sentence, with its place."""
    if isinstance(data, str) and place and place[-1] in _SENTENCES:
        yield place, data
    for key, inner in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from _texts(inner, (*place, key))


def in_guide(draft: Draft) -> Iterator[Problem]:
    """Bare figures in the body and in the texts of the front matter."""
    for markup in (*draft.inline.values(), draft.body):
        yield from in_markup(markup)


def in_markup(markup: Markup) -> Iterator[Problem]:
    """Bare figures in parsed text, titles of boxes and descriptions of images included."""
    for token in markup.tokens:
        if token.type == "inline":
            for number, line in enumerate(_lines(token.children or ()), line_of(token)):
                yield from in_text(line, markup.path, number)
        elif token.type == "container_box_open":
            yield from in_text(box_of(token)[1], markup.path, line_of(token))


def in_text(text: str, path: str, line: int) -> Iterator[Problem]:
    """Bare figures in one line of plain text."""
    for match in FIGURE.finditer(text):
        found = shorten(match[0].strip())
        message = f"直接写了“{found}”：政策数字用 {{value}}`引用` 取，与政策无关的写成 {{plain}}`{found}`"
        yield Problem(path=path, line=line, message=message, check="bare-figure")


def _lines(children: Sequence[Token]) -> list[str]:
    lines = [""]
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            lines.append("")
        elif child.type in ("text", "text_special", "image"):
            lines[-1] += child.content
        elif child.type in ("role", "code_inline"):
            lines[-1] += _HOLE
    return lines
