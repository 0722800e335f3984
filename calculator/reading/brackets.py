"""费用分段表 as written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from calculator.errors import Path, nearest_word, shown
from calculator.figures import FigureOf, TableOf
from calculator.model import Brackets, Branch, Figure, Segment, Status
from calculator.money import number
from calculator.reading.amounts import AmountOf
from calculator.shape import (
    FAILED,
    Failed,
    Key,
    ListOf,
    Reading,
    Record,
    Schema,
    Shape,
    Text,
    Word,
)

COUNT_FROM = FigureOf("word", ("zero", "deductible"))
APPLY = FigureOf("word", ("marginal", "whole"))
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class BracketsOf(Shape):
    """费用分段表, laid out as notices print it: a column of upper bounds, then one column per kind of person."""

    leaf_keys: frozenset[str] = frozenset({"count_from", "apply", "axis", "columns", "rows"})

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        keys = {
            "count_from": Key(COUNT_FROM, required=True, help="zero 分段含起付线，deductible 从起付线以上算起"),
            "apply": Key(APPLY, help="marginal 分段计算，whole 全额按达到的那一段"),
            "axis": Key(Word(("stay", "year")), default="stay", help="stay 按本次费用，year 按当年累计"),
            "columns": Key(ListOf(Text("列名"), shortest=2), required=True),
            "rows": Key(_RawRows(), required=True),
        }
        read = Record(lambda **values: values, keys, "一张分段表").read(found, path, reading)
        if read is FAILED:
            return FAILED
        if read["apply"] is None:
            read["apply"] = _assumed("marginal")
        columns = self._columns(read["columns"], (*path, "columns"), reading)
        segments = self._segments(read["rows"], columns, (*path, "rows"), reading) if columns else FAILED
        if isinstance(segments, Failed):
            return FAILED
        return Brackets(read["count_from"], read["apply"], read["axis"], segments)

    def _columns(self, names: Sequence[str], path: Path, reading: Reading) -> list[list[tuple[str, str]]] | None:
        """Each column as (dimension, word) pairs; all columns of the same dimensions, none twice."""
        if names[0] != "up_to":
            reading.refuse((*path, 0), f"第一列写的是{shown(names[0])}，应是 up_to（到多少元）", "table")
            return None
        columns: list[list[tuple[str, str]]] = []
        known = {word: dimension for dimension, words in reading.words.items() for word in words}
        for index, name in enumerate(names[1:], start=1):
            if name == "all":
                columns.append([])
                continue
            pairs = []
            for word in name.split("/"):
                if word not in known:
                    near = nearest_word(word, known)
                    reading.refuse((*path, index), f"列名里有不认识的词{shown(word)}{near}", "key")
                    return None
                pairs.append((known[word], word))
            columns.append(pairs)
        if len({tuple(d for d, _ in pairs) for pairs in columns}) > 1 or len({str(p) for p in columns}) < len(columns):
            reading.refuse(
                path, "各列的表头要用同样的分类，写成同样的顺序，而且不能重复，例如 tertiary/in_service", "table"
            )
            return None
        return columns

    def _segments(self, rows: Sequence[Any], columns: list[Any], path: Path, reading: Reading) -> Any:
        segments: list[Segment] = []
        failed = False
        for n, row in enumerate(rows):
            if not isinstance(row, list | tuple) or len(row) != len(columns) + 1:
                cells = len(row) if isinstance(row, list | tuple) else 1
                reading.refuse((*path, n), f"这一行有 {cells} 格，表头有 {len(columns) + 1} 列", "table")
                failed = True
                continue
            last = n == len(rows) - 1
            bound = self._bound(row[0], last, (*path, n, 0), reading)
            ratios = [self._ratio(c, columns, (*path, n, i), reading) for i, c in enumerate(row[1:], start=1)]
            if bound is FAILED or FAILED in ratios:
                failed = True
                continue
            segments.append(Segment(bound, _table(list(zip(columns, ratios, strict=True)))))
        if not failed and all(cell == UNKNOWN for row in rows for cell in row[1:]):
            reading.refuse(path, "这里全是 unknown，一个比例也没有", "empty")
            return FAILED
        if failed:
            return FAILED
        bounds = [segment.up_to for segment in segments]
        for n, (lower, upper) in enumerate(pairwise(bounds), start=1):
            if not isinstance(lower, Figure) or not isinstance(upper, Figure):
                continue  # a percentage of an index differs from year to year
            if max(map(number, lower.values)) >= min(map(number, upper.values)):
                reading.refuse((*path, n, 0), "各段的上界要从小到大", "table")
                return FAILED
        return tuple(segments)

    @staticmethod
    def _ratio(found: object, columns: list[Any], path: Path, reading: Reading) -> Any:
        """A cell; None for ``unknown``, a ratio nobody told us, which needs a word to be told by."""
        if found != UNKNOWN:
            return FigureOf("percent").read(found, path, reading)
        if columns == [[]]:
            return reading.refuse(path, "只有一列 all 时不能写 unknown；按人员或者等级分列", "table")
        return None

    @staticmethod
    def _bound(found: object, last: bool, path: Path, reading: Reading) -> Any:
        if found == "above":
            return None if last else reading.refuse(path, "above（以上）只能写在最后一行", "table")
        if last:
            return reading.refuse(
                path, f"最后一行写的是{shown(found)}，应是 above（以上）；到顶的金额写在 cap 里", "table"
            )
        return AmountOf().read(found, path, reading)

    def schema(self) -> Schema:
        cell = {"anyOf": [AmountOf().schema(), FigureOf("percent").schema(), {"enum": ["above", UNKNOWN]}]}
        return {
            "type": "object",
            "properties": {
                "count_from": COUNT_FROM.schema(),
                "apply": APPLY.schema(),
                "axis": {"enum": ["stay", "year"]},
                "columns": {"type": "array", "items": {"type": "string"}, "minItems": 2},
                "rows": {"type": "array", "minItems": 1, "items": {"type": "array", "items": cell, "minItems": 2}},
            },
            "required": ["count_from", "columns", "rows"],
            "additionalProperties": False,
        }


@dataclass(frozen=True, slots=True)
class _RawRows(Shape):
    """Rows as written; ``BracketsOf`` reads the cells once it knows the columns."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, list | tuple) and 1 <= len(found) <= 200:
            return tuple(found)
        return reading.refuse(path, f"写的是{shown(found)}，应是 1 到 200 行，每行一个列表", "type")


def _assumed(word: str) -> Figure:
    """The reading every notice means unless it says otherwise; it is no figure of a source."""
    return Figure("", "word", "exact", (word,), Status.OFFICIAL, ())


def _table(cells: Sequence[tuple[list[tuple[str, str]], Figure | None]]) -> Any:
    """Columns of equal dimensions → nested branches; a cell nobody told us is left out, as in any table."""
    if not cells[0][0]:
        return cells[0][1]
    dimension = cells[0][0][0][0]
    inner: dict[str, list[Any]] = {}
    for pairs, figure in cells:
        inner.setdefault(pairs[0][1], []).append((pairs[1:], figure))
    return Branch(dimension, {word: _table(rest) for word, rest in inner.items() if any(f for _, f in rest)})


BRACKETS = TableOf(BracketsOf(), "brackets")
