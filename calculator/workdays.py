"""Days counted as offices count them: calendar days, working days (工作日) by the official arrangement, months, years.

A working day is a weekday that is not off, or a weekend day that is worked. The arrangement of a year is announced in
the autumn before; a year that is not announced is told as such, never guessed.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from calculator.errors import NotCovered
from calculator.holidays import YEARS

UNITS = {"days": "天", "workdays": "个工作日", "months": "个月", "years": "年"}


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: 3 个工作日, 6 个月. ``count`` 0 is without an end (长期)."""

    count: int
    unit: str

    @property
    def words(self) -> str:
        """What readers see."""
        return f"{self.count} {UNITS[self.unit]}" if self.count else "长期"


FOREVER = Span(0, "days")


def is_workday(day: date, field: str = "date") -> bool:
    """Whether offices work on this day. Raises NotCovered, naming the year, when it has not been announced."""
    year = YEARS.get(day.year)
    if year is None:
        known = f"{min(YEARS)} 到 {max(YEARS)} 年"
        later = day.year > max(YEARS)
        why = "国务院办公厅的放假安排还没有公布，或者本站还没有收录" if later else "本站没有收录那一年的放假安排"
        raise NotCovered(f"{day.year} 年的工作日算不出来：{why}。", field, (known,))
    key = f"{day:%m-%d}"
    return key in year.worked.split() if day.weekday() >= 5 else key not in year.off.split()


def after(start: date, span: Span, *, start_counts: bool = False, field: str = "date") -> date:
    """The last day of a span that starts on a day.

    ``start_counts``: the first day is the starting day itself (起算日算第一天); otherwise the day after it is. Months
    and years end on the day of the same number, or on the last day of a month that has none (1 月 31 日起 6 个月到 7 月
    31 日, 8 月 31 日起 6 个月到 2 月 28 日); with ``start_counts`` one day earlier.

    >>> after(date(2025, 8, 31), Span(6, "months"))
    datetime.date(2026, 2, 28)
    >>> after(date(2025, 1, 24), Span(3, "workdays"))
    datetime.date(2025, 2, 5)
    """
    if span.unit in ("months", "years"):
        end = _months_later(start, span.count * (12 if span.unit == "years" else 1))
        return end - timedelta(days=1) if start_counts else end
    day, counted = start, 0
    if start_counts and (span.unit == "days" or is_workday(day, field)):
        counted = 1
    while counted < span.count:
        day += timedelta(days=1)
        if span.unit == "days" or is_workday(day, field):
            counted += 1
    return day


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


_WEEKDAYS = "一二三四五六日"


def day_words(day: date) -> str:
    """「2025 年 6 月 11 日（星期三）」."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日（星期{_WEEKDAYS[day.weekday()]}）"
