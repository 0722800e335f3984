"""Stage 4, 起付线的数: how much the deductible is for this case, before what was already paid of it.

In this order: the table's amount, by number of admission, elsewhere (异地), changes for some persons or visits, the
periods of a long stay, a transfer between hospitals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from calculator.case import Transfer
from calculator.errors import NotCovered
from calculator.ledger import Ledger
from calculator.model import Amount, Amounts, BenefitEdition, Change, Decrement, Deductible, Figure, Layer, Treatment
from calculator.money import MODES, ONE, UNITS, ZERO, Ratio, Yuan, number, round_amount
from calculator.reader import UNKNOWN
from calculator.record import record
from calculator.rules import Situation, leaves
from calculator.stages.amount import amount_of
from calculator.stages.changes import number_of

MOST_ADMISSIONS = 30
"""From here on another admission is not told apart, where a deductible falls step by step."""


@record(eq=False)
class _Sought:
    """Whose deductible is worked out, and where it is looked up."""

    ledger: Ledger
    layer: Layer
    treatment: Treatment | None
    situation: Situation
    rule: Deductible
    table: Any
    what: str
    """Its name for readers."""

    def rounded(self, amount: Yuan) -> Yuan:
        return round_amount(amount, UNITS[self.rule.rounding.unit], MODES[self.rule.rounding.mode])


def line_of(ledger: Ledger, layer: Layer, treatment: Treatment | None, per: str) -> Yuan | None:
    """The deductible for this case; None where nobody told us how much it is."""
    rule, table, situation = layer.deductible, layer.deductible.amount, ledger.situation
    if treatment is not None and treatment.deductible is not None:
        table, situation = treatment.deductible, ledger.elsewhere
    if table is None:
        return None
    sought = _Sought(ledger, layer, treatment, situation, rule, table, f"{layer.name}起付线")
    if per != "admission":
        return _one(sought, 1)
    _refuse_untold_transfer(ledger)
    count = _periods(sought)
    repeated = rule.renewal is not None and rule.renewal.again == "next"
    first = _admission(sought, count > 1 and repeated)
    line = _one(sought, first)
    if line is None:
        return None
    if count > 1 and repeated:
        lines = [line]
        for further in range(first + 1, first + count):
            next_line = _one(sought, further)
            if next_line is None:
                return None
            lines.append(next_line)
        line = sum(lines, ZERO)
        ledger.step("line.periods_next", line, layer=layer.name, count=count, lines=tuple(lines))
    elif count > 1:
        ledger.step("line.periods", line * count, layer=layer.name, count=count, one=line)
        line *= count
    return _after_transfer(sought, line, first)


def _one(sought: _Sought, admission: int) -> Yuan | None:
    """The amount of one admission, with everything that changes it."""
    line = _of_admission(_at_level(sought), admission)
    if line is None:
        return None
    ledger, treatment = sought.ledger, sought.treatment
    if treatment and treatment.deductible_multiple is not None:
        multiple = number(ledger.run.value(ledger.elsewhere.look_up(treatment.deductible_multiple, "起付线倍数")))
        product = round_amount(line * multiple)
        ledger.step("deductible.multiple", product, line=line, multiple=multiple, layer=sought.layer.name)
        line = product
    for change in sought.rule.changes:
        if change.kind != "level_as" and sought.situation.holds(change.when):
            line = _changed(sought, change, line)
    return line


def _admission(sought: _Sought, further: bool) -> int:
    """Which admission of the year this is; asked only where it matters."""
    ledger, rule = sought.ledger, sought.rule
    amounts = _at_level(sought, quiet=True)
    figures = amounts.situation.look_up(amounts.table, amounts.what).figures
    admission = ledger.case.admission
    if len(figures) == 1 and rule.later is None and rule.decrement is None and not further:
        return 1
    if admission == "":
        ledger.step("assume.first_admission")
        return 1
    if admission == UNKNOWN:
        options = tuple(range(1, admissions(ledger.edition) + 1))
        return int(str(ledger.run.choose("admission", "本年度第几次住院", options)))
    return int(admission)


def _at_level(sought: _Sought, *, quiet: bool = False) -> _Sought:
    """Looked up at another hospital level, where a change says so (按另一等级的)."""
    for change in sought.rule.changes:
        if change.kind == "level_as" and sought.situation.holds(change.when):
            level = sought.situation.answer("level")
            instead = change.value.get(level, level)
            if instead != level:
                if not quiet:
                    words = sought.situation.area.levels
                    sought.ledger.step("line.level_as", name=change.name, level=words[level], instead=words[instead])
                sought = replace(sought, situation=sought.situation.with_answer("level", instead))
    return sought


def _of_admission(sought: _Sought, admission: int) -> Yuan | None:
    """The published amount of this number of admission; a factor or a decrement is of the first one's."""
    ledger, rule = sought.ledger, sought.rule
    figures = sought.situation.look_up(sought.table, sought.what).figures
    figure = figures[min(admission, len(figures)) - 1]
    later: Amount | None = None
    if admission > 1 and len(figures) == 1 and rule.later is not None:
        repeats = sought.situation.look_up(rule.later, f"再次住院的{sought.what}").figures
        later = repeats[min(admission - 1, len(repeats)) - 1]
        if later is None:
            return None
        if not _is_part(later):
            return amount_of(ledger, later, sought.what)
    if figure is None:
        return None
    first = amount_of(ledger, figure, sought.what)
    if admission == 1 or len(figures) > 1:
        return first
    if later is not None:
        ratio = number(ledger.run.value(later))  # type: ignore[arg-type]
        line = sought.rounded(first * ratio)
        ledger.step("line.later", line, layer=sought.layer.name, number=admission, first=first, ratio=ratio)
        return line
    return first if rule.decrement is None else _lowered(sought, rule.decrement, first, admission)


def _lowered(sought: _Sought, rule: Decrement, first: Yuan, admission: int) -> Yuan:
    """逐次降低, down to the lowest."""
    down, share = _part(sought, rule.down, first, "每次降低的起付线")
    lowest = ZERO
    if rule.not_below is not None:
        lowest = min(first, _part(sought, rule.not_below, first, "最低的起付线", rounded=True)[0])
    line = max(lowest, sought.rounded(first - down * (admission - 1)))
    sought.ledger.step(
        "line.step", line, layer=sought.layer.name, number=admission, first=first, down=down, times=admission - 1,
        lowest=lowest, share=share,
    )  # fmt: skip
    return line


def _is_part(amount: Amount) -> bool:
    """Whether it is a percentage of another amount."""
    return isinstance(amount, Figure) and amount.unit == "multiple"


def _part(sought: _Sought, table: Any, whole: Yuan, what: str, *, rounded: bool = False) -> tuple[Yuan, Ratio | None]:
    """An amount, or a percentage of ``whole`` (which may have to be rounded) and that percentage."""
    amount = sought.situation.look_up(table, f"{sought.layer.name}{what}")
    if _is_part(amount):
        share = number(sought.ledger.run.value(amount))
        part = whole * share
        return sought.rounded(part) if rounded else part, share
    return amount_of(sought.ledger, amount, f"{sought.layer.name}{what}"), None


def _changed(sought: _Sought, change: Change, line: Yuan) -> Yuan:
    """The amount after one change; never below zero, nor below what the change says."""
    ledger = sought.ledger
    figure = sought.situation.look_up(change.value, change.name)
    if change.kind == "multiply":
        value = number(ledger.run.value(figure))
        result = sought.rounded(line * value)
    else:
        value = amount_of(ledger, figure, change.name)
        result = value if change.kind == "set" else max(ZERO, line - value)
    lowest = ZERO
    if change.not_below is not None:
        what = f"{change.name}的最低起付线"
        lowest = min(line, amount_of(ledger, sought.situation.look_up(change.not_below, what), what))
        result = max(result, lowest)
    ledger.step(
        f"line.{change.kind}", result, layer=sought.layer.name, name=change.name, value=value, before=line,
        lowest=lowest,
    )  # fmt: skip
    return result


def _periods(sought: _Sought) -> int:
    """How many begun periods of a long stay there are; one where only one day is known."""
    ledger, renewal = sought.ledger, sought.rule.renewal
    if renewal is None:
        return 1
    days: int = sought.situation.look_up(renewal.days, f"{sought.what}的周期")
    if "stay_days" not in ledger.case.numbers:
        ledger.step("assume.one_period", layer=sought.layer.name, days=days)
        return 1
    stay = int(number_of(ledger, "stay_days", Decimal(0)))
    count = max(1, -(-stay // days))
    if count > 1:
        ledger.step("line.stay", layer=sought.layer.name, stay=stay, days=days, count=count)
    return count


def _refuse_untold_transfer(ledger: Ledger) -> None:
    """A transfer the rules of no layer mention."""
    if ledger.case.transfer is not None and not any(layer.deductible.transfer for layer in ledger.edition.layers):
        raise NotCovered(f"{ledger.situation.what}：没有收录转院时起付线怎么付。", "transfer")


def _after_transfer(sought: _Sought, line: Yuan, admission: int) -> Yuan:
    """转院: all of it, the difference to what was due at the hospital before, or nothing."""
    ledger, rule, moved = sought.ledger, sought.rule.transfer, sought.ledger.case.transfer
    if rule is None or moved is None:
        return line
    area = sought.situation.area
    levels, here = tuple(area.levels), sought.situation.answer("level")
    if moved.level not in levels:
        raise NotCovered(f"{ledger.situation.what}：不知道从哪一级医院转来。", "transfer.from")
    said = {"layer": sought.layer.name, "source": area.levels[moved.level], "days": moved.days}
    if moved.days > rule.within_days:
        ledger.step("line.transfer_late", line, within=rule.within_days, **said)
        return line
    up, down = levels.index(here) > levels.index(moved.level), levels.index(here) < levels.index(moved.level)
    way = "up" if up else "down" if down else "same"
    due = getattr(rule, way)
    if due == "full":
        ledger.step("line.transfer_full", line, way=way, **said)
        return line
    if due == "nothing":
        ledger.step("line.transfer_nothing", ZERO, way=way, **said)
        return ZERO
    paid = moved.deductible
    if paid is None:
        before = _one(replace(sought, situation=sought.situation.with_answer("level", moved.level)), admission)
        if before is None:
            raise NotCovered(f"{ledger.situation.what}：没有收录转院前的起付线。", "transfer.deductible")
        paid = before
    rest = max(ZERO, line - paid)
    ledger.step("line.transfer_top_up", rest, way=way, line=line, paid=paid, **said)
    return rest


def continues(edition: BenefitEdition, moved: Transfer | None) -> bool:
    """Whether the stay after a transfer counts as the same one."""
    rules = [layer.deductible.transfer for layer in edition.layers]
    return moved is not None and any(rule is not None and moved.days <= rule.within_days for rule in rules)


def admissions(edition: BenefitEdition) -> int:
    """The number of admission from which nothing changes any more, whichever layer and table applies."""
    tables = [layer.deductible.amount for layer in edition.layers]
    if edition.away is not None:
        choices = leaves(edition.away.cases)
        tables += [treatment.deductible for choice in choices for treatment in choice.treatments]
    amounts = [leaf for table in tables if table is not None for leaf in leaves(table)]
    rules = [layer.deductible for layer in edition.layers]
    later = [1 + len(leaf.figures) for rule in rules if rule.later is not None for leaf in leaves(rule.later)]
    steps = [_steps(rule.decrement, amounts) for rule in rules if rule.decrement is not None]
    return max([1, *(len(leaf.figures) for leaf in amounts), *later, *steps])


def _steps(rule: Decrement, amounts: list[Amounts]) -> int:
    """After how many admissions the lowest is reached at the latest."""
    firsts = [value for leaf in amounts for value in _values(leaf.figures[0])]
    counts = []
    for down in leaves(rule.down):
        least = min(_values(down), default=ZERO)
        whole = ONE if _is_part(down) else max(firsts, default=ZERO)
        counts.append(2 + int(whole // least) if least and whole else MOST_ADMISSIONS)
    return min(MOST_ADMISSIONS, max(counts))


def _values(amount: Amount | None) -> Iterator[Decimal]:
    """The numbers of a figure; none of a percentage of something else."""
    if isinstance(amount, Figure):
        yield from (number(value) for value in amount.values)
