"""How the rules of one edition are written: layers, deductibles, ratio tables, caps, out-of-area treatment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from calculator.errors import Path, nearest_word, shown
from calculator.model import (
    FILING_WORDS,
    Amounts,
    Away,
    Base,
    Brackets,
    Branch,
    Cap,
    Clamp,
    Deductible,
    Figure,
    Guarantee,
    Layer,
    Segment,
    Status,
    Treatment,
    TreatmentChoice,
)
from calculator.money import number
from calculator.shape import (
    FAILED,
    Failed,
    FigureOf,
    Key,
    ListOf,
    Provenance,
    Reading,
    Record,
    Schema,
    Shape,
    SourceIds,
    TableOf,
    Text,
    Word,
    Words,
    identifier,
    refuse_unknown_keys,
)

PERCENT = TableOf(FigureOf("percent"), "percent")
YUAN = TableOf(FigureOf("yuan"), "yuan")
MULTIPLE = TableOf(FigureOf("multiple"), "multiple")
COUNT_FROM = FigureOf("word", ("zero", "deductible"))
APPLY = FigureOf("word", ("marginal", "whole"))
SAME_AS = FigureOf("word", tuple(FILING_WORDS))
PAYS = FigureOf("word", ("nothing",))


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


@dataclass(frozen=True, slots=True)
class BracketsOf(Shape):
    """费用分段表, laid out as notices print it: a column of upper bounds, then one column per kind of person."""

    leaf_keys: frozenset[str] = frozenset({"count_from", "apply", "axis", "columns", "rows"})

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        keys = {
            "count_from": Key(COUNT_FROM, required=True, help="zero 分段含起付线，deductible 从起付线以上算起"),
            "apply": Key(APPLY, help="marginal 分段计算，whole 全额按达到的那一段"),
            "axis": Key(Word(("stay", "year")), default="stay", help="stay 按本次费用，year 按当年累计"),
            "columns": Key(ListOf(Text("列名"), shortest=2), required=True),
            "rows": Key(_RawRows(), required=True),
        }
        read = Record(lambda **values: values, keys, "一张分段表").read(found, path, reading)
        if read is FAILED:
            return FAILED
        if read["apply"] is None:
            read["apply"] = _assumed("marginal")
        columns = self._columns(read["columns"], (*path, "columns"), reading)
        segments = self._segments(read["rows"], columns, (*path, "rows"), reading) if columns else FAILED
        if isinstance(segments, Failed):
            return FAILED
        return Brackets(read["count_from"], read["apply"], read["axis"], segments)

    def _columns(self, names: Sequence[str], path: Path, reading: Reading) -> list[list[tuple[str, str]]] | None:
        """Each column as (dimension, word) pairs; all columns of the same dimensions, none twice."""
        if names[0] != "up_to":
            reading.refuse((*path, 0), f"第一列写的是{shown(names[0])}，应是 up_to（到多少元）", "table")
            return None
        columns: list[list[tuple[str, str]]] = []
        known = {word: dimension for dimension, words in reading.words.items() for word in words}
        for index, name in enumerate(names[1:], start=1):
            if name == "all":
                columns.append([])
                continue
            pairs = []
            for word in name.split("/"):
                if word not in known:
                    near = nearest_word(word, known)
                    reading.refuse((*path, index), f"列名里有不认识的词{shown(word)}{near}", "key")
                    return None
                pairs.append((known[word], word))
            columns.append(pairs)
        if len({tuple(d for d, _ in pairs) for pairs in columns}) > 1 or len({str(p) for p in columns}) < len(columns):
            reading.refuse(
                path, "各列的表头要用同样的分类，写成同样的顺序，而且不能重复，例如 tertiary/in_service", "table"
            )
            return None
        return columns

    def _segments(self, rows: Sequence[Any], columns: list[Any], path: Path, reading: Reading) -> Any:
        segments: list[Segment] = []
        failed = False
        for n, row in enumerate(rows):
            if not isinstance(row, list | tuple) or len(row) != len(columns) + 1:
                cells = len(row) if isinstance(row, list | tuple) else 1
                reading.refuse((*path, n), f"这一行有 {cells} 格，表头有 {len(columns) + 1} 列", "table")
                failed = True
                continue
            last = n == len(rows) - 1
            bound = self._bound(row[0], last, (*path, n, 0), reading)
            ratios = [FigureOf("percent").read(c, (*path, n, i), reading) for i, c in enumerate(row[1:], start=1)]
            if bound is FAILED or FAILED in ratios:
                failed = True
                continue
            segments.append(Segment(bound, _table(list(zip(columns, ratios, strict=True)))))
        if failed:
            return FAILED
        bounds = [segment.up_to for segment in segments]
        for n, (lower, upper) in enumerate(pairwise(bounds), start=1):
            if lower and upper and max(map(number, lower.values)) >= min(map(number, upper.values)):
                reading.refuse((*path, n, 0), "各段的上界要从小到大", "table")
                return FAILED
        return tuple(segments)

    @staticmethod
    def _bound(found: object, last: bool, path: Path, reading: Reading) -> Any:
        if found == "above":
            return None if last else reading.refuse(path, "above（以上）只能写在最后一行", "table")
        if last:
            return reading.refuse(
                path, f"最后一行写的是{shown(found)}，应是 above（以上）；到顶的金额写在 cap 里", "table"
            )
        return FigureOf("yuan").read(found, path, reading)

    def schema(self) -> Schema:
        cell = {"anyOf": [FigureOf("yuan").schema(), FigureOf("percent").schema(), {"const": "above"}]}
        return {
            "type": "object",
            "properties": {
                "count_from": COUNT_FROM.schema(),
                "apply": APPLY.schema(),
                "axis": {"enum": ["stay", "year"]},
                "columns": {"type": "array", "items": {"type": "string"}, "minItems": 2},
                "rows": {"type": "array", "minItems": 1, "items": {"type": "array", "items": cell, "minItems": 2}},
            },
            "required": ["count_from", "columns", "rows"],
            "additionalProperties": False,
        }


@dataclass(frozen=True, slots=True)
class _RawRows(Shape):
    """Rows as written; ``BracketsOf`` reads the cells once it knows the columns."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, list | tuple) and 1 <= len(found) <= 200:
            return tuple(found)
        return reading.refuse(path, f"写的是{shown(found)}，应是 1 到 200 行，每行一个列表", "type")


def _assumed(word: str) -> Figure:
    """The reading every notice means unless it says otherwise; it is no figure of a source."""
    return Figure("", "word", "exact", (word,), Status.OFFICIAL, ())


def _table(cells: Sequence[tuple[list[tuple[str, str]], Figure]]) -> Any:
    """Columns of equal dimensions → nested branches."""
    if not cells[0][0]:
        return cells[0][1]
    dimension = cells[0][0][0][0]
    inner: dict[str, list[Any]] = {}
    for pairs, figure in cells:
        inner.setdefault(pairs[0][1], []).append((pairs[1:], figure))
    return Branch(dimension, {word: _table(rest) for word, rest in inner.items()})


BRACKETS = TableOf(BracketsOf(), "brackets")

_NO_DEDUCTIBLE, _UNKNOWN_DEDUCTIBLE = Deductible(True, None), Deductible(False, None)
_DEDUCTIBLE = Words(
    {"none": _NO_DEDUCTIBLE, "unknown": _UNKNOWN_DEDUCTIBLE},
    Record(
        lambda amount, per: Deductible(True, amount, per),
        {
            "amount": Key(AMOUNTS, required=True),
            "per": Key(Word(("admission", "year")), required=True, help="admission 每次住院，year 一年累计"),
        },
        "起付线",
    ),
)
_CAP = Words(
    {"none": Cap(True, None), "unknown": Cap(False, None)},
    Record(
        lambda amount, of, per: Cap(True, amount, of, per),
        {
            "amount": Key(YUAN, required=True),
            "of": Key(
                Word(("fund_payment", "eligible_expense", "fund_and_share")), required=True, help="封顶线限制什么"
            ),
            "per": Key(Word(("year", "admission")), required=True),
        },
        "封顶线",
    ),
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


@dataclass(frozen=True, slots=True)
class _LayerOf(Shape):
    """One layer; its ratio is flat or in brackets, never both."""

    own_parts: tuple[str, ...]

    def _record(self) -> Record:
        base = Words(
            {"eligible": Base("eligible"), "excess": Base("excess")},
            Record(
                lambda own: Base("own", own),
                {"own": Key(ListOf(Word(self.own_parts), distinct=True), required=True)},
                "个人负担的哪几部分",
            ),
        )
        return Record(
            lambda **values: values,
            {
                "id": Key(identifier("层的 id", "basic"), required=True),
                "name": Key(Text("层的名字", longest=40), required=True),
                "base": Key(base, help="这一层按什么计算：eligible、excess 或 {own: […]}"),
                "deductible": Key(_DEDUCTIBLE, required=True, help="起付线；没有写 none，没查到写 unknown"),
                "ratio": Key(PERCENT, help="支付比例"),
                "brackets": Key(BRACKETS, help="分段支付比例"),
                "clamp": Key(_ClampOf(), default=Clamp(None, None)),
                "cap": Key(_CAP, required=True, help="封顶线；没有写 none，没查到写 unknown"),
            },
            "一个保障层",
        )

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        values = self._record().read(found, path, reading)
        if values is FAILED:
            return FAILED
        if (values["ratio"] is None) == (values["brackets"] is None):
            return reading.refuse(path, "要写 ratio 或 brackets，而且只写一个", "layer")
        if values["base"] is None:
            if path[-1] != 0:
                return reading.refuse(path, "第二层起要写 base：eligible、excess 或 {own: […]}", "layer")
            values["base"] = Base("eligible")
        return Layer(**values)

    def schema(self) -> Schema:
        return self._record().schema()


def layer_shape(own_parts: tuple[str, ...]) -> Shape:
    """保障层 as written in a file."""
    return _LayerOf(own_parts)


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
    }
    return Record(Away, keys, "异地就医规则")


def guarantee_shape() -> Shape:
    """保底 as written in a file."""
    return Record(Guarantee, {"ratio": Key(PERCENT, required=True)}, "保底比例")
