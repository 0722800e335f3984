"""慢特病复审日期 (C-24, R-20): when a chronic disease is reviewed next, by the place's groups of diseases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.answer import Answer
from calculator.errors import NotCovered
from calculator.findings import Deadline
from calculator.kinds.asking import read_answers
from calculator.kinds.decided import decided
from calculator.kinds.form import Choice, Field, Form
from calculator.model import PoolingArea
from calculator.national import ground_of
from calculator.workdays import after, day_words

_OTHER = "other"


@dataclass(frozen=True, slots=True)
class ChronicReview:
    """The next review."""

    id: str = "chronic_review"
    title: str = "慢特病什么时候复审"
    summary: str = "门诊慢特病认定以后，下次复审是哪一天。"

    def form(self, area: PoolingArea) -> Form | None:
        """Its questions; None when nothing is known of reviews."""
        if not area.services.reviews:
            return None
        sample = {"disease": area.services.reviews[0].id, "date": area.checked_on.isoformat()}
        return Form(tuple(_fields(area)), sample)

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """The day. Raises InvalidData with the questions named, NotCovered for a disease nobody told us of."""
        reviews = area.services.reviews
        if not reviews:
            raise NotCovered(f"{area.name}的慢特病多久复审一次，本站没有收录。", "disease")
        answers = read_answers(tuple(_fields(area)), document)
        recognised = answers.day("date")
        assert recognised
        review = next((r for r in reviews if r.id == answers.word("disease")), None)
        if review is None:
            known = tuple(r.name for r in reviews)
            raise NotCovered(f"{area.name}别的病种多久复审一次，本站没有收录。", "disease", known)
        if not review.holds(recognised):
            raise NotCovered(f"{area.name}的复审周期从 {review.since} 起才有收录。", "date")
        on = after(recognised, review.every)
        text = f"从认定（或上次复审）那天起 {review.every.words}。{review.note}"
        day = Deadline("review", "下次复审", on, text, ground_of(area, (review,)))
        headline = f"{review.name}：下次复审在 {day_words(on)}以前。"
        return decided(self.id, self.title, headline, area, dates=(day,))


def _fields(area: PoolingArea) -> Iterator[Field]:
    choices = (*(Choice(r.id, r.name) for r in area.services.reviews), Choice(_OTHER, "别的病"))
    yield Field("disease", "什么病", "choice", required=True, choices=choices)
    yield Field("date", "哪一天认定或上次复审的", "date", required=True)
