"""Stage 4, 起付线: what the person pays before a layer begins to share."""

from __future__ import annotations

from typing import Any

from calculator.case import UNKNOWN
from calculator.errors import NotCovered
from calculator.history import Used
from calculator.ledger import Ledger
from calculator.mixture import settles
from calculator.model import Amounts, BenefitEdition, Layer, Table
from calculator.money import ZERO, Yuan, number, round_amount
from calculator.rules import Situation, leaves
from calculator.stages.amount import amount_of
from calculator.stages.away import treatment_of


@settles("deductible")
def deductible(ledger: Ledger, layer: Layer, available: Yuan) -> Yuan:
    """The part of ``available`` that the deductible takes; noted and booked to the person."""
    if ledger.case.deductible_done and layer.deductible.per == "admission":
        ledger.step("deductible.done", ZERO, layer=layer.name)
        return ZERO
    treatment = treatment_of(ledger, layer)
    own_table = treatment.deductible if treatment else None
    rule = layer.deductible
    table = own_table if own_table is not None else rule.amount
    if table is None and rule.known:
        return ZERO
    situation = ledger.situation if own_table is None else ledger.elsewhere
    line = None if table is None else _line(ledger, layer, situation, table)
    if line is None:
        stated = _given(ledger, layer)
        return _take(ledger, layer, stated, available, "deductible.given", line=stated)
    if treatment and treatment.deductible_multiple is not None:
        multiple = number(ledger.run.value(ledger.elsewhere.look_up(treatment.deductible_multiple, "起付线倍数")))
        ledger.step(
            "deductible.multiple", round_amount(line * multiple), line=line, multiple=multiple, layer=layer.name
        )
        line = round_amount(line * multiple)
    if layer.id in ledger.case.given_deductible:
        ledger.step(
            "deductible.published", None, layer=layer.name, line=line, given=ledger.case.given_deductible[layer.id]
        )
    already = ZERO
    if rule.per == "year":
        already = min(ledger.used(layer.id, "year").deductible, line)
        if not ledger.states(layer.id, "year"):
            ledger.assume("assume.year_to_date", layer)
    return _take(ledger, layer, line - already, available, f"deductible.{rule.per}", line=line, already=already)


def _line(ledger: Ledger, layer: Layer, situation: Situation, table: Table[Amounts]) -> Yuan | None:
    """The published amount for this case and this number of admission; None where nobody told us."""
    figures = situation.look_up(table, f"{layer.name}起付线").figures
    admission = ledger.case.admission
    if admission == "":
        admission = 1
        if len(figures) > 1:
            ledger.step("assume.first_admission")
    elif admission == UNKNOWN:
        options = tuple(range(1, admissions(ledger.edition) + 1))
        admission = ledger.run.choose("admission", "本年度第几次住院", options)  # type: ignore[assignment]
    figure = figures[min(int(admission), len(figures)) - 1]
    return None if figure is None else amount_of(ledger, figure, f"{layer.name}起付线")


def _given(ledger: Ledger, layer: Layer) -> Yuan:
    if layer.id not in ledger.case.given_deductible:
        what = ledger.situation.what
        raise NotCovered(
            f"{what}：没有收录{layer.name}的起付线，请按结算单或当地规定填写。", f"given.deductible.{layer.id}"
        )
    return ledger.case.given_deductible[layer.id]


def _take(ledger: Ledger, layer: Layer, due: Yuan, available: Yuan, rule: str, **data: Yuan) -> Yuan:
    credit = min(due, ledger.account_credit)  # what a pot of the account has paid before counts (O11)
    if credit:
        ledger.account_credit -= credit
        ledger.note(layer.id, Used(deductible=credit))
        ledger.step("deductible.credit", credit, layer=layer.name)
    taken = min(due - credit, available)
    ledger.take("deductible", taken)
    ledger.note(layer.id, Used(deductible=taken))
    ledger.step(rule, taken, layer=layer.name, available=available, **data)
    return taken


def admissions(edition: BenefitEdition) -> int:
    """The number of admission from which nothing changes any more: the longest list of deductibles anywhere."""
    tables: list[Any] = [layer.deductible.amount for layer in edition.layers]
    if edition.away is not None:
        choices = leaves(edition.away.cases)
        tables += [treatment.deductible for choice in choices for treatment in choice.treatments]
    return max((len(leaf.figures) for table in tables if table is not None for leaf in leaves(table)), default=1)
