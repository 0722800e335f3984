"""Figures, dates and addresses as pages write them."""

from datetime import date
from decimal import Decimal

import pytest

from calculator.model import Figure, Status
from sitegen.pages.links import Place
from sitegen.pages.words import date_words, figure_words, machine_value, period_words, yuan_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "0 元"),
        ("1300", "1,300 元"),
        ("364.72", "364.72 元"),
        ("9999", "9,999 元"),
        ("10000", "1 万元"),
        ("15000", "1.5 万元"),
        ("26500", "26,500 元"),
        ("500000", "50 万元"),
        ("123000", "12.3 万元"),
    ],
)
def test_amounts(amount: str, words: str) -> None:
    assert yuan_words(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("field", "unit", "kind", "values", "words", "machine"),
    [
        ("ratio", "percent", "exact", ("0.922",), "92.2%", "0.922"),
        ("ratio", "percent", "range", ("0.7", "0.8"), "70% 至 80%", ""),
        ("ratio", "percent", "disputed", ("0.85", "0.8"), "85% 或 80%", ""),
        ("reduce_points", "percent", "exact", ("0.1",), "10 个百分点", "0.1"),
        ("multiply", "percent", "exact", ("0.9",), "原比例的 90%", "0.9"),
        ("deductible_multiple", "multiple", "exact", ("2",), "2 倍", "2"),
        ("deductible_multiple", "multiple", "exact", ("1.5",), "1.5 倍", "1.5"),
    ],
)
def test_figures(field: str, unit: str, kind: str, values: tuple[str, ...], words: str, machine: str) -> None:
    figure = Figure("x", unit, kind, tuple(map(Decimal, values)), Status.OFFICIAL, ())

    assert figure_words(field, figure) == words
    assert machine_value(figure) == machine


def test_words_stand_for_options() -> None:
    figure = Figure("x", "word", "exact", ("nothing",), Status.OFFICIAL, ())

    assert figure_words("pays_nothing", figure) == "医保不支付"
    assert machine_value(figure) == ""


def test_dates_and_periods() -> None:
    assert date_words(date(2026, 3, 1)) == "2026 年 3 月 1 日"
    assert period_words(date(2026, 1, 1), None) == "2026 年 1 月 1 日起执行"
    assert period_words(date(2026, 1, 1), date(2026, 12, 31)) == "2026 年 1 月 1 日至 2026 年 12 月 31 日"


@pytest.mark.parametrize(
    ("page", "target", "written"),
    [
        ("index.html", "", "./"),
        ("index.html", "areas/", "areas/"),
        ("404.html", "assets/a.css", "assets/a.css"),
        ("areas/index.html", "", "../"),
        ("areas/index.html", "areas/", "./"),
        ("areas/beijing/index.html", "calc/inpatient/beijing/#f", "../../calc/inpatient/beijing/#f"),
        ("calc/inpatient/beijing/index.html", "data/areas/x.1.json", "../../../data/areas/x.1.json"),
    ],
)
def test_addresses_are_relative(page: str, target: str, written: str) -> None:
    assert Place(page).to(target) == written
