"""结算单对账: the sheet says something else than the rules give; what may have been different?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from calculator.answer import Amount, Answer, Change, Difference, Explanation, Part, differing
from calculator.compare import Subject, contrast
from calculator.errors import InvalidData, NotCovered, nearest_word, shown
from calculator.estimate import Estimate, Interval, estimate
from calculator.explain import choice_text
from calculator.kinds.form import Field, Form
from calculator.kinds.settlement import part_of, settlement_fields
from calculator.kinds.variants import Variant, variants
from calculator.model import CARE_WORDS, PoolingArea
from calculator.money import FEN, ZERO, Yuan, amount_words
from calculator.reader import CaseReader
from calculator.reconcile.changes import State
from calculator.reconcile.paid import Paid
from calculator.reconcile.search import Change as Found
from calculator.reconcile.search import Finding, reconcile
from calculator.sentences import reconciliation as words

_SHEET = ("fund", "person", "account", "layers")


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One bill and what its sheet says was paid: a ranked list of explanations."""

    id: str = "reconciliation"
    title: str = "结算单对账"
    summary: str = "医保付的钱和算出来的不一样，看看可能是哪里不同。"

    def form(self, area: PoolingArea) -> Form | None:
        """The questions of a stay, and what the sheet says; None when the area has no rules for a stay."""
        fields = tuple(settlement_fields(area, "inpatient"))
        if not fields:
            return None
        folded = tuple(replace(field, advanced=True) if field.name == "account_balance" else field for field in fields)
        return Form((*folded, *_sheet_fields(area)))

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """Every explanation of the sheet. Raises InvalidData with the fields named."""
        reader = CaseReader(document)
        care = reader.document.get("care") or "inpatient"
        if care not in CARE_WORDS:
            options = "、".join(f"{key}（{text}）" for key, text in CARE_WORDS.items())
            reader.refuse(("care",), f"写的是{shown(care)}，可以是 {options}", "word")
        reader.finish()
        stated = {name: value for name, value in reader.document.items() if name not in ("sheet", "within")}
        possible = variants(stated, area, care)
        paid = _paid(reader, area, possible)
        reader.finish()
        found = reconcile(area, possible, paid)
        names = _layer_names(area, possible)
        claim = words.claim_text(paid.amounts, names)
        parts: list[Part] = []
        if found.outcomes:
            parts.append(part_of(area, possible, estimate(area, found.outcomes, found.gaps), "stated", "按您填的情形"))
        if found.agrees:
            headline = words.agreement_headline(claim, found.findings[0].off)
            return Answer(self.id, self.title, headline, tuple(parts))
        given = parts[0].estimate.amounts.get(paid.main, Interval(ZERO, ZERO)) if parts else None
        said = words.stated_text(paid.main, given, paid.amounts[paid.main], names)
        explanations, explained = _explained(area, found.findings, names)
        if not parts and not explained:
            raise found.gaps[0].reason
        certain = len(found.outcomes) == len(possible) == 1 and not found.gaps
        stated_as = State(area, possible[0][1])
        differences = tuple(_differences(stated_as, found.findings, explained)) if certain else ()
        if explanations:
            headline = words.explained_headline(claim, said, explanations)
            notices = [words.NOT_PROOF]
        else:
            headline = words.unexplained_headline(claim, said)
            notices = [words.ASK]
        if not found.complete:
            notices.append(words.INCOMPLETE)
        everything = (*parts, *explained)
        return Answer(
            self.id, self.title, headline, everything,
            notices=tuple(notices), differences=differences, explanations=explanations,
        )  # fmt: skip


def _sheet_fields(area: PoolingArea) -> Iterator[Field]:
    yield Field(
        "sheet.fund", "结算单上医保付了多少", "amount", unit="元", required=True,
        help="结算单上的“基金支付总额”或“统筹支付”加“大额、大病支付”。",
    )  # fmt: skip
    yield Field(
        "sheet.person", "结算单上您自己付了多少", "amount", unit="元", advanced=True,
        help="不算个人账户付的。不知道就不填。",
    )  # fmt: skip
    layers = {
        layer.id: layer.name
        for benefit in area.benefits
        if benefit.care == "inpatient"
        for layer in benefit.editions[-1].layers
    }
    if len(layers) > 1:
        for layer_id, name in layers.items():
            yield Field(f"sheet.layers.{layer_id}", f"其中{name}付了多少", "amount", unit="元", advanced=True)
    yield Field(
        "within", "差多少以内算对得上", "amount", unit="元", default="0.01", advanced=True,
        help="不填就要对上每一分钱。",
    )  # fmt: skip


def _paid(reader: CaseReader, area: PoolingArea, possible: Sequence[Variant]) -> Paid:
    """What the sheet says. What it leaves open follows where it can: the account pays what fund and person do not."""
    sheet = reader.part("sheet")
    reader.closed(_SHEET, ("sheet",), sheet)
    within = FEN
    if reader.document.get("within", "") not in ("", None):
        stated = reader.amount(("within",), reader.document["within"], "差多少以内")
        within = FEN if stated is None else stated
    amounts = dict(_amounts_of(reader, sheet, area, possible[0][1].care))
    if not amounts and not reader.problems:
        reader.refuse(("sheet",), "请填写结算单上医保付了多少，例如 {fund: 30000}", "missing")
    total = possible[0][1].bill.total
    for name, amount in amounts.items():
        if amount > total:
            path = ("sheet", *name.replace("layer:", "layers:").split(":"))
            reader.refuse(path, f"超过了总费用 {amount_words(total)} 元", "bill")
    if "fund" in amounts and "person" in amounts and not reader.problems:
        rest = total - amounts["fund"] - amounts["person"]
        if abs(rest - amounts.get("account", max(rest, ZERO))) > within:
            message = f"医保付的、个人账户付的和您自己付的，加起来不等于总费用 {amount_words(total)} 元"
            reader.refuse(("sheet", "person"), message, "bill")
        elif rest > within:
            amounts["account"] = rest
    return Paid(amounts, within)


def _amounts_of(
    reader: CaseReader, sheet: Mapping[str, Any], area: PoolingArea, care: str
) -> Iterator[tuple[str, Yuan]]:
    what = {"fund": "医保付的金额", "person": "您自己付的金额", "account": "个人账户付的金额"}
    for name, text in what.items():
        if sheet.get(name, "") not in ("", None):
            amount = reader.amount(("sheet", name), sheet[name], text)
            if amount is not None:
                yield name, amount
    layers = sheet.get("layers") or {}
    if not isinstance(layers, Mapping):
        reader.refuse(("sheet", "layers"), "应写明是哪一层付的，例如 {basic: 30000}", "type")
        return
    known = dict.fromkeys(
        layer.id for b in area.benefits if b.care == care for edition in b.editions for layer in edition.layers
    )
    for layer, value in layers.items():
        path = ("sheet", "layers", str(layer))
        if layer not in known and layer != "guarantee":
            message = f"这里没有叫“{layer}”的层{nearest_word(str(layer), known)}；有 {'、'.join(known)}"
            reader.refuse(path, message, "layer")
        elif value not in ("", None):
            amount = reader.amount(path, value, "这一层付的金额")
            if amount is not None:
                yield f"layer:{layer}", amount


def _layer_names(area: PoolingArea, possible: Sequence[Variant]) -> dict[str, str]:
    names = {"layer:guarantee": "保底"}
    for benefit in area.benefits:
        if any(case.care == benefit.care for _, case in possible):
            for edition in benefit.editions:
                for layer in edition.layers:
                    names.setdefault(f"layer:{layer.id}", layer.name)
    return names


def _explained(
    area: PoolingArea, findings: Sequence[Finding], names: Mapping[str, str]
) -> tuple[tuple[Explanation, ...], list[Part]]:
    explanations: list[Explanation] = []
    parts: list[Part] = []
    for finding in findings:
        part_id = _unused(_id(finding), {part.id for part in parts})
        texts = [words.change_text(area, change, names) for change in finding.changes]
        assumed = [choice_text(area, choice) for choice in finding.outcome.choices]
        text = "；".join(texts) or "；".join(assumed)
        if texts and assumed:
            text += f"（{'；'.join(assumed)}）"
        same = tuple(
            "；".join(words.change_text(area, change, names) for change in changes) for changes in finding.same
        )
        changes = tuple(
            Change(change.kind, _value(change), said) for change, said in zip(finding.changes, texts, strict=True)
        )
        explanations.append(Explanation(part_id, text, changes, finding.off, same))
        result: Estimate = estimate(area, [finding.outcome], [])
        label = text + "".join(f"，或者{other}" for other in same)
        part = part_of(area, [((), finding.state.case)], result, part_id, label)
        solved = tuple(
            Amount(change.kind, said, value, "info")
            for change, said in zip(finding.changes, texts, strict=True)
            if isinstance(value := _value(change), Interval)
        )
        parts.append(replace(part, amounts=(*part.amounts, *solved)))
    return tuple(explanations), parts


def _value(change: Found) -> Interval | str:
    if change.low is not None and change.high is not None:
        return Interval(change.low, change.high)
    return str(change.value)


def _id(finding: Finding) -> str:
    """``level.secondary``, ``bill.self_funded``, ``filing.unfiled+admission.2``; without changes what is assumed."""
    if not finding.changes:
        return "+".join(
            choice.key
            if choice.figure is not None or isinstance(choice.value, Decimal)
            else f"{choice.key}.{choice.value}"
            for choice in finding.outcome.choices
        )
    return "+".join(
        change.kind if change.low is not None or change.kind == "account" else f"{change.kind}.{change.value}"
        for change in finding.changes
    )


def _unused(name: str, used: set[str]) -> str:
    number = 2
    found = name
    while found in used:
        found, number = f"{name}-{number}", number + 1
    return found


def _differences(stated: State, findings: Sequence[Finding], parts: Sequence[Part]) -> Iterator[Difference]:
    """How much less the fund pays in each explanation than for the case as stated, where both are certain."""
    for finding, part in zip(findings, parts, strict=True):
        if not finding.outcome.choices:
            with suppress(NotCovered, InvalidData):
                label = f"“{part.label}”和您填的情形比"
                yield differing(part.id, label, [contrast(Subject(*stated), Subject(*finding.state))])
