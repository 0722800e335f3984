"""社保五险扣款: what both sides pay each month, 医疗 from the contributions and the others beside it, of one base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from calculator.answer import Amount, Answer, Part
from calculator.errors import NotCovered
from calculator.estimate import Estimate
from calculator.explain import interval_text
from calculator.kinds.base import Amounts
from calculator.kinds.contribution import BASE_WORDS, Stated, WageBase
from calculator.kinds.editions import (
    PERSON_KEYS,
    date_field,
    estimated,
    known_editions,
    person_fields,
    rate_fields,
    read_date,
    read_person,
    read_rates,
    read_scheme,
)
from calculator.kinds.form import Field, Form
from calculator.kinds.premium import Premium
from calculator.kinds.sheet import rounded
from calculator.model import ContributionEdition, Figure, PoolingArea
from calculator.money import ZERO, Ratio, Yuan
from calculator.outcomes import Outcome
from calculator.programs import PayrollEdition
from calculator.reader import CaseReader
from calculator.rules import edition_on, leaves

SIDES = ("person", "employer")


@dataclass(frozen=True, slots=True)
class Payroll:
    """Five insurances on one payslip."""

    id: str = "payroll"
    title: str = "社保五险扣款"
    summary: str = "工资条上养老、医疗、失业各扣多少，单位交多少。"

    def form(self, area: PoolingArea) -> Form | None:
        """The questions; None when the other insurances are not known here."""
        programs = _editions(area)
        contribution = area.contribution("employee")
        if not programs or contribution is None:
            return None
        fields = [*person_fields(area, "employee", contribution.editions), date_field(programs)]
        fields.append(Field("wage", "月工资", "amount", unit="元", required=True, help="税前的月平均工资，例如 8000。"))
        return Form((*fields, *rate_fields(_open_rates(programs[-1], contribution.editions[-1]))))

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """Each insurance, both totals. Raises InvalidData with the fields named, NotCovered where nothing is known."""
        reader = CaseReader(document)
        reader.closed((*PERSON_KEYS, "wage", "rates"))
        read_scheme(reader, ["employee"])
        person, day = read_person(reader, area, "employee"), read_date(reader)
        wage = reader.amount(("wage",), reader.document.get("wage", ""), "月工资")
        editions, contribution = _editions(area), area.contribution("employee")
        known: dict[str, Figure] = {}
        for edition in editions:
            for medical in contribution.editions if contribution else ():
                known |= {name: figure for name, (_, figure) in _open_rates(edition, medical).items()}
        rates = read_rates(reader, known)
        reader.finish()
        what = f"{area.name}社会保险缴费"
        if not editions or contribution is None or wage is None:
            raise NotCovered(f"{what}的标准本站没有收录。", "scheme")

        def once(edition: PayrollEdition, amounts: Amounts) -> Outcome:
            on: date = day or edition.since
            return _settle(edition, edition_on(contribution.editions, on, what), amounts, wage, rates)

        result = estimated(area, editions, day, what, person, once, "total")
        own, unit = result.amounts["person"], result.amounts["employer"]
        headline = f"您每月一共扣 {interval_text(*own)}，单位每月一共交 {interval_text(*unit)}。"
        part = Part("estimate", "", result, tuple(_named(result, editions)))
        return Answer(self.id, self.title, headline, (part,))


def _editions(area: PoolingArea) -> tuple[PayrollEdition, ...]:
    return known_editions(area, "payroll", PayrollEdition).get("employee", ())


def _open_rates(edition: PayrollEdition, medical: ContributionEdition) -> dict[str, tuple[str, Figure]]:
    """Rates that are a range or disputed, by insurance or part: the person may know which one holds."""
    found: dict[str, tuple[str, Figure]] = {}
    for insurance in edition.insurances:
        for figure in (insurance.person, insurance.employer):
            if figure is not None and len(figure.values) > 1:
                found[insurance.id] = (insurance.name, figure)
    for part in medical.parts:
        for figure in leaves(part.rate):
            if isinstance(figure, Figure) and len(figure.values) > 1:
                found[part.id] = (part.name, figure)
    return found


def _settle(
    edition: PayrollEdition, medical: ContributionEdition, amounts: Amounts, wage: Yuan, rates: dict[str, Ratio]
) -> Outcome:
    sheet = amounts.sheet
    base = WageBase(amounts, medical.base, Stated(wage))
    base()
    premium = Premium(amounts, medical.rounding, "month", rates=rates)
    premium.add(medical.parts, base)
    sums = {side: premium.paid.get(side, ZERO) for side in SIDES}
    sheet.amounts |= {f"medical_{side}": amount for side, amount in sums.items()}
    for insurance in edition.insurances:
        for side in SIDES:
            figure: Figure | None = getattr(insurance, side)
            if figure is None:
                continue
            known = rates.get(insurance.id)
            open_ = known is not None and len(figure.values) > 1
            ratio = sheet.stated(figure, known) if open_ and known is not None else sheet.number(figure)
            paid = rounded(base() * ratio, medical.rounding)
            sums[side] += paid
            sheet.amounts[f"{insurance.id}_{side}"] = paid
            sheet.step(f"payroll.{side}", paid, name=insurance.name, base=base(), ratio=ratio)
    total = sums["person"] + sums["employer"]
    sheet.amounts |= {**sums, "total": total}
    sheet.step("payroll.total", total, **sums)
    return sheet.outcome()


_SIDE_WORDS = {"person": "（个人）", "employer": "（单位）"}


def _named(result: Estimate, editions: tuple[PayrollEdition, ...]) -> Iterator[Amount]:
    names: dict[str, str] = {"medical": "医疗"}
    for edition in editions:
        names |= {insurance.id: insurance.name for insurance in edition.insurances}
    yield Amount("base", "缴费基数", result.amounts["base"], "info")
    for name, (words, role, unit) in BASE_WORDS.items():
        if name in result.amounts:
            yield Amount(name, words, result.amounts[name], role, unit)
    for name, words in names.items():
        for side in SIDES:
            if f"{name}_{side}" in result.amounts:
                yield Amount(f"{name}_{side}", words + _SIDE_WORDS[side], result.amounts[f"{name}_{side}"], "info")
    yield Amount("person", "您每月一共扣", result.amounts["person"], "payer")
    yield Amount("employer", "单位每月一共交", result.amounts["employer"], "payer")
    yield Amount("total", "合计", result.amounts["total"], "total")
