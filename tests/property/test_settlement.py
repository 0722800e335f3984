"""What holds for every settlement, whatever the area's rules."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from calculator.case import read_case
from calculator.compare import Subject, contrast
from calculator.errors import InvalidData
from calculator.estimate import Estimate, estimate
from calculator.kinds import KINDS
from calculator.parse import parse_area
from calculator.sentences.compare import cause_text
from calculator.settle import settle
from calculator.slip import slip_html
from calculator.trace import to_json
from tests.property.areas import Document, area_documents, bills, cases

SETTINGS = settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
EXACT_ROUNDING = st.just({"at": "end", "unit": "fen", "mode": "half_up"})


def settled(document: Document, case: Document) -> Estimate:
    area = parse_area(document)
    try:
        return estimate(area, *settle(area, read_case(case, area)))
    except InvalidData as problem:
        assume(problem.problems[0].check != "unknown")  # too many completions: refused on purpose
        raise


@SETTINGS
@given(st.data())
def test_the_payers_add_up_to_the_bill_and_nobody_pays_less_than_nothing(data: st.DataObject) -> None:
    document = data.draw(area_documents())
    case = data.draw(cases(document))

    area = parse_area(document)
    outcomes, _ = settle(area, read_case(case, area))

    for outcome in outcomes:
        amounts = outcome.amounts
        payers = [
            amount for name, amount in amounts.items() if name.startswith("layer:") or name in ("person", "account")
        ]
        assert sum(payers) == amounts["total"] == Decimal(case["bill"]["total"])
        assert min(payers) >= 0
        assert all(amount == amount.quantize(Decimal("0.01")) for amount in payers)


@SETTINGS
@given(st.data())
def test_a_cap_on_what_the_fund_pays_is_never_exceeded(data: st.DataObject) -> None:
    document = data.draw(area_documents())
    case = data.draw(cases(document))

    result = settled(document, case)

    for layer in document["benefits"][0]["editions"][0]["layers"]:
        cap = layer["cap"]
        if isinstance(cap, dict) and cap["of"] == "fund_payment" and isinstance(cap["amount"], int):
            used = case["year_to_date"].get(layer["id"], {}).get("paid", 0) if cap["per"] == "year" else 0
            assert result.amounts[f"layer:{layer['id']}"].high <= max(0, cap["amount"] - used)


@SETTINGS
@given(st.data())
def test_more_eligible_cost_never_lowers_what_the_fund_pays(data: st.DataObject) -> None:
    document = data.draw(area_documents(EXACT_ROUNDING))
    case = data.draw(cases(document))
    more = copy.deepcopy(case)
    more["bill"]["total"] = (
        f"{Decimal(case['bill']['total']) + data.draw(st.integers(1, 5_000_000)) / Decimal(100):.2f}"
    )

    before, after = settled(document, case), settled(document, more)

    # each layer is rounded by itself, and where a cap bites the excess begins at a whole fen
    slack = Decimal("0.02") * len(document["benefits"][0]["editions"][0]["layers"])
    assert after.amounts["fund"].low >= before.amounts["fund"].low - slack
    assert after.amounts["fund"].high >= before.amounts["fund"].high - slack


@SETTINGS
@given(st.data())
def test_the_interval_holds_every_completion_of_what_is_uncertain(data: st.DataObject) -> None:
    document = data.draw(area_documents(EXACT_ROUNDING))
    case = data.draw(cases(document))
    for question in data.draw(st.sets(st.sampled_from(("group", "level", "filing", "admission")), max_size=2)):
        case[question] = "unknown"
    part = data.draw(st.sampled_from((None, "self_funded", "first_pay")))
    if part:
        case["bill"][part] = "unknown"

    interval = settled(document, case)
    certain_document, certain_case = completed(document, case, data)
    certain = settled(certain_document, certain_case)

    assert certain.exact
    slack = Decimal("0.02") * len(document["benefits"][0]["editions"][0]["layers"])
    for name in ("fund", "person"):
        low, high = interval.amounts[name]
        assert low - slack <= certain.amounts[name].low <= high + slack


def completed(document: Document, case: Document, data: st.DataObject) -> tuple[Document, Document]:
    """The same area and case with every range, dispute and unanswered question settled one way."""

    def settle_figures(found: Any) -> Any:
        if isinstance(found, dict) and "range" in found:
            return between(found["range"], data)
        if isinstance(found, dict) and "disputed" in found:
            return data.draw(st.sampled_from([side["value"] for side in found["disputed"]]))
        if isinstance(found, dict):
            return {key: settle_figures(value) for key, value in found.items()}
        return [settle_figures(value) for value in found] if isinstance(found, list) else found

    certain = copy.deepcopy(document)
    certain["benefits"] = settle_figures(certain["benefits"])
    answered = copy.deepcopy(case)
    away = document["benefits"][0]["editions"][0]["away"]["cases"]
    options = {
        "group": ("in_service", "retired"),
        "level": ("primary", "secondary", "tertiary"),
        "filing": tuple(away),  # the distance is stated: whoever says how far away it is was not treated at home
        "admission": (1, 2, 3, 4),
    }
    for question, words in options.items():
        if case[question] == "unknown":
            answered[question] = data.draw(st.sampled_from(words))
    rest = Decimal(case["bill"]["total"]) - sum(
        Decimal(amount) for name, amount in case["bill"].items() if name != "total" and amount != "unknown"
    )
    for name, amount in case["bill"].items():
        if amount == "unknown":
            answered["bill"][name] = f"{Decimal(data.draw(st.integers(0, int(rest * 100)))) / 100:.2f}"
    return certain, answered


def between(ends: list[Any], data: st.DataObject) -> Any:
    """A value within a range, in its unit."""
    if isinstance(ends[0], int):
        return data.draw(st.integers(ends[0], ends[1]))
    low, high = (int(Decimal(end[:-1]) * 10) for end in ends)
    return f"{Decimal(data.draw(st.integers(low, high))) / 10:f}%"


@SETTINGS
@given(st.data())
def test_an_area_and_its_answer_survive_json(data: st.DataObject) -> None:
    document = data.draw(area_documents())
    case = data.draw(cases(document))
    again = json.loads(json.dumps(document, ensure_ascii=False))
    kind = KINDS["inpatient"]

    try:
        first = kind.estimate(parse_area(document), case)
    except InvalidData as refused:
        assume(refused.problems[0].check != "unknown")
        raise
    second = kind.estimate(parse_area(again), json.loads(json.dumps(case)))

    assert json.loads(json.dumps(to_json(first))) == to_json(second)
    assert slip_html(first) == slip_html(second)


@SETTINGS
@given(bills())
def test_a_refused_stay_is_paid_by_nobody_but_the_person(bill: Document) -> None:
    document = minimal({"unfiled": {"pays": "nothing"}})
    case = {
        "scheme": "employee", "group": "retired", "level": "primary", "filing": "unfiled", "date": "2025-06-01",
        "bill": bill,
    }  # fmt: skip

    result = settled(document, case)

    assert result.amounts["fund"].high == 0
    assert result.amounts["person"].low == Decimal(bill["total"])


def minimal(away: Document) -> Document:
    """The smallest area with out-of-area rules."""
    layer = {"id": "basic", "name": "统筹基金", "deductible": "none", "ratio": "80%", "cap": "none"}
    edition = {
        "from": "2025-01-01", "status": "illustrative", "sources": ["this"], "layers": [layer], "away": {"cases": away},
        "guarantee": {"ratio": "30%"},
    }  # fmt: skip
    return {
        "id": "small", "name": "小市", "province": "示例省", "pooled_at": "city", "fictional": True,
        "checked_on": "2026-01-01", "sources": {"this": {"title": "甲", "issuer": "乙", "kind": "secondary"}},
        "benefits": [{"scheme": "employee", "care": "inpatient", "editions": [edition]}],
    }  # fmt: skip


@settings(SETTINGS, max_examples=60)
@given(st.data())
def test_a_difference_is_split_without_a_rest(data: st.DataObject) -> None:
    first = data.draw(area_documents())
    second = data.draw(st.one_of(st.just(first), area_documents()))
    subjects = []
    for document in (first, second if second is first else second | {"id": "other"}):
        area = parse_area(document)
        subjects.append(Subject(area, read_case(data.draw(cases(document)), area)))

    try:
        result = contrast(*subjects)
    except InvalidData as refused:
        assume(refused.problems[0].check != "unknown")
        raise

    for split, fund in zip((result.low, result.high), result.fund_less, strict=True):
        assert sum(cause.fund_less for cause in split.causes) == split.fund_less == fund
        assert sum(cause.person_more for cause in split.causes) == split.person_more
        assert all(cause_text(cause) for cause in split.causes)
