"""灵活就业人员的参保方式 as written: each with its base, what is paid, and whether there is an account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from calculator.errors import Path
from calculator.model import ContributionBase, FlexibleMode
from calculator.reading.amounts import AmountOf
from calculator.reading.credit import ACCOUNT, refuse_odd_credit
from calculator.reading.premium import MULTIPLE, PART, refuse_odd_parts
from calculator.shape import FAILED, Key, ListOf, Reading, Record, Schema, Shape, Text, Words, identifier


@dataclass(frozen=True, slots=True)
class _BaseChoice(Shape):
    """``declared``, or the shares of the index or the amounts one may choose from."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        read = _CHOICE.read(found, path, reading)
        if read is not FAILED and isinstance(found, Mapping) and bool(read["shares"]) == bool(read["amounts"]):
            return reading.refuse(path, "要写 shares 或 amounts，而且只写一个；自己申报写 declared", "contribution")
        return read

    def schema(self) -> Schema:
        return _CHOICE.schema()


_CHOICE = Words(
    {"declared": {"declared": True, "shares": (), "amounts": ()}},
    Record(
        lambda shares, amounts: {"declared": False, "shares": shares, "amounts": amounts},
        {
            "shares": Key(ListOf(MULTIPLE), default=(), help="平均工资的百分之几"),
            "amounts": Key(ListOf(AmountOf()), default=(), help="元/月"),
        },
        "缴费基数怎么选",
    ),
)


def _mode(base: Mapping[str, Any], **values: Any) -> FlexibleMode:
    return FlexibleMode(**base, **values)


FLEXIBLE = Record(
    _mode,
    {
        "id": Key(identifier("这种方式的 id", "with-account"), required=True),
        "name": Key(Text("这种方式的名字", longest=40), required=True),
        "base": Key(_BaseChoice(), required=True, help="declared 自己申报，或 shares、amounts"),
        "parts": Key(ListOf(PART), required=True),
        "account": Key(ACCOUNT),
    },
    "一种参保方式",
)


def refuse_odd_flexible(
    modes: Sequence[FlexibleMode], base: ContributionBase | None, place: Path, reading: Reading
) -> None:
    """Ids once; every mode's base can be worked out; its parts and its account are coherent."""
    ids = [mode.id for mode in modes]
    for n, mode in enumerate(modes):
        here: Path = (*place, n)
        if mode.id in ids[:n]:
            reading.refuse((*here, "id"), f"这一版里已经有叫“{mode.id}”的一项", "duplicate")
        if mode.declared and base is None:
            reading.refuse((*here, "base"), "自己申报基数，要先写 base（上限和下限）", "contribution")
        if mode.shares and (base is None or not base.index):
            message = "按平均工资的百分之几，要在 base 里写 index（平均工资是哪个指标）"
            reading.refuse((*here, "base"), message, "contribution")
        refuse_odd_parts(mode.parts, (*here, "parts"), reading, has_base=True)
        refuse_odd_credit(mode.account, (*here, "account"), reading, has_base=True)
