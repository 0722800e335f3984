"""Shapes of documents: one definition reads strictly, names every problem with its place, and prints a JSON Schema.

A shape reads a JSON-shaped value (what strict YAML gives: text, whole numbers, true/false/null, lists, mappings) and
returns the domain value, or ``FAILED`` after noting problems, so that one run reports everything that is wrong.
Figures get their provenance while they are read: that of the edition, unless an annotation or the figure itself says
otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from calculator.errors import MANY, Path, Problem, listed, nearest_word, shown
from calculator.model import DIMENSION_WORDS, NUMBER_WORDS, Figure, Status


class Failed:
    """The mark of a value that could not be read; its problems are noted."""

    def __repr__(self) -> str:
        return "FAILED"


FAILED = Failed()
Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Annotation:
    """批注: another provenance for the figures at or below one field of an edition."""

    field: str
    status: Status
    sources: tuple[str, ...]
    note: str
    path: Path


@dataclass(slots=True)
class Provenance:
    """Where the figures being read come from."""

    status: Status
    sources: tuple[str, ...]
    note: str = ""


@dataclass(slots=True)
class Reading:
    """What is known while one document is read: its words, its problems, whose figures these are."""

    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The words that may head tables, by dimension."""
    dimensions: Mapping[str, str] = field(default_factory=lambda: DIMENSION_WORDS)
    """What each dimension is called."""
    indices: frozenset[str] = frozenset()
    numbers: Mapping[str, tuple[str, str]] = field(default_factory=lambda: NUMBER_WORDS)
    known_sources: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)
    prefix: str = ""
    root: Path = ()
    document: object = None
    provenance: Provenance | None = None
    annotations: Sequence[Annotation] = ()

    def refuse(self, path: Path, message: str, check: str) -> Failed:
        """Note a problem."""
        self.problems.append(Problem(path, message, check))
        return FAILED

    def field_name(self, path: Path) -> str:
        """The name of a place inside the edition; list items that have an id are named by it."""
        text, here = "", self.document
        for part in path[len(self.root) :]:
            inner = here[part] if isinstance(here, Mapping | list) else None  # type: ignore[index]
            if isinstance(part, int):
                name = inner.get("id") if isinstance(inner, Mapping) else None
                text += f".{name}" if isinstance(name, str) else f"[{part}]"
            else:
                text += f".{part}" if text else part
            here = inner
        return text

    @contextmanager
    def under(self, provenance: Provenance | None) -> Iterator[None]:
        """Figures read inside come from ``provenance``."""
        outer, self.provenance = self.provenance, provenance or self.provenance
        try:
            yield
        finally:
            self.provenance = outer

    def provenance_of(self, name: str) -> Provenance:
        """An annotation's, the longest matching field first; else the surrounding one."""
        best: Annotation | None = None
        for annotation in self.annotations:
            if covers(annotation.field, name) and (best is None or len(annotation.field) > len(best.field)):
                best = annotation
        if best is not None:
            return Provenance(best.status, best.sources, best.note)
        return self.provenance or Provenance(Status.ILLUSTRATIVE, ())


def covers(field_name: str, name: str) -> bool:
    """Whether a figure's name lies at or below a field."""
    return name == field_name or (name.startswith(field_name) and name[len(field_name)] in ".[")


class Shape:
    """Base of all shapes: reads, and describes itself as JSON Schema."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        raise NotImplementedError  # pragma: no cover - every shape has its own

    def schema(self) -> Schema:
        raise NotImplementedError  # pragma: no cover

    takes_unknown: bool = False
    """Whether the word ``unknown`` is a value of this shape."""
    leaf_keys: frozenset[str] = frozenset()
    """Keys by which a mapping of this shape is told from a table branch."""


@dataclass(frozen=True, slots=True)
class Text(Shape):
    """Text, trimmed of nothing: leading or trailing blanks are refused."""

    what: str = "一段文字"
    pattern: str | None = None
    example: str = ""
    longest: int = 600

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        example = f"，例如“{self.example}”" if self.example else ""
        if not isinstance(found, str) or not found.strip():
            return reading.refuse(path, f"写的是{shown(found)}，应是{self.what}{example}", "type")
        if found != found.strip() or len(found) > self.longest:
            return reading.refuse(path, f"文字前后有空白，或者超过 {self.longest} 字", "text")
        if self.pattern and not re.fullmatch(self.pattern, found):
            return reading.refuse(path, f"写的是{shown(found)}，应是{self.what}{example}", "text")
        return found

    def schema(self) -> Schema:
        return {"type": "string", "minLength": 1, "maxLength": self.longest} | (
            {"pattern": f"^(?:{self.pattern})$"} if self.pattern else {}
        )


IDENTIFIER = r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*"


def identifier(what: str, example: str) -> Text:
    """A short name in ASCII, used in references and addresses."""
    return Text(what=f"{what}（小写字母、数字、连字符）", pattern=IDENTIFIER, example=example, longest=60)


@dataclass(frozen=True, slots=True)
class Word(Shape):
    """One of a closed list of words."""

    options: tuple[str, ...]

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, str) and found in self.options:
            return found
        near = nearest_word(found, self.options) if isinstance(found, str) else ""
        among = f"应是 {'、'.join(self.options)} 之一" if len(self.options) > 1 else f"应是 {self.options[0]}"
        if near and len(self.options) > MANY:
            return reading.refuse(path, f"写的是{shown(found)}{near}", "word")
        return reading.refuse(path, f"写的是{shown(found)}，{among}{near}", "word")

    def schema(self) -> Schema:
        return {"enum": list(self.options)}


@dataclass(frozen=True, slots=True)
class Flag(Shape):
    """true or false."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, bool):
            return found
        if found in ("true", "false"):
            return reading.refuse(path, f"写的是带引号的文字{shown(found)}，去掉引号", "type")
        return reading.refuse(path, f"写的是{shown(found)}，应是 true 或 false", "type")

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Day(Shape):
    """A date that exists, ISO form."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", found, re.ASCII):
            try:
                return date.fromisoformat(found)
            except ValueError:
                return reading.refuse(path, f"没有 {found} 这一天", "date")
        return reading.refuse(path, f"写的是{shown(found)}，应是日期，例如 2026-01-31", "date")

    def schema(self) -> Schema:
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


@dataclass(frozen=True, slots=True)
class Whole(Shape):
    """A whole number from ``least`` to ``most``."""

    what: str
    least: int = 1
    most: int = 999

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, int) and not isinstance(found, bool) and self.least <= found <= self.most:
            return found
        message = f"写的是{shown(found)}，应是{self.what}，{self.least} 到 {self.most} 的整数"
        return reading.refuse(path, message, "whole")

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class MonthDay(Shape):
    """A day of every year, ``07-01``."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, str) and re.fullmatch(r"\d{2}-\d{2}", found, re.ASCII):
            try:
                day = date.fromisoformat(f"2001-{found}")
            except ValueError:
                return reading.refuse(path, f"没有 {found} 这一天", "date")
            return day.month, day.day
        return reading.refuse(path, f"写的是{shown(found)}，应是每年的哪一天，例如 07-01", "date")

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^\d{2}-\d{2}$"}


@dataclass(frozen=True, slots=True)
class ListOf(Shape):
    """A list of one shape, at least ``shortest`` long."""

    item: Shape
    shortest: int = 1
    longest: int = 2000
    distinct: bool = False
    once: bool = False
    """Whether the same written twice is a slip of the pen."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, list | tuple):
            return reading.refuse(path, f"写的是{shown(found)}，应是一个列表", "type")
        if len(found) < self.shortest:
            return reading.refuse(path, f"列表至少要有 {self.shortest} 项", "empty")
        if len(found) > self.longest:
            return reading.refuse(path, f"列表有 {len(found)} 项，最多 {self.longest} 项", "size")
        items = [self.item.read(item, (*path, index), reading) for index, item in enumerate(found)]
        if any(item is FAILED for item in items):
            return FAILED
        for index, item in enumerate(found):
            if self.once and item in found[:index]:
                message = f"和第 {found.index(item) + 1} 项一模一样，写了两遍；去掉一项"
                return reading.refuse((*path, index), message, "duplicate")
        for index, item in enumerate(items):
            if self.distinct and item in items[:index]:
                return reading.refuse((*path, index), f"{shown(item)} 重复了", "duplicate")
        return tuple(items)

    def schema(self) -> Schema:
        return {"type": "array", "items": self.item.schema(), "minItems": self.shortest} | (
            {"uniqueItems": True} if self.distinct else {}
        )


@dataclass(frozen=True, slots=True)
class SourceIds(Shape):
    """Ids of sources, each known to the file or to the shared sources."""

    shortest: int = 1

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        ids = ListOf(Text("出处的 id"), shortest=self.shortest).read(found, path, reading)
        if ids is FAILED:
            return FAILED
        for index, name in enumerate(ids):
            reading.cited.add(name)
            if name not in reading.known_sources:
                near = nearest_word(name, reading.known_sources)
                reading.refuse((*path, index), f"没有{shown(name)}这个出处{near}", "source")
        return ids

    def schema(self) -> Schema:
        return {"type": "array", "items": {"type": "string"}, "minItems": self.shortest}


@dataclass(frozen=True, slots=True)
class MapOf(Shape):
    """A mapping from identifiers to one shape, in the order of the file."""

    item: Shape
    what: str

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, Mapping) or not found:
            return reading.refuse(path, f"写的是{shown(found)}，应是一组 {self.what}", "type")
        result, failed = {}, False
        for key, value in found.items():
            if not isinstance(key, str) or not re.fullmatch(IDENTIFIER, key):
                reading.refuse((*path, str(key)), f"{shown(key)} 不能作名字，应是小写字母、数字、连字符", "text")
                failed = True
                continue
            result[key] = self.item.read(value, (*path, key), reading)
            failed = failed or result[key] is FAILED
        return FAILED if failed else result

    def schema(self) -> Schema:
        return {"type": "object", "minProperties": 1, "additionalProperties": self.item.schema()}


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record: its shape, whether it must be there, what it is when it is not."""

    shape: Shape
    required: bool = False
    default: Any = None
    help: str = ""


@dataclass(frozen=True, slots=True)
class Record(Shape):
    """A mapping with closed keys; ``build`` makes the domain value from the read keys."""

    build: Callable[..., Any]
    keys: Mapping[str, Key]
    what: str = "一组键值"

    @property
    def leaf_keys(self) -> frozenset[str]:  # type: ignore[override]
        return frozenset(self.keys)

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, Mapping):
            return reading.refuse(path, f"写的是{shown(found)}，应是{self.what}，键有 {'、'.join(self.keys)}", "type")
        refuse_unknown_keys(found, self.keys, path, reading)
        values, failed = {}, False
        for name, key in self.keys.items():
            if name in found:
                values[name] = key.shape.read(found[name], (*path, name), reading)
            elif key.required:
                values[name] = reading.refuse(path, f"缺少 {name}{key.help and f'（{key.help}）'}", "missing")
            else:
                values[name] = key.default
            failed = failed or values[name] is FAILED
        return FAILED if failed else self.build(**values)

    def schema(self) -> Schema:
        properties = {
            name: key.shape.schema() | ({"description": key.help} if key.help else {})
            for name, key in self.keys.items()
        }
        required = [name for name, key in self.keys.items() if key.required]
        return {"type": "object", "properties": properties, "additionalProperties": False} | (
            {"required": required} if required else {}
        )


def refuse_unknown_keys(found: Mapping[Any, Any], known: Mapping[str, Any], path: Path, reading: Reading) -> None:
    """A key nobody reads is an error: it would be silently ignored otherwise."""
    for name in found:
        if name not in known:
            near = nearest_word(str(name), known)
            reading.refuse(
                (*path, str(name)), f"不认识的键{shown(name)}{near}{listed('；可用的键：', known, near)}", "key"
            )


@dataclass(frozen=True, slots=True)
class Words(Shape):
    """One of some words with a meaning of their own, or else another shape."""

    words: Mapping[str, Any]
    otherwise: Shape
    texts_too: bool = False
    """Whether the other shape reads texts as well."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, str) and found in self.words:
            return self.words[found]
        if isinstance(found, str) and not self.texts_too:
            near = nearest_word(found, self.words)
            return reading.refuse(path, f"写的是{shown(found)}，应是 {'、'.join(self.words)}，或一组规则{near}", "word")
        return self.otherwise.read(found, path, reading)

    def schema(self) -> Schema:
        return {"anyOf": [{"enum": list(self.words)}, self.otherwise.schema()]}
