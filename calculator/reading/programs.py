"""The keys of the area file for rules that settle no bill; each mechanism is read in a module of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from calculator.errors import Path
from calculator.model import Branch, Figure, PercentOf
from calculator.programs import Program
from calculator.reading.amounts import BILL_PARTS
from calculator.reading.cap_by_income import CAP_BY_INCOME
from calculator.reading.care_insurance import CARE_INSURANCE, refuse_odd_care
from calculator.reading.edition import EditionsOf
from calculator.reading.maternity import MATERNITY, refuse_odd_maternity
from calculator.reading.payroll import PAYROLL, refuse_odd_payroll, refuse_payroll_without_base
from calculator.reading.retirement import RETIREMENT
from calculator.reading.waiting import WAITING, refuse_odd_waiting
from calculator.shape import FAILED, Key, ListOf, Reading

_SHAPES: Mapping[str, EditionsOf] = {
    "waiting": WAITING,
    "retirement": RETIREMENT,
    "maternity": MATERNITY,
    "care_insurance": CARE_INSURANCE,
    "payroll": PAYROLL,
    "cap_by_income": CAP_BY_INCOME,
}
PROGRAM_KEYS: Mapping[str, Key] = {name: Key(ListOf(shape), default=()) for name, shape in _SHAPES.items()}

_CHECKS: Mapping[str, Callable[[Any, Path, Reading], None]] = {
    "waiting": refuse_odd_waiting,
    "maternity": refuse_odd_maternity,
    "care_insurance": refuse_odd_care,
    "payroll": refuse_odd_payroll,
}


def refuse_odd_programs(values: Mapping[str, Any], reading: Reading) -> None:
    """What the rules of one edition must have in common."""
    for name, check in _CHECKS.items():
        for p, program in enumerate(values[name] if values[name] is not FAILED else ()):
            for e, edition in enumerate(program.editions):
                check(edition, (name, p, "editions", e), reading)
    refuse_payroll_without_base(values, reading)
    refuse_percentages_of_a_bill(values, reading)


def refuse_percentages_of_a_bill(values: Mapping[str, Any], reading: Reading) -> None:
    """Where there is no bill, an amount may be a percentage of an index alone."""
    for name in ("contributions", *PROGRAM_KEYS):
        for p, item in enumerate(values[name] if values[name] is not FAILED else ()):
            for e, edition in enumerate(item.editions):
                for of in sorted({amount.of for amount in _percentages(edition)} & set(BILL_PARTS)):
                    message = f"这里没有费用，of 不能写 {of}；要写 indices 里一个指标的 id"
                    reading.refuse((name, p, "editions", e), message, "index")


def _percentages(part: object) -> Iterator[PercentOf]:
    """Every amount in some rules that is a percentage of something."""
    if isinstance(part, PercentOf):
        yield part
    elif isinstance(part, Branch):
        yield from (found for entry in part.entries.values() for found in _percentages(entry))
    elif isinstance(part, tuple):
        yield from (found for item in part for found in _percentages(item))
    elif is_dataclass(part) and not isinstance(part, Figure | type):
        yield from (found for field in fields(part) for found in _percentages(getattr(part, field.name)))


def programs_of(values: dict[str, Any]) -> dict[str, tuple[Program, ...]]:
    """Takes the programs out of what was read of the file, by key."""
    return {name: values.pop(name) for name in PROGRAM_KEYS}
