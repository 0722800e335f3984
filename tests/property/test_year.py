"""A year comes out the same however its list of events is split into calls."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from calculator.answer import Answer
from calculator.errors import NotCovered
from calculator.kinds import KINDS
from calculator.parse import parse_area
from calculator.trace import to_json

Document = dict[str, Any]

LEVELS = ("primary", "secondary", "tertiary")

deductibles = st.one_of(
    st.fixed_dictionaries(
        {
            "per": st.just("admission"),
            "amount": st.fixed_dictionaries(
                {level: st.lists(st.integers(0, 2000), min_size=1, max_size=3) for level in LEVELS}
            ),
        },
        optional={
            "annual_cap": st.integers(0, 4000),
            "transfer": st.just({"within_days": 2, "up": "top_up", "same": "nothing", "down": "nothing"}),
        },
    ),
    st.fixed_dictionaries(
        {
            "per": st.sampled_from(("year", "quarter", "month")),
            "amount": st.fixed_dictionaries({level: st.integers(0, 3000) for level in LEVELS}),
        },
        optional={"carry": st.sampled_from(("all", "same_level", "from_lower"))},
    ),
)
caps = st.one_of(
    st.just("none"),
    st.fixed_dictionaries(
        {
            "amount": st.integers(0, 60_000),
            "of": st.sampled_from(("fund_payment", "eligible_expense", "fund_and_share")),
            "per": st.just("year"),
        }
    ),
)
ratios = st.integers(0, 1000).map(lambda tenths: f"{tenths / 10:.1f}%")


@st.composite
def layers(draw: st.DrawFn) -> list[Document]:
    """A cost layer, perhaps what is above its cap, perhaps 大病 on the year's own payments."""
    cap = draw(caps)
    found: list[Document] = [
        {"id": "basic", "name": "统筹基金", "deductible": draw(deductibles), "ratio": draw(ratios), "cap": cap}
    ]
    if cap != "none" and draw(st.booleans()):
        above = {"id": "above", "name": "大额", "base": "excess", "deductible": "none", "ratio": draw(ratios)}
        found.append({**above, "cap": draw(caps)})
    if draw(st.booleans()):
        brackets = {
            "count_from": draw(st.sampled_from(("zero", "deductible"))),
            "axis": "year",
            "columns": ["up_to", "all"],
            "rows": [[draw(st.integers(1, 30_000)), draw(ratios)], ["above", draw(ratios)]],
        }
        base = {"own": draw(st.sampled_from((["share"], ["deductible", "share"], ["deductible", "share", "over_cap"])))}
        line = {"per": "year", "amount": draw(st.integers(0, 20_000))}
        found.append(
            {
                "id": "critical",
                "name": "大病保险",
                "base": base,
                "deductible": line,
                "brackets": brackets,
                "cap": "none",
            }
        )
    if draw(st.booleans()):
        base = {"own": ["deductible", "share", "over_cap"]}
        line = {"per": "year", "amount": draw(st.integers(0, 20_000))}
        aid = {"id": "aid", "name": "医疗救助", "base": base, "deductible": line, "ratio": draw(ratios), "cap": "none"}
        found.append({**aid, "settles": "year_end"})
    return found


@st.composite
def areas(draw: st.DrawFn) -> Document:
    """An area with inpatient rules, a second edition in mid-year, and outpatient rules."""

    def edition(since: str) -> Document:
        found = {"from": since, "status": "illustrative", "sources": ["this"], "layers": draw(layers())}
        if since != "2026-01-01" and draw(st.booleans()):
            found["year_to_date"] = "restart"
        if draw(st.booleans()):
            found["rounding"] = {"at": draw(st.sampled_from(("end", "layer"))), "unit": "yuan"}
        return found

    return {
        "id": "year-area", "name": "测试市", "province": "测试省", "pooled_at": "city", "fictional": True,
        "checked_on": "2026-01-01", "year_starts": draw(st.sampled_from(("01-01", "07-01"))),
        "sources": {"this": {"title": "一份材料", "issuer": "本项目", "kind": "secondary"}},
        "benefits": [
            {"scheme": "resident", "care": "inpatient", "editions": [edition("2026-01-01"), edition("2026-06-15")]},
            {"scheme": "resident", "care": "outpatient", "editions": [edition("2026-01-01")]},
        ],
    }  # fmt: skip


@st.composite
def lists_of_events(draw: st.DrawFn) -> list[Document]:
    """Up to six events in the order of their days."""
    found: list[Document] = []
    stayed = False
    for month in sorted(draw(st.lists(st.integers(1, 12), min_size=2, max_size=6))):
        day = draw(st.integers(1, 26))
        event: Document = {
            "care": draw(st.sampled_from(("inpatient", "inpatient", "outpatient"))),
            "level": draw(st.sampled_from(LEVELS)),
            "admitted": f"2026-{month:02}-{day:02}",
            "discharged": f"2026-{month:02}-{day + 1:02}",
            "bill": {"total": str(draw(st.integers(0, 9_000_000)) / 100)},
        }
        found.append(event)
        stayed = stayed or event["care"] == "inpatient"
    return sorted(found, key=lambda event: event["discharged"])


def settle(area: Any, events: list[Document], opening: Any = None) -> Answer:
    document: Document = {"scheme": "resident", "events": events}
    return KINDS["year"].estimate(area, document | ({"opening": opening} if opening else {}))


def amounts(answer: Answer) -> dict[str, Any]:
    return {part["id"]: part["amounts"] for part in to_json(answer)["estimates"]}


@settings(max_examples=60, deadline=None)
@given(areas(), lists_of_events(), st.data())
def test_a_year_is_the_same_however_it_is_split(
    document: Document, events: list[Document], data: st.DataObject
) -> None:
    area = parse_area(document)
    whole = amounts(settle(area, events))

    opening, found = None, dict[str, Any]()
    start = 0
    while start < len(events):
        stop = data.draw(st.integers(start + 1, len(events)))
        answer = settle(area, events[start:stop], opening)
        part = amounts(answer)
        found |= {name: value for name, value in part.items() if name.startswith("year-")}
        found |= {f"event-{start + int(name[6:])}": value for name, value in part.items() if name.startswith("event-")}
        opening, start = answer.closing, stop

    assert found == whole


@settings(max_examples=25, deadline=None)
@given(areas(), lists_of_events(), st.data())
def test_a_year_with_an_unknown_level_is_the_same_however_it_is_split(
    document: Document, events: list[Document], data: st.DataObject
) -> None:
    area = parse_area(document)
    events[0] = {**events[0], "level": "unknown"}
    whole = amounts(settle(area, events))
    cut = data.draw(st.integers(1, len(events) - 1))

    first = settle(area, events[:cut])
    second = amounts(settle(area, events[cut:], first.closing))

    years = {name: value for name, value in second.items() if name.startswith("year-")}
    assert years == {name: value for name, value in whole.items() if name in years}
    for name, value in second.items():
        if name.startswith("event-"):
            assert value == whole[f"event-{cut + int(name[6:])}"]


@settings(max_examples=40, deadline=None)
@given(areas(), lists_of_events())
def test_the_events_add_up_to_their_year(document: Document, events: list[Document]) -> None:
    try:
        answer = settle(parse_area(document), events)
    except NotCovered:
        return
    parts = {part.id: part.estimate.amounts for part in answer.parts}

    late = sum(
        found["layer:aid"].low for part, found in parts.items() if part.startswith("year-") and "layer:aid" in found
    )
    for name, later in (("total", 0), ("fund", late), ("person", -late)):
        years = sum(found[name].low for part, found in parts.items() if part.startswith("year-"))
        events = sum(found[name].low for part, found in parts.items() if part.startswith("event-"))
        assert years == events + later
