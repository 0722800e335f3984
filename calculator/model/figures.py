"""Figures with their provenance, published tables, conditions: what every rule is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar, Union

T = TypeVar("T")


class Status(StrEnum):
    """可信程度, strongest first: the weakest status of all figures used stands on an estimate."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    DISPUTED = "disputed"
    ILLUSTRATIVE = "illustrative"

    __hash__ = str.__hash__  # equal to its text, and much faster than the hash every Enum has

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


NOT_TOLD: Branch[Figure] = Branch("group", {})
"""A table of which nobody told us a single cell: whoever asks is not covered."""

# A published table: a value, or branches by level, group, filing, distance or a trait in any order.
Table = Union[Branch[T], T]  # noqa: UP007 - a generic alias needs the old spelling on 3.11


@dataclass(frozen=True, slots=True)
class Rounding:
    """Where (``end`` 最后, ``layer`` 每层, ``segment`` 每段), to what unit and how amounts are rounded (SW: 取整)."""

    at: str = "end"
    unit: str = "fen"
    mode: str = "half_up"


TO_THE_FEN = Rounding()
"""How amounts are rounded where an area says nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class PercentOf:
    """An amount published as a percentage of another: of the bill (``total``, ``eligible``) or of an index by its id.

    Never below ``minimum`` nor above ``maximum``; rounded as ``rounding`` says.
    """

    percent: Figure
    of: str
    minimum: Figure | None = None
    maximum: Figure | None = None
    rounding: Rounding = TO_THE_FEN
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
