"""退休后的最低缴费年限 as written."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.figures import FigureOf, TableOf
from calculator.model import SCHEME_WORDS, Figure, Status
from calculator.programs import BackPay, Program, RetirementEdition
from calculator.reading.amounts import PERCENT, AmountOf
from calculator.reading.edition import EditionOf, EditionsOf
from calculator.shape import Key, Record, Word

YEARS = TableOf(FigureOf("years"), "years")
DEEMED = FigureOf("word", ("counted", "not_counted"))
_BACK_PAY = Record(
    BackPay,
    {
        "base": Key(AmountOf(), required=True, help="补缴的基数，元/月"),
        "rate": Key(PERCENT, required=True),
    },
    "一次性补缴",
)
_RULES: Mapping[str, Key] = {
    "years": Key(YEARS, required=True, help="一共要缴满几年"),
    "local_years": Key(YEARS, help="其中在本地实际缴满几年"),
    "deemed": Key(DEEMED, default=None, help="视同缴费年限：counted 算，not_counted 不算"),
    "back_pay": Key(_BACK_PAY),
}


def _edition(**values: object) -> RetirementEdition:
    if values["deemed"] is None:
        values["deemed"] = Figure("", "word", "exact", ("counted",), Status.OFFICIAL, ())
    return RetirementEdition(**values)  # type: ignore[arg-type]


RETIREMENT = EditionsOf(
    Program,
    {"scheme": Key(Word(tuple(SCHEME_WORDS)), required=True)},
    EditionOf(_edition, _RULES),
    "retirement",
)
