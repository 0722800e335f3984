"""The two forms of a sentence: a function of the step's data, or a template whose blanks format themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from calculator.explain import points_text, yuan
from calculator.model import FILING_WORDS
from calculator.money import ZERO, Yuan, percent_text

Sentence = Callable[[Mapping[str, Any], Yuan], tuple[str, str]]
"""The data and the amount of a step → its label and its sentence."""
Template = tuple[str, str]


def equals(exact: Yuan, amount: Yuan) -> str:
    """The right side of a sum: 「= 7,650 元」, and what rounding makes of it where it is rounded at once."""
    return f"= {yuan(exact)}" if exact == amount else f"= {yuan(exact)}，取整后是 {yuan(amount)}"


_RATIOS = frozenset({"ratio", "factor", "multiple"})


class Blanks(dict[str, Any]):
    """Fills a template: each value in the words its name calls for."""

    def __getitem__(self, name: str) -> str:
        if name.startswith("="):  # 「{base} × {ratio} {=base}」: the product, and what rounding makes of it
            return equals(self.get(name[1:], ZERO) * self.get("ratio", ZERO), self.get("amount", ZERO))
        value = super().__getitem__(name)
        if name in _RATIOS:
            return percent_text(value)
        if name == "points":
            return points_text(value)
        if name in ("filing", "target"):
            return FILING_WORDS[value]
        return yuan(value) if isinstance(value, Decimal) else str(value)
