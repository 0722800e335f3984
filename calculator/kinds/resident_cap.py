"""居民封顶线估算: a yearly cap given as a multiple of 居民人均可支配收入."""

from __future__ import annotations

from dataclasses import dataclass

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
    read_amount,
    read_date,
    read_person,
)
from calculator.kinds.form import Field, Form
from calculator.model import PoolingArea
from calculator.money import Yuan, round_amount
from calculator.outcomes import Outcome
from calculator.programs import CapByIncomeEdition
from calculator.reader import CaseReader


@dataclass(frozen=True, slots=True)
class ResidentCap:
    """The range in which a resident's cap lies, from the income of the place."""

    id: str = "resident_cap"
    title: str = "居民封顶线估算"
    summary: str = "知道当地居民人均可支配收入，估一估居民医保一年最多报多少。"

    def form(self, area: PoolingArea) -> Form | None:
        """The questions; None when the area's multiple is not known."""
        editions = known_editions(area, "cap_by_income", CapByIncomeEdition).get("resident")
        if not editions:
            return None
        return Form((
            date_field(editions),
            Field(
                "income", "居民人均可支配收入", "amount", unit="元/年", required=editions[-1].income is None,
                help="当地统计局公布的上一年的数。",
            ),
        ))  # fmt: skip

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """The range of the cap. Raises InvalidData with the fields named, NotCovered where nothing is known."""
        reader = CaseReader(document)
        reader.closed((*PERSON_KEYS, "income"))
        person, day = read_person(reader, area, "resident"), read_date(reader)
        income = read_amount(reader, "income", "居民人均可支配收入")
        reader.finish()
        what = f"{area.name}居民医保按收入定的封顶线"
        editions = editions_of(known_editions(area, "cap_by_income", CapByIncomeEdition), "resident", what)

        def once(edition: CapByIncomeEdition, amounts: Amounts) -> Outcome:
            return _settle(edition, amounts, income)

        result = estimated(area, editions, day, what, person, once, "cap")
        headline = f"一年最多报 {interval_text(*result.amounts['cap'])}。"
        return Answer(self.id, self.title, headline, (Part("estimate", "", result, named(result, _WORDS)),))


def _settle(edition: CapByIncomeEdition, amounts: Amounts, income: Yuan | None) -> Outcome:
    sheet = amounts.sheet
    if income is None:
        if edition.income is None:
            raise InvalidData([Problem(("income",), "请填写居民人均可支配收入：本站没有收录", "missing")])
        income = amounts(edition.income, "居民人均可支配收入")
    multiple = sheet.number(edition.multiple)
    cap = round_amount(income * multiple)
    sheet.amounts["cap"] = cap
    sheet.step("resident_cap.multiple", cap, income=income, multiple=multiple)
    return sheet.outcome()


_WORDS = {"cap": ("一年的封顶线", "info", "yuan")}
