"""What the calculators without a bill share: their edition by day, their completions, their estimate."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from calculator.answer import Amount
from calculator.case import read_traits
from calculator.completions import Choice as Assumed
from calculator.completions import Run
from calculator.errors import NotCovered, Path, shown
from calculator.estimate import Estimate, estimate
from calculator.explain import figure_text
from calculator.kinds.base import Amounts
from calculator.kinds.form import Choice, Field
from calculator.kinds.settlement import trait_fields
from calculator.kinds.sheet import Sheet
from calculator.kinds.variants import any_edition
from calculator.ledger import Step
from calculator.model import SCHEME_WORDS, Edition, Figure, PoolingArea
from calculator.money import Ratio, Yuan, number, percent_text, policy_ratio
from calculator.outcomes import Gap, Outcome, completed
from calculator.reader import UNKNOWN, CaseReader
from calculator.rules import Situation, dimensions_of, edition_on

E = TypeVar("E", bound=Edition)


def date_field(editions: Sequence[Edition]) -> Field:
    """Which edition, newest first."""
    days = tuple(Choice(e.since.isoformat(), period(e)) for e in reversed(editions))
    return Field(
        "date", "按哪一年的标准算", "choice", required=True, default=editions[-1].since.isoformat(), choices=days,
        may_be_unknown=len(days) > 1,
    )  # fmt: skip


def period(edition: Edition) -> str:
    """From when to when, for a choice."""
    return f"{edition.since} 起" + (f"，到 {edition.until}" if edition.until else "")


def known_editions(area: PoolingArea, program: str, kind: type[E]) -> dict[str, tuple[E, ...]]:
    """The editions of an area's rule, by scheme; empty where nothing is known of it."""
    programs = area.programs.get(program, ())
    return {str(p.scheme): tuple(e for e in p.editions if isinstance(e, kind)) for p in programs}


def editions_of(known: Mapping[str, tuple[E, ...]], scheme: str, what: str) -> tuple[E, ...]:
    """The editions of one scheme. Raises NotCovered, naming the schemes that are known, where there are none."""
    if scheme not in known:
        raise NotCovered(f"{what}本站没有收录。", "scheme", [SCHEME_WORDS[name] for name in known])
    return known[scheme]


def read_date(reader: CaseReader) -> date | None:
    """The day that picks the edition; None when any may apply."""
    if reader.document.get("date") == UNKNOWN:
        return None
    before = len(reader.problems)
    day = reader.day("date")
    if day is None and len(reader.problems) == before:
        reader.refuse(("date",), "请填写日期，例如 2026-01-31", "missing")
    return day


def editions_for(editions: Sequence[E], day: date | None, what: str) -> Iterator[tuple[tuple[Assumed, ...], E]]:
    """The edition of the day; each of them when the day is not known."""
    if day is not None:
        yield (), edition_on(editions, day, what)
        return
    for choice, edition in any_edition(editions):
        yield (choice,), edition  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Person:
    """What tables may ask of a person: the words stated, and all there are."""

    answers: Mapping[str, str]
    vocabulary: Mapping[str, tuple[str, ...]]


PERSON_KEYS = ("scheme", "group", "traits", "numbers", "date")


def read_person(reader: CaseReader, area: PoolingArea, scheme: str, *, level: bool = False) -> Person:
    """Group, traits and, where the rules ask for it, the level of the hospital."""
    groups = area.groups[scheme]
    group = reader.word("group", groups, unknown=True)
    if not group and len(groups) == 1:
        group = next(iter(groups))
    traits, _ = read_traits(reader, area)
    answers = {"group": group, **traits}
    if level:
        answers["level"] = reader.word("level", area.levels, unknown=True)
    vocabulary = {"group": tuple(groups), "level": tuple(area.levels)}
    return Person(answers, vocabulary | {name: tuple(trait.words) for name, trait in area.traits.items()})


def person_fields(area: PoolingArea, scheme: str, editions: Sequence[Edition]) -> Iterator[Field]:
    """Whatever the tables of the rules tell apart: the group, then traits."""
    asked = frozenset(d for edition in editions for d in dimensions_of(edition))
    groups = area.groups[scheme]
    if len(groups) > 1 and "group" in asked:
        yield Field(
            "group", "人员类别", "choice", required=True, may_be_unknown=True,
            choices=tuple(Choice(name, words) for name, words in groups.items()),
        )  # fmt: skip
    if "level" in asked:
        yield Field(
            "level", "医院等级", "choice", required=True, may_be_unknown=True,
            choices=tuple(Choice(name, words) for name, words in area.levels.items()),
        )  # fmt: skip
    yield from trait_fields(area, {scheme: editions[-1]})


def estimated(
    area: PoolingArea,
    editions: Sequence[E],
    day: date | None,
    what: str,
    person: Person,
    once: Callable[[E, Amounts], Outcome],
    by: str,
) -> Estimate:
    """Every completion of every edition that may apply, as one estimate ordered by the amount ``by``."""
    possible = list(editions_for(editions, day, what))

    def settled(edition: E, forced: Mapping[str, Decimal] | None = None) -> tuple[list[Outcome], list[Gap]]:
        def attempt(run: Run) -> Outcome:
            situation = Situation(area, person.answers, person.vocabulary.__getitem__, run, what)
            outcome = once(edition, Amounts(Sheet(run), situation, edition.since.year))
            return outcome._replace(steps=(*_defaults(situation), *outcome.steps))

        return completed(attempt, forced)

    def at(asked: Assumed, value: Decimal) -> list[Outcome]:
        found: list[Outcome] = []
        for assumed, edition in possible:
            with suppress(NotCovered):
                again, _ = settled(edition, {asked.key: value})
                found += [outcome._replace(choices=assumed + outcome.choices) for outcome in again]
        return found

    outcomes: list[Outcome] = []
    gaps: list[Gap] = []
    for assumed, edition in possible:
        found, silent = settled(edition)
        outcomes += [outcome._replace(choices=assumed + outcome.choices) for outcome in found]
        gaps += silent
    return estimate(area, outcomes, gaps, by=by, at=at)


def _defaults(situation: Situation) -> Iterator[Step]:
    """Traits nobody told us, taken at their default."""
    for name, word in situation.assumed.items():
        trait = situation.area.traits[name]
        yield Step("assume.trait", None, {"trait": trait.name, "word": trait.words[word]}, ())


def named(result: Estimate, words: Mapping[str, tuple[str, str, str]]) -> tuple[Amount, ...]:
    """The amounts that have words, in their order: name → words, role, unit."""
    return tuple(
        Amount(name, said, result.amounts[name], role, unit)
        for name, (said, role, unit) in words.items()
        if name in result.amounts
    )


def read_scheme(reader: CaseReader, schemes: Sequence[str]) -> str:
    """The scheme stated, or the only one there are rules for."""
    words = {scheme: SCHEME_WORDS[scheme] for scheme in SCHEME_WORDS}
    found = reader.word("scheme", words)
    if not found and "scheme" not in {str(p.path[0]) for p in reader.problems if p.path}:
        if len(schemes) == 1:
            return schemes[0]
        reader.refuse(("scheme",), "请选择险种", "missing")
    return found or "employee"


def scheme_field(schemes: Sequence[str]) -> Field:
    """Which scheme, as far as there are rules."""
    return Field(
        "scheme", "参加的是哪种医保", "choice", required=True, default=schemes[0] if len(schemes) == 1 else "",
        choices=tuple(Choice(scheme, SCHEME_WORDS[scheme]) for scheme in schemes),
    )  # fmt: skip


def read_whole(reader: CaseReader, name: str, label: str, least: int, most: int, default: int | None = None) -> int:
    """A whole number as typed; without a default it must be there."""
    found = reader.document.get(name, "")
    if found in ("", None) and default is not None:
        return default
    if isinstance(found, str) and found.isascii() and found.isdigit():
        found = int(found) if len(found) < 5 else most + 1
    if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= most:
        reader.refuse((name,), f"{label}要填 {least} 到 {most} 的整数", "whole")
        return least
    return found


def read_amount(reader: CaseReader, name: str, label: str) -> Yuan | None:
    """An amount that may be left out."""
    found = reader.document.get(name, "")
    return None if found in ("", None) else reader.amount((name,), found, label)


def typed_ratio(found: object) -> Ratio | None:
    """A percentage as people type it: 「12%」, 「１２」, 「0.5」."""
    if isinstance(found, bool) or not isinstance(found, int | str) or len(str(found)) > 12:
        return None
    text = unicodedata.normalize("NFKC", str(found)).strip().removesuffix("%").strip()
    ratio = policy_ratio(f"{text}%")
    return ratio if ratio is not None and ratio <= 1 else None


def read_rates(reader: CaseReader, known: Mapping[str, Figure]) -> dict[str, Ratio]:
    """``rates``: percentages the person knows, for figures that are a range or disputed."""
    rates: dict[str, Ratio] = {}
    for name, found in reader.part("rates").items():
        path: Path = ("rates", str(name))
        figure, value = known.get(str(name)), typed_ratio(found)
        if found in ("", None):
            continue
        if figure is None:
            listed = "、".join(known) or "没有"
            reader.refuse(path, f"这里没有可填的比例{shown(name)}；可填的有：{listed}", "key")
        elif value is None:
            reader.refuse(path, f"写的是{shown(found)}，应是百分比，例如 0.5%", "percentage")
        elif not _possible(figure, value):
            reader.refuse(path, f"{percent_text(value)} 不在收录的范围里：{figure_text(figure)}", "range")
        else:
            rates[str(name)] = value
    return rates


def _possible(figure: Figure, value: Ratio) -> bool:
    if figure.kind == "range":
        return number(figure.values[0]) <= value <= number(figure.values[1])
    return value in figure.values


def rate_fields(known: Mapping[str, tuple[str, Figure]]) -> Iterator[Field]:
    """A question for each rate that is not certain: the reader may know which holds."""
    for name, (label, figure) in known.items():
        if figure.kind == "range":
            yield Field(
                f"rates.{name}", f"{label}的比例（知道就填）", "percent", advanced=True,
                help=f"在 {figure_text(figure)}之间。不填就按两头各算一遍。",
            )  # fmt: skip
        else:
            choices = tuple(Choice(percent_text(number(v)), percent_text(number(v))) for v in figure.values)
            yield Field(f"rates.{name}", f"{label}的比例（知道就选）", "choice", choices=choices, advanced=True)
