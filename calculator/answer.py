"""What a calculator answers: one or several estimates with a headline. Shared by all kinds, the trace and the slip."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from calculator.compare import Contrast, Split
from calculator.estimate import Estimate, Interval
from calculator.findings import Checklist, Deadline, Finding
from calculator.model import PoolingArea, Status
from calculator.money import Yuan
from calculator.record import record

T = TypeVar("T")


class Later(Generic[T]):
    """What is found when it is first asked for, and kept."""

    __slots__ = ("_find", "_found")

    def __init__(self, find: Callable[[], T]) -> None:
        self._find: Callable[[], T] | None = find
        self._found: T

    def __call__(self) -> T:
        """Find it, once."""
        if self._find is not None:
            self._found, self._find = self._find(), None
        return self._found


@record()
class Amount:
    """One amount of the result: its name in data, its words for readers, its kind and how much it is.

    ``role``: ``payer`` payers add up to the total | ``total`` | ``info`` anything else worth saying.
    """

    name: str
    words: str
    interval: Interval
    role: str
    unit: str = "yuan"


@record()
class Part:
    """One estimate of an answer, with its label when there are several (e.g. 已备案 / 未备案)."""

    id: str
    label: str
    estimate: Estimate
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A variant the policy is silent about, told instead of an estimate."""

    id: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Difference:
    """How much less the fund pays in a variant than in the first one, whatever is uncertain taken alike in both.

    ``splits`` divide the least and the most of it by what causes them; twice the same when it is certain.
    """

    id: str
    label: str
    """Which variants: 「“没备案”比“在参保地看病”」."""
    less: Interval
    more: Interval
    """How much more the person pays."""
    splits: tuple[Split, Split]


def differing(variant: str, label: str, found: Sequence[Contrast]) -> Difference:
    """The difference of a variant, over all the ways the case may be meant."""
    least = min(found, key=lambda contrast: contrast.fund_less[0])
    most = max(found, key=lambda contrast: contrast.fund_less[1])
    more = [end for contrast in found for end in contrast.person_more]
    less = Interval(least.fund_less[0], most.fund_less[1])
    low = least.low
    high = low if less.exact and min(more) == max(more) else most.high
    return Difference(variant, label, less, Interval(min(more), max(more)), (low, high))


@dataclass(frozen=True, slots=True)
class Change:
    """One thing otherwise than stated: its field, the value that fits, and how it reads."""

    kind: str
    value: Interval | str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What explains a settlement sheet (结算单对账): its part, what is otherwise there, how far off.

    Without changes it is one of the ways the case as stated may be meant. ``same`` reads what fits just as well.
    """

    id: str
    text: str
    changes: tuple[Change, ...]
    off: Yuan
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marginal:
    """How much more each pays when the bill is ``more`` larger, all of it within the policy's scope."""

    more: Yuan
    fund: Yuan
    account: Yuan
    person: Yuan
    text: str


@record()
class Answer:
    """The answer of one calculator to one case."""

    kind: str
    title: str
    headline: str
    parts: tuple[Part, ...]
    missing: tuple[Missing, ...] = ()
    notices: tuple[str, ...] = ()
    more: Callable[[], Marginal | None] | None = field(default=None, compare=False, repr=False)
    """Finds ``marginal``: another settlement, made only for those who show it."""
    differences: tuple[Difference, ...] = ()
    """One for each part after the first, when parts are compared."""
    finding: Finding | None = None
    """判断, when the question is whether something is so."""
    dates: tuple[Deadline, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    closing: Mapping[str, Any] | None = None
    """What a later call needs to go on from here, when events of a year were settled."""
    status: Status | None = None
    """The weakest status of what the finding, the dates and the checklists rest on; None when there are none."""
    explanations: tuple[Explanation, ...] = ()
    """Of a settlement sheet, the best first."""
    area: PoolingArea | None = None
    """Whose rules of service were asked, when there are no estimates; those know their own areas."""

    @property
    def marginal(self) -> Marginal | None:
        """再多花 1,000 元, when the answer is one certain settlement."""
        return None if self.more is None else self.more()
