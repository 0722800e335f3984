"""Official days off and working weekends (国务院办公厅关于部分节假日安排的通知): each year with its document.

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
    2023: Year(
        "国办发明电〔2022〕16号",
        "01-02 01-23 01-24 01-25 01-26 01-27 04-05 05-01 05-02 05-03 06-22 06-23 09-29 10-02 10-03 10-04 10-05 10-06",
        "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    ),
    2024: Year(
        "国办发明电〔2023〕7号",
        "01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17 10-01 10-02 "
        "10-03 10-04 10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: Year(
        "国办发明电〔2024〕12号",
        "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: Year(
        "国办发明电〔2025〕7号",
        "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 "
        "10-05 10-06 10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}
