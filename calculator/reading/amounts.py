"""Tables of percentages and amounts, and amounts by number of admission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from calculator.errors import Path
from calculator.figures import FigureOf, TableOf
from calculator.model import Amounts
from calculator.shape import (
    FAILED,
    ListOf,
    Reading,
    Schema,
    Shape,
    Words,
)

PERCENT = TableOf(FigureOf("percent"), "percent")
YUAN = TableOf(FigureOf("yuan"), "yuan")
MULTIPLE = TableOf(FigureOf("multiple"), "multiple")


@dataclass(frozen=True, slots=True)
class AmountsOf(Shape):
    """One amount for every admission, or a list by number of admission whose last item repeats.

    ``unknown`` stands for an amount nobody told us.
    """

    figure: FigureOf

    @property
    def leaf_keys(self) -> frozenset[str]:  # type: ignore[override]
        return self.figure.leaf_keys

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        item = Words({"unknown": None}, self.figure, texts_too=True)
        if isinstance(found, list | tuple):
            figures = ListOf(item, longest=50).read(found, path, reading)
            return FAILED if figures is FAILED else Amounts(figures)
        figure = item.read(found, path, reading)
        return FAILED if figure is FAILED else Amounts((figure,))

    def schema(self) -> Schema:
        item: Schema = {"anyOf": [{"const": "unknown"}, self.figure.schema()]}
        return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


AMOUNTS = TableOf(AmountsOf(FigureOf("yuan")), "amounts")
