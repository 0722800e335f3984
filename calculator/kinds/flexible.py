"""灵活就业缴费: what a person without an employer pays, in the mode and on the base they choose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from calculator.answer import Answer, Part
from calculator.errors import InvalidData, NotCovered, Problem
from calculator.explain import interval_text, value_text
from calculator.kinds.base import Amounts, clamped, limits
from calculator.kinds.contribution import monthly_sums
from calculator.kinds.credit import Owner, credit
from calculator.kinds.editions import (
    PERSON_KEYS,
    date_field,
    estimated,
    named,
    person_fields,
    rate_fields,
    read_date,
    read_person,
    read_rates,
    typed_ratio,
)
from calculator.kinds.form import Choice, Field, Form
from calculator.kinds.premium import MONTHS, Premium
from calculator.kinds.sheet import rounded
from calculator.model import ContributionEdition, Figure, FlexibleMode, PercentOf, PoolingArea, RoundTo
from calculator.money import ZERO, Ratio, Yuan, number, percent_text
from calculator.outcomes import Outcome
from calculator.reader import UNKNOWN, CaseReader
from calculator.rules import leaves


@dataclass(frozen=True, slots=True)
class Chosen:
    """The mode, and the base: a declared amount (None: unknown) or the number of one of the choices (0: unknown)."""

    mode: str
    declared: Yuan | None
    choice: int | None
    stated: bool
    """Whether anything was said of a declared base."""
    rates: dict[str, Ratio]
    rate: Ratio | None = None
    """The rate the person was told, where the area's modes are not known."""


@dataclass(frozen=True, slots=True)
class FlexibleContribution:
    """Contributions of 灵活就业人员, who pay both sides themselves."""

    id: str = "flexible_contribution"
    title: str = "灵活就业缴费"
    summary: str = "自己交职工医保，每月多少，一年多少，有没有个人账户。"

    def form(self, area: PoolingArea) -> Form | None:
        """The questions; where the modes are not known the rate is asked; None where there is not even a base."""
        contribution = area.contribution("employee")
        known = contribution.editions if contribution else ()
        if editions := [e for e in known if e.flexible]:
            return Form(tuple(_fields(area, editions)))
        return Form(tuple(_typed_fields(known))) if known and all(e.base for e in known) else None

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """What is paid. Raises InvalidData with the fields named, NotCovered where nothing is known."""
        reader = CaseReader(document)
        reader.closed((*PERSON_KEYS, "mode", "base", "base_choice", "rates", "rate"))
        person, day = read_person(reader, area, "employee"), read_date(reader)
        contribution = area.contribution("employee")
        editions = contribution.editions if contribution else ()
        chosen = _chosen(reader, editions)
        reader.finish()
        what = f"{area.name}灵活就业缴费"
        if not any(edition.flexible or edition.base for edition in editions):
            raise NotCovered(f"{what}的标准本站没有收录。", "mode")

        def once(edition: ContributionEdition, amounts: Amounts) -> Outcome:
            if chosen.rate is not None:
                return _typed(edition, amounts, chosen, chosen.rate)
            return _settle(edition, _mode(edition, chosen.mode, what), amounts, chosen)

        result = estimated(area, editions, day, what, person, once, "total")
        paid = result.amounts["person"]
        account = result.amounts.get("account")
        credited = f"，划进个人账户 {interval_text(*account)}" if account and account.high else ""
        headline = f"您每月缴 {interval_text(*paid)}{credited}。"
        return Answer(self.id, self.title, headline, (Part("estimate", "", result, named(result, _WORDS)),))


def _fields(area: PoolingArea, editions: list[ContributionEdition]) -> Iterator[Field]:
    newest = editions[-1]
    modes = newest.flexible
    yield Field(
        "mode", "参保方式", "choice", required=True, default=modes[0].id if len(modes) == 1 else "",
        choices=tuple(Choice(mode.id, mode.name) for mode in modes),
    )  # fmt: skip
    yield from person_fields(area, "employee", [newest])
    yield date_field(editions)
    declared = tuple(mode.id for mode in modes if mode.declared)
    if declared:
        yield Field(
            "base", "申报的缴费基数", "amount", unit="元", required=True, may_be_unknown=True,
            help="每月按多少缴，在下限和上限之间自己选。", when={"mode": declared},
        )  # fmt: skip
    for mode in modes:
        options = (*mode.shares, *mode.amounts)
        if len(options) > 1:
            choices = tuple(Choice(str(n), _option_words(option)) for n, option in enumerate(options, start=1))
            yield Field(
                "base_choice", "按哪一档缴", "choice", required=True, may_be_unknown=True, choices=choices,
                when={"mode": tuple(m.id for m in modes if len((*m.shares, *m.amounts)) > 1)},
            )  # fmt: skip
            break
    yield from rate_fields(_open_rates(newest))


def _typed_fields(editions: Sequence[ContributionEdition]) -> Iterator[Field]:
    yield date_field(editions)
    yield Field(
        "base", "申报的缴费基数", "amount", unit="元", required=True, may_be_unknown=True,
        help="每月按多少缴，在下限和上限之间自己选。",
    )  # fmt: skip
    yield Field(
        "rate", "缴费比例", "percent", unit="%", required=True,
        help="本站没有收录当地灵活就业的比例，请看缴费通知，或打 12393 问，例如 10。",
    )  # fmt: skip


def _option_words(option: Figure | PercentOf) -> str:
    if isinstance(option, Figure):
        text = value_text(option, option.values[0])
        return f"平均工资的 {text}" if option.unit == "multiple" else text
    return percent_text(number(option.percent.values[0]))


def _open_rates(edition: ContributionEdition) -> dict[str, tuple[str, Figure]]:
    """Rates that are a range or disputed, by part."""
    found: dict[str, tuple[str, Figure]] = {}
    for mode in edition.flexible:
        for part in mode.parts:
            for figure in leaves(part.rate):
                if isinstance(figure, Figure) and len(figure.values) > 1:
                    found[part.id] = (part.name, figure)
    return found


def _chosen(reader: CaseReader, editions: tuple[ContributionEdition, ...]) -> Chosen:
    known = {name: figure for e in editions for name, (_, figure) in _open_rates(e).items()}
    names = {mode.id: mode.name for edition in editions for mode in edition.flexible}
    mode = reader.document.get("mode", "")
    if mode in ("", None) and len(names) == 1:
        mode = next(iter(names))
    if names and (not isinstance(mode, str) or mode not in names):
        options = "、".join(f"{key}（{text}）" for key, text in names.items())
        reader.refuse(("mode",), f"请选择参保方式；可以是 {options}", "word" if mode else "missing")
    found = reader.document.get("base", "")
    declared = reader.amount(("base",), found, "缴费基数", unknown=True) if found not in ("", None) else None
    choice = reader.document.get("base_choice", "")
    number_ = None
    if choice == UNKNOWN:
        number_ = 0
    elif choice not in ("", None):
        number_ = int(choice) if str(choice).isascii() and str(choice).isdigit() and len(str(choice)) < 3 else -1
        if number_ < 1 or isinstance(choice, bool):
            reader.refuse(("base_choice",), "按哪一档缴要填第几档，例如 1", "whole")
    typed = _typed_rate(reader, modes=bool(names))
    return Chosen(str(mode), declared, number_, found not in ("", None), read_rates(reader, known), typed)


def _typed_rate(reader: CaseReader, *, modes: bool) -> Ratio | None:
    found = reader.document.get("rate", "")
    if modes:
        if found not in ("", None):
            reader.refuse(("rate",), "这里收录了参保方式和比例，请写 mode，不用写 rate", "key")
        return None
    ratio = typed_ratio(found)
    if ratio is None:
        reader.refuse(("rate",), "请填写缴费比例，例如 10%：本站没有收录当地灵活就业的比例", "percentage")
    return ratio


def _typed(edition: ContributionEdition, amounts: Amounts, chosen: Chosen, ratio: Ratio) -> Outcome:
    """By a base and a rate the person states, within the limits of the area."""
    sheet = amounts.sheet
    base = _declared(edition, amounts, chosen)
    paid = rounded(base * ratio, edition.rounding)
    sheet.step("flexible.typed", paid, base=base, ratio=ratio)
    sheet.amounts |= {"base": base, "person": paid, "total": paid, "person_year": paid * MONTHS}
    sheet.step("flexible.year", None, person=paid * MONTHS)
    return sheet.outcome()


def _mode(edition: ContributionEdition, name: str, what: str) -> FlexibleMode:
    found = next((mode for mode in edition.flexible if mode.id == name), None)
    if found is None:
        raise NotCovered(f"{what}：这一版没有收录“{name}”这种方式。", "mode", [m.name for m in edition.flexible])
    return found


def _settle(edition: ContributionEdition, mode: FlexibleMode, amounts: Amounts, chosen: Chosen) -> Outcome:
    base = _base(edition, mode, amounts, chosen)
    sheet = amounts.sheet
    sheet.amounts["base"] = base
    premium = Premium(amounts, edition.rounding, "month", rates=chosen.rates)
    premium.add(mode.parts, lambda: base)
    sheet.amounts |= {"total": sum(premium.paid.values(), ZERO), **premium.paid}
    credited = credit(mode.account, amounts, Owner(lambda: base, None), edition.rounding)
    monthly_sums(sheet, premium, credited)
    return sheet.outcome()


def _base(edition: ContributionEdition, mode: FlexibleMode, amounts: Amounts, chosen: Chosen) -> Yuan:
    """Declared and clamped, or one of the choices."""
    sheet, rules = amounts.sheet, edition.base
    if mode.declared:
        return _declared(edition, amounts, chosen)
    options = (*mode.shares, *mode.amounts)
    position = _position(len(options), amounts, chosen)
    if mode.amounts:
        base = amounts(mode.amounts[position - 1], "缴费基数")
        sheet.step("flexible.amount", base, position=position)
        return base
    assert rules is not None
    average, words = amounts.index(rules.index)
    ratio = sheet.number(mode.shares[position - 1])
    base = rounded(average * ratio, rules.round_to or RoundTo())
    sheet.step("flexible.share", base, of=average, of_words=words, ratio=ratio)
    return base


def _declared(edition: ContributionEdition, amounts: Amounts, chosen: Chosen) -> Yuan:
    """A base the person declares, between the limits."""
    if edition.base is None:
        raise NotCovered(f"{amounts.situation.what}：缴费基数的上下限本站没有收录。", "date")
    if not chosen.stated:
        raise InvalidData([Problem(("base",), "请填写申报的缴费基数：这种方式按它计算", "missing")])
    sheet = amounts.sheet
    floor, ceiling = limits(amounts, edition.base)
    declared = chosen.declared
    if declared is None:
        declared = number(sheet.run.choose("base", "申报的缴费基数", (floor, ceiling)))
    base = clamped(declared, floor, ceiling, edition.base)
    sheet.step("flexible.declared", base, declared=declared, floor=floor, ceiling=ceiling)
    return base


def _position(options: int, amounts: Amounts, chosen: Chosen) -> int:
    if options == 1 and chosen.choice in (None, 1):
        return 1
    if chosen.choice is None:
        raise InvalidData([Problem(("base_choice",), f"请选择按哪一档缴：1 到 {options}", "missing")])
    if chosen.choice == 0:
        labels = tuple(f"第 {n} 档" for n in range(1, options + 1))
        return labels.index(str(amounts.sheet.run.choose("base_choice", "按哪一档缴", labels))) + 1
    if chosen.choice > options:
        raise InvalidData([Problem(("base_choice",), f"只有 {options} 档", "whole")])
    return chosen.choice


_WORDS = {
    "base": ("缴费基数", "info", "yuan"), "person": ("您每月缴", "payer", "yuan"),
    "government": ("财政每月补助", "payer", "yuan"), "employer": ("单位每月缴", "payer", "yuan"),
    "total": ("每月合计", "total", "yuan"), "account": ("每月划入个人账户", "info", "yuan"),
    "person_year": ("您一年缴", "info", "yuan"), "account_year": ("一年划入个人账户", "info", "yuan"),
}  # fmt: skip
