"""The domain types: a pooling area's policy as read from its file. No logic beyond look-ups by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar, Union

if TYPE_CHECKING:
    from calculator.programs import Program

from calculator.services import NO_SERVICES, Services

T = TypeVar("T")


class Status(StrEnum):
    """可信程度, strongest first: the weakest status of all figures used stands on an estimate."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    DISPUTED = "disputed"
    ILLUSTRATIVE = "illustrative"

    @property
    def words(self) -> str:
        """The mark a reader sees."""
        return _STATUS_WORDS[self]


_STATUS_WORDS = {
    Status.OFFICIAL: "官方",
    Status.SECONDARY: "转述",
    Status.DISPUTED: "有争议",
    Status.ILLUSTRATIVE: "示例",
}
STATUS_ORDER = {status: rank for rank, status in enumerate(Status)}


class Scheme(StrEnum):
    """险种."""

    EMPLOYEE = "employee"
    RESIDENT = "resident"


class Care(StrEnum):
    """就医类型."""

    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"
    CHRONIC = "chronic"
    RESCUE = "rescue"
    SPECIAL_DRUG = "special_drug"


class Filing(StrEnum):
    """异地就医备案的情形; ``LOCAL`` is care in the insured place itself."""

    LOCAL = "local"
    LONG_TERM = "long_term"
    REFERRAL = "referral"
    TEMPORARY = "temporary"
    EMERGENCY = "emergency"
    UNFILED = "unfiled"
    EXEMPT = "exempt"
    LATE = "late"
    HOME_WHILE_FILED = "home_while_filed"


SCHEME_WORDS = {"employee": "职工医保", "resident": "居民医保"}
CARE_WORDS = {
    "inpatient": "住院",
    "outpatient": "普通门诊",
    "chronic": "门诊慢特病",
    "rescue": "门诊急诊抢救",
    "special_drug": "双通道药品",
}
FILING_WORDS = {
    "local": "在参保地看病",
    "long_term": "异地，已办长期居住备案",
    "referral": "异地，已办转诊备案",
    "temporary": "异地，已办临时外出备案",
    "emergency": "异地，急诊抢救，没备案",
    "unfiled": "异地，没备案，也不是急诊",
    "exempt": "异地，当地规定免备案",
    "late": "异地，出院结算前补办了备案",
    "home_while_filed": "办了长期异地备案，回参保地看病",
}
SPECIAL_FILINGS = ("late", "home_while_filed")
"""Cases of filing that only matter where an area has a rule for them."""
DISTANCE_WORDS = {"in_province": "省内其他城市", "out_of_province": "外省"}
PLACE_WORDS = {"local": "参保地"} | DISTANCE_WORDS
"""The words of the dimension ``distance`` in tables: care at home is at no distance."""
LEVEL_WORDS = {"primary": "一级及以下", "secondary": "二级", "tertiary": "三级"}
GRADE_WORDS = {
    "三特": "三级特等",
    "三甲": "三级甲等",
    "三乙": "三级乙等",
    "三丙": "三级丙等",
    "三级": "三级，没有定等",
    "二甲": "二级甲等",
    "二乙": "二级乙等",
    "二丙": "二级丙等",
    "二级": "二级，没有定等",
    "一甲": "一级甲等",
    "一乙": "一级乙等",
    "一丙": "一级丙等",
    "一级": "一级，没有定等",
    "unrated": "没有定级",
}
"""等级 and 等次 of hospitals as the state grades them (医院分级管理办法)."""
NUMBER_WORDS = {
    "age": ("年龄", "岁"),
    "insured_months": ("连续参保的月数", "个月"),
    "insured_years": ("连续参保的年数", "年"),
    "claim_free_years": ("连续没有报销的年数", "年"),
    "paid_years": ("缴费年限", "年"),
    "missed_years": ("断缴的年数", "年"),
    "stay_days": ("住院天数", "天"),
}
"""Numbers about a person or a stay that every area may go by: name → words and unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """出处: a document, article or page that states figures."""

    id: str
    title: str
    issuer: str
    kind: str
    """``official`` 官方文件, ``secondary`` 转述."""
    document: str = ""
    published_on: date | None = None
    url: str = ""
    archived_url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One side of a dispute: a value and who says so."""

    value: object
    sources: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A figure of the policy with its provenance (每个数字的出处).

    ``values`` holds one value when exact, the two ends of a range (low, high), or one value per side of a
    dispute (then ``sides`` says who holds which). ``reference`` is the figure's name in the whole area:
    ``employee/inpatient/layers.basic.deductible.amount.tertiary[0]``.
    """

    reference: str
    unit: str
    """``yuan`` | ``percent`` | ``multiple`` | ``word`` | ``days`` | ``hours`` | ``months`` | ``years`` | ``year``."""
    kind: str
    """``exact`` | ``range`` | ``disputed``."""
    values: tuple[object, ...]
    status: Status
    sources: tuple[str, ...]
    note: str = ""
    sides: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """特征: an attribute of a person or a visit that an area's rules tell apart (档次, 年龄段, 病种, 签约, 具体医院 …).

    Its words head tables and stand in conditions like those of ``level`` or ``group``. With ``of`` the word follows
    from a number: ``bands`` gives each word the number it begins at, in rising order. ``default`` is what holds when
    nobody says otherwise (told as an assumption); without it the question must be answered.
    """

    id: str
    name: str
    words: Mapping[str, str]
    default: str = ""
    of: str = ""
    bands: Mapping[str, Decimal] = field(default_factory=dict)
    help: str = ""


@dataclass(frozen=True, slots=True)
class Hospital:
    """A named hospital: the level it counts as here, stated or by its grade, and the traits it decides."""

    name: str
    level: str = ""
    grade: str = ""
    traits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Condition:
    """何时适用: every named dimension has one of the given words. Empty: always."""

    words: Mapping[str, tuple[str, ...]]


ALWAYS = Condition({})
OTHER = "other"
"""In a table: every word of the dimension that has no entry of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Branch(Generic[T]):
    """A row or column heading of a published table: one entry per word of one dimension.

    ``dimension`` is ``level`` 医院等级, ``group`` 人员类别, ``filing`` 备案情形, ``distance`` or a trait's id.
    """

    dimension: str
    entries: Mapping[str, Branch[T] | T]


# A published table: a value, or branches by level, group, filing, distance or a trait in any order.
Table = Union[Branch[T], T]  # noqa: UP007 - a generic alias needs the old spelling on 3.11


@dataclass(frozen=True, slots=True)
class Rounding:
    """Where (``end`` 最后, ``layer`` 每层, ``segment`` 每段), to what unit and how amounts are rounded (SW: 取整)."""

    at: str = "end"
    unit: str = "fen"
    mode: str = "half_up"


@dataclass(frozen=True, slots=True, eq=False)
class PercentOf:
    """An amount published as a percentage of another: of the bill (``total``, ``eligible``) or of an index by its id.

    Never below ``minimum`` nor above ``maximum``; rounded as ``rounding`` says.
    """

    percent: Figure
    of: str
    minimum: Figure | None = None
    maximum: Figure | None = None
    rounding: Rounding = Rounding()
    published: Figure | None = None
    """The amount as the notice prints it, beside what it follows from (G3); it holds where the index is not known."""


# An amount: a figure, or a percentage of something.
Amount = Union[Figure, PercentOf]  # noqa: UP007 - beside Table


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """指标: a published figure of each year that rules refer to (社平工资, 人均可支配收入), by the year it is for."""

    id: str
    name: str
    values: Mapping[int, Figure]


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
    rounding: Rounding = Rounding()
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


E = TypeVar("E", bound=Edition)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Benefit:
    """待遇: the rules of one scheme for one kind of care, oldest edition first."""

    scheme: Scheme
    care: Care
    editions: tuple[BenefitEdition, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contribution:
    """筹资: what is paid for one scheme, oldest edition first."""

    scheme: Scheme
    editions: tuple[ContributionEdition, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PoolingArea:
    """统筹区 with everything its file says."""

    id: str
    name: str
    province: str
    pooled_at: str
    fictional: bool
    checked_on: date
    phone: str
    levels: Mapping[str, str]
    groups: Mapping[str, Mapping[str, str]]
    gaps: tuple[str, ...]
    """What this site has not collected for the area, in words."""
    sources: Mapping[str, Source]
    benefits: tuple[Benefit, ...]
    contributions: tuple[Contribution, ...]
    traits: Mapping[str, Trait] = field(default_factory=dict)
    numbers: Mapping[str, tuple[str, str]] = field(default_factory=lambda: NUMBER_WORDS)
    """Numbers about a person or a stay: name → words and unit."""
    indices: Mapping[str, Index] = field(default_factory=dict)
    year_starts: tuple[int, int] = (1, 1)
    """Month and day on which the insurance year (医保年度) begins."""
    programs: Mapping[str, tuple[Program, ...]] = field(default_factory=dict)
    """Rules that settle no bill, by their key in the file."""
    disputes: tuple[str, ...] = field(default=())
    hospital_grades: Mapping[str, str] = field(default_factory=dict)
    """The level that each national grade of hospitals counts as here."""
    hospitals: Mapping[str, Hospital] = field(default_factory=dict)
    services: Services = NO_SERVICES

    def insurance_year(self, day: date) -> int:
        """The insurance year (医保年度) a day lies in, named by the calendar year it begins in."""
        return day.year if (day.month, day.day) >= self.year_starts else day.year - 1

    @property
    def parts(self) -> tuple[Benefit | Contribution | Program, ...]:
        """Everything of the file that has editions."""
        programs = (program for programs in self.programs.values() for program in programs)
        return (*self.benefits, *self.contributions, *programs)

    def benefit(self, scheme: str, care: str) -> Benefit | None:
        """The rules of a scheme for a kind of care, if the file has them."""
        return next((b for b in self.benefits if b.scheme == scheme and b.care == care), None)

    def contribution(self, scheme: str) -> Contribution | None:
        """What is paid for a scheme, if the file has it."""
        return next((c for c in self.contributions if c.scheme == scheme), None)

    def program(self, name: str, scheme: str) -> Program | None:
        """Rules that settle no bill (``waiting``, ``maternity`` …) for a scheme, if the file has them."""
        return next((p for p in self.programs.get(name, ()) if p.scheme == scheme), None)

    def words(self, dimension: str) -> dict[str, str]:
        """The words of a table dimension, id → what readers see."""
        if dimension == "group":
            return {word: name for groups in self.groups.values() for word, name in groups.items()}
        if dimension in self.traits:
            return dict(self.traits[dimension].words)
        return dict({"level": self.levels, "filing": FILING_WORDS, "distance": PLACE_WORDS}[dimension])

    @property
    def item_words(self) -> dict[str, str]:
        """The classes of items that any edition tells apart, id → what readers see."""
        return {
            name: item.name
            for benefit in self.benefits
            for edition in benefit.editions
            for name, item in edition.items.items()
        }

    @property
    def dimensions(self) -> dict[str, str]:
        """Everything that may head a table here, id → what readers call it."""
        return DIMENSION_WORDS | {name: trait.name for name, trait in self.traits.items()}


DIMENSION_WORDS = {"level": "医院等级", "group": "人员类别", "filing": "备案情形", "distance": "省内还是外省"}
