"""异地就医规则 as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calculator.errors import Path
from calculator.figures import FigureOf, TableOf
from calculator.model import FILING_WORDS, Away, Figure, Status, Treatment, TreatmentChoice
from calculator.reading.amounts import AMOUNTS, MULTIPLE, PERCENT
from calculator.reading.brackets import BRACKETS
from calculator.reading.changes import LevelsOf
from calculator.shape import (
    FAILED,
    Key,
    ListOf,
    Provenance,
    Reading,
    Record,
    Schema,
    Shape,
    SourceIds,
    Text,
    Word,
    refuse_unknown_keys,
)

SAME_AS = FigureOf("word", tuple(FILING_WORDS))
PAYS = FigureOf("word", ("nothing",))

_TREATMENT_KEYS: Mapping[str, Key] = {
    "same_as": Key(SAME_AS, help="视同另一种情形"),
    "pays": Key(PAYS, help="nothing 不予支付"),
    "reduce_points": Key(PERCENT, help="降低几个百分点"),
    "multiply": Key(PERCENT, help="按原比例的百分之几支付"),
    "first_pay": Key(PERCENT, help="个人先自付百分之几"),
    "first_pay_when": Key(Word(("before_deductible", "after_deductible")), help="先自付在起付线之前还是之后算"),
    "deductible": Key(AMOUNTS, help="异地单独的起付线"),
    "deductible_multiple": Key(MULTIPLE, help="起付线的倍数"),
    "ratio": Key(PERCENT, help="异地单独的支付比例"),
    "brackets": Key(BRACKETS, help="异地单独的分段比例"),
    "level_as": Key(LevelsOf(), help="那边的医院等级算作这里的哪一级"),
}


@dataclass(frozen=True, slots=True)
class TreatmentOf(Shape):
    """What an out-of-area case changes; ``{disputed: […]}`` when sources disagree on the kind of rule."""

    leaf_keys: frozenset[str] = frozenset(_TREATMENT_KEYS) | {"disputed", "note"}

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, Mapping) and "disputed" in found:
            return self._disputed(found, path, reading)
        treatment = self._one(found, path, reading)
        return FAILED if treatment is FAILED else TreatmentChoice((treatment,))

    def _one(self, found: object, path: Path, reading: Reading) -> Any:
        if found == {}:
            return reading.refuse(path, "这里是空的；和参保地一样就写 same_as: local", "empty")
        values = Record(lambda **v: v, _TREATMENT_KEYS, "一种异地情形的规则").read(found, path, reading)
        if values is FAILED:
            return FAILED
        set_keys = [name for name, value in values.items() if value is not None]
        for alone in ("same_as", "pays"):
            if alone in set_keys and len(set_keys) > 1:
                return reading.refuse(
                    path, f"写了 {alone} 就不能再写 {'、'.join(k for k in set_keys if k != alone)}", "away"
                )
        cuts = [name for name in ("reduce_points", "multiply") if name in set_keys]
        tables = [name for name in ("ratio", "brackets") if name in set_keys]
        if len(cuts) > 1 or len(tables) > 1:
            return reading.refuse(path, f"{'、'.join(cuts if len(cuts) > 1 else tables)} 只能写一个", "away")
        if "deductible" in set_keys and "deductible_multiple" in set_keys:
            return reading.refuse(path, "deductible、deductible_multiple 只能写一个", "away")
        if ("first_pay" in set_keys) != ("first_pay_when" in set_keys):
            return reading.refuse(path, "first_pay 和 first_pay_when 要一起写", "away")
        values["pays_nothing"] = values.pop("pays")
        values["first_pay_when"] = values["first_pay_when"] or "before_deductible"
        return Treatment(**values)

    def _disputed(self, found: Mapping[str, Any], path: Path, reading: Reading) -> Any:
        refuse_unknown_keys(found, {"disputed": None, "note": None}, path, reading)
        sides = found["disputed"]
        if not isinstance(sides, list | tuple) or len(sides) < 2:
            return reading.refuse(
                (*path, "disputed"), "有争议的规则至少要列出两种说法，每种写 value 和 sources", "dispute"
            )
        note = Text("一句说明").read(found["note"], (*path, "note"), reading) if "note" in found else ""
        keys = {
            "value": Key(_Raw(), required=True),
            "sources": Key(SourceIds(), required=True),
            "note": Key(Text(), default=""),
        }
        treatments, sources = [], []
        name = reading.field_name(path)
        invented = reading.provenance_of(name).status is Status.ILLUSTRATIVE
        status = Status.ILLUSTRATIVE if invented else Status.DISPUTED
        for index, side in enumerate(sides):
            at = (*path, "disputed", index)
            head = Record(lambda **v: v, keys, "一种说法（value、sources）").read(side, at, reading)
            if head is FAILED:
                return FAILED
            with reading.under(Provenance(status, head["sources"], head["note"])):
                treatments.append(self._one(head["value"], (*at, "value"), reading))
            sources.extend(head["sources"])
        if FAILED in treatments or note is FAILED:
            return FAILED
        figure = Figure(
            reference=reading.prefix + name, unit="rule", kind="disputed", values=tuple(treatments),
            status=status, sources=tuple(dict.fromkeys(sources)), note=note,
        )  # fmt: skip
        reading.figures.append(figure)
        return TreatmentChoice(tuple(treatments), figure)

    def schema(self) -> Schema:
        one = Record(dict, _TREATMENT_KEYS).schema()
        side = {
            "type": "object",
            "properties": {"value": one, "sources": SourceIds().schema(), "note": {"type": "string"}},
        }
        disputed = {"type": "object", "properties": {"disputed": {"type": "array", "minItems": 2, "items": side}}}
        return {"anyOf": [one, disputed | {"required": ["disputed"]}]}


@dataclass(frozen=True, slots=True)
class _Raw(Shape):
    """Any value, read later."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:  # noqa: ARG002 - a shape
        return found


TREATMENTS = TableOf(TreatmentOf(), "treatment")


def away_shape() -> Shape:
    """异地就医规则 as written in a file."""
    keys = {
        "layers": Key(ListOf(Text("层的 id"), distinct=True), default=(), help="改哪几层；只有一层时可以不写"),
        "cases": Key(TREATMENTS, required=True, help="各种情形怎么算"),
        "exempt_places": Key(ListOf(Text("省或市的名字", longest=40), distinct=True), default=(), help="免备案的地方"),
    }
    return Record(Away, keys, "异地就医规则")
