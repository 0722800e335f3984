"""The policy files as shipped: every figure has its provenance, and the figures are those of its sources."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from calculator.explain import value_text
from calculator.model import Edition, Figure, PoolingArea, Status
from calculator.parse import WITH_EDITIONS, edition_days, parse_area, parse_sources
from sitegen.yamlfile import read_yaml

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "policies"
FILES = sorted(POLICIES.glob("*/*.yaml"))
NUMBER = re.compile(r"(0|[1-9]\d*)(\.\d+)?%?", re.ASCII)
HEAD = {"from", "until", "status", "sources", "note", "annotations"}


def read(path: Path) -> Any:
    document, problems = read_yaml(path.read_text(encoding="utf-8"), path.name)
    assert problems == ()
    assert document is not None
    return document.data


SOURCES = read(POLICIES / "sources.yaml")
AREAS = {path.stem: parse_area(read(path), SOURCES) for path in FILES}


def editions(area: PoolingArea) -> Iterator[Edition]:
    for item in area.parts:
        yield from item.editions


def figures(area: PoolingArea) -> dict[str, Figure]:
    """Every figure of an area's newest editions, by its reference."""
    found: dict[str, Figure] = {}
    for item in area.parts:
        found |= {figure.reference: figure for figure in item.editions[-1].figures}
    return found


def numbers_in(found: Any) -> Iterator[str]:
    """Every amount and percentage written in a part of a document, notes and provenance aside.

    How long a part of a stay is, and within how many days a transfer counts, are terms of a rule, not figures.
    """
    if isinstance(found, dict):
        for key, value in found.items():
            if key not in ("note", "sources", "status", "name", "id", "periods", "within_days", "every_days"):
                yield from numbers_in(value)
    elif isinstance(found, list):
        for item in found:
            yield from numbers_in(item)
    elif isinstance(found, int | str) and not isinstance(found, bool) and NUMBER.fullmatch(str(found)):
        yield str(found)


def without_starts(found: Any) -> Any:
    """A part of a document without the year, age or count from which or below which a change counts: rules, not figures."""
    if isinstance(found, dict):
        return {key: without_starts(value) for key, value in found.items() if key not in ("from", "below")}
    return [without_starts(item) for item in found] if isinstance(found, list) else found


def is_borrowed(figure: Figure, item: Any) -> bool:
    """Whether it stands in another kind of care and is taken over from there by ``like``."""
    care = getattr(item, "care", None)
    return care is not None and not figure.reference.startswith(f"{item.scheme}/{care}/")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_number_written_is_a_figure_with_provenance(path: Path) -> None:
    document, area = read(path), AREAS[path.stem]
    written = sorted(
        number
        for name in WITH_EDITIONS
        for item in document.get(name, ())
        for edition in item["editions"]
        for number in numbers_in(without_starts({key: value for key, value in edition.items() if key not in HEAD}))
    )

    held = [
        value
        for item in area.parts
        for edition in item.editions
        for figure in edition.figures
        if figure.unit != "word" and figure.unit != "rule" and not is_borrowed(figure, item)
        for value in figure.values
    ]

    assert len(held) == len(written)


@pytest.mark.parametrize("area", AREAS.values(), ids=AREAS)
def test_every_figure_resolves_to_sources_status_days_and_a_check(area: PoolingArea) -> None:
    for edition in editions(area):
        first, last = edition_days(edition, None)
        assert first <= (last or date.max)
        assert edition.sources
        for figure in edition.figures:
            assert figure.status in Status
            assert figure.sources, figure.reference
            assert set(figure.sources) <= set(area.sources), figure.reference
    assert date(2026, 1, 1) <= area.checked_on


@pytest.mark.parametrize("area", AREAS.values(), ids=AREAS)
def test_a_disputed_figure_says_why(area: PoolingArea) -> None:
    silent = [
        figure.reference
        for edition in editions(area)
        for figure in edition.figures
        if figure.status is Status.DISPUTED and not (figure.note or any(side.note for side in figure.sides))
    ]

    assert silent == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_places_that_exist_and_places_that_do_not_are_kept_apart(path: Path) -> None:
    area = AREAS[path.stem]

    statuses = {figure.status for edition in editions(area) for figure in edition.figures}

    assert area.id == path.stem
    assert area.fictional == (path.parent.name == "illustrative")
    assert area.gaps
    assert (statuses == {Status.ILLUSTRATIVE}) == area.fictional
    assert (Status.ILLUSTRATIVE in statuses) == area.fictional


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_editors_complete_and_check_while_typing(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]

    assert first == "# yaml-language-server: $schema=../area.schema.json"


@pytest.mark.parametrize("area", AREAS.values(), ids=AREAS)
def test_contributions_end_with_their_year(area: PoolingArea) -> None:
    for contribution in area.contributions:
        for edition in contribution.editions:
            since = edition.since
            assert edition.until == date(since.year + 1, since.month, 1) - timedelta(days=1)


def test_shared_sources_are_well_formed() -> None:
    sources = parse_sources(SOURCES)

    assert [name for name, source in sources.items() if not source.note] == []
    assert {name for name, source in sources.items() if source.kind == "official"} == {
        "gov-2019-13",
        "gov-2021-14",
        "gov-2021-42",
        "nhsa-2019-30",
        "nhsa-2021-5",
        "nhsa-2022-22",
        "nhsa-2023-24",
        "nhsa-2024-19",
        "nhsa-2024-chronic",
        "nhsa-2021-43",
        "gov-2024-38",
    }


def test_no_figure_is_called_official_that_was_read_in_a_copy() -> None:
    """Official stands on an official document that we saw itself, not a copy or a report of it."""
    wrong = [
        figure.reference
        for area in AREAS.values()
        for edition in editions(area)
        for figure in edition.figures
        if figure.status is Status.OFFICIAL
        if not any(
            area.sources[name].kind == "official" and "看的是" not in (area.sources[name].note or "")
            for name in figure.sources
        )
    ]

    assert wrong == []


INPATIENT = "employee/inpatient/layers.basic"
RESIDENT = "resident/inpatient/layers.basic"
VISITS = "resident/outpatient/layers.basic"
BASE = "employee/contribution/base"
EMPLOYER = "employee/contribution/parts.employer.rate.in_service"
PERSON = "employee/contribution/parts.person.rate.in_service"
ACCOUNT = "employee/contribution/account.rate.in_service"
PAID = "resident/contribution/parts.person.amount"
SUBSIDY = "resident/contribution/parts.subsidy.amount"
UNFILED_OR_NOTHING = "employee/inpatient/away.cases.unfiled.disputed[1].value.reduce_points"

# What the articles and other sources print, place by place: reference, values as readers see them, status.
PRINTED: dict[str, list[tuple[str, str, str]]] = {
    "beijing": [
        (f"{BASE}.floor", "7,162 元", "secondary"),
        (f"{BASE}.ceiling", "35,811 元", "secondary"),
        (EMPLOYER, "9.8% 8%", "disputed"),
        (PERSON, "2%", "secondary"),
        ("employee/contribution/parts.large.amount.in_service", "3 元", "secondary"),
        (ACCOUNT, "2%", "secondary"),
        (f"{INPATIENT}.deductible.amount[0]", "1,300 元", "secondary"),
        (f"{INPATIENT}.deductible.amount[1]", "650 元", "secondary"),
        (f"{INPATIENT}.brackets.rows[0][5]", "85%", "secondary"),
        (f"{INPATIENT}.brackets.rows[0][6]", "91% 90%", "disputed"),
        (f"{INPATIENT}.brackets.rows[2][5]", "95%", "secondary"),
        ("employee/inpatient/layers.supplement.ratio", "50%", "secondary"),
        ("employee/inpatient/layers.large.ratio.in_service", "85%", "secondary"),
        ("employee/inpatient/away.cases.long_term.same_as", "在参保地看病", "secondary"),
        ("employee/inpatient/away.cases.emergency.disputed[1].value.reduce_points", "10 个百分点", "disputed"),
        (UNFILED_OR_NOTHING, "10 个百分点 20 个百分点", "disputed"),
        ("employee/outpatient/layers.basic.deductible.amount.in_service", "1,800 元", "secondary"),
        ("employee/outpatient/layers.basic.ratio.tertiary.retired.under_70", "85% 95%", "disputed"),
        ("employee/outpatient/layers.basic.cap.amount", "20,000 元", "disputed"),
        ("employee/outpatient/layers.above.ratio.in_service", "60%", "secondary"),
        (f"{PAID}.working", "795 元", "secondary"),
        (f"{SUBSIDY}.working", "1,755 元", "secondary"),
        (f"{VISITS}.ratio.primary", "55%", "secondary"),
        (f"{VISITS}.ratio.tertiary", "50% 45%", "disputed"),
        (f"{VISITS}.cap.amount", "5,000 元 6,000 元", "disputed"),
        (f"{RESIDENT}.ratio.primary", "80%", "secondary"),
        (f"{RESIDENT}.ratio.secondary", "78% 85%", "disputed"),
        (f"{RESIDENT}.ratio.tertiary.city_hospital", "75% 88%", "disputed"),
        (f"{RESIDENT}.cap.amount", "250,000 元 100,000 元", "disputed"),
    ],
    "shanghai": [
        (f"{BASE}.floor", "7,384 元", "secondary"),
        (f"{BASE}.ceiling", "36,921 元", "secondary"),
        (EMPLOYER, "9%", "secondary"),
        (PERSON, "2%", "secondary"),
        (ACCOUNT, "2%", "secondary"),
        (f"{INPATIENT}.deductible.amount.in_service", "1,500 元", "secondary"),
        (f"{INPATIENT}.deductible.amount.retired.retired_later", "1,200 元", "secondary"),
        (f"{INPATIENT}.deductible.amount.retired.retired_earlier", "700 元", "secondary"),
        (f"{INPATIENT}.brackets.in_service.rows[0][0]", "50,000 元", "secondary"),
        (f"{INPATIENT}.brackets.in_service.rows[0][1]", "85%", "secondary"),
        (f"{INPATIENT}.brackets.in_service.rows[1][1]", "85% 90%", "disputed"),
        (f"{INPATIENT}.brackets.retired.rows[0][1]", "92%", "secondary"),
        ("employee/inpatient/layers.extra.ratio", "80%", "secondary"),
        ("employee/inpatient/layers.aid.ratio.low_income", "90%", "secondary"),
        ("employee/inpatient/layers.aid.ratio.expense_poor", "50% 70%", "secondary"),
        ("employee/inpatient/away.cases.long_term.same_as", "在参保地看病", "secondary"),
        ("employee/inpatient/away.cases.emergency.disputed[1].value.reduce_points", "10 个百分点", "disputed"),
        ("employee/inpatient/away.cases.unfiled.reduce_points", "10 个百分点 20 个百分点", "disputed"),
        (PAID, "370 元", "disputed"),
        (SUBSIDY, "3,450 元", "secondary"),
        (f"{VISITS}.ratio.community", "70%", "secondary"),
        (f"{VISITS}.ratio.secondary", "60%", "secondary"),
        (f"{VISITS}.ratio.tertiary", "50%", "secondary"),
        (f"{VISITS}.cap.amount", "6,000 元", "secondary"),
        (f"{RESIDENT}.ratio.primary.under_60", "80% 85%", "disputed"),
        (f"{RESIDENT}.ratio.secondary.from_60", "80%", "secondary"),
        (f"{RESIDENT}.ratio.tertiary.under_60", "60% 75%", "disputed"),
        (f"{RESIDENT}.cap.amount", "300,000 元", "secondary"),
    ],
    "guangdong-guangzhou": [
        (f"{BASE}.floor", "6,758 元", "secondary"),
        (f"{BASE}.ceiling", "33,790 元", "secondary"),
        (EMPLOYER, "5% 6.5%", "secondary"),
        (PERSON, "2%", "secondary"),
        (ACCOUNT, "2%", "secondary"),
        (f"{INPATIENT}.deductible.amount.primary.in_service[0]", "400 元 500 元", "disputed"),
        (f"{INPATIENT}.ratio.primary.in_service", "90% 95%", "disputed"),
        (f"{INPATIENT}.deductible.amount.tertiary.in_service[0]", "1,600 元 2,000 元", "disputed"),
        (f"{INPATIENT}.ratio.secondary.retired", "89.5%", "secondary"),
        (f"{INPATIENT}.ratio.tertiary.in_service", "80% 85%", "disputed"),
        (f"{INPATIENT}.ratio.tertiary.retired", "86% 90%", "disputed"),
        ("employee/inpatient/away.cases.unfiled.reduce_points", "10 个百分点 20 个百分点", "disputed"),
        ("employee/outpatient/layers.basic.ratio.primary.in_service", "80%", "secondary"),
        (PAID, "510 元", "secondary"),
        (SUBSIDY, "670 元", "secondary"),
        (f"{VISITS}.ratio.primary", "70% 75%", "disputed"),
        (f"{VISITS}.ratio.secondary", "60% 65%", "disputed"),
        (f"{VISITS}.ratio.tertiary", "50% 55%", "disputed"),
        (f"{VISITS}.cap.amount", "5,000 元", "secondary"),
    ],
    "zhejiang-hangzhou": [
        (f"{BASE}.floor", "4,491 元", "secondary"),
        (f"{BASE}.ceiling", "22,453 元", "secondary"),
        (EMPLOYER, "7%", "secondary"),
        (PERSON, "2%", "secondary"),
        (ACCOUNT, "2%", "secondary"),
    ],
    "sichuan-chengdu": [
        (f"{BASE}.floor", "4,588 元", "secondary"),
        (f"{BASE}.ceiling", "22,938 元", "secondary"),
        (EMPLOYER, "8.3% 5%", "disputed"),
        (PERSON, "2%", "secondary"),
        (ACCOUNT, "2%", "secondary"),
        (PAID, "380 元", "disputed"),
        (SUBSIDY, "670 元", "disputed"),
        (f"{INPATIENT}.deductible.amount.tertiary[0]", "800 元", "secondary"),
        (f"{INPATIENT}.ratio.tertiary", "85%", "secondary"),
        (f"{INPATIENT}.changes[1].add_points", "4 个百分点", "secondary"),
        (f"{RESIDENT}.ratio.primary.high_tier", "87% 85%", "disputed"),
        (f"{RESIDENT}.ratio.secondary.high_tier", "82% 80%", "disputed"),
        (f"{RESIDENT}.ratio.tertiary.high_tier", "68% 75%", "disputed"),
        (f"{RESIDENT}.ratio.tertiary.low_tier", "53% 75%", "disputed"),
        (f"{RESIDENT}.cap.amount", "200,000 元", "secondary"),
        ("resident/inpatient/away.cases.unfiled.reduce_points", "10 个百分点 20 个百分点", "disputed"),
    ],
    "example-a-city": [
        (f"{INPATIENT}.deductible.amount.tertiary", "1,500 元", "illustrative"),
        (f"{INPATIENT}.ratio.tertiary", "85%", "illustrative"),
        ("employee/chronic/layers.basic.ratio", "90%", "illustrative"),
        ("employee/inpatient/away.cases.unfiled.reduce_points", "10 个百分点 20 个百分点", "illustrative"),
        (EMPLOYER, "8%", "illustrative"),
        (PERSON, "2%", "illustrative"),
        (PAID, "380 元", "illustrative"),
    ],
    "example-b-city": [
        (f"{INPATIENT}.deductible.amount.tertiary", "1,200 元", "illustrative"),
        (f"{INPATIENT}.ratio.tertiary", "80%", "illustrative"),
        ("employee/chronic/layers.basic.ratio", "85%", "illustrative"),
        (EMPLOYER, "7%", "illustrative"),
        (PERSON, "2%", "illustrative"),
        (PAID, "350 元", "illustrative"),
    ],
    "example-c-city": [
        (f"{INPATIENT}.deductible.amount.tertiary", "1,000 元", "illustrative"),
        (f"{INPATIENT}.ratio.tertiary", "75%", "illustrative"),
        (EMPLOYER, "7.5%", "illustrative"),
        (PERSON, "2%", "illustrative"),
        (PAID, "320 元", "illustrative"),
    ],
    "example-a-province": [
        (f"{INPATIENT}.deductible.amount", "1,000 元", "illustrative"),
        (f"{INPATIENT}.ratio", "80%", "illustrative"),
    ],
    "example-b-province": [(f"{INPATIENT}.deductible.amount.tertiary", "1,500 元", "illustrative")],
}


@pytest.mark.parametrize("area_id", PRINTED)
def test_figures_are_those_the_sources_print(area_id: str) -> None:
    found = figures(AREAS[area_id])

    shipped = [
        (reference, " ".join(value_text(found[reference], value) for value in found[reference].values), status)
        for reference, _, _ in PRINTED[area_id]
        for status in [str(found[reference].status)]
    ]

    assert shipped == PRINTED[area_id]


def test_what_an_article_says_of_outpatients_in_beijing_is_told_as_a_dispute() -> None:
    beijing = AREAS["beijing"]

    told = [gap for gap in beijing.gaps if gap.startswith("职工医保普通门诊")]
    cap = figures(beijing)["employee/outpatient/layers.basic.cap.amount"]

    assert len(told) == 1
    assert "6000 元" in told[0]
    assert "不封顶" in told[0]
    assert cap.status is Status.DISPUTED
    assert cap.note is not None
    assert "6,000 元" in cap.note
