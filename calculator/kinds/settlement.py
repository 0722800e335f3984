"""住院报销, 普通门诊 and 门诊慢特病: one event settled by the rules of one area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from calculator.answer import Amount, Answer, Later, Part
from calculator.errors import NotCovered
from calculator.estimate import Estimate, estimate
from calculator.explain import path_notices
from calculator.headlines import amounts_headline
from calculator.kinds.form import Choice, Field, Form, branches_on
from calculator.kinds.rare_fields import (
    USED,
    counted_fields,
    name_once,
    period_fields,
    place_field,
    pot_fields,
    settled_field,
    stay_fields,
    used_words,
)
from calculator.kinds.variants import Variant, answering, settle_all, variants
from calculator.marginal import marginal
from calculator.model import (
    FILING_WORDS,
    GRADE_WORDS,
    LEVEL_WORDS,
    SCHEME_WORDS,
    BenefitEdition,
    Change,
    Edition,
    Increment,
    Item,
    PoolingArea,
)
from calculator.rules import dimensions_of, filings, leaves, settles_bills
from calculator.settle import edition_of
from calculator.stages.line import admissions


@dataclass(frozen=True, slots=True)
class SettlementKind:
    """A calculator that settles one bill."""

    id: str
    title: str
    summary: str
    care: str

    def form(self, area: PoolingArea) -> Form | None:
        """The questions for this area; None when it has no rules for this kind of care."""
        fields = tuple(settlement_fields(area, self.care))
        return Form(fields) if fields else None

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """Settle a case. Raises InvalidData with the fields named, NotCovered where the policy is silent."""
        possible = variants(document, area, self.care)
        part = settled_part(area, possible)
        gaps = bool(part.estimate.gaps)
        headline = amounts_headline(self.care, possible[0][1].bill.total, part.amounts, partial=gaps)
        more = Later(partial(marginal, area, possible[0][1], part.estimate)) if len(possible) == 1 else None
        paths = path_notices(self.care, possible[0][1].filing)
        return Answer(self.id, self.title, headline, (part,), notices=paths, more=more)


def settled_part(area: PoolingArea, possible: Sequence[Variant], part_id: str = "estimate", label: str = "") -> Part:
    """One case settled, in all the ways it may be meant, with its amounts named for readers."""
    outcomes, gaps = settle_all(area, possible)
    return part_of(area, possible, estimate(area, outcomes, gaps, at=answering(area, possible)), part_id, label)


def part_of(area: PoolingArea, possible: Sequence[Variant], result: Estimate, part_id: str, label: str = "") -> Part:
    """An estimate of these cases, with its amounts named for readers."""
    return Part(part_id, label, result, tuple(settlement_amounts(result, _layer_names(area, possible))))


def _layer_names(area: PoolingArea, possible: Sequence[Variant]) -> dict[str, str]:
    """What each layer is called, under every scheme and edition that may be meant."""
    names: dict[str, list[str]] = {"layer:guarantee": ["保底支付"]}
    for _, case in possible:
        with suppress(NotCovered):
            for layer in edition_of(area, case)[0].layers:
                names.setdefault(f"layer:{layer.id}", []).append(layer.name)
    return {name: "或".join(dict.fromkeys(called)) for name, called in names.items()}


def settlement_amounts(result: Estimate, names: Mapping[str, str]) -> Iterator[Amount]:
    """The amounts of a settlement, named for readers; ``names`` has those of the layers."""
    amounts = result.amounts
    yield Amount("total", "总费用", amounts["total"], "total")
    yield Amount("eligible", "医保范围内费用", amounts["eligible"], "info")
    yield Amount("fund", "医保支付", amounts["fund"], "info")
    for name, interval in amounts.items():
        if name.startswith("layer:"):
            yield Amount(name, names[name], interval, "payer")
    if "account" in amounts:
        yield Amount("account", "个人账户支付", amounts["account"], "payer")
    yield Amount("person", "您自己付", amounts["person"], "payer")


def settlement_fields(area: PoolingArea, care: str, *, filing: bool = True) -> Iterator[Field]:
    """The questions of a settlement, as far as the area's newest rules need them."""
    editions = {
        b.scheme.value: b.editions[-1] for b in area.benefits if b.care == care and settles_bills(b.editions[-1])
    }
    if not editions:
        return
    schemes = tuple(editions)
    stay = "住院" if care == "inpatient" else "门诊"
    yield Field(
        "scheme", "参加的是哪种医保", "choice", required=True, default=schemes[0] if len(schemes) == 1 else "",
        help="单位给交的、自己按灵活就业交的是职工医保；每年交一次几百元的是居民医保。",
        choices=tuple(Choice(s, SCHEME_WORDS[s]) for s in schemes), may_be_unknown=len(schemes) > 1,
    )  # fmt: skip
    yield from _group_field(area, editions)
    if area.hospitals:
        yield Field(
            "hospital", "是不是这几家医院", "choice", help="这几家医院另有规定；不是就不选。",
            choices=(
                Choice("", "都不是"), *(Choice(name, hospital.name) for name, hospital in area.hospitals.items())
            ),
        )  # fmt: skip
    yield Field(
        "level", "医院等级", "choice", required=True, may_be_unknown=True,
        help=_level_help(area), when={"hospital": ("",)} if area.hospitals else {},
        choices=tuple(Choice(name, words) for name, words in area.levels.items()),
    )  # fmt: skip
    if filing:
        yield from _filing_fields(editions)
        yield from place_field(editions)
    told = (*trait_fields(area, editions), *_counted_fields(area, editions))
    yield from told
    label = "出院日期" if care == "inpatient" else "就诊日期"
    yield Field(
        "date", label, "date", required=True, default="today", may_be_unknown=True, help="不同日期可能用不同的标准。"
    )
    yield Field(
        "bill.total", f"{stay}总费用", "amount", unit="元", required=True,
        help="收费票据上的“金额合计”，例如 50000 或 5万。",
    )  # fmt: skip
    yield Field(
        "bill.self_funded", "其中全自费的部分", "amount", unit="元", may_be_unknown=True,
        help="医保目录外的药品、材料、特需病房等，结算单上叫“全自费”或“丙类”。没有就不填。",
    )  # fmt: skip
    yield Field(
        "bill.first_pay", "其中先自付的部分", "amount", unit="元", may_be_unknown=True,
        help="乙类药品和部分检查、材料要先自己付的那部分，结算单上叫“先行自付”。没有就不填。",
    )  # fmt: skip
    yield Field(
        "bill.over_limit", "其中超过限价的部分", "amount", unit="元", may_be_unknown=True, advanced=True,
        help="材料、床位等超过医保限价的部分。没有就不填。",
    )  # fmt: skip
    yield from settled_field(editions)
    yield from _item_fields(editions)
    if care == "inpatient":
        yield from _admission_field(editions)
    yield from _given_fields(editions, stay)
    if care == "inpatient":
        yield from stay_fields(area, editions, {field.name for field in told})
    yield from _used_fields(editions)
    yield from counted_fields(editions)
    yield from period_fields(editions)
    yield from pot_fields(editions)


def _item_fields(editions: Mapping[str, BenefitEdition]) -> Iterator[Field]:
    """How much of the bill belongs to each class of items with rules of its own; how many, where that matters."""
    asked: dict[str, dict[str, Item]] = {}
    for scheme, edition in editions.items():
        for name, item in edition.items.items():
            asked.setdefault(name, {})[scheme] = item
    for name, by_scheme in asked.items():
        item = next(iter(by_scheme.values()))
        when = {"scheme": tuple(by_scheme)} if len(by_scheme) < len(editions) else {}
        help_text = item.help or "这类项目另有规定。没有就不填；填了的，不要再算进上面的先自付。"
        if all(each.price_limit is None and each.fund_pays is None for each in by_scheme.values()):
            yield Field(
                f"bill.items.{name}", f"其中{item.name}", "amount", unit="元", advanced=True, when=when, help=help_text
            )
            continue
        yield Field(
            f"bill.items.{name}.amount", f"其中{item.name}", "amount", unit="元", advanced=True, when=when,
            help=help_text,
        )  # fmt: skip
        yield Field(
            f"bill.items.{name}.units", f"{item.name}有几个（次）", "integer", default="1", minimum=1, maximum=99999,
            advanced=True, when=when,
        )  # fmt: skip


def _level_help(area: PoolingArea) -> str:
    """Where to find the level; an area with levels of its own says by itself where small clinics belong."""
    if area.hospital_grades:
        by_level = {level: [g for g, to in area.hospital_grades.items() if to == level] for level in area.levels}
        told = (
            f"{'、'.join(GRADE_WORDS[g] if g == 'unrated' else g for g in grades)}算“{area.levels[level]}”"
            for level, grades in by_level.items()
            if grades
        )
        return f"看医院的定级：{'；'.join(told)}。"
    usual = "；社区卫生服务中心、乡镇卫生院一般算一级及以下" if area.levels == LEVEL_WORDS else ""
    return f"医院门口或收费票据上写着{usual}。"


def _group_field(area: PoolingArea, editions: Mapping[str, BenefitEdition]) -> Iterator[Field]:
    several = [scheme for scheme in editions if len(area.groups[scheme]) > 1]
    if several:
        choices = tuple(
            Choice(name, words, {"scheme": (scheme,)} if len(editions) > 1 else {})
            for scheme in several
            for name, words in area.groups[scheme].items()
        )
        when = {"scheme": tuple(several)} if len(several) < len(editions) else {}
        yield Field("group", "人员类别", "choice", required=True, may_be_unknown=True, choices=choices, when=when)


def trait_fields(area: PoolingArea, editions: Mapping[str, Edition]) -> Iterator[Field]:
    """What else the rules tell apart: an area's traits, each asked as a choice or as the number it follows from."""
    asked: set[str] = set()
    by_scheme = {scheme: dimensions_of(edition) for scheme, edition in editions.items()}
    for name, trait in area.traits.items():
        schemes = tuple(scheme for scheme, found in by_scheme.items() if name in found)
        path = f"numbers.{trait.of}" if trait.of else f"traits.{name}"
        if not schemes or path in asked:
            continue
        asked.add(path)
        when = {"scheme": schemes} if len(schemes) < len(editions) else {}
        if trait.of:
            words, unit = area.numbers[trait.of]
            yield Field(
                path, words, "number", unit=unit, help=trait.help, required=not trait.default, may_be_unknown=True,
                when=when, advanced=bool(trait.default),
            )  # fmt: skip
        else:
            yield Field(
                path, trait.name, "choice", help=trait.help, required=not trait.default, default=trait.default,
                choices=tuple(Choice(word, text) for word, text in trait.words.items()), may_be_unknown=True, when=when,
                advanced=bool(trait.default),
            )  # fmt: skip


def _counted_fields(area: PoolingArea, editions: Mapping[str, BenefitEdition]) -> Iterator[Field]:
    """Numbers that a ratio or a cap moves with, as far as no trait asks for them."""
    asked: dict[str, list[str]] = {}
    for scheme, edition in editions.items():
        by_trait = {area.traits[name].of for name in dimensions_of(edition) if name in area.traits}
        changes: list[Change | Increment] = [change for layer in edition.layers for change in layer.changes]
        changes += [change for item in edition.items.values() for change in item.changes]
        caps = [cap for layer in edition.layers for cap in layer.caps]
        changes += [increment for cap in caps for increment in (*cap.add, *cap.subtract)]
        names = [change.each for change in changes]
        for name in dict.fromkeys(name for name in names if name and name not in by_trait):
            asked.setdefault(name, []).append(scheme)
    for name, schemes in asked.items():
        words, unit = area.numbers[name]
        when = {"scheme": tuple(schemes)} if len(schemes) < len(editions) else {}
        yield Field(f"numbers.{name}", words, "number", unit=unit, required=True, may_be_unknown=True, when=when)


def _filing_fields(editions: Mapping[str, BenefitEdition]) -> Iterator[Field]:
    known = {scheme: filings(edition.away.cases) for scheme, edition in editions.items() if edition.away}
    words = dict.fromkeys(word for found in known.values() for word in found)
    choices = [Choice("local", FILING_WORDS["local"])]
    for word in words:
        schemes = tuple(scheme for scheme, found in known.items() if word in found)
        choices.append(Choice(word, FILING_WORDS[word], {"scheme": schemes} if len(schemes) < len(editions) else {}))
    if len(choices) > 1:
        yield Field(
            "filing", "在哪里看病，有没有备案", "choice", required=True, default="local", may_be_unknown=True,
            choices=tuple(choices), help="备案就是看病前告诉参保地医保局：我要去外地看病。",
        )  # fmt: skip
    distant = [
        scheme for scheme, edition in editions.items()
        if edition.away and (branches_on(edition.away.cases, "distance") or _rules_by_distance(edition))
    ]  # fmt: skip
    if distant:
        away = tuple(choice.value for choice in choices if choice.value != "local")
        yield Field(
            "distance", "看病的地方在省内还是外省", "choice", required=True, may_be_unknown=True,
            choices=(Choice("in_province", "省内其他城市"), Choice("out_of_province", "外省")),
            when={"filing": (*away, "unknown")} | ({"scheme": tuple(distant)} if len(distant) < len(editions) else {}),
        )  # fmt: skip


def _rules_by_distance(edition: BenefitEdition) -> bool:
    tables: list[Any] = [
        table
        for layer in edition.layers
        for table in (layer.ratio, layer.deductible.amount, *(cap.amount for cap in layer.caps))
    ]
    return any(branches_on(table, "distance") for table in tables)


def _admission_field(editions: Mapping[str, BenefitEdition]) -> Iterator[Field]:
    numbers = {scheme: admissions(edition) for scheme, edition in editions.items()}
    schemes = tuple(scheme for scheme, number in numbers.items() if number > 1)
    if schemes:
        last = min(12, max(4, *numbers.values()))
        yield Field(
            "admission", "今年第几次住院", "choice", default="1", may_be_unknown=True,
            choices=(*(Choice(str(n), f"第 {n} 次") for n in range(1, last)), Choice(str(last), f"第 {last} 次或更多")),
            when={"scheme": schemes} if len(schemes) < len(editions) else {},
        )  # fmt: skip


def _given_fields(editions: Mapping[str, BenefitEdition], stay: str) -> Iterator[Field]:
    """A deductible nobody told us: the reader may know it from a settlement sheet."""
    asked: dict[str, dict[str, str]] = {}
    for scheme, edition in editions.items():
        for layer in edition.layers:
            if not layer.deductible.known or _has_unknown(layer.deductible.amount):
                asked.setdefault(layer.id, {})[scheme] = layer.name
    for layer_id, names in asked.items():
        yield Field(
            f"given.deductible.{layer_id}", f"{_common(names.values())}起付线（知道就填）", "amount", unit="元",
            help=f"有的情形本站没有收录起付线。请看{stay}结算单上的“起付标准”，没有起付线就填 0。",
            when={"scheme": tuple(names)} if len(names) < len(editions) else {},
        )  # fmt: skip


def _common(names: Iterable[str]) -> str:
    """「大额互助的」 when all schemes call the layer so, nothing when they differ."""
    distinct = set(names)
    return f"{distinct.pop()}的" if len(distinct) == 1 else ""


def _has_unknown(table: Any) -> bool:
    return table is not None and any(None in leaf.figures for leaf in leaves(table))


def _used_fields(editions: Mapping[str, BenefitEdition]) -> Iterator[Field]:
    """What the year has used up already, for caps and deductibles that count by the year."""
    lines: dict[str, dict[str, str]] = {}
    caps: dict[str, dict[str, str]] = {}
    for scheme, edition in editions.items():
        for layer in edition.layers:
            rule = layer.deductible
            if rule.amount is not None and (rule.annual_cap is not None or "year" in leaves(rule.per)):
                lines.setdefault(rule.shared or layer.id, {})[scheme] = layer.name
            for cap in layer.caps:
                if cap.amount is not None and cap.per == "year" and not cap.each:
                    key = f"{cap.shared or layer.id}.{USED[cap.of]}"
                    name_once(caps.setdefault(key, {}), scheme, cap, layer)
                    if cap.of == "fund_and_share":
                        lines.setdefault(cap.shared or layer.id, {})[scheme] = layer.name
    by_year = _counted_by_the_year(editions)
    for layer_id, names in by_year.items():
        help_text = "结算单上的政策范围内费用，含起付线；按今年累计的费用分段时用。没有就不填，按 0 计算。"
        yield _used_field(f"{layer_id}.counted", "今年已经计入的费用", help_text, names, editions)
    for layer_id, names in lines.items():
        yield _used_field(
            f"{layer_id}.deductible",
            f"今年{_common(names.values())}起付线已经付了多少",
            "没有就不填，按 0 计算。",
            names,
            editions,
        )
    for path, names in caps.items():
        if path.removesuffix(".counted") in by_year:
            continue
        payer = _common(names.values()).removesuffix("的") or "医保"
        help_text = "用来看有没有到封顶线。没有就不填，按 0 计算。"
        yield _used_field(path, f"今年{used_words(path, payer)}", help_text, names, editions)


def _counted_by_the_year(editions: Mapping[str, BenefitEdition]) -> dict[str, dict[str, str]]:
    """Accumulators of cost that brackets of the year go by."""
    found: dict[str, dict[str, str]] = {}
    for scheme, edition in editions.items():
        for layer in edition.layers:
            tables = leaves(layer.brackets) if layer.brackets is not None else ()
            if any(table.axis == "year" for table in tables):
                found.setdefault(layer.counts_into or layer.id, {})[scheme] = layer.name
    return found


def _used_field(
    name: str, label: str, help_text: str, schemes: Mapping[str, str], editions: Mapping[str, BenefitEdition]
) -> Field:
    when = {"scheme": tuple(schemes)} if len(schemes) < len(editions) else {}
    return Field(f"year_to_date.{name}", label, "amount", unit="元", advanced=True, help=help_text, when=when)
