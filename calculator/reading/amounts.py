"""Tables of percentages and amounts; an amount is a figure or a percentage of something; amounts by admission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calculator.errors import Path, nearest_word, shown
from calculator.figures import FigureOf, TableOf
from calculator.model import Amounts, PercentOf, Rounding
from calculator.money import MODES, UNITS
from calculator.shape import FAILED, Key, ListOf, Reading, Record, Schema, Shape, Text, Word, Words

PERCENT = TableOf(FigureOf("percent"), "percent")
MULTIPLE = TableOf(FigureOf("multiple"), "multiple")

BILL_PARTS = {"total": "总费用", "eligible": "医保范围内费用"}
"""What of the bill an amount may be a percentage of; besides these, any index of the area."""

_PERCENT_KEYS: Mapping[str, Key] = {
    "percent": Key(FigureOf("multiple"), required=True, help="百分之几"),
    "of": Key(Text("total、eligible 或一个指标的 id"), required=True, help="什么的百分之几"),
    "min": Key(FigureOf("yuan"), help="最低多少元"),
    "max": Key(FigureOf("yuan"), help="最高多少元"),
    "published": Key(FigureOf("yuan"), help="通知上印的得数；和算出来的不一样会报错，没有那一年的指标就用它"),
    "round": Key(
        Record(
            lambda unit, mode: Rounding("end", unit, mode),
            {"unit": Key(Word(tuple(UNITS)), default="fen"), "mode": Key(Word(tuple(MODES)), default="half_up")},
            "取整（unit、mode）",
        ),
        default=Rounding(),
        help="怎么取整；不写就四舍五入到分",
    ),
}


@dataclass(frozen=True, slots=True)
class AmountOf(Shape):
    """A figure in yuan, or ``{percent, of, min, max, round}``: a percentage of the bill or of an index."""

    figure: FigureOf = FigureOf("yuan")  # noqa: RUF009 - frozen

    @property
    def leaf_keys(self) -> frozenset[str]:  # type: ignore[override]
        return self.figure.leaf_keys | frozenset(_PERCENT_KEYS)

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, Mapping) or "percent" not in found:
            return self.figure.read(found, path, reading)
        values = Record(lambda **v: v, _PERCENT_KEYS, "一个比例（percent、of …）").read(found, path, reading)
        if values is FAILED:
            return FAILED
        known = [*BILL_PARTS, *sorted(reading.indices)]
        if values["of"] not in known:
            near = nearest_word(values["of"], known)
            message = f"写的是{shown(values['of'])}，应是 {'、'.join(known)} 之一{near}；指标写在 indices 里"
            return reading.refuse((*path, "of"), message, "index")
        low, high = values["min"], values["max"]
        if low and high and max(low.values) > min(high.values):
            return reading.refuse(path, "下限 min 高于上限 max", "range")
        if values["published"] is not None and values["of"] in BILL_PARTS:
            return reading.refuse((*path, "published"), "按费用的百分之几算，没有印好的得数", "index")
        return PercentOf(values["percent"], values["of"], low, high, values["round"], values["published"])

    def schema(self) -> Schema:
        return {"anyOf": [self.figure.schema(), Record(dict, _PERCENT_KEYS).schema()]}


YUAN = TableOf(AmountOf(), "yuan")
"""A table of amounts."""


@dataclass(frozen=True, slots=True)
class AmountsOf(Shape):
    """One amount for every admission, or a list by number of admission whose last item repeats.

    ``unknown`` stands for an amount nobody told us.
    """

    amount: Shape

    @property
    def takes_unknown(self) -> bool:  # type: ignore[override]
        return True

    @property
    def leaf_keys(self) -> frozenset[str]:  # type: ignore[override]
        return self.amount.leaf_keys

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        item = Words({"unknown": None}, self.amount, texts_too=True)
        if isinstance(found, list | tuple):
            figures = ListOf(item, longest=50).read(found, path, reading)
            return FAILED if figures is FAILED else Amounts(figures)
        figure = item.read(found, path, reading)
        return FAILED if figure is FAILED else Amounts((figure,))

    def schema(self) -> Schema:
        item: Schema = {"anyOf": [{"const": "unknown"}, self.amount.schema()]}
        return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


AMOUNTS = TableOf(AmountsOf(AmountOf()), "amounts")


@dataclass(frozen=True, slots=True)
class _PartOf(Shape):
    """An amount, or a percentage of the amount it stands beside (written with a percent sign)."""

    @property
    def leaf_keys(self) -> frozenset[str]:  # type: ignore[override]
        return AmountOf().leaf_keys

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        figure: Shape = FigureOf("multiple") if _has_percent_sign(found) else AmountOf()
        return figure.read(found, path, reading)

    def schema(self) -> Schema:
        return {"anyOf": [AmountOf().schema(), FigureOf("multiple").schema()]}


def _has_percent_sign(found: object) -> bool:
    """Whether a figure, however it is written, is a percentage."""
    if isinstance(found, Mapping):
        return any(_has_percent_sign(found[key]) for key in ("value", "range", "disputed") if key in found)
    if isinstance(found, list | tuple):
        return any(_has_percent_sign(item) for item in found)
    return isinstance(found, str) and found.endswith("%")


PARTS = TableOf(_PartOf(), "parts")
"""A table of amounts or of percentages of another amount."""
LATER = TableOf(AmountsOf(_PartOf()), "later")
"""The same, by number of admission."""
