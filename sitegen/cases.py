"""Cases with the amounts they expect: reading them, settling them, and comparing what came out.

One form for the worked examples of guides, for `tests/cases/` and for the command `estimate`; docs/cli.md describes it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from calculator.answer import Amount, Answer, Part
from calculator.errors import InvalidData, NotCovered, Path, shown
from calculator.kinds import KINDS, ask
from calculator.model import PoolingArea
from calculator.money import round_amount
from calculator.shape import FAILED, Key, ListOf, MapOf, Reading, Record, Schema, Shape, Text, Word
from sitegen.expected import SHAPES, wrong_told
from sitegen.problems import Problem, nearest, shorten
from sitegen.shapes import Anything
from sitegen.yamlfile import Document

STATUSES = ("official", "secondary", "disputed", "illustrative")
_AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,5})?")

Range: TypeAlias = tuple[Decimal, Decimal]
AreaOf: TypeAlias = Callable[[str], PoolingArea | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a case is to give (预期); amounts as the two ends of a range, equal when exact."""

    amounts: Mapping[str, Range] = field(default_factory=dict)
    """By the name of the amount; a layer's is `layer:basic`."""
    parts: Mapping[str, "Expectation"] = field(default_factory=dict)
    """For kinds that answer with several estimates: by the part's id."""
    told: Mapping[str, Any] = field(default_factory=dict)
    """Findings, days and checklists, by key."""
    status: str = ""
    error: str = ""
    missing: str = ""
    """Of `not_covered`: the field that finds no rule."""
    nearest: tuple[str, ...] | None = None
    """Of `not_covered`: all that exists instead, in words."""
    field: str = ""
    """Of `invalid`: one of the fields that are wrong."""
    fields: tuple[str, ...] | None = None
    """Of `invalid`: all of them, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A case settled: its answer, or the error that came instead."""

    answer: Answer | None = None
    invalid: InvalidData | None = None
    silent: NotCovered | None = None


class _Money(Shape):
    """An amount with at most five decimals, or `[low, high]`."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, list) and len(found) == 2:
            low, high = (self._one(end, (*path, i), reading) for i, end in enumerate(found))
            if low is FAILED or high is FAILED:
                return FAILED
            return (low, high) if low <= high else reading.refuse(path, "范围要先写低的，再写高的", "range")
        one = self._one(found, path, reading)
        return FAILED if one is FAILED else (one, one)

    def _one(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, int | str) and not isinstance(found, bool) and _AMOUNT.fullmatch(str(found)):
            return Decimal(str(found))
        return reading.refuse(path, f"写的是{shown(found)}，应是金额，例如 38400.00；范围写成 [低, 高]", "amount")

    def schema(self) -> Schema:
        return {}


class _Expect(Shape):
    """The mapping under `expect`: amounts by name, and a few words with a meaning of their own."""

    _OWN: Mapping[str, Shape] = {
        **SHAPES,
        "status": Word(STATUSES),
        "error": Word(("not_covered", "invalid")),
        "missing": Text("缺的那一项，例如 level"),
        "nearest": ListOf(Text("收录了的，例如 三级"), shortest=0),
        "field": Text("有误的一项，例如 bill.total"),
        "fields": ListOf(Text("有误的一项，例如 bill.total"), shortest=1),
    }
    _OF: Mapping[str, str] = {
        "missing": "not_covered",
        "nearest": "not_covered",
        "field": "invalid",
        "fields": "invalid",
    }
    """Words that say more of one error, and of which."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, Mapping) or not found:
            return reading.refuse(path, f"写的是{shown(found)}，应是预期的得数，例如 {{fund: 38400.00}}", "type")
        values: dict[str, Any] = {"amounts": {}, "parts": {}}
        for key, value in found.items():
            here = (*path, key)
            if key in self._OWN:
                values[key] = self._own(key, value, here, found, reading)
            elif key == "layers":
                layers = MapOf(_Money(), "各层的得数").read(value, here, reading)
                values["amounts"] |= {} if layers is FAILED else {f"layer:{name}": v for name, v in layers.items()}
                values["layers"] = layers
            elif isinstance(value, Mapping):
                values["parts"][key] = self.read(value, here, reading)
            else:
                values["amounts"][key] = _Money().read(value, here, reading)
        failed = FAILED in (*values.values(), *values["amounts"].values(), *values["parts"].values())
        values.pop("layers", None)
        values["told"] = {key: values.pop(key) for key in SHAPES if key in values}
        return FAILED if failed else Expectation(**values)

    def _own(self, key: str, value: object, here: Path, found: Mapping[Any, Any], reading: Reading) -> Any:
        error = self._OF.get(key)
        if error and found.get("error") != error:
            return reading.refuse(here, f"“{key}”只和 error: {error} 一起写", "key")
        return self._OWN[key].read(value, here, reading)

    def schema(self) -> Schema:
        return {"type": "object"}


EXPECT: Shape = _Expect()
KIND: Shape = Word(tuple(KINDS))
CASE: Shape = Anything("就医情形，例如 {scheme: employee, date: 2026-03-01, …}")


class _AreaOf(Shape):
    """The id of an area, or a whole policy document; several of them in a list."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if isinstance(found, Mapping | str):
            return found
        if isinstance(found, list) and found and all(isinstance(item, Mapping | str) for item in found):
            return found
        return reading.refuse(path, f"写的是{shown(found)}，应是统筹区的 id，或者一整份统筹区文件", "type")

    def schema(self) -> Schema:
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEntry:
    """One case of a case file (案例)."""

    area: str | Mapping[str, Any] | Sequence[str | Mapping[str, Any]]
    case: Mapping[str, Any]
    kind: str = "inpatient"
    id: str = ""
    title: str = ""
    expect: Expectation | None = None
    printed: object = None
    note: str = ""
    source: object = None
    structures: object = None


class _Free(Shape):
    """Anything at all: written for people, not read."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:  # noqa: ARG002  as all shapes
        return found

    def schema(self) -> Schema:
        return {}


CASE_ENTRY = Record(
    CaseEntry,
    {
        "area": Key(_AreaOf(), required=True, help="统筹区的 id，或者一整份统筹区文件"),
        "case": Key(CASE, required=True, help="就医情形"),
        "kind": Key(KIND, default="inpatient"),
        "id": Key(Text("案例的编号", longest=80), default=""),
        "title": Key(Text("案例的名字"), default=""),
        "expect": Key(EXPECT),
        "printed": Key(_Free()),
        "note": Key(Text("一段说明", longest=2000), default=""),
        "source": Key(_Free()),
        "structures": Key(_Free(), help="这个案例检验哪些结构，例如 [R5, SW-2]"),
    },
    "一个案例",
)


def read_cases(document: Document) -> tuple[tuple[tuple[Path, CaseEntry], ...], tuple[Problem, ...]]:
    """The cases of a case file, each with its path in the document; a file is one case or a list."""
    data = document.data
    items: list[tuple[Path, object]] = [((), data)]
    if isinstance(data, list):
        items = [((index,), item) for index, item in enumerate(data)]
        if not items:
            return (), (document.problem((), "列表里一个案例也没有", "empty"),)
    entries = []
    reading = Reading()
    for path, item in items:
        entry = CASE_ENTRY.read(item, path, reading)
        if entry is not FAILED:
            entries.append((path, entry))
    problems = tuple(document.problem(p.path, p.message, p.check) for p in dict.fromkeys(reading.problems))
    return tuple(entries), problems


def settle(kind: str, area: PoolingArea | Sequence[PoolingArea], case: Mapping[str, Any]) -> Settled:
    """What the calculator says to a case."""
    try:
        return Settled(answer=ask(kind, [area] if isinstance(area, PoolingArea) else area, case))
    except InvalidData as error:
        return Settled(invalid=error)
    except NotCovered as error:
        return Settled(silent=error)


def differences(settled: Settled, expect: Expectation | None, path: Path, document: Document) -> Iterator[Problem]:
    """Where the outcome is not what was expected; `path` is that of the entry that holds `case` and `expect`."""
    if expect is not None and expect.error:
        yield from _wrong_error(settled, expect, path, document)
        return
    for problem in settled.invalid.problems if settled.invalid else ():
        yield document.problem((*path, "case", *problem.path), problem.message, problem.check)
    if settled.silent is not None:
        place = (*path, "case", *settled.silent.missing.split("."))
        yield document.problem(place, str(settled.silent), "not-covered")
    if settled.answer is not None and expect is not None:
        yield from _wrong_answer(settled.answer, expect, (*path, "expect"), document)


def _wrong_error(settled: Settled, expect: Expectation, path: Path, document: Document) -> Iterator[Problem]:
    found = "not_covered" if settled.silent else "invalid" if settled.invalid else "算出了得数"
    if found != expect.error:
        told = settled.silent or settled.invalid
        detail = f"：{shorten(str(told), 200)}" if told else f"：{settled.answer.headline}" if settled.answer else ""
        message = f"预期 {expect.error}，结果是{found}{detail}"
        yield document.problem((*path, "expect", "error"), message, "disagrees")
    elif settled.silent:
        yield from _wrong_silence(settled.silent, expect, (*path, "expect"), document)
    elif settled.invalid:
        yield from _wrong_fields([p.where for p in settled.invalid.problems], expect, (*path, "expect"), document)


def _wrong_silence(silent: NotCovered, expect: Expectation, path: Path, document: Document) -> Iterator[Problem]:
    if expect.missing and silent.missing != expect.missing:
        message = f"预期缺的是 {expect.missing}，结果缺的是 {silent.missing}：{silent}"
        yield document.problem((*path, "missing"), message, "disagrees")
    if expect.nearest is not None and silent.nearest != expect.nearest:
        message = f"写的是{_listed(expect.nearest)}，结果收录的有{_listed(silent.nearest)}"
        yield document.problem((*path, "nearest"), message, "disagrees")


def _wrong_fields(wrong: list[str], expect: Expectation, path: Path, document: Document) -> Iterator[Problem]:
    if expect.field and expect.field not in wrong:
        message = f"预期有误的是 {expect.field}，结果有误的是{_listed(wrong)}"
        yield document.problem((*path, "field"), message, "disagrees")
    if expect.fields is not None and list(expect.fields) != wrong:
        message = f"预期有误的是{_listed(expect.fields)}，结果有误的是{_listed(wrong)}"
        yield document.problem((*path, "fields"), message, "disagrees")


def _listed(words: Sequence[str]) -> str:
    return f" {'、'.join(words)}" if words else "：一个也没有"


def _wrong_answer(answer: Answer, expect: Expectation, path: Path, document: Document) -> Iterator[Problem]:
    for key, message in wrong_told(answer, expect.told):
        yield document.problem((*path, key), message, "disagrees")
    if answer.parts:
        yield from _wrong_part(answer.parts[0], expect, path, document)
    elif expect.amounts or expect.status not in ("", answer.status):
        name = next(iter(expect.amounts), "status")
        yield document.problem((*path, name), f"得数里没有“{shorten(name)}”，或者不是这一级", "disagrees")
    parts = {part.id: part for part in answer.parts}
    for name, expected in expect.parts.items():
        place = (*path, name)
        if name in parts:
            yield from _wrong_part(parts[name], expected, place, document)
        else:
            silent = next((m.reason for m in answer.missing if m.id == name), "")
            if not (silent and expected.error == "not_covered"):
                reason = f"，{silent}" if silent else nearest(name, parts)
                yield document.problem(place, f"得数里没有“{shorten(name)}”{reason}", "disagrees")


def _wrong_part(part: Part, expect: Expectation, path: Path, document: Document) -> Iterator[Problem]:
    found = {amount.name: ends_of(amount) for amount in part.amounts}
    for name, wanted in expect.amounts.items():
        place = (*path, "layers", name.removeprefix("layer:")) if name.startswith("layer:") else (*path, name)
        if name not in found:
            known = [n.removeprefix("layer:") for n in found if n.startswith("layer:") == name.startswith("layer:")]
            message = f"得数里没有“{shorten(name.removeprefix('layer:'))}”{nearest(name, known)}"
            yield document.problem(place, message, "disagrees")
        elif wanted != found[name]:
            message = f"写的是 {range_text(wanted)}，算出来是 {range_text(found[name])}"
            yield document.problem(place, message, "disagrees")
    if expect.status and expect.status != part.estimate.status:
        message = f"写的是 {expect.status}，算出来是 {part.estimate.status.value}"
        yield document.problem((*path, "status"), message, "disagrees")


def ends_of(amount: Amount) -> Range:
    """The two ends of an amount, yuan to the fen."""
    low, high = amount.interval
    return (round_amount(low), round_amount(high)) if amount.unit == "yuan" else (low, high)


def range_text(ends: Range) -> str:
    """An amount or a range in words: `38,400.00`, `25,025.00 至 28,875.00`."""
    low, high = (_grouped(end) for end in ends)
    return low if low == high else f"{low} 至 {high}"


def _grouped(amount: Decimal) -> str:
    exponent = amount.normalize().as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    return f"{amount:,.{places}f}"
