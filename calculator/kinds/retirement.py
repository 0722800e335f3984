"""退休后的缴费年限: what is missing to keep the insurance for life, and what paying it in one sum costs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from calculator.answer import Answer, Part
from calculator.estimate import Estimate
from calculator.explain import interval_text, months_words
from calculator.kinds.base import Amounts
from calculator.kinds.editions import (
    PERSON_KEYS,
    date_field,
    editions_of,
    estimated,
    known_editions,
    named,
    person_fields,
    read_date,
    read_person,
    read_scheme,
)
from calculator.kinds.form import Field, Form
from calculator.model import SCHEME_WORDS, PoolingArea
from calculator.money import ZERO, Yuan, round_amount
from calculator.outcomes import Outcome
from calculator.programs import RetirementEdition
from calculator.reader import CaseReader

_DURATION = re.compile(r"(?P<years>\d{1,2})年?|(?:(?P<and_years>\d{1,2})年)?零?(?P<months>\d{1,3})个?月", re.ASCII)
_LABELS = {"local": "在本地缴了多久", "elsewhere": "从外地转来多久", "deemed": "视同缴费多久"}
MONTHS = 12


@dataclass(frozen=True, slots=True)
class RetirementYears:
    """Years of contribution against what is required, by sex or whatever the area tells apart."""

    id: str = "retirement_years"
    title: str = "退休缴费年限"
    summary: str = "退休时医保缴满多少年，还差多久，一次补缴要多少钱。"

    def form(self, area: PoolingArea) -> Form | None:
        """The questions; None when nothing is known about the years required."""
        program = area.program("retirement", "employee")
        if program is None:
            return None
        help_text = "写年数，例如 22 或 22年3个月。"
        spans = (
            Field(name, label, "text", required=name == "local", default="" if name == "local" else "0", help=help_text)
            for name, label in _LABELS.items()
        )
        return Form((*person_fields(area, "employee", program.editions), date_field(program.editions), *spans))

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """What is missing. Raises InvalidData with the fields named, NotCovered where nothing is known."""
        reader = CaseReader(document)
        reader.closed((*PERSON_KEYS, *_LABELS))
        scheme = read_scheme(reader, ["employee"])
        person, day = read_person(reader, area, scheme), read_date(reader)
        months = {name: _duration(reader, name) for name in _LABELS}
        reader.finish()
        what = f"{area.name}{SCHEME_WORDS[scheme]}退休后的缴费年限"
        editions = editions_of(known_editions(area, "retirement", RetirementEdition), scheme, f"{what}的规定")

        def once(edition: RetirementEdition, amounts: Amounts) -> Outcome:
            return _settle(edition, amounts, months)

        result = estimated(area, editions, day, what, person, once, "missing_months")
        part = Part("estimate", "", result, named(result, _WORDS))
        return Answer(self.id, self.title, _headline(result), (part,))


def _duration(reader: CaseReader, name: str) -> int:
    """「22」「22年」「22年3个月」「267个月」 → months."""
    found: Any = reader.document.get(name, "")
    if found in ("", None) and name != "local":
        return 0
    text = str(found).replace(" ", "") if isinstance(found, int | str) and not isinstance(found, bool) else ""
    match = _DURATION.fullmatch(text)
    if match is None:
        reader.refuse((name,), f"{_LABELS[name]}要写年数，例如 22 或 22年3个月", "whole")
        return 0
    months = int(match["years"] or match["and_years"] or 0) * MONTHS + int(match["months"] or 0)
    if months > 60 * MONTHS:
        reader.refuse((name,), f"{_LABELS[name]}超过 60 年", "whole")
    return months


def _settle(edition: RetirementEdition, amounts: Amounts, months: dict[str, int]) -> Outcome:
    sheet, situation = amounts.sheet, amounts.situation
    counts = str(sheet.run.value(edition.deemed)) == "counted"
    counted = months["local"] + months["elsewhere"] + (months["deemed"] if counts else 0)
    sheet.step(
        "retirement.counted", None, local=months_words(months["local"]), elsewhere=months_words(months["elsewhere"]),
        deemed=months_words(months["deemed"]), counts=counts, total=months_words(counted), any_deemed=months["deemed"],
    )  # fmt: skip
    required = int(sheet.number(situation.look_up(edition.years, "最低缴费年限")))
    missing = max(0, required * MONTHS - counted)
    sheet.step("retirement.required", None, years=required, missing=months_words(missing), short=missing)
    if edition.local_years is not None:
        local = int(sheet.number(situation.look_up(edition.local_years, "本地实际缴费年限")))
        short = max(0, local * MONTHS - months["local"])
        sheet.step("retirement.local", None, years=local, missing=months_words(short), short=short)
        missing = max(missing, short)
    sheet.amounts |= {"counted_months": ZERO + counted, "missing_months": ZERO + missing}
    if edition.back_pay is None:
        if missing:
            sheet.step("retirement.no_back_pay")
        return sheet.outcome()
    base = amounts(edition.back_pay.base, "补缴的基数")
    ratio = sheet.number(situation.look_up(edition.back_pay.rate, "补缴比例"))
    paid: Yuan = round_amount(base * ratio * missing)
    sheet.amounts["back_pay"] = paid
    sheet.step("retirement.back_pay", paid, base=base, ratio=ratio, months=missing)
    return sheet.outcome()


def _headline(result: Estimate) -> str:
    low, high = result.amounts["missing_months"]
    if high == 0:
        return "缴费年限已经够了，退休后不用再缴。"
    span = months_words(int(low)) if low == high else f"{months_words(int(low))}到{months_words(int(high))}"
    pay = result.amounts.get("back_pay")
    return f"缴费年限还差 {span}" + (f"，一次补缴要 {interval_text(*pay)}。" if pay else "。")


_WORDS = {
    "counted_months": ("算进来的缴费月数", "info", "number"), "missing_months": ("还差的月数", "info", "number"),
    "back_pay": ("一次补缴", "info", "yuan"),
}  # fmt: skip
