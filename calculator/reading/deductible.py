"""起付线 as written."""

from __future__ import annotations

from calculator.model import Deductible
from calculator.reading.amounts import AMOUNTS
from calculator.shape import (
    Key,
    Record,
    Word,
    Words,
)

_NO_DEDUCTIBLE, _UNKNOWN_DEDUCTIBLE = Deductible(True, None), Deductible(False, None)
DEDUCTIBLE = Words(
    {"none": _NO_DEDUCTIBLE, "unknown": _UNKNOWN_DEDUCTIBLE},
    Record(
        lambda amount, per: Deductible(True, amount, per),
        {
            "amount": Key(AMOUNTS, required=True),
            "per": Key(Word(("admission", "year")), required=True, help="admission 每次住院，year 一年累计"),
        },
        "起付线",
    ),
)
