"""What an answer may hold besides amounts: a finding (判断), days (日期) and checklists (清单), each with its sources.

A finding is never a bare yes or no: it comes with its reasons in order, with what is not known, and whom to ask.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from calculator.model import STATUS_ORDER, Source, Status
from calculator.workdays import day_words


class Verdict(StrEnum):
    """How a question comes out."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"
    """One answer or the other, by something the reader can find out."""
    UNKNOWN = "unknown"
    """Nothing this site has says so."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where something said comes from: how far to rely on it, and its documents."""

    status: Status
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its id in data, a sentence, and its ground (None: it follows from what the reader answered)."""

    id: str
    text: str
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """What is not known, and how to find out: whom to ask, in words."""

    id: str
    text: str
    ask: str


@dataclass(frozen=True, slots=True)
class Finding:
    """判断: the question, how it comes out, why, and what is not known."""

    question: str
    verdict: Verdict
    words: str
    """The answer in a few words: 「不用备案」."""
    reasons: tuple[Reason, ...]
    unknowns: tuple[Open, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day of the answer. ``on`` is None when there is no last day (长期有效)."""

    id: str
    label: str
    on: date | None
    text: str
    ground: Ground | None = None
    safe: bool = False
    """The earliest of several: who acts by it is in time whichever is right."""

    @property
    def words(self) -> str:
        """The day as readers see it."""
        return day_words(self.on) if self.on else "没有截止日"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist. ``state``: yes 符合, no 不符合, unknown 还不知道; empty where nothing is to be told."""

    id: str
    text: str
    state: str = ""
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class Checklist:
    """清单: what to bring, do or check, in order."""

    id: str
    title: str
    items: tuple[Item, ...]


ITEM_WORDS = {"yes": "符合", "no": "不符合", "unknown": "还不知道"}
"""How the state of a line is told."""


def weakest(grounds: Iterable[Ground | None], *, fictional: bool) -> Status:
    """The weakest status of all that was used."""
    found = [ground.status for ground in grounds if ground is not None]
    if fictional:
        found.append(Status.ILLUSTRATIVE)
    return max(found, key=STATUS_ORDER.__getitem__, default=Status.SECONDARY)
