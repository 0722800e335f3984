"""项目分类 as written: the classes of items an area tells apart on a bill (SW-2), and what each changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calculator.errors import Path
from calculator.model import Item
from calculator.reading.amounts import PERCENT, YUAN
from calculator.reading.changes import RATIO_CHANGES
from calculator.reading.condition import WHEN
from calculator.shape import FAILED, Flag, Key, MapOf, Reading, Record, Schema, Shape, Text, Word

_KEYS: Mapping[str, Key] = {
    "name": Key(Text("项目的名字", longest=40), required=True),
    "help": Key(Text("给读者看的一句说明"), default=""),
    "when": WHEN,
    "price_limit": Key(YUAN, help="每一个（次）的限价，超过的部分自己付"),
    "first_pay": Key(PERCENT, help="先自付百分之几，在限价以内的部分上算"),
    "ratio": Key(PERCENT, help="这类项目自己的支付比例"),
    "changes": Key(RATIO_CHANGES, default=(), help="这类项目的比例再怎么调整"),
    "fund_pays": Key(YUAN, help="每一个（次）医保付多少元，其余自己付"),
    "no_deductible": Key(Flag(), default=False, help="true：不经过起付线，单独支付"),
    "counts": Key(Word(("all", "none")), default="all", help="none：不计入年度累计"),
}
_RULES = ("price_limit", "first_pay", "ratio", "changes", "fund_pays")


@dataclass(frozen=True, slots=True)
class _ItemOf(Shape):
    """One class; it must change something, and what is paid apart must say how."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        item = Record(Item, _KEYS, "一类项目（name、first_pay …）").read(found, path, reading)
        if item is FAILED:
            return FAILED
        wrong = _wrong(item)
        return reading.refuse(path, wrong, "item") if wrong else item

    def schema(self) -> Schema:
        return Record(dict, _KEYS).schema()


def _wrong(item: Item) -> str:
    apart = item.ratio is not None or item.fund_pays is not None
    if not any(getattr(item, name) for name in _RULES):
        return f"“{item.name}”什么也没有改变；要写 {'、'.join(_RULES)} 中的至少一个，或者删掉这一类"
    if item.fund_pays is not None and (item.ratio is not None or item.changes):
        return "fund_pays 是定额支付，不能再写 ratio、changes"
    if item.fund_pays is not None and not item.no_deductible:
        return "fund_pays 是定额支付，不经过起付线；要同时写 no_deductible: true"
    if item.no_deductible and not apart:
        return "no_deductible 的项目单独支付，要写明怎么付：ratio 或 fund_pays"
    if item.no_deductible and item.changes:
        return "no_deductible 的项目单独支付，不能写 changes；把调整后的比例写在 ratio 里"
    if item.counts == "none" and not item.no_deductible:
        return "只有单独支付的项目可以不计入累计；counts: none 要和 no_deductible: true 一起写"
    return ""


ITEMS = MapOf(_ItemOf(), "项目的 id: 规则")
ITEMS_SHARE = Word(("ordinary_first", "proportional"))
