"""The running sheet of one settlement: what is still to be settled, who has paid what, and every step so far."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from calculator.case import Case
from calculator.completions import Run
from calculator.history import NOTHING_USED, Used
from calculator.model import BenefitEdition, Figure, Item, Layer, Rounding, Treatment
from calculator.money import MODES, ONE, UNITS, ZERO, Ratio, Yuan, round_amount
from calculator.record import record
from calculator.rules import Situation

if TYPE_CHECKING:
    from calculator.mixture import Mixture


@record()
class Step:
    """计算步骤: the rule applied, the amount it gave, the numbers it worked with, the figures it used."""

    rule: str
    amount: Yuan | None
    data: Mapping[str, Any]
    figures: tuple[tuple[Figure, object], ...]


class Classed(NamedTuple):
    """What of a bill belongs to one class of items (项目分类) and lies within the policy."""

    id: str
    item: Item
    units: int
    amount: Yuan


class Ledger:
    """Filled stage by stage, in the order of a settlement sheet (结算单)."""

    __slots__ = (
        "account",
        "account_credit",
        "accounts",
        "apart",
        "assumed",
        "before",
        "case",
        "common",
        "covered",
        "day",
        "edition",
        "eligible",
        "elsewhere",
        "fund",
        "items",
        "left",
        "mixture",
        "most",
        "own",
        "promised",
        "reached",
        "run",
        "shared",
        "situation",
        "steps",
        "stop",
        "stops",
        "tally",
        "total",
        "treatment",
    )

    def __init__(self, case: Case, edition: BenefitEdition, situation: Situation, run: Run) -> None:
        self.case = case
        self.day = case.day(edition.date_by)
        """The day the area goes by (SW-1)."""
        self.edition = edition
        self.situation = situation
        self.elsewhere = situation
        """The same, named with the filing: for the tables of the out-of-area rules."""
        self.run = run
        self.mixture: Mixture | None = None
        """Set while two settlements are mixed to compare them."""
        self.steps: list[Step] = []
        self.total: Yuan = ZERO
        """总费用."""
        self.eligible: Yuan = ZERO
        """政策范围内费用: the bill without 全自费, 超限价 and 先自付."""
        self.shared: Yuan = ZERO
        """What of the eligible cost the layers share: without what an out-of-area first pay takes."""
        self.items: list[Classed] = []
        """Classes of items with a ratio of their own, in the order of the edition."""
        self.apart: list[Classed] = []
        """Items outside the deductible, settled by themselves; not among ``shared``."""
        self.left: Ratio = ONE
        """What an out-of-area first pay leaves of the cost."""
        self.assumed: set[tuple[str, str]] = set()
        self.own: dict[str, Yuan] = {}
        """What the person pays, by part (the words of ``parse.OWN_PARTS``)."""
        self.fund: dict[str, Yuan] = {}
        """What each layer of the fund pays, by layer id, in the order of settlement."""
        self.most: dict[str, Yuan] = {}
        """The most a layer may pay, by layer id: the cost it covers, as far as its cap allows."""
        self.stop: Yuan | None = None
        """How far along the eligible cost the layer before got until its cap; None when the cap did not bite."""
        self.stops: dict[str, Yuan | None] = {}
        """The same for every layer on the eligible cost, by layer id."""
        self.covered = False
        """Whether a layer on the eligible cost was for this person."""
        self.before: dict[str, Mapping[str, Yuan]] = {}
        """What the person paid, by part, before each layer (SW-16)."""
        self.reached: set[str] = set()
        """Layers whose deductible was passed."""
        self.common: dict[str, tuple[str, ...]] = {}
        """Accumulators a layer counts into besides its own, by layer id."""
        self.treatment: Treatment | None = None
        self.promised: Yuan | None = None
        """What all layers together must reach (保底), when they did not."""
        self.account: Yuan | None = None
        """What the account pays in all; None when it was not asked to."""
        self.accounts: dict[str, Yuan] = {}
        """What each pot of the account pays."""
        self.account_credit: Yuan = ZERO
        """What of a first payment by the account still counts towards deductibles."""
        self.tally: dict[str, Used] = {}
        """What this event itself uses up, by accumulator (what the fund pays is added when it is rounded)."""

    def step(self, rule: str, amount: Yuan | None = None, **data: Any) -> dict[str, Any]:
        """Note a step; the figures read since the last one are the ones it used.

        Gives its numbers, for those that are told only sometimes.
        """
        run = self.run
        pending = run.pending
        if pending:
            self.steps.append(Step(rule, amount, data, tuple(pending)))
            run.pending = []
        else:
            self.steps.append(Step(rule, amount, data, ()))
        return data

    def assume(self, rule: str, layer: Layer) -> None:
        """Note an assumption about a layer, once."""
        if (rule, layer.id) not in self.assumed:
            self.assumed.add((rule, layer.id))
            held, self.run.pending = self.run.pending, []  # an assumption rests on no figure
            self.step(rule, layer=layer.name)
            self.run.pending = held

    def used(self, name: str, per: str, levels: Collection[str] = ()) -> Used:
        """What earlier events have used of an accumulator in the period of this one, at some levels or at all."""
        return self.case.history.used(name, per, self.day, levels)

    def states(self, name: str, per: str) -> bool:
        """Whether it is known what earlier events have used."""
        return self.case.history.states(name, per)

    def use(self, name: str) -> Used:
        """What this event uses of an accumulator, to be added to."""
        used = self.tally.get(name)
        if used is None:
            used = self.tally[name] = Used()
        return used

    def use_of(self, layer: str) -> Used:
        """What a layer settled in this event has used, its payment as it will be rounded."""
        paid = self.paid_out(self.fund[layer])
        return self.tally.get(layer, NOTHING_USED) + Used(paid=paid, times=1 if paid else 0)

    def parts(self, names: Sequence[str], own: Mapping[str, Yuan] | None = None) -> dict[str, Yuan]:
        """What the person pays of the named parts; 全自费 includes what of it is compliant (合规自费)."""
        own = self.own if own is None else own
        if "self_funded" in names and "self_funded_compliant" in own and "self_funded_compliant" not in names:
            after = names.index("self_funded") + 1
            names = (*names[:after], "self_funded_compliant", *names[after:])
        return {part: own[part] for part in names if own.get(part)}

    def take(self, part: str, amount: Yuan) -> None:
        """The person pays ``amount`` as this part."""
        self.own[part] = self.own.get(part, ZERO) + amount

    def give_back(self, parts: Sequence[str], amount: Yuan) -> None:
        """A layer pays ``amount`` of what the person had paid: the named parts shrink, in the order named."""
        for part in parts:
            back = min(amount, self.own.get(part, ZERO))
            if back:
                self.own[part] -= back
                amount -= back

    @property
    def away(self) -> bool:
        """Whether out-of-area rules may change anything; in a mixture those of either side."""
        return self.treatment is not None or self.mixture is not None

    @property
    def account_asked(self) -> bool:
        """Whether the case says what there is in an account; in a mixture either case may."""
        case = self.case
        return case.account_balance is not None or bool(case.account_balances) or self.mixture is not None

    @property
    def rounding(self) -> Rounding:
        """Where and how amounts are rounded."""
        mixture = self.mixture
        edition = self.edition if mixture is None else mixture.sides[mixture.side("rounding")].edition
        return edition.rounding

    def rounded(self, amount: Yuan, at: str) -> Yuan:
        """The amount, rounded if this is where the area rounds."""
        rounding = self.rounding
        return round_amount(amount, UNITS[rounding.unit], MODES[rounding.mode]) if rounding.at == at else amount

    def paid_out(self, amount: Yuan) -> Yuan:
        """What a layer hands over of an amount: as the area rounds in the end, and to the fen in any case."""
        rounding = self.rounding
        if rounding.at != "end":
            return round_amount(amount)
        return round_amount(amount, UNITS[rounding.unit], MODES[rounding.mode])

    @property
    def fund_paid(self) -> Yuan:
        """What all layers have paid so far."""
        return sum(self.fund.values(), ZERO)
