"""Outcomes of all completions → one estimate (估算): certain amounts, or intervals with a reason for each end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

from calculator.completions import Choice
from calculator.ledger import Step
from calculator.model import STATUS_ORDER, PoolingArea, Status
from calculator.money import ZERO, Yuan
from calculator.outcomes import Gap, Outcome
from calculator.ranking import At, Question, ranked
from calculator.record import record


class Interval(NamedTuple):
    """The least and the most an amount can be; both the same when it is certain."""

    low: Yuan
    high: Yuan

    @property
    def exact(self) -> bool:
        """Whether there is only one amount."""
        return self.low == self.high


@record(eq=False)
class End:
    """One end of the estimate: the amounts and steps there, and the assumptions that lead to it."""

    amounts: Mapping[str, Yuan]
    steps: tuple[Step, ...]
    assumptions: tuple[Choice, ...]


@record()
class Estimate:
    """估算. ``low`` is the completion in which the ordering amount (what the fund pays) is least, ``high`` most.

    ``gaps`` are completions the policy is silent about: what the interval does not cover.
    """

    area: PoolingArea
    amounts: Mapping[str, Interval]
    low: End
    high: End
    status: Status
    gaps: tuple[Gap, ...] = field(default=())
    completions: int = 1
    questions: tuple[Question, ...] = ()
    """What is uncertain, the most useful to find out first."""

    @property
    def exact(self) -> bool:
        """Whether every amount is certain and no completion is missing."""
        return all(interval.exact for interval in self.amounts.values()) and not self.gaps


def estimate(
    area: PoolingArea, outcomes: Sequence[Outcome], gaps: Sequence[Gap], by: str = "fund", at: At | None = None
) -> Estimate:
    """Put the outcomes of all completions together; ``by`` names the amount whose extremes are shown in full."""
    if len(outcomes) == 1:
        only = outcomes[0]
        end = End(only.amounts, only.steps, only.choices)
        certain = {name: Interval(amount, amount) for name, amount in only.amounts.items()}
        return Estimate(area, certain, end, end, only.status, merged(gaps), 1 + len(gaps))
    low, high = (
        min(outcomes, key=lambda outcome: _rank(outcome, by)),
        max(outcomes, key=lambda outcome: _rank(outcome, by)),
    )
    names = dict.fromkeys(name for outcome in outcomes for name in outcome.amounts)
    amounts = {}
    for name in names:
        values = [outcome.amounts[name] for outcome in outcomes if name in outcome.amounts]
        amounts[name] = Interval(min(values), max(values))
    status = max((outcome.status for outcome in outcomes), key=STATUS_ORDER.__getitem__)
    if all(interval.exact for interval in amounts.values()):
        end = End(low.amounts, low.steps, ())
        return Estimate(area, amounts, end, end, status, merged(gaps), len(outcomes) + len(gaps))
    ends = _end(low, outcomes, by), _end(high, outcomes, by)
    count = len(outcomes) + len(gaps)
    return Estimate(area, amounts, *ends, status, merged(gaps), count, ranked(outcomes, by, at))


def _rank(outcome: Outcome, by: str) -> tuple[Yuan, Yuan]:
    """The order of outcomes: the named amount, then how little is left to the person."""
    return outcome.amounts[by], -outcome.amounts.get("person", ZERO)


def merged(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """One gap for each reason, with the assumptions that all completions failing for it share."""
    if not gaps:
        return ()
    by_reason: dict[str, list[Gap]] = {}
    for gap in gaps:
        by_reason.setdefault(str(gap.reason), []).append(gap)
    return tuple(
        Gap(same[0].reason, tuple(c for c in same[0].choices if all(c in gap.choices for gap in same)))
        for same in by_reason.values()
    )


def _end(outcome: Outcome, outcomes: Sequence[Outcome], by: str) -> End:
    """An end with the assumptions that decide it: given them, nothing else that is uncertain changes the amount."""
    here = {choice.key: choice.value for choice in outcome.choices}
    apart = [
        {choice.key for choice in other.choices if choice.key in here and choice.value != here[choice.key]}
        for other in outcomes
        if _rank(other, by) != _rank(outcome, by)
    ]
    inside = {choice.key for choice in outcome.choices if len(choice.options) == 1}
    if inside:  # between the ends, its neighbours were not all tried: every amount that was assumed is told
        inside |= {choice.key for choice in outcome.choices if choice.continuous}
    needed = set(here)
    for key in here:
        # which rules were read is always told: other assumptions make no sense without it
        if key not in inside and key not in ("scheme", "date") and all(keys & (needed - {key}) for keys in apart):
            needed.remove(key)
    return End(outcome.amounts, outcome.steps, tuple(choice for choice in outcome.choices if choice.key in needed))
