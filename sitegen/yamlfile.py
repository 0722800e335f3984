"""Strict YAML → JSON-shaped data, with the line of every path.

Only null, true, false and integers are resolved; all else is the text as written: no dates, no `no`, no octal,
no 12:30 as 750, no floats. Anchors, aliases, merge keys, tags and second documents are refused, so nothing in the
data is anywhere but where it was typed. Read from parser events, because composed nodes no longer know their anchors.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from sitegen.problems import Problem, shorten, where_of
from sitegen.world import Json

Path: TypeAlias = tuple[str | int, ...]

MAX_DEPTH = 40
MAX_PROBLEMS = 50
INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
WORDS: dict[str, Json] = {"": None, "null": None, "true": True, "false": False}

# libyaml when PyYAML was built with it; the pure parser gives the same events and line marks, some ten times slower.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Controls, line separators that YAML counts as new lines, marks that reorder or hide what is seen on screen.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The data of one YAML text and the line on which each path begins."""

    path: str
    data: Json
    lines: dict[Path, int]

    def line_of(self, path: Path) -> int:
        """The line of this path, or of its nearest ancestor when the path itself is not in the text."""
        for end in range(len(path), -1, -1):
            line = self.lines.get(path[:end])
            if line:
                return line
        return 0

    def problem(self, path: Path, message: str, check: str) -> Problem:
        """A problem at this path of this document."""
        return Problem(path=self.path, line=self.line_of(path), where=where_of(path), message=message, check=check)


def read_yaml(text: str, path: str, first_line: int = 1) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document and what is wrong with it; None when the text cannot be used at all.

    `first_line` is the line of the file on which `text` begins, for YAML inside a guide.
    """
    unseen = tuple(_unseen_characters(text, path, first_line))
    reader = _Reader(path, first_line)
    document = reader.read(text)
    # What the parser says of a text with tabs and hidden characters is a consequence of them.
    found = [p for p in reader.problems if not (unseen and p.check == "yaml-syntax")]
    return document, (*unseen, *found)


def _unseen_characters(text: str, path: str, first_line: int) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), first_line):
        if "\t" in line:
            message = "这一行有制表符（Tab），缩进和间隔都要用空格"
            yield Problem(path=path, line=number, message=message, check="tab")
        yield from unseen_in(line, path, number)


def unseen_in(line: str, path: str, number: int) -> Iterator[Problem]:
    """A problem when the line holds a character nobody can see: control, zero width, direction mark."""
    match = UNSEEN.search(line)
    if match:
        message = f"这一行有看不见的字符 U+{ord(match[0]):04X}（第 {match.start() + 1} 个字符），请删掉"
        yield Problem(path=path, line=number, message=message, check="control-character")


class _Unusable(Exception):
    """The rest of the text cannot be given a meaning."""


class _Reader:
    """One pass over the events of one text; collects problems, stops at the first that hides all others."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.lines: dict[Path, int] = {}
        self.usable = True
        self.aside = False
        """Inside the value of a repeated key: looked at for its problems only."""

    def read(self, text: str) -> Document | None:
        events: Iterator[Any] = iter(yaml.parse(text, Loader=LOADER))
        try:
            data = self._document(events)
        except _Unusable:
            return None
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
            return None
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # The pure parser lets chr() fail on an impossible escape; libyaml reports the same as a YAMLError.
            self._add(0, (), f"这份 YAML 读不懂（{shorten(str(error))}）", "yaml-syntax")
            return None
        return Document(path=self.path, data=data, lines=self.lines) if self.usable else None

    def _add(self, line: int, where: Path, message: str, check: str) -> None:
        place = where_of(where)
        self.problems.append(Problem(path=self.path, line=line, where=place, message=message, check=check))
        if len(self.problems) >= MAX_PROBLEMS:
            message = f"这份文件的问题超过 {MAX_PROBLEMS} 处，后面的没有再看"
            self.problems.append(Problem(path=self.path, line=line, message=message, check="too-many"))
            raise _Unusable

    def _line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first_line

    def _document(self, events: Iterator[Any]) -> Json:
        next(events)  # the start of the stream
        start = next(events)
        if isinstance(start, yaml.StreamEndEvent):
            self._add(self.first_line, (), "里面什么也没有写", "empty")
            raise _Unusable
        if start.version or start.tags:
            self._add(self._line(start), (), "不要写以 % 开头的 YAML 指令", "yaml-tag")
        first = next(events)
        self.lines[()] = self._line(first)
        data = self._value(first, events, ())
        next(events)  # the end of the document
        after = next(events)
        if isinstance(after, yaml.DocumentStartEvent):
            self._add(self._line(after), (), "只能写一份文档，这里又用“---”开始了一份", "yaml-documents")
            raise _Unusable
        return data

    def _value(self, event: Any, events: Iterator[Any], path: Path) -> Json:
        if isinstance(event, yaml.AliasEvent):
            self._add(self._line(event), path, f"这里引用了“*{event.anchor}”，请把内容照原样写出来", "yaml-anchor")
            self.usable = False
            return None
        self._plainness(event, path)
        if len(path) > MAX_DEPTH:
            self._add(self._line(event), (), f"嵌套超过 {MAX_DEPTH} 层", "yaml-depth")
            raise _Unusable
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        return self._scalar(event, path)

    def _plainness(self, event: Any, path: Path) -> None:
        """No anchors, no tags."""
        if event.anchor is not None:
            message = f"这里写了锚点“&{event.anchor}”，本站的文件不用锚点，每处都要写全"
            self._add(self._line(event), path, message, "yaml-anchor")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            message = f"这里写了标签“{shorten(tag)}”，请去掉标签，只写值"
            self._add(self._line(event), path, message, "yaml-tag")

    def _list(self, events: Iterator[Any], path: Path) -> Json:
        items: list[Json] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            here = (*path, len(items))
            self._mark(here, self._line(event))
            items.append(self._value(event, events, here))
        return items

    def _mapping(self, events: Iterator[Any], path: Path) -> Json:
        entries: dict[str, Json] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, path)
            here = (*path, key)
            line = self._line(event)
            if key in entries:
                before = self.lines.get(here, line)
                message = f"“{shorten(key)}”写了两次（第 {before} 行已经写过），请只留一处"
                self._add(line, here, message, "yaml-duplicate")
                outer, self.aside = self.aside, True
                self._value(next(events), events, here)
                self.aside = outer
                continue
            self._mark(here, line)
            entries[key] = self._value(next(events), events, here)
        return entries

    def _mark(self, path: Path, line: int) -> None:
        if not self.aside:
            self.lines[path] = line

    def _key(self, event: Any, path: Path) -> str:
        line = self._line(event)
        if not isinstance(event, yaml.ScalarEvent):
            self._add(line, path, "键只能是一个词，不能是列表、映射或引用", "yaml-key")
            raise _Unusable
        self._plainness(event, path)
        if event.value == "<<" and event.implicit[0]:
            self._add(line, path, "这里用“<<”合并了别处的内容，请照原样写出来", "yaml-anchor")
            self.usable = False
        if not event.value.strip():
            self._add(line, path, "冒号前面没有写键", "yaml-key")
        return str(event.value)

    def _scalar(self, event: Any, path: Path) -> Json:
        text = str(event.value)
        if event.implicit[0]:  # plain: no quotes
            if text in WORDS:
                return WORDS[text]
            return int(text) if INTEGER.fullmatch(text) else text
        for _ in unseen_in(text, self.path, 0):
            # Typed as an escape inside double quotes.
            self._add(self._line(event), path, "引号里有看不见的字符，请删掉", "control-character")
        return text

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        line = int(mark.line) + self.first_line if mark else self.first_line
        context = error.context_mark
        begun = int(context.line) + self.first_line if context else line
        message = syntax_message(str(error.problem or ""), str(error.context or ""), begun)
        # An open quote is noticed at the end of the file; the line to mend is the one where it opens.
        self._add(begun if message.endswith(OPEN_QUOTE) else line, (), message, "yaml-syntax")


OPEN_QUOTE = "这里的引号没有合上"

# What the two parsers say → what an editor can do about it. First match wins; `{line}` is where the structure began.
SYNTAX: tuple[tuple[str, str], ...] = (
    (r"mapping values are not allowed", "这里多了一个冒号，或上一行没有写完；值里面有“: ”时要加引号"),
    (r"expected ',' or '\]'", "第 {line} 行开始的方括号列表没有写完，缺逗号或“]”"),
    (r"expected ',' or '\}'", "第 {line} 行开始的花括号没有写完，缺逗号或“}}”"),
    (r"unexpected end of stream|while scanning a quoted scalar", OPEN_QUOTE),
    (r"unexpected document indicator|unexpected document separator", OPEN_QUOTE),
    (r"could not find expected ':'", "第 {line} 行的键后面没有冒号；冒号后面要有一个空格"),
    (r"expected '-' indicator|expected <block end>.*'\?'", "这一行的缩进和第 {line} 行开始的列表对不上"),
    (r"did not find expected key|expected <block end>", "这一行和第 {line} 行开始的内容接不上，请看缩进、括号和引号"),
    (r"that cannot start any token", "这里有一个不能放在开头的符号（如 @、`、%），请把值放进引号"),
    (r"block sequence entries are not allowed|sequence entries are not allowed", "列表的“-”要另起一行写"),
    (r"(block )?mapping keys are not allowed", "这里不能用“?”"),
    (r"unknown escape character|escape", "双引号里的“\\”写法不对；不需要转义时请用单引号"),
    (r"expected alphabetic or numeric", "“&”或“*”开头的值要放进引号"),
    (r"directive|document start", "一份文件只写一份文档，不要写“---”、“...”或以 % 开头的指令"),
    (r"tag|undefined", "以“!”开头的值要放进引号"),
    (r"block scalar|comment|chomping|indentation indicator", "“|”或“>”后面只能换行写正文"),
    (r"node content|did not find expected", "这里缺少一个值，或有一个多余的符号"),
)


def syntax_message(problem: str, context: str, begun: int) -> str:
    """A parser's complaint as one Chinese sentence; `begun` is the line where the broken structure starts."""
    for said in (problem, context):
        for pattern, sentence in SYNTAX:
            if said and re.search(pattern, said):
                return f"YAML 写法有误：{sentence.format(line=begun)}"
    return f"YAML 写法有误：{shorten(problem or context)}"
