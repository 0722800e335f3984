"""共济扣款分配 (C-19, R-52, K19): who pays what of the personal part: own account first, then sharers in their order.

A place's yearly cap on what one sharer may give is a figure of its file; what was given this year is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.answer import Amount, Answer, Part
from calculator.completions import Run
from calculator.estimate import Estimate, estimate
from calculator.explain import interval_text
from calculator.kinds.asking import Answers, read_answers
from calculator.kinds.form import Field, Form
from calculator.ledger import Step
from calculator.model import STATUS_ORDER, PoolingArea, Status
from calculator.money import ZERO, Yuan, number
from calculator.outcomes import Outcome, completed

SHARERS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class SharingSplit:
    """The charge split over accounts."""

    id: str = "sharing_split"
    title: str = "共济怎么扣钱"
    summary: str = "自己要付的那部分，先扣谁的个人账户，各扣多少，还要付多少现金。"

    def form(self, area: PoolingArea) -> Form | None:
        """The same for every place that exists; for an invented one when it says something of sharing."""
        if area.fictional and not area.services.account_sharing and not area.services.sharing_cap:
            return None
        sample = {"amount": "300", "own": "120", "sharer_1": "50", "sharer_2": "500"}
        return Form(tuple(_fields(area)), sample)

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """What each account pays. Raises InvalidData with the fields named."""
        answers = read_answers(tuple(_fields(area)), document)
        outcomes, gaps = completed(lambda run: _split(area, answers, run))
        result = estimate(area, outcomes, gaps, by="cash")
        amounts = tuple(_amounts(result, answers))
        cash = result.amounts["cash"]
        payers = [a for a in amounts if a.role == "payer" and (a.name != "cash" or cash.high)]
        paid = "，".join(f"{a.words} {interval_text(*a.interval)}" for a in payers)
        headline = f"{paid}。" if cash.high else f"{paid}，不用另付现金。"
        return Answer(self.id, self.title, headline, (Part("estimate", "", result, amounts),))


def _fields(area: PoolingArea) -> Iterator[Field]:
    yield Field("amount", "要自己付的钱", "amount", unit="元", required=True, help="结算单上的“个人支付”。")
    yield Field("own", "看病的人自己的账户余额", "amount", unit="元", default="0", help="没有个人账户就填 0。")
    for n in SHARERS:
        yield Field(
            f"sharer_{n}", f"第 {n} 个共济人的账户余额", "amount", unit="元",
            help="按设好的先后顺序填，没有就不填。" if n == 1 else "",
        )  # fmt: skip
        if area.services.sharing_cap:
            yield Field(f"shared_{n}", f"第 {n} 个共济人今年已经共济了多少", "amount", unit="元", advanced=True)


def _split(area: PoolingArea, answers: Answers, run: Run) -> Outcome:
    total = answers.amount("amount") or ZERO
    own = min(total, answers.amount("own") or ZERO)
    amounts: dict[str, Yuan] = {"total": total, "own": own}
    steps = [
        Step("sharing.total", total, {}, ()),
        Step("sharing.own", own, {"balance": answers.amount("own") or ZERO}, ()),
    ]
    left = total - own
    for n in SHARERS:
        balance = answers.amount(f"sharer_{n}")
        if balance is None:
            continue
        room, rule = balance, "sharing.sharer"
        for cap in area.services.sharing_cap:
            limit = number(run.value(cap.amount))
            room = min(room, max(ZERO, limit - (answers.amount(f"shared_{n}") or ZERO)))
            rule = "sharing.capped" if room < balance else rule
        amounts[f"sharer_{n}"] = min(left, room)
        data = {"n": n, "balance": balance, "room": room, "left": left}
        steps.append(Step(rule, amounts[f"sharer_{n}"], data, tuple(run.pending)))
        run.pending = []
        left -= amounts[f"sharer_{n}"]
    amounts["cash"] = left
    steps.append(Step("sharing.cash", left, {}, ()))
    least = Status.ILLUSTRATIVE if area.fictional else Status.SECONDARY
    status = max(least, run.status, key=STATUS_ORDER.__getitem__)
    return Outcome(amounts, tuple(steps), tuple(run.choices.values()), status)


def _amounts(result: Estimate, answers: Answers) -> Iterator[Amount]:
    yield Amount("total", "要付的钱", result.amounts["total"], "total")
    yield Amount("own", "自己的账户付", result.amounts["own"], "payer")
    for n in SHARERS:
        if answers.amount(f"sharer_{n}") is not None:
            yield Amount(f"sharer_{n}", f"第 {n} 个共济人付", result.amounts[f"sharer_{n}"], "payer")
    yield Amount("cash", "现金付", result.amounts["cash"], "payer")
