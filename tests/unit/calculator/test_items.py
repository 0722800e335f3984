"""Classes of items on a bill: what counts into the year, what readers are told, and what is wrong with a case."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest

from calculator.case import read_case
from calculator.errors import InvalidData, NotCovered
from calculator.kinds.settlement import settlement_fields
from calculator.model import PoolingArea
from calculator.parse import parse_area
from calculator.sentences import label_and_text
from calculator.settle import settle
from tests.unit.calculator.sample import AREA

ITEMS = {
    "lens": {"name": "人工晶体", "price_limit": 3000, "first_pay": "10%"},
    "class_c": {"name": "丙类项目", "ratio": {"tertiary": "50%"}},
    "visit": {"name": "诊疗费", "fund_pays": 9, "no_deductible": True},
    "free": {"name": "首诊用药", "ratio": "90%", "no_deductible": True, "counts": "none"},
    "herbs": {
        "name": "中药饮片",
        "when": {"group": "retired"},
        "changes": [{"name": "中药加点", "add_points": "5%"}],
    },
}


def area(**items: Any) -> PoolingArea:
    document = copy.deepcopy(AREA)
    document["benefits"][0]["editions"][0]["items"] = items or ITEMS
    return parse_area(document)


def case(bill: dict[str, Any], **more: Any) -> dict[str, Any]:
    stated = {"scheme": "employee", "group": "in_service", "level": "tertiary", "date": "2026-03-01", "filing": "local"}
    return stated | {"bill": bill} | more


def steps(bill: dict[str, Any], **more: Any) -> list[str]:
    place = area()
    (outcome,), _ = settle(place, read_case(case(bill, **more), place))
    return [label_and_text(step)[1] for step in outcome.steps if step.rule.startswith(("items.", "share.", "change."))]


def test_each_item_is_told_with_its_sum() -> None:
    items = {"lens": {"amount": "8000", "units": "2"}, "class_c": "400", "visit": "24", "free": "100", "herbs": "50"}

    assert steps({"total": "10574", "items": items}) == [
        "人工晶体 8,000 元，限价每个 3,000 元，2 个一共 6,000 元，超过的 2,000 元由您自己付。",
        "人工晶体要先自付 10%：6,000 元 × 10% = 600 元。",
        "中药饮片 50 元，这种情形没有另外的规定，按普通费用计算。",
        "诊疗费单独算，不经过起付线：每次医保付 9 元，一共付 9 元，其余 15 元由您自己付。",
        "首诊用药单独算，不经过起付线，也不计入今年的累计：100 元 × 90% = 90 元。",
        "1,000 元到 7,450 元之间的 6,450 元，按 85% 支付：6,450 元 × 85% = 5,482.50 元。",
        "丙类项目的 400 元，按 50% 支付：400 元 × 50% = 200 元。",
    ]


def test_the_changes_of_an_item_are_told_once_before_its_sum() -> None:
    items = {"herbs": "4000"}

    # ordinary cost ends at 30,000; the herbs behind it lie in the bracket up to 40,000: 94% + 5 points
    assert steps({"total": "34000", "items": items}, group="retired") == [
        "1,000 元到 30,000 元之间的 29,000 元，按 91% 支付：29,000 元 × 91% = 26,390 元。",
        "中药加点：统筹基金的支付比例提高 5 个百分点。",
        "中药饮片的 4,000 元，按 99%（原来是 94%）支付：4,000 元 × 99% = 3,960 元。",
    ]


def test_what_does_not_count_uses_up_nothing_of_the_year() -> None:
    place = area()
    stated = case({"total": "130", "items": {"free": "100", "visit": "10"}})
    (outcome,), _ = settle(place, read_case(stated, place))

    assert outcome.amounts["fund"] == Decimal("99.00")
    assert outcome.tally["basic"].paid == Decimal("9.00")
    assert outcome.tally["basic"].counted == Decimal("30.00")


def test_an_item_without_a_figure_for_this_level_is_not_covered() -> None:
    place = area()
    stated = case({"total": "5000", "items": {"class_c": "400"}}, level="secondary")

    with pytest.raises(NotCovered) as silent:
        settle(place, read_case(stated, place))

    assert str(silent.value) == "示例市职工医保住院：没有收录“二级”的丙类项目支付比例。已收录的有：三级。"
    assert silent.value.nearest == ("三级",)


def test_the_form_asks_for_each_class_and_how_many_where_that_matters() -> None:
    asked = {field.name: field.label for field in settlement_fields(area(), "inpatient") if "items" in field.name}

    assert asked == {
        "bill.items.lens.amount": "其中人工晶体",
        "bill.items.lens.units": "人工晶体有几个（次）",
        "bill.items.class_c": "其中丙类项目",
        "bill.items.visit.amount": "其中诊疗费",
        "bill.items.visit.units": "诊疗费有几个（次）",
        "bill.items.free": "其中首诊用药",
        "bill.items.herbs": "其中中药饮片",
    }


def test_what_a_form_sends_when_nothing_was_filled_in_is_no_item() -> None:
    place = area()
    stated = case({"total": "11000", "items": {"lens": {"units": "1"}, "class_c": ""}})

    assert read_case(stated, place).bill.items == ()


@pytest.mark.parametrize(
    ("items", "where", "message"),
    [
        (
            {"lense": "10"},
            "bill.items.lense",
            "没有“lense”这一类项目，是不是想写“lens”；可用：lens（人工晶体）、class_c（丙类项目）、visit（诊疗费）、"
            "free（首诊用药）、herbs（中药饮片）",
        ),
        ({"lens": {"amount": "10", "units": "0"}}, "bill.items.lens.units", "写的是“0”，应是几个（次），例如 2"),
        ({"lens": "很多"}, "bill.items.lens", "人工晶体要填数字，例如 50000 或 5万"),
        ([{"class": "lens"}], "bill.items[0]", "每项要写 class（哪一类）、amount（金额），需要时写 units（几个）"),
        ({"lens": "6000"}, "bill.items", "各类项目加起来超过了总费用"),
    ],
)
def test_what_is_wrong_with_an_item_is_told_at_its_place(items: Any, where: str, message: str) -> None:
    with pytest.raises(InvalidData) as wrong:
        read_case(case({"total": "5000", "items": items}), area())

    assert [(problem.where, problem.message) for problem in wrong.value.problems] == [(where, message)]
