"""Rules that can never apply, or that change nothing: whoever wrote one meant something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from calculator.errors import Path
from calculator.model import CARE_WORDS, OTHER, Benefit, BenefitEdition, Branch, Cap, Condition, Figure, Layer
from calculator.money import amount_words, number
from calculator.shape import FAILED, Reading

_ONE_DAY = ("outpatient", "special_drug")
"""Care that begins and ends on one day."""


def refuse_idle_rules(values: Mapping[str, Any], reading: Reading) -> None:
    """Refuse what no case can ever meet, each with its place."""
    for b, benefit in enumerate(values["benefits"] if values["benefits"] is not FAILED else ()):
        for e, edition in enumerate(benefit.editions):
            place: Path = ("benefits", b, "editions", e)
            _refuse_idle_keys(benefit, edition, place, reading)
            for n, layer in enumerate(edition.layers):
                at: Path = (*place, "layers", n)
                _refuse_idle_layer(edition, layer, at, reading)
                if layer.like is None:  # what it takes was written for the other layer
                    for where, when in _conditions(layer, at):
                        _refuse_never(when, layer.when, f"这一层（{layer.name}）", where, reading)
                    _refuse_idle_cap(layer.caps, (*at, "cap"), reading)
            for name, item in edition.items.items():
                for n, change in enumerate(item.changes):
                    where = (*place, "items", name, "changes", n, "when")
                    _refuse_never(change.when, item.when, f"这一类（{item.name}）", where, reading)


def _refuse_idle_keys(benefit: Benefit, edition: BenefitEdition, place: Path, reading: Reading) -> None:
    if edition.counts_as == benefit.care:
        message = f"这里本来就是{CARE_WORDS[benefit.care]}，不用写；counts_as 写算作的另一种就医，或者去掉"
        reading.refuse((*place, "counts_as"), message, "idle")
    for key in ("across_years", "periods"):
        if getattr(edition, key) is not None and benefit.care in _ONE_DAY:
            message = f"{key} 只用于住院；{CARE_WORDS[benefit.care]}没有住院日和出院日，去掉它"
            reading.refuse((*place, key), message, "idle")
    if edition.away and edition.away.exempt_places and not _has_exempt(edition.away.cases):
        message = "写了免备案的地方，cases 里没有 exempt（当地规定免备案）怎么算；在 cases 里加上 exempt"
        reading.refuse((*place, "away", "exempt_places"), message, "idle")


def _refuse_idle_layer(edition: BenefitEdition, layer: Layer, at: Path, reading: Reading) -> None:
    if layer.settles == "year_end" and layer.times is not None:
        message = "年底结算（settles: year_end）的层一年只支付一次，不用限制次数；去掉 times"
        reading.refuse((*at, "times"), message, "idle")
    for other in edition.layers:
        if layer.if_reached == other.id:
            whose = f"这一层（{layer.name}）"
            _refuse_never(other.when, layer.when, whose, (*at, "if_reached"), reading, of=f"“{other.id}”的")


def _has_exempt(cases: Any) -> bool:
    """Whether a table of out-of-area cases says anything of places that need no filing."""
    if not isinstance(cases, Branch):
        return True
    if cases.dimension == "filing":
        return "exempt" in cases.entries or OTHER in cases.entries
    return any(_has_exempt(entry) for entry in cases.entries.values())


def _conditions(layer: Layer, at: Path) -> Iterator[tuple[Path, Condition]]:
    """Every condition written inside a layer, with its place."""
    for n, change in enumerate(layer.changes):
        yield (*at, "changes", n, "when"), change.when
    for n, change in enumerate(layer.deductible.changes):
        yield (*at, "deductible", "changes", n, "when"), change.when
    for c, cap in enumerate(layer.caps):
        where: Path = (*at, "cap", c) if len(layer.caps) > 1 else (*at, "cap")
        for key, increments in (("add", cap.add), ("subtract", cap.subtract)):
            for n, increment in enumerate(increments):
                yield (*where, key, n, "when"), increment.when


def _refuse_never(inner: Condition, outer: Condition, whose: str, where: Path, reading: Reading, of: str = "") -> None:
    """Two conditions that must both hold need a word in common in every dimension both of them name."""
    for dimension, words in inner.words.items():
        known = outer.words.get(dimension)
        if known is not None and not set(words) & set(known):
            name = reading.dimensions.get(dimension, dimension)
            message = (
                f"{of}{name}写的是 {'、'.join(words)}，{whose}的 when 只用于 {'、'.join(known)}，永远不会适用；"
                "改其中一处的 when，或者去掉"
            )
            reading.refuse(where, message, "idle")


def _refuse_idle_cap(caps: tuple[Cap, ...], at: Path, reading: Reading) -> None:
    """A cap within another over the same time is the lower one."""
    total = {cap.shared: cap for cap in caps if cap.shared}
    for n, cap in enumerate(caps):
        outer = total.get(cap.within)
        if outer is None or (cap.of, cap.per) != (outer.of, outer.per) or outer.add:
            continue
        inside, outside = cap.amount, outer.amount
        if not isinstance(inside, Figure) or not isinstance(outside, Figure):
            continue
        low, high = min(map(number, inside.values)), max(map(number, outside.values))
        if low > high:
            message = (
                f"这一道（{amount_words(low)} 元）包含在“{cap.within}”（{amount_words(high)} 元）里，"
                "却比它高，永远到不了；看看两个数是不是写反了"
            )
            reading.refuse((*at, n, "amount"), message, "idle")
