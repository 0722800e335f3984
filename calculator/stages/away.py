"""Stages 3 and 6, 异地就医: how treatment outside the pooling area changes the settlement.

The ratio and the deductible are those of the insured place (参保地政策, 医保发〔2022〕22号); what an area changes for
each case of filing is data: points, a factor, a first pay, tables of its own, or nothing paid at all.
"""

from __future__ import annotations

from calculator.errors import NotCovered
from calculator.ledger import Ledger
from calculator.mixture import settles
from calculator.model import FILING_WORDS, Away, Layer, Treatment
from calculator.money import ONE, ZERO, Ratio, Yuan, number
from calculator.rules import Situation


def resolve(ledger: Ledger) -> None:
    """Find the treatment of this case and note what it is; None for care in the area itself."""
    if ledger.mixture is not None:
        return  # each side's own was found before
    case, situation = ledger.case, ledger.situation
    if not case.filing:
        ledger.step("assume.local")
        return
    filing = situation.answer("filing")
    away = ledger.edition.away
    if filing == "unfiled" and away is not None and case.treated_in in away.exempt_places:
        ledger.step("away.exempt_place", place=case.treated_in)
        filing, situation = "exempt", situation.with_answer("filing", "exempt")
    while filing != "local":
        if away is None:
            raise NotCovered(f"{situation.what}：没有收录异地就医的规则。", "filing", (FILING_WORDS["local"],))
        named = situation.named(f"{ledger.situation.what}（{FILING_WORDS[filing]}）")
        treatment = _found(ledger, away, situation, named)
        if treatment.same_as is None:
            ledger.step("away.case", filing=filing)
            level = _counted_level(ledger, treatment, situation)
            if level:
                situation, named = situation.with_answer("level", level), named.with_answer("level", level)
            ledger.treatment = treatment
            ledger.situation, ledger.elsewhere = situation, named
            return
        target = str(ledger.run.value(treatment.same_as))
        ledger.step("away.same_as", filing=filing, target=target)
        filing, situation = target, situation.with_answer("filing", target)
    if case.filing == "local" or filing == "local":
        ledger.step("away.local")


def _found(ledger: Ledger, away: Away, situation: Situation, named: Situation) -> Treatment:
    """The rule of this case; one side of it, where sources disagree on the kind of rule."""
    try:
        choice = named.look_up(away.cases, "异地规则")
    except NotCovered as silent:
        if silent.missing != "filing":
            raise
        choice = situation.look_up(away.cases, "异地规则")  # says so without naming the filing twice
    treatment = choice.treatments[0] if choice.dispute is None else ledger.run.value(choice.dispute)
    assert isinstance(treatment, Treatment)
    return treatment


def _counted_level(ledger: Ledger, treatment: Treatment, situation: Situation) -> str:
    """The level a hospital there counts as here (X18); empty when nothing is said of levels."""
    if treatment.level_as is None:
        return ""
    level = situation.answer("level")
    counted = treatment.level_as.get(level, level)
    if counted != level:
        words = situation.area.levels
        ledger.step("away.level_as", level=words[level], counted=words[counted])
    return counted


def treatment_of(ledger: Ledger, layer: Layer) -> Treatment | None:
    """The out-of-area treatment, if it changes this layer."""
    away = ledger.edition.away
    if ledger.treatment is None or away is None:
        return None
    return ledger.treatment if not away.layers or layer.id in away.layers else None


@settles("refused")
def refused(ledger: Ledger) -> bool:
    """不予支付: nothing is paid by any layer, and no later layer may count what was refused. Noted as one step."""
    treatment = ledger.treatment
    if treatment is None or treatment.pays_nothing is None:
        return False
    ledger.run.value(treatment.pays_nothing)
    ledger.fund |= {layer.id: ZERO for layer in ledger.edition.layers}
    ledger.take("share", ledger.eligible)
    ledger.step("away.pays_nothing", ZERO)
    return True


@settles("first_pay")
def first_pay_on_eligible(ledger: Ledger) -> None:
    """Stage 3: a first pay before the deductible shrinks the eligible cost for all layers."""
    if ledger.treatment is not None:
        ledger.shared -= _first_pay(ledger, ledger.treatment, "before_deductible", ledger.shared)


@settles("first_pay")
def first_pay(ledger: Ledger, layer: Layer, when: str, amount: Yuan) -> Yuan:
    """The first pay of one layer, after its deductible (SW-3)."""
    treatment = treatment_of(ledger, layer)
    return _first_pay(ledger, treatment, when, amount) if treatment else ZERO


def _first_pay(ledger: Ledger, treatment: Treatment, when: str, amount: Yuan) -> Yuan:
    """个人先自付: the part of ``amount`` the person pays before the rest is shared."""
    if treatment.first_pay is None or treatment.first_pay_when != when:
        return ZERO
    ratio = number(ledger.run.value(ledger.elsewhere.look_up(treatment.first_pay, "先自付比例")))
    paid = amount * ratio
    ledger.take("away_first_pay", paid)
    ledger.left = ONE - ratio
    ledger.step("away.first_pay", paid, ratio=ratio, of=amount, when=when)
    return paid


def note_cut(ledger: Ledger, treatment: Treatment) -> tuple[Ratio, Ratio]:
    """The points to take off every ratio and the factor to put on it, noted as one step."""
    points, factor = ZERO, ONE
    if treatment.reduce_points is not None:
        points = number(ledger.run.value(ledger.elsewhere.look_up(treatment.reduce_points, "降低的百分点")))
        if points:
            ledger.step("away.reduce_points", points=points)
    if treatment.multiply is not None:
        factor = number(ledger.run.value(ledger.elsewhere.look_up(treatment.multiply, "打折比例")))
        if factor != ONE:
            ledger.step("away.multiply", factor=factor)
    return points, factor
