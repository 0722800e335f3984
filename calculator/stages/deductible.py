"""Stage 4, 起付线: what the person pays before a layer begins to share."""

from __future__ import annotations

from calculator.errors import NotCovered
from calculator.ledger import Ledger
from calculator.mixture import settles
from calculator.model import CUMULATIVE, NOT_TOLD, Deductible, Layer
from calculator.money import ZERO, Yuan
from calculator.stages.amount import amount_of
from calculator.stages.away import treatment_of
from calculator.stages.line import line_of


@settles("deductible")
def deductible(ledger: Ledger, layer: Layer, available: Yuan) -> Yuan:
    """The part of ``available`` that the deductible takes; noted and booked to the person."""
    treatment = treatment_of(ledger, layer)
    rule = layer.deductible
    if rule.amount is None and rule.known and not (treatment and treatment.deductible is not None):
        return ZERO
    per = str(ledger.situation.look_up(rule.per, f"{layer.name}起付线的算法"))
    if ledger.case.deductible_done and per == "admission":
        ledger.step("deductible.done", ZERO, layer=layer.name)
        return ZERO
    line = line_of(ledger, layer, treatment, per)
    if line is None:
        stated = _given(ledger, layer)
        return _take(ledger, layer, stated, available, "deductible.given", stated)
    if layer.id in ledger.case.given_deductible:
        given = ledger.case.given_deductible[layer.id]
        ledger.step("deductible.published", None, layer=layer.name, line=line, given=given)
    already = ZERO
    if per in CUMULATIVE:
        already = min(_filled(ledger, layer, per), line)
    due = _within_the_year(ledger, layer, line - already)
    return _take(ledger, layer, due, available, f"deductible.{per}", line, already)


def _given(ledger: Ledger, layer: Layer) -> Yuan:
    if layer.id not in ledger.case.given_deductible:
        what = ledger.situation.what
        if layer.ratio is NOT_TOLD:  # no use asking for a deductible when there is nothing to multiply
            ledger.situation.look_up(layer.ratio, f"{layer.name}支付比例")
        raise NotCovered(
            f"{what}：没有收录{layer.name}的起付线，请按结算单或当地规定填写。", f"given.deductible.{layer.id}"
        )
    return ledger.case.given_deductible[layer.id]


def _filled(ledger: Ledger, layer: Layer, per: str) -> Yuan:
    """What earlier events of the period have filled of it already."""
    rule = layer.deductible
    name = rule.shared or layer.id
    if not ledger.states(name, per):
        ledger.assume("assume.year_to_date" if per == "year" else f"assume.{per}_to_date", layer)
    used = ledger.used(name, per, _levels(ledger, rule))
    return sum((getattr(used, part) for part in rule.fills_with), ZERO)


def _levels(ledger: Ledger, rule: Deductible) -> tuple[str, ...]:
    """The hospital levels whose deductibles fill this one; empty: all. An area names its levels from the lowest up."""
    if rule.carry == "all":
        return ()
    levels, here = tuple(ledger.situation.area.levels), ledger.situation.answer("level")
    place = levels.index(here)
    if rule.carry == "same_level":
        return (here,)
    return levels[: place + 1] if rule.carry == "from_lower" else levels[place:]


def _within_the_year(ledger: Ledger, layer: Layer, due: Yuan) -> Yuan:
    """全年起付线合计最多: what is still due when the year's deductibles together have a ceiling."""
    rule = layer.deductible
    if rule.annual_cap is None:
        return due
    what = f"{layer.name}全年起付线的最高额"
    most = amount_of(ledger, ledger.situation.look_up(rule.annual_cap, what), what)
    name = rule.shared or layer.id
    if not ledger.states(name, "year"):
        ledger.assume("assume.year_to_date", layer)
    used = ledger.used(name, "year").deductible
    left = max(ZERO, most - used)
    if due <= left:
        return due
    ledger.step("line.annual_cap", left, layer=layer.name, most=most, used=used, due=due)
    return left


def _take(
    ledger: Ledger, layer: Layer, due: Yuan, available: Yuan, rule: str, line: Yuan, already: Yuan | None = None
) -> Yuan:
    # what a pot of the account has paid of the cost before counts (O11), where that cost is what the layer settles
    credit = ZERO if layer.base.kind == "own" else min(due, ledger.account_credit)
    if credit:
        ledger.account_credit -= credit
        used = ledger.use(layer.id)
        used.counted += credit
        used.deductible += credit
        ledger.step("deductible.credit", credit, layer=layer.name)
    taken = min(due - credit, available)
    ledger.take("deductible", taken)
    ledger.use(layer.id).deductible += taken
    if layer.deductible.shared:
        ledger.use(layer.deductible.shared).deductible += taken
    told = ledger.step(
        rule, taken, layer=layer.name, available=available, due=due, credit=credit, base=layer.base.kind, line=line
    )
    if already is not None:
        told["already"] = already
    return taken
