"""再多花 1,000 元, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from calculator.kinds import KINDS
from calculator.parse import parse_area
from calculator.slip import slip_html
from calculator.statement import statement
from calculator.trace import to_json
from tests.unit.calculator.test_curve import BASIC, LARGE, area


def answered(total: str, **case: Any) -> Any:
    stated = {
        "scheme": "employee", "group": "in_service", "level": "tertiary", "filing": "local", "admission": 1,
        "date": "2025-06-01", "bill": {"total": total}, "year_to_date": {"basic": {"paid": 0}},
    }  # fmt: skip
    return KINDS["inpatient"].estimate(parse_area(area([BASIC, LARGE])), {**stated, **case})


@pytest.mark.parametrize(
    ("total", "fund", "person", "text"),
    [
        # inside the first bracket: 85%
        ("10000", "850.00", "150.00", "医保范围内再多花 1,000 元，医保多付 850 元，您自己多付 150 元。"),
        # 400 up to the deductible of 1,000, then 600 × 85% = 510
        (
            "600",
            "510.00",
            "490.00",
            "医保范围内再多花 1,000 元，医保多付 510 元，您自己多付 490 元。其中过了起付线，统筹基金开始按 85% 支付。",
        ),
        # 500 × 90% = 450 up to the cap at 60,000, then 500 × 80% = 400 by the next layer
        (
            "59500",
            "850.00",
            "150.00",
            "医保范围内再多花 1,000 元，医保多付 850 元，您自己多付 150 元。"
            "其中到了统筹基金的封顶线，大额互助开始按 80% 支付。",
        ),
        # both caps are reached: nothing more
        ("200000", "0.00", "1000.00", "医保范围内再多花 1,000 元，医保不多付，您自己多付 1,000 元。"),
    ],
)
def test_a_thousand_yuan_more_is_settled_anew(total: str, fund: str, person: str, text: str) -> None:
    answer = answered(total)

    expected = {"more": "1000.00", "fund": fund, "account": "0.00", "person": person, "text": text}
    assert to_json(answer)["marginal"] == expected
    assert text in slip_html(answer).replace("&#160;", " ")
    assert text in statement(answer)


def test_nothing_is_said_where_the_answer_is_an_interval() -> None:
    answer = answered("50000", bill={"total": "50000", "self_funded": "unknown"})

    assert answer.marginal is None
    assert "marginal" not in to_json(answer)
