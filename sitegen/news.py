"""`content/news.yaml` → policy changes told by hand (政策变化): what no two editions of a file can show.

Each says from when, for whom and where, with its sources and how sure it is; figures come from `policies/` by roles,
as in guides. Changes of figures between two editions are not written here: `sitegen.changes` works them out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from calculator.errors import Path, shown
from calculator.model import Status
from calculator.shape import FAILED, IDENTIFIER, Day, Key, ListOf, Reading, Record, Schema, Shape, Text, Word
from sitegen.load import Tree
from sitegen.problems import Problem
from sitegen.shapes import read_shaped
from sitegen.world import SourceEntry
from sitegen.yamlfile import Document, read_yaml

NEWS = "content/news.yaml"
NATIONAL = "national"
"""What ``where`` says of a change for the whole country."""


class _Since(Shape):
    """A day, a month or a year: as exactly as the source tells."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        text = str(found) if isinstance(found, int) and not isinstance(found, bool) else found
        if isinstance(text, str) and re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text, re.ASCII):
            try:
                first_day(text)
            except ValueError:
                return reading.refuse(path, f"没有 {text} 这个日子", "date")
            return text
        return reading.refuse(path, f"写的是{shown(found)}，应是 2025-07-01、2025-07 或 2025", "date")

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}, {"type": "integer"}]}


def first_day(since: str) -> date:
    """The first day of a day, a month or a year.

    >>> first_day("2025"), first_day("2025-07")
    (datetime.date(2025, 1, 1), datetime.date(2025, 7, 1))
    """
    return date.fromisoformat(since + "-01" * (2 - since.count("-")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One change as written."""

    id: str
    title: str
    since: str
    for_whom: str
    where: tuple[str, ...]
    text: str
    sources: tuple[str, ...]
    status: str
    checked_on: date
    effect: str
    as_of: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One change, its figures filled in and its sources found."""

    id: str
    title: str
    since: str
    for_whom: str
    areas: tuple[str, ...]
    """Ids of the places it is about; empty: the whole country."""
    text: str
    effect: str
    """What it makes of a typical bill; may be empty."""
    status: Status
    sources: tuple[SourceEntry, ...]
    checked_on: date


_ITEM = Record(
    lambda **values: Item(since=values.pop("from"), **values),
    {
        "id": Key(Text("这条变化的 id", pattern=IDENTIFIER, example="chronic-ten", longest=60), required=True),
        "title": Key(Text("一句话的标题", longest=60), required=True, help="变了什么"),
        "from": Key(_Since(), required=True, help="从什么时候起"),
        "for_whom": Key(Text("一句话", longest=80), required=True, help="对谁"),
        "where": Key(ListOf(Text("统筹区的 id，或 national"), distinct=True), required=True, help="在哪里"),
        "text": Key(Text("几句话", longest=600), required=True, help="怎么变"),
        "sources": Key(ListOf(Text("出处的 id"), distinct=True), required=True, help="出处"),
        "status": Key(Word(("official", "secondary", "disputed")), required=True, help="可信程度"),
        "checked_on": Key(Day(), required=True, help="哪一天核对的"),
        "effect": Key(Text("一句话", longest=200), default=""),
        "as_of": Key(Day(), help="数字按哪一天的规定取，不写就是 from 那一天"),
    },
    "一条变化",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """All of the file that could be read, by place in its list."""

    items: Mapping[int, Item]
    document: Document | None = None


def read_news(tree: Tree) -> tuple[Written, tuple[Problem, ...]]:
    """The changes as written, and what is wrong with their file; a site need not have it."""
    if NEWS not in tree.texts:
        return Written(items={}), ()
    document, problems = read_yaml(tree.texts[NEWS], NEWS)
    if document is None:
        return Written(items={}), problems
    value, found = read_shaped(ListOf(_ITEM), document)
    if value is not None:
        items = dict(enumerate(value))
    else:  # the good ones are still looked at, so that one run names everything
        entries = document.data if isinstance(document.data, list) else []
        read = ((n, _ITEM.read(entry, (), Reading())) for n, entry in enumerate(entries))
        items = {n: item for n, item in read if item is not FAILED}
    return Written(items=items, document=document), (*problems, *found)
