"""比例和起付线的调整 as written: ``changes``, an ordered list of bonuses and reductions (SW-7, G16)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculator.errors import Path, nearest_word, shown
from calculator.figures import FigureOf, TableOf
from calculator.model import Change
from calculator.money import policy_amount
from calculator.reading.amounts import MULTIPLE, PERCENT, YUAN
from calculator.reading.condition import WHEN
from calculator.shape import FAILED, Key, ListOf, Reading, Record, Schema, Shape, Text, Word

RATIO_KINDS: Mapping[str, Key] = {
    "add_points": Key(PERCENT, help="提高几个百分点"),
    "reduce_points": Key(PERCENT, help="降低几个百分点"),
    "multiply": Key(MULTIPLE, help="乘以百分之几，例如 110%"),
    "own_share": Key(PERCENT, help="自付部分只付百分之几，例如退休人员的自付是在职的 60%"),
    "set": Key(PERCENT, help="换成这个比例"),
}


@dataclass(frozen=True, slots=True)
class LevelsOf(Shape):
    """Each hospital level with the one whose amount is taken instead."""

    leaf_keys = frozenset()

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        levels = reading.words.get("level", {})
        if not isinstance(found, Mapping) or not found:
            return reading.refuse(path, f"写的是{shown(found)}，应是 等级: 按哪一级的一组键值", "type")
        for word in (*found, *found.values()):
            if not isinstance(word, str) or word not in levels:
                near = nearest_word(word, levels) if isinstance(word, str) else ""
                return reading.refuse(path, f"没有{shown(word)}这一级{near}；有 {'、'.join(levels)}", "word")
        if all(word == instead for word, instead in found.items()):
            return reading.refuse(
                path, "每一级都按它自己算，什么也没有改变；写明按另外哪一级，或者去掉 level_as", "idle"
            )
        return dict(found)

    def schema(self) -> Schema:
        return {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}}


AMOUNT_KINDS: Mapping[str, Key] = {
    "multiply": Key(MULTIPLE, help="乘以百分之几，例如 50%"),
    "subtract": Key(YUAN, help="减去多少元"),
    "set": Key(YUAN, help="换成这个数"),
    "level_as": Key(LevelsOf(), help="按另一个等级的数"),
}


@dataclass(frozen=True, slots=True)
class _Number(Shape):
    """A number of years, months …: the part that does not count, or what should be reached."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        value = policy_amount(found)
        return value if value is not None else reading.refuse(path, f"写的是{shown(found)}，应是数字，例如 4", "number")

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": 0}


NUMBERS = TableOf(_Number(), "number")
FROM = _Number()

_HEAD: Mapping[str, Key] = {
    "id": Key(Text("短名"), default=""),
    "name": Key(Text("给读者看的名字", longest=40), required=True),
    "when": WHEN,
}
_RATIO_KEYS: Mapping[str, Key] = {
    **_HEAD,
    **RATIO_KINDS,
    "each": Key(Text("一个数的名字"), default="", help="每一（岁、年、个月）调整这么多"),
    "from": Key(FROM, default=Decimal(0), help="超过多少才算"),
    "below": Key(NUMBERS, help="不到多少，每差一（年、月）调整这么多"),
    "most": Key(FigureOf("percent"), help="一共最多调整多少"),
    "at": Key(Word(("before_away", "after_away")), default="before_away", help="在异地降低比例之前还是之后"),
}
_AMOUNT_KEYS: Mapping[str, Key] = {**_HEAD, **AMOUNT_KINDS, "not_below": Key(YUAN, help="减到多少为止")}


@dataclass(frozen=True, slots=True)
class _ChangeOf(Shape):
    keys: Mapping[str, Key]
    kinds: Mapping[str, Key]

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        values = Record(lambda **v: v, self.keys, "一项调整（name、when …）").read(found, path, reading)
        if values is FAILED:
            return FAILED
        written = [kind for kind in self.kinds if values[kind] is not None]
        if len(written) != 1:
            return reading.refuse(path, f"要写 {'、'.join(self.kinds)} 中的一个，而且只写一个", "change")
        each = values.get("each", "")
        if each and each not in reading.numbers:
            near = nearest_word(each, reading.numbers)
            return reading.refuse((*path, "each"), f"没有{shown(each)}这个数{near}", "change")
        if not each and any(values.get(name) for name in ("most", "from", "below")):
            return reading.refuse(path, "from、below、most 要和 each 一起写", "change")
        if values.get("below") is not None and values["from"]:
            return reading.refuse(path, "from（超过多少）和 below（不到多少）只能写一个", "change")
        if each and written[0] not in ("add_points", "reduce_points"):
            return reading.refuse(path, "each 只能和 add_points 或 reduce_points 一起写", "change")
        if values.get("not_below") is not None and written[0] == "set":
            return reading.refuse(path, "not_below 不能和 set 一起写", "change")
        return Change(
            name=values["name"], when=values["when"], kind=written[0], value=values[written[0]], each=each,
            beyond=values.get("from", Decimal(0)), below=values.get("below"),
            most=values.get("most"), not_below=values.get("not_below"),
            after_away=values.get("at") == "after_away",
        )  # fmt: skip

    def schema(self) -> Schema:
        return Record(dict, self.keys).schema()


RATIO_CHANGES = ListOf(_ChangeOf(_RATIO_KEYS, RATIO_KINDS), once=True)
AMOUNT_CHANGES = ListOf(_ChangeOf(_AMOUNT_KEYS, AMOUNT_KINDS), once=True)
