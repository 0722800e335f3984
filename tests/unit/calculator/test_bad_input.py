"""Documents of the wrong form: each is refused with its place, and nothing in them is dropped without a word."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from calculator import bridge
from calculator.along import curves
from calculator.errors import InvalidData, NotCovered
from calculator.kinds import KINDS
from calculator.parse import parse_area
from tests.unit.calculator.sample import AREA, Document, area, case, edition, layer
from tests.unit.test_cases import CASES, answer_of

STENT: Document = {"stent": {"name": "支架", "first_pay": "20%"}}
WRONG: tuple[Any, ...] = (None, True, [], {}, "", "x", -1, "1.5", 1.5, 10**30, "9" * 40, [[]], [None], {"x": {"y": 1}})
"""Values of every form, none of which fits everywhere."""


def refused(document: object, **changes: Any) -> list[str]:
    """What an estimate of a case in this area is refused with."""
    with pytest.raises(InvalidData) as wrong:
        KINDS["inpatient"].estimate(parse_area(document), case(**changes))
    return [f"{p.where}: {p.message} [{p.check}]" for p in wrong.value.problems]


def test_a_transfer_from_something_that_is_no_word_is_refused() -> None:
    assert refused(AREA, transfer={"from": {"level": "secondary"}, "days": 0}) == [
        "transfer.from: 从哪一级医院转来，写的是一组键值；可以是 primary（一级及以下）、secondary（二级）、tertiary（三级） [word]"
    ]


def test_a_class_of_items_that_is_no_word_is_refused() -> None:
    bill = {"total": 50000, "items": [{"class": ["stent"], "amount": 100}]}

    assert refused(edition(items=STENT), bill=bill) == [
        "bill.items[0].class: 没有一个列表这一类项目；可用：stent（支架） [word]"
    ]


def test_no_line_of_a_long_bill_is_dropped() -> None:
    items = [{"class": "stent", "amount": 1}] * 501
    class_b = [{"amount": 1, "rate": "10%"}] * 501

    assert refused(edition(items=STENT), bill={"total": 50000, "items": items, "class_b": class_b}) == [
        "bill.class_b: 有 501 项，最多 500 项；比例相同的可以合成一项 [size]",
        "bill.items: 有 501 项，最多 500 项；同一类的可以合成一项 [size]",
    ]


def test_none_of_an_item_is_not_one_of_it() -> None:
    bill = {"total": 50000, "items": {"stent": {"amount": 100, "units": 0}}}

    assert refused(edition(items=STENT), bill=bill) == [
        "bill.items.stent.units: 写的是“0”，应是几个（次），例如 2 [whole]"
    ]


@pytest.mark.parametrize(
    ("used", "where", "message"),
    [
        ({"basic": 120}, "year_to_date.basic", "应是一组键值：paid、counted、deductible、share"),
        (["basic"], "year_to_date", "应是一组键值"),
    ],
)
def test_a_curve_along_something_that_holds_nothing_is_refused(used: Any, where: str, message: str) -> None:
    with pytest.raises(InvalidData) as wrong:
        curves("inpatient", parse_area(AREA), case(year_to_date=used), "year_to_date.basic.paid")

    assert [(p.where, p.message) for p in wrong.value.problems] == [(where, message)]


def test_sources_of_a_statement_that_are_no_list_are_refused() -> None:
    row = {"from": "2026-01-01", "status": "illustrative", "sources": 1, "needs": "reason"}
    services = {"services": {"account_away": [row]}}

    with pytest.raises(InvalidData) as wrong:
        parse_area(area(**services))

    assert "services.account_away[0].sources" in [p.where for p in wrong.value.problems]


def test_a_level_counted_as_no_word_is_refused() -> None:
    cases = {"unfiled": {"level_as": {"tertiary": {"level": "secondary"}}}}

    with pytest.raises(InvalidData) as wrong:
        parse_area(edition(away={"layers": ["basic"], "cases": cases}))

    assert [f"{p.where}: {p.message} [{p.check}]" for p in wrong.value.problems] == [
        "benefits[0].editions[0].away.cases.unfiled.level_as: "
        "没有一组键值这一级；有 primary、secondary、tertiary [word]"
    ]


def places(document: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a document."""
    inner = (
        document.items() if isinstance(document, dict) else enumerate(document if isinstance(document, list) else ())
    )
    for key, value in inner:
        yield (*path, key)
        yield from places(value, (*path, key))


def replaced(document: Document, path: tuple[Any, ...], value: Any) -> Document:
    """A copy with something else in one place."""
    changed = copy.deepcopy(document)
    here: Any = changed
    for key in path[:-1]:
        here = here[key]
    here[path[-1]] = value
    return changed


FULL = layer(changes=[{"name": "连续参保", "when": {"level": "tertiary"}, "add_points": "1%"}])


def problems_of(document: Document) -> list[str]:
    """What a document is refused with; nothing when it is read."""
    try:
        parse_area(document)
    except InvalidData as wrong:
        return [problem.message for problem in wrong.problems] or [""]
    return []


@pytest.mark.parametrize("path", list(places(FULL)), ids=lambda path: ".".join(map(str, path)))
def test_a_document_with_anything_in_any_place_is_read_or_refused_in_words(path: tuple[Any, ...]) -> None:
    for value in WRONG:
        for message in problems_of(replaced(FULL, path, value)):
            assert message
            assert not any(sign in message for sign in ("None", "Decimal(", "{'", "['", "<class"))


CASE = case(
    transfer={"from": "secondary", "days": 0, "deductible": 600},
    bill={"total": 50000, "self_funded": 100, "class_b": [{"amount": 100, "rate": "10%"}],
          "items": {"stent": {"amount": 100, "units": 1}}},
    year_to_date={"basic": {"paid": 100}},
)  # fmt: skip


@pytest.mark.parametrize("path", list(places(CASE)), ids=lambda path: ".".join(map(str, path)))
def test_a_case_with_anything_in_any_place_is_answered_or_refused_in_words(path: tuple[Any, ...]) -> None:
    bridge.answer(json.dumps({"do": "load", "area": edition(items=STENT)}))
    for value in WRONG:
        request = {"do": "estimate", "kind": "inpatient", "area": "sample-city", "case": replaced(CASE, path, value)}

        reply = json.loads(bridge.answer(json.dumps(request)))

        assert reply.get("error") in (None, "invalid", "not_covered")


def written() -> Iterator[Any]:
    """The longest case of every calculator: the one that uses most of what its description offers."""
    for kind in KINDS:
        found = [param.values[0] for param in CASES if param.values[0]["kind"] == kind]
        answered = (one for one in found if not one["expect"].get("error"))
        longest = max(answered, key=lambda one: len(str(one["case"])))
        yield pytest.param(longest, id=kind)


def told_of(one: Document) -> list[str]:
    """What a case is refused with; nothing when it is answered."""
    try:
        answer_of(one)
    except InvalidData as wrong:
        return [problem.message for problem in wrong.problems]
    except NotCovered as silent:
        return [str(silent)]
    return []


@pytest.mark.parametrize("one", list(written()))
def test_every_calculator_answers_or_refuses_anything_in_any_place(one: Document) -> None:
    for path in places(one["case"]):
        for value in WRONG:
            assert all(told_of(one | {"case": replaced(one["case"], path, value)})), (path, value)
