"""What is collected of an area, counted by hand, and the sentence that stands on every form of a result."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from calculator.coverage import State, area_coverage, coverage_sentences
from calculator.kinds import KINDS, ask
from calculator.model import PoolingArea, Status
from calculator.parse import parse_area
from calculator.slip import slip_html
from calculator.statement import statement
from calculator.trace import to_json

LAYER: dict[str, Any] = {
    "id": "basic",
    "name": "统筹基金",
    "deductible": {"per": "admission", "amount": {"primary": 300, "secondary": 600, "tertiary": [1000, 500]}},
    "ratio": {"primary": "90%", "secondary": "85%", "tertiary": "80%"},
    "cap": {"amount": 300000, "of": "fund_payment", "per": "year"},
}
AWAY = {
    "cases": {
        "long_term": {"same_as": "local"},
        "referral": {"reduce_points": "5%"},
        "temporary": {"reduce_points": "10%"},
        "emergency": {"same_as": "referral"},
        "unfiled": {"reduce_points": {"range": ["10%", "20%"], "note": "没有写清"}},
    }
}


def area_of(*, until: str = "", away: dict[str, Any] | None = None, **layer: Any) -> PoolingArea:
    """A place with one edition: ``layer`` changes keys of its only layer."""
    edition: dict[str, Any] = {
        "from": "2026-01-01",
        "status": "secondary",
        "sources": ["paper"],
        "layers": [{**LAYER, **layer}],
    }
    edition |= {"until": until} if until else {}
    edition |= {"away": away} if away else {}
    return parse_area(
        {
            "id": "town",
            "name": "某市",
            "province": "某省",
            "pooled_at": "city",
            "checked_on": "2026-11-22",
            "sources": {"paper": {"title": "报道", "issuer": "某报", "kind": "secondary"}},
            "benefits": [{"scheme": "employee", "care": "inpatient", "editions": [edition]}],
        }
    )


def row(area: PoolingArea, part: str = "inpatient", scheme: str = "employee") -> Any:
    return next(found for found in area_coverage(area) if (found.scheme, found.part) == (scheme, part))


def test_a_whole_edition_is_shipped() -> None:
    # 300, 600, 1000, 500; 90, 85, 80; 300000
    found = row(area_of())

    assert (found.state, found.figures, found.unknown, found.missing) == (State.SHIPPED, 8, 0, ())
    assert found.statuses[Status.SECONDARY] == 8
    assert found.sentence == "某市职工医保住院：已收录，按 2026-01-01 起的标准，2026-11-22 核对过；8 个数字是转述。"


@pytest.mark.parametrize(
    ("layer", "figures", "unknown", "missing"),
    [
        ({"cap": "unknown"}, 7, 1, ()),
        ({"deductible": "unknown"}, 4, 1, ()),
        ({"ratio": {"primary": "90%", "secondary": "unknown", "tertiary": "80%"}}, 7, 1, ("二级",)),
        ({"ratio": {"tertiary": "80%"}}, 6, 0, ("一级及以下", "二级")),
        ({"ratio": {"tertiary": "80%", "other": "90%"}}, 7, 0, ()),
        ({"ratio": {"in_service": "80%"}}, 6, 0, ("退休",)),
    ],
)
def test_what_makes_it_partly(layer: dict[str, Any], figures: int, unknown: int, missing: tuple[str, ...]) -> None:
    found = row(area_of(**layer))

    assert (found.figures, found.unknown, found.missing) == (figures, unknown, missing)
    assert found.state is (State.PARTLY if unknown or missing else State.SHIPPED)


def test_a_layer_for_some_levels_only_leaves_nothing_out() -> None:
    only = {"when": {"level": ["tertiary"]}, "ratio": {"tertiary": "80%"}, "deductible": "none"}

    assert row(area_of(**only)).missing == ()


def test_an_edition_that_had_ended_when_it_was_checked_is_partly() -> None:
    found = row(area_of(until="2026-10-31"))

    assert found.state is State.PARTLY
    assert "部分收录，按 2026-01-01 到 2026-10-31 的标准，" in found.sentence
    assert row(area_of(until="2026-12-31")).state is State.SHIPPED


def test_care_away_counts_for_itself_and_needs_the_five_cases() -> None:
    found = row(area_of(away=AWAY), "away")
    without = {"cases": {name: rule for name, rule in AWAY["cases"].items() if name != "emergency"}}

    assert (found.name, found.care, found.state, found.figures) == ("职工医保异地住院", "inpatient", State.SHIPPED, 5)
    assert row(area_of(away=AWAY)).figures == 13
    assert row(area_of(away=without), "away").missing == ("异地，急诊抢救，没备案",)


def test_what_is_not_there_is_said_to_be_missing_where_the_scheme_can_have_it() -> None:
    rows = area_coverage(area_of())
    absent = {(found.scheme, found.part) for found in rows if found.state is State.NOT_YET}

    assert ("resident", "inpatient") in absent
    assert ("employee", "away") in absent
    assert ("employee", "cap_by_income") not in absent
    assert ("resident", "payroll") not in absent
    assert row(area_of(), "inpatient", "resident").sentence == "某市居民医保住院：还没有收录。"
    assert rows[-1].sentence == "某市办事规则：还没有收录。"


CASE = {"scheme": "employee", "group": "in_service", "level": "tertiary", "date": "2026-03-01"}


def test_the_same_sentence_stands_on_every_form_of_a_result() -> None:
    area = area_of(cap="unknown")
    answer = KINDS["inpatient"].estimate(area, {**CASE, "bill": {"total": 10000}})
    sentence = row(area).sentence

    assert coverage_sentences(answer) == (sentence,)
    assert f'<p class="slip-coverage">{sentence}</p>' in unescape(slip_html(answer))
    assert f"  收录情况：{sentence}" in statement(answer).split("\n")
    assert to_json(answer)["coverage"] == [sentence]


def test_a_result_without_local_figures_says_so() -> None:
    answer = ask("bill_split", [area_of()], {"class_a": 100})

    assert coverage_sentences(answer) == ("某市：没有用到当地的标准。",)


def test_a_finding_speaks_of_the_rules_of_service() -> None:
    answer = ask("need_filing", [area_of()], {"place": "out_of_province"})

    assert coverage_sentences(answer) == ("某市办事规则：还没有收录。",)
