"""Every calculator through one interface: a description of its inputs, and an answer to a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from calculator.answer import Answer
from calculator.kinds.account_away import AccountAwayKind
from calculator.kinds.article_formulas import ArticleFormulas
from calculator.kinds.bill_split import BillSplit
from calculator.kinds.care_insurance import CareInsurance
from calculator.kinds.chronic_review import ChronicReview
from calculator.kinds.comparison import AreaComparison, one_area
from calculator.kinds.contribution import ContributionKind
from calculator.kinds.emergency_filing import EmergencyFiling
from calculator.kinds.filing_comparison import FilingComparison
from calculator.kinds.filing_validity import FilingValidityKind
from calculator.kinds.flexible import FlexibleContribution
from calculator.kinds.form import Form
from calculator.kinds.manual_claim import ManualClaim
from calculator.kinds.maternity import Maternity
from calculator.kinds.may_share import MayShare
from calculator.kinds.need_filing import NeedFiling
from calculator.kinds.operation import OperationKind
from calculator.kinds.payroll import Payroll
from calculator.kinds.pharmacy import PharmacyKind
from calculator.kinds.reconciliation import Reconciliation
from calculator.kinds.resident_cap import ResidentCap
from calculator.kinds.retirement import RetirementYears
from calculator.kinds.settlement import SettlementKind
from calculator.kinds.sharing_split import SharingSplit
from calculator.kinds.tiers import BaseTiers
from calculator.kinds.transfer import Transfer
from calculator.kinds.waiting import CoverageBreak
from calculator.kinds.year import YearKind
from calculator.model import PoolingArea


class Kind(Protocol):
    """A calculator."""

    @property
    def id(self) -> str:
        """Its name in data and addresses."""

    @property
    def title(self) -> str:
        """Its name for readers."""

    @property
    def summary(self) -> str:
        """What it is for, in one sentence."""

    def form(self, area: PoolingArea) -> Form | None:
        """Its questions for an area; None when the area has nothing for it."""

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """Its answer. Raises InvalidData or NotCovered."""


_ALL: tuple[Kind, ...] = (
    SettlementKind("inpatient", "住院报销", "住院花的钱，医保付多少，您自己付多少。", "inpatient"),
    FilingComparison(),
    SettlementKind("outpatient", "普通门诊报销", "门诊看病花的钱，医保付多少，今年还剩多少额度。", "outpatient"),
    SettlementKind("chronic", "门诊慢特病报销", "认定了慢特病，门诊花的钱医保付多少。", "chronic"),
    SettlementKind("rescue", "门诊急诊抢救报销", "在急诊抢救花的钱，医保付多少。", "rescue"),
    SettlementKind("special_drug", "双通道药品报销", "在定点药店买双通道药品，医保付多少。", "special_drug"),
    ContributionKind(
        "employee_contribution", "职工缴费与个人账户", "每月扣多少医保，单位交多少，划进个人账户多少。", "employee"
    ),
    ContributionKind("resident_contribution", "居民缴费", "一家人一年交多少居民医保，财政补助多少。", "resident"),
    FlexibleContribution(),
    Payroll(),
    BaseTiers(),
    CoverageBreak(),
    RetirementYears(),
    Maternity(),
    CareInsurance(),
    ResidentCap(),
    YearKind(),
    Transfer(),
    Reconciliation(),
    AreaComparison(),
    NeedFiling(),
    FilingValidityKind(),
    EmergencyFiling(),
    ManualClaim(),
    MayShare(),
    SharingSplit(),
    AccountAwayKind(),
    PharmacyKind(),
    OperationKind(),
    ChronicReview(),
    BillSplit(),
    ArticleFormulas(),
)
KINDS: Mapping[str, Kind] = {kind.id: kind for kind in _ALL}


def ask(kind_id: str, areas: Sequence[PoolingArea], document: object) -> Answer:
    """The answer of a calculator for one area, or for the several areas that 城市对比 is about."""
    kind = KINDS[kind_id]
    if isinstance(kind, AreaComparison):
        return kind.compare(areas, document)
    if len(areas) != 1:
        raise one_area(kind.title)
    return kind.estimate(areas[0], document)
