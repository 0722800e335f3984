"""What may have been otherwise than the case says: another answer, or an amount nobody stated.

A change is data: a kind, the value it takes, and how it changes what is settled. Which changes there are comes from the
area's own words and rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from calculator.case import Case
from calculator.errors import NotCovered
from calculator.history import NO_HISTORY, NOTHING_USED
from calculator.model import DISTANCE_WORDS, BenefitEdition, Deductible, PoolingArea
from calculator.money import ZERO, Yuan
from calculator.outcomes import Outcome
from calculator.reader import UNKNOWN
from calculator.reconcile.paid import Paid
from calculator.rules import dimensions_of, filings
from calculator.settle import edition_of
from calculator.stages.line import admissions


class State(NamedTuple):
    """What is settled: a case by the rules of an area (both may have been changed)."""

    area: PoolingArea
    case: Case


class Way(NamedTuple):
    """One thing otherwise. ``value`` is a word of the area, a number of admission, a date or an amount."""

    kind: str
    value: object
    apply: Callable[[State], State]


class Amount(NamedTuple):
    """One amount otherwise: anything from ``low`` to ``high`` is possible."""

    kind: str
    low: Yuan
    high: Yuan
    put: Callable[[State, Yuan], State]


def ways(state: State, paid: Paid) -> Iterator[Way]:
    """Every other answer the area knows, in the order in which two of them are applied."""
    area, case = state
    for benefit in area.benefits:
        if benefit.care == case.care and benefit.scheme != case.scheme:
            yield Way("scheme", benefit.scheme.value, _scheme(benefit.scheme.value))
    yield from _dates(area, case)
    yield from _words("group", case.group, area.groups[case.scheme])
    yield from _words("level", case.level, area.levels)
    try:
        edition = edition_of(area, case)[0]
    except NotCovered:
        return
    yield from _filings(case, edition)
    if case.distance:
        yield from _words("distance", case.distance, DISTANCE_WORDS)
    yield from _traits(area, case, edition)
    yield from _of_the_rules(case, edition, paid)


def _words(name: str, stated: str, known: Iterable[str]) -> Iterator[Way]:
    for word in known if stated != UNKNOWN else ():
        if word != stated:
            yield Way(name, word, _field(name, word))


def _traits(area: PoolingArea, case: Case, edition: BenefitEdition) -> Iterator[Way]:
    asked = dimensions_of(edition)
    for name, trait in area.traits.items():
        stated = case.traits.get(name) or trait.default
        for word in trait.words if name in asked and stated != UNKNOWN else ():
            if word != stated:
                yield Way(f"traits.{name}", word, _trait(name, word))


def _trait(name: str, word: str) -> Callable[[State], State]:
    return lambda state: State(state.area, replace(state.case, traits={**state.case.traits, name: word}))


def _of_the_rules(case: Case, edition: BenefitEdition, paid: Paid) -> Iterator[Way]:
    if case.admission != UNKNOWN:
        for number in range(1, admissions(edition) + 1):
            if number != min(int(case.admission or 1), admissions(edition)):
                yield Way("admission", number, _admission(number))
    account = paid.amounts.get("account", ZERO)
    if account and edition.account is not None and case.account_balance != account:
        yield Way("account", account, _account(account))
    for layer in edition.layers:
        if layer.deductible.known and layer.deductible.amount is not None:
            yield Way(f"deductible.{layer.id}", "none", _no_deductible(layer.id))


def _scheme(scheme: str) -> Callable[[State], State]:
    def apply(state: State) -> State:
        group = state.case.group if state.case.group in state.area.groups[scheme] else UNKNOWN
        case = replace(state.case, scheme=scheme, group=group, history=NO_HISTORY, given_deductible={})
        return State(state.area, case)

    return apply


def _field(name: str, word: str) -> Callable[[State], State]:
    return lambda state: State(state.area, replace(state.case, **{name: word}))  # type: ignore[arg-type]


def _admission(number: int) -> Callable[[State], State]:
    return lambda state: State(state.area, replace(state.case, admission=number))


def _account(amount: Yuan) -> Callable[[State], State]:
    return lambda state: State(state.area, replace(state.case, account_balance=amount))


def _dates(area: PoolingArea, case: Case) -> Iterator[Way]:
    benefit = area.benefit(case.scheme, case.care)
    if benefit is None:
        return
    try:
        now = edition_of(area, case)[0]
    except NotCovered:
        now = None
    for edition in benefit.editions:
        if edition is not now:
            day = edition.since

            def apply(state: State, day: object = day) -> State:
                return State(state.area, replace(state.case, admitted=day, discharged=day))  # type: ignore[arg-type]

            yield Way("date", day, apply)


def _filings(case: Case, edition: BenefitEdition) -> Iterator[Way]:
    if case.filing == UNKNOWN or edition.away is None:
        return
    for filing in ("local", *filings(edition.away.cases)):
        if filing != (case.filing or "local"):

            def apply(state: State, filing: str = filing) -> State:
                return State(state.area, replace(state.case, filing=filing, distance=state.case.distance or UNKNOWN))

            yield Way("filing", filing, apply)


def _no_deductible(layer_id: str) -> Callable[[State], State]:
    """The same rules without the deductible that they state for a layer."""
    none = Deductible(known=True, amount=None)

    def apply(state: State) -> State:
        area, case = state
        edition = edition_of(area, case)[0]
        layers = tuple(replace(one, deductible=none) if one.id == layer_id else one for one in edition.layers)
        changed = replace(edition, layers=layers)
        benefits = tuple(
            replace(b, editions=tuple(changed if e is edition else e for e in b.editions)) for b in area.benefits
        )
        return State(replace(area, benefits=benefits), case)

    return apply


def amounts(state: State, outcome: Outcome | None, paid: Paid) -> Iterator[Amount]:
    """Every amount that may be otherwise; the year's use of a layer as far as the outcome met its line or its cap."""
    area, case = state
    bill = case.bill
    stated = {"self_funded": bill.self_funded, "first_pay": bill.first_pay, "over_limit": bill.over_limit}
    if None not in stated.values():
        items = bill.itemised
        known = sum((amount or ZERO for amount in stated.values()), items)
        for name, amount in stated.items():
            if not (name == "first_pay" and bill.class_b):
                yield Amount(f"bill.{name}", ZERO, bill.total - known + (amount or ZERO), _bill(name))
    try:
        edition = edition_of(area, case)[0]
    except NotCovered:
        return
    for layer in edition.layers:
        if not layer.deductible.known:
            yield Amount(f"given.deductible.{layer.id}", ZERO, bill.total, _given(layer.id))
        lines = _lines(outcome, layer.name)
        if layer.deductible.per == "year" and "line" in lines:
            kind = f"year_to_date.{layer.id}.deductible"
            yield Amount(kind, ZERO, lines["line"], _used(layer.id, "deductible"))
        cap = next((cap for cap in layer.caps if cap.per == "year" and not cap.each), None)
        if cap is not None and "cap" in lines:
            what, name = "paid" if cap.of == "fund_payment" else "counted", cap.shared or layer.id
            used = case.history.opening.get(name, NOTHING_USED)
            least = ZERO if what == "paid" else used.paid + used.deductible
            yield Amount(f"year_to_date.{name}.{what}", least, max(least, lines["cap"]), _used(name, what))
    if "person" in paid.amounts and "account" not in paid.amounts and edition.account is not None:
        yield Amount("account", ZERO, bill.total, lambda state, n: _account(n)(state))


def _lines(outcome: Outcome | None, layer: str) -> Mapping[str, Yuan]:
    """The deductible and the cap an outcome met in a layer."""
    found: dict[str, Yuan] = {}
    for step in outcome.steps if outcome else ():
        if step.data.get("layer") == layer and step.rule.startswith("deductible.") and "line" in step.data:
            found["line"] = step.data["line"]
        if step.data.get("layer") == layer and step.rule in ("cap.within", "cap.reached") and step.amount is not None:
            found["cap"] = step.amount
    return found


def _bill(name: str) -> Callable[[State, Yuan], State]:
    def put(state: State, amount: Yuan) -> State:
        bill = replace(state.case.bill, **{name: amount})  # type: ignore[arg-type]
        return State(state.area, replace(state.case, bill=bill))

    return put


def _given(layer: str) -> Callable[[State, Yuan], State]:
    def put(state: State, amount: Yuan) -> State:
        given = {**state.case.given_deductible, layer: amount}
        return State(state.area, replace(state.case, given_deductible=given))

    return put


def _used(layer: str, what: str) -> Callable[[State, Yuan], State]:
    def put(state: State, amount: Yuan) -> State:
        history = state.case.history
        used = replace(history.opening.get(layer, NOTHING_USED), **{what: amount})  # type: ignore[arg-type]
        history = replace(history, opening={**history.opening, layer: used})
        return State(state.area, replace(state.case, history=history))

    return put
