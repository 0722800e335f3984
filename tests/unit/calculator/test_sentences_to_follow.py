"""Sentences of steps that a reader follows with a pocket calculator: every number a sum needs stands in it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from calculator.ledger import Step
from calculator.sentences import label_and_text


def said(rule: str, amount: int | str | None, **data: Any) -> str:
    """The sentence of a step."""
    return label_and_text(Step(rule, None if amount is None else Decimal(amount), data, ()))[1]


def yuan(amount: int | str) -> Decimal:
    return Decimal(amount)


DEDUCTIBLE = {"layer": "门诊统筹", "base": "eligible", "line": yuan(500), "already": yuan(0)}


def test_what_the_account_paid_before_is_named_where_the_deductible_is_full() -> None:
    text = said("deductible.year", 0, **DEDUCTIBLE, available=yuan(2000), due=yuan(500), credit=yuan(500))

    assert text == "起付线一年累计 500 元，个人账户先付了 500 元，已经付满，这次不用再付。"


def test_what_the_account_left_of_a_deductible_is_what_is_due() -> None:
    text = said("deductible.year", 200, **DEDUCTIBLE, available=yuan(2000), due=yuan(500), credit=yuan(300))

    assert text == "起付线一年累计 500 元，个人账户先付了 300 元，这次付 200 元。"


def test_a_visit_that_stays_below_what_the_account_left_says_how_much_is_missing() -> None:
    text = said("deductible.visit", 50, **DEDUCTIBLE, available=yuan(50), due=yuan(500), credit=yuan(300))

    assert text == (
        "起付线还剩 200 元，这里只有 50 元，没有超过，门诊统筹不支付；再有 150 元范围内的费用，才到门诊统筹的起付线。"
    )


def test_a_fall_that_is_a_share_of_the_first_deductible_shows_how_much_it_is() -> None:
    data = {"number": 3, "first": yuan(880), "down": yuan(88), "times": 2, "lowest": yuan(0), "share": yuan("0.1")}

    text = said("line.step", 704, layer="统筹基金", **data)

    assert text == (
        "每多住一次院，起付线降低的是第一次的 10%，880 元 × 10% = 88 元。这是本年度第 3 次：880 元 − 88 元 × 2 = 704 元。"
    )


def test_a_deductible_that_cannot_fall_further_shows_the_lowest() -> None:
    data = {"name": "退休人员", "value": yuan(300), "before": yuan(500), "lowest": yuan(400)}

    text = said("line.subtract", 400, layer="统筹基金", **data)

    assert text == "退休人员：起付线降低 300 元，500 元 − 300 元，不到最低的 400 元，按 400 元计算。"


def test_the_deductibles_of_a_long_stay_are_added_up_one_by_one() -> None:
    text = said("line.periods_next", 1700, count=3, lines=(yuan(1000), yuan(500), yuan(200)))

    assert text == "后面每一段算再住一次院，3 段的起付线一共是 1,000 元 + 500 元 + 200 元 = 1,700 元。"


@pytest.mark.parametrize(
    ("held", "amount", "end"),
    [
        (2000, 2000, "，不到最低的 2,000 元，按 2,000 元计算。"),
        (900, 900, "，超过最高的 900 元，按 900 元计算。"),
        ("1234.50", 1235, "，取整后是 1,235 元。"),
        ("1234.50", "1234.50", "。"),
    ],
)
def test_a_percentage_names_the_bound_or_the_rounding_that_changed_it(
    held: int | str, amount: int | str, end: str
) -> None:
    data = {"what": "统筹基金起付线", "of": yuan(12345), "of_words": "总费用", "ratio": yuan("0.1")}

    text = said("amount.percent", amount, **data, product=yuan("1234.50"), held=yuan(held))

    assert text == f"统筹基金起付线是总费用的 10%：12,345 元 × 10% = 1,234.50 元{end}"


SEGMENT = {"layer": "统筹基金", "ratio": yuan("0.6"), "base_ratio": yuan("0.6"), "capped": False}


def test_a_stretch_of_the_year_says_what_the_year_had_filled_before() -> None:
    data = {"low": yuan(500), "high": yuan(5000), "ahead": yuan(15000), "before": yuan(15000)}

    text = said("share.segment", 2700, **SEGMENT, **data)

    assert text == (
        "按今年累计的费用（今年前面已经累计 15,000 元），15,500 元到 20,000 元之间的 4,500 元，按 60% 支付："
        "4,500 元 × 60% = 2,700 元。"
    )


def test_the_first_bill_of_the_year_says_that_nothing_was_before() -> None:
    data = {"low": yuan(0), "high": yuan(5000), "ahead": yuan(0), "before": yuan(0)}

    text = said("share.segment", 3000, **SEGMENT, **data)

    assert text == (
        "按今年累计的费用（今年前面还没有），0 元到 5,000 元之间的 5,000 元，按 60% 支付：5,000 元 × 60% = 3,000 元。"
    )


def test_a_stretch_that_ends_at_the_cap_says_so() -> None:
    data = {"low": yuan(0), "high": yuan(5000), "ahead": None, "before": None}

    text = said("share.segment", 3000, **{**SEGMENT, "capped": True}, **data)

    assert text == "5,000 元，按 60% 支付：5,000 元 × 60% = 3,000 元，付到封顶线为止。"


def test_a_cap_used_up_before_leaves_no_sum_of_nothing() -> None:
    data = {"low": yuan(0), "high": yuan(0), "ahead": None, "before": None}

    text = said("share.segment", 0, **{**SEGMENT, "capped": True}, **data)

    assert text == "封顶线已经用完，统筹基金付 0 元。"


def test_a_rounded_payment_says_what_the_next_layers_reckon_with() -> None:
    text = said("layer.total", "85.01", layer="统筹基金", exact=yuan("85.0085"))

    assert text == "统筹基金一共支付 85.0085 元，取整后是 85.01 元；后面接着算，用的还是没取整的数。"


def test_a_lump_sum_above_what_was_paid_names_both() -> None:
    text = said("lump_sum.paid", 500, layer="一次性补助", base=yuan(500), over=yuan(300), lump=yuan(2000))

    assert text == "自己付的 500 元超过了 300 元，一次性补助是 2,000 元，但不能超过您自己付的，付 500 元。"


def test_a_contribution_of_nothing_is_no_sum_of_zeros() -> None:
    text = said("contribution.rate", 0, name="个人缴费", base=yuan(0), ratio=yuan(0))

    assert text == "比例是 0，这一项不用缴。"


def test_a_pot_with_nothing_in_it_says_just_that() -> None:
    text = said("account", 0, pot="当年账户", balance=yuan(0), allowed=yuan(100))

    assert text == "当年账户没有余额。"


def test_a_year_with_a_settlement_at_its_end_says_that_it_is_added() -> None:
    text = said("year.sums", 3000, year=2026, count=2, end=True)

    assert text == (
        "2026 年一共 2 笔，总费用 3,000 元。每一笔的算法见下面，各笔加起来，再加上年底结算的，就是全年的数。"
    )
