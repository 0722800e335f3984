"""What to find out first: how much of the interval each uncertainty removes, checked against answering it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from calculator.explain import question_text
from calculator.kinds import KINDS
from calculator.parse import parse_area
from calculator.ranking import Question
from tests.unit.calculator import sample

Document = dict[str, Any]


def questions(document: Document, case: Document) -> dict[str, Question]:
    """What is ranked, in the order of the ranking."""
    found = KINDS["inpatient"].estimate(parse_area(document), case).parts[0].estimate.questions
    return {question.key: question for question in found}


def removes(found: Mapping[str, Question]) -> dict[str, tuple[Decimal, ...]]:
    """How much each removes: at least, on average, at most."""
    return {key: tuple(question.removes) for key, question in found.items()}


def width(document: Document, case: Document) -> Decimal:
    """The width of what the fund pays."""
    low, high = KINDS["inpatient"].estimate(parse_area(document), case).parts[0].estimate.amounts["fund"]
    return high - low


CUT = "employee/inpatient/away.cases.unfiled.reduce_points"


def test_the_wider_doubt_comes_first() -> None:
    found = questions(sample.area(), sample.case(level="unknown", filing="unfiled"))

    # 三级：38,400 减 44,000 × 10% 到 20%，34,000 到 29,600；二级（起付线 600）：38,740 减 44,400 × 10% 到 20%，
    # 34,300 到 29,860。现在的范围 29,600 到 34,300，宽 4,700。
    # 知道降几个点：10% 剩 300，20% 剩 260，中间均匀变化，平均 280。知道等级：三级剩 4,400，二级剩 4,440，平均 4,420
    assert removes(found) == {
        CUT: (Decimal("4400.00"), Decimal("4420.00"), Decimal("4440.00")),
        "level": (Decimal("260.00"), Decimal("280.00"), Decimal("300.00")),
    }
    assert list(found) == [CUT, "level"]
    assert {question.width for question in found.values()} == {Decimal("4700.00")}


def test_nothing_is_asked_when_nothing_is_uncertain() -> None:
    assert questions(sample.area(), sample.case()) == {}


def test_what_changes_nothing_by_itself_is_told_to_change_nothing() -> None:
    document = sample.edition()
    layer = document["benefits"][0]["editions"][0]["layers"][0]
    layer["deductible"]["amount"] = {"tertiary": {"range": [0, 1000]}, "secondary": {"range": [0, 1000]}}

    found = questions(document, sample.case(level="unknown"))

    # 两个等级的起付线都是 0 到 1,000，只知道等级，范围还是 38,400 到 38,400 + 1,000 × 85% = 39,250，一点也没有缩小
    assert found["level"].removes == (Decimal(0), Decimal(0), Decimal(0))
    assert question_text(parse_area(document), found["level"]) == "只弄清“医院等级”，范围不会变小。"


def test_the_only_doubt_removes_the_whole_interval() -> None:
    document = sample.area()

    found = questions(document, sample.case(filing="unfiled"))

    # 44,000 × 10% = 4,400
    assert removes(found) == {CUT: (Decimal("4400.00"),) * 3}
    assert question_text(parse_area(document), found[CUT]) == (
        "先弄清“职工医保住院，异地，没备案，也不是急诊：降低的百分点”，就能算出准数，范围缩小 4,400 元。"
    )


def test_parts_of_the_bill_leave_less_for_one_another() -> None:
    document = sample.layer(brackets=None, ratio="80%", deductible="none", cap="none")
    bill = {"total": 8000, "self_funded": "unknown", "first_pay": "unknown"}

    found = questions(document, sample.case(bill=bill, year_to_date={}))

    # 自费 x 元，先自付就在 0 到 8,000 - x 之间，剩下的宽度是 (8,000 - x) × 80%：x = 0 时 6,400，8,000 时 0，
    # 中间均匀变化，平均 3,200
    assert removes(found) == {
        "bill.self_funded": (Decimal(0), Decimal("3200.00"), Decimal("6400.00")),
        "bill.first_pay": (Decimal(0), Decimal("3200.00"), Decimal("6400.00")),
    }


def test_the_widest_interval_left_may_lie_inside_a_range() -> None:
    bumpy = sample.layer(
        brackets=None,
        ratio={"tertiary": "50%", "secondary": "100%"},
        deductible={"per": "admission", "amount": {"tertiary": 0, "secondary": 5000}},
        cap="none",
    )
    bill = {"total": 20000, "first_pay": "unknown"}

    found = questions(bumpy, sample.case(bill=bill, level="unknown", year_to_date={}))

    # 范围内 y 元：三级付 y / 2，二级付 y - 5,000（不少于 0）。y = 20,000 时 10,000 和 15,000，差 5,000；
    # y = 10,000 时一样；y = 5,000 时 2,500 和 0，差 2,500；y = 0 时一样。现在 0 到 15,000。
    # 最宽剩 5,000，少 10,000；九个值 y = 20,000、17,500 … 0 的差是 5,000、3,750、2,500、1,250、0、1,250、2,500、
    # 1,250、0，平均 1,944.44，少 13,055.56；最窄剩 0
    assert removes(found)["bill.first_pay"] == (Decimal("10000.00"), Decimal("13055.56"), Decimal("15000.00"))
    # 知道是三级剩 0 到 10,000，二级剩 0 到 15,000
    assert removes(found)["level"] == (Decimal("0.00"), Decimal("2500.00"), Decimal("5000.00"))


@pytest.mark.parametrize("part", [None, "first_pay"])
def test_the_ranking_is_what_answering_gives(part: str | None) -> None:
    """Each question answered in the case itself, one answer after the other: ratios fall, layers pay back."""
    document = sample.edition()
    layers = document["benefits"][0]["editions"][0]["layers"]
    layers[0]["brackets"]["rows"] = [[30000, "85%", "70%"], [40000, "60%", "94%"], ["above", "20%", "10%"]]
    layers[1]["base"] = {"own": ["deductible", "share"]}
    case = sample.case(level="unknown", group="unknown", admission="unknown", filing="unfiled", year_to_date={})
    if part:
        case["bill"][part] = "unknown"
    answers: dict[str, tuple[Any, ...]] = {
        "level": ("secondary", "tertiary"), "group": ("in_service", "retired"), "admission": (1, 2),
    }  # fmt: skip
    now = width(document, case)

    found = removes(questions(document, case))

    for key, words in answers.items():
        left = [width(document, case | {key: word}) for word in words]
        assert found[key][0] == now - max(left)
        assert abs(found[key][1] - (now - sum(left) / len(left))) <= Decimal("0.005")
        assert found[key][2] == now - min(left)
