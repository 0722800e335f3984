"""封顶线 as written."""

from __future__ import annotations

from calculator.model import Cap
from calculator.reading.amounts import YUAN
from calculator.shape import (
    Key,
    Record,
    Word,
    Words,
)

CAP = Words(
    {"none": Cap(True, None), "unknown": Cap(False, None)},
    Record(
        lambda amount, of, per: Cap(True, amount, of, per),
        {
            "amount": Key(YUAN, required=True),
            "of": Key(
                Word(("fund_payment", "eligible_expense", "fund_and_share")), required=True, help="封顶线限制什么"
            ),
            "per": Key(Word(("year", "admission")), required=True),
        },
        "封顶线",
    ),
)
