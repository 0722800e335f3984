"""结算单对账: the solver's corners, what is told and in which order. The amounts are in tests/cases/reconciliation.yaml."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from time import perf_counter
from typing import Any

import pytest

from calculator import bridge
from calculator.answer import Answer
from calculator.errors import InvalidData
from calculator.kinds import KINDS
from calculator.model import CARE_WORDS, PoolingArea
from calculator.parse import parse_area
from calculator.reconcile.solve import Solution, solutions
from calculator.slip import slip_html
from calculator.trace import to_json
from tests.unit.test_cases import POLICY_FILES, SOURCES, area_of, read

RECONCILIATION = KINDS["reconciliation"]
STAY: Mapping[str, Any] = {
    "scheme": "employee",
    "group": "in_service",
    "level": "tertiary",
    "date": "2026-03-01",
    "bill": {"total": 50000, "self_funded": 2000, "first_pay": 3000},
}


@pytest.fixture(scope="module")
def city() -> PoolingArea:
    return area_of("example-city")


def ask(area: PoolingArea, **more: Any) -> Answer:
    return RECONCILIATION.estimate(area, {**STAY, **more})


FEN = Decimal("0.01")
NEAR = Decimal("0.005")


def solved(line: Any, high: int) -> list[Solution]:
    return solutions(line, 0, high, FEN * 2, NEAR)


def test_a_straight_line_is_met_once() -> None:
    # 1,000.00 − x is nothing at x = 1,000.00
    assert solved(lambda x: Decimal(1000) - x * FEN, 500_000) == [Solution(100_000, 100_000, 100_000)]


def test_a_line_that_turns_is_met_on_both_sides() -> None:
    # |x − 2,000| − 700: at 1,300 and at 2,700
    found = solved(lambda x: abs(x * FEN - 2000) - 700, 500_000)

    assert [solution.at for solution in found] == [130_000, 270_000]


def test_a_narrow_dip_between_two_points_of_the_grid_is_found() -> None:
    # high everywhere but around 1,234.56, where it touches nothing
    found = solved(lambda x: abs(x * FEN - Decimal("1234.56")), 500_000)

    assert [solution.at for solution in found] == [123_456]


def test_a_flat_piece_fits_as_a_whole_and_is_told_by_its_roundest_number() -> None:
    # max(0, x − 1,234.56): everything up to 1,234.56 fits
    found = solved(lambda x: max(Decimal(0), x * FEN - Decimal("1234.56")), 500_000)

    assert found == [Solution(0, 123_456, 0)]


def test_a_jump_across_what_is_wanted_is_no_solution() -> None:
    assert solved(lambda x: Decimal(5) if x < 1234 else Decimal(-5), 500_000) == []


def test_where_there_is_no_rule_nothing_is_found() -> None:
    assert solved(lambda _: None, 500_000) == []


def test_nothing_can_be_solved_where_no_amount_is_left() -> None:
    assert solved(lambda _: Decimal(1), 0) == []


def test_agreement_is_said_first_and_nothing_else(city: PoolingArea) -> None:
    answer = ask(city, sheet={"fund": "38,400"})

    assert answer.headline == "和本站算的一样：医保付 38,400 元。"
    assert [part.id for part in answer.parts] == ["stated"]
    assert answer.explanations == ()


def test_agreement_within_a_tolerance_tells_the_difference(city: PoolingArea) -> None:
    answer = ask(city, sheet={"fund": 38399}, within=1)

    assert answer.headline == "和本站算的一样，只差 1 元：医保付 38,399 元。"


def test_a_tolerance_of_nothing_wants_every_fen(city: PoolingArea) -> None:
    answer = ask(city, sheet={"fund": "38400.01"}, within=0)

    assert not answer.headline.startswith("和本站算的一样")


def test_the_headline_names_the_likeliest_explanation(city: PoolingArea) -> None:
    answer = ask(city, sheet={"fund": 38825})

    assert answer.headline == (
        "结算单上医保付 38,825 元。按您填的情形，应是医保付 38,400 元，差 425 元。"
        "一共找到 3 种对得上的解释，最可能的是：按今年第 2 次住院。"
    )
    assert [explanation.text for explanation in answer.explanations] == [
        "按今年第 2 次住院",
        "全自费的部分是 1,552.63 元",
        "大病保险的起付线，今年以前已经付过 14,108.33 元",
    ]


def test_what_cannot_be_told_apart_is_one_explanation(city: PoolingArea) -> None:
    answer = ask(city, sheet={"fund": 38825})

    # 先自付: 3,000 − 447.37, the same cost within the policy
    assert answer.explanations[1].same == ("先自付的部分是 2,552.63 元",)
    assert answer.parts[2].label == "全自费的部分是 1,552.63 元，或者先自付的部分是 2,552.63 元"


def test_a_flat_stretch_is_told_by_its_ends() -> None:
    # 三级门诊 20,000：限额 5,000 用完；全自费 0 到 11,166.67 都一样：(20,000 − n − 500) × 60% ≥ 5,000，n ≤ 11,166.67
    # 结算单 4,000：限额已用 1,000，起付线和自费都不改
    answer = RECONCILIATION.estimate(
        area_of("example-city"),
        {**STAY, "care": "outpatient", "bill": {"total": 20000}, "sheet": {"fund": 4000}},
    )

    by_id = {explanation.id: explanation for explanation in answer.explanations}
    assert by_id["year_to_date.basic.paid"].text == "今年这次以前，门诊统筹已经付了 1,000 元"
    # (20,000 − n − 500) × 60% = 4,000: n = 12,833.33; 6,666.66 × 60% = 3,999.996 fits as well
    assert by_id["bill.self_funded"].text == "全自费的部分是 12,833.33 元"


def test_nothing_that_fits_is_said_so_with_whom_to_ask(city: PoolingArea) -> None:
    answer = ask(city, sheet={"fund": 50000})

    assert answer.headline == (
        "解释不了：结算单上医保付 50,000 元。按您填的情形，应是医保付 38,400 元，差 11,600 元。"
        "换一种情形、换一个金额，试过的都对不上。"
    )
    assert answer.notices == (
        "请带上结算单和费用清单，打 12393 或到参保地医保局核对。",
        "两处不同的情形太多，只试了最可能的一部分。",
    )


def test_every_explanation_settles_to_what_the_sheet_says(city: PoolingArea) -> None:
    for fund in ("1000", "12345.67", "28950", "36000", "41000", "43021.5"):
        for part in ask(city, sheet={"fund": fund}).parts[1:]:
            assert abs(part.estimate.amounts["fund"].low - Decimal(fund)) <= Decimal("0.01"), (fund, part.id)
            amounts = part.estimate.amounts
            assert amounts["fund"].low + amounts["person"].low == Decimal(50000)


def test_the_data_tell_what_was_changed_and_to_what(city: PoolingArea) -> None:
    trace = to_json(ask(city, sheet={"fund": 38825}))

    assert trace["explanations"][1:] == [
        {
            "id": "bill.self_funded",
            "text": "全自费的部分是 1,552.63 元",
            "changes": [{"kind": "bill.self_funded", "value": "1552.63", "text": "全自费的部分是 1,552.63 元"}],
            "same": ["先自付的部分是 2,552.63 元"],
            "off": "0.00",
        },
        {
            "id": "year_to_date.critical.deductible",
            "text": "大病保险的起付线，今年以前已经付过 14,108.33 元",
            "changes": [
                {
                    "kind": "year_to_date.critical.deductible",
                    "value": ["14108.33", "14108.34"],
                    "text": "大病保险的起付线，今年以前已经付过 14,108.33 元",
                }
            ],
            "same": [],
            "off": "0.00",
        },
    ]
    first = trace["differences"][0]
    assert (first["id"], first["fund_pays_less"]) == ("admission.2", "-425.00")
    # 起付线从 1,000 降到 500，按 85% 多报 425
    assert [step["text"] for step in first["low"]["steps"]] == ["统筹基金起付线低 500 元：您少付 425 元。"]


def test_the_slip_shows_the_case_as_stated_and_each_explanation(city: PoolingArea) -> None:
    html = slip_html(ask(city, sheet={"fund": 38825}))

    assert html.index("按您填的情形") < html.index("按今年第 2 次住院") < html.index("1,552.63")
    assert html.count('<details class="slip-details"') == 4


def test_the_browser_gets_the_same_through_its_door() -> None:
    bridge.answer(json.dumps({"do": "load", "area": read(POLICY_FILES["example-city"]), "sources": SOURCES}))
    case = {**STAY, "sheet": {"fund": "38825"}}
    request = {"do": "estimate", "kind": "reconciliation", "area": "example-city", "case": case}

    reply = json.loads(bridge.answer(json.dumps(request)))

    assert reply["ok"], reply
    assert [e["id"] for e in reply["trace"]["explanations"]] == [
        "admission.2",
        "bill.self_funded",
        "year_to_date.critical.deductible",
    ]


def test_the_form_asks_for_what_the_sheet_says(city: PoolingArea) -> None:
    form = RECONCILIATION.form(city)

    assert form is not None
    assert form.names()[-6:] == (
        "sheet.fund",
        "sheet.person",
        "sheet.layers.basic",
        "sheet.layers.large",
        "sheet.layers.critical",
        "within",
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sheet": {}}, "请填写结算单上医保付了多少，例如 {fund: 30000}"),
        ({"sheet": {"fund": 60000}}, "超过了总费用 50,000 元"),
        (
            {"sheet": {"fund": 30000, "person": 25000}},
            "医保付的、个人账户付的和您自己付的，加起来不等于总费用 50,000 元",
        ),
        ({"sheet": {"fond": 30000}}, "不认识的键“fond”，是不是想写“fund”；可用的键：fund、person、account、layers"),
        ({"sheet": {"fund": 1}, "within": "-1"}, "差多少以内不能是负数"),
        (
            {"sheet": {"fund": 1}, "care": "ward"},
            f"写的是“ward”，可以是 {'、'.join(f'{care}（{words}）' for care, words in CARE_WORDS.items())}",
        ),
        ({"sheet": {"layers": 5}}, "应写明是哪一层付的，例如 {basic: 30000}"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused(city: PoolingArea, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidData) as refused:
        ask(city, **changes)

    assert [problem.message for problem in refused.value.problems] == [message]


def test_a_trait_of_the_person_may_be_otherwise() -> None:
    document = {
        "id": "tiers", "name": "测试市", "province": "测试省", "pooled_at": "city", "fictional": True,
        "checked_on": "2026-11-22",
        "traits": {"tier": {"name": "缴费档次", "words": {"high": "高档", "low": "低档"}, "default": "low"}},
        "benefits": [
            {"scheme": "resident", "care": "inpatient", "editions": [{
                "from": "2026-01-01", "status": "illustrative", "sources": ["site-example"],
                "layers": [{"id": "basic", "name": "统筹基金", "deductible": "none", "cap": "none",
                            "ratio": {"high": "80%", "low": "50%"}}],
            }]},
        ],
    }  # fmt: skip
    case = {"scheme": "resident", "date": "2026-03-01", "bill": {"total": 1000}, "sheet": {"fund": 800}}

    answer = RECONCILIATION.estimate(parse_area(document, SOURCES), case)

    assert [explanation.text for explanation in answer.explanations] == ["缴费档次按“高档”"]


def test_a_real_area_answers_at_once() -> None:
    beijing = area_of("beijing")
    case = {**STAY, "bill": {"total": 50000}, "sheet": {"fund": 49999}}
    RECONCILIATION.estimate(beijing, case)

    before = perf_counter()
    RECONCILIATION.estimate(beijing, case)

    assert perf_counter() - before < 1  # 0.2 is the aim; shared machines are slow at times
