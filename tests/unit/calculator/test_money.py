"""Amounts as people type them, amounts as policies state them, and rounding."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_UP, Decimal

import pytest

from calculator.money import (
    amount_words,
    percent_text,
    policy_amount,
    policy_ratio,
    quotient,
    round_amount,
    typed_amount,
)


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("50000", "50000.00"),
        (" 50,000 ", "50000.00"),
        ("５００００", "50000.00"),
        ("5万", "50000.00"),
        ("5.5万元", "55000.00"),
        ("1.2345万", "12345.00"),
        ("1.23456万", "12345.60"),
        ("3千", "3000.00"),
        ("0", "0.00"),
        (".5", "0.50"),
        ("¥1,234.56", "1234.56"),
        ("￥1234.5元", "1234.50"),
        (0, "0.00"),
        (1300, "1300.00"),
        ("10亿", "1000000000.00"),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: object, yuan: str) -> None:
    assert str(typed_amount(typed)) == yuan


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("abc", "要填数字，例如 50000 或 5万"),
        ("", "要填数字，例如 50000 或 5万"),
        (".", "要填数字，例如 50000 或 5万"),
        ("1,00", "要填数字，例如 50000 或 5万"),
        ("5万5", "要填数字，例如 50000 或 5万"),
        ("NaN", "要填数字，例如 50000 或 5万"),
        ("Infinity", "要填数字，例如 50000 或 5万"),
        ("1e5", "要填数字，例如 50000 或 5万"),
        ("9" * 60, "要填数字，例如 50000 或 5万"),
        (True, "要填数字，例如 50000 或 5万"),
        (None, "要填数字，例如 50000 或 5万"),
        (12.5, "要填数字，例如 50000 或 5万"),
        ("-1", "不能是负数"),
        ("－1", "不能是负数"),
        (-1, "不能是负数"),
        ("10.001亿", "超过 10 亿元，请检查是不是多打了零"),
        ("1000000000.01", "超过 10 亿元，请检查是不是多打了零"),
        ("1.234", "最多写到分，也就是两位小数"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(typed: object, words: str) -> None:
    with pytest.raises(ValueError, match=f"^{words}$"):
        typed_amount(typed)


def test_a_fraction_of_a_fen_written_in_ten_thousands_is_refused() -> None:
    with pytest.raises(ValueError, match="最多写到分"):
        typed_amount("1.2345678万")


@pytest.mark.parametrize("found", ["1,300", "1300元", "-1", "1.234", "01", "", "1e3", True, None, 1.5, "１３００"])
def test_a_policy_amount_is_plain(found: object) -> None:
    assert policy_amount(found) is None


@pytest.mark.parametrize("found", ["85", 85, "85 %", "％85", "85％", "-5%", "085%", "85.12345%", None])
def test_a_policy_ratio_carries_a_percent_sign(found: object) -> None:
    assert policy_ratio(found) is None


@pytest.mark.parametrize(
    ("amount", "unit", "mode", "rounded"),
    [
        ("0.005", "0.01", "ROUND_HALF_UP", "0.01"),
        ("469.577", "0.01", "ROUND_HALF_UP", "469.58"),
        ("0.15", "0.1", "ROUND_HALF_UP", "0.20"),
        ("99.99", "1", ROUND_DOWN, "99.00"),
        ("99.01", "1", ROUND_UP, "100.00"),
    ],
)
def test_rounding_is_by_unit_and_mode(amount: str, unit: str, mode: str, rounded: str) -> None:
    assert str(round_amount(Decimal(amount), Decimal(unit), mode)) == rounded


def test_amounts_and_ratios_in_words() -> None:
    assert amount_words(Decimal("38400.00")) == "38,400"
    assert amount_words(Decimal("1234567.80")) == "1,234,567.80"
    assert percent_text(Decimal("0.922")) == "92.2%"
    assert percent_text(Decimal("0.065")) == "6.5%"
    assert percent_text(Decimal("0.10")) == "10%"


def test_the_only_division_is_half_up_to_the_fen() -> None:
    assert str(quotient(Decimal(74150), Decimal("0.75"))) == "98866.67"
