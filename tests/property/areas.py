"""Random but well-formed policy documents and cases, for properties that must hold whatever an area decides."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

Document = dict[str, Any]

LEVELS = ("primary", "secondary", "tertiary")
GROUPS = ("in_service", "retired")
FILINGS = ("long_term", "referral", "temporary", "emergency", "unfiled", "exempt")
SIDES = ("this", "that")

amounts = st.integers(0, 60_000)
percents = st.integers(0, 1000).map(lambda tenths: f"{Decimal(tenths) / 10:f}%")


def figures(values: st.SearchStrategy[Any], low: st.SearchStrategy[tuple[Any, Any]]) -> st.SearchStrategy[Any]:
    """Mostly exact figures, some ranges, some disputed."""
    disputed = st.lists(values, min_size=2, max_size=3, unique=True).map(
        lambda sides: {"disputed": [{"value": v, "sources": [SIDES[n % 2]]} for n, v in enumerate(sides)]}
    )
    return st.one_of(values, values, values, low.map(lambda ends: {"range": list(ends)}), disputed)


ranges_of_amounts = st.tuples(amounts, st.integers(1, 5000)).map(lambda p: (p[0], p[0] + p[1]))
ranges_of_percents = st.tuples(st.integers(0, 900), st.integers(1, 100)).map(
    lambda p: (f"{Decimal(p[0]) / 10:f}%", f"{Decimal(p[0] + p[1]) / 10:f}%")
)
amount_figures = figures(amounts, ranges_of_amounts)
percent_figures = figures(percents, ranges_of_percents)


def tables(leaf: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A leaf, or a table by level, by group, or by both."""
    by_group = st.fixed_dictionaries(dict.fromkeys(GROUPS, leaf))
    by_level = st.fixed_dictionaries({level: st.one_of(leaf, by_group) for level in LEVELS})
    return st.one_of(leaf, by_group, by_level)


deductibles = st.one_of(
    st.just("none"),
    st.fixed_dictionaries(
        {
            "per": st.sampled_from(("admission", "year")),
            "amount": tables(st.one_of(amount_figures, st.lists(amounts, min_size=1, max_size=3))),
        }
    ),
)
caps = st.one_of(
    st.just("none"),
    st.just("unknown"),
    st.fixed_dictionaries(
        {
            "amount": tables(figures(st.integers(0, 400_000), ranges_of_amounts)),
            "of": st.sampled_from(("fund_payment", "eligible_expense", "fund_and_share")),
            "per": st.sampled_from(("year", "admission")),
        }
    ),
)


@st.composite
def brackets(draw: st.DrawFn) -> Document:
    """A bracket table by level and group, in either reading; ratios may fall."""
    bounds = sorted(draw(st.lists(st.integers(1, 200_000), min_size=0, max_size=4, unique=True)))
    columns = draw(st.sampled_from((["all"], list(GROUPS), list(LEVELS), [f"{a}/{b}" for a in LEVELS for b in GROUPS])))
    rows = [[bound, *(draw(percents) for _ in columns)] for bound in [*bounds, "above"]]
    count_from = st.sampled_from(("zero", "deductible"))
    return {
        "count_from": draw(figures(count_from, st.nothing()) if draw(st.booleans()) else count_from),
        "axis": draw(st.sampled_from(("stay", "year"))),
        "columns": ["up_to", *columns],
        "rows": rows,
    }


@st.composite
def layers(draw: st.DrawFn, number: int, before: Document | None) -> Document:
    """One layer on any base its place allows."""
    layer: Document = {
        "id": f"layer-{number}",
        "name": f"第{number}层",
        "deductible": draw(deductibles),
        "cap": draw(caps),
    }
    if draw(st.booleans()):
        layer["ratio"] = draw(tables(percent_figures))
    else:
        layer["brackets"] = draw(brackets())
    if before is not None:
        own = st.lists(
            st.sampled_from(("deductible", "share", "over_cap", "first_pay", "away_first_pay", "self_funded")),
            min_size=1, max_size=4, unique=True,
        ).map(lambda parts: {"own": parts})  # fmt: skip
        layer["base"] = draw(
            own if before["cap"] == "none" or "own" in before.get("base", {}) else st.one_of(st.just("excess"), own)
        )
        if layer["base"] == "excess" and "brackets" in layer:
            layer["brackets"]["axis"] = "stay"
    if draw(st.booleans()):
        low, high = sorted((draw(st.integers(0, 100)), draw(st.integers(0, 100))))
        layer["clamp"] = {"min": f"{low}%", "max": f"{high}%"}
    return layer


treatments = st.one_of(
    st.just({"same_as": "local"}),
    st.just({"pays": "nothing"}),
    st.fixed_dictionaries({"reduce_points": percent_figures}),
    st.fixed_dictionaries({"multiply": percent_figures, "deductible_multiple": st.sampled_from(("150%", "200%"))}),
    st.fixed_dictionaries(
        {"first_pay": percent_figures, "first_pay_when": st.sampled_from(("before_deductible", "after_deductible"))}
    ),
    st.fixed_dictionaries({"deductible": st.lists(amounts, min_size=1, max_size=3), "ratio": percent_figures}),
)
roundings = st.fixed_dictionaries(
    {
        "at": st.sampled_from(("end", "layer", "segment")),
        "unit": st.sampled_from(("fen", "jiao", "yuan")),
        "mode": st.sampled_from(("half_up", "down", "up")),
    }
)


@st.composite
def area_documents(draw: st.DrawFn, rounding: st.SearchStrategy[Document] = roundings) -> Document:
    """A fictional area with one benefit of one to three layers and out-of-area rules."""
    made: list[Document] = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        made.append(draw(layers(number, made[-1] if made else None)))
    edition: Document = {
        "from": "2025-01-01",
        "status": "illustrative",
        "sources": list(SIDES),
        "layers": made,
        "away": {
            "layers": [made[0]["id"]],
            "cases": {filing: draw(treatments) for filing in draw(st.sets(st.sampled_from(FILINGS), min_size=1))},
        },
        "rounding": draw(rounding),
        "account": {"may_pay": ["deductible", "share"]},
    }
    if draw(st.integers(0, 3)) == 0:
        edition["guarantee"] = {"ratio": draw(percents)}
    source = {"title": "甲", "issuer": "乙", "kind": "secondary"}
    return {
        "id": "random", "name": "随机市", "province": "示例省", "pooled_at": "city", "fictional": True,
        "checked_on": "2026-01-01", "sources": dict.fromkeys(SIDES, source),
        "benefits": [{"scheme": "employee", "care": "inpatient", "editions": [edition]}],
    }  # fmt: skip


@st.composite
def bills(draw: st.DrawFn, largest: int = 30_000_000) -> Document:
    """A bill in fen whose parts fit into the whole."""
    total = draw(st.integers(0, largest))
    self_funded = draw(st.integers(0, total))
    first_pay = draw(st.integers(0, total - self_funded))
    return {name: f"{Decimal(fen) / 100:.2f}" for name, fen in
            (("total", total), ("self_funded", self_funded), ("first_pay", first_pay))}  # fmt: skip


@st.composite
def cases(draw: st.DrawFn, document: Document) -> Document:
    """A case for an area document, with every question answered."""
    edition = document["benefits"][0]["editions"][0]
    case: Document = {
        "scheme": "employee",
        "group": draw(st.sampled_from(GROUPS)),
        "level": draw(st.sampled_from(LEVELS)),
        "filing": draw(st.sampled_from(["local", *edition["away"]["cases"]])),
        "distance": draw(st.sampled_from(("in_province", "out_of_province"))),
        "admission": draw(st.integers(1, 4)),
        "date": "2025-06-01",
        "bill": draw(bills()),
        "year_to_date": {},
    }
    for layer in edition["layers"]:
        if draw(st.booleans()):
            counted = draw(st.integers(0, 100_000))
            deductible = draw(st.integers(0, counted))
            paid = draw(st.integers(0, counted - deductible))
            case["year_to_date"][layer["id"]] = {"counted": counted, "paid": paid, "deductible": deductible}
    if draw(st.booleans()):
        case["account_balance"] = draw(amounts)
    return case
