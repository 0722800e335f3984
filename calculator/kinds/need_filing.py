"""我要不要备案 (C-18): whether care elsewhere is to be filed first, why, where and with what.

R-24: filing is needed for care outside the home area unless the place is exempt or it is an emergency rescue.
医保发〔2022〕22号: rescue counts as filed; filing before the discharge is settled still counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from calculator.answer import Answer
from calculator.findings import Checklist, Finding, Open, Reason, Verdict
from calculator.kinds.asking import YES_NO, Answers, read_answers
from calculator.kinds.decided import decided, items, open_question, stated
from calculator.kinds.form import Choice, Field, Form
from calculator.model import PoolingArea
from calculator.national import (
    CROSS_PROVINCE,
    FILING,
    IN_PROVINCE,
    NATIONAL,
    NATIONAL_ARTICLE,
    PROVINCES,
    ground,
    pilot_region,
)
from calculator.services import FilingPlace

PLACES = (
    Choice("same_area", "参保的统筹区里"),
    Choice("in_province", "本省别的统筹区"),
    Choice("out_of_province", "外省"),
)
WORDS = {"yes": "要备案", "no": "不用备案", "depends": "要不要备案，看情况", "unknown": "要不要备案，本站不知道"}
_REASONS = (
    Choice("long_term", "在外地住半年以上：退休、随子女、工作、上学"),
    Choice("referral", "本地医院开了转诊"),
    Choice("temporary", "出差、旅游、探亲，或者自己去看"),
)
_CHANNELS = (
    ("app", "国家医保服务平台 App：异地备案，填类型和就医地，提交。"),
    ("mini-program", "微信或支付宝里的“国家异地就医备案”小程序，或者参保地的公众号。"),
    ("phone", "打参保地的医保电话，按语音提示办。"),
    ("counter", "去参保地的医保窗口办，适合不习惯用手机的人。"),
)
_RESIDENCE = "居住证、房产证、工作证明之一，有的地方写一份承诺书就行"
_PAPERS = {
    "long_term": (("identity", "身份证、医保电子凭证或社保卡"), ("residence", _RESIDENCE)),
    "referral": (("identity", "身份证、医保电子凭证或社保卡"), ("referral-note", "医院开的转诊单")),
    "temporary": (("identity", "身份证、医保电子凭证或社保卡"),),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NeedFiling:
    """Whether to file."""

    id: str = "need_filing"
    title: str = "我要不要备案"
    summary: str = "去外地看病，要不要先备案，在哪里办，带什么。"

    def form(self, area: PoolingArea) -> Form | None:
        """Its questions; the same for every place that exists, for an invented one when it says something of filing."""
        if area.fictional and not area.services.filing_places:
            return None
        return Form(tuple(self._fields()), {"place": "in_province", "reason": "temporary", "emergency": "no"})

    @staticmethod
    def _fields() -> Iterator[Field]:
        yield Field("place", "去哪里看病", "choice", required=True, may_be_unknown=True, choices=PLACES)
        yield Field(
            "province", "哪个省", "choice", choices=tuple(Choice(name, name) for name in PROVINCES),
            when={"place": ("out_of_province",)},
        )  # fmt: skip
        yield Field("reason", "为什么去", "choice", may_be_unknown=True, choices=_REASONS)
        yield Field(
            "emergency", "是不是急诊抢救", "choice", default="no", may_be_unknown=True, choices=YES_NO,
            help="突然发病，不马上治有生命危险，医院按急诊抢救收治。",
        )  # fmt: skip
        yield Field("date", "哪一天去", "date", default="today")

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """Whether to file. Raises InvalidData with the questions named."""
        answers = read_answers(tuple(self._fields()), document)
        finding = _finding(area, answers)
        lists: tuple[Checklist, ...] = ()
        if finding.verdict is not Verdict.NO:
            lists = tuple(_lists(answers.word("reason")))
        return decided(self.id, self.title, f"{finding.words}。{finding.reasons[0].text}", area, finding=finding,
                       checklists=lists)  # fmt: skip


def _finding(area: PoolingArea, answers: Answers) -> Finding:
    place, emergency = answers.word("place"), answers.word("emergency")
    if place == "same_area":
        return _found(Verdict.NO, [Reason("same-area", "在参保的统筹区里看病不算异地。")])
    if emergency == "yes":
        return _found(Verdict.NO, [_rescue(), _late()], [_recognised(area)])
    finding = _by_place(area, place, answers.word("province"), answers.day("date"))
    extra = [_rescue()] if finding.verdict is not Verdict.NO else []
    if finding.verdict is not Verdict.NO:
        extra.append(_late())
    if answers.word("reason") == "long_term" and finding.verdict is not Verdict.NO:
        extra.append(Reason("two-places", "长期居住备案有效期内，回参保地看病照样能报。", ground(FILING)))
    finding = replace(finding, reasons=(*finding.reasons, *extra))
    if emergency == "unknown" and finding.verdict is Verdict.YES:
        return _found(Verdict.DEPENDS, finding.reasons, [*finding.unknowns, _recognised(area)])
    return finding


def _by_place(area: PoolingArea, place: str, province: str, day: date | None) -> Finding:
    if place not in ("in_province", "out_of_province"):
        asked = open_question(area, "place", "不知道去哪里看病。", "先定下去哪个省、哪个市，再来看。")
        return _found(Verdict.UNKNOWN, [Reason("by-place", "省内和外省的规定不一样。")], [asked])
    own = [s for s in area.services.filing_places if s.meets(place, province) and s.holds(day)]
    own = [s for s in own if s.provinces] or own  # what is said of a province goes before what is said of all
    said = {s.filing for s in own}
    if own:
        return _by_statements(area, own, said)
    region = pilot_region(area.province, province) if place == "out_of_province" else ""
    if place == "out_of_province":
        (rule,) = NATIONAL.filing_places
        reasons = [stated(area, "out-of-province", "外省看病，国家规定先备案，才能直接结算。", rule)]
        if not region:
            return _found(Verdict.YES, reasons)
        pilot = f"{area.province}和{province}都在{region}，有文章说那里试点免备案，没有写明对哪些人。"
        reasons.append(Reason("pilot-region", pilot, ground(IN_PROVINCE, CROSS_PROVINCE)))
        return _found(Verdict.DEPENDS, reasons, [_pilot(area)])
    reason = Reason("in-province", "省内要不要备案，各省规定不同：有的全省不用，有的跨市就要。", ground(IN_PROVINCE))
    asked = open_question(area, "in-province", f"{area.province}省内跨市看病要不要备案，本站没有收录。")
    return _found(Verdict.UNKNOWN, [reason], [asked])


def _by_statements(area: PoolingArea, own: list[FilingPlace], said: set[str]) -> Finding:
    texts = {
        "exempt": "这里规定去那里看病不用备案。",
        "required": "这里规定去那里看病要先备案。",
        "pilot": "去那里看病正在试点免备案。",
    }
    reasons = [stated(area, word, texts[word], *(s for s in own if s.filing == word)) for word in texts if word in said]
    if said == {"exempt"}:
        return _found(Verdict.NO, reasons)
    if said == {"required"}:
        return _found(Verdict.YES, reasons)
    asked = _pilot(area) if "pilot" in said else open_question(area, "dispute", "两种说法哪个对。")
    return _found(Verdict.DEPENDS, reasons, [asked])


def _found(verdict: Verdict, reasons: list[Reason] | tuple[Reason, ...], unknowns: list[Open] | None = None) -> Finding:
    return Finding("要不要备案", verdict, WORDS[verdict], tuple(reasons), tuple(unknowns or ()))


def _rescue() -> Reason:
    return Reason("rescue", "急诊抢救视同已经备案，先看病，不用等备案。", ground(FILING))


def _late() -> Reason:
    return Reason("late", "来不及的，出院结算以前补办备案，也能直接结算。", ground(FILING))


def _recognised(area: PoolingArea) -> Open:
    return open_question(
        area,
        "rescue",
        "这次算不算急诊抢救。",
        f"请医院在系统里标明“急诊抢救”，或者开证明；不清楚就打 {area.phone} 问。",
    )


def _pilot(area: PoolingArea) -> Open:
    return open_question(area, "pilot", "试点包不包括您、包不包括要去的医院。")


def _lists(reason: str) -> Iterator[Checklist]:
    yield Checklist("channels", "在哪里办", items(_CHANNELS, ground(NATIONAL_ARTICLE, CROSS_PROVINCE)))
    papers = _PAPERS.get(reason)
    if papers:
        yield Checklist("papers", "带什么", items(papers, ground(CROSS_PROVINCE)))
