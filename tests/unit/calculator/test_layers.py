"""Layers and caps over several events: what counts into which accumulator, and what waits for the year's end."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from calculator.case import read_case
from calculator.completions import Run
from calculator.history import History, Used
from calculator.model import PoolingArea
from calculator.parse import parse_area
from calculator.settle import settlement


def area(
    care: str, layers: list[dict[str, Any]], *others: tuple[str, list[dict[str, Any]]], **more: Any
) -> PoolingArea:
    head = {"name": "测试市", "province": "测试省", "pooled_at": "city", "fictional": True, "checked_on": "2026-11-22"}
    source = {"notice": {"title": "通知", "issuer": "测试市医疗保障局", "kind": "official"}}
    rules = {"from": "2026-01-01", "status": "illustrative", "sources": ["notice"]}
    benefits = [
        {"scheme": "resident", "care": name, "editions": [{**rules, "layers": found}]}
        for name, found in ((care, layers), *others)
    ]
    return parse_area({"id": "layers", **head, "sources": source, "benefits": benefits, **more})


HALF: dict[str, Any] = {"id": "basic", "name": "统筹基金", "deductible": "none", "ratio": "50%", "cap": "none"}
POOL = {"amount": 100000, "of": "fund_payment", "per": "year", "shared": "pool"}
DISEASES = {"disease": {"name": "病种", "words": {"hypertension": "高血压", "kidney": "透析"}}}
CHRONIC = area(
    "chronic",
    [
        HALF
        | {
            "cap": [
                POOL | {"amount": {"kidney": "none", "other": 100000}},
                {"amount": {"kidney": 60000, "other": "none"}, "of": "fund_payment", "per": "year", "each": "disease"},
            ]
        }
    ],
    ("inpatient", [HALF | {"id": "stay", "cap": POOL}]),
    traits=DISEASES,
)


def used_by(disease: str) -> dict[str, Used]:
    case = {"scheme": "resident", "date": "2026-06-01", "bill": {"total": 2000}, "traits": {"disease": disease}}
    outcome = settlement(CHRONIC, read_case(case, CHRONIC, "chronic"))(Run())
    return dict(outcome.tally)


def test_a_disease_in_the_pool_uses_up_the_pool() -> None:
    found = used_by("hypertension")

    assert set(found) == {"basic", "pool"}
    assert (found["pool"].paid, found["pool"].counted) == (Decimal(1000), Decimal(2000))


def test_a_disease_on_its_own_uses_up_its_own_limit_only() -> None:
    found = used_by("kidney")

    assert set(found) == {"basic", "basic.kidney"}
    assert found["basic.kidney"].paid == Decimal(1000)


BOUND = {
    "id": "bound", "name": "再救助", "base": {"own": ["share"]}, "settles": "year_end",
    "true_up": {"own_at_most": "10%", "of": "eligible"},
}  # fmt: skip


def test_an_event_inside_a_year_leaves_the_years_end_for_later() -> None:
    place = area("inpatient", [HALF, BOUND])
    case = read_case({"scheme": "resident", "date": "2026-11-01", "bill": {"total": 4000}}, place)

    outcome = settlement(place, replace(case, history=History(known=True)))(Run())

    assert outcome.amounts["fund"] == Decimal("2000.00")
    assert outcome.amounts["layer:bound"] == 0
