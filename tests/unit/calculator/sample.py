"""A small fictional area for unit tests: every stage of the settlement in a few lines."""

from __future__ import annotations

import copy
from typing import Any

Document = dict[str, Any]

SOURCES = {
    "notice": {"title": "示例市待遇通知", "issuer": "示例市医疗保障局", "kind": "official"},
    "daily": {"title": "示例日报解读", "issuer": "示例日报", "kind": "secondary"},
}

AREA: Document = {
    "id": "sample-city",
    "name": "示例市",
    "province": "示例省",
    "pooled_at": "city",
    "fictional": True,
    "checked_on": "2026-10-15",
    "sources": SOURCES,
    "benefits": [
        {
            "scheme": "employee",
            "care": "inpatient",
            "editions": [
                {
                    "from": "2026-01-01",
                    "status": "illustrative",
                    "sources": ["notice", "daily"],
                    "layers": [
                        {
                            "id": "basic",
                            "name": "统筹基金",
                            "deductible": {
                                "per": "admission",
                                "amount": {"tertiary": [1000, 500], "secondary": [600, 300]},
                            },
                            "brackets": {
                                "count_from": "zero",
                                "columns": ["up_to", "in_service", "retired"],
                                "rows": [[30000, "85%", "91%"], [40000, "90%", "94%"], ["above", "95%", "97%"]],
                            },
                            "cap": {"amount": 100000, "of": "fund_payment", "per": "year"},
                        },
                        {
                            "id": "large",
                            "name": "大额医疗互助",
                            "base": "excess",
                            "deductible": "none",
                            "ratio": {"in_service": "85%", "retired": "90%"},
                            "cap": {"amount": 400000, "of": "fund_payment", "per": "year"},
                        },
                    ],
                    "away": {
                        "layers": ["basic"],
                        "cases": {
                            "long_term": {"same_as": "local"},
                            "unfiled": {"reduce_points": {"range": ["10%", "20%"]}},
                        },
                    },
                }
            ],
        }
    ],
}

CASE: Document = {
    "scheme": "employee",
    "group": "in_service",
    "level": "tertiary",
    "filing": "local",
    "admission": 1,
    "date": "2026-03-01",
    "bill": {"total": 50000, "self_funded": 2000, "first_pay": 3000},
    "year_to_date": {"basic": {}, "large": {}},
}


def area(**changes: Any) -> Document:
    """The area's document, with top-level keys replaced."""
    return copy.deepcopy(AREA) | changes


def edition(**changes: Any) -> Document:
    """The area's document, with keys of its only edition replaced; a value of None removes the key."""
    document = copy.deepcopy(AREA)
    rules = document["benefits"][0]["editions"][0]
    for key, value in changes.items():
        if value is None:
            del rules[key.replace("since", "from")]
        else:
            rules[key.replace("since", "from")] = value
    return document


def layer(**changes: Any) -> Document:
    """The area's document with one layer, whose keys are replaced."""
    first = copy.deepcopy(AREA["benefits"][0]["editions"][0]["layers"][0]) | changes
    return edition(layers=[{key: value for key, value in first.items() if value is not None}])


def case(**changes: Any) -> Document:
    """The case, with top-level keys replaced."""
    return copy.deepcopy(CASE) | changes
