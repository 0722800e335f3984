"""Conditions, numbers and names that several rules share, in the words of the area."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from calculator.model import ALWAYS, CARE_WORDS, BenefitEdition, Condition, Layer

if TYPE_CHECKING:
    from sitegen.pages.policy import Walker


def condition_words(walker: Walker, condition: Condition) -> str:
    """「退休；高档或中档」."""
    return "；".join(
        "或".join(walker.words(dimension).get(word, word) for word in words)
        for dimension, words in condition.words.items()
    )


def whom(walker: Walker, condition: Condition) -> str:
    """The condition in brackets behind a name; empty when it always holds."""
    return "" if condition is ALWAYS or not condition.words else f"（{condition_words(walker, condition)}）"


def each_words(walker: Walker, each: str, beyond: Decimal, verb: str = "多") -> str:
    """「，超过 4 年以后，连续参保的年数每多 1 年」."""
    if not each:
        return ""
    words, unit = walker.number(each)
    start = f"超过 {beyond:f} {unit}以后，" if beyond else ""
    return f"，{start}{words}每{verb} 1 {unit}"


def sharers(walker: Walker, own: Layer, holds: Callable[[Layer], bool]) -> str:
    """The other layers at the same time and of the same scheme for which something holds: 「住院的统筹基金」."""
    return "、".join(dict.fromkeys(_sharers(walker, own, holds)))


def _sharers(walker: Walker, own: Layer, holds: Callable[[Layer], bool]) -> Iterator[str]:
    here = next((b for b in walker.area.benefits if walker.edition in b.editions), None)
    for benefit in walker.area.benefits:
        if here is None or benefit.scheme != here.scheme:
            continue
        for edition in benefit.editions:
            for layer in edition.layers if _meet(edition, walker.edition) else ():
                if layer is not own and holds(layer):
                    yield layer.name if benefit is here else f"{CARE_WORDS[benefit.care]}的{layer.name}"


def _meet(one: BenefitEdition, other: object) -> bool:
    """Whether two editions hold on the same day at any time."""
    assert isinstance(other, BenefitEdition)
    return one.since <= (other.until or date.max) and other.since <= (one.until or date.max)
