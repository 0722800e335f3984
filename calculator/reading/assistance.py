"""资助参保 as written: by class of people, what 医疗救助 pays of the premium."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calculator.errors import Path
from calculator.figures import FigureOf, TableOf
from calculator.model import Assistance
from calculator.shape import FAILED, Key, Reading, Record, Schema, Shape, Words

_ASSISTANCE = Words(
    {"none": Assistance()},
    Record(Assistance, {"ratio": Key(FigureOf("percent")), "amount": Key(FigureOf("yuan"))}, "资助多少"),
)


@dataclass(frozen=True, slots=True)
class AssistanceOf(Shape):
    """``none``, or a share or an amount of what the person pays."""

    leaf_keys: frozenset[str] = frozenset({"ratio", "amount"})

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        read = _ASSISTANCE.read(found, path, reading)
        if read is not FAILED and isinstance(found, Mapping) and (read.ratio is None) == (read.amount is None):
            return reading.refuse(path, "要写 ratio 或 amount，而且只写一个；没有资助写 none", "contribution")
        return read

    def schema(self) -> Schema:
        return _ASSISTANCE.schema()


ASSISTANCE = TableOf(AssistanceOf(), "assistance")
