"""待遇标准的一版: the layers, and what else changes a settlement (异地, 项目, 账户, 保底)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from calculator.model.figures import Amount, Condition, Figure, Rounding, Status, Table
from calculator.model.layers import Amounts, Brackets, Change, Layer


@dataclass(frozen=True, slots=True, eq=False)
class Treatment:
    """How one out-of-area case (异地情形) changes the settlement."""

    same_as: Figure | None = None
    pays_nothing: Figure | None = None
    reduce_points: Table[Figure] | None = None
    multiply: Table[Figure] | None = None
    first_pay: Table[Figure] | None = None
    first_pay_when: str = "before_deductible"
    deductible: Table[Amounts] | None = None
    deductible_multiple: Table[Figure] | None = None
    ratio: Table[Figure] | None = None
    brackets: Table[Brackets] | None = None
    level_as: Mapping[str, str] | None = None
    """Hospital levels there and what they count as here (X18)."""


@dataclass(frozen=True, slots=True, eq=False)
class TreatmentChoice:
    """The treatment of one case; several when sources disagree on the kind of rule (then ``dispute``)."""

    treatments: tuple[Treatment, ...]
    dispute: Figure | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Away:
    """异地就医规则: which layers they change, and how, by case."""

    layers: tuple[str, ...]
    cases: Table[TreatmentChoice]
    exempt_places: tuple[str, ...] = ()
    """Places where no filing is needed (X12): care there without filing is ``exempt``."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Item:
    """项目分类: one class of items on a bill and what the area changes for it (SW-2)."""

    name: str
    when: Condition
    help: str = ""
    price_limit: Table[Amount] | None = None
    """Per unit; what is above is 超限价."""
    first_pay: Table[Figure] | None = None
    """Of what the price limit leaves."""
    ratio: Table[Figure] | None = None
    changes: tuple[Change, ...] = ()
    fund_pays: Table[Amount] | None = None
    """What the fund pays per unit, of items outside the deductible."""
    no_deductible: bool = False
    """Settled by itself, beside the deductible and the brackets."""
    counts: str = "all"
    """``all`` | ``none``: whether it counts into what the year has used."""


@dataclass(frozen=True, slots=True)
class Pot:
    """个人账户的一部分 (当年账户, 历年账户, 家庭共济 …): which parts of the person's payment it may pay."""

    id: str
    name: str
    may_pay: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountRule:
    """个人账户怎么用: the pots in the order in which they pay (O14).

    ``first`` names a pot that pays the eligible cost before anything is shared, so that the rest alone is settled
    (O11, O12); with ``counts_to_deductible`` what it pays counts towards the deductible.
    """

    pots: tuple[Pot, ...]
    first: str = ""
    counts_to_deductible: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Guarantee:
    """保底: the fund pays at least this share of the eligible cost, after all layers."""

    ratio: Table[Figure]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Edition:
    """待遇标准的一版: all rules from one day on. ``until`` is the last day, or None while it stands."""

    since: date
    until: date | None
    status: Status
    sources: tuple[str, ...]
    note: str = ""
    figures: tuple[Figure, ...] = ()
    unknown: tuple[str, ...] = ()
    """The fields that say ``unknown``: nobody told us."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BenefitEdition(Edition):
    """One edition of the rules of one scheme for one kind of care."""

    date_by: str
    """``discharge`` 按出院日 | ``admission`` 按入院日 | ``settlement`` 按结算日 (SW-1)."""
    layers: tuple[Layer, ...]
    away: Away | None
    guarantee: Guarantee | None
    account: AccountRule | None
    """个人账户可以付什么; None: not told."""
    rounding: Rounding
    called: str = ""
    """What the scheme was called then (新农合, 城镇居民医保); empty: its name today (G19)."""
    items: Mapping[str, Item] = field(default_factory=dict)
    items_share: str = ""
    """Where items with a ratio of their own lie in deductible and brackets: ``ordinary_first`` (also when empty)
    behind the ordinary cost | ``proportional`` the same mixture in every part."""
    counts_as: str = ""
    """The kind of care whose admissions these events count among; empty: their own."""
    year_to_date: str = "keep"
    """``keep``: what the year used under an earlier edition counts on | ``restart``: it does not (G2)."""
    across_years: SettledInParts | None = None
    """A stay over the end of the insurance year is settled in two parts; None: whole, by ``date_by``."""
    periods: SettledInParts | None = None
    """A long stay is settled every so many days."""


@dataclass(frozen=True, slots=True)
class SettledInParts:
    """一次住院分段结算: every so many days, or at the end of the insurance year (G14).

    ``deductible``: ``again`` 每段重新扣 | ``once`` 只在第一段扣.
    """

    deductible: str
    days: int = 0
    counts_as_admission: bool = False
