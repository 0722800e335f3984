"""起付线 as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calculator.errors import Path, shown
from calculator.figures import TableOf
from calculator.model import CUMULATIVE, Decrement, Deductible, Renewal, Rounding, TransferRule
from calculator.money import MODES, UNITS
from calculator.reading.amounts import AMOUNTS, LATER, PARTS, YUAN
from calculator.reading.changes import AMOUNT_CHANGES
from calculator.rules import leaves
from calculator.shape import FAILED, Key, ListOf, Reading, Record, Schema, Shape, Word, Words, identifier

PERIODS = ("admission", "visit", *CUMULATIVE)
_DUE = ("full", "top_up", "nothing")


@dataclass(frozen=True, slots=True)
class Days(Shape):
    """A whole number of days."""

    least: int = 1

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, int) and not isinstance(found, bool) and self.least <= found <= 366:
            return found
        return reading.refuse(path, f"写的是{shown(found)}，应是 {self.least} 到 366 的整数（天）", "number")

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": 366}


PER = TableOf(Word(PERIODS), "per")
DAYS = TableOf(Days(), "every_days")

_STEP = Record(
    Decrement,
    {
        "down": Key(PARTS, required=True, help="每多住一次院降多少：金额，或者第一次的百分之几"),
        "not_below": Key(PARTS, help="最低降到多少：金额，或者第一次的百分之几；不写就降到 0"),
    },
    "逐次降低的起付线（down、not_below）",
)
_TRANSFER = Record(
    lambda within_days, up, down, same: TransferRule(within_days, up, same or down, down),
    {
        "within_days": Key(Days(0), required=True, help="相隔几天以内算转院；0 是当天"),
        "up": Key(Word(_DUE), required=True, help="转到高一级的医院：full 另付一道，top_up 补差额，nothing 不再付"),
        "down": Key(Word(_DUE), required=True, help="转到低一级的医院"),
        "same": Key(Word(_DUE), help="转到同级的医院；不写就和 down 一样"),
    },
    "转院时的起付线（within_days、up、down）",
)
_KEYS: Mapping[str, Key] = {
    "amount": Key(AMOUNTS, required=True),
    "per": Key(PER, required=True, help="admission 每次住院，visit 每次就诊，day、month、quarter、year 累计一道"),
    "later": Key(LATER, help="第二次起：第一次的百分之几，或者金额；最后一个以后各次都用"),
    "step": Key(_STEP, help="每多住一次院降多少"),
    "every_days": Key(DAYS, help="同一次住院每多少天付一道"),
    "again": Key(Word(("same", "next")), help="第二段起：same 和第一段一样，next 算再住一次院"),
    "transfer": Key(_TRANSFER, help="转院时怎么付"),
    "carry": Key(
        Word(("all", "same_level", "from_lower", "from_higher")),
        help="哪些等级医院付过的算进来：all 所有，same_level 同级，from_lower 本级和更低的，from_higher 本级和更高的",
    ),
    "fills_with": Key(
        ListOf(Word(("deductible", "share")), distinct=True), help="自己付过的哪几部分算进来；不写就只算起付线"
    ),
    "shared": Key(identifier("共用的名字", "line"), default="", help="和别的层、别的就医类型共用一道起付线"),
    "annual_cap": Key(YUAN, help="一年里各次起付线加起来最多多少"),
    "round": Key(
        Record(
            lambda unit, mode: Rounding("end", unit, mode),
            {"unit": Key(Word(tuple(UNITS)), default="fen"), "mode": Key(Word(tuple(MODES)), default="half_up")},
            "取整（unit、mode）",
        ),
        default=Rounding(),
        help="打折、降低以后怎么取整；不写就四舍五入到分",
    ),
    "changes": Key(AMOUNT_CHANGES, default=(), help="起付线的调整，按先后顺序"),
}


@dataclass(frozen=True, slots=True)
class _DeductibleOf(Shape):
    """A deductible whose keys go together."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        values = Record(lambda **v: v, _KEYS, "起付线，例如 {per: admission, amount: 1000}").read(found, path, reading)
        if values is FAILED:
            return FAILED
        problem = _contradiction(values)
        if problem:
            key, message = problem
            return reading.refuse((*path, key), message, "deductible")
        renewal = values["every_days"] and Renewal(values["every_days"], values["again"] or "same")
        return Deductible(
            known=True, amount=values["amount"], per=values["per"], later=values["later"], decrement=values["step"],
            renewal=renewal, transfer=values["transfer"], carry=values["carry"] or "all",
            fills_with=values["fills_with"] or ("deductible",), shared=values["shared"],
            annual_cap=values["annual_cap"], rounding=values["round"], changes=values["changes"],
        )  # fmt: skip

    def schema(self) -> Schema:
        return Record(dict, _KEYS).schema()


def _contradiction(values: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first key that does not go with the others, and why."""
    periods = set(leaves(values["per"]))
    lists = any(len(leaf.figures) > 1 for leaf in leaves(values["amount"]))
    for key in ("later", "step", "every_days", "transfer"):
        if values[key] is not None and "admission" not in periods:
            return key, f"{key} 只用于每次住院的起付线，per 里要有 admission"
    if values["step"] is not None and values["later"] is not None:
        return "step", "later 和 step 只写一个"
    for key in ("later", "step"):
        if values[key] is not None and lists:
            return key, f"amount 已经按第几次住院列了表，不能再写 {key}；amount 只写第一次的，或者去掉 {key}"
    if values["again"] is not None and values["every_days"] is None:
        return "again", "again 要和 every_days 一起写"
    for key in ("carry", "fills_with"):
        if values[key] is not None and not periods & set(CUMULATIVE):
            return key, f"每次一道的起付线不看以前付过多少，不能写 {key}；per 要是 {'、'.join(CUMULATIVE)} 之一"
    if values["shared"] and not periods & set(CUMULATIVE) and values["annual_cap"] is None:
        message = "每次一道的起付线没有什么可以共用；per 要是 day、month、quarter、year 之一，或者写上 annual_cap"
        return "shared", message
    return None


_NO_DEDUCTIBLE, _UNKNOWN_DEDUCTIBLE = Deductible(True, None), Deductible(False, None)
DEDUCTIBLE = Words({"none": _NO_DEDUCTIBLE, "unknown": _UNKNOWN_DEDUCTIBLE}, _DeductibleOf())
