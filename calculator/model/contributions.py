"""筹资: what is paid for a scheme, by whom, and what of it goes to the account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.model.benefits import Edition
from calculator.model.figures import Amount, Figure, Rounding, Table


@dataclass(frozen=True, slots=True)
class RoundTo:
    """To what unit and how one amount is rounded."""

    unit: str = "fen"
    mode: str = "half_up"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ContributionPart:
    """缴费的一项: a rate of the base, or a fixed amount, and who pays it."""

    id: str
    name: str
    payer: str
    """``employer`` 单位 | ``person`` 个人 | ``government`` 财政; empty when several share it."""
    rate: Table[Figure] | None
    amount: Table[Amount] | None
    per: str = ""
    """``month`` | ``year``; empty: the period of the edition."""
    split: Mapping[str, Figure] | None = None
    """Who pays which share, when several do (例如 单位 80%、个人 20%)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ContributionBase:
    """缴费基数的下限和上限, per month: amounts, or percentages of a wage index (60% and 300%, 社会保险法)."""

    floor: Amount
    ceiling: Amount
    index: str
    """The id of the wage index (平均工资) that tiers and modes go by; empty when there is none."""
    tiers: tuple[Figure, ...]
    """基数档次, as shares of the index."""
    round_to: RoundTo | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CreditDeduction:
    """从划入额里扣的一项, e.g. 长期护理保险."""

    id: str
    name: str
    amount: Table[Amount]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AccountCredit:
    """划入个人账户, in one of four forms for each kind of person. None of them: there is no account."""

    credit_rate: Table[Figure] | None = None
    """A share of the own base."""
    fixed: Table[Amount] | None = None
    """An amount per month."""
    pension_rate: Table[Figure] | None = None
    """A share of ``average_pension``."""
    own_pension_rate: Table[Figure] | None = None
    """A share of the person's own pension."""
    average_pension: Amount | None = None
    deductions: tuple[CreditDeduction, ...] = ()

    @property
    def none(self) -> bool:
        """Whether the rule is that nothing is credited."""
        return not (self.credit_rate or self.fixed or self.pension_rate or self.own_pension_rate)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FlexibleMode:
    """灵活就业人员的一种参保方式: which base, what is paid, whether there is an account."""

    id: str
    name: str
    declared: bool
    """The person declares a base between the limits."""
    shares: tuple[Figure, ...]
    """Or chooses among shares of the wage index."""
    amounts: tuple[Amount, ...]
    """Or among amounts."""
    parts: tuple[ContributionPart, ...]
    account: AccountCredit | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assistance:
    """资助参保 for one class of people: a share of what the person pays, or an amount; neither: nothing."""

    ratio: Figure | None = None
    amount: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ContributionEdition(Edition):
    """One edition of what is paid for one scheme: monthly for employees, yearly for residents."""

    coverage_year: Figure | None
    """待遇年度 this is paid for."""
    notice_year: Figure | None
    """The year whose notice says so."""
    base: ContributionBase | None
    parts: tuple[ContributionPart, ...]
    assistance: Table[Assistance] | None
    flexible: tuple[FlexibleMode, ...]
    account: AccountCredit | None
    """划入个人账户; None: not told."""
    rounding: Rounding
