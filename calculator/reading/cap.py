"""封顶线 as written: one, or a list of which all hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calculator.errors import Path, nearest_word, shown
from calculator.figures import FigureOf, TableOf
from calculator.model import Cap, Increment, NoLimit
from calculator.reading.amounts import YUAN, AmountOf
from calculator.reading.changes import FROM
from calculator.reading.condition import WHEN
from calculator.shape import FAILED, Flag, Key, ListOf, Reading, Record, Schema, Shape, Text, Word, identifier

_AMOUNT = AmountOf()


@dataclass(frozen=True, slots=True)
class _LimitOf(Shape):
    """An amount; ``none`` where there is no cap, ``unknown`` where nobody told us."""

    leaf_keys: frozenset[str] = _AMOUNT.leaf_keys

    @property
    def takes_unknown(self) -> bool:  # type: ignore[override]
        return True

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, str) and found in (NoLimit.NONE, NoLimit.UNKNOWN):
            return NoLimit(found)
        return _AMOUNT.read(found, path, reading)

    def schema(self) -> Schema:
        return {"anyOf": [{"enum": list(NoLimit)}, _AMOUNT.schema()]}


LIMITS = TableOf(_LimitOf(), "limits")
"""A table of caps."""

_INCREMENT_KEYS: Mapping[str, Key] = {
    "name": Key(Text("给读者看的名字", longest=40), required=True),
    "when": WHEN,
    "amount": Key(YUAN, help="多少元"),
    "percent": Key(FigureOf("percent"), help="封顶线的百分之几；和 amount 只写一个"),
    "each": Key(Text("一个数的名字"), default="", help="每一（年、个月）这么多"),
    "from": Key(FROM, default=None, help="超过多少才算"),
    "clears": Key(Flag(), default=False, help="true：用到以后清零，从头算起"),
}


@dataclass(frozen=True, slots=True)
class _IncrementOf(Shape):
    def read(self, found: object, path: Path, reading: Reading) -> Any:
        values = Record(lambda **v: v, _INCREMENT_KEYS, "一项增减（name、amount …）").read(found, path, reading)
        if values is FAILED:
            return FAILED
        if (values["amount"] is None) == (values["percent"] is None):
            return reading.refuse(path, "要写 amount（多少元）或 percent（封顶线的百分之几），而且只写一个", "cap")
        each = values["each"]
        if each and each not in reading.numbers:
            near = nearest_word(each, reading.numbers)
            return reading.refuse((*path, "each"), f"没有{shown(each)}这个数{near}", "cap")
        beyond = values.pop("from")
        if beyond is not None and not each:
            return reading.refuse(path, "from 要和 each 一起写", "cap")
        return Increment(**values, **({} if beyond is None else {"beyond": beyond}))

    def schema(self) -> Schema:
        return Record(dict, _INCREMENT_KEYS).schema()


@dataclass(frozen=True, slots=True)
class _MostOf(Shape):
    """An amount, or a share of the line."""

    leaf_keys: frozenset[str] = FigureOf("yuan").leaf_keys

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        value = found.get("value", found) if isinstance(found, Mapping) else found
        unit = "percent" if isinstance(value, str) and value.endswith("%") else "yuan"
        return FigureOf(unit).read(found, path, reading)

    def schema(self) -> Schema:
        return {"anyOf": [FigureOf("percent").schema(), FigureOf("yuan").schema()]}


_CAP_KEYS: Mapping[str, Key] = {
    "amount": Key(LIMITS, required=True),
    "of": Key(Word(("fund_payment", "eligible_expense", "fund_and_share")), required=True, help="封顶线限制什么"),
    "per": Key(Word(("year", "quarter", "month", "day", "admission", "visit")), required=True, help="多久算一次"),
    "name": Key(Text("给读者看的名字", longest=40), default="", help="给读者看的名字；不写就用层的名字"),
    "shared": Key(identifier("共用的名字", "pool"), default="", help="和别的层、别的待遇合起来算：各处写同一个名字"),
    "within": Key(identifier("共用的名字", "pool"), default="", help="包含在哪个共用的封顶线里"),
    "each": Key(Text("特征的 id"), default="", help="按这个特征的每个词各算各的"),
    "add": Key(ListOf(_IncrementOf(), once=True), default=(), help="封顶线提高多少"),
    "subtract": Key(ListOf(_IncrementOf(), once=True), default=(), help="封顶线降低多少"),
    "most": Key(_MostOf(), help="add 一共最多提高多少：金额，或封顶线的百分之几"),
    "carry": Key(Flag(), default=False, help="true：上年没用完的结转到今年"),
}


@dataclass(frozen=True, slots=True)
class _CapOf(Shape):
    def read(self, found: object, path: Path, reading: Reading) -> Any:
        values = Record(
            lambda **v: v, _CAP_KEYS, "一道封顶线，例如 {amount: 300000, of: fund_payment, per: year}"
        ).read(found, path, reading)
        if values is FAILED:
            return FAILED
        if values["each"] and values["each"] not in reading.words:
            near = nearest_word(values["each"], reading.words)
            return reading.refuse((*path, "each"), f"没有{shown(values['each'])}这个特征{near}", "cap")
        if values["each"] and values["shared"]:
            return reading.refuse(path, "each（各算各的）和 shared（合起来算）只能写一个", "cap")
        most = values.pop("most")
        if most is not None and not values["add"]:
            return reading.refuse((*path, "most"), "most 限制 add 一共提高多少，要和 add 一起写", "cap")
        if values["carry"] and values["per"] != "year":
            return reading.refuse((*path, "carry"), "carry（上年结转）只用于 per: year", "cap")
        if most is not None:
            values["most_amount" if most.unit == "yuan" else "most_percent"] = most
        return Cap(**values)

    def schema(self) -> Schema:
        return Record(dict, _CAP_KEYS).schema()


_WORDS = {"none": Cap(), "unknown": Cap(known=False)}


@dataclass(frozen=True, slots=True)
class _CapsOf(Shape):
    """``none``, ``unknown``, one cap, or a list of caps of which some lie within a shared one of the same list."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, str):
            if found in _WORDS:
                return (_WORDS[found],)
            near = nearest_word(found, _WORDS)
            return reading.refuse(path, f"写的是{shown(found)}，应是 {'、'.join(_WORDS)}，或一组规则{near}", "word")
        listed = isinstance(found, list | tuple)
        shape = ListOf(_CapOf()) if listed else _CapOf()
        read = shape.read(found, path, reading)
        if read is FAILED:
            return FAILED
        caps: tuple[Cap, ...] = read if listed else (read,)
        shared = [cap.shared for cap in caps if cap.shared]
        for n, cap in enumerate(caps):
            at = (*path, n) if listed else path
            if cap.within and (cap.within not in shared or cap.within == cap.shared):
                message = f"within 写的是“{cap.within}”，同一个 cap 列表里要有 shared: {cap.within} 的那一道"
                return reading.refuse((*at, "within"), message, "cap")
        for name in shared:
            if shared.count(name) > 1:
                return reading.refuse(path, f"同一层里有两道封顶线都写 shared: {name}，只写一道", "cap")
        return caps

    def schema(self) -> Schema:
        one = _CapOf().schema()
        return {"anyOf": [{"enum": list(_WORDS)}, one, {"type": "array", "items": one, "minItems": 1}]}


CAPS = _CapsOf()
NO_CAP = (_WORDS["none"],)
