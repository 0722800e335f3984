"""项目分类 as blocks: one class of items, and what the area changes for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from calculator.model import ALWAYS, Item
from sitegen.pages.changes import change_blocks
from sitegen.pages.conditions import condition_words
from sitegen.views import Block

if TYPE_CHECKING:
    from sitegen.pages.policy import Walker

_TABLES = (
    ("price_limit", "amount", "每个（次）的限价"),
    ("first_pay", "first_pay", "个人先付"),
    ("ratio", "ratio", "报销比例"),
    ("fund_pays", "amount", "每个（次）医保付"),
)


def item_blocks(walker: Walker, item: Item) -> Iterator[Block]:
    """Everything an edition says about one class of items."""
    if item.help:
        yield walker.facts("", [walker.fact("包括什么", item.help)])
    if item.when is not ALWAYS:
        yield walker.facts("", [walker.fact("什么情形下这样算", condition_words(walker, item.when))])
    for name, field, caption in _TABLES:
        if getattr(item, name) is not None:
            yield walker.table(field, getattr(item, name), caption)
    for change in item.changes:
        yield from change_blocks(walker, change, "ratio")
    if item.no_deductible:
        yield walker.facts("", [walker.fact("起付线和分段", "不经过，单独算")])
    if item.counts == "none":
        yield walker.facts("", [walker.fact("年度累计和封顶线", "不算进去")])
