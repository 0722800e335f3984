"""Layers and caps of a policy as blocks: for whom, on what base, in which way, up to where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from calculator.model import ALWAYS, Base, Cap, Condition, Increment, Layer, LumpSum, Times, TrueUp
from sitegen.pages.words import option_words
from sitegen.views import Block, Fact

if TYPE_CHECKING:
    from sitegen.pages.policy import Walker

_OWN_WORDS = ("id", "name", "when", "if_reached", "if_not_reached", "settles", "times", "caps", "lump_sum", "true_up")


def layer_blocks(walker: Walker, layer: Layer, names: dict[str, str]) -> Iterator[Block]:
    """Everything a layer says; ``names`` of the other layers, by id."""
    facts = list(_layer_facts(walker, layer, names))
    if facts:
        yield walker.facts("", facts)
    for field in fields(layer):
        value = getattr(layer, field.name)
        if field.name == "base":
            yield walker.facts("按什么算", [walker.fact("按什么算", base_words(layer.base, names))])
        elif field.name == "caps":
            for cap in layer.caps:
                yield from cap_blocks(walker, cap)
        elif field.name == "deductible" and (layer.lump_sum or layer.true_up):
            continue
        elif field.name not in _OWN_WORDS and value is not None:
            yield walker.walk(field.name, value)
    if layer.lump_sum is not None:
        yield from _lump_sum(walker, layer.lump_sum)
    if layer.true_up is not None:
        yield from _true_up(walker, layer.true_up)


def _layer_facts(walker: Walker, layer: Layer, names: dict[str, str]) -> Iterator[Fact]:
    if layer.when is not ALWAYS:
        yield walker.fact("只给哪些人、哪种情形", condition_words(walker, layer.when))
    if layer.if_reached:
        yield walker.fact("什么时候支付", f"自己付的过了{names.get(layer.if_reached, layer.if_reached)}的起付线")
    if layer.if_not_reached:
        yield walker.fact(
            "什么时候支付", f"自己付的没过{names.get(layer.if_not_reached, layer.if_not_reached)}的起付线"
        )
    if layer.settles == "year_end":
        yield walker.fact("什么时候结算", "年底按全年的费用结算一次")
    if layer.times is not None:
        yield walker.fact("最多支付几次", _times_words(layer.times))


def _times_words(times: Times) -> str:
    return f"{option_words('cap_per', times.per)}最多 {times.most} 次"


def condition_words(walker: Walker, condition: Condition) -> str:
    """「退休；高档或中档」."""
    return "；".join(
        "或".join(walker.words(dimension).get(word, word) for word in words)
        for dimension, words in condition.words.items()
    )


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
    yield walker.table("when_own_over", rule.when_own_over, "自己付的超过多少才补助")
    yield walker.table("amount", rule.amount, "一次补助多少")


def _true_up(walker: Walker, rule: TrueUp) -> Iterator[Block]:
    of = {"eligible": "政策范围内费用", "total": "总费用"}[rule.of]
    yield walker.table("own_at_most", rule.own_at_most, f"自己付的最多占{of}的百分之几，超过的补给个人")


def cap_blocks(walker: Walker, cap: Cap) -> Iterator[Block]:
    """One cap and all that changes it."""
    title = cap.name or "封顶线"
    if cap.amount is None:
        text = "不设封顶线" if cap.known else "本站没有收录这项规定，不能当作没有"
        yield walker.facts(title, [walker.fact(title, text)])
        return
    yield walker.table("cap", cap.amount, title)
    of = f"{option_words('cap_of', cap.of)}，{option_words('cap_per', cap.per)}"
    facts = [walker.fact("封顶线限制什么", of)]
    if cap.shared:
        facts.append(walker.fact("和什么一起算", "和别的层、别的待遇合起来算"))
    if cap.within:
        facts.append(walker.fact("和什么一起算", "包含在合起来的封顶线里"))
    if cap.each:
        facts.append(walker.fact("怎么分开", f"{walker.dimension(cap.each)}各算各的"))
    if cap.carry:
        facts.append(walker.fact("没用完的", "结转到下一年"))
    yield walker.facts("", facts)
    yield from _increments(walker, cap.add, "提高")
    yield from _increments(walker, cap.subtract, "降低")
    for most in (cap.most_percent, cap.most_amount):
        if most is not None:
            yield walker.table("most", most, "一共最多提高" + ("封顶线的" if most.unit == "percent" else ""))


def _increments(walker: Walker, increments: Sequence[Increment], verb: str) -> Iterator[Block]:
    for increment in increments:
        whom = "" if increment.when is ALWAYS else f"（{condition_words(walker, increment.when)}）"
        each = ""
        if increment.each:
            words, unit = walker.number(increment.each)
            beyond = f"超过 {increment.beyond:f} {unit}以后，" if increment.beyond else ""
            each = f"，{beyond}{words}每多 1 {unit}"
        clears = "，用过以后清零" if increment.clears else ""
        caption = f"{increment.name}{whom}：封顶线{verb}{each}{clears}"
        table = increment.amount if increment.amount is not None else increment.percent
        yield walker.table("cap" if increment.amount is not None else "rate", table, caption)
