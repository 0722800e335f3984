"""甲乙丙拆分 (C-06, R-03, R-04): what of a bill lies within the policy, what is paid first, what is outside.

甲类 counts in full, of 乙类 a share is paid first, the rest of both is 政策范围内费用; 丙类 (全自费) does not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from calculator.answer import Amount, Answer, Part
from calculator.completions import Run
from calculator.errors import shown
from calculator.estimate import estimate
from calculator.explain import interval_text
from calculator.kinds.form import Field, Form
from calculator.kinds.sheet import Sheet
from calculator.model import STATUS_ORDER, PoolingArea, Status
from calculator.money import ONE, ZERO, Ratio, Yuan, round_amount
from calculator.outcomes import Outcome, completed
from calculator.reader import CaseReader, ratio_of

SLOTS = (1, 2, 3)
"""How many different shares of 乙类 a form asks for."""
USUAL = (Ratio("0.2"), Ratio("0.3"))
"""先自付 of 乙类 in general (R-04), as far as an article says; taken where the person does not know."""


@dataclass(frozen=True, slots=True)
class BillSplit:
    """The three classes of a bill."""

    id: str = "bill_split"
    title: str = "甲类、乙类、自费怎么分"
    summary: str = "账单里哪些钱能算进医保，乙类先自付多少，哪些全要自己付。"

    def form(self, area: PoolingArea) -> Form | None:
        """The amounts by class; the same everywhere, so no invented place offers it."""
        return None if area.fictional else Form(tuple(_fields()))

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """The split. Raises InvalidData with the fields named."""
        stated = _read(document)

        def once(run: Run) -> Outcome:
            return _settle(Sheet(run), stated)

        outcomes, gaps = completed(once)
        result = estimate(area, outcomes, gaps, by="eligible")
        amounts = (
            Amount("total", "总费用", result.amounts["total"], "total"),
            Amount("eligible", "能算进医保的（范围内）", result.amounts["eligible"], "payer"),
            Amount("first_pay", "乙类先自付", result.amounts["first_pay"], "payer"),
            Amount("self_funded", "全自费", result.amounts["self_funded"], "payer"),
        )
        headline = (
            f"能算进医保的是 {interval_text(*result.amounts['eligible'])}，"
            f"先自付 {interval_text(*result.amounts['first_pay'])}，"
            f"全自费 {interval_text(*result.amounts['self_funded'])}。"
        )
        notices = ("能算进医保的部分，还要减起付线、按比例报，不是全部都报。",)
        return Answer(self.id, self.title, headline, (Part("estimate", "", result, amounts),), notices=notices)


def _fields() -> Iterator[Field]:
    yield Field("class_a", "甲类一共多少", "amount", unit="元", help="结算单上的“甲类”。没有就不填。")
    for n in SLOTS:
        name = "乙类" if n == 1 else f"另一种先自付比例的乙类（{n}）"
        yield Field(
            f"class_b_{n}", f"{name}多少", "amount", unit="元", advanced=n > 1, help="乙类的全部金额，没有减先自付。"
        )
        yield Field(
            f"rate_{n}", f"{name}先自付百分之几", "amount", unit="%", may_be_unknown=True, advanced=n > 1,
            help="在药品目录或结算单上看，例如 20。不知道就按 20% 到 30% 估。",
        )  # fmt: skip
    yield Field(
        "self_funded", "全自费（丙类）多少", "amount", unit="元", help="目录外的药品、材料、特需病房等。没有就不填。"
    )


@dataclass(frozen=True, slots=True)
class _Stated:
    class_a: Yuan
    class_b: tuple[tuple[Yuan, Ratio | None], ...]
    self_funded: Yuan


def _read(document: object) -> _Stated:
    reader = CaseReader(document)
    names = [f"{name}_{n}" for n in SLOTS for name in ("class_b", "rate")]
    reader.closed(["class_a", *names, "self_funded"])
    class_a = _amount(reader, "class_a", "甲类")
    class_b = []
    for n in SLOTS:
        amount, rate = _amount(reader, f"class_b_{n}", "乙类"), reader.document.get(f"rate_{n}", "")
        if not amount and rate not in ("", None):
            reader.refuse((f"class_b_{n}",), "写了先自付比例，还要写乙类是多少", "missing")
        elif amount and rate in ("", None):
            reader.refuse((f"rate_{n}",), "请填写乙类先自付百分之几；不知道可以选“不知道”", "missing")
        elif amount:
            class_b.append((amount, _rate(reader, f"rate_{n}", rate)))
    self_funded = _amount(reader, "self_funded", "全自费")
    if not reader.problems and not (class_a or class_b or self_funded):
        reader.refuse(("class_a",), "甲类、乙类、全自费至少填一项", "missing")
    reader.finish()
    return _Stated(class_a, tuple(class_b), self_funded)


def _amount(reader: CaseReader, name: str, words: str) -> Yuan:
    found = reader.document.get(name, "")
    return ZERO if found in ("", None) else reader.amount((name,), found, words) or ZERO


def _rate(reader: CaseReader, name: str, found: object) -> Ratio | None:
    if found == "unknown":
        return None
    rate = ratio_of(found)
    if rate is None or rate > ONE:
        reader.refuse((name,), f"写的是{shown(found)}，先自付比例应在 0% 到 100% 之间，例如 20%", "percentage")
        return None
    return rate


def _settle(sheet: Sheet, stated: _Stated) -> Outcome:
    total = stated.class_a + stated.self_funded + sum((amount for amount, _ in stated.class_b), ZERO)
    sheet.step("split.total", total)
    if stated.class_a:
        sheet.step("split.class_a", stated.class_a)
    first_pay = ZERO
    for n, (amount, stated_rate) in enumerate(stated.class_b, start=1):
        rate = _usual(sheet.run, n) if stated_rate is None else stated_rate
        paid = round_amount(amount * rate)
        first_pay += paid
        sheet.step("split.class_b", paid, of=amount, rate=rate, left=amount - paid)
    if stated.self_funded:
        sheet.step("split.self_funded", stated.self_funded)
    eligible = total - stated.self_funded - first_pay
    sheet.step("split.eligible", eligible)
    amounts: Mapping[str, Any] = {
        "total": total,
        "eligible": eligible,
        "first_pay": first_pay,
        "self_funded": stated.self_funded,
    }
    return sheet.outcome(amounts)


def _usual(run: Run, number: int) -> Ratio:
    """A share nobody knows: the usual ones, as far as an article says."""
    run.rank = max(run.rank, STATUS_ORDER[Status.SECONDARY])
    chosen = run.choose(f"rate_{number}", "乙类先自付比例", USUAL)
    assert isinstance(chosen, Ratio)
    return chosen
