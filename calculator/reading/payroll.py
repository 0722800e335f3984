"""五险里医疗以外的几项 as written: what both sides pay of the same base."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.errors import Path
from calculator.figures import FigureOf
from calculator.programs import Insurance, PayrollEdition, Program
from calculator.reading.edition import EditionOf, EditionsOf
from calculator.shape import FAILED, Key, ListOf, Reading, Record, Text, Word, identifier

_INSURANCE = Record(
    Insurance,
    {
        "id": Key(identifier("这一项的 id", "pension"), required=True),
        "name": Key(Text("这一项的名字", longest=40), required=True),
        "person": Key(FigureOf("percent"), help="个人缴百分之几；个人不缴就不写"),
        "employer": Key(FigureOf("percent"), help="单位缴百分之几；单位不缴就不写"),
    },
    "一种保险",
)
PAYROLL = EditionsOf(
    Program,
    {"scheme": Key(Word(("employee",)), required=True)},
    EditionOf(PayrollEdition, {"insurances": Key(ListOf(_INSURANCE), required=True)}),
    "payroll",
)


def refuse_odd_payroll(edition: PayrollEdition, place: Path, reading: Reading) -> None:
    """Each insurance once, paid by somebody."""
    ids = [insurance.id for insurance in edition.insurances]
    for n, insurance in enumerate(edition.insurances):
        here: Path = (*place, "insurances", n)
        if insurance.id in ids[:n]:
            reading.refuse((*here, "id"), f"这一版里已经有叫“{insurance.id}”的一项", "duplicate")
        if insurance.person is None and insurance.employer is None:
            reading.refuse(here, "要写 person 或 employer，至少一个", "payroll")


def refuse_payroll_without_base(values: Mapping[str, Any], reading: Reading) -> None:
    """The base stands with the contributions: without them there is nothing to take a percentage of."""
    programs, contributions = values.get("payroll", ()), values["contributions"]
    if FAILED in (programs, contributions) or not programs:
        return
    known = [c for c in contributions if c.scheme == "employee" and all(e.base is not None for e in c.editions)]
    if not known:
        message = "五险按同一个缴费基数算，要先在 contributions 里写职工的 base"
        reading.refuse(("payroll", 0), message, "payroll")
