"""按居民人均可支配收入定的封顶线 as written."""

from __future__ import annotations

from calculator.figures import FigureOf
from calculator.programs import CapByIncomeEdition, Program
from calculator.reading.amounts import AmountOf
from calculator.reading.edition import EditionOf, EditionsOf
from calculator.shape import Key, Word

CAP_BY_INCOME = EditionsOf(
    Program,
    {"scheme": Key(Word(("resident",)), required=True)},
    EditionOf(
        CapByIncomeEdition,
        {
            "multiple": Key(FigureOf("multiple"), required=True, help="收入的几倍，例如 600%"),
            "income": Key(AmountOf(), help="居民人均可支配收入，元/年"),
        },
    ),
    "cap_by_income",
)
