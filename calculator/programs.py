"""The domain types of rules that settle no bill: 等待期, 缴费年限, 生育待遇, 长期护理保险, 五险, 按收入定的封顶线."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.model import Amount, Edition, Figure, Scheme, Table

PROGRAM_WORDS: Mapping[str, str] = {
    "waiting": "断缴和等待期",
    "retirement": "退休后的缴费年限",
    "maternity": "生育待遇",
    "care_insurance": "长期护理保险",
    "payroll": "社会保险缴费",
    "cap_by_income": "按收入定的封顶线",
}
"""The keys of the area file, as readers know them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Program:
    """One such set of rules for one scheme, oldest edition first."""

    scheme: Scheme
    editions: tuple[Edition, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WaitingGap:
    """中断缴费多久，等几个月: a row by length of the break; ``up_to`` None is the open last row."""

    up_to: Figure | None
    wait: Figure
    effect: Figure | None
    """``retroactive`` 补缴后追溯享受 | ``none`` 不追溯."""
    resets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Minimum:
    """修复后的固定和变动等待期之和不少于几个月, from so many missed years on (国办发〔2024〕38号)."""

    months: Figure
    from_missed: Figure


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Newborn:
    """新生儿: covered from birth when registered within so many days."""

    days: Figure
    late: Figure
    """``registration`` 从登记那天起 | ``waiting`` 从登记那天起，再等固定等待期."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WaitingEdition(Edition):
    """待遇等待期: by missed years (居民) or by months of a break (职工), and what a break takes away."""

    fixed_wait: Figure | None
    per_missed_year: Figure | None
    counted_years: Figure | None
    """Which missed years add to the wait: ``all`` | ``all_but_first``."""
    per_repaid_year: Figure | None
    at_least: Minimum | None
    gaps: tuple[WaitingGap, ...]
    stops: Figure | None
    """When the benefits stop: ``next_month`` | ``next_year``."""
    resets: tuple[str, ...]
    """What a missed year sets back: ``continuity`` 连续参保年限, ``incentive`` 奖励额度."""
    incentive_loss: Figure | None
    """How much of the incentive a break takes, where it does not take all."""
    newborn: Newborn | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BackPay:
    """一次性补缴: a base times a rate times the missing months."""

    base: Amount
    rate: Table[Figure]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RetirementEdition(Edition):
    """最低缴费年限: what it takes to keep the insurance without paying after retirement."""

    years: Table[Figure]
    local_years: Table[Figure] | None
    """本地实际缴费年限."""
    deemed: Figure
    """视同缴费年限: ``counted`` | ``not_counted``."""
    back_pay: BackPay | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MaternityAddition:
    """产假增加的天数 for 难产, 多胞胎 and the like; ``each``: once for every further child."""

    id: str
    name: str
    days: Figure
    each: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MaternityEdition(Edition):
    """生育津贴 = 单位上年度月平均工资 ÷ 每月天数 × 天数, and lump sums beside it."""

    days: Table[Figure] | None
    month_days: Figure | None
    additions: tuple[MaternityAddition, ...]
    prenatal: Table[Amount] | None
    delivery: Table[Amount] | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CareService:
    """长期护理的一种服务: its ratio and what bounds it by day, hour and month."""

    id: str
    name: str
    ratio: Table[Figure]
    daily_limit: Table[Amount] | None
    limit_of: str
    """``fund_payment`` the limit is on what the fund pays | ``eligible_expense`` on the cost that counts."""
    hours_per_month: Table[Figure] | None
    hourly_price: Table[Amount] | None
    monthly_limit: Table[Amount] | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CareInsuranceEdition(Edition):
    """长期护理保险: the services it pays for."""

    services: tuple[CareService, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Insurance:
    """五险之一 beside 医疗: the rates of both sides; None where that side pays nothing."""

    id: str
    name: str
    person: Figure | None
    employer: Figure | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PayrollEdition(Edition):
    """社会保险里医疗以外的几项; base and the medical part come from the contributions of the same day."""

    insurances: tuple[Insurance, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CapByIncomeEdition(Edition):
    """封顶线 as a multiple of 居民人均可支配收入."""

    multiple: Figure
    income: Amount | None
