"""统筹区: a pooling area with everything its file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from calculator.model.benefits import BenefitEdition, Edition
from calculator.model.contributions import ContributionEdition
from calculator.model.figures import Hospital, Index, Source, Trait
from calculator.model.words import DIMENSION_WORDS, FILING_WORDS, NUMBER_WORDS, PLACE_WORDS, Care, Scheme
from calculator.services import NO_SERVICES, Services

if TYPE_CHECKING:
    from calculator.programs import Program


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
        for benefit in self.benefits:
            if benefit.scheme == scheme and benefit.care == care:
                return benefit
        return None

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
