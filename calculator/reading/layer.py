"""保障层 and 保底 as written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from calculator.errors import Path
from calculator.figures import FigureOf
from calculator.model import Base, Clamp, Guarantee, Layer
from calculator.money import number
from calculator.reading.amounts import PERCENT
from calculator.reading.brackets import BRACKETS
from calculator.reading.cap import CAP
from calculator.reading.changes import RATIO_CHANGES
from calculator.reading.deductible import DEDUCTIBLE
from calculator.shape import (
    FAILED,
    Key,
    ListOf,
    Reading,
    Record,
    Schema,
    Shape,
    Text,
    Word,
    Words,
    identifier,
)


@dataclass(frozen=True, slots=True)
class _ClampOf(Shape):
    """比例的下限和上限, the lower one first."""

    def _record(self) -> Record:
        keys = {"min": Key(FigureOf("percent")), "max": Key(FigureOf("percent"))}
        return Record(lambda **ends: Clamp(ends["min"], ends["max"]), keys, "比例的下限和上限")

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        clamp = self._record().read(found, path, reading)
        if not isinstance(clamp, Clamp) or clamp.minimum is None or clamp.maximum is None:
            return clamp
        if max(map(number, clamp.minimum.values)) > min(map(number, clamp.maximum.values)):
            return reading.refuse(path, "下限 min 高于上限 max", "range")
        return clamp

    def schema(self) -> Schema:
        return self._record().schema()


@dataclass(frozen=True, slots=True)
class _LayerOf(Shape):
    """One layer; its ratio is flat or in brackets, never both."""

    own_parts: tuple[str, ...]

    def _record(self) -> Record:
        base = Words(
            {"eligible": Base("eligible"), "excess": Base("excess")},
            Record(
                lambda own: Base("own", own),
                {"own": Key(ListOf(Word(self.own_parts), distinct=True), required=True)},
                "个人负担的哪几部分",
            ),
        )
        return Record(
            lambda **values: values,
            {
                "id": Key(identifier("层的 id", "basic"), required=True),
                "name": Key(Text("层的名字", longest=40), required=True),
                "base": Key(base, help="这一层按什么计算：eligible、excess 或 {own: […]}"),
                "deductible": Key(DEDUCTIBLE, required=True, help="起付线；没有写 none，没查到写 unknown"),
                "ratio": Key(PERCENT, help="支付比例"),
                "brackets": Key(BRACKETS, help="分段支付比例"),
                "changes": Key(RATIO_CHANGES, default=(), help="比例的调整，按先后顺序"),
                "clamp": Key(_ClampOf(), default=Clamp(None, None)),
                "cap": Key(CAP, required=True, help="封顶线；没有写 none，没查到写 unknown"),
            },
            "一个保障层",
        )

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        values = self._record().read(found, path, reading)
        if values is FAILED:
            return FAILED
        if (values["ratio"] is None) == (values["brackets"] is None):
            return reading.refuse(path, "要写 ratio 或 brackets，而且只写一个", "layer")
        if values["base"] is None:
            if path[-1] != 0:
                return reading.refuse(path, "第二层起要写 base：eligible、excess 或 {own: […]}", "layer")
            values["base"] = Base("eligible")
        return Layer(**values)

    def schema(self) -> Schema:
        return self._record().schema()


def layer_shape(own_parts: tuple[str, ...]) -> Shape:
    """保障层 as written in a file."""
    return _LayerOf(own_parts)


def guarantee_shape() -> Shape:
    """保底 as written in a file."""
    return Record(Guarantee, {"ratio": Key(PERCENT, required=True)}, "保底比例")
