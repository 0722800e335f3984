"""Places and days compared: what is asked of each, the sentence that comes first, and what is told where rules lack."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest

from calculator import bridge
from calculator.compare_slip import compare_html, difference_lines
from calculator.errors import InvalidData
from calculator.kinds import ask
from calculator.kinds.comparison import common_form, day_words
from calculator.parse import parse_area
from tests.unit.calculator.sample import AREA

Document = dict[str, Any]
CASE: Document = {
    "scheme": "employee", "group": "in_service", "level": "tertiary", "filing": "local", "date": "2026-03-01",
    "admission": "1", "bill": {"total": "50000"},
}  # fmt: skip


def place(name: str, city: str, **changes: Any) -> Document:
    """The sample area under another name, its employees' stays changed."""
    document = copy.deepcopy(AREA)
    document |= {"id": name, "name": city}
    document["benefits"][0]["editions"][0] |= changes
    return document


def flat(name: str, city: str, ratio: Any, deductible: Any = 1000) -> Document:
    """A place with one layer that pays one ratio above one deductible."""
    layer = {
        "id": "basic", "name": "统筹基金", "deductible": {"per": "admission", "amount": deductible},
        "ratio": ratio, "cap": "none",
    }  # fmt: skip
    document = place(name, city, layers=[layer])
    del document["benefits"][0]["editions"][0]["away"]
    return document


def compared(documents: list[Document], case: Document) -> Any:
    return ask("comparison", [parse_area(document) for document in documents], case)


# 甲市: (50,000 - 1,000) × 80% = 39,200; 乙市: (50,000 - 600) × 70% = 34,580, which is 4,620 less.
FIRST = flat("first-city", "甲市", "80%")
SECOND = flat("second-city", "乙市", "70%", 600)


def test_the_difference_in_yuan_comes_first() -> None:
    answer = compared([FIRST, SECOND], CASE)

    assert difference_lines(answer) == (
        "同样花 50,000 元，在乙市参保比在甲市参保，医保少付 4,620 元，您自己多付 4,620 元。",
    )
    html = compare_html(answer, {})
    assert html.index("4,620") < html.index("<svg") < html.index("compare-cards") < html.index("差在哪里")


def test_the_widest_difference_of_three_is_first_and_equal_ones_are_told() -> None:
    answer = compared([FIRST, flat("third-city", "丙市", "80%"), SECOND], CASE)

    assert difference_lines(answer) == (
        "同样花 50,000 元，在乙市参保比在甲市参保，医保少付 4,620 元，您自己多付 4,620 元。",
        "同样花 50,000 元，在丙市参保和在甲市参保付的一样多。",
    )


def test_a_place_without_the_rule_is_told_and_never_nothing() -> None:
    residents = copy.deepcopy(SECOND)
    residents["benefits"][0]["scheme"] = "resident"
    html = compare_html(answer := compared([FIRST, residents], CASE), {})

    assert difference_lines(answer)[1] == "乙市：没有收录，比不出来；缺什么写在下面。没有收录不是不报。"
    assert '<strong class="compare-missing">没有收录</strong> 乙市职工医保住院的规则本站没有收录。' in html
    assert not re.search(r">0(\.00)?<", html)
    assert difference_lines(answer)[0] == ("只有在甲市参保能算：花 50,000 元，医保付 39,200 元，您自己付 10,800 元。")


def test_what_a_place_alone_asks_is_not_known_there() -> None:
    # 乙市 pays 70% under 60 years and 80% from there: (50,000 - 600) × 80% = 39,520, between 4,620 less and 320 more.
    aged = flat("second-city", "乙市", {"young": "70%", "old": "80%"}, 600)
    aged["traits"] = {"years": {"name": "年龄段", "of": "age", "words": {"young": "不满 60 岁", "old": "60 岁以上"},
                                "bands": {"young": 0, "old": 60}}}  # fmt: skip
    unknown = compared([FIRST, aged], CASE)
    known = compared([FIRST, aged], CASE | {"numbers": {"age": "65"}})

    assert unknown.notices == ("乙市：年龄没有填，按不知道算。",)
    assert difference_lines(unknown)[0] == (
        "同样花 50,000 元，在乙市参保比在甲市参保，医保可能多付 320 元，也可能少付 4,620 元，"
        "您自己可能多付 4,620 元，也可能少付 320 元。"
    )
    assert known.notices == ()
    assert "医保多付 320 元" in difference_lines(known)[0]


def test_a_rank_of_hospitals_that_a_place_divides_may_be_any_of_its_levels() -> None:
    divided = flat("second-city", "乙市", {"upper": "70%", "lower": "75%", "small": "90%"}, 600)
    divided["levels"] = {"upper": "三甲", "lower": "三乙", "small": "其他"}
    divided["hospital_grades"] = {"三甲": "upper", "三乙": "lower", "二甲": "small"}
    answer = compared([FIRST, divided], CASE)

    # 34,580 or (50,000 - 600) × 75% = 37,050.
    assert [str(end) for end in answer.parts[1].estimate.amounts["fund"]] == ["34580.00", "37050.00"]
    missing = compared([FIRST, divided], CASE | {"level": "primary"}).missing
    assert [one.reason for one in missing] == ["未收录。乙市没有“一级及以下”这一档，收录的有：三甲、三乙、其他。"]


def test_two_days_of_one_place() -> None:
    changed = copy.deepcopy(FIRST)
    (edition,) = changed["benefits"][0]["editions"]
    later = copy.deepcopy(edition) | {"from": "2027-01-01"}
    later["layers"][0]["ratio"] = "90%"
    changed["benefits"][0]["editions"] = [edition | {"until": "2026-12-31"}, later]
    case = {name: value for name, value in CASE.items() if name != "date"} | {"dates": ["2026-06-01", "2027-06-01"]}

    # (50,000 - 1,000) × 90% = 44,100, which is 4,900 more.
    assert difference_lines(compared([changed], case)) == (
        "同样花 50,000 元，按 2027 年 6 月 1 日的规定比按 2026 年 6 月 1 日的规定，医保多付 4,900 元，"
        "您自己少付 4,900 元。",
    )


@pytest.mark.parametrize(
    ("dates", "fields"),
    [
        (["2026-06-01"], ["dates"]),
        (["2026-06-01", "2026-06-01"], ["dates.1"]),
        (["2026-06-01", "2026-06-31"], ["dates.1"]),
        ("2026-06-01", ["dates"]),
    ],
)
def test_days_that_cannot_be_compared(dates: object, fields: list[str]) -> None:
    case = {name: value for name, value in CASE.items() if name != "date"} | {"dates": dates}

    with pytest.raises(InvalidData) as wrong:
        compared([FIRST], case)

    assert [problem.where for problem in wrong.value.problems] == fields


def test_a_wrong_bill_is_said_once_and_at_its_place() -> None:
    with pytest.raises(InvalidData) as wrong:
        compared([FIRST, SECOND], CASE | {"bill": {"total": "许多"}})

    assert [problem.where for problem in wrong.value.problems] == ["bill.total"]


def test_the_bridge_compares_and_each_place_has_its_own_links() -> None:
    for document in (FIRST, SECOND):
        assert json.loads(bridge.answer(json.dumps({"do": "load", "area": document, "sources": {}})))["ok"]
    links = {"first-city": {"notice": "../a#x"}, "second-city": {"notice": "../b#y"}}
    request = {"do": "compare", "areas": ["first-city", "second-city"], "case": CASE, "links": links}
    reply = json.loads(bridge.answer(json.dumps(request)))

    assert reply["headline"].startswith("同样花 50,000 元")
    first, second = reply["html"].split('<details class="slip-details">')[1:]
    assert ('href="../a#x"' in first, 'href="../b#y"' in first) == (True, False)
    assert ('href="../a#x"' in second, 'href="../b#y"' in second) == (False, True)


def test_the_common_form_asks_nothing_one_place_alone_knows() -> None:
    names = set(common_form().names())

    assert {"scheme", "level", "filing", "date", "bill.total"} <= names
    assert not [name for name in names if name.startswith("traits.")]
    assert day_words("2026-03-01") == "2026 年 3 月 1 日"
    assert day_words("哪天") == "哪天"
