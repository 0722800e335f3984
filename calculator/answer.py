"""What a calculator answers: one or several estimates with a headline. Shared by all kinds, the trace and the slip."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.estimate import Estimate, Interval


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount of the result: its name in data, its words for readers, its kind and how much it is.

    ``role``: ``payer`` payers add up to the total | ``total`` | ``info`` anything else worth saying.
    """

    name: str
    words: str
    interval: Interval
    role: str
    unit: str = "yuan"


@dataclass(frozen=True, slots=True)
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
    """How much less the fund pays in a variant than in the first one, whatever is uncertain taken alike in both."""

    id: str
    less: Interval


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of one calculator to one case."""

    kind: str
    title: str
    headline: str
    parts: tuple[Part, ...]
    missing: tuple[Missing, ...] = ()
    notices: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    """One for each part after the first, when parts are compared."""
