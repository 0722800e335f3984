"""A case whose scheme or day nobody knows → one case for each possibility, with what is assumed in it.

Other unknown answers are tried while a case is settled; these two decide which rules are read in the first place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from typing import Any

from calculator.case import Case, read_case
from calculator.completions import Choice
from calculator.errors import InvalidData, NotCovered
from calculator.model import SCHEME_WORDS, Edition, PoolingArea
from calculator.outcomes import Gap, Outcome, completed
from calculator.ranking import At
from calculator.reader import FIELD_WORDS, UNKNOWN
from calculator.rules import accumulators
from calculator.settle import edition_of, settle, settlement

Variant = tuple[tuple[Choice, ...], Case]


def variants(document: object, area: PoolingArea, care: str) -> list[Variant]:
    """Every case the document may mean; one when scheme and day are known. Raises InvalidData as ``read_case`` does."""
    if not isinstance(document, Mapping):
        return [((), read_case(document, area, care))]
    return [
        (by_scheme + by_day, _fitting(area, read_case(stated, area, care), bool(by_scheme)))
        for by_scheme, of_scheme in _schemes(document, area)
        for by_day, stated in _days(of_scheme, area, care)
    ]


def _schemes(document: Mapping[str, Any], area: PoolingArea) -> Iterator[tuple[tuple[Choice, ...], Mapping[str, Any]]]:
    if document.get("scheme") != UNKNOWN:
        yield (), document
        return
    words = tuple(SCHEME_WORDS.values())
    for number, scheme in enumerate(SCHEME_WORDS):
        group = document.get("group", "")
        stated = {
            **document,
            "scheme": scheme,
            "group": group if group in area.groups[scheme] else UNKNOWN,
            "distance": document.get("distance") or UNKNOWN,
        }
        yield (Choice("scheme", FIELD_WORDS["scheme"], words, number, None),), stated


def _days(
    document: Mapping[str, Any], area: PoolingArea, care: str
) -> Iterator[tuple[tuple[Choice, ...], Mapping[str, Any]]]:
    if document.get("date") != UNKNOWN:
        yield (), document
        return
    benefit = area.benefit(str(document.get("scheme", "")), care)
    if benefit is None:
        yield (), {**document, "date": area.checked_on.isoformat()}  # refused for want of rules, whatever the day
        return
    for choice, edition in any_edition(benefit.editions):
        yield (choice,), {**document, "date": edition.since.isoformat()}


def any_edition(editions: Sequence[Edition]) -> Iterator[tuple[Choice, Edition]]:
    """Each edition, as the one that may apply when the day is not known."""
    words = tuple(f"{edition.since} 起的标准" for edition in editions)
    for number, edition in enumerate(editions):
        yield Choice("date", "适用的标准", words, number, None), edition


def _fitting(area: PoolingArea, case: Case, unsure: bool) -> Case:
    """What is said of a layer holds for the scheme that has it."""
    if not unsure or area.benefit(case.scheme, case.care) is None:
        return case
    edition = edition_of(area, case)[0]
    layers, counted = {layer.id for layer in edition.layers}, accumulators(area, edition)
    return replace(
        case,
        history=replace(
            case.history,
            opening={name: used for name, used in case.history.opening.items() if name in counted},
            current={name: used for name, used in case.history.current.items() if name in counted},
        ),
        given_deductible={name: line for name, line in case.given_deductible.items() if name in layers},
        carried={name: left for name, left in case.carried.items() if name in counted},
    )


def settle_all(area: PoolingArea, possible: Sequence[Variant]) -> tuple[list[Outcome], list[Gap]]:
    """All completions of all variants. Raises NotCovered when the policy is silent about every one."""
    outcomes: list[Outcome] = []
    gaps: list[Gap] = []
    for assumed, case in possible:
        try:
            settled, silent = settle(area, case)
        except NotCovered as reason:
            settled, silent = [], [Gap(reason, ())]
        if assumed:
            settled = [outcome._replace(choices=assumed + outcome.choices) for outcome in settled]
            silent = [gap._replace(choices=assumed + gap.choices) for gap in silent]
        outcomes += settled
        gaps += silent
    if not outcomes:
        raise gaps[0].reason
    return outcomes, gaps


def answering(area: PoolingArea, possible: Sequence[Variant]) -> At:
    """Settles all variants again with one uncertain number given a value."""

    def at(asked: Choice, value: Decimal) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for assumed, case in possible:
            with suppress(NotCovered, InvalidData):
                settled, _ = completed(settlement(area, _told(case, asked.key, value)), {asked.key: value})
                outcomes += [
                    outcome._replace(choices=assumed + outcome.choices)
                    for outcome in settled
                    if all(choice.value == value for choice in outcome.choices if choice.key == asked.key)
                ]
        return outcomes

    return at


def _told(case: Case, key: str, value: Decimal) -> Case:
    """A part of the bill is told in the case, so that it leaves less to what else is unknown of the bill."""
    if not key.startswith("bill."):
        return case
    part: dict[str, Any] = {key.removeprefix("bill."): value}
    return replace(case, bill=replace(case.bill, **part))
