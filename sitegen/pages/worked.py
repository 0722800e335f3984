"""Worked results at build: what a calculator answers to a few round cases, so that its page is useful by itself.

The cases come from the calculator's own questions: each takes its default or the first answer that leads somewhere,
then one question makes the rows and one the columns.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from markupsafe import Markup

from calculator.along import curves
from calculator.answer import Answer, Part
from calculator.chart import chart_html
from calculator.curve_chart import curve_chart, typed_bill
from calculator.errors import InvalidData, NotCovered
from calculator.estimate import Interval
from calculator.kinds import Kind
from calculator.kinds.form import UNKNOWN_LABEL, Field
from calculator.model import STATUS_ORDER, PoolingArea, Status
from calculator.money import UNITS, amount_words, round_amount
from calculator.reader import UNKNOWN
from calculator.slip import slip_html
from sitegen.pages.figures import mark_of
from sitegen.pages.words import date_words, yuan_words
from sitegen.views import ExampleSlip, ExampleTable

_ROUND: Mapping[str, tuple[int, ...]] = {
    "inpatient": (5_000, 10_000, 30_000, 50_000, 100_000, 300_000),
    "filing_comparison": (10_000, 50_000, 200_000),
    "outpatient": (200, 500, 1_000, 3_000, 10_000),
    "chronic": (500, 2_000, 5_000, 20_000),
    "employee_contribution": (3_000, 6_000, 10_000, 20_000, 50_000),
    "flexible_contribution": (3_000, 5_000, 8_000, 12_000),
    "payroll": (3_000, 6_000, 10_000, 20_000, 50_000),
    "base_tiers": (3_000, 6_000, 10_000, 20_000, 50_000),
    "maternity": (5_000, 8_000, 12_000),
    "care_insurance": (50, 100, 200),
    "resident_cap": (30_000, 50_000, 70_000),
}
_TYPED: Mapping[str, str] = {
    "numbers.age": "40",
    "numbers.claim_free_years": "0",
    "numbers.insured_months": "60",
    "numbers.insured_years": "5",
    "numbers.missed_years": "0",
    "numbers.paid_years": "20",
    "numbers.stay_days": "10",
    "average": "6000",
    "rate": "10",
    "local": "15",
    "gap_months": "4",
}
"""What the examples answer to a question that has no choices and no default."""
_SLIP: Mapping[str, int] = {"inpatient": 50_000, "filing_comparison": 50_000, "outpatient": 1_000, "chronic": 5_000}
_SHOWN = (
    "base", "person", "employer", "government", "account", "total", "fund", "allowance", "prenatal", "delivery", "cap",
)  # fmt: skip
"""The amounts of a contribution that fit a table."""
_SILENT = "没有收录"

Given = dict[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """Answers by field name, and how they read."""

    answers: Mapping[str, str]
    words: Mapping[str, str]


class Examples:
    """All examples of one calculator for one place."""

    def __init__(self, kind: Kind, area: PoolingArea, day: date | None = None) -> None:
        form = kind.form(area)
        assert form is not None
        self.kind = kind
        self.area = area
        self.day = day or area.checked_on
        self.fields = form.fields
        self.sample = form.sample
        self.main = next((f for f in self.fields if f.type == "amount" and f.required and f.name not in _TYPED), None)
        self.level = next((f for f in self.fields if f.name == "level"), None)
        self._asked: dict[frozenset[tuple[str, str]], Answer | NotCovered | InvalidData] = {}
        self.groups = [f for f in self.fields if f.name in ("scheme", "group")]

    @property
    def has_bill(self) -> bool:
        """Whether the examples are bills, of which parts may lie outside the insurance."""
        return self.main is not None and self.main.name.startswith("bill.")

    def tables(self) -> Iterator[ExampleTable]:
        """One table for each scheme and group of people, when it has any number in it."""
        if self.sample:
            return
        for base in self._people():
            answer = self._first_answer(base)
            if answer is None:
                continue
            if len(answer.parts) > 1:
                yield from self._by_part(base)
            elif self.level is not None and self.main is not None:
                yield from self._by_level(base)
            else:
                yield from self._by_amount(base)

    def slip(self, links: Mapping[str, str]) -> ExampleSlip | None:
        """One case with all its steps: the first people and the highest level the place has numbers for."""
        worked = self._worked()
        if worked is None:
            return None
        given, answer = worked
        words = tuple((self._label(name), text) for name, text in given.words.items())
        return ExampleSlip(title=answer.title, given=words, html=Markup(slip_html(answer, links)))

    def curve(self) -> Markup | None:
        """Who pays as the bill of that case grows, drawn; None where it cannot be."""
        worked = self._worked()
        if worked is None:
            return None
        document = _nested(worked[0].answers)
        try:
            along = curves(self.kind.id, self.area, document, "bill.total")
        except (NotCovered, InvalidData):
            return None
        return Markup(chart_html(curve_chart(along, typed_bill(document), "这个例子"), "curve"))

    def _worked(self) -> tuple[Case, Answer] | None:
        if self.sample:
            return self._settled(self._sampled())
        for base in self._people():
            for case in self._levels(base):
                given = self._with_amount(case, _SLIP.get(self.kind.id, self._amounts()[len(self._amounts()) // 2]))
                settled = self._settled(given)
                if settled is not None:
                    return settled
        return None

    def typical(self, scheme: str, amount: int) -> Iterator[tuple[Case, ...]]:
        """A round case for each group of people of a scheme: at every level of hospital, the highest first."""
        for base in self._people():
            if base.answers.get("scheme", scheme) == scheme:
                yield tuple(self._with_amount(case, amount) for case in self._levels(base))

    def on(self, case: Case, day: date) -> Answer | None:
        """The answer by the rules of a day; None where they are silent."""
        found = self._ask(Case({**case.answers, "date": day.isoformat()}, case.words))
        return found if isinstance(found, Answer) else None

    def _settled(self, given: Case) -> tuple[Case, Answer] | None:
        answer = self._ask(given)
        return (given, answer) if isinstance(answer, Answer) else None

    def _sampled(self) -> Case:
        """The description's own example."""
        case = Case({}, {})
        for field in self.fields:
            if field.name in self.sample:
                case = _with(case, field, self.sample[field.name], _sample_words(field, self.sample[field.name]))
        return case

    def silence(self) -> tuple[str, ...]:
        """Why people of some group find no example: what is missing, in the calculator's own words."""
        reasons = []
        for base in () if self.sample else self._people():
            if self._first_answer(base) is None:
                asked = [self._ask(self._with_amount(case, self._amounts()[0])) for case in self._levels(base)]
                reason = next((str(a) for a in asked if isinstance(a, NotCovered)), "")
                people = "，".join(base.words.get(f.name, "") for f in self.groups if f.name in base.words)
                reasons.append(f"{people}：{reason}" if people else reason)
        return tuple(dict.fromkeys(r for r in reasons if r))

    def assumptions(self) -> tuple[tuple[str, str], ...]:
        """What all examples have in common."""
        if self.sample:
            return ()
        case = next(self._people())
        varied = {f.name for f in self.groups} | {"level"}
        return tuple((self._label(name), text) for name, text in case.words.items() if name not in varied)

    def standard(self) -> Iterator[tuple[str, Answer | NotCovered | InvalidData]]:
        """Every case of the tables in words, and what it comes to; two versions are compared by the words."""
        if self.sample:
            case = self._sampled()
            yield "，".join(case.words.values()), self._ask(case)
            return
        for base in self._people():
            for case in self._levels(base):
                for amount in self._amounts() if self._varies(case) else (0,):
                    given = self._with_amount(case, amount)
                    told = (text for name, text in given.words.items() if self._label(name) and name != "date")
                    yield "，".join(told).replace("\N{NO-BREAK SPACE}", " "), self._ask(given)

    def _by_level(self, base: Case) -> Iterator[ExampleTable]:
        assert self.level is not None
        columns = self.level.choices
        rows, marks = [], []
        for amount in self._amounts():
            cells = [yuan_words_of(amount)]
            for choice in columns:
                answer = self._ask(self._with_amount(_with(base, self.level, choice.value, choice.label), amount))
                cells.append(_fund(answer.parts[0]) if isinstance(answer, Answer) else _SILENT)
                marks += _statuses(answer)
            rows.append(tuple(cells))
        names = tuple(choice.label for choice in columns)
        yield self._table(base, "医保付多少（元）", "总费用", names, rows, marks)

    def _by_part(self, base: Case) -> Iterator[ExampleTable]:
        amounts = self._amounts()
        for case in self._levels(base):
            answers = [self._ask(self._with_amount(case, amount)) for amount in amounts]
            good = [a for a in answers if isinstance(a, Answer)]
            if not good:
                continue
            marks = [status for answer in answers for status in _statuses(answer)]
            labels = dict.fromkeys(part.label for answer in good for part in answer.parts)
            rows = []
            for label in labels:
                found = [
                    next((p for p in a.parts if p.label == label), None) if isinstance(a, Answer) else None
                    for a in answers
                ]
                rows.append((label, *(_fund(part) if part else _SILENT for part in found)))
            yield self._table(case, "医保付多少（元）", "情形", tuple(yuan_words_of(a) for a in amounts), rows, marks)
            return

    def _by_amount(self, base: Case) -> Iterator[ExampleTable]:
        members = next((f for f in self.fields if f.name == "members"), None)
        if not (self._varies(base) or members):
            return
        rows, marks = [], []
        names: dict[str, str] = {}
        for value in self._amounts() if self.main else (1, 2, 3, 4):
            case = self._with_amount(base, value) if self.main else _with(base, members, str(value), f"{value} 人")
            answer = self._ask(case)
            if isinstance(answer, Answer):
                shown = {a.name: a for a in answer.parts[0].amounts if a.name in _SHOWN}
                names |= {name: amount.words for name, amount in shown.items()}
                head = yuan_words_of(value) if self.main else f"{value} 人"
                rows.append((head, *(_whole(amount.interval) for amount in shown.values())))
                marks += _statuses(answer)
        corner = self.main.label if self.main else members.label if members else ""
        if names:
            yield self._table(base, "各付多少（元）", corner, tuple(names.values()), rows, marks)

    def _table(
        self, case: Case, what: str, corner: str, columns: tuple[str, ...], rows: list[Any], marks: list[Status]
    ) -> ExampleTable:
        names = [f.name for f in self.groups] + ([] if corner == "总费用" else ["level"])
        people = "，".join(case.words[name] for name in names if name in case.words)
        told = [n for n in range(len(columns)) if any(row[n + 1] != _SILENT for row in rows)]
        worst = max(marks, key=STATUS_ORDER.__getitem__, default=None)
        return ExampleTable(
            caption=f"{people}：{what}" if people else what,
            corner=corner,
            columns=tuple(columns[n] for n in told),
            rows=tuple((row[0], *(row[n + 1] for n in told)) for row in rows),
            absent="、".join(name for n, name in enumerate(columns) if n not in told),
            mark=mark_of(worst) if worst else None,
        )

    def _people(self) -> Iterator[Case]:
        """Every scheme with each of its groups, everything else answered by its default."""
        fields = [f for f in self.fields if f.name in ("scheme", "group")]
        for chosen in product(*(f.choices for f in fields)):
            case = Case({}, {})
            for field, choice in zip(fields, chosen, strict=True):
                if _holds(field.when, case) and _holds(choice.when, case):
                    case = _with(case, field, choice.value, choice.label)
                elif _holds(field.when, case):
                    break
            else:
                if not any(_same(field, chosen, n, case) for n, field in enumerate(fields)):
                    yield self._defaults(case)

    def _defaults(self, case: Case) -> Case:
        for field in self.fields:
            if (
                field.name in case.answers
                or field.name == "level"
                or field is self.main
                or not _holds(field.when, case)
            ):
                continue
            if field.type == "date":
                case = _with(case, field, self.day.isoformat(), date_words(self.day))
            elif field.default:
                label = next((c.label for c in field.choices if c.value == field.default), field.default)
                case = _with(case, field, field.default, label)
            elif field.required and field.name in _TYPED:
                case = _with(case, field, _TYPED[field.name], f"{_TYPED[field.name]} {field.unit}".strip())
            elif field.required and field.choices:
                first = next((c for c in field.choices if _holds(c.when, case)), field.choices[0])
                case = _with(case, field, first.value, first.label)
        return case

    def _levels(self, base: Case) -> Iterator[Case]:
        """The case at each level, the highest first: that is where large bills are made."""
        if self.level is None or not _holds(self.level.when, base):
            yield base
            return
        for choice in reversed(self.level.choices):
            yield _with(base, self.level, choice.value, choice.label)

    def _first_answer(self, base: Case) -> Answer | None:
        amounts = self._amounts()
        asked = (self._ask(self._with_amount(case, amounts[len(amounts) // 2])) for case in self._levels(base))
        return next((answer for answer in asked if isinstance(answer, Answer)), None)

    def _amounts(self) -> tuple[int, ...]:
        return _ROUND.get(self.kind.id, (1_000, 5_000, 10_000, 50_000))

    def _with_amount(self, case: Case, amount: int) -> Case:
        return _with(case, self.main, str(amount), yuan_words_of(amount)) if self._varies(case) else case

    def _varies(self, case: Case) -> bool:
        """Whether the case asks for the amount that makes the rows."""
        return self.main is not None and _holds(self.main.when, case)

    def _label(self, name: str) -> str:
        return next(field.label for field in self.fields if field.name == name)

    def _ask(self, case: Case) -> Answer | NotCovered | InvalidData:
        """The answer to a case; tables, the slip and the reasons for silence ask the same ones again."""
        key = frozenset(case.answers.items())
        if key not in self._asked:
            try:
                self._asked[key] = self.kind.estimate(self.area, _nested(case.answers))
            except (NotCovered, InvalidData) as silent:
                self._asked[key] = silent
        return self._asked[key]


def yuan_words_of(amount: int) -> str:
    """A round amount of an example."""
    return yuan_words(Decimal(amount)).replace(" ", "\N{NO-BREAK SPACE}")


def _sample_words(field: Field, value: str) -> str:
    """An answer of the description's example, as readers see it."""
    if field.type == "date":
        return date_words(date.fromisoformat(value))
    if field.type == "amount":
        return yuan_words(Decimal(value))
    labels = {choice.value: choice.label for choice in field.choices} | {UNKNOWN: UNKNOWN_LABEL}
    return labels.get(value, value)


def _with(case: Case, field: Field | None, value: str, words: str) -> Case:
    if field is None:
        return case
    return Case({**case.answers, field.name: value}, {**case.words, field.name: words})


def _holds(when: Mapping[str, tuple[str, ...]], case: Case) -> bool:
    return all(case.answers.get(name, "") in values for name, values in when.items())


def _same(field: Field, chosen: tuple[Any, ...], n: int, case: Case) -> bool:
    """A question that is not asked here counts once, with its first choice."""
    return field.name not in case.answers and chosen[n] is not field.choices[0]


def _fund(part: Part) -> str:
    return _whole(part.estimate.amounts["fund"])


def _whole(interval: Interval) -> str:
    """An amount or a range in whole yuan: tables are for a glance, the slip has the fen."""
    low, high = (amount_words(round_amount(end, UNITS["yuan"])) for end in interval)
    return low if low == high else f"{low} 到 {high}"


def _statuses(answer: object) -> list[Status]:
    return [part.estimate.status for part in answer.parts] if isinstance(answer, Answer) else []


def _nested(answers: Mapping[str, str]) -> dict[str, Any]:
    case: dict[str, Any] = {}
    for name, value in answers.items():
        *path, last = name.split(".")
        inner = case
        for step in path:
            inner = inner.setdefault(step, {})
        inner[last] = value
    return case
