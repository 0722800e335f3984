"""指标 as written: a published figure of each year (社会平均工资, 人均可支配收入 …) that percentages refer to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calculator.errors import Path, shown
from calculator.figures import FigureOf
from calculator.model import Index, Status
from calculator.shape import FAILED, Key, MapOf, Provenance, Reading, Record, Schema, Shape, SourceIds, Text, Word

_YUAN = FigureOf("yuan")


@dataclass(frozen=True, slots=True)
class _Years(Shape):
    """The figure for each year it applies to."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, Mapping) or not found:
            return reading.refuse(path, f"写的是{shown(found)}，应是 年份: 金额，例如 2026: 98765", "type")
        values: dict[int, Any] = {}
        for year, value in found.items():
            if not re.fullmatch(r"(19|20)\d\d", str(year), re.ASCII):
                return reading.refuse((*path, str(year)), f"写的是{shown(year)}，应是四位的年份", "date")
            values[int(str(year))] = _YUAN.read(value, (*path, year), reading)
        return FAILED if FAILED in values.values() else values

    def schema(self) -> Schema:
        return {"type": "object", "minProperties": 1, "additionalProperties": _YUAN.schema()}


_KEYS: Mapping[str, Key] = {
    "name": Key(Text("指标的名字", longest=60), required=True),
    "status": Key(Word(tuple(Status)), required=True),
    "sources": Key(SourceIds(), required=True),
    "note": Key(Text("一句说明"), default=""),
    "values": Key(_Years(), required=True, help="年份: 金额；年份是它用于待遇或缴费的那一年"),
}


@dataclass(frozen=True, slots=True)
class _IndexOf(Shape):
    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, Mapping):
            return reading.refuse(path, f"写的是{shown(found)}，应是一个指标（name、status、sources、values）", "type")
        outer = reading.prefix, reading.root, reading.document, reading.figures
        reading.prefix, reading.root, reading.document = "index//", ("indices",), {path[-1]: found}
        head: Any = Record(lambda **v: v, {**_KEYS, "values": Key(_Raw(), required=True)}, "一个指标").read(
            found, path, reading
        )
        values: Any = head if head is FAILED else self._values(found, head, path, reading)
        reading.prefix, reading.root, reading.document, reading.figures = outer
        return FAILED if values is FAILED else Index(str(path[-1]), head["name"], values)

    @staticmethod
    def _values(found: Mapping[str, Any], head: Any, path: Path, reading: Reading) -> Any:
        with reading.under(Provenance(Status(head["status"]), head["sources"], head["note"])):
            return _Years().read(found["values"], (*path, "values"), reading)

    def schema(self) -> Schema:
        return Record(dict, _KEYS).schema()


class _Raw(Shape):
    def read(self, found: object, path: Path, reading: Reading) -> Any:  # noqa: ARG002 - read again with its provenance
        return found


INDICES = MapOf(_IndexOf(), "指标")
