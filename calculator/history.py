"""本年度已发生的: what earlier events of the year have used up, by accumulator and day.

An accumulator is a layer's id, or the name several rules share. A case states what was used as one sum a year
(``year_to_date``); settling a year keeps every event's entry, so that months, quarters and days can be told apart.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from calculator.money import ZERO, Yuan
from calculator.record import record


@dataclass(slots=True)
class Used:
    """What an accumulator has seen: paid by the fund, cost counted into it, deductible taken.

    Only a ledger adds to those it has begun itself (``Ledger.use``); elsewhere they never change.
    """

    paid: Yuan = ZERO
    counted: Yuan = ZERO
    deductible: Yuan = ZERO
    times: int = 0
    """How many events it has paid for."""
    share: Yuan = ZERO
    """Paid by the person as their share (按比例自付)."""

    def __add__(self, other: Used) -> Used:
        return Used(
            self.paid + other.paid,
            self.counted + other.counted,
            self.deductible + other.deductible,
            self.times + other.times,
            self.share + other.share,
        )


NOTHING_USED = Used()


@record()
class Entry:
    """One event's use of one accumulator."""

    name: str
    day: date
    level: str
    used: Used
    care: str = ""
    """The kind of care whose layer it belongs to; empty where several have it in common."""


@record()
class History:
    """Entries of earlier events of the same insurance year, oldest first."""

    entries: tuple[Entry, ...] = ()
    known: bool = False
    """Whether the year so far is known in full, so that nothing need be assumed."""
    opening: Mapping[str, Used] = field(default_factory=dict)
    """Sums stated for the year, by accumulator."""
    current: Mapping[str, Used] = field(default_factory=dict)
    """Sums stated for the month, quarter or day a rule counts by, by accumulator."""
    opening_at: Mapping[str, Mapping[str, Yuan]] = field(default_factory=dict)
    """Deductibles stated for the year by accumulator and hospital level; they are in ``opening`` too."""
    current_at: Mapping[str, Mapping[str, Yuan]] = field(default_factory=dict)

    def used(self, name: str, per: str, day: date, levels: Collection[str] = ()) -> Used:
        """What ``name`` has used in the period of ``day``; ``levels`` restricts it to some hospital levels.

        A sum stated without levels counts for the levels asked about.
        """
        if per in ("admission", "visit", "stay"):
            return NOTHING_USED
        opening, by_level = (self.opening, self.opening_at) if per == "year" else (self.current, self.current_at)
        total = opening.get(name, NOTHING_USED)
        if levels and name in by_level:
            here = (amount for level, amount in by_level[name].items() if level in levels)
            total = replace(total, deductible=sum(here, ZERO))
        for entry in self.entries:
            if entry.name == name and (not levels or entry.level in levels) and same_period(per, entry.day, day):
                total += entry.used
        return total

    def states(self, name: str, per: str) -> bool:
        """Whether anything was said of this accumulator's period."""
        return self.known or name in (self.opening if per == "year" else self.current)


NO_HISTORY = History()


def same_period(per: str, one: date, other: date) -> bool:
    """Whether two days of one insurance year lie in the same period.

    >>> january, march = date(2026, 1, 31), date(2026, 3, 1)
    >>> same_period("quarter", january, march), same_period("month", january, march)
    (True, False)
    """
    if per == "day":
        return one == other
    if per == "month":
        return (one.year, one.month) == (other.year, other.month)
    if per == "quarter":
        return (one.year, (one.month - 1) // 3) == (other.year, (other.month - 1) // 3)
    return True
