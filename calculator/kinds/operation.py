"""手术能否报销清单 (C-27, R-22): listed, indicated, at a designated hospital; away also filed. No amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from calculator.answer import Answer
from calculator.findings import Reason
from calculator.kinds.asking import YES_NO, Answers, ask_home, read_answers
from calculator.kinds.conditions import Condition, checklist_of, finding_of
from calculator.kinds.decided import decided, stated
from calculator.kinds.form import Choice, Field, Form
from calculator.model import PoolingArea
from calculator.national import PORTAL_RESIDENT, ground, ground_of
from calculator.services import Operation

_OTHER = "other"


@dataclass(frozen=True, slots=True)
class OperationKind:
    """Whether an operation is covered."""

    id: str = "operation"
    title: str = "手术能不能报"
    summary: str = "做一个手术，医保报不报，逐条看；只看能不能报，不算报多少。"

    def form(self, area: PoolingArea) -> Form | None:
        """Its questions; for an invented place when it says something of operations."""
        if area.fictional and not area.services.operations:
            return None
        sample = {"indicated": "yes", "designated": "yes", "place": "home"}
        first = area.services.operations[0].id if area.services.operations else ""
        return Form(tuple(_fields(area)), sample | ({"operation": first} if first else {"listed": "unknown"}))

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """The checklist. Raises InvalidData with the questions named."""
        answers = read_answers(tuple(_fields(area)), document)
        chosen = next((o for o in area.services.operations if o.id == answers.word("operation")), None)
        conditions = tuple(_conditions(area, answers, chosen))
        words = ("可以报", "不能报", "能不能报，看还不知道的那几条")
        finding = finding_of("手术能不能报", words, conditions, ground(PORTAL_RESIDENT))
        extra = []
        if chosen is not None and chosen.excluded:
            extra.append(stated(area, "excluded", f"这些不报：{'、'.join(chosen.excluded)}。", chosen))
        if answers.word("place") == "away_unfiled":
            less = "在外地做、没有备案，可以报的也会少报，先备案再去。"
            extra.append(Reason("unfiled", less, ground(PORTAL_RESIDENT)))
        finding = replace(finding, reasons=(*finding.reasons, *extra))
        headline = f"{chosen.name if chosen else '这个手术'}：{finding.words}。"
        notice = "报多少要看比例和起付线，这里不算。"
        lists = (checklist_of(conditions),)
        return decided(self.id, self.title, headline, area, finding=finding, checklists=lists, notices=(notice,))


def _fields(area: PoolingArea) -> Iterator[Field]:
    operations = area.services.operations
    if operations:
        choices = (*(Choice(o.id, o.name) for o in operations), Choice(_OTHER, "别的手术"))
        yield Field("operation", "什么手术", "choice", required=True, choices=choices)
    yield Field(
        "listed", "手术在当地的诊疗项目目录里吗", "choice", may_be_unknown=True, default="unknown", choices=YES_NO,
        when={"operation": (_OTHER,)} if operations else {},
    )  # fmt: skip
    yield Field(
        "indicated", "是治病需要的吗", "choice", may_be_unknown=True, default="unknown", choices=YES_NO,
        help="医生认为该做；美容、整形不算。",
    )  # fmt: skip
    yield Field("designated", "医院是定点医院吗", "choice", may_be_unknown=True, default="unknown", choices=YES_NO)
    yield Field(
        "place", "在哪里做", "choice", default="home",
        choices=(
            Choice("home", "参保地"), Choice("away_filed", "外地，已经备案"), Choice("away_unfiled", "外地，没有备案"),
        ),
    )  # fmt: skip


def _conditions(area: PoolingArea, answers: Answers, chosen: Operation | None) -> Iterator[Condition]:
    listed = chosen.listed if chosen else answers.word("listed")
    basis = ground_of(area, (chosen,)) if chosen else None
    asked = ask_home(area.phone)
    yield Condition("listed", listed, "在当地的诊疗项目目录里", "不在当地的诊疗项目目录里。", asked, basis)
    indication = f"治病需要做（{chosen.condition}）" if chosen and chosen.condition else "治病需要做"
    doctor = "问主治医生，请他写在病历里。"
    yield Condition("indicated", answers.word("indicated"), indication, "不是治病需要的，不报。", doctor, basis)
    hospital = "在国家医保服务平台 App 里查定点医院。"
    text = "在定点医院做"
    yield Condition("designated", answers.word("designated"), text, "不是定点医院，不报。", hospital)
