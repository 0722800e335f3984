"""Texts of `content/` → drafts: front matter read, Markdown parsed, nothing computed yet.

Also the glossary and the groups of the guide index. What a draft refers to is looked up in `evaluate`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from calculator.errors import Path, shown
from calculator.shape import FAILED, IDENTIFIER, Day, Key, ListOf, Reading, Record, Schema, Shape, Text
from sitegen.load import Tree
from sitegen.markup import Markup, parse
from sitegen.problems import Problem, shorten
from sitegen.shapes import SLUG, read_shaped
from sitegen.world import GuideGroup, Term, Unlike
from sitegen.yamlfile import Document, read_yaml, unseen_in

GUIDES = "content/guides/"
GLOSSARY = "content/glossary.yaml"
GROUPS = "content/groups.yaml"
MAX_LENGTH = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What stands between the two rows of dashes (文件开头)."""

    title: str
    as_of: date
    reviewed_on: date
    for_whom: str
    group: str
    summary: str
    area: str = ""
    order: int = 100
    next: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class _Rank(Shape):
    """A whole number from 1 to 999."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, int) and not isinstance(found, bool) and 1 <= found <= 999:
            return found
        return reading.refuse(path, f"写的是{shown(found)}，应是 1 到 999 的整数，小的在前", "type")

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": 1, "maximum": 999}


_SLUGS = ListOf(Text("指南的文件名（不带 .md）", pattern=SLUG, example="kua-sheng-zhu-yuan"))
FRONT_MATTER = Record(
    FrontMatter,
    {
        "title": Key(Text("标题", longest=60), required=True, help="标题"),
        "as_of": Key(Day(), required=True, help="数字按哪一天的规定取"),
        "reviewed_on": Key(Day(), required=True, help="哪一天对照出处看过全文"),
        "for_whom": Key(Text("一句话", longest=120), required=True, help="适用于谁"),
        "group": Key(Text("分组的 id", pattern=IDENTIFIER, example="away"), required=True, help="放在哪一组"),
        "summary": Key(Text("一两句话", longest=200), required=True, help="先说结论"),
        "area": Key(Text("统筹区的 id", pattern=IDENTIFIER, example="beijing"), default=""),
        "order": Key(_Rank(), default=100),
        "next": Key(_SLUGS, default=()),
        "sources": Key(ListOf(Text("出处的 id")), default=()),
    },
    "文件开头的一组键值",
)
_UNLIKE = Record(
    Unlike,
    {
        "term": Key(Text("名词的 id", pattern=IDENTIFIER, example="own-share", longest=60), required=True),
        "how": Key(Text("一句话", longest=120), required=True, help="差在哪里"),
    },
    "一个容易弄混的词",
)
_TERM = Record(
    Term,
    {
        "id": Key(Text("名词的 id", pattern=IDENTIFIER, example="deductible", longest=60), required=True),
        "term": Key(Text("名词", longest=30), required=True),
        "gloss": Key(Text("一两句话的解释", longest=300), required=True),
        "also": Key(ListOf(Text("别名", longest=30)), default=()),
        "example": Key(Text("用到它的一句话", longest=120), default=""),
        "unlike": Key(ListOf(_UNLIKE), default=()),
    },
    "一个名词",
)
_GROUP = Record(
    GuideGroup,
    {
        "id": Key(Text("分组的 id", pattern=IDENTIFIER, example="away", longest=60), required=True),
        "title": Key(Text("分组的名字", longest=30), required=True),
        "summary": Key(Text("一句话", longest=120), default=""),
    },
    "一个分组",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One guide as written (草稿): front matter and tokens."""

    slug: str
    path: str
    front: FrontMatter
    document: Document
    """Lines of the front matter."""
    inline: Mapping[str, Markup]
    """`title`, `for_whom` and `summary`, which may hold roles."""
    body: Markup

    def problem(self, key: str, message: str, check: str) -> Problem:
        """A problem with one key of the front matter."""
        return self.document.problem((key,), message, check)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All of `content/` that could be read."""

    drafts: tuple[Draft, ...] = ()
    glossary_complete: bool = True
    """Whether the glossary could be read as a whole."""
    slugs: frozenset[str] = frozenset()
    """Of all guides that are there, also of those that could not be read."""
    glossary: Mapping[str, Term] = field(default_factory=dict)
    groups: tuple[GuideGroup, ...] = ()
    lines: Mapping[str, Document] = field(default_factory=dict)
    """The documents of glossary and groups, by path."""


def read_guides(tree: Tree) -> tuple[Content, tuple[Problem, ...]]:
    """Everything in `content/`, and what is wrong with it."""
    problems: list[Problem] = []
    lines: dict[str, Document] = {}
    glossary = _list_file(tree, GLOSSARY, _TERM, lines, problems)
    groups = _list_file(tree, GROUPS, _GROUP, lines, problems)
    drafts = []
    for path, text in tree.under(GUIDES, ".md"):
        draft, found = read_draft(text, path)
        problems += found
        if draft is not None:
            drafts.append(draft)
    terms: dict[str, Term] = {}
    for term in glossary:
        terms.setdefault(term.id, term)
    content = Content(
        drafts=tuple(drafts),
        slugs=frozenset(slug_of(p) for p in tree.paths() if p.startswith(GUIDES) and p.endswith(".md")),
        glossary_complete=not any(p.path == GLOSSARY for p in (*problems, *tree.problems)),
        glossary=terms,
        groups=tuple(groups),
        lines=lines,
    )
    return content, tuple(problems)


def _list_file(
    tree: Tree, path: str, item: Record, lines: dict[str, Document], problems: list[Problem]
) -> tuple[Any, ...]:
    """The items of a YAML file that is one list; empty when it cannot be read."""
    if path not in tree.texts:
        if not any(p.path == path for p in tree.problems):
            problems.append(Problem(path=path, message="没有这个文件", check="missing-file"))
        return ()
    document, found = read_yaml(tree.texts[path], path)
    problems += found
    if document is None:
        return ()
    lines[path] = document
    value, found = read_shaped(ListOf(item), document)
    problems += found
    if value is not None:
        return tuple(value)
    # The good entries stay, so that a bad one is not followed by complaints about all the others.
    read = (item.read(entry, (), Reading()) for entry in (document.data if isinstance(document.data, list) else ()))
    return tuple(entry for entry in read if entry is not FAILED)


def slug_of(path: str) -> str:
    """`content/guides/a-b.md` → `a-b`."""
    return path.removeprefix(GUIDES).removesuffix(".md")


def read_draft(text: str, path: str) -> tuple[Draft | None, tuple[Problem, ...]]:
    """One guide; None when its front matter cannot be used."""
    slug = slug_of(path)
    problems = [problem for number, line in enumerate(text.split("\n"), 1) for problem in unseen_in(line, path, number)]
    if "/" not in slug and not re.fullmatch(SLUG, slug):
        message = f"文件名“{shorten(slug)}”只能用小写英文字母、数字和连字符"
        problems.append(Problem(path=path, message=message, check="file-name"))
    if len(text) > MAX_LENGTH:
        message = f"一篇指南有 {len(text)} 个字符，最多 {MAX_LENGTH} 个，请分成几篇"
        return None, (*problems, Problem(path=path, message=message, check="too-big"))
    parts = _split(text)
    if parts is None:
        message = "文件要以一行“---”开头，写完 title 等各项后再写一行“---”，接着才是正文"
        return None, (*problems, Problem(path=path, line=1, message=message, check="guide-key"))
    head, body, body_line = parts
    markup, found = parse(body, path, body_line)
    problems += found
    document, found = read_yaml(head, path, 2)
    problems += found
    if document is None:
        return None, tuple(problems)
    front, found = read_shaped(FRONT_MATTER, document)
    problems += [p if p.check in ("date", "missing") else _as_guide(p) for p in found]
    if front is None:
        return None, tuple(problems)
    inline = {}
    for key in ("title", "for_whom", "summary"):
        inline[key], found = parse(getattr(front, key), path, document.line_of((key,)))
        problems += found
    draft = Draft(slug=slug, path=path, front=front, document=document, inline=inline, body=markup)
    return draft, tuple(problems)


def _as_guide(problem: Problem) -> Problem:
    check = "guide-key" if problem.check == "key" else "guide-value"
    return Problem(path=problem.path, line=problem.line, where=problem.where, message=problem.message, check=check)


def _split(text: str) -> tuple[str, str, int] | None:
    """Front matter, body, and the line of the file on which the body begins."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    return None
