"""能不能共济 (C-20, R-52, K19): whether somebody's account may pay for a relative.

国办发〔2024〕38号: near relatives, in the province first, other provinces step by step. A place's own statements go
before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calculator.answer import Answer
from calculator.findings import Finding, Reason, Verdict
from calculator.kinds.asking import HAS, read_answers
from calculator.kinds.decided import decided, open_question, stated
from calculator.kinds.form import Choice, Field, Form
from calculator.model import PoolingArea
from calculator.national import NATIONAL, SHARING, ground
from calculator.services import RELATION_WORDS, Sharing

_FIELDS = (
    Field(
        "relation", "给谁用", "choice", required=True,
        choices=tuple(Choice(name, words) for name, words in RELATION_WORDS.items()),
    ),
    Field(
        "insured", "他在哪里参保", "choice", required=True, may_be_unknown=True,
        choices=(
            Choice("same_area", "和您同一个统筹区"), Choice("in_province", "本省别的统筹区"),
            Choice("out_of_province", "外省"), Choice("none", "没有参加医保"),
        ),
    ),
    Field("account", "您有职工医保的个人账户吗", "choice", default="yes", choices=HAS),
)  # fmt: skip
_REACH = {"same_area": ("same_area",), "in_province": ("same_area", "in_province")}
WORDS = {"yes": "可以共济", "no": "不能共济", "depends": "能不能共济，看情况", "unknown": "能不能共济，本站不知道"}


@dataclass(frozen=True, slots=True)
class MayShare:
    """Whether one may share."""

    id: str = "may_share"
    title: str = "能不能共济"
    summary: str = "个人账户的钱，能不能给家里人用。"

    def form(self, area: PoolingArea) -> Form | None:
        """Its questions; for an invented place when it says something of sharing."""
        if area.fictional and not area.services.account_sharing:
            return None
        return Form(_FIELDS, {"relation": "parents", "insured": "out_of_province", "account": "yes"})

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """Whether one may. Raises InvalidData with the questions named."""
        answers = read_answers(_FIELDS, document)
        relation, insured = answers.word("relation"), answers.word("insured")
        if answers.word("account") == "no":
            no_account = "要有职工医保的个人账户，才能给别人用；居民医保没有。"
            finding = _found(Verdict.NO, [Reason("no-account", no_account, ground(SHARING))])
        elif relation == "other":
            finding = _found(Verdict.NO, [Reason("not-a-relative", "只能给近亲属用。", ground(SHARING))])
        elif insured == "none":
            told = "家人也要参加了基本医保，才能共济；可以先用账户替他缴居民医保，当地开通了才行。"
            ask = open_question(area, "contribution", "当地能不能用个人账户替家人缴居民医保。")
            finding = Finding(
                "能不能共济", Verdict.NO, WORDS["no"], (Reason("not-insured", told, ground(SHARING)),), (ask,)
            )
        else:
            finding = _by_statements(area, relation, insured)
        return decided(self.id, self.title, f"{finding.words}。{finding.reasons[0].text}", area, finding=finding)


def _found(verdict: Verdict, reasons: Sequence[Reason]) -> Finding:
    return Finding("能不能共济", verdict, WORDS[verdict], tuple(reasons))


def _by_statements(area: PoolingArea, relation: str, insured: str) -> Finding:
    own, who = area.services.account_sharing, RELATION_WORDS[relation]
    (national,) = NATIONAL.account_sharing
    near = stated(area, "near-relatives", f"国家规定近亲属可以共济，{who}在内。", national)
    fitting = [s for s in own if relation in s.relations]
    if own and not fitting:
        listed = "、".join(RELATION_WORDS[name] for s in own for name in s.relations)
        narrower = stated(area, "local-relations", f"这里查到的说法只写了{listed}。", *own)
        asked = open_question(area, "local-relations", f"这里有没有把{who}也放进来。")
        return Finding("能不能共济", Verdict.DEPENDS, WORDS["depends"], (near, narrower), (asked,))
    if insured not in ("same_area", "in_province", "out_of_province"):
        asked = open_question(area, "insured", "家人在哪里参保。", "在国家医保服务平台 App 里查家人的参保信息。")
        return Finding("能不能共济", Verdict.DEPENDS, WORDS["depends"], (near,), (asked,))
    for statement in fitting:
        if statement.insured == "anywhere" or insured in _REACH[statement.insured or national.insured]:
            return _allowed(area, statement, who)
    if any(statement.insured for statement in fitting):
        return _out_of_reach(area, fitting, near)
    if insured == "out_of_province":
        asked = open_question(area, "cross-province", "两个省之间开通了没有。")
        step = Reason("cross-province", "跨省共济正在一步步开通，先通的是试点的省。", ground(SHARING))
        return Finding("能不能共济", Verdict.DEPENDS, WORDS["depends"], (near, step), (asked,))
    return _found(Verdict.YES, [near, _order()])


def _allowed(area: PoolingArea, statement: Sharing, who: str) -> Finding:
    reasons = [stated(area, "local", f"这里可以给{who}用。", statement), _order()]
    if statement.condition:
        reasons.insert(1, Reason("condition", f"条件：{statement.condition}。", reasons[0].ground))
    if statement.pilot or statement.condition:
        asked = open_question(area, "condition", "您家符不符合条件。")
        return Finding("能不能共济", Verdict.DEPENDS, WORDS["depends"], tuple(reasons), (asked,))
    return _found(Verdict.YES, reasons)


def _out_of_reach(area: PoolingArea, fitting: Sequence[Sharing], near: Reason) -> Finding:
    only = "本统筹区" if all(s.insured == "same_area" for s in fitting) else "本省"
    reasons = (stated(area, "own-place-only", f"这里要求家人也在{only}参保。", *fitting), near)
    asked = open_question(area, "opened-since", "后来有没有开通到别的地方。")
    return Finding("能不能共济", Verdict.NO, WORDS["no"], reasons, (asked,))


def _order() -> Reason:
    return Reason("order", "看病时先扣他自己的账户，不够再按设好的顺序扣共济人的。", ground("article-portal-resident"))
