"""基数档次: 60%, 100% and 300% of the average wage, and where a wage falls among them."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.answer import Amount, Answer, Part
from calculator.errors import InvalidData, NotCovered, Problem
from calculator.explain import interval_text
from calculator.kinds.base import Amounts
from calculator.kinds.editions import PERSON_KEYS, date_field, estimated, read_amount, read_date, read_person
from calculator.kinds.form import Field, Form
from calculator.kinds.sheet import rounded
from calculator.model import ContributionEdition, PoolingArea, RoundTo
from calculator.money import Yuan, percent_text
from calculator.outcomes import Outcome
from calculator.reader import CaseReader


@dataclass(frozen=True, slots=True)
class BaseTiers:
    """The tiers of the base of contribution, of an average wage the person states or the area records."""

    id: str = "base_tiers"
    title: str = "缴费基数档次"
    summary: str = "平均工资的 60%、100%、300% 各是多少，您的工资落在哪一档。"

    def form(self, area: PoolingArea) -> Form | None:
        """The questions; None when the area's tiers are not known."""
        contribution = area.contribution("employee")
        editions = [e for e in contribution.editions if e.base and e.base.tiers] if contribution else []
        if not editions:
            return None
        known = editions[-1].base
        return Form((
            date_field(editions),
            Field(
                "average", "当地月平均工资", "amount", unit="元", required=not (known and known.index),
                help="当地公布的上年度全口径城镇单位就业人员月平均工资。",
            ),
            Field("wage", "您的月工资", "amount", unit="元", required=True, help="税前的月平均工资，例如 8000。"),
        ))  # fmt: skip

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """The tiers and the base. Raises InvalidData with the fields named, NotCovered where nothing is known."""
        reader = CaseReader(document)
        reader.closed((*PERSON_KEYS, "average", "wage"))
        person, day = read_person(reader, area, "employee"), read_date(reader)
        average = read_amount(reader, "average", "当地月平均工资")
        wage = reader.amount(("wage",), reader.document.get("wage", ""), "月工资")
        reader.finish()
        what = f"{area.name}缴费基数档次"
        contribution = area.contribution("employee")
        if contribution is None:
            raise NotCovered(f"{what}本站没有收录。", "scheme")

        def once(edition: ContributionEdition, amounts: Amounts) -> Outcome:
            assert wage is not None
            return _settle(edition, amounts, average, wage, what)

        result = estimated(area, contribution.editions, day, what, person, once, "base")
        names = {
            name: f"平均工资的 {name.removeprefix('tier_')}%" for name in result.amounts if name.startswith("tier_")
        }
        found = [Amount(name, words, result.amounts[name], "info") for name, words in names.items()]
        found.append(Amount("base", "按多少缴", result.amounts["base"], "info"))
        headline = f"按 {interval_text(*result.amounts['base'])} 缴费。".replace("元 缴", "元缴")
        return Answer(self.id, self.title, headline, (Part("estimate", "", result, tuple(found)),))


def _settle(edition: ContributionEdition, amounts: Amounts, average: Yuan | None, wage: Yuan, what: str) -> Outcome:
    sheet, base = amounts.sheet, edition.base
    if base is None or not base.tiers:
        raise NotCovered(f"{what}本站没有收录。", "date")
    words = "您填的平均工资"
    if average is None:
        if not base.index:
            raise InvalidData([Problem(("average",), "请填写当地月平均工资：本站没有收录", "missing")])
        average, words = amounts.index(base.index)
    found: list[Yuan] = []
    for tier in base.tiers:
        ratio = sheet.number(tier)
        amount = rounded(average * ratio, base.round_to or RoundTo())
        found.append(amount)
        sheet.amounts[f"tier_{percent_text(ratio)[:-1]}"] = amount
        sheet.step("tiers.tier", amount, of=average, of_words=words, ratio=ratio)
    low, high = min(found), max(found)
    paid = min(max(wage, low), high)
    sheet.amounts["base"] = paid
    sheet.step("contribution.base", paid, wage=wage, floor=low, ceiling=high)
    return sheet.outcome()
