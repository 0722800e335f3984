"""转移接续 (C-14, K29): what moves with a person who changes the insured place, and how long it takes.

基本医疗保险关系转移接续暂行办法, 医保办发〔2021〕43号: years add up, the balance moves, the old place has 10 working
days and the new one 5. What articles claim of the time stands beside it (R-61).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from calculator.answer import Amount, Answer, Missing, Part
from calculator.errors import NotCovered
from calculator.estimate import estimate
from calculator.findings import Deadline, Finding, Ground, Reason, Verdict, weakest
from calculator.headlines import transfer_headline
from calculator.kinds.asking import YES_NO, read_answers
from calculator.kinds.decided import open_question
from calculator.kinds.form import Field, Form
from calculator.ledger import Step
from calculator.model import PoolingArea, Status
from calculator.money import ZERO
from calculator.national import IN_PROVINCE, PORTAL_PROVINCE, TRANSFER, ground
from calculator.outcomes import Outcome
from calculator.workdays import Span, after, day_words

_FIELDS = (
    Field("years_before", "原来的地方缴了几年", "integer", required=True, minimum=0, maximum=60),
    Field("years_after", "新的地方已经缴了几年", "integer", default="0", minimum=0, maximum=60),
    Field("balance", "个人账户里还有多少", "amount", unit="元", default="0"),
    Field("applied", "哪一天申请转移", "date", help="填了就算出各步大约哪一天办好。"),
    Field("joined", "在新的地方参加职工医保了吗", "choice", may_be_unknown=True, choices=YES_NO),
)
_RULE = ground(TRANSFER)
_TIMES: tuple[tuple[str, str, Span, str, Ground], ...] = (
    ("old-place", "原参保地办好", Span(10, "workdays"), "原参保地 10 个工作日内审核、转出。", _RULE),
    ("both-places", "两边都办好", Span(15, "workdays"), "新参保地再 5 个工作日，一共 15 个工作日。", _RULE),
    (
        "claimed-latest", "一篇文章说的最晚", Span(45, "workdays"), "文章说最多 45 个工作日，和国家的办法不一样。",
        ground(IN_PROVINCE, status=Status.DISPUTED),
    ),
    (
        "money-first", "钱到账，早的", Span(1, "months"), "文章说个人账户的钱 1 到 3 个月到账。",
        ground(PORTAL_PROVINCE, status=Status.DISPUTED),
    ),
    (
        "money-last", "钱到账，晚的", Span(3, "months"), "超过这一天还没到账，就打 12393 问。",
        ground(PORTAL_PROVINCE, status=Status.DISPUTED),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Transfer:
    """Years of contribution add up; the account's balance moves with the person."""

    id: str = "transfer"
    title: str = "转移接续"
    summary: str = "换城市参保，缴费年限和个人账户余额怎么接上，多久办好。"

    def form(self, area: PoolingArea) -> Form | None:
        """The same for every place that exists."""
        sample = {"years_before": "5", "years_after": "0", "balance": "20000", "applied": "2026-03-02", "joined": "yes"}
        return None if area.fictional else Form(_FIELDS, sample)

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """Years and balance after the move, and the days. Raises InvalidData with the fields named."""
        answers = read_answers(_FIELDS, document)
        before, after_move = answers.number("years_before") or 0, answers.number("years_after") or 0
        balance = answers.amount("balance") or ZERO
        total = Decimal(before + after_move)
        steps = (
            Step("transfer.years", None, {"before": before, "after": after_move, "total": before + after_move}, ()),
            Step("transfer.balance", balance, {}, ()),
        )
        status = Status.ILLUSTRATIVE if area.fictional else Status.SECONDARY
        result = estimate(area, [Outcome({"years": total, "balance": balance}, steps, (), status)], [], by="balance")
        amounts = (
            Amount("years", "缴费年限合计", result.amounts["years"], "info", "number"),
            Amount("balance", "转入的个人账户余额", result.amounts["balance"], "info"),
        )
        headline = transfer_headline(before + after_move, balance)
        answer = Answer(self.id, self.title, headline, (Part("estimate", "", result, amounts),))
        return _with_rest(answer, area, answers.word("joined"), answers.day("applied"))


def _with_rest(answer: Answer, area: PoolingArea, joined: str, applied: date | None) -> Answer:
    """The condition and the days, as far as they were asked for."""
    finding = _finding(area, joined) if joined else None
    days: list[Deadline] = []
    missing: list[Missing] = []
    for name, label, span, text, basis in _TIMES if applied else ():
        assert applied
        try:
            days.append(Deadline(name, label, after(applied, span, field="applied"), text, basis))
        except NotCovered as silent:
            missing.append(Missing(name, label, str(silent)))
    if missing and not any(day.id == "old-place" for day in days):
        raise NotCovered(missing[0].reason, "applied")
    if finding is None and not days:
        return answer
    headline = answer.headline
    if len(days) > 1 and days[1].id == "both-places" and days[1].on:
        headline += f"两边大约在 {day_words(days[1].on)}以前办好。"
    grounds = [day.ground for day in days] + [reason.ground for reason in (finding.reasons if finding else ())]
    status = weakest(grounds, fictional=area.fictional)
    return replace(answer, headline=headline, finding=finding, dates=tuple(days), missing=tuple(missing), status=status)


def _finding(area: PoolingArea, joined: str) -> Finding:
    condition = Reason("join-first", "先在新的地方参加职工医保，才能把原来的转过去。", ground(IN_PROVINCE))
    kept = Reason("benefits-kept", "办转移的时候，只要没有断缴，看病照样能报。", ground(PORTAL_PROVINCE))
    within = Reason("within-three-months", "换地方、换险种，三个月内接上缴费，不用等待。", ground(TRANSFER))
    if joined == "yes":
        return Finding("能不能转", Verdict.YES, "可以申请转移", (condition, kept))
    if joined == "no":
        return Finding("能不能转", Verdict.NO, "还不能转，先参保", (condition, within))
    asked = open_question(
        area, "joined", "在新的地方有没有参加职工医保。", "问一问新单位，或者在国家医保服务平台 App 里查。"
    )
    return Finding("能不能转", Verdict.DEPENDS, "看有没有在新的地方参保", (condition, within), (asked,))
