"""收录情况: how much of an area's rules is collected, how sure it is, and the sentence that every result says of it.

The page of coverage and the results take the sentence from here, so that both say the same. Nothing reads a clock:
whether an edition has ended is told by the day on which the file was last compared with its sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from calculator.answer import Answer
from calculator.model import (
    CARE_WORDS,
    FILING_WORDS,
    OTHER,
    SCHEME_WORDS,
    Benefit,
    BenefitEdition,
    Branch,
    Condition,
    Contribution,
    Edition,
    Figure,
    PoolingArea,
    Status,
)
from calculator.programs import PROGRAM_WORDS, Program
from calculator.rules import filings

CONTRIBUTION, AWAY, SERVICES = "contribution", "away", "services"
PART_WORDS: Mapping[str, str] = {**CARE_WORDS, CONTRIBUTION: "缴费", **PROGRAM_WORDS}
"""Everything of an area that has editions, by the name it has in references."""
ONLY_FOR: Mapping[str, str] = {"retirement": "employee", "payroll": "employee", "cap_by_income": "resident"}
"""Rules that one scheme alone has: for the other nothing is missing."""
_FILINGS = ("long_term", "referral", "temporary", "emergency", "unfiled")
"""The cases of care away that every area has a rule for."""


_SAID = {
    Status.OFFICIAL: "出自官方文件",
    Status.SECONDARY: "是转述",
    Status.DISPUTED: "有争议",
    Status.ILLUSTRATIVE: "是示例",
}


class State(StrEnum):
    """How much is collected."""

    SHIPPED = "shipped"
    """An edition stands, and neither a figure of it is unknown nor a level or group of people left out."""
    PARTLY = "partly"
    """There is an edition, but something in it is unknown or left out, or it has ended."""
    NOT_YET = "not_yet"

    @property
    def words(self) -> str:
        """What readers see."""
        return {"shipped": "已收录", "partly": "部分收录", "not_yet": "还没有收录"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What is collected of one scheme and one kind of care (or contribution …) in one area."""

    area: str
    scheme: str
    """Empty for the rules of service, which are for everybody."""
    part: str
    care: str = ""
    """For care away: which kind of care."""
    name: str
    """Scheme and part as readers know them."""
    state: State
    checked_on: date
    since: date | None = None
    until: date | None = None
    statuses: Mapping[Status, int]
    """How many figures (of the rules of service: statements) of each status."""
    unknown: int = 0
    """How many figures the file calls unknown."""
    missing: tuple[str, ...] = ()
    """Levels of hospitals, groups of people, cases of filing of which the tables say nothing, in words."""

    @property
    def figures(self) -> int:
        """How many figures are collected."""
        return sum(self.statuses.values())

    @property
    def sentence(self) -> str:
        """「北京市职工医保住院：部分收录，按 2025-01-01 起的标准，2026-11-22 核对过；8 个数字是转述，3 个有争议。」"""
        head = f"{self.area}{self.name}：{self.state.words}"
        if self.state is State.NOT_YET:
            return f"{head}。"
        edition = f"按 {period(self.since, self.until)}的标准，" if self.since else ""
        return f"{head}，{edition}{self.checked_on} 核对过；{self._counts()}。"

    def _counts(self) -> str:
        unit = "条" if self.part == SERVICES else "个"
        counts = [(count, _SAID[status]) for status, count in self.statuses.items() if count]
        counts += [(self.unknown, "没有查到")] if self.unknown else []
        texts = [f"{count} {unit}{words}" for count, words in counts]
        if texts and unit == "个":
            texts[0] = f"{counts[0][0]} 个数字{counts[0][1]}"
        return "，".join(texts) or "没有用到数字"


def period(since: date | None, until: date | None) -> str:
    """「2025-01-01 起」, 「2025-01-01 到 2025-12-31 」."""
    return f"{since} 到 {until} " if until else f"{since} 起"


def coverage_sentences(answer: Answer) -> tuple[str, ...]:
    """What a result says of the rules it was made with: a sentence for each edition whose figures it used."""
    found: dict[str, None] = {}
    for part in answer.parts:
        area, used = part.estimate.area, part.estimate
        homes = _homes(area)
        figures = [figure for end in (used.low, used.high) for step in end.steps for figure, _ in step.figures]
        sentences = [_sentence(area, *homes[figure]) for figure in figures if figure in homes]
        found |= dict.fromkeys(sentences or [_unused(area)])
    if not answer.parts and answer.area is not None:
        found[services_coverage(answer.area).sentence] = None
    return tuple(found)


def _unused(area: PoolingArea) -> str:
    return f"{area.name}：没有用到当地的标准。"


@lru_cache(maxsize=16)
def _homes(area: PoolingArea) -> dict[Figure, tuple[str, str, Edition]]:
    """The edition that each figure belongs to, with its scheme and part."""
    return {
        figure: (str(part.scheme), name, edition)
        for name, part in named_parts(area)
        for edition in part.editions
        for figure in edition.figures
    }


@lru_cache(maxsize=256)
def _sentence(area: PoolingArea, scheme: str, part: str, edition: Edition) -> str:
    return edition_coverage(area, scheme, part, edition).sentence


def named_parts(area: PoolingArea) -> Iterator[tuple[str, Benefit | Contribution | Program]]:
    """Everything of an area that has editions, each with the name of its part."""
    yield from ((str(benefit.care), benefit) for benefit in area.benefits)
    yield from ((CONTRIBUTION, contribution) for contribution in area.contributions)
    for name, programs in area.programs.items():
        yield from ((name, program) for program in programs)


def area_coverage(area: PoolingArea) -> tuple[Coverage, ...]:
    """Every part of both schemes, collected or not; the rules of service last."""
    known = {(str(part.scheme), name): part for name, part in named_parts(area)}
    rows: list[Coverage] = []
    for scheme in SCHEME_WORDS:
        away = [away_coverage(area, p) for _, p in known.items() if isinstance(p, Benefit) and p.scheme == scheme]
        told = [row for row in away if row is not None]
        for name in PART_WORDS:
            part = known.get((scheme, name))
            if part is not None:
                rows.append(edition_coverage(area, scheme, name, _newest(part.editions, area.checked_on)))
            elif ONLY_FOR.get(name, scheme) == scheme:
                rows.append(_absent(area, scheme, name, PART_WORDS[name]))
            if name == tuple(CARE_WORDS)[-1]:
                rows += told or [_absent(area, scheme, AWAY, "异地就医")]
    return (*rows, services_coverage(area))


def _newest(editions: tuple[Edition, ...], day: date) -> Edition:
    """The edition of a day; before the first one, the first."""
    return next((edition for edition in reversed(editions) if edition.since <= day), editions[0])


def edition_coverage(area: PoolingArea, scheme: str, part: str, edition: Edition) -> Coverage:
    """What is collected in one edition."""
    missing = tuple(dict.fromkeys(_missing(edition, area, scheme, {})))
    return _row(area, scheme, part, PART_WORDS[part], edition, edition.figures, len(edition.unknown), missing)


def away_coverage(area: PoolingArea, benefit: Benefit) -> Coverage | None:
    """The part of a benefit's edition that is for care away; None where it says nothing of it."""
    edition = _newest(benefit.editions, area.checked_on)
    if not isinstance(edition, BenefitEdition) or edition.away is None:
        return None
    scheme, care = str(benefit.scheme), str(benefit.care)
    start = f"{scheme}/{care}/{AWAY}."
    figures = tuple(figure for figure in edition.figures if figure.reference.startswith(start))
    unknown = sum(name.startswith(f"{AWAY}.") for name in edition.unknown)
    told = filings(edition.away.cases)
    missing = () if OTHER in told else tuple(FILING_WORDS[name] for name in _FILINGS if name not in told)
    row = _row(area, scheme, AWAY, f"异地{CARE_WORDS[care]}", edition, figures, unknown, missing)
    return replace(row, care=care)


def services_coverage(area: PoolingArea) -> Coverage:
    """The rules of service; nobody can say that there are no more of them, so what there is counts as a part."""
    statements = [statement for _, _, statement in area.services.statements()]
    return Coverage(
        area=area.name, scheme="", part=SERVICES, name="办事规则", checked_on=area.checked_on,
        state=State.PARTLY if statements else State.NOT_YET,
        statuses={status: sum(s.status == status for s in statements) for status in Status},
    )  # fmt: skip


def _absent(area: PoolingArea, scheme: str, part: str, words: str) -> Coverage:
    return Coverage(
        area=area.name, scheme=scheme, part=part, name=SCHEME_WORDS[scheme] + words, checked_on=area.checked_on,
        state=State.NOT_YET, statuses=dict.fromkeys(Status, 0),
    )  # fmt: skip


def _row(
    area: PoolingArea, scheme: str, part: str, words: str, edition: Edition, figures: tuple[Figure, ...], unknown: int,
    missing: tuple[str, ...],
) -> Coverage:  # fmt: skip
    ended = edition.until is not None and edition.until < area.checked_on
    whole = not (unknown or missing or ended)
    return Coverage(
        area=area.name, scheme=scheme, part=part, name=SCHEME_WORDS[scheme] + words, checked_on=area.checked_on,
        state=State.SHIPPED if whole else State.PARTLY, since=edition.since, until=edition.until,
        statuses={status: sum(figure.status == status for figure in figures) for status in Status},
        unknown=unknown, missing=missing,
    )  # fmt: skip


def _missing(rules: object, area: PoolingArea, scheme: str, only: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Words of levels, groups and traits that a table leaves out, as far as its rule is for them at all (``only``)."""
    if isinstance(rules, Branch):
        words = _words(area, scheme, rules.dimension)
        if OTHER not in rules.entries:
            wanted = only.get(rules.dimension, tuple(words))
            yield from (words[word] for word in wanted if word in words and word not in rules.entries)
        for word, entry in rules.entries.items():
            yield from _missing(entry, area, scheme, {**only, rules.dimension: (word,)} if word != OTHER else only)
    elif isinstance(rules, Mapping):
        for inner in rules.values():
            yield from _missing(inner, area, scheme, only)
    elif isinstance(rules, tuple):
        for inner in rules:
            yield from _missing(inner, area, scheme, only)
    elif is_dataclass(rules) and not isinstance(rules, Figure | type):
        when = getattr(rules, "when", None)
        inside = {**only, **when.words} if isinstance(when, Condition) else only
        for field in fields(rules):
            if field.name not in ("away", "figures"):
                yield from _missing(getattr(rules, field.name), area, scheme, inside)


def _words(area: PoolingArea, scheme: str, dimension: str) -> Mapping[str, str]:
    if dimension == "group":
        return area.groups[scheme]
    return area.words(dimension) if dimension == "level" or dimension in area.traits else {}
