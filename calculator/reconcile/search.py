"""All explanations of what a settlement sheet says, and their order.

Order: fewest changes; then how plausible the changes are (``PLAUSIBLE``); then how near the amount. Another answer that
meets the sheet to the fen says much, for there are few answers; an amount that does says little, for some amount nearly
always does: so answers go before amounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from decimal import Decimal, localcontext
from itertools import combinations
from typing import NamedTuple

from calculator.case import Case
from calculator.completions import Choice, Run
from calculator.errors import InvalidData, NotCovered
from calculator.model import PoolingArea
from calculator.money import EXACT, FEN, Yuan, number
from calculator.outcomes import RATIO_STEP, Gap, Outcome, completed
from calculator.reconcile.changes import Amount, State, Way, amounts, ways
from calculator.reconcile.paid import Paid
from calculator.reconcile.solve import Solution, solutions
from calculator.settle import settle, settlement

PLAUSIBLE = (
    "level", "filing", "admission", "deductible", "date", "group", "traits", "distance", "scheme",
    "account",
    "bill.self_funded", "bill.first_pay", "bill.over_limit", "year_to_date.deductible", "year_to_date.paid",
    "year_to_date.counted", "given.deductible",
)  # fmt: skip
"""Kinds of change, the likeliest first: answers, then amounts; without the ids of layers and traits."""
MOST = 1000
"""Settlements tried for pairs; the search ends there and says so."""
MOST_COMPLETIONS = 6
"""Ways an uncertain case may turn out, among which an amount is solved for."""
MOST_FOUND = 10


class Change(NamedTuple):
    """One thing otherwise, and the value that fits; for an amount, everything from ``low`` to ``high`` fits alike."""

    kind: str
    value: object
    low: Yuan | None = None
    high: Yuan | None = None


class Finding(NamedTuple):
    """One explanation: what is otherwise (nothing: only what is uncertain anyway), and the settlement that comes of it.

    ``same``: changes of the same kinds that no amount of the sheet tells apart from these.
    """

    changes: tuple[Change, ...]
    outcome: Outcome
    off: Yuan
    state: State
    same: tuple[tuple[Change, ...], ...] = ()


class Found(NamedTuple):
    """The case as stated, and every explanation in order."""

    outcomes: tuple[Outcome, ...]
    gaps: tuple[Gap, ...]
    findings: tuple[Finding, ...]
    complete: bool

    @property
    def agrees(self) -> bool:
        """Whether the sheet says what the rules give for the case as stated."""
        return len(self.findings) == 1 and not self.findings[0].changes and not self.findings[0].outcome.choices


def reconcile(area: PoolingArea, possible: Sequence[tuple[tuple[Choice, ...], Case]], paid: Paid) -> Found:
    """Every explanation. The cases are what the document may mean, each with what is assumed in it."""
    search = _Search(paid)
    outcomes: list[Outcome] = []
    gaps: list[Gap] = []
    for assumed, case in possible:
        try:
            settled, silent = settle(area, case)
        except NotCovered as reason:
            settled, silent = [], [Gap(reason, ())]
        outcomes += [outcome._replace(choices=assumed + outcome.choices) for outcome in settled]
        gaps += [gap._replace(choices=assumed + gap.choices) for gap in silent]
    if outcomes and not gaps and all(paid.fits(outcome) for outcome in outcomes):
        return Found(
            tuple(outcomes),
            (),
            (Finding((), outcomes[0]._replace(choices=()), paid.off(outcomes[0]), State(area, possible[0][1])),),
            True,
        )
    findings: list[Finding] = []
    for assumed, case in possible:
        findings += _assuming(assumed, search.stated(State(area, case)))
    as_stated = len(findings) > 0
    for assumed, case in possible:
        findings += _assuming(assumed, search.changed(State(area, case), pairs=not as_stated))
    return Found(tuple(outcomes), tuple(gaps), tuple(_in_order(findings)), search.complete)


def _assuming(assumed: tuple[Choice, ...], findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield finding._replace(outcome=finding.outcome._replace(choices=assumed + finding.outcome.choices))


class _Search:
    """Tries what may be otherwise with one case."""

    def __init__(self, paid: Paid) -> None:
        self.paid = paid
        self.tried = 0
        self.complete = True

    def stated(self, state: State) -> Iterator[Finding]:
        """The case as stated, where it may turn out in several ways."""
        yield from self._fitting((), state)
        for like in self._uncertain(state):
            for choice in like.values():
                if choice.continuous:
                    yield from self._between(state, choice, like)

    def changed(self, state: State, *, pairs: bool) -> Iterator[Finding]:
        """One change, then two of which neither is enough; an amount beside an answer only when nothing else fits."""
        made = [(way, _applied(state, way)) for way in ways(state, self.paid)]
        found = [
            finding
            for way, other in made
            if other is not None
            for finding in self._fitting((Change(way.kind, way.value),), other)
        ]
        enough = {(change.kind, change.value) for finding in found for change in finding.changes}
        for amount in self._amounts(state):
            found += self._solved((), state, amount)
        if pairs:
            found += self._two_answers(state, [way for way, _ in made if (way.kind, way.value) not in enough])
            found += self._answer_and_amount(made) if not found else ()
        yield from found

    def _two_answers(self, state: State, rest: Sequence[Way]) -> Iterator[Finding]:
        pairs = [(one, two) for one, two in combinations(rest, 2) if one.kind != two.kind]
        for one, two in sorted(pairs, key=lambda pair: plausibility(way.kind for way in pair)):
            other = _applied(_applied(state, one), two)
            if other is not None and self._may_go_on():
                yield from self._fitting((Change(one.kind, one.value), Change(two.kind, two.value)), other)

    def _answer_and_amount(self, made: Sequence[tuple[Way, State | None]]) -> Iterator[Finding]:
        for way, other in sorted(made, key=lambda pair: plausibility([pair[0].kind])):
            for amount in self._amounts(other) if other is not None else ():
                if other is not None and amount.kind != "bill.over_limit" and self._may_go_on():
                    yield from self._solved((Change(way.kind, way.value),), other, amount)

    def _may_go_on(self) -> bool:
        if self.tried >= MOST:
            self.complete = False
        return self.complete

    def _amounts(self, state: State) -> list[Amount]:
        outcomes = self._outcomes(state)
        return list(amounts(state, outcomes[0] if outcomes else None, self.paid))

    def _outcomes(self, state: State) -> list[Outcome]:
        """The outcomes of a state; none where the policy is silent or an answer is missing."""
        try:
            outcomes = completed(settlement(*state))[0]
        except (NotCovered, InvalidData):
            outcomes = []
        self.tried += max(1, len(outcomes))
        return outcomes

    def _fitting(self, changes: tuple[Change, ...], state: State) -> Iterator[Finding]:
        for outcome in self._outcomes(state):
            if self.paid.fits(outcome):
                yield Finding(changes, outcome, self.paid.off(outcome), state)

    def _uncertain(self, state: State) -> Iterator[dict[str, Choice]]:
        """What to assume about everything uncertain: each combination of options and ends, as far as there are few."""
        known: set[tuple[tuple[str, int], ...]] = set()
        for outcome in self._outcomes(state):
            kept = tuple((choice.key, choice.pick) for choice in outcome.choices)
            if kept not in known and len(known) < MOST_COMPLETIONS:
                known.add(kept)
                yield {choice.key: choice for choice in outcome.choices}

    def _between(self, state: State, choice: Choice, like: dict[str, Choice]) -> Iterator[Finding]:
        """Inside a range of the policy, or an amount the person does not know."""
        yuan = choice.figure is None or choice.figure.unit == "yuan"
        unit = FEN if yuan else RATIO_STEP
        low, high = (number(option) for option in choice.options)
        once = settlement(*state)

        def settled(x: int) -> Outcome | None:
            return self._once(once, Run(like=like, forced={choice.key: x * unit}))

        steep = unit * 2 if yuan else unit * state.case.bill.total
        for _, outcome in self._at(settled, low, high, unit, steep):
            if outcome.amounts:
                yield Finding((), outcome, self.paid.off(outcome), state)

    def _solved(self, changes: tuple[Change, ...], state: State, amount: Amount) -> Iterator[Finding]:
        start = amount.put(state, amount.low)
        for like in self._uncertain(start):

            def settled(x: int, like: dict[str, Choice] = like) -> Outcome | None:
                with suppress(NotCovered, InvalidData):
                    return self._once(settlement(*amount.put(state, x * FEN)), Run(like=like))
                return None

            for solution, outcome in self._at(settled, amount.low, amount.high, FEN, FEN * 2):
                low, high, at = (number(x * FEN) for x in solution)
                made = (*changes, Change(amount.kind, at, low, high))
                yield Finding(made, outcome, self.paid.off(outcome), amount.put(state, at))

    def _once(self, once: Callable[[Run], Outcome], run: Run) -> Outcome | None:
        self.tried += 1
        with suppress(NotCovered, InvalidData), localcontext(EXACT):
            return once(run)
        return None

    def _at(
        self, settled: Callable[[int], Outcome | None], low: Yuan, high: Yuan, unit: Decimal, steep: Yuan
    ) -> Iterator[tuple[Solution, Outcome]]:
        seen: dict[int, Outcome | None] = {}

        def outcome(x: int) -> Outcome | None:
            if x not in seen:
                seen[x] = settled(x)
            return seen[x]

        def above(x: int) -> Yuan | None:
            found = outcome(x)
            return None if found is None else self.paid.above(found)

        for solution in solutions(above, int(low / unit), int(high / unit), steep, self.paid.within):
            found = outcome(solution.at)
            if found is not None and self.paid.fits(found):
                yield solution, found


def _applied(state: State | None, way: Way) -> State | None:
    with suppress(NotCovered, InvalidData):
        return way.apply(state) if state is not None else None
    return None


def plausibility(kinds: Iterable[str]) -> int:
    """The less, the likelier; of several changes the sum."""
    return sum(PLAUSIBLE.index(family(kind)) for kind in kinds)


def family(kind: str) -> str:
    """A kind without the id of a layer or trait: ``year_to_date.basic.paid`` → ``year_to_date.paid``.

    >>> family("year_to_date.basic.paid"), family("given.deductible.large"), family("level")
    ('year_to_date.paid', 'given.deductible', 'level')
    """
    if kind.startswith("year_to_date."):
        return f"year_to_date.{kind.rsplit('.', 1)[1]}"
    if kind.startswith("given."):
        return "given.deductible"
    return kind.split(".", 1)[0] if kind.startswith(("traits.", "deductible.")) else kind


def _in_order(findings: Sequence[Finding]) -> list[Finding]:
    """The explanations, the best first; those nobody can tell apart as one."""
    ranked = sorted(findings, key=lambda f: (len(f.changes), plausibility(c.kind for c in f.changes), f.off))
    groups: dict[object, Finding] = {}
    nothing_new = {_settled(finding) for finding in ranked if not finding.changes}
    for finding in ranked:
        given = tuple(finding.outcome.amounts.items())
        if finding.changes and _settled(finding) in nothing_new:
            continue
        kinds = tuple(_alike(change.kind) for change in finding.changes)
        first = groups.setdefault((kinds, given), finding)
        if first is not finding and finding.changes not in (first.changes, *first.same):
            groups[kinds, given] = first._replace(same=(*first.same, finding.changes))
    return list(groups.values())[:MOST_FOUND]


def _settled(finding: Finding) -> tuple[object, ...]:
    """What was assumed and what came of it, so that a change of nothing shows."""
    assumed = tuple((choice.key, choice.value) for choice in finding.outcome.choices)
    return assumed, tuple(finding.outcome.amounts.items())


def _alike(kind: str) -> str:
    """Kinds that say nearly the same in other words: parts of the bill, and what is done with one deductible."""
    parts = kind.split(".")
    if parts[0] == "year_to_date" and parts[-1] == "deductible":
        return f"deductible.{parts[1]}"
    return kind if parts[0] == "deductible" else parts[0]
