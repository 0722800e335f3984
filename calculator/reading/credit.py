"""划入个人账户 as written: a share of the own base, an amount, or a share of a pension, less what is deducted.

职工: 2% of the own base (国办发〔2021〕14号); 退休: an amount or about 2% of the average pension of the reform year.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from calculator.errors import Path
from calculator.model import AccountCredit, Branch, CreditDeduction
from calculator.reading.amounts import PERCENT, YUAN, AmountOf
from calculator.shape import Key, ListOf, Reading, Record, Text, Words, identifier

_DEDUCTION = Record(
    CreditDeduction,
    {
        "id": Key(identifier("这一项的 id", "care"), required=True),
        "name": Key(Text("这一项的名字", longest=40), required=True),
        "amount": Key(YUAN, required=True, help="每月扣多少"),
    },
    "从划入额里扣的一项",
)


def _credit(rate: Any, amount: Any, **values: Any) -> AccountCredit:
    return AccountCredit(credit_rate=rate, fixed=amount, **values)


ACCOUNT = Words(
    {"none": AccountCredit()},
    Record(
        _credit,
        {
            "rate": Key(PERCENT, help="本人缴费基数的百分之几"),
            "amount": Key(YUAN, help="每月定额"),
            "pension_rate": Key(PERCENT, help="平均养老金的百分之几"),
            "own_pension_rate": Key(PERCENT, help="本人养老金的百分之几"),
            "average_pension": Key(AmountOf(), help="平均养老金，元/月"),
            "deductions": Key(ListOf(_DEDUCTION), default=()),
        },
        "怎么划入个人账户",
    ),
)
FORMS = ("credit_rate", "fixed", "pension_rate", "own_pension_rate")
_KEYS = {"credit_rate": "rate", "fixed": "amount"}
"""What a form is called in the file, where it is not called the same."""


def refuse_odd_credit(credit: AccountCredit | None, place: Path, reading: Reading, *, has_base: bool) -> None:
    """Nobody has two forms; a share needs what it is a share of; deductions need something to take from."""
    if credit is None:
        return
    if credit.credit_rate is not None and not has_base:
        reading.refuse((*place, "rate"), "按比例划入要先写 base（缴费基数）", "contribution")
    if (credit.pension_rate is None) != (credit.average_pension is None):
        reading.refuse(place, "pension_rate 和 average_pension 要一起写", "contribution")
    if credit.none and credit.deductions:
        reading.refuse((*place, "deductions"), "没有划入，就没有可扣的", "contribution")
    ids = [deduction.id for deduction in credit.deductions]
    for n, name in enumerate(ids):
        if name in ids[:n]:
            reading.refuse((*place, "deductions", n, "id"), f"这一版里已经有叫“{name}”的一项", "duplicate")
    stated = [form for form in FORMS if getattr(credit, form) is not None]
    for one, other in combinations(stated, 2):
        if any(_meet(a, b) for a in _cells(getattr(credit, one)) for b in _cells(getattr(credit, other))):
            message = f"同一类人既写了 {_KEYS.get(one, one)} 又写了 {_KEYS.get(other, other)}；每类人只用一种划法"
            reading.refuse(place, message, "contribution")


def _cells(table: Any, at: tuple[tuple[str, str], ...] = ()) -> Iterator[dict[str, str]]:
    """The words that lead to each cell, by dimension."""
    if not isinstance(table, Branch):
        yield dict(at)
        return
    for word, entry in table.entries.items():
        yield from _cells(entry, (*at, (table.dimension, word)))


def _meet(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether somebody may stand in both cells."""
    return all(other.get(dimension, word) == word for dimension, word in one.items())
