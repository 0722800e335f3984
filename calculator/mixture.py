"""Two settlements mixed: some stages by the rules of one case, the others by those of a second one.

Only ``compare`` makes mixtures, to see what each single stage changes. A stage function carries ``settles``; in a
mixture it finds the ledger turned to the side whose turn it is: its case, edition, answers and out-of-area treatment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import wraps
from typing import Any, NamedTuple, TypeVar, cast

from calculator.case import Case
from calculator.ledger import Ledger
from calculator.model import BenefitEdition, Layer, Treatment
from calculator.money import ZERO
from calculator.rules import Situation

F = TypeVar("F", bound=Callable[..., Any])

Stage = tuple[str, str]
"""A stage and the layer it belongs to; no layer where it is for the whole bill."""

BEFORE = ("cost", "refused", "first_pay", "account_first")
LAYER = ("base", "deductible", "first_pay", "share", "cap")
AFTER = ("guarantee", "rounding", "account")


class Side(NamedTuple):
    """One of the two cases, with its out-of-area rule found."""

    case: Case
    day: date
    edition: BenefitEdition
    situation: Situation
    elsewhere: Situation
    treatment: Treatment | None
    scope: str

    @classmethod
    def of(cls, ledger: Ledger) -> Side:
        """The side a ledger is turned to."""
        run = ledger.run
        return cls(
            ledger.case, ledger.day, ledger.edition, ledger.situation, ledger.elsewhere, ledger.treatment, run.scope
        )

    def turn(self, ledger: Ledger) -> None:
        """Turn a ledger to this side."""
        ledger.case, ledger.day = self.case, self.day
        ledger.edition, ledger.treatment = self.edition, self.treatment
        ledger.situation, ledger.elsewhere, ledger.run.scope = self.situation, self.elsewhere, self.scope


class Mixture:
    """Both sides and the stages that are settled by the second."""

    __slots__ = ("_own", "layers", "sides", "turned")

    def __init__(self, first: Side, second: Side) -> None:
        self._own = tuple({layer.id: layer for layer in side.edition.layers} for side in (first, second))
        self.layers = _merged(*self._own)
        """The layers of both sides by id: the first side's order, each new one behind the one it follows."""
        self.sides = tuple(self._with_all(side, own) for side, own in zip((first, second), self._own, strict=True))
        self.turned: set[Stage] = set()

    def _with_all(self, side: Side, own: dict[str, Layer]) -> Side:
        every = {layer.id: layer for layers in self._own for layer in layers.values()} | own
        edition = replace(side.edition, layers=tuple(every[name] for name in self.layers))
        return side._replace(edition=edition)

    def shared(self, layer: str) -> bool:
        """Whether both sides have the layer."""
        return layer in self._own[0] and layer in self._own[1]

    def side(self, stage: str, layer: str = "") -> int:
        """0 or 1: whose rules settle a stage. A layer that only one side has is settled by its own rules."""
        if layer and not self.shared(layer):
            return 0 if layer in self._own[0] else 1
        return int((stage, layer) in self.turned)

    def settled(self, stage: str, function: Callable[..., Any], ledger: Ledger, rest: tuple[Any, ...]) -> Any:
        """Settle one stage by the side whose turn it is, and turn the ledger back."""
        layer = next((item.id for item in rest if isinstance(item, Layer)), "")
        if stage == "base" and not self.shared(layer) and ((stage, layer) in self.turned) != (layer in self._own[1]):
            # the layer is not there yet, or no longer
            ledger.fund[layer] = ZERO
            ledger.before[layer], ledger.stops[layer] = dict(ledger.own), ledger.stop
            return None
        number = self.side(stage, layer)
        held = Side.of(ledger)
        self.sides[number].turn(ledger)
        try:
            return function(ledger, *(self._own[number][i.id] if isinstance(i, Layer) else i for i in rest))
        finally:
            held.turn(ledger)


def _merged(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    order = list(first)
    before = ""
    for name in second:
        if name not in order:
            order.insert(order.index(before) + 1 if before else 0, name)
        before = name
    return tuple(order)


def settles(stage: str) -> Callable[[F], F]:
    """Name the stage a function settles; outside mixtures the function stays as it is."""

    def named(function: F) -> F:
        @wraps(function)
        def by_turns(ledger: Ledger, *rest: Any) -> Any:
            mixture = ledger.mixture
            if mixture is None:
                return function(ledger, *rest)
            return mixture.settled(stage, function, ledger, rest)

        return cast(F, by_turns)

    return named
