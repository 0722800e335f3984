"""职工缴费与个人账户, 居民缴费: what is paid in, by whom, and what lands on the personal account.

Base: the wage, not below the floor and not above the ceiling (60% and 300% of the local average wage, 社会保险法 and
local notices). Account: the person's own contribution only (国办发〔2021〕14号).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from calculator.answer import Answer, Part
from calculator.errors import InvalidData, NotCovered, Problem
from calculator.headlines import contribution_headline
from calculator.kinds.base import Amounts, clamped, limits
from calculator.kinds.credit import Owner, credit
from calculator.kinds.editions import (
    PERSON_KEYS,
    date_field,
    estimated,
    named,
    person_fields,
    read_date,
    read_person,
    read_whole,
)
from calculator.kinds.form import Field, Form
from calculator.kinds.premium import MONTHS, Premium
from calculator.kinds.sheet import Sheet, rounded
from calculator.model import SCHEME_WORDS, ContributionBase, ContributionEdition, PoolingArea
from calculator.money import ZERO, Yuan, number, quotient
from calculator.outcomes import Outcome
from calculator.reader import CaseReader


@dataclass(frozen=True, slots=True)
class Stated:
    """What the person told: ``wage`` None when it is not known, ``no_wage`` when it was not asked for."""

    wage: Yuan | None = None
    no_wage: bool = False
    pension: Yuan | None = None
    members: int = 1


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
        yield from person_fields(area, self.scheme, editions)
        yield date_field(editions)
        if self.scheme == "employee":
            yield Field(
                "wage", "月工资", "amount", unit="元", required=True, may_be_unknown=True,
                help="税前的月平均工资，例如 8000。",
            )  # fmt: skip
        else:
            yield Field("members", "一共几个人缴费", "integer", default="1", minimum=1, maximum=20)
        if any(e.account and e.account.own_pension_rate is not None for e in editions):
            yield Field("pension", "每月的养老金", "amount", unit="元", help="退休的人填：划入个人账户按它算。")

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """What is paid. Raises InvalidData with the fields named, NotCovered where nothing is known."""
        reader = CaseReader(document)
        contribution = area.contribution(self.scheme)
        reader.closed((*PERSON_KEYS, "pension", "wage" if self.scheme == "employee" else "members"))
        if reader.document.get("scheme", self.scheme) != self.scheme:
            reader.refuse(("scheme",), f"这里只算 {self.scheme}（{SCHEME_WORDS[self.scheme]}）", "word")
        person = read_person(reader, area, self.scheme)
        day = read_date(reader)
        may_lack_wage = contribution is not None and any(_needs_no_wage(e) for e in contribution.editions)
        stated = self._stated(reader, may_lack_wage=may_lack_wage)
        reader.finish()
        what = f"{area.name}{SCHEME_WORDS[self.scheme]}缴费"
        if contribution is None:
            raise NotCovered(f"{what}的标准本站没有收录。", "scheme")

        def once(edition: ContributionEdition, amounts: Amounts) -> Outcome:
            return _pay(edition, amounts, stated)

        result = estimated(area, contribution.editions, day, what, person, once, "total")
        part = Part("estimate", "", result, named(result, _WORDS[self.scheme] | BASE_WORDS))
        headline = contribution_headline(self.scheme, stated.members, result.amounts)
        return Answer(self.id, self.title, headline, (part,))

    def _stated(self, reader: CaseReader, *, may_lack_wage: bool) -> Stated:
        pension = reader.document.get("pension", "")
        own = reader.amount(("pension",), pension, "每月的养老金") if pension not in ("", None) else None
        if self.scheme != "employee":
            return Stated(ZERO, pension=own, members=read_whole(reader, "members", "人数", 1, 20, 1))
        if reader.document.get("wage", "") in ("", None) and may_lack_wage:
            return Stated(no_wage=True, pension=own)
        wage = reader.amount(("wage",), reader.document.get("wage", ""), "月工资", unknown=True)
        return Stated(wage, pension=own)


def _needs_no_wage(edition: ContributionEdition) -> bool:
    """Whether somebody's account is credited without looking at a wage (退休人员)."""
    account = edition.account
    return account is not None and any((account.fixed, account.pension_rate, account.own_pension_rate))


class WageBase:
    """The base of contribution, worked out once, when it is first needed."""

    def __init__(self, amounts: Amounts, base: ContributionBase | None, stated: Stated) -> None:
        self.amounts = amounts
        self.rules = base
        self.stated = stated
        self.known: Yuan | None = None

    def __call__(self) -> Yuan:
        if self.known is None:
            self.known = self._work_out()
        return self.known

    def _work_out(self) -> Yuan:
        if self.stated.no_wage:
            raise InvalidData([Problem(("wage",), "请填写月工资：这类人员的缴费按它计算", "missing")])
        assert self.rules is not None
        sheet, wage = self.amounts.sheet, self.stated.wage
        floor, ceiling = limits(self.amounts, self.rules)
        if wage is None:
            wage = number(sheet.run.choose("wage", "月工资", (floor, ceiling)))
        base = clamped(wage, floor, ceiling, self.rules)
        sheet.step("contribution.base", base, wage=wage, floor=floor, ceiling=ceiling)
        sheet.amounts |= {"base": base, "base_floor": floor, "base_ceiling": ceiling}
        if floor:
            sheet.amounts["ceiling_to_floor"] = quotient(ceiling, floor, Decimal("0.00001"))
        return base


def _pay(edition: ContributionEdition, amounts: Amounts, stated: Stated) -> Outcome:
    sheet = amounts.sheet
    base = WageBase(amounts, edition.base, stated)
    _years(edition, sheet)
    if edition.base is not None and not stated.no_wage:
        base()
    premium = Premium(amounts, edition.rounding, "month" if edition.base is not None else "year", stated.members)
    premium.add(edition.parts, base)
    if edition.assistance is not None:
        _assist(edition, amounts, premium)
    sheet.amounts |= {"total": sum(premium.paid.values(), ZERO), **premium.paid}
    if edition.base is not None:
        credited = credit(edition.account, amounts, Owner(base, stated.pension), edition.rounding)
        monthly_sums(sheet, premium, credited)
    else:
        helped = {"assistance": premium.paid["assistance"]} if "assistance" in premium.paid else {}
        sheet.step(
            "contribution.people", sheet.amounts["total"], members=stated.members,
            person=premium.year("person"), government=premium.year("government"), **helped,
        )  # fmt: skip
    return sheet.outcome()


def _years(edition: ContributionEdition, sheet: Sheet) -> None:
    """待遇年度 and the year of the notice, where the record has them."""
    found = {}
    for name in ("coverage_year", "notice_year"):
        figure = getattr(edition, name)
        if figure is not None:
            found[name] = sheet.amounts[name] = sheet.number(figure)
    if found:
        sheet.step("contribution.years", None, **{name: str(year) for name, year in found.items()})


def _assist(edition: ContributionEdition, amounts: Amounts, premium: Premium) -> None:
    """资助参保: 医疗救助 pays the person's part, all or some of it."""
    sheet = amounts.sheet
    rule = amounts.situation.look_up(edition.assistance, "资助参保")
    person = premium.paid.get("person", ZERO)
    if rule.ratio is not None:
        ratio = sheet.number(rule.ratio)
        helped = rounded(person * ratio, edition.rounding)
        sheet.step("assistance.ratio", helped, of=person, ratio=ratio, left=person - helped)
    elif rule.amount is not None:
        each = sheet.number(rule.amount)
        helped = min(person, each * premium.members)
        sheet.step("assistance.amount", helped, each=each, members=premium.members, left=person - helped)
    else:
        sheet.step("assistance.none")
        return
    premium.paid |= {"person": person - helped, "assistance": helped}


def monthly_sums(sheet: Sheet, premium: Premium, credited: Yuan | None) -> None:
    """The account credit of the month and the sums of the year."""
    amounts = sheet.amounts
    if credited is not None:
        amounts["account"] = credited
    for name in ("person", "employer"):
        if name in premium.paid or name in premium.yearly:
            amounts[f"{name}_year"] = premium.year(name)
    if credited is not None:
        amounts["account_year"] = credited * MONTHS
    person, employer = amounts.get("person_year", ZERO), amounts.get("employer_year", ZERO)
    once = {"once": sum(premium.yearly.values(), ZERO)} if premium.yearly else {}
    sheet.step("contribution.year", person=person, employer=employer, **once)


_WORDS = {
    "employee": {
        "base": ("缴费基数", "info", "yuan"), "person": ("您自己每月缴", "payer", "yuan"),
        "employer": ("单位每月缴", "payer", "yuan"), "government": ("财政每月补助", "payer", "yuan"),
        "total": ("每月合计", "total", "yuan"),
        "account": ("每月划入个人账户", "info", "yuan"), "person_year": ("您自己一年缴", "info", "yuan"),
        "employer_year": ("单位一年缴", "info", "yuan"), "account_year": ("一年划入个人账户", "info", "yuan"),
    },
    "resident": {
        "person": ("个人一年缴", "payer", "yuan"), "assistance": ("医疗救助资助", "payer", "yuan"),
        "government": ("财政补助", "payer", "yuan"), "employer": ("单位补助", "payer", "yuan"),
        "total": ("筹资总额", "total", "yuan"),
    },
}  # fmt: skip
BASE_WORDS = {
    "base_floor": ("基数下限", "info", "yuan"), "base_ceiling": ("基数上限", "info", "yuan"),
    "ceiling_to_floor": ("上限是下限的几倍", "info", "number"),
    "coverage_year": ("缴的是哪一年的医保", "info", "number"), "notice_year": ("哪一年的通知", "info", "number"),
}  # fmt: skip
