"""手工报销材料清单 (C-23, R-41 to R-43): what to bring when the bill was paid in full and is claimed at home."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.answer import Answer
from calculator.findings import Checklist, Item
from calculator.kinds.asking import YES_NO, Answers, ask_home, read_answers
from calculator.kinds.decided import decided
from calculator.kinds.form import Choice, Field, Form
from calculator.model import PoolingArea
from calculator.national import CROSS_PROVINCE, IN_PROVINCE, NATIONAL_ARTICLE, PORTAL_RESIDENT, ground, ground_of

_FIELDS = (
    Field(
        "care", "看的是什么", "choice", required=True,
        choices=(Choice("inpatient", "住院"), Choice("outpatient", "普通门诊"), Choice("chronic", "门诊慢特病")),
    ),
    Field("away", "是在外地看的吗", "choice", default="yes", choices=YES_NO),
    Field("emergency", "是急诊吗", "choice", default="no", choices=YES_NO),
    Field("proxy", "是别人代您去办吗", "choice", default="no", choices=YES_NO),
)  # fmt: skip
_BILL = ground(IN_PROVINCE, NATIONAL_ARTICLE, CROSS_PROVINCE, PORTAL_RESIDENT)


@dataclass(frozen=True, slots=True)
class ManualClaim:
    """The papers of a claim by hand."""

    id: str = "manual_claim"
    title: str = "手工报销带什么"
    summary: str = "没能直接结算、自己先付清的，回参保地报销要带哪些材料。"

    def form(self, area: PoolingArea) -> Form | None:
        """Its questions; for an invented place when it says something of papers."""
        if area.fictional and not area.services.claim_papers:
            return None
        return Form(_FIELDS, {"care": "inpatient", "away": "yes", "emergency": "no", "proxy": "no"})

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """The list. Raises InvalidData with the questions named."""
        answers = read_answers(_FIELDS, document)
        papers = Checklist("papers", "要带的材料", tuple(_papers(area, answers)))
        ask = Checklist("ask", "去以前先问清", tuple(_questions(area, answers)))
        headline = f"先自己付清，再带 {len(papers.items)} 样材料回{area.name}报销。"
        notices: tuple[str, ...] = ("原件都要留好；医院出的复印件要盖医院的章。",)
        if answers.word("emergency") == "no" and answers.word("away") == "yes":
            notices += ("在外地没有备案、也不是急诊的，报销比例可能降低，有的地方不报。",)
        return decided(self.id, self.title, headline, area, checklists=(papers, ask), notices=notices)


def _papers(area: PoolingArea, answers: Answers) -> Iterator[Item]:
    inpatient = answers.word("care") == "inpatient"
    yield Item("invoice", "医院收费票据（发票）原件", ground=_BILL)
    yield Item("itemised-list", "费用明细清单", ground=_BILL)
    yield Item("diagnosis", "诊断证明", ground=_BILL)
    if inpatient:
        yield Item("discharge-summary", "出院小结（出院记录）", ground=_BILL)
    else:
        yield Item("prescription", "门诊病历、处方或检查单", ground=ground(PORTAL_RESIDENT))
    if answers.word("care") == "chronic":
        yield Item("recognition", "慢特病的认定材料", ground=ground(CROSS_PROVINCE))
    if answers.word("emergency") == "yes":
        yield Item(
            "emergency-proof", "急诊证明，或者写明急诊抢救的病历", ground=ground(CROSS_PROVINCE, PORTAL_RESIDENT)
        )
    yield Item("identity", "本人的身份证、医保电子凭证或社保卡", ground=ground(PORTAL_RESIDENT))
    yield Item("bank", "收钱用的银行卡", "")
    if answers.word("proxy") == "yes":
        yield Item("proxy", "代办人的身份证，有的地方还要委托书", "")
    for paper in area.services.claim_papers:
        yield Item(paper.id, paper.text, ground=ground_of(area, (paper,)))


def _questions(area: PoolingArea, answers: Answers) -> Iterator[Item]:
    asked = ask_home(area.phone)
    yield Item("deadline", f"最晚哪一天交：各地不同，本站没有收录。{asked}", "unknown")
    if answers.word("away") == "yes":
        yield Item("designated", "不是定点医院的能不能报：看参保地的规定。", "unknown")
    if answers.word("care") == "outpatient" and answers.word("away") == "yes":
        yield Item("outpatient-away", "那里的门诊有没有开通直接结算；开通了就不用手工报。", "unknown")
