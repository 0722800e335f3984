"""A case settled along one of its amounts: the exact curve of every payer, piece by piece, not samples.

The ordinary settlement is run with a ``Linear`` in the place of the free amount, once for every stretch between two
points where some comparison flips (``linear.sweep``). A curve is what is paid *before* rounding: an estimate differs
from it by no more than the roundings its edition does (a unit for each rounded layer or segment, half a fen where a cap
stops inside a fen), and equals it after rounding when an edition rounds at the ``end`` and no cap hands on an excess.

With ranges, disputes and unanswered questions there is one curve for each completion; the least and the most of them
all are told. Ranges and unknown amounts are taken at their ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import localcontext
from fractions import Fraction
from functools import partial

from calculator.case import Case
from calculator.completions import Run, explore
from calculator.curve import Compared, Curve, Point, highest, lowest
from calculator.errors import InvalidData, NotCovered, Problem
from calculator.free import Free, bounds, fixed, follow, free_amount
from calculator.kinds import KINDS
from calculator.kinds.settlement import SettlementKind
from calculator.kinds.variants import Variant, variants
from calculator.linear import Linear, NotLinear, Stretch, sweep
from calculator.model import Layer, PoolingArea
from calculator.money import EXACT
from calculator.outcomes import Gap, Outcome
from calculator.settle import edition_of, settlement

MOST_TOGETHER = 64
"""More completions than this are not drawn together."""

AMOUNT_WORDS = {
    "eligible": "医保范围内费用",
    "fund": "医保支付",
    "layer:guarantee": "保底支付",
    "account": "个人账户支付",
    "person": "您自己付",
}


@dataclass(frozen=True, slots=True)
class Band:
    """The least and the most an amount can be; one curve twice when nothing is uncertain."""

    amount: str
    words: str
    least: Curve
    most: Curve

    @property
    def exact(self) -> bool:
        """Whether there is only one curve."""
        return self.least is self.most


@dataclass(frozen=True, slots=True)
class Silence:
    """A stretch in which the policy is silent about some completion, or about all."""

    low: Fraction
    high: Fraction
    reason: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Curves:
    """Every amount of a settlement along one free amount."""

    free: Free
    low: Fraction
    high: Fraction
    bands: Mapping[str, Band]
    silent: tuple[Silence, ...]
    ends_only: bool
    """Whether a range or an unknown amount was taken at its two ends only."""


def curves(kind: str, area: PoolingArea, document: object, free: str, to: object = None) -> Curves:
    """The curves of a case along one of its amounts, up to ``to``.

    Raises InvalidData and NotCovered as an estimate does, and InvalidData for a free amount that is none.
    """
    calculator = KINDS.get(kind)
    if not isinstance(calculator, SettlementKind):
        raise InvalidData([Problem(("kind",), "只有结算一次费用的计算器有曲线", "kind")])
    if not isinstance(document, Mapping):
        variants(document, area, calculator.care)  # says what is wrong with it
    assert isinstance(document, Mapping)
    chosen = free_amount(free, _names(_layers(area, calculator.care)))
    possible = variants(fixed(document, chosen), area, calculator.care)
    names = _names(_possible_layers(area, possible))
    chosen = free_amount(free, names)
    low, high = bounds(possible[0][1], chosen, document, to)
    once = _settled(area, possible, chosen)
    try:
        with localcontext(EXACT):
            stretches = list(sweep(once, Fraction(low), Fraction(high)))
    except NotLinear as crooked:
        message = f"{chosen.words}会让两个跟着变的金额相乘，不是一段段的直线，画不出曲线"
        raise InvalidData([Problem(("free",), message, "free")]) from crooked
    if not any(stretch.at.outcomes or (stretch.right and stretch.right.outcomes) for stretch in stretches):
        raise stretches[0].at.gaps[0].reason
    return _curves(chosen, stretches, names)


def _layers(area: PoolingArea, care: str) -> Iterator[Layer]:
    """Every layer of every scheme and edition for this kind of care."""
    for benefit in area.benefits:
        if benefit.care == care:
            for edition in benefit.editions:
                yield from edition.layers


def _possible_layers(area: PoolingArea, possible: Sequence[Variant]) -> Iterator[Layer]:
    """Every layer of the editions the case may mean."""
    for _, case in possible:
        with suppress(NotCovered):
            yield from edition_of(area, case)[0].layers


def _names(layers: Iterable[Layer]) -> dict[str, str]:
    """What each layer is called, by id."""
    names: dict[str, dict[str, None]] = {}
    for layer in layers:
        names.setdefault(layer.id, {})[layer.name] = None
    return {layer: "或".join(called) for layer, called in names.items()}


def _settled(area: PoolingArea, possible: Sequence[Variant], free: Free) -> Callable[[Linear], Point]:
    """All completions of all variants with the free amount in place."""

    def once(x: Linear) -> Point:
        outcomes: list[Outcome] = []
        gaps: list[Gap] = []
        for assumed, case in possible:
            try:
                settle = settlement(area, follow(case, free if _has(area, case, free, len(possible)) else None, x))
            except NotCovered as silent:
                gaps.append(Gap(silent, assumed))
                continue
            for _, result in explore(partial(_attempt, settle)):
                if isinstance(result, Gap):
                    gaps.append(result._replace(choices=assumed + result.choices))
                else:
                    outcomes.append(result._replace(choices=assumed + result.choices))
                if len(outcomes) + len(gaps) > MOST_TOGETHER:
                    raise InvalidData([Problem((), "不确定的太多，画不出有用的曲线；请先回答几项不知道的", "unknown")])
        return Point(outcomes, gaps)

    return once


def _has(area: PoolingArea, case: Case, free: Free, variants: int) -> bool:
    """Whether this variant's rules have the layer the free amount is about; a single variant must."""
    if variants == 1 or free.layer == "":
        return True
    return any(known.id == free.layer for known in edition_of(area, case)[0].layers)


def _attempt(settle: Callable[[Run], Outcome], run: Run) -> Outcome | Gap:
    try:
        return settle(run)
    except NotCovered as silent:
        return Gap(silent, tuple(run.choices.values()))


def _curves(free: Free, stretches: Sequence[Stretch[Point]], names: Mapping[str, str]) -> Curves:
    points = [point for stretch in stretches for point in (stretch.at, stretch.right) if point is not None]
    amounts = dict.fromkeys(name for point in points for outcome in point.outcomes for name in outcome.amounts)
    words = {f"layer:{layer}": f"{name}支付" for layer, name in names.items()} | AMOUNT_WORDS
    several = any(len(point.outcomes) > 1 for point in points)
    compared = Compared()
    bands = {}
    for name in amounts:
        if name == "total":
            continue
        least = lowest(name, stretches, compared)
        most = highest(name, stretches, compared) if several else least
        same = _bare(least) == _bare(most)
        bands[name] = Band(name, words.get(name, name), least, least if same else most)
    between = any(choice.continuous for point in points for outcome in point.outcomes for choice in outcome.choices)
    return Curves(free, stretches[0].low, stretches[-1].high, bands, tuple(_silences(stretches)), between)


def _bare(curve: Curve) -> tuple[object, ...]:
    """The function alone, whatever leads to it."""
    pieces = [(piece.low, piece.high, piece.value, piece.slope) for piece in curve.pieces]
    return pieces, [(jump.at, jump.before, jump.value, jump.after) for jump in curve.jumps]


def _silences(stretches: Sequence[Stretch[Point]]) -> Iterator[Silence]:
    """Stretches with a gap, each reason once, joined where they touch."""
    open_: dict[tuple[str, bool], Fraction] = {}
    for stretch in stretches:
        point = stretch.right if stretch.right is not None else stretch.at
        now = dict.fromkeys((str(gap.reason), not point.outcomes) for gap in point.gaps)  # in their order, not a set's
        for key in [key for key in open_ if key not in now]:
            yield Silence(open_.pop(key), stretch.low, *key)
        for key in now:
            open_.setdefault(key, stretch.low)
    for key, low in open_.items():
        yield Silence(low, stretches[-1].high, *key)
