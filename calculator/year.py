"""一年的就医: a list of events settled one after the other, each with what the year has used up before it.

What carries over stands in a ``State``: entries of the accumulators by day, the numbers of admissions, the last stay,
the account's balance and the sums of the year. A later call may begin with the state an earlier one ended in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from calculator.case import Case, Transfer
from calculator.completions import Run
from calculator.errors import NotCovered
from calculator.history import NOTHING_USED, Entry, History, Used
from calculator.ledger import Step
from calculator.model import CARE_WORDS, BenefitEdition, PoolingArea, SettledInParts
from calculator.money import ZERO, Yuan
from calculator.outcomes import Outcome
from calculator.settle import edition_of, settlement
from calculator.stages.line import continues
from calculator.year_end import settle_end


@dataclass(frozen=True, slots=True)
class Stay:
    """The last stay in a hospital: where a transfer comes from. ``deductible`` is what the whole stay has taken."""

    discharged: date
    level: str
    deductible: Yuan


@dataclass(frozen=True, slots=True)
class State:
    """What an insurance year has seen so far; ``settled`` counts the events."""

    year: int
    settled: int = 0
    day: date | None = None
    """The day the last event was settled by."""
    entries: tuple[Entry, ...] = ()
    admissions: Mapping[str, int] = field(default_factory=dict)
    stay: Stay | None = None
    accounts: Mapping[str, Yuan] = field(default_factory=dict)
    """What is left in the account's pots; under an empty name where there is only one."""
    sums: Mapping[str, Yuan] = field(default_factory=dict)
    own: Mapping[str, Yuan] = field(default_factory=dict)
    """What the person paid, by kind of care and part (``inpatient.share``), and the cost it belongs to."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the list, or one part of a stay settled in parts."""

    id: str
    case: Case
    transferred: bool = False
    """转院: the stay goes on from the last one, in another hospital."""
    later_part: str = ""
    """How this part follows an earlier one of the same stay: ``periods`` | ``across_years``; empty: it does not."""


class Year(NamedTuple):
    """One completion of the list: what each event came to, what each insurance year came to, and where it ends."""

    events: tuple[Outcome, ...]
    years: Mapping[int, Outcome]
    closing: State


def settle_list(area: PoolingArea, events: Sequence[Event], opening: State | None) -> Callable[[Run], Outcome]:
    """The list made ready to be settled for one completion after another, in the order given.

    The outcome's amounts are the sums of the last insurance year; ``details`` is the ``Year``.
    """
    settlers = [(event, *edition_of(area, event.case)) for event in events]

    def once(run: Run) -> Outcome:
        state, outcomes, years = opening, list[Outcome](), dict[int, Outcome]()
        for event, edition, _ in settlers:
            state = _in_year(state, area.insurance_year(event.case.day(edition.date_by)))
            case = _with_history(state, event, edition)
            outcome = _settled(area, case, state.settled, run)
            state = _after(area, state, event, _with_level(case, state.settled, run), edition, outcome)
            outcomes.append(outcome)
            years[state.year] = _year(area, state, event.case, outcomes, run)
        assert state is not None
        return years[state.year]._replace(details=Year(tuple(outcomes), years, state))

    return once


def _settled(area: PoolingArea, case: Case, number: int, run: Run) -> Outcome:
    """One event, with its own questions and its own weakest status."""
    run.event, rank, run.rank = f"events.{number}.", run.rank, 0
    try:
        return settlement(area, case)(run)
    except NotCovered as silent:
        raise NotCovered(f"第 {number + 1} 次：{silent.what}", silent.missing, silent.nearest) from silent
    finally:
        run.event, run.rank = "", max(rank, run.rank)


def _in_year(state: State | None, year: int) -> State:
    """The state to go on with; a new insurance year begins with nothing used."""
    if state is None:
        return State(year)
    if state.year == year:
        return state
    return State(year, settled=state.settled, stay=state.stay, accounts=state.accounts)


def _with_history(state: State, event: Event, edition: BenefitEdition) -> Case:
    """The event's case with what the year has brought so far."""
    rule = _parts_rule(event, edition)
    number = state.admissions.get(edition.counts_as or event.case.care, 0)
    entries = tuple(entry for entry in state.entries if entry.care in ("", event.case.care))
    if edition.year_to_date == "restart":
        entries = tuple(entry for entry in entries if entry.day >= edition.since)
    case = event.case
    if event.transferred:
        if state.stay is None:
            raise NotCovered("转院要接在另一次住院后面，前面没有住院。", f"events.{event.id}.transfer_from_last")
        days = (case.admitted - state.stay.discharged).days
        case = replace(case, transfer=Transfer(state.stay.level, max(days, 0), state.stay.deductible))
    return replace(
        case,
        history=History(entries=entries, known=True),
        admission=case.admission or (number + 1 if _counts(rule, edition, case) else max(number, 1)),
        account_balance=state.accounts.get("", case.account_balance),
        account_balances={**case.account_balances, **{pot: left for pot, left in state.accounts.items() if pot}},
        deductible_done=rule is not None and rule.deductible == "once",
    )


def _with_level(case: Case, number: int, run: Run) -> Case:
    """The case with the hospital level this completion has taken."""
    chosen = run.choices.get(f"events.{number}.level")
    return case if chosen is None else replace(case, level=str(chosen.value))


def _parts_rule(event: Event, edition: BenefitEdition) -> SettledInParts | None:
    """How a later part of a stay is settled. Raises NotCovered where the area does not say."""
    if not event.later_part:
        return None
    rule = edition.periods if event.later_part == "periods" else edition.across_years
    if rule is None:
        raise NotCovered("没有收录一次住院分段结算的规则（起付线要不要重新扣）。", f"events.{event.id}.parts")
    return rule


def _counts(rule: SettledInParts | None, edition: BenefitEdition, case: Case) -> bool:
    """Whether the event counts as another admission; a later part or a transfer may belong to the one before."""
    if rule is None:
        return not continues(edition, case.transfer)
    return rule.counts_as_admission


def _after(
    area: PoolingArea, state: State, event: Event, case: Case, edition: BenefitEdition, outcome: Outcome
) -> State:
    """The state an event leaves behind."""
    rule = _parts_rule(event, edition)
    day = case.day(edition.date_by)
    own = {layer.id for layer in edition.layers} | {"guarantee"}
    used = tuple(
        Entry(name, day, case.level, tally, case.care if name.split(".")[0] in own else "")
        for name, tally in outcome.tally.items()
    )
    admissions = dict(state.admissions)
    if _counts(rule, edition, case):
        counted = edition.counts_as or case.care
        admissions[counted] = admissions.get(counted, 0) + 1
    stay = state.stay
    if case.care == "inpatient":
        before = stay.deductible if stay and (event.later_part or continues(edition, case.transfer)) else ZERO
        taken = outcome.tally.get(edition.layers[0].id, NOTHING_USED).deductible
        stay = Stay(case.discharged, case.level, before + taken)
    return State(
        year=state.year,
        settled=state.settled + 1,
        day=day,
        entries=_merged((*state.entries, *used)),
        admissions=admissions,
        stay=stay,
        accounts=_left(case, outcome),
        sums=_added(state.sums, _named(area, case, outcome.amounts)),
        own=_added(state.own, _by_care(case.care, outcome)),
    )


def _named(area: PoolingArea, case: Case, amounts: Mapping[str, Yuan]) -> dict[str, Yuan]:
    """An event's amounts under the names they have in the year."""
    return {sum_name(area, case.scheme, case.care, name): amount for name, amount in amounts.items()}


def sum_name(area: PoolingArea, scheme: str, care: str, name: str) -> str:
    """What an amount of one kind of care is called in the sums of a year.

    Layers of one id in several kinds of care add up where they have one name, as 大病保险 has; else each keeps its own.
    """
    if not name.startswith("layer:"):
        return name
    layer_id = name.removeprefix("layer:")
    called = {
        layer.name
        for benefit in area.benefits
        if benefit.scheme == scheme
        for edition in benefit.editions
        for layer in edition.layers
        if layer.id == layer_id
    }
    return f"layer:{care}-{layer_id}" if len(called) > 1 else name


def _by_care(care: str, outcome: Outcome) -> dict[str, Yuan]:
    parts = {**outcome.own, "total": outcome.amounts["total"], "eligible": outcome.amounts["eligible"]}
    return {f"{care}.{part}": amount for part, amount in parts.items()}


def _left(case: Case, outcome: Outcome) -> dict[str, Yuan]:
    """What an event leaves in each pot of the account."""
    if case.account_balance is not None:
        return {"": case.account_balance - outcome.amounts.get("account", ZERO)}
    sole = outcome.amounts.get("account", ZERO) if len(case.account_balances) == 1 else ZERO
    return {
        pot: balance - outcome.amounts.get(f"account:{pot}", sole) for pot, balance in case.account_balances.items()
    }


def _merged(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """One entry for each accumulator, day and level."""
    sums: dict[tuple[str, date, str, str], Used] = {}
    for entry in entries:
        key = (entry.name, entry.day, entry.level, entry.care)
        sums[key] = sums[key] + entry.used if key in sums else entry.used
    return tuple(Entry(name, day, level, used, care) for (name, day, level, care), used in sums.items())


def _added(one: Mapping[str, Yuan], other: Mapping[str, Yuan]) -> dict[str, Yuan]:
    """Amounts by name, added up."""
    return {name: one.get(name, ZERO) + other.get(name, ZERO) for name in dict.fromkeys((*one, *other))}


def _year(area: PoolingArea, state: State, last: Case, outcomes: Sequence[Outcome], run: Run) -> Outcome:
    """What the insurance year has come to so far, with what is paid once at its end."""
    end = settle_end(area, last, state.sums, state.own, run)
    sums = _added(state.sums, end.amounts)
    steps = (
        Step("year.sums", sums["total"], {"count": state.settled, "year": state.year, "end": bool(end.steps)}, ()),
        *end.steps,
        Step(
            "result",
            sums["fund"],
            {"total": sums["total"], "person": sums["person"], "account": sums.get("account", ZERO)},
            (),
        ),
    )
    unrounded = sum((outcome.unrounded for outcome in outcomes), ZERO)
    return Outcome(sums, steps, tuple(run.choices.values()), run.status, unrounded, own=state.own)


def event_words(event: Event) -> str:
    """「住院，2026-03-01 到 2026-03-10」."""
    case = event.case
    days = f"{case.admitted} 到 {case.discharged}" if case.admitted != case.discharged else f"{case.discharged}"
    return f"{CARE_WORDS[case.care]}，{days}"
