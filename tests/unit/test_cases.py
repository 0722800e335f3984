"""Every settlement of tests/cases, against the policy files as shipped: whole amounts, whole answers.

A case file holds one case or a list of them. The amounts in `expect` are worked out by hand from the rule; `printed`
is what the cited article prints, kept beside it for the reader of the case and not compared.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from calculator.answer import Answer, Part
from calculator.errors import InvalidData, NotCovered, path_text
from calculator.estimate import Interval
from calculator.kinds import ask
from calculator.kinds.outputs import described
from calculator.model import PoolingArea
from calculator.parse import parse_area
from sitegen import expected
from sitegen.yamlfile import read_yaml

ROOT = Path(__file__).parents[2]
WORDS = {"status", *expected.SHAPES}
"""The keys of `expect` that hold no amounts."""
KEYS = {"id", "title", "area", "kind", "case", "expect", "printed", "note", "source", "structures"}
PARTED = ("filing_comparison", "year", "comparison", "article_formulas")
"""Kinds whose `expect` names every estimate of the answer."""


def read(path: Path) -> Any:
    document, problems = read_yaml(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
    assert problems == ()
    assert document is not None
    return document.data


SOURCES = read(ROOT / "policies/sources.yaml")
POLICY_FILES = {
    path.stem: path for folder in ("areas", "illustrative") for path in (ROOT / "policies" / folder).glob("*.yaml")
}


def cases() -> Iterator[Any]:
    for path in sorted((ROOT / "tests/cases").rglob("*.yaml")):
        found = read(path)
        for case in found if isinstance(found, list) else [found]:
            yield pytest.param(case, id=case["id"])


CASES = list(cases())


def area_of(found: Any) -> PoolingArea:
    return parse_area(read(POLICY_FILES[found]) if isinstance(found, str) else found, SOURCES)


def written(interval: Interval) -> Decimal | list[Decimal]:
    return interval.low if interval.exact else [interval.low, interval.high]


def numbers(found: Any) -> Any:
    """Amounts as written → exact decimals, so that 500 and 500.00 are the same; everything else stays."""
    if isinstance(found, Mapping):
        return {key: value if key in WORDS else numbers(value) for key, value in found.items()}
    if isinstance(found, list):
        return [numbers(item) for item in found]
    return Decimal(found)


def amounts_of(part: Part, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The amounts of an estimate in the words of `expect`; of a contribution all of them, whatever was asked for."""
    found: dict[str, Any] = {name: written(interval) for name, interval in part.estimate.amounts.items()}
    layers = {name.removeprefix("layer:"): found.pop(name) for name in list(found) if name.startswith("layer:")}
    if layers:
        found = {name: found[name] for name in dict.fromkeys(["fund", "person", "account", *wanted]) if name in found}
        if "layers" in wanted:
            found["layers"] = layers
    return found


def told(answer: Answer) -> dict[str, Any]:
    """Findings, days and checklists in the words of `expect`."""
    found = expected.told(answer)
    if "dates" in found:
        found["dates"] = {name: day.isoformat() if day else "none" for name, day in found["dates"].items()}
    return found


def explained(part: Part, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The amounts of an explanation that `expect` names, with those that were solved for."""
    solved = [amount.name for amount in part.amounts if "." in amount.name]
    named = {amount.name: written(amount.interval) for amount in part.amounts}
    return {name: named.get(name) for name in dict.fromkeys([*wanted, *solved])}


def answer_of(case: Mapping[str, Any]) -> Answer:
    """What the calculator says to a case. Raises what it refuses with."""
    named = case["area"] if isinstance(case["area"], list) else [case["area"]]
    return ask(case["kind"], [area_of(area) for area in named], case["case"])


def outcome(case: Mapping[str, Any]) -> dict[str, Any]:
    """What came of the case, in the words of its `expect`."""
    expect = case["expect"]
    try:
        answer = answer_of(case)
    except NotCovered as silent:
        found: dict[str, Any] = {"error": "not_covered", "missing": silent.missing, "nearest": list(silent.nearest)}
        return found if "nearest" in expect else {key: found[key] for key in ("error", "missing")}
    except InvalidData as wrong:
        return {"error": "invalid", "fields": [path_text(problem.path) for problem in wrong.problems]}
    if case["kind"] in PARTED:
        return {part.id: amounts_of(part, expect.get(part.id, {})) for part in answer.parts}
    if not answer.parts:
        return told(answer) | {"status": str(answer.status)}
    if case["kind"] == "reconciliation":
        return {part.id: explained(part, expect.get(part.id, {})) for part in answer.parts}
    (part,) = answer.parts
    return amounts_of(part, expect) | told(answer) | {"status": str(part.estimate.status)}


@pytest.mark.parametrize("case", CASES)
def test_a_case_comes_out_as_worked_by_hand(case: Mapping[str, Any]) -> None:
    expected = case["expect"] if "error" in case["expect"] else numbers(case["expect"])

    found = outcome(case)

    assert found == expected
    if case["kind"] == "reconciliation" and "error" not in case["expect"]:
        assert list(found) == list(expected), "the best explanation first"


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_written_in_full(case: Mapping[str, Any]) -> None:
    expect = case["expect"]

    assert set(case) <= KEYS
    assert {"id", "title", "area", "kind", "case", "expect"} <= set(case)
    assert case["kind"] in (*PARTED, "reconciliation") or "error" in expect or "status" in expect


@pytest.mark.parametrize("case", CASES)
def test_an_answer_holds_only_what_its_calculator_describes(case: Mapping[str, Any]) -> None:
    kind = case["kind"]
    try:
        answer = answer_of(case)
    except (InvalidData, NotCovered):
        return

    amounts = [amount.name for part in answer.parts for amount in part.amounts]
    assert [name for name in amounts if not described(kind, name, "amount", "number")] == []
    assert [day.id for day in answer.dates if not described(kind, day.id, "date")] == []
    assert [listed.id for listed in answer.checklists if not described(kind, listed.id, "checklist")] == []
    assert answer.finding is None or described(kind, "finding", "finding")


def test_case_ids_are_unique() -> None:
    ids = [param.values[0]["id"] for param in CASES]

    assert sorted(ids) == sorted(set(ids))


def test_every_example_of_the_articles_has_its_case() -> None:
    names = {path.stem for path in (ROOT / "tests/cases").rglob("*.yaml")}
    wanted = {f"w-{n:02}" for n in (*range(1, 24), 27)} | {f"v-{n:02}" for n in range(1, 20)}

    assert wanted - names == set()
