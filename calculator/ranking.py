"""What to find out first: each unanswered question and uncertain figure, ranked by how much of the interval it removes.

For an uncertainty, every answer it may have is taken in turn, and the completions that agree with this answer give the
interval that would be left. Compared with the interval now (what the fund pays, least to most):

- ``at_least``: now minus the widest interval left: removed whatever the answer turns out to be;
- ``on_average``: now minus the mean of the intervals left, every answer counting alike;
- ``at_most``: now minus the narrowest interval left.

Ranked by ``at_least``, then ``on_average``, then ``at_most``. Nothing is assumed about which way an amount moves. The
answers to a range or an amount are its ends and evenly spaced points between them; each is settled again with all else
that is uncertain, and around the widest interval the points close in, down to the fen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from calculator.completions import Choice
from calculator.model import Figure
from calculator.money import FEN, ZERO, Yuan, number, quotient
from calculator.outcomes import RATIO_STEP, Outcome

At = Callable[[Choice, Decimal], Sequence[Outcome]]
"""Every completion in which an uncertain number has a certain value."""

POINTS = 8
"""Into so many equal parts a range is divided; its ends and the points between are the answers."""
BUDGET = 600
"""So many settlements at most are spent on the points of all ranges together."""


class Removes(NamedTuple):
    """How much of the interval an answer removes."""

    at_least: Yuan
    on_average: Yuan
    at_most: Yuan


class Question(NamedTuple):
    """One uncertainty: an unanswered question, or an uncertain figure (then ``figure``)."""

    key: str
    label: str
    figure: Figure | None
    width: Yuan
    """The width of the interval now."""
    removes: Removes
    by: str = "fund"
    """The amount whose interval it is."""


def ranked(outcomes: Sequence[Outcome], by: str, at: At | None = None) -> tuple[Question, ...]:
    """All uncertainties of an interval, the most useful to find out first."""
    width = _width(outcomes, by)
    if not width:
        return ()
    open_choices = _open_choices(outcomes)
    share = BUDGET // max(1, sum(choice.continuous for choice in open_choices))
    found = []
    for choice in open_choices:
        left = None
        if choice.continuous and at is not None:
            left = _left_between(choice, outcomes, by, at, share)
        if left is None:
            left = _left(choice, outcomes, by)
        found.append(Question(choice.key, choice.label, choice.figure, width, _removes(width, *left), by))
    return tuple(sorted(found, key=lambda question: question.removes, reverse=True))


def _removes(width: Yuan, widest: Yuan, mean: Yuan, narrowest: Yuan) -> Removes:
    return Removes(max(ZERO, width - widest), max(ZERO, width - mean), width - narrowest)


def _width(outcomes: Iterable[Outcome], by: str) -> Yuan:
    amounts = [outcome.amounts[by] for outcome in outcomes]
    return max(amounts) - min(amounts)


def _open_choices(outcomes: Iterable[Outcome]) -> list[Choice]:
    """Every uncertainty that was met with more than one option, in the order of the settlement."""
    found: dict[str, Choice] = {}
    for outcome in outcomes:
        for choice in outcome.choices:
            if len(choice.options) > 1:
                found.setdefault(choice.key, choice)
    return list(found.values())


def _left(asked: Choice, outcomes: Sequence[Outcome], by: str) -> tuple[Yuan, Yuan, Yuan]:
    """The widest, mean and narrowest interval left by an answer that is one of several.

    A completion that never met the question is possible whatever the answer.
    """
    groups: dict[object, list[Outcome]] = {}
    always: list[Outcome] = []
    for outcome in outcomes:
        met = next((choice for choice in outcome.choices if choice.key == asked.key), None)
        if met is None:
            always.append(outcome)
        elif len(met.options) > 1:  # else a point inside a range that was tried with some of the rest only
            groups.setdefault(met.value, []).append(outcome)
    return _summary([_width([*group, *always], by) for group in groups.values()])


def _left_between(
    asked: Choice, outcomes: Sequence[Outcome], by: str, at: At, budget: int
) -> tuple[Yuan, Yuan, Yuan] | None:
    """The same for a range or an amount, with points between its ends; None when that would take too long."""
    ends = [
        number(option) for outcome in outcomes for c in outcome.choices if c.key == asked.key for option in c.options
    ]
    step = FEN if asked.figure is None or asked.figure.unit == "yuan" else RATIO_STEP
    low, high = int(min(ends) / step), int(max(ends) / step)
    rounds = budget // (len(outcomes) * POINTS)
    if not rounds:
        return None
    widths: dict[int, Yuan] = {}

    def fill(points: Iterable[int]) -> None:
        for x in points:
            settled = at(asked, x * step) if x not in widths else ()
            if settled:
                widths[x] = _width(settled, by)

    fill(_points(low, high))
    if not widths:
        return None
    _, mean, narrowest = _summary(list(widths.values()))
    for _ in range(rounds):
        tried = sorted(widths)
        place = tried.index(max(tried, key=widths.__getitem__))
        below, above = tried[max(0, place - 1)], tried[min(len(tried) - 1, place + 1)]
        if above - below <= 2:
            break
        fill(_points(below, above))
    return max(widths.values()), mean, narrowest


def _points(low: int, high: int) -> Iterator[int]:
    return (low + (high - low) * part // POINTS for part in range(POINTS + 1))


def _summary(widths: Sequence[Yuan]) -> tuple[Yuan, Yuan, Yuan]:
    return max(widths), quotient(sum(widths, ZERO), Decimal(len(widths))), min(widths)
