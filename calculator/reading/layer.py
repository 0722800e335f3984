"""保障层 and 保底 as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calculator.errors import Path, shown
from calculator.figures import FigureOf
from calculator.model import (
    CARE_WORDS,
    NOT_TOLD,
    Base,
    Clamp,
    Deductible,
    Guarantee,
    Layer,
    Like,
    LumpSum,
    Times,
    TrueUp,
)
from calculator.money import number
from calculator.reading.amounts import PERCENT, YUAN
from calculator.reading.brackets import BRACKETS
from calculator.reading.cap import CAPS, NO_CAP
from calculator.reading.changes import RATIO_CHANGES
from calculator.reading.condition import WHEN
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


LUMP_SUM = Record(
    LumpSum,
    {
        "amount": Key(YUAN, required=True, help="补助多少元"),
        "when_own_over": Key(YUAN, required=True, help="基数超过多少元才补助"),
    },
    "一次性补助",
)
TRUE_UP = Record(
    TrueUp,
    {
        "own_at_most": Key(PERCENT, required=True, help="自己付的最多占百分之几，超过的补到这么多"),
        "of": Key(Word(("eligible", "total")), required=True, help="占什么的百分之几：范围内费用，或总费用"),
    },
    "补到自付比例以内",
)


@dataclass(frozen=True, slots=True)
class _Count(Shape):
    """A whole number from 1 on."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, int) and not isinstance(found, bool) and 1 <= found <= 999:
            return found
        return reading.refuse(path, f"写的是{shown(found)}，应是 1 到 999 的整数", "whole")

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": 1, "maximum": 999}


TIMES = Record(
    Times,
    {
        "most": Key(_Count(), required=True, help="最多几次"),
        "per": Key(Word(("year", "quarter", "month", "day")), required=True),
    },
    "最多支付几次",
)

LIKE = Record(
    Like,
    {
        "care": Key(Word(tuple(CARE_WORDS)), required=True, help="哪种就医"),
        "layer": Key(identifier("层的 id", "basic"), required=True, help="那种就医的哪一层"),
        "take": Key(ListOf(Word(("deductible", "ratio", "cap")), distinct=True), required=True, help="哪几样和它一样"),
    },
    "和另一种就医的某一层一样",
)

_WAYS = ("ratio", "brackets", "lump_sum", "true_up")
_RATIO = Words({"unknown": NOT_TOLD}, PERCENT, texts_too=True)
"""A layer whose ratio nobody told us is still worth its other figures: the sheet says what is missing."""


@dataclass(frozen=True, slots=True)
class _LayerOf(Shape):
    """One layer; it pays in exactly one way: a ratio, brackets, a lump sum or a true-up."""

    own_parts: tuple[str, ...]

    def _base(self) -> Shape:
        layer = identifier("层的 id", "basic")
        excess = Record(lambda excess_of: Base("excess", of=excess_of), {"excess_of": Key(layer, required=True)})
        own = Record(
            lambda own, before: Base("own", own, before=before),
            {
                "own": Key(ListOf(Word(self.own_parts), distinct=True), required=True),
                "before": Key(layer, default="", help="取哪一层支付以前的数"),
            },
            "个人负担的哪几部分",
        )
        return Words({"eligible": Base("eligible"), "excess": Base("excess")}, _Either("excess_of", excess, own))

    def _record(self) -> Record:
        return Record(
            lambda **values: values,
            {
                "id": Key(identifier("层的 id", "basic"), required=True),
                "name": Key(Text("层的名字", longest=40), required=True),
                "when": WHEN,
                "like": Key(LIKE, help="起付线、比例或封顶线和另一种就医的某一层一样"),
                "if_reached": Key(identifier("层的 id", "critical"), default="", help="过了那一层的起付线才支付"),
                "if_not_reached": Key(identifier("层的 id", "critical"), default="", help="没过那一层的起付线才支付"),
                "base": Key(self._base(), help="这一层按什么计算：eligible、excess、{excess_of: 层} 或 {own: […]}"),
                "deductible": Key(DEDUCTIBLE, help="起付线；没有写 none，没查到写 unknown"),
                "ratio": Key(_RATIO, help="支付比例；没查到写 unknown"),
                "brackets": Key(BRACKETS, help="分段支付比例"),
                "lump_sum": Key(LUMP_SUM, help="一次性补助，定额"),
                "true_up": Key(TRUE_UP, help="把自己付的补到一个比例以内"),
                "counts_into": Key(
                    identifier("合起来的名字", "year-cost"),
                    default="",
                    help="费用和别处的合起来按年分段：各处写同一个名字",
                ),
                "changes": Key(RATIO_CHANGES, default=(), help="比例的调整，按先后顺序"),
                "clamp": Key(_ClampOf(), default=Clamp(None, None)),
                "times": Key(TIMES, help="最多支付几次"),
                "cap": Key(CAPS, help="封顶线；没有写 none，没查到写 unknown；有几道就写成列表"),
                "settles": Key(Word(("event", "year_end")), default="event", help="每次结算，还是年底按全年合计结算"),
            },
            "一个保障层",
        )

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        values = self._record().read(found, path, reading)
        if values is FAILED or not isinstance(found, Mapping):
            return FAILED
        ways = [way for way in _WAYS if values[way] is not None]
        taken = values["like"].take if values["like"] else ()
        for name in taken:
            own = ("ratio", "brackets", "changes", "clamp") if name == "ratio" else (name,)
            if any(key in found for key in own):
                return reading.refuse(path, f"{name} 已经和另一层一样，不能再写 {'、'.join(own)}", "layer")
        if "ratio" in taken and not ways:
            ways = ["ratio"]
        if len(ways) != 1:
            return reading.refuse(path, f"要写 {'、'.join(_WAYS)} 中的一个，而且只写一个", "layer")
        if values["base"] is None:
            if path[-1] != 0:
                return reading.refuse(
                    path, "第二层起要写 base：eligible、excess、{excess_of: 层} 或 {own: […]}", "layer"
                )
            values["base"] = Base("eligible")
        by_ratio = ways[0] in ("ratio", "brackets")
        missing = [n for n in ("deductible", "cap") if by_ratio and values[n] is None and n not in taken]
        for name in missing:
            reading.refuse(path, f"缺少 {name}（{self._record().keys[name].help}）", "missing")
        if missing:
            return FAILED
        if not by_ratio and not self._fits(values, ways[0], path, reading):
            return FAILED
        values["deductible"] = values["deductible"] or Deductible(True, None)
        values["caps"] = values.pop("cap") or NO_CAP
        return Layer(**values)

    @staticmethod
    def _fits(values: dict[str, Any], way: str, path: Path, reading: Reading) -> bool:
        """A lump sum or a true-up pays back what the person paid; it has no deductible and no ratio to change."""
        if values["base"].kind != "own":
            reading.refuse(path, f"{way} 按个人负担计算，base 要写 {{own: […]}}", "layer")
            return False
        if values["deductible"] is not None and not _is_none(values["deductible"]):
            reading.refuse((*path, "deductible"), f"{way} 没有起付线，不用写 deductible", "layer")
            return False
        if values["changes"] or values["clamp"].minimum or values["clamp"].maximum:
            reading.refuse(path, f"{way} 没有支付比例，不能写 changes、clamp", "layer")
            return False
        if any(cap.of != "fund_payment" for cap in values["cap"] or ()):
            reading.refuse((*path, "cap"), f"{way} 的封顶线只能写 of: fund_payment", "layer")
            return False
        return True

    def schema(self) -> Schema:
        return self._record().schema()


def _is_none(deductible: Deductible) -> bool:
    return deductible.known and deductible.amount is None


@dataclass(frozen=True, slots=True)
class _Either(Shape):
    """One of two records, told apart by a key."""

    key: str
    one: Record
    other: Record

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        shape = self.one if isinstance(found, Mapping) and self.key in found else self.other
        return shape.read(found, path, reading)

    def schema(self) -> Schema:
        return {"anyOf": [self.one.schema(), self.other.schema()]}


def layer_shape(own_parts: tuple[str, ...]) -> Shape:
    """保障层 as written in a file."""
    return _LayerOf(own_parts)


def guarantee_shape() -> Shape:
    """保底 as written in a file."""
    return Record(Guarantee, {"ratio": Key(PERCENT, required=True)}, "保底比例")
