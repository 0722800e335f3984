"""备案有效期 (C-15, R-27, X16): until when a filing holds, and when to think of the next one.

医保发〔2022〕22号: long-term filings stay, temporary ones hold not less than 6 months. The end of a span of months is
the day of the same number, or the last day of a month that has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from calculator.answer import Answer
from calculator.findings import Deadline
from calculator.kinds.asking import read_answers
from calculator.kinds.decided import decided
from calculator.kinds.form import Choice, Field, Form
from calculator.model import PoolingArea, Status
from calculator.national import CLAIMS, NATIONAL, ground_of
from calculator.services import FilingValidity
from calculator.workdays import FOREVER, after, day_words

REMIND = timedelta(days=14)
"""How long before the end the reminder is: this site's suggestion, not a rule."""
_CLASSES = (
    Choice("long_term", "长期居住"),
    Choice("referral", "转诊"),
    Choice("temporary", "临时外出"),
)
_FIELDS = (
    Field("filing", "办的是哪种备案", "choice", required=True, choices=_CLASSES),
    Field("date", "从哪一天起生效", "date", required=True, default="today"),
)


@dataclass(frozen=True, slots=True)
class FilingValidityKind:
    """Until when a filing holds."""

    id: str = "filing_validity"
    title: str = "备案有效期"
    summary: str = "备案办好以后，能用到哪一天，什么时候该再办。"

    def form(self, area: PoolingArea) -> Form | None:
        """Its questions; for an invented place when it says something of validity."""
        if area.fictional and not area.services.filing_validity:
            return None
        return Form(_FIELDS, {"filing": "temporary", "date": "2026-01-31"})

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """The last days. Raises InvalidData with the questions named."""
        answers = read_answers(_FIELDS, document)
        start = answers.day("date")
        assert start
        said = tuple(_statements(area, answers.word("filing")))
        spans = dict.fromkeys(statement.lasts for statement in said)
        if list(spans) == [FOREVER]:
            day = Deadline("forever", "有效期", None, "长期有效，换了居住地再改。", ground_of(area, said))
            headline = "长期居住备案长期有效，没有截止日。"
            return decided(self.id, self.title, headline, area, dates=(day,))
        ends = sorted((after(start, span), span.words, span) for span in spans if span is not FOREVER)
        days: list[Deadline] = []
        for on, words, span in ends:
            of = [statement for statement in said if statement.lasts == span]
            status = Status.DISPUTED if len(ends) > 1 else None
            notes = "".join(dict.fromkeys(statement.note for statement in of))
            basis = ground_of(area, of, status)
            name = f"{span.unit}-{span.count}"
            days.append(Deadline(name, f"按 {words}算", on, notes, basis, safe=on == ends[0][0]))
        first = ends[0][0]
        days.append(Deadline("reminder", "提醒自己", first - REMIND, "提前两周再办一次，或者申请延长。"))
        longer = "有的地方更长，以参保地为准。" if len(ends) > 1 else ""
        headline = f"放心用到 {day_words(first)}，到期以前再办。{longer}"
        return decided(self.id, self.title, headline, area, dates=days)


def _statements(area: PoolingArea, filing: str) -> Iterator[FilingValidity]:
    """The place's own; beside them, unless they are official, the national rule and what is claimed."""
    own = [s for s in area.services.filing_validity if s.filing == filing]
    yield from own
    if not any(s.status is Status.OFFICIAL for s in own):
        yield from (s for s in NATIONAL.filing_validity if s.filing == filing)
        if not own:
            yield from (s for s in CLAIMS.filing_validity if s.filing == filing)
