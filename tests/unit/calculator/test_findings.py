"""Findings, days and checklists are told in the trace, on the slip and on paper with the same content."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from calculator.answer import Answer
from calculator.findings import Reason, Verdict
from calculator.kinds import KINDS
from calculator.model import Source, Status
from calculator.national import CLAIMS, NATIONAL, SOURCES, ground
from calculator.parse import parse_area, parse_sources
from calculator.slip import slip_html
from calculator.statement import statement
from calculator.trace import to_json
from sitegen.yamlfile import read_yaml

ROOT = Path(__file__).parents[3]
ASKED: list[tuple[str, str, dict[str, Any]]] = [
    ("need_filing", "beijing", {"place": "out_of_province", "province": "河北省", "emergency": "unknown"}),
    ("filing_validity", "sichuan-chengdu", {"filing": "temporary", "date": "2025-08-31"}),
    ("emergency_filing", "beijing", {"admitted": "2025-06-06"}),
    ("manual_claim", "liaoning-tieling", {"care": "inpatient"}),
    ("may_share", "shanghai", {"relation": "parents", "insured": "out_of_province"}),
    ("account_away", "hainan", {"place": "out_of_province", "province": "广西壮族自治区"}),
    ("pharmacy", "beijing", {"designated": "yes"}),
    ("operation", "liaoning-tieling", {"operation": "fundoplication", "indicated": "yes"}),
    ("chronic_review", "shaanxi-tongchuan", {"disease": "seven", "date": "2025-03-10"}),
    ("transfer", "beijing", {"years_before": 5, "balance": 1, "applied": "2026-03-02", "joined": "unknown"}),
]
DECISIONS = ("need_filing", "emergency_filing", "may_share", "account_away", "pharmacy", "operation", "transfer")


def shared() -> Any:
    document, _ = read_yaml((ROOT / "policies/sources.yaml").read_text(encoding="utf-8"), "sources.yaml")
    assert document is not None
    return document.data


def answer(kind: str, area_id: str, case: dict[str, Any]) -> Answer:
    path = ROOT / f"policies/areas/{area_id}.yaml"
    document, _ = read_yaml(path.read_text(encoding="utf-8"), path.name)
    assert document is not None
    return KINDS[kind].estimate(parse_area(document.data, shared()), case)


def texts(trace: dict[str, Any]) -> Iterator[str]:
    """Every sentence of a trace's finding, days and checklists."""
    for reason in trace["finding"]["reasons"] if trace["finding"] else ():
        yield reason["text"]
    for unknown in trace["finding"]["unknown"] if trace["finding"] else ():
        yield unknown["text"] + unknown["ask"]
    for day in trace["dates"]:
        yield day["words"]
        yield day["text"]
    for checklist in trace["checklists"]:
        yield checklist["title"]
        yield from (item["text"] for item in checklist["items"])


@pytest.mark.parametrize(("kind", "area", "case"), ASKED, ids=[kind for kind, _, _ in ASKED])
def test_trace_slip_and_statement_hold_the_same_sentences(kind: str, area: str, case: dict[str, Any]) -> None:
    found = answer(kind, area, case)

    said = list(texts(to_json(found)))
    html, paper = unescape(slip_html(found)), statement(found)

    assert said
    assert [text for text in said if text not in html] == []
    assert [text for text in said if text not in paper] == []


@pytest.mark.parametrize(("kind", "area", "case"), ASKED, ids=[kind for kind, _, _ in ASKED])
def test_a_decision_is_never_bare(kind: str, area: str, case: dict[str, Any]) -> None:
    finding = answer(kind, area, case).finding

    assert (finding is not None) == (kind in DECISIONS)
    if finding is not None:
        assert finding.reasons
        assert finding.verdict in (Verdict.YES, Verdict.NO) or finding.unknowns
        assert all(unknown.ask for unknown in finding.unknowns)


@pytest.mark.parametrize(("kind", "area", "case"), ASKED, ids=[kind for kind, _, _ in ASKED])
def test_the_weakest_ground_stands_on_the_answer(kind: str, area: str, case: dict[str, Any]) -> None:
    trace = to_json(answer(kind, area, case))

    told = [*(trace["finding"]["reasons"] if trace["finding"] else ()), *trace["dates"]]
    told += [item for checklist in trace["checklists"] for item in checklist["items"]]
    statuses = [line["status"] for line in told if line["status"]]
    assert trace["status"] == max(statuses, key=list(Status).index)


def test_national_rules_name_documents_that_the_site_lists() -> None:
    listed = parse_sources(shared())

    for name, source in SOURCES.items():
        assert (listed[name].title, listed[name].issuer, listed[name].document, listed[name].kind) == (
            source.title, source.issuer, source.document, source.kind,
        )  # fmt: skip


def test_national_rules_stand_on_documents_and_claims_on_articles() -> None:
    kinds = {
        name: {SOURCES[source].kind for _, _, statement in services.statements() for source in statement.sources}
        for name, services in (("national", NATIONAL), ("claims", CLAIMS))
    }

    assert kinds == {"national": {"official"}, "claims": {"secondary"}}


def test_texts_of_the_data_are_escaped_on_the_slip() -> None:
    found = answer("may_share", "shanghai", {"relation": "parents", "insured": "same_area"})
    assert found.finding is not None
    bad = Source(id="bad", title="<b>&", issuer="x", kind="secondary")
    reason = Reason("x", "<script>", type(ground("article-national"))(Status.DISPUTED, (bad,)))
    object.__setattr__(found.finding, "reasons", (reason,))

    html = slip_html(found, {"bad": "a?b&c"})

    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert 'href="a?b&amp;c" title="&lt;b&gt;&amp;"' in html
