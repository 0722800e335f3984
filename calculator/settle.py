"""One case through the settlement pipeline, stage by stage; ``stages`` holds the rules, this module their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import localcontext
from typing import NamedTuple

from calculator.case import Case
from calculator.completions import Choice, Run, explore
from calculator.errors import NotCovered
from calculator.ledger import Ledger, Step
from calculator.model import (
    CARE_WORDS,
    DISTANCE_WORDS,
    SCHEME_WORDS,
    BenefitEdition,
    PoolingArea,
    Status,
)
from calculator.money import EXACT, ZERO, Yuan
from calculator.rules import Situation, edition_on, filings
from calculator.stages.account import charge_account, round_payers
from calculator.stages.away import first_pay_on_eligible, refused, resolve
from calculator.stages.cost import classify
from calculator.stages.guarantee import top_up
from calculator.stages.layer import settle_layer


class Outcome(NamedTuple):
    """One completion, settled: amounts by name, the steps, what was assumed, the weakest status used."""

    amounts: Mapping[str, Yuan]
    steps: tuple[Step, ...]
    choices: tuple[Choice, ...]
    status: Status


class Gap(NamedTuple):
    """A completion the policy is silent about, and what was assumed to get there."""

    reason: NotCovered
    choices: tuple[Choice, ...]


def settle(area: PoolingArea, case: Case) -> tuple[list[Outcome], list[Gap]]:
    """All completions of a case. Raises NotCovered when the policy is silent about every one of them."""
    edition, what = edition_of(area, case)
    answers = {"group": case.group, "level": case.level, "filing": case.filing or "local", "distance": case.distance}
    vocabulary = {
        "group": tuple(area.groups[case.scheme]),
        "level": tuple(area.levels),
        "filing": ("local", *(filings(edition.away.cases) if edition.away else ())),
        "distance": tuple(DISTANCE_WORDS),
    }

    def once(run: Run) -> Outcome:
        ledger = Ledger(case, edition, Situation(area, answers, vocabulary, run, what), run)
        return _pipeline(ledger)

    return completed(once)


def completed(once: Callable[[Run], Outcome]) -> tuple[list[Outcome], list[Gap]]:
    """Every completion's outcome, and the gaps; NotCovered only when there is no outcome at all."""

    def attempt(run: Run) -> Outcome | Gap:
        try:
            return once(run)
        except NotCovered as silent:
            return Gap(silent, tuple(run.choices.values()))

    outcomes: list[Outcome] = []
    gaps: list[Gap] = []
    with localcontext(EXACT):
        for _, result in explore(attempt):
            if isinstance(result, Gap):
                gaps.append(result)
            else:
                outcomes.append(result)
    if not outcomes:
        raise gaps[0].reason
    return outcomes, gaps


def edition_of(area: PoolingArea, case: Case) -> tuple[BenefitEdition, str]:
    """The edition that applies, by the day the area goes by (SW-1), and the rules' name for readers."""
    what = f"{area.name}{SCHEME_WORDS[case.scheme]}{CARE_WORDS[case.care]}"
    benefit = area.benefit(case.scheme, case.care)
    if benefit is None:
        known = [f"{SCHEME_WORDS[b.scheme]}{CARE_WORDS[b.care]}" for b in area.benefits]
        raise NotCovered(f"{what}的规则本站没有收录。", "scheme", known)
    by_admission = benefit.editions[-1].date_by == "admission"
    return edition_on(benefit.editions, case.admitted if by_admission else case.discharged, what), what


def _pipeline(ledger: Ledger) -> Outcome:
    """The stages in the order of a settlement sheet (结算单)."""
    classify(ledger)
    resolve(ledger)
    if not refused(ledger):
        first_pay_on_eligible(ledger)
        for layer in ledger.edition.layers:
            settle_layer(ledger, layer)
        top_up(ledger)
        round_payers(ledger)
    total, fund = ledger.case.bill.total, ledger.fund_paid
    account = charge_account(ledger, total - fund)
    person = total - fund - account
    amounts = {"total": total, "eligible": ledger.eligible, "fund": fund, "person": person}
    amounts |= {f"layer:{name}": amount for name, amount in ledger.fund.items()}
    if ledger.account is not None:
        amounts["account"] = account
    ledger.step("result", fund, total=total, person=person, account=account if ledger.account is not None else ZERO)
    return Outcome(amounts, tuple(ledger.steps), tuple(ledger.run.choices.values()), ledger.run.status)
