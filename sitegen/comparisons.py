"""`content/comparisons.yaml` → comparisons that people ask for (对比): two or three places, or two days of one, and a
case. Each becomes a page of its own; `checks.comparisons` refuses one that cannot be settled at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from calculator.shape import FAILED, IDENTIFIER, Day, Key, ListOf, Reading, Record, Text
from sitegen.load import Tree
from sitegen.problems import Problem
from sitegen.shapes import SLUG, Anything, read_shaped
from sitegen.yamlfile import Document, read_yaml

COMPARISONS = "content/comparisons.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One comparison as written: the first of `areas` is the one the others are compared with."""

    id: str
    title: str
    summary: str
    areas: tuple[str, ...]
    case: Mapping[str, Any]
    dates: tuple[Any, ...] = ()

    @property
    def href(self) -> str:
        """Its address in the site, from the root."""
        return f"compare/{self.id}/"

    def document(self) -> dict[str, Any]:
        """The case as the calculator takes it."""
        days = {"dates": [day.isoformat() for day in self.dates]} if self.dates else {}
        return {**self.case, **days}


_COMPARISON = Record(
    Comparison,
    {
        "id": Key(Text("对比的 id", pattern=SLUG, example="beijing-shanghai", longest=60), required=True),
        "title": Key(Text("标题，一句问话", longest=40), required=True),
        "summary": Key(Text("一句话说明", longest=80), required=True),
        "areas": Key(
            ListOf(Text("统筹区的 id", pattern=IDENTIFIER), longest=3, distinct=True), required=True, help="比哪些地方"
        ),
        "dates": Key(ListOf(Day(), shortest=2, longest=2, distinct=True), default=(), help="比哪两个日期"),
        "case": Key(Anything("就医情形，例如 {scheme: employee, level: tertiary, …}"), required=True, help="就医情形"),
    },
    "一个对比",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparisons:
    """All of the file that could be read, by place in its list."""

    items: Mapping[int, Comparison] = field(default_factory=dict)
    document: Document | None = None


def read_comparisons(tree: Tree) -> tuple[Comparisons, tuple[Problem, ...]]:
    """The comparisons, and what is wrong with their file; a site need not have any."""
    if COMPARISONS not in tree.texts:
        return Comparisons(), ()
    document, problems = read_yaml(tree.texts[COMPARISONS], COMPARISONS)
    if document is None:
        return Comparisons(), problems
    value, found = read_shaped(ListOf(_COMPARISON), document)
    entries = document.data if isinstance(document.data, list) else []
    if value is not None:
        items = dict(enumerate(value))
    else:
        read = ((n, _COMPARISON.read(entry, (), Reading())) for n, entry in enumerate(entries))
        items = {n: item for n, item in read if item is not FAILED}
    return Comparisons(items=items, document=document), (*problems, *found)
