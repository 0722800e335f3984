"""A settlement step as one line of the sheet, with every figure it used: what the trace, the slip and the printed
statement show is taken from here, so that all three carry the same content."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from calculator.estimate import End
from calculator.explain import figure_name, value_text
from calculator.ledger import Step
from calculator.model import STATUS_ORDER, Figure, PoolingArea, Status
from calculator.money import amount_words, round_amount
from calculator.sentences import label_and_text

NOTES = (
    "assume.",
    "away.case",
    "away.same_as",
    "away.local",
    "away.reduce_points",
    "away.multiply",
    "amount.",
    "cap.",
    "items.ordinary",
    "items.proportional",
    "items.within_limit",
    "deductible.credit",
    "deductible.done",
    "deductible.published",
    "deductible.multiple",
    "layer.no_excess",
    "line.",
)
"""Rules that explain without moving money: shown as notes, without an amount."""
TOTALS = ("cost.eligible", "layer.total", "result", "contribution.people", "article.result", "split.eligible")
MINUS = (
    "cost.self_funded",
    "cost.over_limit",
    "cost.first_pay",
    "items.over_limit",
    "items.first_pay",
    "away.first_pay",
    "deductible.",
    "assistance.ratio",
    "assistance.amount",
    "credit.deduction",
    "article.deductible",
    "split.class_b",
    "split.self_funded",
)


@dataclass(frozen=True, slots=True, eq=False)
class Used:
    """A figure of the policy that a step used, and the value it had there."""

    figure: Figure
    name: str
    value: str
    sources: tuple[str, ...]
    """The titles of its documents."""

    @property
    def text(self) -> str:
        """「职工医保住院，统筹基金：支付比例：85%（官方；出处：《…》）」."""
        titles = "".join(f"《{title}》" for title in self.sources)
        told = f"{self.figure.status.words}；出处：{titles}" if titles else self.figure.status.words
        return f"{self.name}：{self.value}（{told}）"


class Line(NamedTuple):
    """One line. ``amount`` is what stands in the column of amounts; empty for a note."""

    rule: str
    label: str
    amount: str
    text: str
    used: tuple[Used, ...]

    @property
    def note(self) -> bool:
        """Whether the line explains without moving money."""
        return not self.amount

    @property
    def total(self) -> bool:
        """Whether the line sums up those before it."""
        return self.rule in TOTALS

    @property
    def status(self) -> Status | None:
        """The weakest status of the figures used; None when the step used none."""
        found = [used.figure.status for used in self.used]
        return max(found, key=STATUS_ORDER.__getitem__, default=None)


@lru_cache(maxsize=8)
def lines_of(area: PoolingArea, end: End) -> tuple[Line, ...]:
    """The lines of a settlement, one a step; those of the last few are kept, since trace and slip both ask."""
    return tuple(line_of(area, step) for step in end.steps)


def line_of(area: PoolingArea, step: Step) -> Line:
    """The line of a step."""
    label, text = label_and_text(step)
    used = tuple([_used(area, figure, value) for figure, value in step.figures])
    return Line(step.rule, label, _amount(step), text, used)


def _amount(step: Step) -> str:
    if not isinstance(step.amount, Decimal) or step.rule.startswith(NOTES):
        return ""
    words = amount_words(round_amount(step.amount))
    return f"−{words}" if step.rule.startswith(MINUS) and step.amount else words


@lru_cache(maxsize=4096)
def _used(area: PoolingArea, figure: Figure, value: object) -> Used:
    titles = tuple(area.sources[name].title if name in area.sources else name for name in figure.sources)
    return Used(figure, figure_name(area, figure), value_text(figure, value), titles)
