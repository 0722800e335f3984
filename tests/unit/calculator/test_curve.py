"""Exact curves of a few areas, worked out by hand: every breakpoint, slope, jump, and what begins there."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from calculator.along import Curves, curves
from calculator.curve import Curve
from calculator.errors import InvalidData, NotCovered
from calculator.parse import parse_area

Document = dict[str, Any]


def area(layers: list[Document], **edition: Any) -> Document:
    """A fictional area with one edition of employees' stays."""
    return {
        "id": "curve-city", "name": "曲线市", "province": "示例省", "pooled_at": "city", "fictional": True,
        "checked_on": "2026-01-01",
        "sources": {"a": {"title": "甲", "issuer": "乙", "kind": "secondary"}},
        "benefits": [{"scheme": "employee", "care": "inpatient", "editions": [
            {"from": "2025-01-01", "status": "illustrative", "sources": ["a"], "layers": layers} | edition]}],
    }  # fmt: skip


BASIC = {
    "id": "basic", "name": "统筹基金",
    "deductible": {"per": "admission", "amount": 1000},
    "brackets": {"count_from": "zero", "axis": "stay", "columns": ["up_to", "all"],
                 "rows": [[30000, "85%"], ["above", "90%"]]},
    "cap": {"amount": 51650, "of": "fund_payment", "per": "year"},
}  # fmt: skip
LARGE = {
    "id": "large", "name": "大额互助", "base": "excess", "deductible": "none", "ratio": "80%",
    "cap": {"amount": 40000, "of": "fund_payment", "per": "year"},
}  # fmt: skip


def along(document: Document, free: str, to: object = None, **case: Any) -> Curves:
    stated = {
        "scheme": "employee", "group": "in_service", "level": "tertiary", "filing": "local", "admission": 1,
        "date": "2025-06-01", "bill": {"total": "50000"}, "year_to_date": {"basic": {"paid": 0}},
    }  # fmt: skip
    return curves("inpatient", parse_area(document), {**stated, **case}, free, to)


def told(curve: Curve) -> list[tuple[Fraction, Fraction, Fraction, tuple[str, ...]]]:
    """From, value there, slope and what begins, for each piece."""
    return [
        (piece.low, piece.value, piece.slope, tuple(start.text for start in piece.starts)) for piece in curve.pieces
    ]


def test_the_fund_pays_from_the_deductible_on_bracket_by_bracket_until_both_caps() -> None:
    # basic: from 1,000 on 85%, so at 30,000 it has paid 29,000 × 0.85 = 24,650; then 90%: the cap of 51,650 leaves
    # 27,000, which is 27,000 / 0.9 = 30,000 more: reached at 60,000. large: 80% from there, its cap of 40,000 is
    # 40,000 / 0.8 = 50,000 more: reached at 110,000, when both have paid 91,650.
    found = along(area([BASIC, LARGE]), "bill.total")

    assert found.bands["fund"].exact
    assert told(found.bands["fund"].least) == [
        (0, 0, 0, ()),
        (1000, 0, Fraction("0.85"), ("过了起付线，统筹基金开始按 85% 支付",)),
        (30000, 24650, Fraction("0.9"), ("进入下一段，统筹基金按 90% 支付",)),
        (60000, 51650, Fraction("0.8"), ("到了统筹基金的封顶线", "大额互助开始按 80% 支付")),
        (110000, 91650, 0, ("到了大额互助的封顶线",)),
    ]
    assert [(piece.low, piece.high) for piece in found.bands["layer:large"].least.pieces] == [
        (0, 60000),
        (60000, 110000),
        (110000, 1_000_000_000),
    ]
    assert not [band for band in found.bands.values() if band.least.jumps]
    assert found.silent == ()


def test_a_cap_that_is_reached_inside_a_fen_is_told_exactly() -> None:
    # 1,000 deducted, 85%, cap 1,000: reached 1,000 / 0.85 = 20,000 / 17 after it, at 37,000 / 17 = 2,176.47…
    basic = {**BASIC, "ratio": "85%", "cap": {"amount": 1000, "of": "fund_payment", "per": "year"}}
    del basic["brackets"]

    pieces = along(area([basic]), "bill.total").bands["fund"].least.pieces

    assert [piece.low for piece in pieces] == [0, 1000, Fraction(37000, 17)]


def test_the_whole_amount_by_one_ratio_jumps_at_the_bound() -> None:
    # no deductible; up to and including 10,000 all of it at 80%: 8,000; just above, all of it at 50%: 5,000.
    # 8,000 is paid again at 16,000 / … = 5,000 + 0.5 × 6,000, but nothing begins there.
    basic = {
        **BASIC, "deductible": "none", "cap": "none",
        "brackets": {"count_from": "zero", "apply": "whole", "axis": "stay", "columns": ["up_to", "all"],
                     "rows": [[10000, "80%"], ["above", "50%"]]},
    }  # fmt: skip
    curve = along(area([basic]), "bill.total").bands["fund"].least

    begins = ("统筹基金改为按 50% 支付",)
    assert told(curve) == [(0, 0, Fraction("0.8"), ()), (10000, 5000, Fraction("0.5"), begins)]
    assert [(jump.at, jump.before, jump.value, jump.after) for jump in curve.jumps] == [(10000, 8000, 8000, 5000)]
    assert [cause.text for cause in curve.jumps[0].causes] == list(begins)
    assert curve.at(Fraction(10000)) == 8000
    assert curve.at(Fraction("10000.01")) == Fraction("5000.005")


def test_more_used_of_the_year_leaves_less_under_the_cap() -> None:
    # 50,000: basic would pay 24,650 + 20,000 × 0.9 = 42,650; the cap of 51,650 leaves that until 9,000 are used.
    # From there a yuan used is a yuan less, until at 51,650 nothing is left.
    basic = {**BASIC, "brackets": {**BASIC["brackets"], "rows": [[30000, "85%"], ["above", "90%"]]}}  # type: ignore[dict-item]

    curve = along(area([basic]), "year_to_date.basic.paid").bands["fund"].least

    assert told(curve)[:2] == [(0, 42650, 0, ()), (9000, 42650, -1, ("到了统筹基金的封顶线",))]
    assert [(piece.low, piece.value, piece.slope) for piece in curve.pieces if piece.low >= 51650] == [(51650, 0, 0)]


def test_a_typed_deductible_takes_its_ratio_from_the_fund_up_to_the_whole_bill() -> None:
    # 20,000 at 80% without a deductible: 16,000; each yuan of it takes 0.8 off, until all 20,000 are deducted.
    basic = {**BASIC, "deductible": "unknown", "ratio": "80%", "cap": "none"}
    del basic["brackets"]

    curve = along(area([basic]), "given.deductible.basic", bill={"total": "20000"}).bands["fund"].least

    assert [(piece.low, piece.value, piece.slope) for piece in curve.pieces] == [
        (0, 16000, Fraction("-0.8")),
        (20000, 0, 0),
    ]


def test_a_guarantee_takes_over_where_the_layers_pay_less() -> None:
    # 60% above 1,000, at least 50% of all: 0.6 × (x - 1,000) reaches 0.5 × x at 6,000; up to there the guarantee fills.
    basic = {**BASIC, "ratio": "60%", "cap": "none"}
    del basic["brackets"]

    curve = along(area([basic], guarantee={"ratio": "50%"}), "bill.total").bands["fund"].least

    assert [(piece.low, piece.value, piece.slope) for piece in curve.pieces] == [
        (0, 0, Fraction("0.5")),
        (1000, 500, Fraction("0.5")),
        (6000, 3000, Fraction("0.6")),
    ]
    assert [start.text for start in curve.pieces[2].starts] == ["不用再按保底补"]


def test_an_account_pays_until_it_is_empty() -> None:
    # the person's part up to 1,000 is the whole bill, then 15%: 1,300 are reached at 1,000 + 300 / 0.15 = 3,000
    basic = {**BASIC, "ratio": "85%", "cap": "none"}
    del basic["brackets"]

    found = along(area([basic], account={"may_pay": ["deductible", "share"]}), "bill.total", account_balance="1300")

    assert [(p.low, p.value, p.slope) for p in found.bands["account"].least.pieces] == [
        (0, 0, 1),
        (1000, 1000, Fraction("0.15")),
        (3000, 1300, 0),
    ]
    assert [start.text for start in found.bands["person"].least.pieces[-1].starts] == ["个人账户的余额用完了"]


def test_completions_that_cross_inside_a_piece_make_a_breakpoint() -> None:
    # side one: 1,000 deducted, then 80%; side two: 2,000 deducted, then 90%. They cross where
    # 0.8 × (x - 1,000) = 0.9 × (x - 2,000), at x = 10,000 with 7,200.
    basic = {**BASIC, "cap": "none"}
    del basic["brackets"]
    basic["deductible"] = {"per": "admission", "amount": {"tertiary": 1000, "secondary": 2000, "primary": 2000}}
    basic["ratio"] = {"tertiary": "80%", "secondary": "90%", "primary": "90%"}

    band = along(area([basic]), "bill.total", level="unknown").bands["fund"]

    assert [(p.low, p.value, p.slope) for p in band.least.pieces] == [
        (0, 0, 0),
        (2000, 0, Fraction("0.9")),
        (10000, 7200, Fraction("0.8")),
    ]
    assert [(p.low, p.value, p.slope) for p in band.most.pieces] == [
        (0, 0, 0),
        (1000, 0, Fraction("0.8")),
        (10000, 7200, Fraction("0.9")),
    ]
    assert [start.text for start in band.least.pieces[-1].starts] == ["从这里起，是另一种假设"]


@pytest.mark.parametrize("at", ["layer", "segment"])
@pytest.mark.parametrize("unit", ["fen", "jiao", "yuan"])
def test_the_estimate_differs_from_the_curve_by_the_roundings_of_the_edition(at: str, unit: str) -> None:
    from calculator.case import read_case
    from calculator.settle import settle

    document = area([BASIC, LARGE], rounding={"at": at, "unit": unit, "mode": "half_up"})
    curve = along(document, "bill.total").bands["fund"].least
    made = parse_area(document)
    # two segments and two layers are rounded, each by at most half a unit; one cap hands on from a whole fen
    most = 4 * {"fen": Fraction(1, 200), "jiao": Fraction(1, 20), "yuan": Fraction(1, 2)}[unit] + Fraction(1, 200)

    for total in ("1000.01", "12345.67", "30000.01", "45678.91", "60000.03", "98765.43", "110000.01"):
        case = {
            "scheme": "employee", "group": "in_service", "level": "tertiary", "filing": "local", "admission": 1,
            "date": "2025-06-01", "bill": {"total": total}, "year_to_date": {"basic": {"paid": 0}},
        }  # fmt: skip
        paid = settle(made, read_case(case, made))[0][0].amounts["fund"]
        exact = curve.at(Fraction(total))
        assert exact is not None
        assert abs(Fraction(paid) - exact) <= most


def test_where_the_policy_is_silent_there_is_no_curve() -> None:
    basic = {**BASIC, "ratio": {"secondary": "80%"}, "cap": "none"}
    del basic["brackets"]

    found = along(area([basic]), "bill.total")

    assert [(p.low, p.high, p.value) for p in found.bands["fund"].least.pieces] == [(0, 1000, 0)]
    assert found.bands["fund"].least.at(Fraction(2000)) is None
    reason = "曲线市职工医保住院：没有收录“三级”的统筹基金支付比例。已收录的有：二级。"
    assert [(s.low, s.high, s.reason, s.whole) for s in found.silent] == [(1000, 1_000_000_000, reason, True)]


def test_several_silences_are_told_in_the_order_of_the_file() -> None:
    basic = {**BASIC, "ratio": {"secondary": "80%"}, "cap": "none"}
    del basic["brackets"]

    found = along(area([basic]), "bill.total", level="unknown")

    assert [(s.low, s.reason.partition("。")[0]) for s in found.silent] == [
        (1000, "曲线市职工医保住院：没有收录“一级及以下”的统筹基金支付比例"),
        (1000, "曲线市职工医保住院：没有收录“三级”的统筹基金支付比例"),
    ]


def test_a_case_the_policy_never_covers_raises_as_an_estimate_does() -> None:
    with pytest.raises(NotCovered, match="没有收录异地就医的规则"):
        along(area([BASIC]), "bill.total", filing="unfiled")


@pytest.mark.parametrize(
    ("free", "to", "where", "message"),
    [
        (
            "bill.totl",
            None,
            "free",
            "写的是“bill.totl”，应是案例里的一个金额：bill.total、bill.self_funded、bill.over_limit、bill.first_pay、"
            "year_to_date.层.paid、year_to_date.层.counted、year_to_date.层.deductible（本期的写 period_to_date）、"
            "given.deductible.层、account_balance；层有 basic",
        ),
        ("bill.self_funded", "60000", "to", "全自费的部分的终点应在 0.00 和 50000.00 之间"),
        ("bill.total", "很多", "to", "总费用的终点要填数字，例如 50000 或 5万"),
    ],
)
def test_a_free_amount_that_is_none_is_refused(free: str, to: object, where: str, message: str) -> None:
    with pytest.raises(InvalidData) as refused:
        along(area([BASIC]), free, to)

    assert [(problem.where, problem.message) for problem in refused.value.problems] == [(where, message)]


def test_a_part_of_the_bill_goes_no_further_than_the_rest_of_it() -> None:
    found = along(area([BASIC]), "bill.self_funded", bill={"total": "50000", "first_pay": "2000"})

    assert (found.low, found.high) == (0, 48000)
    assert found.bands["eligible"].least.at(Fraction(48000)) == 0
    assert Decimal(48000) == found.high


def test_too_many_completions_are_not_drawn_together() -> None:
    # seven disputes of two sides are 128 completions, more than the 64 that are drawn
    sides = [[{"value": f"{50 + n}%", "sources": ["a"]}, {"value": f"{70 + n}%", "sources": ["a"]}] for n in range(7)]
    layers: list[Document] = [{"id": "layer-0", "name": "第0层", "deductible": "none", "cap": "none", "ratio": "50%"}]
    layers += [
        {"id": f"layer-{n + 1}", "name": f"第{n + 1}层", "base": {"own": ["share"]}, "deductible": "none", "cap": "none",
         "ratio": {"disputed": side}}
        for n, side in enumerate(sides)
    ]  # fmt: skip
    document = area(layers)

    with pytest.raises(InvalidData) as refused:
        along(document, "bill.total", year_to_date={})

    assert [problem.message for problem in refused.value.problems] == [
        "不确定的太多，画不出有用的曲线；请先回答几项不知道的"
    ]
