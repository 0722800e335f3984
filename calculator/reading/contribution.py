"""筹资 as written: what is paid for a scheme, by whom, and what of it goes to the account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.errors import Path
from calculator.figures import FigureOf
from calculator.model import SCHEME_WORDS, Contribution, ContributionEdition, Rounding
from calculator.reading.assistance import ASSISTANCE
from calculator.reading.credit import ACCOUNT, refuse_odd_credit
from calculator.reading.edition import ROUNDING, EditionOf, EditionsOf
from calculator.reading.flexible import FLEXIBLE, refuse_odd_flexible
from calculator.reading.premium import BASE, PART, refuse_odd_base, refuse_odd_parts
from calculator.shape import FAILED, Key, ListOf, Reading, Word

_CONTRIBUTION_RULES: Mapping[str, Key] = {
    "coverage_year": Key(FigureOf("year"), help="缴的是哪一年的医保"),
    "notice_year": Key(FigureOf("year"), help="哪一年的通知"),
    "base": Key(BASE, help="缴费基数（元/月），职工医保要写"),
    "parts": Key(ListOf(PART), required=True),
    "assistance": Key(ASSISTANCE, help="资助参保"),
    "flexible": Key(ListOf(FLEXIBLE), default=(), help="灵活就业人员的参保方式"),
    "account": Key(ACCOUNT, help="划入个人账户"),
    "rounding": Key(ROUNDING, default=Rounding()),
}

CONTRIBUTION = EditionsOf(
    Contribution,
    {"scheme": Key(Word(tuple(SCHEME_WORDS)), required=True)},
    EditionOf(ContributionEdition, _CONTRIBUTION_RULES),
)


def refuse_odd_contributions(values: Mapping[str, Any], reading: Reading) -> None:
    """What the parts, the base, the modes and the account of one edition must have in common."""
    for c, contribution in enumerate(values["contributions"] if values["contributions"] is not FAILED else ()):
        for e, edition in enumerate(contribution.editions):
            place: Path = ("contributions", c, "editions", e)
            refuse_odd_parts(edition.parts, (*place, "parts"), reading, has_base=edition.base is not None)
            refuse_odd_flexible(edition.flexible, edition.base, (*place, "flexible"), reading)
            refuse_odd_credit(edition.account, (*place, "account"), reading, has_base=edition.base is not None)
            if edition.base is not None:
                refuse_odd_base(edition.base, (*place, "base"), reading)
            if edition.assistance is not None and edition.base is not None:
                message = "资助参保只用于按年定额缴费（没有 base）的标准"
                reading.refuse((*place, "assistance"), message, "contribution")
