"""Which caps a sheet says were reached, how far away the others are, and what was assumed about the year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from calculator.ledger import Step
from tests.unit.test_cases import CASES, answer_of

KNOWN = {param.values[0]["id"]: param.values[0] for param in CASES}


def steps_of(name: str, **changed: Any) -> tuple[Step, ...]:
    """The steps of a case of tests/cases with some of what it states changed; None takes a key away."""
    found = KNOWN[name]
    stated: Mapping[str, Any] = {k: v for k, v in {**found["case"], **changed}.items() if v is not None}
    return answer_of({**found, "case": stated}).parts[0].estimate.low.steps


def caps(steps: tuple[Step, ...]) -> list[tuple[str, str, Any, Any]]:
    """Each cap: its name, whether it was reached, what is left of it, what lies beyond."""
    return [
        (step.data["name"], step.rule, step.data["left"], step.data["beyond"])
        for step in steps
        if step.rule in ("cap.reached", "cap.within")
    ]


# 50%, 一年支付 1,000：1,600 支付 800，还差 200；2,000 正好支付 1,000，没有超过；4,000 在 2,000 的地方到顶，超过 2,000。
@pytest.mark.parametrize(
    ("total", "rule", "left", "beyond"),
    [
        (1600, "cap.within", "200", "0"),
        (2000, "cap.within", "0", "0"),
        (4000, "cap.reached", "0", "2000"),
    ],
)
def test_a_cap_is_reached_when_cost_lies_beyond_it(total: int, rule: str, left: str, beyond: str) -> None:
    steps = steps_of("edge-cap-without-what-was-carried", bill={"total": total})

    assert caps(steps) == [("", rule, Decimal(left), Decimal(beyond))]


# 每次 1,000、一年 1,500 的费用，一年用了 800 还剩 700：先到的是一年的；用了 100 还剩 1,400：先到的是每次的。
@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("edge-the-years-cap-is-the-tighter", [("每次", "cap.within"), ("一年", "cap.reached")]),
        ("edge-the-stays-cap-is-the-tighter", [("每次", "cap.reached"), ("一年", "cap.within")]),
    ],
)
def test_of_two_caps_the_tighter_one_is_said_to_be_reached(name: str, rules: list[tuple[str, str]]) -> None:
    assert [cap[:2] for cap in caps(steps_of(name))] == rules


def assumed(steps: tuple[Step, ...]) -> list[str]:
    return [step.rule for step in steps if step.rule.startswith("assume.")]


def test_what_the_year_has_used_is_assumed_only_where_nobody_said_so() -> None:
    name = "edge-cap-with-what-was-carried"
    told = steps_of(name, filing="local", year_to_date={"basic": {"paid": 0}})

    assert assumed(steps_of(name, filing="local")) == ["assume.year_to_date"]
    assert assumed(told) == []


def test_a_cap_of_each_visit_assumes_nothing_of_the_year() -> None:
    assert assumed(steps_of("edge-items-apart-and-a-cap-on-payment", filing="local")) == []


def test_a_deductible_of_the_year_assumes_it_once() -> None:
    steps = steps_of("edge-the-same-level-carries", filing="local", year_to_date=None)

    assert assumed(steps) == ["assume.year_to_date"]
