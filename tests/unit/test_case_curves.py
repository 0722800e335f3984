"""Every case that settles to one answer lies on its own curve: what it gives at its total is the curve's, rounded."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from calculator.along import curves
from calculator.errors import InvalidData
from calculator.kinds import KINDS
from calculator.kinds.settlement import SettlementKind
from calculator.kinds.variants import variants
from calculator.money import UNITS, typed_amount
from calculator.settle import edition_of
from tests.unit.test_cases import CASES, area_of

SETTLED = [
    case
    for case in CASES
    if isinstance(KINDS.get(case.values[0]["kind"]), SettlementKind) and "error" not in case.values[0]["expect"]
]
NOT_STRAIGHT = (
    "r-21-essential-drugs-points",
    "r-22-items-proportional-in-brackets",
    "independent-guangxi-ratio-by-class-proportional",
)
"""Where items share in the bill by their part of it, two amounts that follow the total are multiplied."""


@pytest.mark.parametrize("case", SETTLED)
def test_a_case_lies_on_its_own_curve(case: Mapping[str, Any]) -> None:
    kind, area, document = KINDS[case["kind"]], area_of(case["area"]), case["case"]
    assert isinstance(kind, SettlementKind)
    part = kind.estimate(area, document).parts[0]
    if not part.estimate.exact:
        pytest.skip("an interval: its curves are compared with random settlements in tests/property")
    rounding = edition_of(area, variants(document, area, kind.care)[0][1])[0].rounding
    # each layer, and where the area says so each segment, is rounded by itself; a cap hands on from a whole fen
    layers = sum(name.startswith("layer:") for name in part.estimate.amounts)
    roundings = layers if rounding.at == "end" else len(part.estimate.low.steps)
    most = roundings * Fraction(UNITS[rounding.unit]) + Fraction(1, 100)

    total = typed_amount(document["bill"]["total"])
    if case["id"] in NOT_STRAIGHT:
        with pytest.raises(InvalidData, match="画不出曲线"):
            curves(case["kind"], area, document, "bill.total", str(total))
        return
    found = curves(case["kind"], area, document, "bill.total", str(total))

    for name in ("fund", "person"):
        at = found.bands[name].least.at(Fraction(total))
        assert at is not None
        assert abs(at - Fraction(part.estimate.amounts[name].low)) <= most
