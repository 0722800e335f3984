"""The JSON Schema of a policy file, for editors' tools; printed from the same shapes that read the file."""

from __future__ import annotations

from calculator.figures import COUNTED, FigureOf, TableOf
from calculator.parse import AREA_KEYS
from calculator.reading import (
    amounts,
    assistance,
    away,
    brackets,
    cap,
    care_insurance,
    changes,
    deductible,
    maternity,
    retirement,
    waiting,
)
from calculator.shape import Record, Schema

_FIGURES = (
    FigureOf("yuan"), FigureOf("percent"), FigureOf("multiple"),
    brackets.COUNT_FROM, brackets.APPLY, away.SAME_AS, away.PAYS,
    *(FigureOf(unit) for unit in COUNTED),
    waiting.COUNT, waiting.EFFECT, waiting.STOPS, waiting.LATE, retirement.DEEMED,
)  # fmt: skip
_TABLES: tuple[TableOf, ...] = (
    amounts.PERCENT, amounts.YUAN, amounts.MULTIPLE, amounts.AMOUNTS, amounts.PARTS, amounts.LATER, deductible.PER,
    deductible.DAYS, brackets.BRACKETS, away.TREATMENTS, cap.LIMITS, changes.NUMBERS,
    assistance.ASSISTANCE, care_insurance.HOURS, maternity.DAYS, retirement.YEARS,
)  # fmt: skip


def policy_schema() -> Schema:
    """JSON Schema (2020-12) of ``policies/areas/*.yaml``."""
    definitions = {figure.schema()["$ref"].rsplit("/", 1)[1]: figure.definition() for figure in _FIGURES}
    definitions |= {f"table_{table.name}": table.definition() for table in _TABLES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "医保明白账：一个统筹区的政策",
        **Record(dict, AREA_KEYS).schema(),
        "$defs": definitions,
    }
