"""Every way an uncertain settlement can turn out: ranges, disputed figures and unanswered questions, enumerated.

A settlement asks for what it needs as it goes. Where there is more than one possible answer, the ``Run`` takes the next
one of its script and notes the choice; ``explore`` repeats the settlement until every script is used up. So exactly the
uncertainties that matter for a case are tried, each in all combinations with the others, and nothing relies on amounts
moving in one direction only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from calculator.errors import InvalidData, Problem
from calculator.model import STATUS_ORDER, Figure, Status
from calculator.money import number

R = TypeVar("R")

_STATUSES = tuple(Status)
_NOTHING: Mapping[str, Any] = {}
_NO_QUESTIONS: frozenset[str] = frozenset()
MOST = 4096
"""More combinations than this are refused, with the questions to answer first."""


class Choice(NamedTuple):
    """One uncertainty and what this run assumed: an uncertain figure, or a question answered 不知道."""

    key: str
    label: str
    options: tuple[object, ...]
    pick: int
    figure: Figure | None

    @property
    def continuous(self) -> bool:
        """Whether anything between the options is possible too: a range, or an amount nobody knows."""
        between = self.figure is None or self.figure.kind == "range"
        return between and len(self.options) == 2 and isinstance(self.options[0], Decimal)

    @property
    def value(self) -> object:
        """The assumed option."""
        return self.options[self.pick]


class Run:
    """One completion: answers each uncertainty the same way whenever it is met again."""

    __slots__ = ("_forced", "_like", "_script", "choices", "event", "pending", "rank", "scope", "shared")

    def __init__(
        self,
        script: Sequence[int] = (),
        like: Mapping[str, Choice] | None = None,
        forced: Mapping[str, Decimal] | None = None,
    ) -> None:
        """Choices follow the script by position, those of ``like`` by key; a forced value goes before both."""
        self._script = script
        self._like = like or _NOTHING
        self._forced = forced or _NOTHING
        self.choices: dict[str, Choice] = {}
        self.pending: list[tuple[Figure, object]] = []
        self.rank = 0
        self.scope = ""
        """Put before the reference of an uncertain figure, so that those of two areas stay apart."""
        self.event = ""
        """Put before the name of an unanswered question about one of several events, so that they stay apart."""
        self.shared = _NO_QUESTIONS
        """Questions about the person: the same answer for all events."""

    def value(self, figure: Figure) -> object:
        """The figure's value in this completion; notes the figure for the step that uses it."""
        rank = STATUS_ORDER[figure.status]
        if rank > self.rank:
            self.rank = rank
        values = figure.values
        if len(values) == 1:
            value = values[0]
        else:
            value = self.choose(self.scope + figure.reference, figure.reference, values, figure)
        if figure.reference:
            self.pending.append((figure, value))
        return value

    def choose(self, key: str, label: str, options: tuple[object, ...], figure: Figure | None = None) -> object:
        """One of the options; the same one for the same key throughout the run."""
        if self.event and figure is None and key not in self.shared:
            key = self.event + key
        known = self.choices.get(key)
        if known is None:
            position = len(self.choices)
            index = self._script[position] if position < len(self._script) else 0
            if key in self._like and self._like[key].pick < len(options):
                index = self._like[key].pick
            if key in self._forced:
                options, index = (_within(self._forced[key], options),), 0
            known = self.choices[key] = Choice(key, label, options, index, figure)
        return known.value

    @property
    def status(self) -> Status:
        """The weakest status of all figures used so far."""
        return _STATUSES[self.rank]


def _within(value: Decimal, options: tuple[object, ...]) -> Decimal:
    """A forced value, not beyond what is possible here (one unknown part of a bill leaves less for the next)."""
    return min(max(value, number(options[0])), number(options[-1]))


def explore(settle: Callable[[Run], R], forced: Mapping[str, Decimal] | None = None) -> Iterator[tuple[Run, R]]:
    """All completions, depth first. Raises InvalidData when there are more than ``MOST``."""
    script: list[int] | None = []
    tried = 0
    while script is not None:
        run = Run(script, forced=forced)
        yield run, settle(run)
        if not run.choices:
            return  # nothing is uncertain
        tried += 1
        choices = list(run.choices.values())
        if tried >= MOST:
            asked = tuple(choice for choice in choices if choice.figure is None)
            path = tuple(asked[0].key.split(".")) if asked else ()
            words = "、".join(choice.label for choice in asked)
            raise InvalidData([Problem(path, f"不知道的太多，算不出有用的范围；请先回答其中几项：{words}", "unknown")])
        script = _next_script(choices)


def _next_script(choices: Sequence[Choice]) -> list[int] | None:
    for position in range(len(choices) - 1, -1, -1):
        if choices[position].pick + 1 < len(choices[position].options):
            return [choice.pick for choice in choices[:position]] + [choices[position].pick + 1]
    return None
