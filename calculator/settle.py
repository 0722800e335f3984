"""One case through the settlement pipeline, stage by stage; ``stages`` holds the rules, this module their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from calculator.case import Case
from calculator.completions import Run
from calculator.errors import InvalidData, NotCovered, Problem, nearest_word
from calculator.ledger import Ledger, Step
from calculator.model import (
    CARE_WORDS,
    DISTANCE_WORDS,
    FILING_WORDS,
    SCHEME_WORDS,
    SPECIAL_FILINGS,
    BenefitEdition,
    Layer,
    PoolingArea,
)
from calculator.money import ZERO
from calculator.outcomes import Gap, Outcome, completed
from calculator.rules import AT_HOME, Situation, accumulators, edition_on, filings, percentages
from calculator.stages.account import charge_account, pay_first, round_payers
from calculator.stages.away import first_pay_on_eligible, refused, resolve
from calculator.stages.cost import classify
from calculator.stages.guarantee import top_up
from calculator.stages.hospital import note_hospital
from calculator.stages.layer import settle_layers
from calculator.turning import turning_points


def settle(area: PoolingArea, case: Case) -> tuple[list[Outcome], list[Gap]]:
    """All completions of a case. Raises NotCovered when the policy is silent about every one of them."""
    once = settlement(area, case)
    outcomes, gaps = completed(once)
    if len(outcomes) > 1 and not _one_directional(edition_of(area, case)[0]):
        outcomes += turning_points(once, outcomes)
    return outcomes, gaps


def settlement(area: PoolingArea, case: Case) -> Callable[[Run], Outcome]:
    """A case made ready to be settled for one completion after another."""
    opened = sheet_of(area, case)
    return lambda run: pipeline(opened(run))


def sheet_of(area: PoolingArea, case: Case) -> Callable[[Run], Ledger]:
    """The empty settlement sheet of a case, for one completion after another."""
    edition, what = edition_of(area, case)
    _refuse_whole_stay_over_years(area, edition, case)
    _refuse_unknown_layers(area, case, edition)
    answers = {"group": case.group, "level": case.level, "filing": case.filing or "local", "distance": case.distance}
    answers |= case.traits

    def vocabulary(dimension: str) -> tuple[str, ...]:
        return _vocabulary(area, case, edition, dimension)

    def opened(run: Run) -> Ledger:
        return Ledger(case, edition, Situation(area, answers, vocabulary, run, what), run)

    return opened


def _vocabulary(area: PoolingArea, case: Case, edition: BenefitEdition, dimension: str) -> tuple[str, ...]:
    """Every answer there is to a question about the case."""
    if dimension == "filing":
        known = filings(edition.away.cases) if edition.away else ()
        words = tuple(name for name in FILING_WORDS if name not in SPECIAL_FILINGS or name in known)
        # whoever says how far away the hospital is was not treated at home
        return tuple(name for name in words if name not in AT_HOME) if case.distance in DISTANCE_WORDS else words
    if dimension in area.traits:
        return tuple(area.traits[dimension].words)
    return tuple({"group": area.groups[case.scheme], "level": area.levels, "distance": DISTANCE_WORDS}[dimension])


def _refuse_whole_stay_over_years(area: PoolingArea, edition: BenefitEdition, case: Case) -> None:
    """Where a stay over the end of the insurance year is settled in two parts, each part has its own bill."""
    if edition.across_years is None or case.in_parts or case.one_day:
        return
    if area.insurance_year(case.admitted) != area.insurance_year(case.discharged):
        month, day = area.year_starts
        message = f"这里跨年住院要分开结算，{month} 月 {day} 日前后各算各的；请分成两段，分别填写费用"
        raise InvalidData([Problem(("discharged",), message, "date")])


def _refuse_unknown_layers(area: PoolingArea, case: Case, edition: BenefitEdition) -> None:
    """What the case says of a layer must name one of this edition's layers, or it would be silently ignored."""
    history, layers = case.history, {layer.id for layer in edition.layers}
    if {*history.opening, *history.current, *case.carried, *case.given_deductible} <= layers:
        return
    counted = accumulators(area, edition)
    wrong = [
        Problem(
            (*place.split("."), name),
            f"这里没有叫“{name}”的层{nearest_word(name, known)}；有 {'、'.join(known)}",
            "layer",
        )
        for place, names, known in (
            ("year_to_date", history.opening, counted),
            ("period_to_date", history.current, counted),
            ("carried", case.carried, counted),
            ("given.deductible", case.given_deductible, tuple(layer.id for layer in edition.layers)),
        )
        for name in names
        if name not in known
    ]
    if wrong:
        raise InvalidData(wrong)


def _one_directional(edition: BenefitEdition) -> bool:
    """Whether what the fund pays moves one way only with each single amount or ratio.

    With one layer after another on the same cost it does, and only the rules named here are known to leave it so.
    Layers that pay back, a guarantee, a ratio for the whole amount, items of their own, an account that pays first, a
    line that follows the bill, or a layer that depends on another can turn it round.
    """
    first = edition.account is not None and edition.account.first
    if edition.guarantee is not None or edition.items or first:
        return False
    if any("whole" in figure.values for figure in edition.figures) or _follows_the_bill(edition.layers):
        return False
    return all(_plain(layer) for layer in edition.layers) and not _follows_the_bill(edition.away)


def _plain(layer: Layer) -> bool:
    depends = layer.if_reached or layer.if_not_reached or layer.times or layer.settles != "event"
    return layer.base.kind != "own" and layer.lump_sum is None and layer.true_up is None and not depends


def _follows_the_bill(rules: object) -> bool:
    return any(amount.of in ("total", "eligible") for amount in percentages(rules))


def edition_of(area: PoolingArea, case: Case) -> tuple[BenefitEdition, str]:
    """The edition that applies, by the day the area goes by (SW-1), and the rules' name for readers."""
    what = f"{area.name}{SCHEME_WORDS[case.scheme]}{CARE_WORDS[case.care]}"
    benefit = area.benefit(case.scheme, case.care)
    if benefit is None:
        known = [f"{SCHEME_WORDS[b.scheme]}{CARE_WORDS[b.care]}" for b in area.benefits]
        raise NotCovered(f"{what}的规则本站没有收录。", "scheme", known)
    edition = edition_on(benefit.editions, case.day(benefit.editions[-1].date_by), what)
    return edition, f"{area.name}{edition.called}{CARE_WORDS[case.care]}" if edition.called else what


def pipeline(ledger: Ledger) -> Outcome:
    """The stages in the order of a settlement sheet (结算单); not those this case and its edition have no use for."""
    if ledger.edition.date_by == "admission" and ledger.case.one_day and ledger.case.care == "inpatient":
        ledger.step("assume.admitted")
    if ledger.case.hospital or ledger.case.hospital_grade:
        note_hospital(ledger)
    classify(ledger)
    resolve(ledger)
    away, account_asked = ledger.away, ledger.account_asked
    if not (away and refused(ledger)):
        if away:
            first_pay_on_eligible(ledger)
        if account_asked:
            pay_first(ledger)
        settle_layers(ledger)
        if ledger.edition.guarantee is not None or ledger.mixture is not None:
            top_up(ledger)
    unrounded = ledger.fund_paid
    round_payers(ledger)
    total, fund = ledger.total, ledger.fund_paid
    person = total - fund
    account = charge_account(ledger, person) if account_asked else ZERO
    person -= account
    amounts = {"total": total, "eligible": ledger.eligible, "fund": fund, "person": person}
    for name, amount in ledger.fund.items():
        amounts[f"layer:{name}"] = amount
    if ledger.account is not None:
        amounts["account"] = account
    if len(ledger.accounts) > 1:
        amounts |= {f"account:{name}": amount for name, amount in ledger.accounts.items()}
    ledger.step("result", fund, total=total, person=person, account=account)
    steps = ledger.steps
    if ledger.situation.assumed:
        steps = [*(_default(ledger, name, word) for name, word in ledger.situation.assumed.items()), *steps]
    _note_use(ledger)
    return Outcome(
        amounts,
        tuple(steps),
        tuple(ledger.run.choices.values()),
        ledger.run.status,
        unrounded,
        ledger.tally,
        ledger.own,
    )


def _note_use(ledger: Ledger) -> None:
    """What each layer pays, and what layers count into accumulators they have in common."""
    for payer, paid in ledger.fund.items():
        used = ledger.use(payer)
        used.paid += paid
        used.times += 1 if paid else 0
    if not ledger.common:
        return
    for layer in ledger.edition.layers:
        for name in ledger.common.get(layer.id, ()):
            used = ledger.tally[layer.id]
            if name == layer.deductible.shared:  # a deductible in common has already been noted there
                used = replace(used, deductible=ZERO, share=ZERO)
            ledger.tally[name] = ledger.use(name) + used


def _default(ledger: Ledger, trait: str, word: str) -> Step:
    """A trait nobody told us, taken at its default, as a step of its own at the head of the sheet."""
    named = ledger.situation.area.traits[trait]
    return Step("assume.trait", None, {"trait": named.name, "word": named.words[word]}, ())
