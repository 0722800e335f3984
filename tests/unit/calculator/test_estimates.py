"""Estimates: intervals, silence, the trace, the sentences, the slip and the browser's door."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest

from calculator import bridge
from calculator.answer import Answer
from calculator.errors import InvalidData, NotCovered
from calculator.explain import figure_name
from calculator.kinds import KINDS
from calculator.parse import parse_area
from calculator.sentences import RULES, label_and_text
from calculator.slip import slip_html
from calculator.trace import to_json
from tests.unit.calculator.sample import AREA, area, case, edition, layer

INPATIENT = KINDS["inpatient"]


def answer(document: dict[str, Any] = AREA, **changes: Any) -> Answer:
    return INPATIENT.estimate(parse_area(document), case(**changes))


def fund(document: dict[str, Any] = AREA, **changes: Any) -> tuple[str, str]:
    low, high = answer(document, **changes).parts[0].estimate.amounts["fund"]
    return str(low), str(high)


def test_the_example_of_the_format_adds_up_as_on_a_settlement_sheet() -> None:
    # (30,000 − 1,000) × 85% + 10,000 × 90% + 5,000 × 95% = 24,650 + 9,000 + 4,750
    assert fund() == ("38400.00", "38400.00")
    assert answer().headline == "这次住院 50,000 元，医保付 38,400 元，您自己付 11,600 元。"


def test_a_range_gives_an_interval_with_the_assumption_behind_each_end() -> None:
    result = answer(filing="unfiled")

    # 65%, 70%, 75% at the low end: 18,850 + 7,000 + 3,750; ten points more at the high end
    assert fund(filing="unfiled") == ("29600.00", "34000.00")
    trace = to_json(result)["estimates"][0]
    assert [a["text"] for a in trace["low"]["assumptions"]] == [
        "职工医保住院，异地，没备案，也不是急诊：降低的百分点，按 20 个百分点计算"
    ]
    assert [a["text"] for a in trace["high"]["assumptions"]] == [
        "职工医保住院，异地，没备案，也不是急诊：降低的百分点，按 10 个百分点计算"
    ]


def test_an_unknown_level_covers_every_level_and_tells_the_hole_in_the_table() -> None:
    result = answer(level="unknown").parts[0].estimate

    # 三级 38,400; 二级: (30,000 − 600) × 85% + 9,000 + 4,750 = 38,740; 一级 has no deductible in the table
    assert tuple(map(str, result.amounts["fund"])) == ("38400.00", "38740.00")
    assert [str(gap.reason) for gap in result.gaps] == [
        "示例市职工医保住院：没有收录“一级及以下”的统筹基金起付线。已收录的有：三级、二级。"
    ]
    assert not result.exact


def test_an_end_names_every_answer_that_decides_it_also_those_both_ends_share() -> None:
    document = layer(
        deductible="none", brackets=None, ratio={"tertiary": "80%", "secondary": "85%", "primary": "90%"}, cap="none"
    )
    document["benefits"][0]["editions"][0]["away"] = {"cases": {"unfiled": {"pays": "nothing"}}}

    result = answer(document, level="unknown", bill={"total": 1000, "self_funded": "unknown"}, year_to_date={})

    trace = to_json(result)["estimates"][0]
    assert trace["amounts"]["fund"]["value"] == ["0.00", "900.00"]
    assert [a["text"] for a in trace["low"]["assumptions"]] == ["全自费的部分是 1,000 元"]
    assert [a["text"] for a in trace["high"]["assumptions"]] == ["全自费的部分是 0 元", "医院等级是“一级及以下”"]


def test_an_end_that_only_two_answers_together_decide_names_one_of_them() -> None:
    ratio = {"tertiary": {"in_service": "50%", "retired": "50%"}, "secondary": {"in_service": "50%", "retired": "90%"}}
    document = layer(deductible="none", brackets=None, ratio=ratio, cap="none") | {
        "levels": {"tertiary": "三级", "secondary": "二级"}
    }
    document["benefits"][0]["editions"][0]["away"] = {"cases": {"unfiled": {"pays": "nothing"}}}

    result = answer(document, level="unknown", group="unknown", bill={"total": 1000}, year_to_date={})

    trace = to_json(result)["estimates"][0]
    assert trace["amounts"]["fund"]["value"] == ["500.00", "900.00"]
    assert len(trace["low"]["assumptions"]) == 1
    assert [a["text"] for a in trace["high"]["assumptions"]] == ["医院等级是“二级”", "人员类别是“退休”"]


def plain(**changes: Any) -> dict[str, Any]:
    """An area with one layer that pays 80% of everything, and no other rule."""
    rules = {"deductible": "none", "brackets": None, "ratio": "80%", "cap": "none"} | changes
    document = layer(**rules)
    document["benefits"][0]["editions"][0]["away"] = {"cases": {"unfiled": {"pays": "nothing"}}}
    return document


def test_when_the_fund_pays_the_same_the_ends_differ_by_what_is_left_to_the_person() -> None:
    document = plain(
        deductible={"per": "admission", "amount": [1000, 500]},
        cap={"amount": 1000, "of": "fund_payment", "per": "admission"},
    )
    document["benefits"][0]["editions"][0]["account"] = {"may_pay": ["deductible"]}

    result = answer(document, admission="unknown", bill={"total": 10000}, account_balance=10000, year_to_date={})

    trace = to_json(result)["estimates"][0]
    assert trace["amounts"]["person"]["value"] == ["8000.00", "8500.00"]
    assert [a["text"] for a in trace["low"]["assumptions"]] == ["是本年度第 2 次住院"]
    assert [a["text"] for a in trace["high"]["assumptions"]] == ["是本年度第 1 次住院"]


def test_a_dispute_that_changes_no_amount_gives_one_slip() -> None:
    document = plain(ratio={"in_service": {"disputed": [
        {"value": "80%", "sources": ["notice"]}, {"value": "85%", "sources": ["daily"]}]}, "retired": "90%"})  # fmt: skip

    result = answer(document, bill={"total": 100, "self_funded": 100}, year_to_date={})

    assert result.parts[0].estimate.exact
    assert "slip-ends" not in slip_html(result)


def test_items_of_class_b_leave_less_room_for_what_is_unknown() -> None:
    bill = {"total": 10000, "self_funded": "unknown", "class_b": [{"amount": 6000, "rate": "10%"}]}

    # at most 4,000 can be self-funded: (10,000 − 600 − 4,000) × 80% = 4,320; with none of it 9,400 × 80% = 7,520
    assert fund(plain(), bill=bill, year_to_date={}) == ("4320.00", "7520.00")


def test_a_year_to_date_that_cannot_be_is_refused() -> None:
    with pytest.raises(InvalidData) as refused:
        answer(plain(), year_to_date={"basic": {"counted": 5000, "deductible": 6000}})

    assert [problem.where for problem in refused.value.problems] == ["year_to_date.basic.counted"]


def test_rules_chosen_by_the_day_of_admission_say_so_when_it_is_not_known() -> None:
    document = plain()
    document["benefits"][0]["editions"][0]["date_by"] = "admission"

    steps = answer(document, year_to_date={}).parts[0].estimate.low.steps
    two_days = case(year_to_date={}, admitted="2026-02-01", discharged="2026-03-01")
    del two_days["date"]
    told = INPATIENT.estimate(parse_area(document), two_days).parts[0].estimate.low.steps

    assert steps[0].rule == "assume.admitted"
    assert told[0].rule == "cost.total"


def test_an_unknown_filing_tells_every_filing_that_has_no_rule() -> None:
    gaps = answer(plain(), filing="unknown", year_to_date={}).parts[0].estimate.gaps

    assert [gap.choices[0].value for gap in gaps] == ["long_term", "referral", "temporary", "emergency", "exempt"]


def test_an_unknown_scheme_and_an_unknown_day_try_every_rule_there_is() -> None:
    document = plain()
    later = copy.deepcopy(document["benefits"][0]["editions"][0])
    later |= {"from": "2027-01-01", "layers": [later["layers"][0] | {"ratio": "90%"}]}
    document["benefits"][0]["editions"].append(later)
    resident = copy.deepcopy(document["benefits"][0]) | {"scheme": "resident"}
    resident["editions"][0]["layers"][0] |= {"ratio": "50%", "name": "居民统筹"}
    document["benefits"].append(resident | {"editions": resident["editions"][:1]})

    day = answer(document, date="unknown", bill={"total": 1000}, year_to_date={})
    both = answer(document, scheme="unknown", date="unknown", bill={"total": 1000}, year_to_date={})

    assert tuple(map(str, day.parts[0].estimate.amounts["fund"])) == ("800.00", "900.00")
    assert tuple(map(str, both.parts[0].estimate.amounts["fund"])) == ("500.00", "900.00")
    trace = to_json(both)["estimates"][0]
    assert [a["text"] for a in trace["low"]["assumptions"]] == ["险种是“居民医保”", "适用的标准是“2026-01-01 起的标准”"]
    assert [a["text"] for a in trace["high"]["assumptions"]] == [
        "险种是“职工医保”",
        "适用的标准是“2027-01-01 起的标准”",
    ]
    assert trace["amounts"]["layer:basic"]["words"] == "统筹基金或居民统筹"


def test_an_unknown_scheme_tells_the_scheme_that_has_no_rules() -> None:
    result = answer(plain(), scheme="unknown", bill={"total": 1000}, year_to_date={})

    assert [str(gap.reason) for gap in result.parts[0].estimate.gaps] == [
        "示例市居民医保住院的规则本站没有收录。已收录的有：职工医保住院。"
    ]
    assert "如果险种是“居民医保”：" in slip_html(result)


def test_an_unknown_wage_lies_between_the_floor_and_the_ceiling() -> None:
    document = area(
        contributions=[{"scheme": "employee", "editions": [{
            "from": "2026-01-01", "status": "illustrative", "sources": ["notice"],
            "base": {"floor": 5000, "ceiling": 25000},
            "parts": [{"id": "person", "name": "个人缴费", "payer": "person", "rate": "2%"}]}]}]
    )  # fmt: skip

    result = KINDS["employee_contribution"].estimate(parse_area(document), {"date": "unknown", "wage": "unknown"})

    assert tuple(map(str, result.parts[0].estimate.amounts["person"])) == ("100.00", "500.00")


def test_an_estimate_with_a_gap_says_what_it_assumes_and_what_it_leaves_out() -> None:
    document = layer(
        deductible={"per": "admission", "amount": [1000, "unknown"]}, brackets=None, ratio="80%", cap="none"
    )
    document["benefits"][0]["editions"][0]["away"] = {"cases": {"unfiled": {"pays": "nothing"}}}

    result = answer(document, admission="unknown", bill={"total": 6000}, year_to_date={})

    assert result.headline == "只看本站能算的情形，这次住院 6,000 元，医保付 4,000 元，您自己付 2,000 元。"
    html = slip_html(result)
    assert "<li>是本年度第 1 次住院</li>" in html
    assert "如果是本年度第 2 次住院：" in html


@pytest.mark.parametrize(
    ("changes", "missing", "message"),
    [
        ({"level": "primary"}, "level", "示例市职工医保住院：没有收录“一级及以下”的统筹基金起付线。已收录的有：三级、二级。"),
        ({"filing": "referral"}, "filing", "示例市职工医保住院：没有收录“异地，已办转诊备案”的异地规则。"
         "已收录的有：异地，已办长期居住备案、异地，没备案，也不是急诊。"),
        ({"date": "2025-12-31"}, "date", "示例市职工医保住院：2025-12-31 适用的标准本站没有收录。已收录的有：2026-01-01 起的标准。"),
        ({"scheme": "resident", "group": "everyone"}, "scheme", "示例市居民医保住院的规则本站没有收录。已收录的有：职工医保住院。"),
        ({"account_balance": 100}, "account_balance", "示例市职工医保住院：没有收录个人账户可以支付哪些部分。"),
    ],
)  # fmt: skip
def test_where_the_policy_is_silent_nothing_is_computed(changes: dict[str, Any], missing: str, message: str) -> None:
    with pytest.raises(NotCovered) as silent:
        answer(**changes)

    assert (silent.value.missing, str(silent.value)) == (missing, message)


def test_an_edition_that_has_ended_is_not_used_for_a_later_day() -> None:
    with pytest.raises(NotCovered, match="2026-01-01 到 2026-06-30 的标准"):
        answer(edition(until="2026-06-30"), date="2026-07-01")


def test_an_unknown_deductible_is_asked_for_and_then_used() -> None:
    document = layer(deductible="unknown")
    document["benefits"][0]["editions"][0]["away"] = {"cases": {"unfiled": {"pays": "nothing"}}}

    with pytest.raises(NotCovered, match="没有收录统筹基金的起付线") as silent:
        answer(document, year_to_date={})
    assert silent.value.missing == "given.deductible.basic"
    # (30,000 − 800) × 85% + 9,000 + 4,750
    assert fund(document, given={"deductible": {"basic": "800"}}, year_to_date={}) == ("38570.00", "38570.00")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"bill": {"total": "-5"}}, ["bill.total: 总费用不能是负数"]),
        ({"bill": {"total": "Infinity"}}, ["bill.total: 总费用要填数字，例如 50000 或 5万"]),
        ({"bill": {"total": 100, "self_funded": 60, "first_pay": 50}}, ["bill.self_funded: 自费、超限价和先自付的部分加起来超过了总费用"]),
        ({"bill": {}}, ["bill.total: 请填写总费用，例如 50000 或 5万"]),
        ({"bill": 5}, ["bill: 应是一组键值", "bill.total: 请填写总费用，例如 50000 或 5万"]),
        ({"level": ""}, ["level: 请选择医院等级：示例市职工医保住院按它区分"]),
        ({"level": "third"}, ["level: 医院等级没有“third”这一项；可以是 primary（一级及以下）、secondary（二级）、tertiary（三级）"]),
        ({"date": "2026-02-30"}, ["date: 没有 2026-02-30 这一天"]),
        ({"admission": 0}, ["admission: 本年度第几次住院要填 1 到 99 的整数"]),
        ({"colour": 1}, ["colour: 不认识的键“colour”；可用的键：scheme、group、care、level、hospital、hospital_grade、"
                         "date、admitted、discharged、filing、"
                         "distance、admission、settled_on、bill、year_to_date、period_to_date、given、carried、account_balance、account_balances、treated_in、traits、numbers、transfer"]),
    ],
)  # fmt: skip
def test_a_wrong_case_names_the_field(changes: dict[str, Any], expected: list[str]) -> None:
    with pytest.raises(InvalidData) as refused:
        answer(**changes)

    assert [f"{problem.where}: {problem.message}" for problem in refused.value.problems] == expected


def test_too_many_unknown_answers_ask_for_some_of_them_first() -> None:
    document = copy.deepcopy(AREA)
    document["groups"] = {"employee": {f"group-{n}": f"第{n}类" for n in range(200)}, "resident": {"everyone": "居民"}}
    rules = document["benefits"][0]["editions"][0]
    rules["layers"] = [
        {
            "id": "basic", "name": "统筹基金", "cap": "none",
            "deductible": {"per": "admission", "amount": {"range": [1, 2]}},
            "ratio": {f"group-{n}": {level: {"range": ["10%", "20%"]} for level in ("primary", "secondary", "tertiary")}
                      for n in range(200)},
        }
    ]  # fmt: skip
    rules["away"] = {"cases": {"unfiled": {"reduce_points": {"range": ["1%", "2%"]}}}}

    with pytest.raises(InvalidData) as refused:
        INPATIENT.estimate(
            parse_area(document),
            case(year_to_date={}, group="unknown", level="unknown", filing="unknown", admission="unknown",
                 bill={"total": 100, "self_funded": "unknown", "first_pay": "unknown"}),
        )  # fmt: skip

    assert refused.value.problems[0].message.startswith("不知道的太多，算不出有用的范围；请先回答其中几项：")


def test_every_step_and_figure_speaks_chinese_and_every_rule_has_a_sentence() -> None:
    kinds = (answer(filing="unfiled", bill={"total": "30万"}), answer(bill={"total": 500}))
    english = re.compile(r"[a-z]{3,}")
    for result in kinds:
        estimate = result.parts[0].estimate
        for end in (estimate.low, estimate.high):
            for step in end.steps:
                assert step.rule in RULES
                assert not english.search("".join(label_and_text(step)))
                assert all(not english.search(figure_name(estimate.area, figure)) for figure, _ in step.figures)


def test_a_reached_cap_is_told_in_words() -> None:
    texts = [label_and_text(step)[1] for step in answer(bill={"total": "30万"}).parts[0].estimate.low.steps]

    # (30,000 − 1,000) × 85% + 9,000 = 33,650; the other 66,350 at 95% are used up at 40,000 + 69,842.11
    assert "已达封顶线：统筹基金一年最多付 100,000 元；到顶以后的费用 190,157.89 元，统筹基金不再支付。" in texts
    assert "封顶线以上还有 190,157.89 元，由大额医疗互助接着算。" in texts


def test_the_slip_and_the_trace_say_the_same() -> None:
    result = answer(filing="unfiled")
    html, trace = slip_html(result, {"notice": "../../sources/#notice"}), to_json(result)

    for end in ("low", "high"):
        for step in trace["estimates"][0][end]["steps"]:
            if step["rule"] not in ("rounding", "layer.no_excess"):
                assert step["text"] in html
    assert trace["headline"].replace(" 元", "&#160;元") in html
    assert 'href="../../sources/#notice"' in html


def test_nothing_of_a_document_reaches_the_slip_unescaped() -> None:
    document = area(name="<b>市</b>")
    document["benefits"][0]["editions"][0]["layers"][0]["name"] = "<script>alert(1)</script>"

    html = slip_html(answer(document, bill={"total": "30万"}))

    assert "<script" not in html
    assert "<b>" not in html


def test_filings_are_compared_on_one_bill() -> None:
    document = {key: value for key, value in case().items() if key != "filing"}

    result = KINDS["filing_comparison"].estimate(parse_area(AREA), document)

    amounts = {part.id: tuple(map(str, part.estimate.amounts["fund"])) for part in result.parts}
    assert amounts == {
        "local": ("38400.00", "38400.00"),
        "long_term": ("38400.00", "38400.00"),
        "unfiled": ("29600.00", "34000.00"),
    }
    assert result.headline == "“异地，没备案，也不是急诊”比“在参保地看病”，医保少付 4,400 元到 8,800 元之间。"


def test_a_doubt_both_cases_share_is_no_difference_between_them() -> None:
    document = plain(ratio={"range": ["70%", "80%"]})
    document["benefits"][0]["editions"][0]["away"] = {"cases": {"unfiled": {"reduce_points": "20%"}}}

    result = KINDS["filing_comparison"].estimate(
        parse_area(document),
        {k: v for k, v in case(bill={"total": 1000}, year_to_date={}).items() if k != "filing"},
    )

    # 700–800 at home and 500–600 unfiled, but always 200 apart
    assert result.headline == "“异地，没备案，也不是急诊”比“在参保地看病”，医保少付 200 元。"
    (difference,) = to_json(result)["differences"]
    assert (difference["id"], difference["fund_pays_less"], difference["person_pays_more"]) == (
        "unfiled", "200.00", "200.00",
    )  # fmt: skip


@pytest.mark.parametrize(
    "request_text",
    ["", "{", "null", "[]", "{}", '{"do": "load"}', '{"do": "estimate"}', '{"do": "load", "area": 5}', '{"do": "fly"}',
     '{"do": "estimate", "kind": "inpatient", "area": "nowhere", "case": {}}'],
)  # fmt: skip
def test_the_bridge_never_raises(request_text: str) -> None:
    reply = json.loads(bridge.answer(request_text))

    assert reply["ok"] is False
    assert reply["message"]


def test_the_bridge_names_wrong_fields_for_the_form() -> None:
    bridge.answer(json.dumps({"do": "load", "area": AREA}))

    reply = json.loads(
        bridge.answer(
            json.dumps(
                {"do": "estimate", "kind": "inpatient", "area": "sample-city", "case": case(bill={"total": "很多"})}
            )
        )
    )

    assert reply["error"] == "invalid"
    assert reply["problems"] == [{"field": "bill.total", "message": "总费用要填数字，例如 50000 或 5万"}]


def test_nobody_is_asked_about_a_bill_whose_ratio_nobody_told_us() -> None:
    untold = layer(brackets=None, ratio="unknown")
    told = copy.deepcopy(AREA)
    told["benefits"].append(copy.deepcopy(untold["benefits"][0]) | {"scheme": "resident"})

    forms = [KINDS[kind].form(parse_area(untold)) for kind in ("inpatient", "filing_comparison", "reconciliation")]
    form = INPATIENT.form(parse_area(told))

    assert forms == [None, None, None]
    assert form is not None
    assert [[choice.value for choice in f.choices] for f in form.fields if f.name == "scheme"] == [["employee"]]


def test_an_area_with_levels_of_its_own_is_not_explained_by_the_usual_ones() -> None:
    usual = INPATIENT.form(parse_area(AREA))
    own = INPATIENT.form(
        parse_area(area(levels={"community": "社区卫生服务中心", "secondary": "二级", "tertiary": "三级"}))
    )

    assert usual is not None
    assert own is not None
    assert [f.help for f in usual.fields if f.name == "level"] == [
        "医院门口或收费票据上写着；社区卫生服务中心、乡镇卫生院一般算一级及以下。"
    ]
    assert [f.help for f in own.fields if f.name == "level"] == ["医院门口或收费票据上写着。"]


def test_the_bridge_makes_only_what_is_asked_for() -> None:
    bridge.answer(json.dumps({"do": "load", "area": AREA}))

    def asked(**want: Any) -> Any:
        request = {"do": "estimate", "kind": "inpatient", "area": "sample-city", "case": case(), **want}
        return json.loads(bridge.answer(json.dumps(request)))

    full = asked()

    assert sorted(full) == ["headline", "html", "ok", "trace"]
    assert asked(want=["headline"]) == {"ok": True, "headline": full["headline"]}
    assert asked(want=["estimates"]) == {"ok": True, "estimates": full["trace"]["estimates"]}
    amounts = {"estimate": full["trace"]["estimates"][0]["amounts"]}
    assert asked(want=["amounts"]) == {"ok": True, "amounts": amounts}
