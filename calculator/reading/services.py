"""办事规则 as written: lists of statements, each with its own status and sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from calculator.errors import Path, shown
from calculator.figures import FigureOf
from calculator.model import Source, Status
from calculator.reading.provenance import provenance_fault
from calculator.services import (
    RELATION_WORDS,
    AccountAway,
    EmergencyWindow,
    FilingPlace,
    FilingValidity,
    LateEmergency,
    Operation,
    Paper,
    Pharmacy,
    Review,
    Services,
    Sharing,
    SharingCap,
)
from calculator.shape import (
    FAILED,
    Day,
    Flag,
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
    identifier,
)
from calculator.workdays import FOREVER, Span

_HEAD: Mapping[str, Key] = {
    "status": Key(Word(tuple(Status)), required=True, help="可信程度"),
    "sources": Key(SourceIds(), required=True),
    "from": Key(Day(), help="从哪一天起"),
    "note": Key(Text("一句说明"), default=""),
}


@dataclass(frozen=True, slots=True)
class SpanOf(Shape):
    """A length of time: ``6 months``, ``3 workdays``; ``forever`` where that is possible."""

    forever: bool = False

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if self.forever and found == "forever":
            return FOREVER
        count, _, unit = found.partition(" ") if isinstance(found, str) else ("", "", "")
        unit = unit if unit.endswith("s") else f"{unit}s"
        if count.isascii() and count.isdigit() and 1 <= int(count[:4]) <= 999 and unit in self._units():
            return Span(int(count), unit)
        words = "、".join(f"6 {unit}" for unit in self._units()) + ("、forever（长期）" if self.forever else "")
        return reading.refuse(path, f"写的是{shown(found)}，应是一段时间，例如 {words}", "span")

    @staticmethod
    def _units() -> tuple[str, ...]:
        return "days", "workdays", "months", "years"

    def schema(self) -> Schema:
        span: Schema = {"type": "string", "pattern": r"^[1-9]\d{0,2} (days?|workdays?|months?|years?)$"}
        return {"anyOf": [span, {"const": "forever"}]} if self.forever else span


@dataclass(frozen=True, slots=True)
class StatementOf(Shape):
    """One statement: its own keys, and where it comes from; figures in it have that provenance."""

    build: Callable[..., Any]
    keys: Mapping[str, Key]
    what: str

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        provenance = None
        if isinstance(found, Mapping) and found.get("status") in tuple(Status):
            cited = found.get("sources")
            sources = tuple(s for s in cited if isinstance(s, str)) if isinstance(cited, list | tuple) else ()
            provenance = Provenance(Status(found["status"]), sources)
        with reading.under(provenance):
            return self._record().read(found, path, reading)

    def _record(self) -> Record:
        return Record(self._built, {**self.keys, **_HEAD}, self.what)

    def _built(self, **values: Any) -> Any:
        return self.build(since=values.pop("from"), **(values | {"status": Status(values["status"])}))

    def schema(self) -> Schema:
        return self._record().schema()


def _list(build: Callable[..., Any], keys: Mapping[str, Key], what: str) -> Key:
    return Key(ListOf(StatementOf(build, keys, what)), default=(), help=what)


_PROVINCES = Key(ListOf(Text("省份的名字", longest=20), distinct=True), default=())
_WHERE: Mapping[str, Key] = {
    "to": Key(Word(("in_province", "out_of_province")), required=True),
    "provinces": _PROVINCES,
}
_TEXT = Key(Text("一句话", longest=200), required=True)

KEYS: Mapping[str, Key] = {
    "filing_places": _list(
        FilingPlace, {**_WHERE, "filing": Key(Word(("required", "exempt", "pilot")), required=True)}, "要不要备案"
    ),
    "filing_validity": _list(
        FilingValidity,
        {
            "filing": Key(Word(("long_term", "referral", "temporary")), required=True),
            "lasts": Key(SpanOf(forever=True), required=True),
        },
        "备案有效期",
    ),
    "emergency_windows": _list(
        EmergencyWindow,
        {
            "within": Key(SpanOf(), required=True),
            "counted_from": Key(Word(("admission", "treatment", "discharge")), required=True),
            "start_counts": Key(Flag(), default=False),
        },
        "急诊补备案的期限",
    ),
    "emergency_late": _list(LateEmergency, {"text": _TEXT}, "超过急诊补备案的期限会怎样"),
    "account_sharing": _list(
        Sharing,
        {
            "relations": Key(
                ListOf(Word(tuple(name for name in RELATION_WORDS if name != "other")), distinct=True), required=True
            ),
            "insured": Key(Word(("same_area", "in_province", "anywhere")), default=""),
            "pilot": Key(Flag(), default=False),
            "condition": Key(Text("一句话", longest=200), default=""),
        },
        "家庭共济给谁用",
    ),
    "sharing_cap": _list(SharingCap, {"amount": Key(FigureOf("yuan"), required=True)}, "共济的年度限额"),
    "account_away": _list(
        AccountAway,
        {**_WHERE, "way": Key(Word(("direct", "activate", "file", "claim", "no")), required=True)},
        "个人账户在外地怎么用",
    ),
    "pharmacy": _list(Pharmacy, {"pooled": Key(Flag(), required=True)}, "定点药店有没有统筹待遇"),
    "reviews": _list(
        Review,
        {
            "id": Key(identifier("这一组病的 id", "seven"), required=True),
            "name": _TEXT,
            "every": Key(SpanOf(), required=True),
        },
        "门诊慢特病多久复审",
    ),
    "operations": _list(
        Operation,
        {
            "id": Key(identifier("手术的 id", "fundoplication"), required=True),
            "name": _TEXT,
            "listed": Key(Word(("yes", "no", "unknown")), required=True),
            "condition": Key(Text("一句话", longest=200), default=""),
            "excluded": Key(ListOf(Text("一项", longest=60), distinct=True), default=()),
        },
        "手术能不能报",
    ),
    "claim_papers": _list(
        Paper, {"id": Key(identifier("材料的 id", "id-card"), required=True), "text": _TEXT}, "手工报销另外要的材料"
    ),
}
SERVICES = Record(Services, KEYS, "办事规则")


def refuse_bad_services(services: Any, fictional: object, sources: Mapping[str, Source], reading: Reading) -> None:
    """Statements have honest provenance, and ids of their own."""
    if services is FAILED:
        return
    seen: set[tuple[str, str]] = set()
    for name, index, statement in services.statements():
        place: Path = ("services", name, index)
        fault = provenance_fault(statement.status, statement.sources, fictional, sources)
        if fault:
            reading.refuse((*place, "status"), f"这一条{fault}", "provenance")
        own = getattr(statement, "id", "")
        if own and (name, own) in seen:
            reading.refuse((*place, "id"), f"{name} 里已经有叫“{own}”的一项", "duplicate")
        seen.add((name, own))
