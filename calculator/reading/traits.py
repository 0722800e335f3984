"""特征 as written: attributes of a person or a visit that an area's tables and conditions tell apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from calculator.errors import Path, nearest_word, shown
from calculator.model import DIMENSION_WORDS, NUMBER_WORDS, Trait
from calculator.money import policy_amount
from calculator.shape import FAILED, Key, MapOf, Reading, Record, Schema, Shape, Text, identifier

_NAMES = MapOf(Text("显示的名字", longest=40), "id: 名字")
RESERVED = frozenset({"all", "other", "above", "up_to", "when", "unknown", "none", "local"})
"""Words that mean something of their own in tables."""


@dataclass(frozen=True, slots=True)
class _BandStart(Shape):
    """The number a band begins at."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        number = policy_amount(found)
        return (
            number if number is not None else reading.refuse(path, f"写的是{shown(found)}，应是数字，例如 45", "number")
        )

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": r"^\d+(\.\d{1,2})?$"}]}


_KEYS: Mapping[str, Key] = {
    "name": Key(Text("特征的名字", longest=40), required=True),
    "words": Key(_NAMES, help="有哪几种，id: 名字；和 of、bands 只写一样"),
    "default": Key(identifier("words 里的一个", "none"), default="", help="没有说的时候按哪一种；不写就必须回答"),
    "of": Key(identifier("一个数的名字", "age"), default="", help="由哪个数决定，例如 age 年龄"),
    "bands": Key(MapOf(_BandStart(), "id: 从多少起"), help="每一段从多少起，从小到大，第一段从 0 起"),
    "help": Key(Text("给读者看的一句说明"), default=""),
}


@dataclass(frozen=True, slots=True)
class _TraitOf(Shape):
    def read(self, found: object, path: Path, reading: Reading) -> Any:
        values = Record(lambda **v: v, _KEYS, "一个特征（name、words …）").read(found, path, reading)
        if values is FAILED:
            return FAILED
        words, of, bands = values["words"], values["of"], values["bands"]
        if bool(of) != (bands is not None):
            return reading.refuse(path, "of（由哪个数决定）和 bands（每一段从多少起）要一起写", "trait")
        if words is None and not of:
            return reading.refuse(path, "缺少 words（有哪几种），或者 of 和 bands（由一个数决定）", "missing")
        if of:
            starts = list(bands.values())
            if starts[0] != 0 or any(a >= b for a, b in pairwise(starts)):
                return reading.refuse((*path, "bands"), "第一段从 0 起，各段从小到大", "trait")
            if words is not None and set(words) != set(bands):
                return reading.refuse((*path, "words"), "words 和 bands 的 id 要相同", "trait")
        if values["default"] and values["default"] not in (words or bands):
            known = words or bands
            near = nearest_word(values["default"], known)
            return reading.refuse((*path, "default"), f"没有{shown(values['default'])}这一种{near}", "trait")
        return values

    def schema(self) -> Schema:
        return Record(dict, _KEYS).schema()


TRAITS = MapOf(_TraitOf(), "特征")
NUMBERS = MapOf(
    Record(
        lambda name, unit: (name, unit),
        {"name": Key(Text("数的名字", longest=40), required=True), "unit": Key(Text("单位", longest=8), default="")},
        "一个数（name、unit）",
    ),
    "数",
)


def read_traits(document: Mapping[str, Any], reading: Reading) -> tuple[dict[str, Trait], dict[str, tuple[str, str]]]:
    """The area's traits and numbers; problems are noted, what could not be read is left out."""
    numbers = dict(NUMBER_WORDS)
    if "numbers" in document:
        read = NUMBERS.read(document["numbers"], ("numbers",), reading)
        for name, value in read.items() if read is not FAILED else ():
            if name in NUMBER_WORDS:
                reading.refuse(("numbers", name), f"“{name}”是现成的数（{NUMBER_WORDS[name][0]}），不用再写", "trait")
            numbers[name] = value
    traits: dict[str, Trait] = {}
    if "traits" not in document:
        return traits, numbers
    read = TRAITS.read(document["traits"], ("traits",), reading)
    for name, values in read.items() if read is not FAILED else ():
        if name in DIMENSION_WORDS or name in ("scheme", "date", "admission", "value", "range", "disputed", "note"):
            reading.refuse(("traits", name), f"“{name}”已经另有意思，换一个名字", "words")
            continue
        if values["of"] and values["of"] not in numbers:
            near = nearest_word(values["of"], numbers)
            known = "、".join(f"{key}（{words}）" for key, (words, _) in numbers.items())
            message = f"没有{shown(values['of'])}这个数{near}；可用：{known}，或在 numbers 里加"
            reading.refuse(("traits", name, "of"), message, "trait")
            continue
        words = values["words"] or band_words(values["bands"], numbers[values["of"]][1] if values["of"] else "")
        traits[name] = Trait(
            id=name, name=values["name"], words=words, default=values["default"], of=values["of"],
            bands=values["bands"] or {}, help=values["help"],
        )  # fmt: skip
    return traits, numbers


def band_words(bands: Mapping[str, Decimal], unit: str) -> dict[str, str]:
    """「不满 45 岁」「45 到不满 70 岁」「70 岁及以上」."""
    names = list(bands)
    words: dict[str, str] = {}
    for n, name in enumerate(names):
        low = f"{bands[name]:f}"
        high = f"{bands[names[n + 1]]:f}" if n + 1 < len(names) else ""
        below = f"不满 {high} {unit}" if n == 0 else f"{low} 到不满 {high} {unit}"
        words[name] = below if high else f"{low} {unit}及以上"
    return words
