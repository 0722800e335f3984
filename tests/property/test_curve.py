"""A curve tells at every point what a settlement of that very amount gives before rounding, whatever the area's rules."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calculator.along import Band, curves
from calculator.case import read_case
from calculator.errors import InvalidData
from calculator.free import free_amount, put_in
from calculator.outcomes import Outcome, completed
from calculator.parse import parse_area
from calculator.settle import settlement
from tests.property.areas import Document, area_documents, cases
from tests.property.test_settlement import EXACT_ROUNDING, SETTINGS

FREE = ("bill.total", "bill.self_funded", "bill.first_pay", "account_balance", "paid", "counted", "deductible")
FEN = Fraction(1, 100)


def direct(document: Document, case: Document, name: str, x: Decimal) -> list[Outcome]:
    """Every completion, settled by decimals alone."""
    area = parse_area(document)
    layers = {layer["id"]: layer["name"] for layer in document["benefits"][0]["editions"][0]["layers"]}
    put = put_in(read_case(case, area), free_amount(name, layers), x)
    return completed(settlement(area, put))[0]


def points(band: Band, low: Fraction, high: Fraction, data: st.DataObject) -> list[Fraction]:
    """Fen next to every breakpoint and jump, and two anywhere."""
    marks = [mark for curve in (band.least, band.most) for piece in curve.pieces for mark in (piece.low, piece.high)]
    marks += [jump.at for curve in (band.least, band.most) for jump in curve.jumps]
    fens = {int(mark * 100) + step for mark in marks for step in (-1, 0, 1, 2)}
    last = int(min(high, 10 * max(marks, default=low) + 1000) * 100)
    fens |= {data.draw(st.integers(int(low * 100), last)) for _ in range(2)}
    return [Fraction(fen, 100) for fen in sorted(fens) if low <= Fraction(fen, 100) <= high]


@settings(SETTINGS, max_examples=100)
@given(st.data())
def test_a_curve_is_what_settlements_give_before_rounding(data: st.DataObject) -> None:
    document = data.draw(area_documents(EXACT_ROUNDING))
    case = data.draw(cases(document))
    for question in data.draw(st.sets(st.sampled_from(("group", "level", "admission")), max_size=1)):
        case[question] = "unknown"
    layers = document["benefits"][0]["editions"][0]["layers"]
    name = data.draw(st.sampled_from(FREE))
    if name in ("paid", "counted", "deductible"):
        name = f"year_to_date.{data.draw(st.sampled_from(layers))['id']}.{name}"
    try:
        found = curves("inpatient", parse_area(document), case, name)
    except InvalidData as refused:
        assume(refused.problems[0].check != "unknown")
        raise

    # where a cap stops inside a fen, what exceeds it begins at a whole fen
    slack = FEN * len(layers) if any(layer.get("base") == "excess" for layer in layers) else Fraction(0)
    half = FEN / 2 * (len(layers) + 1) + slack
    for amount in data.draw(st.sets(st.sampled_from(sorted(found.bands)), min_size=1, max_size=2)):
        band = found.bands[amount]
        for x in points(band, found.low, found.high, data):
            outcomes = [o for o in direct(document, case, name, Decimal(int(x * 100)) / 100) if amount in o.amounts]
            exact = [Fraction(o.unrounded if amount == "fund" else o.amounts[amount]) for o in outcomes]
            least, most = band.least.at(x), band.most.at(x)
            if not exact:
                assert (least, most) == (None, None)
                continue
            assert least is not None
            assert most is not None
            within = slack if amount in ("fund", "eligible") else half
            assert abs(least - min(exact)) <= within
            assert abs(most - max(exact)) <= within
            rounded = [Fraction(outcome.amounts[amount]) for outcome in outcomes]
            assert abs(least - min(rounded)) <= half
