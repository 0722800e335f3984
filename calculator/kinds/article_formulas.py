"""文章算法对照 (C-05): one bill by the rule (R-05) and by the three shorter formulas that articles print.

The rule: (总费用 − 全自费 − 乙类先自付 − 参保地起付线) × 比例, at most what is left of the cap. The articles drop the
deductible (R-07), take the whole bill as within the policy (R-08), or take off the deductible of the place of care
(R-09).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.answer import Amount, Answer, Part
from calculator.errors import shown
from calculator.estimate import estimate
from calculator.explain import yuan
from calculator.kinds.form import Field, Form
from calculator.ledger import Step
from calculator.model import PoolingArea, Status
from calculator.money import ONE, ZERO, Ratio, Yuan, round_amount
from calculator.outcomes import Outcome
from calculator.reader import CaseReader, ratio_of


@dataclass(frozen=True, slots=True)
class ArticleFormulas:
    """The same bill by four formulas, side by side."""

    id: str = "article_formulas"
    title: str = "文章里的算法对不对"
    summary: str = "同一笔费用，按规定算和按几篇文章的算法算，差多少、差在哪里。"

    def form(self, area: PoolingArea) -> Form | None:
        """All the figures are typed in; the same everywhere, so no invented place offers it."""
        return None if area.fictional else Form(tuple(_fields()))

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """Four results; the first is the rule. Raises InvalidData with the fields named."""
        bill = _read(document)
        parts = [_part(area, bill, name, label) for name, label in _FORMULAS.items()]
        right = parts[0].estimate.amounts["fund"].low
        others = [(part.label, part.estimate.amounts["fund"].low - right) for part in parts[1:]]
        wrong = [f"“{label}”{'多' if more > 0 else '少'}算 {yuan(abs(more))}" for label, more in others if more]
        compared = "；".join(wrong) if wrong else "这一次几种算法得数一样"
        headline = f"按规定医保付 {yuan(right)}。{compared}。"
        return Answer(self.id, self.title, headline, tuple(parts))


@dataclass(frozen=True, slots=True)
class _Bill:
    total: Yuan
    self_funded: Yuan
    first_pay: Yuan
    deductible: Yuan
    deductible_away: Yuan
    ratio: Ratio
    left: Yuan | None
    """What is left of the yearly cap; None: not stated."""


_FORMULAS = {
    "rule": "按规定",
    "without_deductible": "不减起付线",
    "whole_bill": "整笔都当作范围内",
    "deductible_of_the_place_of_care": "减就医地的起付线",
}


def _fields() -> Iterator[Field]:
    yield Field("total", "总费用", "amount", unit="元", required=True)
    yield Field("self_funded", "其中全自费的部分", "amount", unit="元", help="没有就不填。")
    yield Field("first_pay", "其中乙类先自付的部分", "amount", unit="元", help="没有就不填。")
    yield Field("ratio", "参保地的报销比例", "amount", unit="%", required=True, help="例如 85。")
    yield Field("deductible", "参保地的起付线", "amount", unit="元", required=True)
    yield Field("deductible_away", "就医地的起付线", "amount", unit="元", help="不填就和参保地一样。")
    yield Field("cap_left", "封顶线今年还剩多少", "amount", unit="元", advanced=True, help="不填就当作没有到封顶线。")


def _read(document: object) -> _Bill:
    reader = CaseReader(document)
    reader.closed([field.name for field in _fields()])
    values: dict[str, Yuan | None] = {}
    for field in _fields():
        found = reader.document.get(field.name, "")
        if found in ("", None):
            values[field.name] = None
            if field.required:
                reader.refuse((field.name,), f"请填写“{field.label}”", "missing")
        elif field.name != "ratio":
            values[field.name] = reader.amount((field.name,), found, field.label)
    stated = reader.document.get("ratio", "")
    ratio = ratio_of(stated)
    if stated not in ("", None) and (ratio is None or ratio > ONE):
        reader.refuse(("ratio",), f"写的是{shown(stated)}，应在 0% 到 100% 之间，例如 85%", "percentage")
    total, out = values.get("total"), (values.get("self_funded") or ZERO) + (values.get("first_pay") or ZERO)
    if total is not None and out > total:
        reader.refuse(("self_funded",), "全自费和先自付加起来超过了总费用", "bill")
    reader.finish()
    assert total is not None
    assert ratio is not None
    line = values["deductible"] or ZERO
    away = values["deductible_away"]
    return _Bill(
        total, values["self_funded"] or ZERO, values["first_pay"] or ZERO, line, line if away is None else away, ratio,
        values["cap_left"],
    )  # fmt: skip


def _part(area: PoolingArea, bill: _Bill, name: str, label: str) -> Part:
    outcome = _settled(area, bill, name)
    result = estimate(area, [outcome], [])
    amounts = (
        Amount("total", "总费用", result.amounts["total"], "total"),
        Amount("fund", "医保支付", result.amounts["fund"], "payer"),
        Amount("person", "您自己付", result.amounts["person"], "payer"),
    )
    return Part(name, label, result, amounts)


def _settled(area: PoolingArea, bill: _Bill, name: str) -> Outcome:
    """One formula, step by step."""
    within = bill.total - bill.self_funded - bill.first_pay
    base = bill.total if name == "whole_bill" else within
    line = {"without_deductible": ZERO, "deductible_of_the_place_of_care": bill.deductible_away}.get(
        name, bill.deductible
    )
    steps = [Step("article.base", base, {"total": bill.total, "out": bill.total - base, "formula": name}, ())]
    if name == "without_deductible":
        steps.append(Step("article.no_deductible", None, {"line": bill.deductible}, ()))
    else:
        where = "就医地" if name == "deductible_of_the_place_of_care" else "参保地"
        steps.append(Step("article.deductible", min(line, base), {"line": line, "where": where}, ()))
    rest = max(ZERO, base - line)
    fund = round_amount(rest * bill.ratio)
    steps.append(Step("article.share", fund, {"rest": rest, "ratio": bill.ratio}, ()))
    if name == "rule" and bill.left is not None and fund > bill.left:
        fund = round_amount(bill.left)
        steps.append(Step("article.cap", fund, {"left": bill.left}, ()))
    person = bill.total - fund
    steps.append(Step("article.result", fund, {"total": bill.total, "person": person}, ()))
    status = Status.ILLUSTRATIVE if area.fictional else Status.SECONDARY
    return Outcome({"total": bill.total, "fund": fund, "person": person}, tuple(steps), (), status)
