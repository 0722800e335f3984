"""Working days by the official arrangement: hand-checked days, and the whole against the package it was made from."""

from datetime import date, timedelta

import pytest

from calculator.errors import NotCovered
from calculator.holidays import YEARS
from calculator.workdays import FOREVER, Span, after, day_words, is_workday
from tools import holidays


# 国办发明电〔2024〕12号: 春节 2025-01-28 到 02-04 放假, 01-26（周日）、02-08（周六）上班; 国庆、中秋 10-01 到 10-08,
# 09-28（周日）、10-11（周六）上班。国办发明电〔2025〕7号: 元旦 2026-01-01 到 01-03, 01-04（周日）上班; 春节 02-15 到 02-23,
# 02-14（周六）、02-28（周六）上班。
@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2025-01-26", True), ("2025-01-27", True), ("2025-01-28", False), ("2025-02-04", False), ("2025-02-05", True),
        ("2025-02-08", True), ("2025-02-09", False), ("2025-09-28", True), ("2025-10-08", False), ("2025-10-11", True),
        ("2026-01-02", False), ("2026-01-03", False), ("2026-01-04", True), ("2026-02-14", True), ("2026-02-16", False),
        ("2026-02-23", False), ("2026-02-24", True), ("2026-02-28", True), ("2026-03-01", False), ("2026-09-20", True),
    ],
)  # fmt: skip
def test_a_day_is_worked_or_not_as_the_notice_says(day: str, works: bool) -> None:
    assert is_workday(date.fromisoformat(day)) is works


def test_the_data_are_those_of_the_maintained_package() -> None:
    calendar = pytest.importorskip("chinese_calendar")
    for year in YEARS:
        day = date(year, 1, 1)
        while day.year == year:
            assert is_workday(day) == calendar.is_workday(day), day
            day += timedelta(days=1)


def test_every_year_names_its_document() -> None:
    assert {year: found.document for year, found in YEARS.items()} == holidays.DOCUMENTS
    assert all(f"〔{year - 1}〕" in found.document for year, found in YEARS.items())


def test_a_year_not_announced_is_an_error_that_names_it() -> None:
    with pytest.raises(NotCovered) as silent:
        after(date(2026, 12, 30), Span(3, "workdays"), field="treated")

    assert str(silent.value) == (
        "2027 年的工作日算不出来：国务院办公厅的放假安排还没有公布，或者本站还没有收录。已收录的有：2023 到 2026 年。"
    )
    assert silent.value.missing == "treated"


def test_a_year_before_the_data_is_an_error_too() -> None:
    with pytest.raises(NotCovered, match="2022 年的工作日算不出来：本站没有收录那一年的放假安排"):
        is_workday(date(2022, 12, 30))


# 2025-06-06 是星期五。从次日起：7、8 是周末，9、10、11 三个工作日。从当天起：6、9、10。
@pytest.mark.parametrize(
    ("span", "start_counts", "last"),
    [
        (Span(3, "workdays"), False, "2025-06-11"),
        (Span(3, "workdays"), True, "2025-06-10"),
        (Span(7, "days"), False, "2025-06-13"),
        (Span(7, "days"), True, "2025-06-12"),
        (Span(6, "months"), False, "2025-12-06"),
        (Span(6, "months"), True, "2025-12-05"),
        (Span(1, "years"), False, "2026-06-06"),
    ],
)
def test_the_starting_day_counts_or_not(span: Span, start_counts: bool, last: str) -> None:
    assert after(date(2025, 6, 6), span, start_counts=start_counts) == date.fromisoformat(last)


def test_a_span_that_starts_on_a_day_off_counts_from_the_next_working_day() -> None:
    # 2025-01-28 除夕起：2 月 5、6、7 日是头三个工作日，起算日算不算都一样。
    for start_counts in (False, True):
        assert after(date(2025, 1, 28), Span(3, "workdays"), start_counts=start_counts) == date(2025, 2, 7)


def test_a_month_without_that_day_ends_on_its_last() -> None:
    assert after(date(2025, 8, 31), Span(6, "months")) == date(2026, 2, 28)
    assert after(date(2024, 2, 29), Span(1, "years")) == date(2025, 2, 28)


def test_spans_and_days_have_words() -> None:
    assert [Span(3, "workdays").words, Span(6, "months").words, FOREVER.words] == ["3 个工作日", "6 个月", "长期"]
    assert day_words(date(2025, 6, 11)) == "2025 年 6 月 11 日（星期三）"
