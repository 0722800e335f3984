"""An amount printed beside what it follows from must be what the index of that year gives (G3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.errors import Path
from calculator.model import Edition, Index, PercentOf
from calculator.money import MODES, UNITS, amount_text, number, round_amount
from calculator.rules import percentages
from calculator.shape import FAILED, Reading


def refuse_wrong_published(values: Mapping[str, Any], reading: Reading) -> None:
    """Compare every printed amount of an edition with the index of the year the edition begins in."""
    indices = values["indices"]
    if FAILED in (indices, values["benefits"]):
        return
    for b, benefit in enumerate(values["benefits"]):
        for e, edition in enumerate(benefit.editions):
            place: Path = ("benefits", b, "editions", e)
            for amount in percentages(edition):
                _compare(amount, edition, indices, place, reading)


def _compare(amount: PercentOf, edition: Edition, indices: Mapping[str, Index], place: Path, reading: Reading) -> None:
    year = edition.since.year
    if amount.published is None or year not in indices[amount.of].values:
        return
    of, ratio = indices[amount.of].values[year], amount.percent
    exact = number(of.values[0]) * number(ratio.values[0])
    if amount.minimum is not None:
        exact = max(exact, number(amount.minimum.values[0]))
    if amount.maximum is not None:
        exact = min(exact, number(amount.maximum.values[0]))
    right = round_amount(exact, UNITS[amount.rounding.unit], MODES[amount.rounding.mode])
    figures = (of, ratio, amount.published, *(f for f in (amount.minimum, amount.maximum) if f is not None))
    if all(len(figure.values) == 1 for figure in figures) and right != amount.published.values[0]:
        message = f"{amount.published.reference} 印的和按指标算的不一样，应是 {amount_text(right)}"
        reading.refuse(place, message, "index")
