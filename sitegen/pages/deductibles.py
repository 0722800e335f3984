"""起付线 as blocks: the table, how it is counted, when it is due again, what fills it, what changes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from calculator.model import Deductible, Layer, Rounding
from sitegen.pages.changes import change_blocks
from sitegen.pages.conditions import sharers
from sitegen.pages.tables import rounding_words
from sitegen.pages.words import option_words
from sitegen.views import Block, Fact

if TYPE_CHECKING:
    from sitegen.pages.policy import Walker


def deductible_blocks(walker: Walker, rule: Deductible, layer: Layer) -> Iterator[Block]:
    """Everything the deductible of a layer says."""
    if rule.amount is None:
        text = "没有起付线，从第一元算起" if rule.known else "本站没有收录这项规定，不能当作没有"
        yield walker.facts("", [walker.fact("起付线", text)])
        return
    yield walker.table("deductible", rule.amount, "起付线")
    yield walker.facts("", walker.each("起付线怎么计", rule.per, options="deductible_per"))
    if rule.later is not None:
        yield walker.table("later", rule.later, "再次住院的起付线（从第二次算起）")
    if rule.decrement is not None:
        yield walker.table("down", rule.decrement.down, "每多住一次院，起付线降低")
        if rule.decrement.not_below is not None:
            yield walker.table("not_below", rule.decrement.not_below, "起付线最低降到")
    if rule.annual_cap is not None:
        yield walker.table("annual_cap", rule.annual_cap, "起付线一年合计最多")
    facts = [*_stays(walker, rule), *_filling(walker, rule, layer)]
    if facts:
        yield walker.facts("", facts)
    for change in rule.changes:
        yield from change_blocks(walker, change, "deductible")


def _stays(walker: Walker, rule: Deductible) -> Iterator[Fact]:
    """Long stays and transfers."""
    if rule.renewal is not None:
        yield from walker.each("同一次住院，每多少天付一道起付线", rule.renewal.days, " 天")
        yield walker.fact("后面各段", option_words("again", rule.renewal.again))
    if rule.transfer is not None:
        days = rule.transfer.within_days
        yield walker.fact("多久以内算转院", f"{days} 天以内" if days else "当天")
        for way, words in (("up", "转到高一级的医院"), ("same", "转到同级的医院"), ("down", "转到低一级的医院")):
            yield walker.fact(words, option_words("transfer", getattr(rule.transfer, way)))


def _filling(walker: Walker, rule: Deductible, layer: Layer) -> Iterator[Fact]:
    """What fills a deductible, with whom it is shared, how it is rounded."""
    if rule.carry != "all":
        yield walker.fact("以前付过的起付线怎么算", option_words("carry", rule.carry))
    if rule.fills_with != ("deductible",):
        parts = "、".join(option_words("own", part) for part in rule.fills_with)
        yield walker.fact("自己付的哪些算进起付线", parts)
    if rule.shared:
        others = sharers(walker, layer, lambda other: other.deductible.shared == rule.shared)
        yield walker.fact("和什么共用一道起付线", others)
    if rule.rounding != Rounding():
        yield walker.fact("起付线的尾数", rounding_words(rule.rounding))
