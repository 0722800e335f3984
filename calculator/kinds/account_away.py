"""个账异地可用吗 (C-26, R-53): whether the account pays away from home by card, after filing and activating, or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calculator.answer import Answer
from calculator.findings import Finding, Open, Reason, Verdict
from calculator.kinds.asking import Answers, read_answers
from calculator.kinds.decided import decided, open_question, stated
from calculator.kinds.form import Choice, Field, Form
from calculator.model import PoolingArea
from calculator.national import CLAIMS, PROVINCES
from calculator.services import AccountAway

_DONE = (Choice("yes", "办了"), Choice("no", "没办"))
_FIELDS = (
    Field(
        "place", "在哪里用", "choice", required=True,
        choices=(
            Choice("same_area", "参保的统筹区里"), Choice("in_province", "本省别的统筹区"),
            Choice("out_of_province", "外省"),
        ),
    ),
    Field(
        "province", "哪个省", "choice", choices=tuple(Choice(name, name) for name in PROVINCES),
        when={"place": ("out_of_province",)},
    ),
    Field("filed", "办了异地就医备案吗", "choice", may_be_unknown=True, default="unknown", choices=_DONE),
    Field(
        "activated", "开通了异地支付吗", "choice", may_be_unknown=True, default="unknown", choices=_DONE,
        help="激活医保电子凭证，有的地方还要在 App 里打开“个账异地支付”。",
    ),
)  # fmt: skip
_STEPS = {"direct": (), "activate": ("activated",), "file": ("filed", "activated")}
_STEP_TEXTS = {"filed": "先办异地就医备案。", "activated": "再激活医保电子凭证，开通异地支付。"}
WORDS = {"yes": "能用", "no": "不能直接刷", "depends": "办好手续就能用", "unknown": "能不能用，本站不知道"}


@dataclass(frozen=True, slots=True)
class AccountAwayKind:
    """Whether the account can be used away."""

    id: str = "account_away"
    title: str = "个人账户在外地能不能用"
    summary: str = "医保卡里的钱，到外地看病、买药能不能刷。"

    def form(self, area: PoolingArea) -> Form | None:
        """Its questions; for an invented place when it says something of the account."""
        if area.fictional and not area.services.account_away:
            return None
        return Form(_FIELDS, {"place": "out_of_province", "province": "广西壮族自治区", "filed": "yes"})

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """Whether it can. Raises InvalidData with the questions named."""
        answers = read_answers(_FIELDS, document)
        finding = _finding(area, answers)
        cash = "个人账户的钱不能取现；人去世了可以继承，出国定居了可以办手续领。"
        headline = f"{finding.words}。{finding.reasons[0].text}"
        return decided(self.id, self.title, headline, area, finding=finding, notices=(cash,))


def _finding(area: PoolingArea, answers: Answers) -> Finding:
    place = answers.word("place")
    if place == "same_area":
        return _found(Verdict.YES, [Reason("same-area", "在参保的统筹区里，定点医院和定点药店都能刷。")])
    own = [s for s in area.services.account_away if s.meets(place, answers.word("province"))]
    named = [s for s in own if s.provinces]
    found = named or own or [s for s in CLAIMS.account_away if s.to == place]
    ways = {statement.way for statement in found}
    unknowns = [] if own else [open_question(area, "local", f"{area.name}自己怎么规定，本站没有收录。")]
    if len(ways) > 1:
        reasons = [_reason(area, statement) for statement in found]
        return _found(Verdict.DEPENDS, reasons, [open_question(area, "dispute", "几种说法哪个对。")])
    reason = _reason(area, found[0])
    if ways & {"claim", "no"}:
        asked = open_question(area, "opened-since", "后来有没有开通。")
        return _found(Verdict.NO, [reason], [asked])
    steps = _STEPS[found[0].way]
    todo = [Reason(step, _STEP_TEXTS[step], reason.ground) for step in steps if answers.word(step) == "no"]
    unsure = [open_question(area, step, _UNSURE[step], _ASK) for step in steps if answers.word(step) == "unknown"]
    verdict = Verdict.DEPENDS if todo or unsure or not own else Verdict.YES
    return _found(verdict, [reason, *todo], [*unsure, *unknowns])


_ASK = "在国家医保服务平台 App 里看。"
_UNSURE = {"filed": "备案办了没有。", "activated": "异地支付开通了没有。"}
_WAYS = {
    "direct": "那里的定点医院和定点药店可以直接刷。",
    "activate": "激活医保电子凭证以后就能用。",
    "file": "先备案，再开通异地支付，才能用。",
    "claim": "那里不能刷卡，先自己付钱，再回参保地报。",
    "no": "那里不能用。",
}


def _reason(area: PoolingArea, statement: AccountAway) -> Reason:
    return stated(area, f"way-{statement.way}", _WAYS[statement.way], statement)


def _found(verdict: Verdict, reasons: Sequence[Reason], unknowns: Sequence[Open] = ()) -> Finding:
    return Finding("个人账户在外地能不能用", verdict, WORDS[verdict], tuple(reasons), tuple(unknowns))
