"""保障层 and what they are made of: deductibles, brackets, caps, changes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Union

from calculator.model.figures import ALWAYS, TO_THE_FEN, Amount, Condition, Figure, Rounding, Table


@dataclass(frozen=True, slots=True, eq=False)
class Amounts:
    """起付线 by number of admission: the last one repeats for all later ones; None where nobody told us."""

    figures: tuple[Amount | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Decrement:
    """起付线逐次降低: so much less at each further admission; percentages are of the first one's amount."""

    down: Table[Amount]
    not_below: Table[Amount] | None = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """长期住院: the deductible is due once for each begun period of so many days of one stay."""

    days: Table[int]
    again: str = "same"
    """``same`` 每一段都按这次住院的数 | ``next`` 每一段算再住一次院."""


@dataclass(frozen=True, slots=True)
class TransferRule:
    """转院: what is due at the next hospital within so many days, by whether its level is higher, the same or lower.

    ``full`` 另付一道 | ``top_up`` 补差额 | ``nothing`` 不再付.
    """

    within_days: int
    up: str
    same: str
    down: str


CUMULATIVE = ("day", "month", "quarter", "year")
"""The periods over which a deductible may be filled; otherwise it is due each time (``admission``, ``visit``)."""


@dataclass(frozen=True, slots=True, eq=False)
class Deductible:
    """起付线. ``amount`` is None when the policy says there is none; ``known`` is False when nobody told us."""

    known: bool
    amount: Table[Amounts] | None
    per: Table[str] = "admission"
    """``admission`` 每次住院 | ``visit`` 每次就诊 | ``day``, ``month``, ``quarter``, ``year`` 在这段时间里累计一次."""
    later: Table[Amounts] | None = None
    """再次住院: factors of the first amount, or amounts, from the second admission on."""
    decrement: Decrement | None = None
    renewal: Renewal | None = None
    transfer: TransferRule | None = None
    carry: str = "all"
    """Deductibles of which hospital levels fill this one: ``all`` | ``same_level`` | ``from_lower`` 本级和更低的 |
    ``from_higher`` 本级和更高的."""
    fills_with: tuple[str, ...] = ("deductible",)
    """Which parts of the person's payment fill it: ``deductible``, ``share``."""
    shared: str = ""
    """The accumulator it has in common with other layers or benefits; empty: its own."""
    annual_cap: Table[Amount] | None = None
    """全年各次起付线合计最多."""
    rounding: Rounding = TO_THE_FEN
    """Of computed amounts (factors, percentages)."""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """费用分段的一行: ratio up to a bound; ``up_to`` None is the open last row."""

    up_to: Amount | None
    ratio: Table[Figure]


@dataclass(frozen=True, slots=True, eq=False)
class Brackets:
    """费用分段表."""

    count_from: Figure
    """``zero``: bounds include the deductible | ``deductible``: they start above it (SW-4)."""
    apply: Figure
    """``marginal``: each part at its own ratio | ``whole``: the whole amount at the ratio it reaches."""
    axis: str
    """``stay`` 本次费用 | ``year`` 当年累计费用 (SW-6)."""
    segments: tuple[Segment, ...]


class NoLimit(StrEnum):
    """A cell of a table of caps without an amount: there is none, or nobody told us."""

    NONE = "none"
    UNKNOWN = "unknown"


# What a cell of a table of caps holds.
Limit = Union[Amount, NoLimit]  # noqa: UP007 - beside Table


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Increment:
    """封顶线的增减: so much more or less for some persons, once or for each of a number (连续参保、零报销激励 …)."""

    name: str
    when: Condition
    amount: Table[Amount] | None
    """In yuan; None: ``percent`` of the line itself."""
    percent: Figure | None
    each: str = ""
    beyond: Decimal = Decimal(0)
    clears: bool = False
    """Whether it starts again from nothing once some of it was used (医保发〔2024〕38号: 使用后清零)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cap:
    """封顶线. ``known`` False: nobody told us; ``amount`` None: the policy says there is none."""

    known: bool = True
    amount: Table[Limit] | None = None
    of: str = "fund_payment"
    """``fund_payment`` 基金支付额 | ``eligible_expense`` 范围内费用 | ``fund_and_share`` 两者之和 (SW-8)."""
    per: str = "year"
    """``year`` | ``quarter`` | ``month`` | ``day`` | ``admission`` | ``visit``."""
    name: str = ""
    """What readers call it, when it is not simply the layer's."""
    shared: str = ""
    """The accumulator several layers or benefits count into together (SW-9); empty: the layer's own."""
    within: str = ""
    """The shared cap of which this one is a part (SW-17)."""
    each: str = ""
    """The dimension by whose words it counts separately (每个病种各算各的)."""
    add: tuple[Increment, ...] = ()
    subtract: tuple[Increment, ...] = ()
    most_percent: Figure | None = None
    """How much ``add`` may give at most: a share of the line …"""
    most_amount: Figure | None = None
    """… or an amount."""
    carry: bool = False
    """Whether what was left last year is added (结转)."""


@dataclass(frozen=True, slots=True, eq=False)
class Clamp:
    """比例的下限与上限."""

    minimum: Figure | None
    maximum: Figure | None


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """What a layer settles: ``eligible`` 政策范围内费用, ``excess`` 封顶线以上的部分, ``own`` 个人负担之和.

    ``count`` lists the parts of the person's payment that count into ``own`` (SW-11, SW-12).
    """

    kind: str
    count: tuple[str, ...] = ()
    of: str = ""
    """For ``excess``: the layer whose cap it goes beyond; empty: the one just before."""
    before: str = ""
    """For ``own``: the layer before which the parts are taken, as if it had paid nothing (SW-16)."""


@dataclass(frozen=True, slots=True, eq=False)
class LumpSum:
    """一次性补助: a fixed amount when the base is over a line."""

    amount: Table[Amount]
    when_own_over: Table[Amount]


@dataclass(frozen=True, slots=True, eq=False)
class TrueUp:
    """补到自付比例以内: whatever the base has above a share of the ``eligible`` or the ``total`` cost."""

    own_at_most: Table[Figure]
    of: str


@dataclass(frozen=True, slots=True)
class Times:
    """A layer pays at most so many times in a period."""

    most: int
    per: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Change:
    """比例或起付线的调整: one bonus or reduction for some persons or visits (SW-7), in the order of the file.

    ``kind`` for a ratio: ``add_points`` 加百分点 | ``reduce_points`` 减百分点 | ``multiply`` 乘 |
    ``own_share`` 自付部分乘 | ``set`` 换成;
    for a deductible: ``multiply`` | ``subtract`` 减多少元 | ``set`` | ``level_as`` 按另一等级的.
    """

    name: str
    when: Condition
    kind: str
    value: Any
    each: str = ""
    """The number by which ``value`` is multiplied (加发一年一个点 …); empty: once."""
    beyond: Decimal = Decimal(0)
    """What of that number does not count."""
    below: Table[Decimal] | None = None
    """What is missing to this number counts, instead of the number itself (缴费年限每差一年 …)."""
    most: Figure | None = None
    """How much all of it may be at most."""
    not_below: Table[Amount] | None = None
    after_away: bool = False
    """Whether it applies after the out-of-area cut (G16)."""


@dataclass(frozen=True, slots=True)
class Like:
    """参照: the rules a layer takes from one of another kind of care (慢特病按住院的比例 …)."""

    care: str
    layer: str
    take: tuple[str, ...]
    """``deductible``, ``ratio`` (with brackets, changes and clamp), ``cap``."""


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """保障层: 统筹基金, 大额互助, 大病保险, 医疗救助 …, settled in the order of the file."""

    id: str
    name: str
    base: Base
    deductible: Deductible
    ratio: Table[Figure] | None
    brackets: Table[Brackets] | None
    clamp: Clamp
    caps: tuple[Cap, ...]
    """At least one; all of them hold."""
    changes: tuple[Change, ...] = ()
    """Of the ratio."""
    when: Condition = ALWAYS
    if_reached: str = ""
    """Only when the cost passed that layer's deductible."""
    if_not_reached: str = ""
    lump_sum: LumpSum | None = None
    true_up: TrueUp | None = None
    times: Times | None = None
    counts_into: str = ""
    """The year's cost of several layers or benefits together, by which brackets of the year go (住院加门诊慢特病)."""
    settles: str = "event"
    """``event`` 每次 | ``year_end`` 年底按全年的合计结算一次."""
    like: Like | None = None
    """The layer of another kind of care whose rules it takes; they stand in its own fields once the file is read."""
