"""One edition: a head that says from when and from where, and rules whose figures inherit that provenance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any

from calculator.errors import Path, nearest_word, shown
from calculator.model import Benefit, Care, Contribution, Edition, Rounding, Scheme, Status
from calculator.money import MODES, UNITS
from calculator.programs import Program
from calculator.shape import (
    FAILED,
    Annotation,
    Day,
    Key,
    ListOf,
    Provenance,
    Reading,
    Record,
    Schema,
    Shape,
    SourceIds,
    Text,
    Word,
    covers,
    refuse_unknown_keys,
)

ROUNDING = Record(
    Rounding,
    {
        "at": Key(Word(("end", "layer", "segment")), default="end", help="在哪一步取整"),
        "unit": Key(Word(tuple(UNITS)), default="fen"),
        "mode": Key(Word(tuple(MODES)), default="half_up"),
    },
    "取整规则",
)

_ANNOTATION_KEYS: Mapping[str, Key] = {
    "field": Key(Text("字段名", longest=200), required=True),
    "status": Key(Word(tuple(Status)), required=True),
    "sources": Key(SourceIds(), required=True),
    "note": Key(Text("一句说明"), default=""),
}
_HEAD_KEYS: Mapping[str, Key] = {
    "from": Key(Day(), required=True, help="从哪一天起执行"),
    "until": Key(Day(), help="执行到哪一天，含当天"),
    "status": Key(Word(tuple(Status)), required=True, help="这一版的可信程度"),
    "sources": Key(SourceIds(), required=True),
    "note": Key(Text("一句说明"), default=""),
    "annotations": Key(ListOf(Record(dict, _ANNOTATION_KEYS, "一条批注")), default=()),
}


@dataclass(frozen=True, slots=True)
class EditionOf(Shape):
    """One edition: a head that says from when and from where, then rules whose figures inherit that provenance."""

    build: Callable[..., Edition]
    rules: Mapping[str, Key]

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, Mapping):
            return reading.refuse(path, f"写的是{shown(found)}，应是一版标准（from、status、sources …）", "type")
        refuse_unknown_keys(found, {**_HEAD_KEYS, **self.rules}, path, reading)
        head = self._keys(found, _HEAD_KEYS, path, reading)
        outer = (reading.root, reading.document, reading.annotations, reading.figures)
        reading.root, reading.document, reading.figures = path, found, []
        reading.annotations = self._annotations(head, path)
        status = Status.ILLUSTRATIVE if head["status"] is FAILED else Status(head["status"])
        sources = () if head["sources"] is FAILED else head["sources"]
        with reading.under(Provenance(status, sources, "" if head["note"] is FAILED else head["note"])):
            rules = self._keys(found, self.rules, path, reading)
        unknown = tuple(_unknown(found, path, reading))
        figures, broken = tuple(reading.figures), any(value is FAILED for value in (*head.values(), *rules.values()))
        if not broken:
            self._refuse_unused(reading.annotations, figures, reading)
        reading.root, reading.document, reading.annotations, reading.figures = outer
        reading.figures.extend(figures)
        if broken:
            return FAILED
        if head["until"] and head["until"] < head["from"]:
            return reading.refuse((*path, "until"), f"结束日 {head['until']} 早于开始日 {head['from']}", "edition")
        return self.build(
            since=head["from"], until=head["until"], status=status, sources=sources, note=head["note"],
            figures=figures, unknown=unknown, **rules,
        )  # fmt: skip

    @staticmethod
    def _keys(found: Mapping[str, Any], keys: Mapping[str, Key], path: Path, reading: Reading) -> dict[str, Any]:
        known = {name: value for name, value in found.items() if name in keys}
        values: dict[str, Any] = {}
        for name, key in keys.items():
            if name in known:
                values[name] = key.shape.read(known[name], (*path, name), reading)
            elif key.required:
                values[name] = reading.refuse(path, f"缺少 {name}{key.help and f'（{key.help}）'}", "missing")
            else:
                values[name] = key.default
        return values

    @staticmethod
    def _annotations(head: Mapping[str, Any], path: Path) -> Sequence[Annotation]:
        if head["annotations"] is FAILED:
            return ()
        return tuple(
            Annotation(a["field"], Status(a["status"]), a["sources"], a["note"], (*path, "annotations", i, "field"))
            for i, a in enumerate(head["annotations"])
        )

    @staticmethod
    def _refuse_unused(annotations: Sequence[Annotation], figures: Sequence[Any], reading: Reading) -> None:
        """An annotation must name a field that holds a figure."""
        names = [figure.reference[len(reading.prefix) :] for figure in figures]
        for number, annotation in enumerate(annotations):
            if annotation.field in [other.field for other in annotations[:number]]:
                reading.refuse(annotation.path, f"{shown(annotation.field)} 已经批注过", "duplicate")
            if not any(covers(annotation.field, name) for name in names):
                near = nearest_word(annotation.field, names)
                reading.refuse(annotation.path, f"这一版里没有{shown(annotation.field)}这个字段{near}", "annotation")

    def schema(self) -> Schema:
        keys = {**_HEAD_KEYS, **self.rules}
        return Record(dict, keys).schema()


def _unknown(found: object, path: Path, reading: Reading) -> Iterator[str]:
    """The name of every field written ``unknown``, at any depth."""
    if found == "unknown":
        yield reading.field_name(path)
    elif isinstance(found, Mapping):
        for key, inner in found.items():
            yield from _unknown(inner, (*path, key), reading)
    elif isinstance(found, list | tuple):
        for index, inner in enumerate(found):
            yield from _unknown(inner, (*path, index), reading)


@dataclass(frozen=True, slots=True)
class EditionsOf(Shape):
    """A benefit or contribution: what it is for, then editions, oldest first, that never overlap."""

    build: type[Benefit | Contribution | Program]
    head: Mapping[str, Key]
    edition: EditionOf
    name: str = "contribution"
    """The part of a figure's reference that says what it is for, where there is no ``care``."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, Mapping):
            return reading.refuse(
                path, f"写的是{shown(found)}，应是一组键值（{'、'.join(self.head)}、editions）", "type"
            )
        keys = {**self.head, "editions": Key(ListOf(self.edition), required=True)}
        scheme, care = found.get("scheme"), found.get("care", self.name)
        outer_words, outer_prefix = reading.words, reading.prefix
        groups = outer_words.get(f"group:{scheme}", {})
        reading.words = {d: w for d, w in outer_words.items() if not d.startswith("group:")} | {"group": groups}
        reading.prefix = f"{scheme}/{care}/"
        result = Record(lambda **values: values, keys).read(found, path, reading)
        reading.words, reading.prefix = outer_words, outer_prefix
        if result is FAILED:
            return FAILED
        self._refuse_disorder(result["editions"], path, reading)
        enums = {"scheme": Scheme(result["scheme"])} | ({"care": Care(result["care"])} if "care" in result else {})
        return self.build(**(result | enums))

    @staticmethod
    def _refuse_disorder(editions: Sequence[Edition], path: Path, reading: Reading) -> None:
        for index, (older, newer) in enumerate(pairwise(editions), start=1):
            place = (*path, "editions", index, "from")
            if newer.since <= older.since:
                reading.refuse(place, f"各版要从旧到新排列：{newer.since} 不晚于上一版的 {older.since}", "edition")
            elif older.until and older.until >= newer.since:
                last = newer.since - timedelta(days=1)
                reading.refuse(place, f"和上一版重叠：上一版到 {older.until}，应不晚于 {last}", "edition")

    def schema(self) -> Schema:
        return Record(dict, {**self.head, "editions": Key(ListOf(self.edition), required=True)}).schema()
