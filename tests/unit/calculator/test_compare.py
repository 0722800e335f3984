"""Two cases compared: the difference, split by the stage that causes it, worked out by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from calculator import bridge
from calculator.case import read_case
from calculator.compare import Split, Subject, contrast
from calculator.errors import InvalidData
from calculator.kinds import ask
from calculator.parse import parse_area
from calculator.sentences.compare import cause_text
from tests.unit.calculator import sample

Document = dict[str, Any]
FLAT = {"brackets": None, "ratio": "85%", "cap": "none"}


def compared(first: tuple[Document, Document], second: tuple[Document, Document]) -> Split:
    """The split of a difference that is certain."""
    subjects = []
    for document, case in (first, second):
        area = parse_area(document)
        subjects.append(Subject(area, read_case(case, area)))
    result = contrast(*subjects)
    assert result.low is result.high
    return result.low


def stay(**changes: Any) -> Document:
    """A stay of 50,000 yuan of which 45,000 are eligible; what the year has used is not stated."""
    return sample.case(**{"year_to_date": {}} | changes)


def told(split: Split) -> list[tuple[Decimal, str]]:
    """What each change is to the person, and its sentence."""
    return [(cause.person_more, cause_text(cause)[1]) for cause in split.causes]


def away(**unfiled: Any) -> Document:
    """An area with one layer at 85% above 1,000 yuan, and a rule for stays without filing."""
    document = sample.layer(**FLAT)
    document["benefits"][0]["editions"][0]["away"] = {"cases": {"unfiled": unfiled}}
    return document


def test_a_higher_deductible_and_a_lower_ratio_are_told_one_after_the_other() -> None:
    document = away(deductible=1500, reduce_points="20%")

    split = compared((document, stay()), (document, stay(filing="unfiled")))

    # 范围内 45,000。本地 (45,000 - 1,000) × 85% = 37,400；
    # 起付线换成 1,500：43,500 × 85% = 36,975，少 425；比例再换成 65%：43,500 × 65% = 28,275，又少 8,700
    assert split.fund_less == split.person_more == Decimal("9125.00")
    assert told(split) == [
        (Decimal("425.00"), "统筹基金起付线高 500 元：您多付 425 元。"),
        (Decimal("8700.00"), "统筹基金支付比例低 20 个百分点：您多付 8,700 元。"),
    ]


def test_the_other_way_round_the_person_pays_less() -> None:
    document = away(deductible=1500, reduce_points="20%")

    split = compared((document, stay(filing="unfiled")), (document, stay()))

    # 43,500 × 65% = 28,275；起付线换成 1,000：44,000 × 65% = 28,600，多 325；比例换成 85%：37,400，又多 8,800
    assert told(split) == [
        (Decimal("-325.00"), "统筹基金起付线低 500 元：您少付 325 元。"),
        (Decimal("-8800.00"), "统筹基金支付比例高 20 个百分点：您少付 8,800 元。"),
    ]


def test_a_first_pay_before_the_deductible_comes_first() -> None:
    document = away(first_pay="10%", first_pay_when="before_deductible")

    split = compared((document, stay()), (document, stay(filing="unfiled")))

    # 45,000 × 10% = 4,500 先自付；(40,500 - 1,000) × 85% = 33,575，比 37,400 少 3,825
    assert told(split) == [(Decimal("3825.00"), "要先自付 10%：您多付 3,825 元。")]


def test_a_refused_stay_differs_for_one_reason_only() -> None:
    document = away(pays="nothing")

    split = compared((document, stay()), (document, stay(filing="unfiled")))

    assert told(split) == [(Decimal("37400.00"), "这种情形医保不予支付：您多付 37,400 元。")]


def test_two_bills_differ_by_what_is_eligible() -> None:
    document = sample.layer(**FLAT)
    dearer = stay(bill={"total": 52000, "self_funded": 3000, "first_pay": 3000})

    split = compared((document, stay()), (document, dearer))

    # 范围内 46,000，多 1,000，医保多付 850；总费用多 2,000，您多付 2,000 - 850 = 1,150
    assert split.fund_less == Decimal("-850.00")
    assert told(split) == [(Decimal("1150.00"), "医保范围内费用多 1,000 元：医保多付 850 元，您多付 1,150 元。")]


def test_two_areas_differ_by_cap_and_by_a_layer_only_one_has() -> None:
    capped = sample.layer(**FLAT | {"cap": {"amount": 30000, "of": "fund_payment", "per": "year"}})
    both = sample.layer(**FLAT | {"cap": {"amount": 20000, "of": "fund_payment", "per": "year"}}) | {"id": "other"}
    large = {"id": "large", "name": "大额互助", "base": "excess", "deductible": "none", "ratio": "80%", "cap": "none"}
    both["benefits"][0]["editions"][0]["layers"].append(large)
    both["benefits"][0]["editions"][0]["away"]["layers"] = ["basic"]
    case = stay()

    split = compared((capped, case), (both, case))

    # 37,400 到 30,000 为止；封顶线低 10,000，少 10,000。20,000 / 85% = 23,529.41，到 24,529.41 为止，
    # 以上还有 20,470.59，× 80% = 16,376.472
    assert split.person_more == Decimal("-6376.47")
    assert told(split) == [
        (Decimal("10000.00"), "统筹基金封顶线低 10,000 元：您多付 10,000 元。"),
        (Decimal("-16376.47"), "多了大额互助：您少付 16,376.47 元。"),
    ]


def test_what_is_uncertain_is_taken_alike_and_both_ends_are_split() -> None:
    document = away(reduce_points={"range": ["10%", "20%"]})
    area = parse_area(document)
    unknown = stay(level="unknown")
    subjects = (Subject(area, read_case(unknown | {"filing": filing}, area)) for filing in ("local", "unfiled"))

    result = contrast(*subjects)

    # 三级：44,000 × 10% 到 20%；二级起付线 600：44,400 × 10% 到 20% = 4,440 到 8,880
    assert result.fund_less == (Decimal("4400.00"), Decimal("8880.00"))
    assert told(result.low) == [(Decimal("4400.00"), "统筹基金支付比例低 10 个百分点：您多付 4,400 元。")]
    assert told(result.high) == [(Decimal("8880.00"), "统筹基金支付比例低 20 个百分点：您多付 8,880 元。")]


def test_an_uncertain_figure_of_one_area_is_not_that_of_another() -> None:
    document = sample.layer(**FLAT | {"ratio": {"range": ["80%", "90%"]}})
    other = document | {"id": "other-city"}
    subjects = [Subject(area, read_case(stay(), area)) for area in map(parse_area, (document, other))]

    apart = contrast(*subjects)
    alike = contrast(subjects[0], subjects[0])

    # 44,000 × 80% = 35,200；× 90% = 39,600
    assert apart.fund_less == (Decimal("-4400.00"), Decimal("4400.00"))
    assert alike.fund_less == (Decimal("0.00"), Decimal("0.00"))


def cities(*names: str) -> list[Document]:
    """Areas with one layer at 85%, each with an id and a name of its own."""
    return [sample.layer(**FLAT) | {"id": f"city-{n}", "name": name} for n, name in enumerate(names)]


def test_an_area_without_the_rule_is_told_and_not_counted_as_nothing() -> None:
    first, second = cities("甲市", "乙市")
    second["benefits"][0]["scheme"] = "resident"
    second["benefits"][0]["editions"][0]["layers"][0]["ratio"] = "50%"

    answer = ask("comparison", [parse_area(first), parse_area(second)], stay())

    assert [part.id for part in answer.parts] == ["city-0"]
    assert [(missing.id, missing.reason) for missing in answer.missing] == [
        ("city-1", "未收录。乙市职工医保住院的规则本站没有收录。已收录的有：居民医保住院。")
    ]
    # (45,000 - 1,000) × 85%
    assert answer.headline == "只有一个地方能算：“甲市”，37,400 元。"


def test_several_areas_are_for_the_comparison_alone() -> None:
    areas = [parse_area(document) for document in cities("甲市", "乙市")]

    with pytest.raises(InvalidData) as refused:
        ask("inpatient", areas, stay())

    assert refused.value.problems[0].message == "住院报销一次只算一个统筹区；几个统筹区一起比，请用“城市对比”"


def test_areas_are_compared_through_the_bridge() -> None:
    documents = cities("甲市", "乙市")
    documents[1]["benefits"][0]["editions"][0]["layers"][0]["ratio"] = "80%"
    for document in documents:
        bridge.answer(json.dumps({"do": "load", "area": document}))

    request = {"do": "estimate", "kind": "comparison", "area": ["city-0", "city-1"], "case": stay()}
    reply = json.loads(bridge.answer(json.dumps(request)))

    # 44,000 × 85% = 37,400；× 80% = 35,200
    assert reply["headline"] == "医保付得最多的是“甲市”，37,400 元；最少的是“乙市”，35,200 元。"
    (difference,) = reply["trace"]["differences"]
    assert difference["person_pays_more"] == "2200.00"
    assert [step["text"] for step in difference["low"]["steps"]] == ["统筹基金支付比例低 5 个百分点：您多付 2,200 元。"]
