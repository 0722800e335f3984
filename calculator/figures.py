"""Figures and published tables as written: the shapes whose values carry a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeGuard

from calculator.errors import Path, nearest_word, shown
from calculator.model import OTHER, Alternative, Branch, Figure, Status
from calculator.money import LARGEST, ONE, policy_amount, policy_ratio
from calculator.shape import (
    FAILED,
    IDENTIFIER,
    Provenance,
    Reading,
    Schema,
    Shape,
    SourceIds,
    Text,
    Word,
    refuse_unknown_keys,
)

_UNIT_WORDS = {
    "yuan": "金额，例如 1300 或 364.72（不带千分位和“元”）",
    "percent": "百分比，例如 85%",
    "multiple": "倍数，写成百分比，例如 200%",
    "days": "天数，写整数，例如 98",
    "hours": "小时数，写整数，例如 30",
    "months": "月数，写整数，例如 3",
    "years": "年数，写整数，例如 25",
    "year": "年份，例如 2026",
}
COUNTED: Mapping[str, tuple[int, int]] = {
    "days": (0, 3660),
    "hours": (0, 744),
    "months": (0, 720),
    "years": (0, 60),
    "year": (1990, 2100),
}
"""Units of whole numbers, each with the least and the most that is no slip of the keyboard."""


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
        if self.unit in COUNTED:
            return self._counted(found, path, reading)
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

    def _counted(self, found: object, path: Path, reading: Reading) -> Any:
        """A whole number of days, hours, months or years."""
        least, most = COUNTED[self.unit]
        if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= most:
            message = f"写的是{shown(found)}，应是{_UNIT_WORDS[self.unit]}，在 {least} 到 {most} 之间"
            return reading.refuse(path, message, "whole")
        return Decimal(found)

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
            **{unit: {"type": "integer", "minimum": low, "maximum": high} for unit, (low, high) in COUNTED.items()},
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
    """A published table: a leaf, or branches whose keys all belong to one dimension.

    A cell ``unknown`` is one that nobody told us: it is left out. A cell that the rows beside have and that is neither
    there nor called unknown is a hole, and refused.
    """

    leaf: Shape
    name: str
    """The definition's name in the JSON Schema."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        table = self._table(found, path, reading)
        if table is not FAILED:
            self._refuse_holes(found, path, reading)
        return table

    def _is_branch(self, found: object) -> TypeGuard[Mapping[Any, Any]]:
        return isinstance(found, Mapping) and not (found and any(key in self.leaf.leaf_keys for key in found))

    def _table(self, found: object, path: Path, reading: Reading) -> Any:
        if not self._is_branch(found):
            return self.leaf.read(found, path, reading)
        if not found:
            return reading.refuse(path, "这里是空的，至少要有一项", "empty")
        dimension = self._dimension({key: value for key, value in found.items() if key != OTHER}, path, reading)
        known = {key for words in reading.words.values() for key in words} | {OTHER}
        left_out = () if self.leaf.takes_unknown else ("unknown",)
        entries = {
            key: self._table(value, (*path, key), reading)
            for key, value in found.items()
            if key in known and value not in left_out
        }
        if not dimension or any(entry is FAILED for entry in entries.values()):
            return FAILED
        if not entries:
            return reading.refuse(path, "这里全是 unknown，一个数也没有", "empty")
        return Branch(dimension, entries)

    def _refuse_holes(self, found: object, path: Path, reading: Reading) -> None:
        """A cell that is not there although the rows beside have it. Rules of out-of-area cases are no such table."""
        if not self._is_branch(found) or self.name == "treatment":
            return
        rows = {key: value for key, value in found.items() if self._is_branch(value)}
        for key, row in rows.items():
            across = self._dimension_of(row, reading)
            beside = (other for other in rows.values() if self._dimension_of(other, reading) == across)
            if OTHER not in row:
                wanted = dict.fromkeys(word for other in beside for word in other)
                self._refuse_missing(row, wanted, (*path, key), reading)
            self._refuse_holes(row, (*path, key), reading)

    @staticmethod
    def _refuse_missing(found: Mapping[Any, Any], wanted: Iterable[str], path: Path, reading: Reading) -> None:
        missing = [word for word in wanted if word not in found and word != OTHER]
        if missing:
            words = "、".join(missing)
            message = f"表里缺 {words}：查到了就补上，没查到写 unknown，和其余的一样写 other"
            reading.refuse(path, message, "table")

    @staticmethod
    def _dimension_of(found: Mapping[Any, Any], reading: Reading) -> str:
        first = next(key for key in found if key != OTHER)
        return next(dimension for dimension, words in reading.words.items() if first in words)

    def _dimension(self, found: Mapping[Any, Any], path: Path, reading: Reading) -> str | None:
        """The one dimension to which all keys belong; problems noted otherwise."""
        if not found:
            reading.refuse(path, "只写 other（其余）看不出按什么分；至少再写一个词", "table")
            return None
        of_key = {key: next((d for d, words in reading.words.items() if key in words), None) for key in found}
        known = [word for words in reading.words.values() for word in words]
        for key, dimension in of_key.items():
            if dimension is None:
                near = nearest_word(str(key), [*known, *self.leaf.leaf_keys])
                every = "；".join(f"{reading.dimensions[d]} {'、'.join(w)}" for d, w in reading.words.items() if w)
                known_words = "" if near else f"；表头可用：{every}"
                reading.refuse((*path, str(key)), f"不认识的词{shown(key)}{near}{known_words}", "key")
        dimensions = set(of_key.values())
        if None in dimensions:
            return None
        if len(dimensions) > 1:
            kinds = "、".join(reading.dimensions[d] for d in sorted(d for d in dimensions if d))
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
            "additionalProperties": {"anyOf": [{"const": "unknown"}, self.schema()]},
        }
        return {"anyOf": [self.leaf.schema(), branch]}
