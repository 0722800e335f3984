"""Layers and caps of a policy as blocks: for whom, on what base, in which way, up to where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from calculator.model import ALWAYS, CARE_WORDS, Base, Cap, Increment, Layer, Like, LumpSum, Times, TrueUp
from sitegen.pages.changes import change_blocks
from sitegen.pages.conditions import condition_words, each_words, sharers, whom
from sitegen.pages.deductibles import deductible_blocks
from sitegen.pages.words import option_words
from sitegen.views import Block, Fact

if TYPE_CHECKING:
    from sitegen.pages.policy import Walker


def layer_blocks(walker: Walker, layer: Layer) -> Iterator[Block]:
    """Everything a layer says, in the order of a notice."""
    names = walker.layer_names
    yield walker.facts(
        "", [*_layer_facts(walker, layer, names), walker.fact("按什么算", base_words(layer.base, names))]
    )
    if not (layer.lump_sum or layer.true_up):
        yield from deductible_blocks(walker, layer.deductible, layer)
    if layer.ratio is not None:
        yield walker.table("ratio", layer.ratio, "报销比例")
    if layer.brackets is not None:
        yield walker.table("brackets", layer.brackets, "分段报销比例")
    if layer.counts_into:
        others = sharers(walker, layer, lambda other: other.counts_into == layer.counts_into)
        yield walker.facts("", [walker.fact("费用和什么合起来分段", others)])
    for change in layer.changes:
        yield from change_blocks(walker, change, "ratio")
    for end, words in ((layer.clamp.minimum, "比例最低"), (layer.clamp.maximum, "比例最高")):
        if end is not None:
            yield walker.table("ratio", end, words)
    if layer.lump_sum is not None:
        yield from _lump_sum(walker, layer.lump_sum)
    if layer.true_up is not None:
        yield from _true_up(walker, layer.true_up)
    for cap in layer.caps:
        yield from cap_blocks(walker, cap, layer)


def _layer_facts(walker: Walker, layer: Layer, names: dict[str, str]) -> Iterator[Fact]:
    if layer.when is not ALWAYS:
        yield walker.fact("只给哪些人、哪种情形", condition_words(walker, layer.when))
    for name, passed in ((layer.if_reached, "过了"), (layer.if_not_reached, "没过")):
        if name:
            yield walker.fact("什么时候支付", f"自己付的{passed}{names.get(name, name)}的起付线")
    if layer.settles == "year_end":
        yield walker.fact("什么时候结算", "年底按全年的费用结算一次")
    if layer.times is not None:
        yield walker.fact("最多支付几次", _times_words(layer.times))
    if layer.like is not None:
        yield walker.fact("和什么一样", like_words(walker, layer.like))


def like_words(walker: Walker, like: Like) -> str:
    """「起付线、报销比例和住院的统筹基金一样」."""
    taken = "、".join(option_words("take", part) for part in like.take)
    names = [
        layer.name
        for benefit in walker.area.benefits
        if benefit.care == like.care
        for edition in benefit.editions
        for layer in edition.layers
        if layer.id == like.layer
    ]
    return f"{taken}和{CARE_WORDS[like.care]}的{names[-1] if names else '同一层'}一样"


def _times_words(times: Times) -> str:
    return f"{option_words('cap_per', times.per)}最多 {times.most} 次"


def base_words(base: Base, names: dict[str, str]) -> str:
    """What a layer is settled on, in words."""
    if base.of:
        return f"{names.get(base.of, base.of)}封顶线以上的费用"
    text = option_words("base", base.kind)
    if base.before:
        text = f"{names.get(base.before, base.before)}支付以前个人负担的合计"
    if base.count:
        text += "，算进来的有：" + "、".join(option_words("own", part) for part in base.count)
    return text


def _lump_sum(walker: Walker, rule: LumpSum) -> Iterator[Block]:
    yield walker.table("amount", rule.when_own_over, "自己付的超过多少才补助")
    yield walker.table("amount", rule.amount, "一次补助多少")


def _true_up(walker: Walker, rule: TrueUp) -> Iterator[Block]:
    of = {"eligible": "政策范围内费用", "total": "总费用"}[rule.of]
    yield walker.table("ratio", rule.own_at_most, f"自己付的最多占{of}的百分之几，超过的补给个人")


def cap_blocks(walker: Walker, cap: Cap, layer: Layer) -> Iterator[Block]:
    """One cap and all that changes it."""
    title = f"封顶线：{cap.name}" if cap.name else "封顶线"
    if cap.amount is None:
        text = "不设封顶线" if cap.known else "本站没有收录这项规定，不能当作没有"
        yield walker.facts("", [walker.fact(title, text)])
        return
    yield walker.table("cap", cap.amount, title)
    yield walker.facts("", list(_cap_facts(walker, cap, layer)))
    yield from _increments(walker, cap.add, "提高")
    yield from _increments(walker, cap.subtract, "降低")
    for most, of in ((cap.most_percent, "封顶线的"), (cap.most_amount, "")):
        if most is not None:
            yield walker.table("rate" if of else "amount", most, f"一共最多提高{of}")


def _cap_facts(walker: Walker, cap: Cap, layer: Layer) -> Iterator[Fact]:
    yield walker.fact("封顶线限制什么", f"{option_words('cap_of', cap.of)}，{option_words('cap_per', cap.per)}")
    if cap.shared:
        others = sharers(walker, layer, lambda other: any(c.shared == cap.shared for c in other.caps))
        yield walker.fact("和什么合起来算", others)
    if cap.within:
        whole = next((c.name for c in layer.caps if c.shared == cap.within), "")
        yield walker.fact("包含在哪里", whole or "合起来算的封顶线里")
    if cap.each:
        yield walker.fact("怎么分开", f"{walker.dimension(cap.each)}各算各的")
    if cap.carry:
        yield walker.fact("没用完的", "结转到下一年")


def _increments(walker: Walker, increments: Sequence[Increment], verb: str) -> Iterator[Block]:
    for increment in increments:
        times = each_words(walker, increment.each, increment.beyond)
        clears = "，用过以后清零" if increment.clears else ""
        of = "" if increment.amount is not None else "它的百分之几"
        caption = f"{increment.name}{whom(walker, increment.when)}：封顶线{verb}{of}{times}{clears}"
        table = increment.amount if increment.amount is not None else increment.percent
        yield walker.table("amount" if increment.amount is not None else "rate", table, caption)
