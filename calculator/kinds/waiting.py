"""断缴影响: what stops, what is kept, and how long the benefits take to come back.

居民: a fixed wait, one month for each missed year, less what is paid back (国办发〔2024〕38号); 职工: by the months of
the break (医保办发〔2021〕43号). Accumulated years of contribution are kept; consecutive ones may start again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from calculator.answer import Answer, Part
from calculator.errors import InvalidData, NotCovered, Problem
from calculator.estimate import Estimate
from calculator.explain import interval_words
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
    read_whole,
    scheme_field,
)
from calculator.kinds.form import Field, Form
from calculator.kinds.sheet import Sheet
from calculator.model import SCHEME_WORDS, PoolingArea
from calculator.money import ZERO, Yuan
from calculator.outcomes import Outcome
from calculator.programs import WaitingEdition, WaitingGap
from calculator.reader import CaseReader

MOST = 60
_STATED = ("missed_years", "repaid_years", "gap_months", "insured_years", "paid_years")
_LABELS = {
    "missed_years": "断缴的年数", "repaid_years": "补缴的年数", "gap_months": "中断的月数",
    "insured_years": "断缴前连续参保的年数", "paid_years": "一共缴费的年数",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Break:
    """What the person told; None: not stated."""

    missed_years: int | None
    repaid_years: int | None
    gap_months: int | None
    insured_years: int | None
    paid_years: int | None
    incentive: Yuan | None
    born: date | None
    registered: date | None


@dataclass(frozen=True, slots=True)
class CoverageBreak:
    """A break in the contributions, for either scheme."""

    id: str = "coverage_break"
    title: str = "断缴影响"
    summary: str = "断缴以后停什么、留什么，重新缴费要等多久。"

    def form(self, area: PoolingArea) -> Form | None:
        """The questions; None when nothing is known about waiting."""
        programs = known_editions(area, "waiting", WaitingEdition)
        if not programs:
            return None
        return Form(tuple(_fields(area, programs)))

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """The wait, what is kept. Raises InvalidData with the fields named, NotCovered where nothing is known."""
        reader = CaseReader(document)
        reader.closed((*PERSON_KEYS, *_STATED, "incentive", "born", "registered"))
        known = known_editions(area, "waiting", WaitingEdition)
        scheme = read_scheme(reader, list(known))
        person, day = read_person(reader, area, scheme), read_date(reader)
        stated = _read(reader)
        reader.finish()
        what = f"{area.name}{SCHEME_WORDS[scheme]}断缴和等待期"
        editions = editions_of(known, scheme, f"{what}的规定")

        def once(edition: WaitingEdition, amounts: Amounts) -> Outcome:
            return _settle(edition, amounts.sheet, stated)

        result = estimated(area, editions, day, what, person, once, "wait")
        part = Part("estimate", "", result, named(result, _WORDS))
        return Answer(self.id, self.title, _headline(result, stated), (part,))


def _fields(area: PoolingArea, programs: dict[str, tuple[WaitingEdition, ...]]) -> Iterator[Field]:
    yield scheme_field(tuple(programs))
    for scheme, editions in programs.items():
        yield from person_fields(area, scheme, editions)
    yield date_field(max(programs.values(), key=lambda editions: editions[-1].since))
    by_years = tuple(scheme for scheme, editions in programs.items() if editions[-1].fixed_wait is not None)
    by_months = tuple(scheme for scheme in programs if scheme not in by_years)
    if by_months:
        when = {"scheme": by_months}
        yield Field("gap_months", "中断了几个月", "integer", required=True, minimum=0, maximum=600, when=when)
    if by_years:
        when = {"scheme": by_years}
        yield Field("missed_years", "断缴了几年", "integer", default="1", minimum=0, maximum=MOST, when=when)
        yield Field("repaid_years", "打算补缴几年", "integer", default="0", minimum=0, maximum=MOST, when=when)
    for name in ("insured_years", "paid_years"):
        yield Field(name, _LABELS[name], "integer", minimum=0, maximum=MOST, advanced=True)


def _read(reader: CaseReader) -> Break:
    document = reader.document
    numbers = {
        name: read_whole(reader, name, _LABELS[name], 0, 600 if name == "gap_months" else MOST)
        if document.get(name, "") not in ("", None)
        else None
        for name in _STATED
    }
    missed, repaid = numbers["missed_years"], numbers["repaid_years"]
    if repaid and repaid > (missed or 0):
        reader.refuse(("repaid_years",), "补缴的年数不能比断缴的年数多", "whole")
    born, registered = reader.day("born"), reader.day("registered")
    if (born is None) != (registered is None):
        reader.refuse(("born" if born is None else "registered",), "出生日期和登记日期要一起写", "date")
    elif born and registered and registered < born:
        reader.refuse(("registered",), "登记日期早于出生日期", "date")
    incentive = read_amount(reader, "incentive", "奖励额度")
    return Break(**numbers, incentive=incentive, born=born, registered=registered)


def _settle(edition: WaitingEdition, sheet: Sheet, stated: Break) -> Outcome:
    if stated.born is not None:
        return _newborn(edition, sheet, stated)
    if edition.stops is not None:
        sheet.step("waiting.stops", None, when=str(sheet.run.value(edition.stops)))
    broke = _by_months(edition, sheet, stated) if edition.gaps else _by_years(edition, sheet, stated)
    if stated.insured_years is not None:
        _consecutive(sheet, stated.insured_years, broke="continuity" in broke)
    if stated.incentive is not None and edition.resets:
        _incentive(edition, sheet, stated.incentive, broke="incentive" in broke)
    if stated.paid_years is not None:
        sheet.amounts["paid_years"] = ZERO + stated.paid_years
        sheet.step("waiting.kept", None, years=stated.paid_years)
    return sheet.outcome()


def _by_years(edition: WaitingEdition, sheet: Sheet, stated: Break) -> tuple[str, ...]:
    """固定等待期 + 变动等待期 − 补缴修复, not less than the minimum; what the break sets back."""
    if stated.missed_years is None:
        raise InvalidData(
            [Problem(("missed_years",), "请填写断缴了几年；没有断缴、只是没在集中缴费期缴的填 0", "missing")]
        )
    assert edition.fixed_wait is not None
    missed, repaid = stated.missed_years, stated.repaid_years or 0
    wait = sheet.number(edition.fixed_wait)
    sheet.step("waiting.fixed", None, months=str(wait))
    if edition.per_missed_year is not None and missed:
        wait += _variable(edition, sheet, missed, repaid)
    if edition.at_least is not None and missed >= sheet.number(edition.at_least.from_missed):
        least = sheet.number(edition.at_least.months)
        sheet.step("waiting.minimum", None, years=missed, months=str(least), wait=str(wait), least=least, found=wait)
        wait = max(wait, least)
    sheet.run.pending = []
    sheet.amounts["wait"] = wait
    sheet.step("waiting.total", None, months=str(wait))
    return edition.resets if missed else ()


def _variable(edition: WaitingEdition, sheet: Sheet, missed: int, repaid: int) -> Yuan:
    assert edition.per_missed_year is not None
    assert edition.counted_years is not None
    way = str(sheet.run.value(edition.counted_years))
    counted = missed if way == "all" else missed - 1
    each = sheet.number(edition.per_missed_year)
    variable = each * counted
    sheet.step("waiting.variable", None, missed=missed, counted=counted, each=str(each), months=str(variable), way=way)
    if repaid and edition.per_repaid_year is not None:
        back = sheet.number(edition.per_repaid_year)
        left = max(ZERO, variable - back * repaid)
        sheet.step("waiting.repaired", None, repaid=repaid, each=str(back), months=str(left))
        return left
    if repaid:
        sheet.step("waiting.no_repair")
    return variable


def _by_months(edition: WaitingEdition, sheet: Sheet, stated: Break) -> tuple[str, ...]:
    """The row of the length of the break; what it sets back."""
    if stated.gap_months is None:
        raise InvalidData([Problem(("gap_months",), "请填写中断了几个月", "missing")])
    row = _row(edition.gaps, sheet, stated.gap_months)
    wait = sheet.number(row.wait)
    effect = "" if row.effect is None else str(sheet.run.value(row.effect))
    sheet.amounts["wait"] = wait
    sheet.step("waiting.gap", None, gap=stated.gap_months, months=str(wait), wait=wait, effect=effect)
    return row.resets if stated.gap_months else ()


def _row(gaps: tuple[WaitingGap, ...], sheet: Sheet, months: int) -> WaitingGap:
    for gap in gaps:
        if gap.up_to is None or months <= sheet.number(gap.up_to):
            return gap
    raise AssertionError("the last row is open")


def _consecutive(sheet: Sheet, years: int, *, broke: bool) -> None:
    """连续参保年限: again from nothing, or as before."""
    sheet.amounts["insured_years"] = ZERO if broke else ZERO + years
    sheet.step("waiting.reset" if broke else "waiting.continues", None, years=years)


def _incentive(edition: WaitingEdition, sheet: Sheet, before: Yuan, *, broke: bool) -> None:
    """大病保险的奖励额度: gone, or smaller by what a break costs, or as before."""
    left = before
    if broke and edition.incentive_loss is not None:
        left = max(ZERO, before - sheet.number(edition.incentive_loss))
    elif broke:
        left = ZERO
    sheet.amounts["incentive"] = left
    sheet.step("waiting.incentive", left, before=before, lost=before - left)


def _newborn(edition: WaitingEdition, sheet: Sheet, stated: Break) -> Outcome:
    """新生儿: in time, covered from birth; late, from the day of registration, at once or after the fixed wait."""
    if edition.newborn is None or stated.born is None or stated.registered is None:
        raise NotCovered("这里没有收录新生儿参保的规定。", "born")
    passed = (stated.registered - stated.born).days
    limit = int(sheet.number(edition.newborn.days))
    in_time = passed <= limit
    late = "" if in_time else str(sheet.run.value(edition.newborn.late))
    wait = ZERO
    if late == "waiting" and edition.fixed_wait is not None:
        wait = sheet.number(edition.fixed_wait)
    sheet.amounts |= {"wait": wait, "uncovered_days": ZERO if in_time else ZERO + passed}
    sheet.step("waiting.newborn", None, passed=passed, limit=limit, late=late, months=str(wait))
    return sheet.outcome()


def _headline(result: Estimate, stated: Break) -> str:
    low, high = result.amounts["wait"]
    if stated.born is not None and "uncovered_days" in result.amounts and not result.amounts["uncovered_days"].high:
        return "按时登记了，从出生那天起就能报销。"
    if high == 0:
        return "补缴以后不用等，当月就能报销。" if stated.gap_months else "缴费以后不用等。"
    return f"重新缴费以后，要等 {interval_words(low, high)} 个月才能报销。"


_WORDS = {
    "wait": ("还要等几个月", "info", "number"), "uncovered_days": ("出生后有几天不能报销", "info", "number"),
    "insured_years": ("连续参保年限还剩几年", "info", "number"), "incentive": ("大病保险的奖励额度", "info", "yuan"),
    "paid_years": ("累计缴费年限保留几年", "info", "number"),
}  # fmt: skip
