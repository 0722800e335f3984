"""Two cases compared (对比): how much less the fund pays in the second, split by the stage that causes it.

The split telescopes along the settlement sheet (结算单). It starts from the first case and lets the second case's rules
take over one stage after the other, in the order of the settlement: 费用分类, 不予支付, 异地先自付, then for each layer
计算基数, 起付线, 先自付, 支付比例, 封顶线, at last 保底, 取整, 个人账户. What the payment changes at a stage is that
stage's part of the difference. As the row begins with the first settlement and ends with the second, the parts add up
to the whole difference exactly, whatever the rules. A stage's part depends on the stages before it being the second
case's and those behind it the first's: a deductible that is 500 yuan higher costs 425 yuan where the first case pays
85% above it. A layer that only one case has comes or goes as a whole.

What is uncertain is taken alike in both cases, so that a doubt they share is not counted as a difference; two areas
share the unanswered questions, not the uncertain figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import NamedTuple

from calculator.case import Case
from calculator.completions import Choice, Run
from calculator.errors import InvalidData, NotCovered
from calculator.ledger import Step
from calculator.mixture import AFTER, BEFORE, LAYER, Mixture, Side, Stage
from calculator.model import PoolingArea
from calculator.money import EXACT, Yuan
from calculator.outcomes import Outcome, completed
from calculator.settle import pipeline, sheet_of
from calculator.stages.away import resolve
from calculator.turning import turning_points

OTHER: Stage = ("other", "")
"""What no single stage explains: rules that work across stages, such as another order of the layers."""


class Subject(NamedTuple):
    """One of the cases that are compared, with the area whose rules settle it."""

    area: PoolingArea
    case: Case


@dataclass(frozen=True, slots=True)
class Cause:
    """What one stage changes, from the first case to the second; several stages where they cannot be told apart.

    ``before`` and ``after`` are the steps of these stages without and with the second case's rules.
    """

    stages: tuple[Stage, ...]
    layers: tuple[str, ...]
    """What the layer is called in either case; empty where the stage is for the whole bill."""
    fund_less: Yuan
    person_more: Yuan
    before: tuple[Step, ...]
    after: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """The difference in one completion; the causes add up to it."""

    fund_less: Yuan
    person_more: Yuan
    causes: tuple[Cause, ...]
    assumptions: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """The whole difference: its least and most, and the split of each. ``low`` is ``high`` when it is certain."""

    fund_less: tuple[Yuan, Yuan]
    person_more: tuple[Yuan, Yuan]
    low: Split
    high: Split


def contrast(first: Subject, second: Subject) -> Contrast:
    """Compare two cases. Raises NotCovered when no completion covers both."""
    pair = _Pair(first, second)
    outcomes, _ = completed(pair.difference)
    if any(choice.continuous for outcome in outcomes for choice in outcome.choices):
        outcomes += turning_points(pair.difference, outcomes)
    fund = [outcome.amounts["fund"] for outcome in outcomes]
    person = [outcome.amounts["person"] for outcome in outcomes]
    low = pair.split(outcomes[fund.index(min(fund))])
    certain = min(fund) == max(fund) and min(person) == max(person)
    high = low if certain else pair.split(outcomes[fund.index(max(fund))])
    return Contrast((min(fund), max(fund)), (min(person), max(person)), low, high)


class _Pair:
    """Both cases, made ready to be settled side by side."""

    def __init__(self, first: Subject, second: Subject) -> None:
        self._sheets = sheet_of(*first), sheet_of(*second)
        one_area = first.area.id == second.area.id
        self._scopes = ("", "") if one_area else (f"{first.area.id}:", f"{second.area.id}:")

    def _settled(self, number: int, run: Run) -> Outcome:
        run.scope = self._scopes[number]
        return pipeline(self._sheets[number](run))

    def difference(self, run: Run) -> Outcome:
        """How much less the fund pays, and how much more the person, in one completion."""
        one, two = self._settled(0, run), self._settled(1, run)
        fund, person = one.amounts["fund"] - two.amounts["fund"], two.amounts["person"] - one.amounts["person"]
        amounts = {"fund": fund, "person": person}
        return Outcome(amounts, (), two.choices, two.status, one.unrounded - two.unrounded)

    def split(self, outcome: Outcome) -> Split:
        """The difference of one completion, stage by stage."""
        like = {choice.key: choice for choice in outcome.choices}
        forced = {c.key: c.value for c in outcome.choices if len(c.options) == 1 and isinstance(c.value, Decimal)}
        run = Run(like=like, forced=forced)
        with localcontext(EXACT):
            causes = tuple(self._causes(run))
        amounts = outcome.amounts
        return Split(amounts["fund"], amounts["person"], causes, tuple(run.choices.values()))

    def _causes(self, run: Run) -> Iterator[Cause]:
        now, end = self._settled(0, run), self._settled(1, run)
        sides = self._side(0, run), self._side(1, run)
        mixture = Mixture(*sides)
        names = [{layer.id: layer.name for layer in side.edition.layers} for side in sides]
        waiting: list[Stage] = []
        for stage in _order(mixture):
            mixture.turned.add(stage)
            waiting.append(stage)
            mixed = self._mixed(mixture, run)
            if mixed is None:
                continue  # these rules do not work together: told together with the next stage
            if _moved(now, mixed):
                yield _cause(waiting, names, now, mixed)
            now, waiting = mixed, []
        if _moved(now, end):
            yield _cause(waiting or [OTHER], names, now, end)

    def _side(self, number: int, run: Run) -> Side:
        run.scope = self._scopes[number]
        sheet = self._sheets[number](run)
        resolve(sheet)
        run.pending = []
        return Side.of(sheet)

    def _mixed(self, mixture: Mixture, run: Run) -> Outcome | None:
        sheet = self._sheets[0](run)
        sheet.mixture = mixture
        mixture.sides[0].turn(sheet)
        try:
            return pipeline(sheet)
        except (NotCovered, InvalidData):
            run.pending = []
            return None


def _order(mixture: Mixture) -> Iterator[Stage]:
    for stage in BEFORE:
        yield stage, ""
    for layer in mixture.layers:
        if not mixture.shared(layer):
            yield "base", layer
            continue
        for stage in LAYER:
            yield stage, layer
    for stage in AFTER:
        yield stage, ""


def _moved(one: Outcome, two: Outcome) -> bool:
    return any(one.amounts[name] != two.amounts[name] for name in ("fund", "person"))


def _cause(stages: Sequence[Stage], names: Sequence[dict[str, str]], one: Outcome, two: Outcome) -> Cause:
    layers = dict.fromkeys(own[layer] for _, layer in stages for own in names if layer in own)
    return Cause(
        tuple(stages),
        tuple(layers),
        one.amounts["fund"] - two.amounts["fund"],
        two.amounts["person"] - one.amounts["person"],
        one.steps,
        two.steps,
    )
