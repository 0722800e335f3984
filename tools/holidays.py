"""Renews calculator/holidays.py, the official arrangement of days off, from the package `chinesecalendar`.

Run it (`make holidays`) when the State Council's General Office has announced a year: raise the package's version in
pyproject.toml, add the year's document below, run, and compare what changed with the document itself.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

TARGET = Path("calculator/holidays.py")
DOCUMENTS = {
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}
"""国务院办公厅关于部分节假日安排的通知, by the year it arranges. A year without its document is not written."""

HEAD = '''"""Official days off and working weekends (国务院办公厅关于部分节假日安排的通知): each year with its document.

Written by tools/holidays.py (`make holidays`); not edited by hand. Only days on which the week is broken stand here:
weekdays that are off, and Saturdays and Sundays that are worked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Year(NamedTuple):
    """One year's arrangement: the document, the weekdays off and the weekend days worked, as month-day with blanks."""

    document: str
    off: str
    worked: str


YEARS: Mapping[int, Year] = {
'''


def arrangement(year: int) -> tuple[list[str], list[str]]:
    """Weekdays off and weekend days worked in a year, as the package has them."""
    from chinese_calendar import constants

    off = [day for day in constants.holidays if day.year == year and day.weekday() < 5]
    worked = [day for day in constants.workdays if day.year == year and day.weekday() >= 5]
    return _written(off), _written(worked)


def _written(days: list[date]) -> list[str]:
    return [f"{day:%m-%d}" for day in sorted(days)]


def text() -> str:
    """The whole module."""
    return HEAD + "".join(_year(year, document) for year, document in sorted(DOCUMENTS.items())) + "}\n"


def _year(year: int, document: str) -> str:
    lines = [f"    {year}: Year(\n", f'        "{document}",\n']
    for days in arrangement(year):
        words = " ".join(days)
        half = words.rfind(" ", 0, 100) + 1 if len(words) > 100 else 0
        parts = [part for part in (words[:half], words[half:]) if part]
        lines.append("        " + "\n        ".join(f'"{part}"' for part in parts) + ",\n")
    return "".join([*lines, "    ),\n"])


def main() -> int:
    for year in DOCUMENTS:
        if not all(arrangement(year)):
            print(
                f"软件包 chinesecalendar 里没有 {year} 年：先在 pyproject.toml 里换新的版本，再 make lock",
                file=sys.stderr,
            )
            return 1
    TARGET.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
