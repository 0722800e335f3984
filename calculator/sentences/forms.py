"""The two forms of a sentence: a function of the step's data, or a template whose blanks format themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from calculator.explain import points_text, yuan
from calculator.model import FILING_WORDS
from calculator.money import Yuan, percent_text

Sentence = Callable[[Mapping[str, Any], Yuan], tuple[str, str]]
"""The data and the amount of a step → its label and its sentence."""
Template = tuple[str, str]

_RATIOS = frozenset({"ratio", "factor", "multiple"})


class Blanks(dict[str, Any]):
    """Fills a template: each value in the words its name calls for."""

    def __getitem__(self, name: str) -> str:
        value = super().__getitem__(name)
        if name in _RATIOS:
            return percent_text(value)
        if name == "points":
            return points_text(value)
        if name in ("filing", "target"):
            return FILING_WORDS[value]
        return yuan(value) if isinstance(value, Decimal) else str(value)
