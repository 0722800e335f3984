"""生育待遇: 生育津贴 = 单位上年度月平均工资 ÷ 30 × 天数 (女职工劳动保护特别规定), and lump sums beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from calculator.answer import Answer, Part
from calculator.errors import InvalidData, Problem
from calculator.explain import interval_text
from calculator.kinds.base import Amounts
from calculator.kinds.editions import (
    PERSON_KEYS,
    date_field,
    editions_of,
    estimated,
    known_editions,
    named,
    person_fields,
    read_amount,
    read_date,
    read_person,
    read_scheme,
    scheme_field,
)
from calculator.kinds.form import Field, Form
from calculator.model import SCHEME_WORDS, PoolingArea
from calculator.money import ZERO, Yuan, quotient
from calculator.outcomes import Outcome
from calculator.programs import MaternityEdition
from calculator.reader import CaseReader


@dataclass(frozen=True, slots=True)
class Maternity:
    """What the insurance pays around a birth, the hospital bill aside."""

    id: str = "maternity"
    title: str = "生育津贴和定额"
    summary: str = "生孩子能领多少生育津贴，产前检查和分娩定额是多少。"

    def form(self, area: PoolingArea) -> Form | None:
        """The questions; None when nothing is known about maternity."""
        programs = known_editions(area, "maternity", MaternityEdition)
        return Form(tuple(_fields(area, programs))) if programs else None

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """What is paid. Raises InvalidData with the fields named, NotCovered where nothing is known."""
        reader = CaseReader(document)
        reader.closed((*PERSON_KEYS, "level", "wage", "additions"))
        known = known_editions(area, "maternity", MaternityEdition)
        scheme = read_scheme(reader, list(known))
        person, day = read_person(reader, area, scheme, level=True), read_date(reader)
        wage = read_amount(reader, "wage", "单位上年度月平均工资")
        what = f"{area.name}{SCHEME_WORDS[scheme]}生育待遇"
        additions = _additions(reader, known.get(scheme, ()))
        reader.finish()
        editions = editions_of(known, scheme, f"{what}的标准")

        def once(edition: MaternityEdition, amounts: Amounts) -> Outcome:
            return _settle(edition, amounts, wage, additions)

        result = estimated(area, editions, day, what, person, once, "total")
        headline = f"一共可以领 {interval_text(*result.amounts['total'])}。"
        return Answer(self.id, self.title, headline, (Part("estimate", "", result, named(result, _WORDS)),))


def _fields(area: PoolingArea, programs: dict[str, Any]) -> Iterator[Field]:
    if len(programs) > 1:
        yield scheme_field(tuple(programs))
    for scheme, editions in programs.items():
        yield from person_fields(area, scheme, editions)
    yield date_field(next(iter(programs.values())))
    paid = tuple(scheme for scheme, editions in programs.items() if editions[-1].days is not None)
    when = {"scheme": paid} if 0 < len(paid) < len(programs) else {}
    if paid:
        yield Field(
            "wage", "单位上年度月平均工资", "amount", unit="元", required=True, when=when,
            help="问单位的人事，是单位全部职工的平均数，不是您自己的工资。",
        )  # fmt: skip
    names = {a.id: (a.name, a.each) for scheme in paid for a in programs[scheme][-1].additions}
    for name, (label, each) in names.items():
        yield Field(
            f"additions.{name}", label + ("：几个" if each else "：有填 1，没有填 0"), "integer", default="0",
            minimum=0, maximum=9 if each else 1, when=when,
        )  # fmt: skip


def _additions(reader: CaseReader, editions: tuple[MaternityEdition, ...]) -> dict[str, int]:
    """How many of each addition applies."""
    known = {addition.id: addition for edition in editions for addition in edition.additions}
    counts: dict[str, int] = {}
    for name, found in reader.part("additions").items():
        if str(name) not in known:
            listed = "、".join(f"{key}（{a.name}）" for key, a in known.items()) or "没有"
            reader.refuse(("additions", str(name)), f"这里没有“{name}”；可以写：{listed}", "key")
            continue
        most = 9 if known[str(name)].each else 1
        typed = isinstance(found, str) and found.isascii() and found.isdigit() and len(found) < 3
        number = int(found) if typed else found
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= most:
            reader.refuse(("additions", str(name)), f"{known[str(name)].name}要填 0 到 {most} 的整数", "whole")
        elif number:
            counts[str(name)] = number
    return counts


def _settle(edition: MaternityEdition, amounts: Amounts, wage: Yuan | None, additions: dict[str, int]) -> Outcome:
    sheet, situation = amounts.sheet, amounts.situation
    if edition.days is not None:
        assert edition.month_days is not None
        if wage is None:
            raise InvalidData([Problem(("wage",), "请填写单位上年度月平均工资：生育津贴按它计算", "missing")])
        days = sheet.number(situation.look_up(edition.days, "产假天数"))
        sheet.step("maternity.days", None, days=str(days))
        for addition in edition.additions:
            if count := additions.get(addition.id, 0):
                more = sheet.number(addition.days) * count
                days += more
                sheet.step("maternity.addition", None, name=addition.name, count=count, days=str(more))
        month = sheet.number(edition.month_days)
        paid = quotient(wage * days, month)
        sheet.amounts |= {"days": days, "allowance": paid}
        sheet.step("maternity.allowance", paid, wage=wage, month=str(month), days=str(days))
    for name in ("prenatal", "delivery"):
        table = getattr(edition, name)
        if table is not None:
            lump = amounts.entry(table, _WORDS[name][0])
            sheet.amounts[name] = lump
            sheet.step(f"maternity.{name}", lump)
    total = sum((sheet.amounts.get(name, ZERO) for name in ("allowance", "prenatal", "delivery")), ZERO)
    sheet.amounts["total"] = total
    sheet.step("maternity.total", total)
    return sheet.outcome()


_WORDS = {
    "days": ("产假天数", "info", "number"), "allowance": ("生育津贴", "payer", "yuan"),
    "prenatal": ("产前检查定额", "payer", "yuan"), "delivery": ("分娩定额", "payer", "yuan"),
    "total": ("一共", "total", "yuan"),
}  # fmt: skip
