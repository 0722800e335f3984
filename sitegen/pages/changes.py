"""Changes of ratios and deductibles (比例和起付线的调整) as blocks: for whom, what, how often, how much at most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from calculator.model import Change
from sitegen.pages.conditions import each_words, whom
from sitegen.pages.words import option_words
from sitegen.views import Block

if TYPE_CHECKING:
    from sitegen.pages.policy import Walker

_FIELDS = {"deductible": {"multiply": "scale"}}
"""How a value is spoken of, where one kind of change means another thing for another figure."""


def change_blocks(walker: Walker, change: Change, of: str) -> Iterator[Block]:
    """One change of a ``ratio`` or a ``deductible``."""
    title = change.name + whom(walker, change.when)
    if change.kind == "level_as":
        names = walker.words("level")
        text = "、".join(f"{names[level]}的医院按{names[other]}的起付线" for level, other in change.value.items())
        yield walker.facts("", [walker.fact(title, text)])
    else:
        verb = option_words(f"{of}_change", change.kind)
        times = each_words(walker, change.each, change.beyond, "差" if change.below is not None else "多")
        field = _FIELDS.get(of, {}).get(change.kind, change.kind)
        yield walker.table(field, change.value, f"{title}：{verb}{times}")
    yield from _bounds(walker, change)


def _bounds(walker: Walker, change: Change) -> Iterator[Block]:
    if change.below is not None:
        words, unit = walker.number(change.each)
        yield walker.facts("", walker.each(f"{change.name}：{words}不到多少才算", change.below, f" {unit}"))
    if change.most is not None:
        yield walker.table(change.kind, change.most, f"{change.name}：一共最多")
    if change.not_below is not None:
        yield walker.table("amount", change.not_below, f"{change.name}：最低降到")
    if change.after_away:
        yield walker.facts("", [walker.fact(f"{change.name}：先后", "异地就医先降比例，再算这一项")])
