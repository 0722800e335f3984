"""What an edition says beside its layers, as facts: names, dates, counting, parts of long stays."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.model import CARE_WORDS, BenefitEdition, Rounding, SettledInParts
from sitegen.pages.tables import rounding_words
from sitegen.pages.words import option_words

FIELDS = (
    "date_by", "called", "counts_as", "year_to_date", "across_years", "periods", "items_share", "rounding"
)  # fmt: skip


def edition_rules(edition: BenefitEdition) -> Iterator[tuple[str, str]]:
    """Label and text of each such rule; what is as everywhere is not said."""
    if edition.called:
        yield "当时叫", edition.called
    yield "按哪一天的标准", option_words("date_by", edition.date_by)
    if edition.counts_as:
        yield "次数怎么数", f"算一次{CARE_WORDS[edition.counts_as]}，一起数"
    if edition.year_to_date == "restart":
        yield "换到这一版标准时", "今年已付的起付线、已用的封顶线都从头算"
    if edition.across_years:
        yield "住院跨了医保年度", f"按年度分成两段结算，{_parts(edition.across_years)}"
    if edition.periods:
        yield "长期住院", f"每 {edition.periods.days} 天结算一次，{_parts(edition.periods)}"
    if edition.items_share:
        yield "另有比例的项目，起付线和分段怎么算", option_words("items_share", edition.items_share)
    if edition.rounding != Rounding():
        yield "取整", rounding_text(edition.rounding)


def rounding_text(rounding: Rounding) -> str:
    """「每一层取整一次，舍去零头到角」."""
    return f"{option_words('at', rounding.at)}，{rounding_words(rounding)}"


def _parts(rule: SettledInParts) -> str:
    again = {"again": "每段重新减起付线", "once": "只在第一段减起付线"}[rule.deductible]
    return again + ("，后面的段算又一次住院" if rule.counts_as_admission else "")
