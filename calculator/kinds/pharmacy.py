"""药店能否统筹报销 (C-25, R-54): four conditions, of which all must hold; which one is missing is named."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.answer import Answer
from calculator.kinds.asking import YES_NO, ask_home, read_answers
from calculator.kinds.conditions import Condition, checklist_of, finding_of
from calculator.kinds.decided import decided
from calculator.kinds.form import Field, Form
from calculator.model import PoolingArea
from calculator.national import PORTAL_RESIDENT, ground, ground_of

_FIELDS = (
    Field(
        "designated", "药店是开通了门诊统筹的定点药店吗", "choice", may_be_unknown=True, default="unknown",
        choices=YES_NO, help="店里贴着“门诊统筹”的标志；只能刷个人账户的定点药店不算。",
    ),
    Field("listed", "药在医保目录里吗", "choice", may_be_unknown=True, default="unknown", choices=YES_NO),
    Field("prescription", "有定点医院开的处方吗", "choice", may_be_unknown=True, default="unknown", choices=YES_NO),
    Field(
        "local", "参保地的药店能用统筹的钱吗", "choice", may_be_unknown=True, default="unknown", choices=YES_NO,
        help="本站收录了就按收录的算。",
    ),
)  # fmt: skip
_TEXTS = {
    "designated": (
        "药店开通了门诊统筹", "这家药店没有开通门诊统筹，只能刷个人账户或者付现金。",
        "看店里的标志，或者问店员；也可以在国家医保服务平台 App 里查。",
    ),
    "listed": (
        "药在医保目录里", "这个药不在医保目录里，统筹不报。",
        "问店员或医生，也可以在国家医保服务平台 App 里查药品目录。",
    ),
    "prescription": (
        "有定点医院开的处方", "没有处方，统筹不报；可以先去定点医院开处方，或者走互联网医院。",
        "问开药的医生，要电子处方流转到药店。",
    ),
    "local": ("参保地的药店能用统筹", "参保地的药店还不能用统筹的钱。", ""),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PharmacyKind:
    """Whether the pooled fund pays at a pharmacy."""

    id: str = "pharmacy"
    title: str = "药店买药能不能报"
    summary: str = "在药店买药，能不能用统筹基金报，差哪一条。"

    def form(self, area: PoolingArea) -> Form | None:
        """Its questions; for an invented place when it says something of pharmacies."""
        if area.fictional and not area.services.pharmacy:
            return None
        return Form(_FIELDS, {"designated": "yes", "listed": "yes", "prescription": "no", "local": "unknown"})

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """Whether it pays. Raises InvalidData with the questions named."""
        answers = read_answers(_FIELDS, document)
        own = area.services.pharmacy
        conditions = []
        for name, (text, fails, ask) in _TEXTS.items():
            state = answers.word(name)
            basis = None
            if name == "local" and state == "unknown" and len({s.pooled for s in own}) == 1:
                state, basis = "yes" if own[0].pooled else "no", ground_of(area, own)
            conditions.append(Condition(name, state, text, fails, ask or ask_home(area.phone), basis))
        words = ("统筹可以报", "统筹不报", "能不能报，看还不知道的那几条")
        finding = finding_of("药店买药能不能报", words, conditions, ground(PORTAL_RESIDENT))
        headline = f"{finding.words}。" + (finding.reasons[0].text if finding.verdict == "no" else "")
        notice = "报多少、有没有上限，各地不同，本站没有收录，这里只看能不能报。"
        checklists = (checklist_of(conditions),)
        return decided(
            self.id, self.title, headline, area, finding=finding, checklists=checklists, notices=(notice,)
        )  # fmt: skip
