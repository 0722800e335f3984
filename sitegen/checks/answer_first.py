"""先说结论: a guide begins with a box `short`, whose first sentence answers in at most 60 characters.

Readers come through a forwarded link with a question; what they read first has to be the answer.
"""

import re
from collections.abc import Iterator

from sitegen.guides import Draft
from sitegen.markup import box_of, line_of, plain_text
from sitegen.material import Material
from sitegen.problems import Problem

LONGEST = 60


def warnings(material: Material) -> Iterator[Problem]:
    """One for each guide that keeps its reader waiting."""
    for draft in material.content.drafts:
        yield from _of(draft)


def _of(draft: Draft) -> Iterator[Problem]:
    tokens = draft.body.tokens
    if not tokens or tokens[0].type != "container_box_open" or box_of(tokens[0])[0] != "short":
        line = line_of(tokens[0]) if tokens else 0
        message = "正文要以方框“::: short”开头，先说结论"
        yield Problem(path=draft.path, line=line, message=message, check="answer-first")
        return
    inline = next(token for token in tokens if token.type == "inline")
    first = re.split(r"(?<=[。！？])", plain_text(inline.children or ()).strip(), maxsplit=1)[0]
    if len(first) > LONGEST:
        message = f"结论的第一句有 {len(first)} 个字，最多 {LONGEST} 个"
        yield Problem(path=draft.path, line=line_of(inline), message=message, check="answer-first")
