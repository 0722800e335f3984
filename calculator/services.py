"""办事规则: what a place asks of people beyond amounts: filing and its days, the account's use, reviews, papers.

Everything is a statement with its own provenance; several statements about one thing stand side by side, each told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

from calculator.workdays import Span

if TYPE_CHECKING:
    from calculator.model import Figure, Status


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Statement:
    """Something a source says; ``since`` is the first day it holds, when that is told."""

    status: Status
    sources: tuple[str, ...]
    since: date | None = None
    note: str = ""

    def holds(self, day: date | None) -> bool:
        """Whether it holds on a day; on an unknown day it is taken to."""
        return day is None or self.since is None or self.since <= day


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Where(Statement):
    """A statement about care or people in some places: all of a distance, or the provinces named."""

    to: str
    """``in_province`` 省内其他统筹区 | ``out_of_province`` 外省."""
    provinces: tuple[str, ...] = ()

    def meets(self, distance: str, province: str) -> bool:
        """Whether a place is one of these."""
        return self.to == distance and (not self.provinces or province in self.provinces)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FilingPlace(Where):
    """要不要备案, by where the care is: ``required`` 要 | ``exempt`` 不用 | ``pilot`` 试点，看具体情况."""

    filing: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FilingValidity(Statement):
    """备案有效期, by class (X16)."""

    filing: str
    lasts: Span


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EmergencyWindow(Statement):
    """急诊补备案的期限 (X14): how long, from which day, whether that day counts."""

    within: Span
    counted_from: str
    """``admission`` 入院 | ``treatment`` 就诊 | ``discharge`` 出院."""
    start_counts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LateEmergency(Statement):
    """What comes of filing after the window, in words."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sharing(Statement):
    """家庭共济: with whom, and where they must be insured (K19)."""

    relations: tuple[str, ...]
    insured: str = ""
    """``same_area`` 本统筹区 | ``in_province`` 本省 | ``anywhere`` 外省也可以; empty when the source does not say."""
    pilot: bool = False
    condition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SharingCap(Statement):
    """共济的年度限额, per sharer (K19)."""

    amount: Figure


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AccountAway(Where):
    """个人账户在外地怎么用."""

    way: str
    """``direct`` 直接刷 | ``activate`` 先开通 | ``file`` 先备案再开通 | ``claim`` 不能刷，回来报 | ``no`` 不能用."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pharmacy(Statement):
    """定点药店的统筹待遇: whether there is any."""

    pooled: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Review(Statement):
    """门诊慢特病复审: a group of diseases and how often they are reviewed."""

    id: str
    name: str
    every: Span


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Operation(Statement):
    """一项手术: whether it is in the local list, when it is covered, and what is not."""

    id: str
    name: str
    listed: str
    """``yes`` | ``no`` | ``unknown``."""
    condition: str = ""
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paper(Statement):
    """手工报销 here also asks for this."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Services:
    """All statements of one place, or of the whole country."""

    filing_places: tuple[FilingPlace, ...] = ()
    filing_validity: tuple[FilingValidity, ...] = ()
    emergency_windows: tuple[EmergencyWindow, ...] = ()
    emergency_late: tuple[LateEmergency, ...] = ()
    account_sharing: tuple[Sharing, ...] = ()
    sharing_cap: tuple[SharingCap, ...] = ()
    account_away: tuple[AccountAway, ...] = ()
    pharmacy: tuple[Pharmacy, ...] = ()
    reviews: tuple[Review, ...] = ()
    operations: tuple[Operation, ...] = ()
    claim_papers: tuple[Paper, ...] = ()

    def statements(self) -> Iterator[tuple[str, int, Statement]]:
        """Every statement with its key and its place in the list."""
        for item in fields(self):
            for index, statement in enumerate(getattr(self, item.name)):
                yield item.name, index, statement


NO_SERVICES = Services()

RELATION_WORDS = {
    "spouse": "配偶",
    "parents": "父母",
    "children": "子女",
    "siblings": "兄弟姐妹",
    "grandparents": "祖父母、外祖父母",
    "grandchildren": "孙子女、外孙子女",
    "other": "其他亲友",
}
"""与出钱的人是什么关系, as in 民法典第一千零四十五条 (近亲属)."""
