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

from calculator.errors import Path, Problem, nearest_word, shown
from calculator.model import DIMENSION_WORDS, Alternative, Branch, Figure, Status
from calculator.money import LARGEST, ONE, policy_amount, policy_ratio


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
        among = f"{'、'.join(self.options)} 之一" if len(self.options) > 1 else self.options[0]
        return reading.refuse(path, f"写的是{shown(found)}，应是 {among}{near}", "word")

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
class ListOf(Shape):
    """A list of one shape, at least ``shortest`` long."""

    item: Shape
    shortest: int = 1
    longest: int = 2000
    distinct: bool = False

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
            reading.refuse((*path, str(name)), f"不认识的键{shown(name)}{near}；可用的键：{'、'.join(known)}", "key")


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


_UNIT_WORDS = {
    "yuan": "金额，例如 1300 或 364.72（不带千分位和“元”）",
    "percent": "百分比，例如 85%",
    "multiple": "倍数，写成百分比，例如 200%",
}


@dataclass(frozen=True, slots=True)
class FigureOf(Shape):
    """A figure: exact; ``{range: [low, high]}``; ``{disputed: [{value, sources, note}, …]}``; or
    ``{value, status, sources, note}`` when its provenance differs from the edition's."""

    unit: str
    options: tuple[str, ...] = ()
    leaf_keys: frozenset[str] = frozenset({"value", "range", "disputed", "status", "sources", "note"})

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        name = reading.field_name(path)
        if not isinstance(found, Mapping):
            value = self.value(found, path, reading)
            return (
                FAILED
                if value is FAILED
                else self._figure(name, "exact", (value,), reading.provenance_of(name), reading)
            )
        refuse_unknown_keys(found, dict.fromkeys(sorted(self.leaf_keys)), path, reading)
        forms = [form for form in ("value", "range", "disputed") if form in found]
        if len(forms) != 1:
            return reading.refuse(path, "要写 value、range、disputed 中的一个，而且只写一个", "figure")
        own = self._own_provenance(found, path, reading, reading.provenance_of(name))
        if forms == ["disputed"]:
            return self._disputed(found["disputed"], (*path, "disputed"), name, own, reading)
        if forms == ["range"]:
            ends = self._range(found["range"], (*path, "range"), reading)
            return FAILED if ends is FAILED else self._figure(name, "range", ends, own, reading)
        value = self.value(found["value"], (*path, "value"), reading)
        return FAILED if value is FAILED else self._figure(name, "exact", (value,), own, reading)

    def value(self, found: object, path: Path, reading: Reading) -> Any:
        """One bare value in this figure's unit."""
        if self.unit == "word":
            return Word(self.options).read(found, path, reading)
        value = policy_amount(found) if self.unit == "yuan" else policy_ratio(found)
        if value is None:
            return reading.refuse(path, f"写的是{shown(found)}，应是{_UNIT_WORDS[self.unit]}", _CHECKS[self.unit])
        if self.unit == "percent" and value > ONE:
            return reading.refuse(path, f"写的是{shown(found)}，应在 0% 到 100% 之间", "percentage")
        if self.unit == "multiple" and value > 10:
            return reading.refuse(path, f"写的是{shown(found)}，应在 0% 到 1000% 之间", "percentage")
        if self.unit == "yuan" and value > LARGEST:
            return reading.refuse(path, f"写的是{shown(found)}，超过 10 亿元", "amount")
        return value

    def _own_provenance(self, found: Mapping[str, Any], path: Path, reading: Reading, outer: Provenance) -> Provenance:
        status, sources, note = outer.status, outer.sources, outer.note
        if "status" in found:
            read = Word(tuple(Status)).read(found["status"], (*path, "status"), reading)
            status = status if read is FAILED else Status(read)
        if "sources" in found:
            read = SourceIds().read(found["sources"], (*path, "sources"), reading)
            sources = sources if read is FAILED else read
        if "note" in found:
            read = Text("一句说明").read(found["note"], (*path, "note"), reading)
            note = note if read is FAILED else read
        return Provenance(status, sources, note)

    def _range(self, found: object, path: Path, reading: Reading) -> Any:
        if self.unit == "word" or not isinstance(found, list | tuple) or len(found) != 2:
            return reading.refuse(path, f"写的是{shown(found)}，应是两个数 [低, 高]", "range")
        ends = [self.value(end, (*path, index), reading) for index, end in enumerate(found)]
        if any(end is FAILED for end in ends):
            return FAILED
        if ends[0] >= ends[1]:
            return reading.refuse(path, "范围要先写低的，再写高的，而且不能相等", "range")
        return tuple(ends)

    def _disputed(self, found: object, path: Path, name: str, own: Provenance, reading: Reading) -> Any:
        if not isinstance(found, list | tuple) or len(found) < 2:
            return reading.refuse(path, "有争议的数字至少要列出两种说法，每种写 value 和 sources", "dispute")
        sides: list[Alternative] = []
        for index, side in enumerate(found):
            read = self._side(side, (*path, index), reading)
            if read is not FAILED:
                sides.append(read)
        if len(sides) < len(found):
            return FAILED
        values = tuple(side.value for side in sides)
        if len(set(values)) < len(values):
            return reading.refuse(path, "两种说法的数字相同，不算争议", "dispute")
        sources = tuple(dict.fromkeys(source for side in sides for source in side.sources))
        invented = own.status is Status.ILLUSTRATIVE
        disputed = Provenance(own.status if invented else Status.DISPUTED, sources, own.note)
        return self._figure(name, "disputed", values, disputed, reading, tuple(sides))

    def _side(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, Mapping):
            return reading.refuse(path, f"写的是{shown(found)}，应是 {{value, sources, note}}", "dispute")
        keys = {"value": None, "sources": None, "note": None}
        refuse_unknown_keys(found, keys, path, reading)
        if "value" not in found or "sources" not in found:
            return reading.refuse(path, "每种说法都要写 value 和 sources", "dispute")
        value = self.value(found["value"], (*path, "value"), reading)
        sources = SourceIds().read(found["sources"], (*path, "sources"), reading)
        note = Text("一句说明").read(found["note"], (*path, "note"), reading) if "note" in found else ""
        return FAILED if FAILED in (value, sources, note) else Alternative(value, sources, note)

    def _figure(
        self,
        name: str,
        kind: str,
        values: tuple[object, ...],
        provenance: Provenance,
        reading: Reading,
        sides: tuple[Alternative, ...] = (),
    ) -> Figure:
        figure = Figure(
            reference=reading.prefix + name,
            unit=self.unit,
            kind=kind,
            values=values,
            status=provenance.status,
            sources=provenance.sources,
            note=provenance.note,
            sides=sides,
        )
        reading.figures.append(figure)
        return figure

    def schema(self) -> Schema:
        return {"$ref": f"#/$defs/figure_{self.unit}" + ("_" + "_".join(self.options) if self.options else "")}

    def definition(self) -> Schema:
        """The JSON Schema of this kind of figure, to stand under ``$defs``."""
        values: dict[str, Schema] = {
            "yuan": {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": r"^\d+(\.\d{1,2})?$"}]},
            "percent": {"type": "string", "pattern": r"^\d+(\.\d{1,4})?%$"},
            "multiple": {"type": "string", "pattern": r"^\d+(\.\d{1,4})?%$"},
            "word": {"enum": list(self.options)},
        }
        value = values[self.unit]
        sources = {"type": "array", "items": {"type": "string"}, "minItems": 1}
        provenance = {"status": {"enum": list(Status)}, "sources": sources, "note": {"type": "string"}}
        side = {
            "type": "object",
            "properties": {"value": value, "sources": sources, "note": {"type": "string"}},
            "required": ["value", "sources"],
            "additionalProperties": False,
        }
        forms = {
            "value": value,
            "range": {"type": "array", "items": value, "minItems": 2, "maxItems": 2},
            "disputed": {"type": "array", "items": side, "minItems": 2},
        }
        if self.unit == "word":
            del forms["range"]
        rich = [
            {"type": "object", "properties": {form: s} | provenance, "required": [form], "additionalProperties": False}
            for form, s in forms.items()
        ]
        return {"anyOf": [value, *rich]}


_CHECKS = {"yuan": "amount", "percent": "percentage", "multiple": "percentage"}


@dataclass(frozen=True, slots=True)
class TableOf(Shape):
    """A published table: a leaf, or branches whose keys all belong to one dimension."""

    leaf: Shape
    name: str
    """The definition's name in the JSON Schema."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, Mapping) or (found and any(key in self.leaf.leaf_keys for key in found)):
            return self.leaf.read(found, path, reading)
        if not found:
            return reading.refuse(path, "这里是空的，至少要有一项", "empty")
        dimension = self._dimension(found, path, reading)
        known = {key for words in reading.words.values() for key in words}
        entries = {key: self.read(value, (*path, key), reading) for key, value in found.items() if key in known}
        if not dimension or any(entry is FAILED for entry in entries.values()):
            return FAILED
        return Branch(dimension, entries)

    def _dimension(self, found: Mapping[Any, Any], path: Path, reading: Reading) -> str | None:
        """The one dimension to which all keys belong; problems noted otherwise."""
        of_key = {key: next((d for d, words in reading.words.items() if key in words), None) for key in found}
        known = [word for words in reading.words.values() for word in words]
        for key, dimension in of_key.items():
            if dimension is None:
                near = nearest_word(str(key), [*known, *self.leaf.leaf_keys])
                listed = "；".join(f"{DIMENSION_WORDS[d]} {'、'.join(w)}" for d, w in reading.words.items() if w)
                reading.refuse((*path, str(key)), f"不认识的词{shown(key)}{near}；表头可用：{listed}", "key")
        dimensions = set(of_key.values())
        if None in dimensions:
            return None
        if len(dimensions) > 1:
            kinds = "、".join(DIMENSION_WORDS[d] for d in sorted(d for d in dimensions if d))
            reading.refuse(path, f"同一层表头里混了 {kinds}，要分成上下两层", "table")
            return None
        return dimensions.pop()

    def schema(self) -> Schema:
        return {"$ref": f"#/$defs/table_{self.name}"}

    def definition(self) -> Schema:
        """The JSON Schema of this table, to stand under ``$defs``."""
        branch = {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": f"^{IDENTIFIER}$", "not": {"enum": sorted(self.leaf.leaf_keys)}},
            "additionalProperties": self.schema(),
        }
        return {"anyOf": [self.leaf.schema(), branch]}
