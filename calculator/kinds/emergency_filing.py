"""急诊补备案期限 (C-16, R-36, X14): every window that is claimed, the earliest as the safe day, and what to bring.

医保发〔2022〕22号: emergency rescue counts as filed; others may file until the discharge is settled, after that the way
is a claim by hand. The windows of 3 working days and 7 days are claims of articles; they are told, and nobody is told
that it is too late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from calculator.answer import Answer
from calculator.findings import Checklist, Deadline, Finding, Reason, Verdict
from calculator.kinds.asking import YES_NO, Answers, read_answers
from calculator.kinds.decided import decided, items, open_question, stated
from calculator.kinds.form import Field, Form
from calculator.model import PoolingArea, Status
from calculator.national import CLAIMS, CROSS_PROVINCE, FILING, PORTAL_RESIDENT, ground, ground_of
from calculator.services import EmergencyWindow
from calculator.workdays import after, day_words

_FIELDS = (
    Field("admitted", "哪一天入院", "date", required=True, default="today"),
    Field("treated", "哪一天开始看急诊", "date", help="和入院不是同一天才填。"),
    Field("discharged", "哪一天出院结算", "date", help="还没出院就不填。"),
    Field("rescue", "医院是不是按急诊抢救收治", "choice", may_be_unknown=True, default="unknown", choices=YES_NO),
)
_PAPERS = (
    ("emergency-proof", "医院开的急诊证明，或者写明急诊抢救的病历"),
    ("identity", "身份证、医保电子凭证或社保卡"),
    ("invoice", "发票和费用清单，先留好"),
)
_FROM = {"admission": "入院", "treatment": "看急诊", "discharge": "出院"}


@dataclass(frozen=True, slots=True)
class EmergencyFiling:
    """Until when to file after an emergency."""

    id: str = "emergency_filing"
    title: str = "急诊补备案期限"
    summary: str = "在外地看了急诊，还要不要补备案，最晚哪一天。"

    def form(self, area: PoolingArea) -> Form | None:
        """Its questions; for an invented place when it says something of emergencies."""
        if area.fictional and not area.services.emergency_windows:
            return None
        return Form(_FIELDS, {"admitted": "2026-02-13", "rescue": "unknown"})

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """The days. Raises InvalidData, and NotCovered when the year's working days are not announced."""
        answers = read_answers(_FIELDS, document)
        days = tuple(_days(area, answers))
        finding = _finding(area, answers)
        safe = next(day for day in days if day.safe)
        assert safe.on
        lead = "急诊抢救视同已备案，先看病。" if answers.word("rescue") != "no" else "先看病，再补备案。"
        headline = f"{lead}要补的话，{day_words(safe.on)}以前办最稳妥。"
        papers = Checklist("papers", "留好这些", items(_PAPERS, ground(CROSS_PROVINCE, PORTAL_RESIDENT)))
        return decided(self.id, self.title, headline, area, finding=finding, dates=days, checklists=(papers,))


def _days(area: PoolingArea, answers: Answers) -> Iterator[Deadline]:
    windows = tuple(_windows(area))
    found: dict[tuple[str, date], list[EmergencyWindow]] = {}
    for window in windows:
        start, field = _start(window, answers)
        if start is not None:
            last = after(start, window.within, start_counts=window.start_counts, field=field)
            found.setdefault((_name(window), last), []).append(window)
    status = Status.DISPUTED if len({day for _, day in found}) > 1 else None
    discharged = answers.day("discharged")
    ends = [day for _, day in found] + ([discharged] if discharged else [])
    for (name, last), of in sorted(found.items(), key=lambda item: item[0][1]):
        counted = "算第一天" if of[0].start_counts else "不算，从第二天数起"
        text = f"从{_FROM[of[0].counted_from]}那天起 {of[0].within.words}，那天{counted}。" + "".join(
            w.note for w in of
        )
        yield Deadline(name, f"{of[0].within.words}以内", last, text, ground_of(area, of, status), last == min(ends))
    text = "出院结算以前补办备案，也能直接结算；已经自己付清的，回参保地手工报销。"
    yield Deadline(
        "discharge", "出院结算以前", discharged, text, ground(FILING), bool(discharged) and discharged == min(ends)
    )


def _name(window: EmergencyWindow) -> str:
    return f"{window.within.unit}-{window.within.count}-from-{window.counted_from}"


def _start(window: EmergencyWindow, answers: Answers) -> tuple[date | None, str]:
    if window.counted_from == "discharge":
        return answers.day("discharged"), "discharged"
    if window.counted_from == "treatment" and answers.day("treated"):
        return answers.day("treated"), "treated"
    return answers.day("admitted"), "admitted"


def _windows(area: PoolingArea) -> Iterator[EmergencyWindow]:
    """The place's own; unless one of them is official, what is claimed elsewhere too, as the safe side."""
    own = area.services.emergency_windows
    yield from own
    if any(window.status is Status.OFFICIAL for window in own):
        return
    known = {(w.within, w.counted_from, w.start_counts) for w in own}
    yield from (w for w in CLAIMS.emergency_windows if (w.within, w.counted_from, w.start_counts) not in known)


def _finding(area: PoolingArea, answers: Answers) -> Finding:
    rescue = answers.word("rescue")
    reasons = [
        Reason("rescue", "急诊抢救视同已经备案，按规定不用再补。", ground(FILING)),
        Reason("before-settlement", "不算急诊抢救的，出院结算以前补办，也能直接结算。", ground(FILING)),
    ]
    reasons += [stated(area, "late", late.text, late) for late in area.services.emergency_late]
    reasons.append(Reason("never-too-late", "哪一天都不算晚：过了也先去问，至少可以手工报销。", ground(CROSS_PROVINCE)))
    unknowns = []
    if rescue == "unknown":
        ask = f"请医院在系统里标明“急诊抢救”，或者开证明；不清楚就打 {area.phone} 问。"
        unknowns.append(open_question(area, "rescue", "这次算不算急诊抢救。", ask))
    if not area.services.emergency_windows:
        unknowns.append(open_question(area, "window", "参保地有没有自己的期限，本站没有收录。"))
    verdict = {"yes": Verdict.NO, "no": Verdict.YES}.get(rescue, Verdict.DEPENDS)
    words = {"yes": "要补备案", "no": "不用补备案", "depends": "要不要补，看算不算急诊抢救"}[verdict]
    if rescue == "no":
        reasons = [reason for reason in reasons if reason.id != "rescue"]
    return Finding("要不要补备案", verdict, words, tuple(reasons), tuple(unknowns))
