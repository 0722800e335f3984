"""职工缴费与个人账户, 居民缴费: what is paid in, by whom, and what lands on the personal account.

Base: the wage, not below the floor and not above the ceiling (60% and 300% of the local average wage, 社会保险法 and
local notices). Account: the person's own contribution only (国办发〔2021〕14号).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from calculator.answer import Amount, Answer, Part
from calculator.case import UNKNOWN, CaseReader
from calculator.completions import Choice as Assumed
from calculator.completions import Run
from calculator.errors import NotCovered
from calculator.estimate import Estimate, estimate
from calculator.explain import contribution_headline
from calculator.kinds.form import Choice, Field, Form, branches_on
from calculator.kinds.variants import any_edition
from calculator.ledger import Step
from calculator.model import SCHEME_WORDS, ContributionEdition, ContributionPart, Figure, PoolingArea
from calculator.money import MODES, UNITS, ZERO, Yuan, number, quotient, round_amount
from calculator.outcomes import Gap, Outcome, completed
from calculator.rules import Situation, edition_on

MONTHS = 12


@dataclass(frozen=True, slots=True)
class ContributionKind:
    """A calculator of what is paid for one scheme: monthly for employees, yearly for residents."""

    id: str
    title: str
    summary: str
    scheme: str

    def form(self, area: PoolingArea) -> Form | None:
        """The questions for this area; None when nothing is known about its contributions."""
        contribution = area.contribution(self.scheme)
        return Form(tuple(self._fields(area, contribution.editions))) if contribution else None

    def _fields(self, area: PoolingArea, editions: tuple[ContributionEdition, ...]) -> Iterator[Field]:
        groups = area.groups[self.scheme]
        if len(groups) > 1 and any(_by_group(edition) for edition in editions):
            yield Field(
                "group", "人员类别", "choice", required=True, may_be_unknown=True,
                choices=tuple(Choice(name, words) for name, words in groups.items()),
            )  # fmt: skip
        newest = editions[-1]
        days = tuple(Choice(e.since.isoformat(), _period(e)) for e in reversed(editions))
        yield Field(
            "date", "按哪一年的标准算", "choice", required=True, default=newest.since.isoformat(), choices=days,
            may_be_unknown=len(days) > 1,
        )  # fmt: skip
        if self.scheme == "employee":
            yield Field(
                "wage", "月工资", "amount", unit="元", required=True, may_be_unknown=True,
                help="税前的月平均工资，例如 8000。",
            )  # fmt: skip
        else:
            yield Field("members", "一共几个人缴费", "integer", default="1", minimum=1, maximum=20)

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """What is paid. Raises InvalidData with the fields named, NotCovered where nothing is known."""
        reader = CaseReader(document)
        keys = ("scheme", "group", "date", "wage" if self.scheme == "employee" else "members")
        reader.closed(keys)
        if reader.document.get("scheme", self.scheme) != self.scheme:
            reader.refuse(("scheme",), f"这里只算 {self.scheme}（{SCHEME_WORDS[self.scheme]}）", "word")
        group = reader.word("group", area.groups[self.scheme], unknown=True)
        if not group and len(area.groups[self.scheme]) == 1:
            group = next(iter(area.groups[self.scheme]))
        any_day = reader.document.get("date") == UNKNOWN
        day = None if any_day else reader.day("date")
        if day is None and not any_day and not reader.problems:
            reader.refuse(("date",), "请填写日期，例如 2026-01-31", "missing")
        wage: Yuan | None = ZERO
        members = 1
        if self.scheme == "employee":
            wage = reader.amount(("wage",), reader.document.get("wage", ""), "月工资", unknown=True)
        else:
            members = _members(reader)
        reader.finish()
        what = f"{area.name}{SCHEME_WORDS[self.scheme]}缴费"
        contribution = area.contribution(self.scheme)
        if contribution is None:
            raise NotCovered(f"{what}的标准本站没有收录。", "scheme")
        outcomes: list[Outcome] = []
        gaps: list[Gap] = []
        for assumed, edition in _editions(contribution.editions, day, what):
            paid, silent = completed(_once(area, edition, self.scheme, group, wage, members, what))
            outcomes += [outcome._replace(choices=assumed + outcome.choices) for outcome in paid]
            gaps += silent

        def at(asked: Assumed, value: Yuan) -> list[Outcome]:
            found: list[Outcome] = []
            for assumed, edition in _editions(contribution.editions, day, what):
                earned = value if asked.key == "wage" else wage
                with suppress(NotCovered):
                    again = _once(area, edition, self.scheme, group, earned, members, what)
                    paid, _ = completed(again, {asked.key: value})
                    found += [outcome._replace(choices=assumed + outcome.choices) for outcome in paid]
            return found

        result = estimate(area, outcomes, gaps, by="total", at=at)
        amounts = tuple(_amounts(self.scheme, result))
        part = Part("estimate", "", result, amounts)
        return Answer(self.id, self.title, contribution_headline(self.scheme, members, result.amounts), (part,))


def _editions(
    editions: Sequence[ContributionEdition], day: date | None, what: str
) -> Iterator[tuple[tuple[Assumed, ...], ContributionEdition]]:
    """The edition of the day; each of them when the day is not known."""
    if day is not None:
        yield (), edition_on(editions, day, what)
        return
    for choice, edition in any_edition(editions):
        assert isinstance(edition, ContributionEdition)
        yield (choice,), edition


def _once(
    area: PoolingArea,
    edition: ContributionEdition,
    scheme: str,
    group: str,
    wage: Yuan | None,
    members: int,
    what: str,
) -> Callable[[Run], Outcome]:
    vocabulary = {"group": tuple(area.groups[scheme])}

    def once(run: Run) -> Outcome:
        return _pay(edition, Situation(area, {"group": group}, vocabulary, run, what), run, wage, members)

    return once


def _members(reader: CaseReader) -> int:
    found = reader.document.get("members", 1)
    if isinstance(found, str) and found.isascii() and found.isdigit():
        found = int(found) if len(found) < 4 else 0
    if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= 20:
        reader.refuse(("members",), "人数要填 1 到 20 的整数", "whole")
        return 1
    return found


def _by_group(edition: ContributionEdition) -> bool:
    tables: list[Any] = [edition.account, *(t for part in edition.parts for t in (part.rate, part.amount))]
    return any(branches_on(table, "group") for table in tables)


def _period(edition: ContributionEdition) -> str:
    return f"{edition.since} 起" + (f"，到 {edition.until}" if edition.until else "")


class _Sheet:
    """Steps and sums of one completion."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.steps: list[Step] = []
        self.paid: dict[str, Yuan] = {}

    def step(self, rule: str, amount: Yuan | None, **data: Any) -> None:
        self.steps.append(Step(rule, amount, data, tuple(self.run.pending)))
        self.run.pending = []


def _pay(edition: ContributionEdition, situation: Situation, run: Run, wage: Yuan | None, members: int) -> Outcome:
    sheet = _Sheet(run)
    amounts: dict[str, Yuan] = {}
    base = ZERO
    if edition.base is not None:
        floor, ceiling = number(run.value(edition.base.floor)), number(run.value(edition.base.ceiling))
        if wage is None:
            wage = number(run.choose("wage", "月工资", (floor, ceiling)))
        base = min(max(wage, floor), ceiling)
        sheet.step("contribution.base", base, wage=wage, floor=floor, ceiling=ceiling)
        amounts |= {"base": base, "base_floor": floor, "base_ceiling": ceiling}
        if floor:
            amounts["ceiling_to_floor"] = quotient(ceiling, floor, Decimal("0.00001"))
    for part in edition.parts:
        paid = _part(edition, part, situation, sheet, base, members)
        sheet.paid[part.payer] = sheet.paid.get(part.payer, ZERO) + paid
    total = sum(sheet.paid.values(), ZERO)
    amounts |= {"total": total, **sheet.paid}
    if edition.base is not None:
        _monthly(edition, situation, sheet, base, amounts)
    else:
        person, government = sheet.paid.get("person", ZERO), sheet.paid.get("government", ZERO)
        sheet.step("contribution.people", total, members=members, person=person, government=government)
    return Outcome(amounts, tuple(sheet.steps), tuple(run.choices.values()), run.status)


def _part(
    edition: ContributionEdition, part: ContributionPart, situation: Situation, sheet: _Sheet, base: Yuan, members: int
) -> Yuan:
    unit, mode = UNITS[edition.rounding.unit], MODES[edition.rounding.mode]
    if part.rate is not None:
        ratio = number(sheet.run.value(situation.look_up(part.rate, part.name)))
        paid = round_amount(base * ratio, unit, mode)
        sheet.step("contribution.rate", paid, name=part.name, payer=part.payer, base=base, ratio=ratio)
        return paid
    each = number(sheet.run.value(situation.look_up(part.amount, part.name)))
    per = "month" if edition.base is not None else "year"
    sheet.step(
        "contribution.amount", each * members, name=part.name, payer=part.payer, each=each, members=members, per=per
    )
    return each * members


def _account_share(edition: ContributionEdition, situation: Situation) -> Figure | None:
    """The share of the base credited for this person; None where nobody told us, which hides nothing of the rest."""
    if edition.account is None:
        return None
    try:
        share: Figure = situation.look_up(edition.account, "划入个人账户的比例")
    except NotCovered:
        return None
    return share


def _monthly(
    edition: ContributionEdition, situation: Situation, sheet: _Sheet, base: Yuan, amounts: dict[str, Yuan]
) -> None:
    """The account credit of the month and the sums of the year."""
    share = _account_share(edition, situation)
    if share is None:
        sheet.step("contribution.no_account", None)
    else:
        ratio = number(sheet.run.value(share))
        credit = round_amount(base * ratio, UNITS[edition.rounding.unit], MODES[edition.rounding.mode])
        sheet.step("contribution.account", credit, base=base, ratio=ratio)
        amounts["account"] = credit
    amounts |= {f"{name}_year": amounts[name] * MONTHS for name in ("person", "employer", "account") if name in amounts}
    person, employer = amounts.get("person_year", ZERO), amounts.get("employer_year", ZERO)
    sheet.step("contribution.year", None, person=person, employer=employer)


_WORDS = {
    "employee": {
        "base": ("缴费基数", "info"), "person": ("您自己每月缴", "payer"), "employer": ("单位每月缴", "payer"),
        "total": ("每月合计", "total"), "account": ("每月划入个人账户", "info"),
        "person_year": ("您自己一年缴", "info"), "employer_year": ("单位一年缴", "info"),
        "account_year": ("一年划入个人账户", "info"),
    },
    "resident": {
        "person": ("个人一年缴", "payer"), "government": ("财政补助", "payer"), "total": ("筹资总额", "total"),
    },
}  # fmt: skip


def _amounts(scheme: str, result: Estimate) -> Iterator[Amount]:
    for name, (words, role) in _WORDS[scheme].items():
        if name in result.amounts:
            yield Amount(name, words, result.amounts[name], role)
    for name in ("base_floor", "base_ceiling", "ceiling_to_floor"):
        if name in result.amounts:
            words = {"base_floor": "基数下限", "base_ceiling": "基数上限", "ceiling_to_floor": "上限是下限的几倍"}[name]
            yield Amount(name, words, result.amounts[name], "info", "number" if name == "ceiling_to_floor" else "yuan")
