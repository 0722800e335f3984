"""Findings, days and checklists → one list of lines in words, from which the trace, the slip and the terminal are made.

All three show the same texts, because they all read them here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from calculator.answer import Answer
from calculator.explain import STATUS_WHY
from calculator.findings import ITEM_WORDS, Checklist, Deadline, Finding, Ground, Item
from calculator.model import Source


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a mark in front (may be empty), its text, and where it comes from."""

    mark: str
    text: str
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines under a heading. ``kind``: ``reasons`` | ``unknown`` | ``dates`` | ``checklist``."""

    kind: str
    title: str
    lines: tuple[Line, ...]


def blocks(answer: Answer) -> Iterator[Block]:
    """Everything an answer tells besides amounts, in the order in which it is read."""
    if answer.finding is not None and answer.finding.reasons:
        lines = tuple(Line("", reason.text, reason.ground) for reason in answer.finding.reasons)
        yield Block("reasons", "理由", lines)
    if answer.dates:
        yield Block("dates", "日期", tuple(_date_line(day) for day in answer.dates))
    if answer.finding is not None and answer.finding.unknowns:
        lines = tuple(Line("", f"{found.text}{found.ask}") for found in answer.finding.unknowns)
        yield Block("unknown", "还不知道的", lines)
    if answer.missing and len(answer.parts) < 2:  # with several parts the comparison tells it
        yield Block("unknown", "算不出来的", tuple(Line(m.label, m.reason) for m in answer.missing))
    for checklist in answer.checklists:
        lines = tuple(Line(ITEM_WORDS.get(item.state, ""), item.text, item.ground) for item in checklist.items)
        yield Block("checklist", checklist.title, lines)


def _date_line(day: Deadline) -> Line:
    safe = "（按这一天办最稳妥）" if day.safe else ""
    return Line(day.label, f"{day.words}{safe}。{day.text}", day.ground)


def text_lines(answer: Answer) -> Iterator[str]:
    """The same on paper and in the terminal."""
    for block in blocks(answer):
        yield f"  {block.title}："
        for line in block.lines:
            mark = f"{line.mark}：" if line.mark else ""
            yield f"    - {mark}{line.text}{_cited(line.ground)}"
    if answer.status is not None and not answer.parts:
        yield f"  可信程度：{answer.status.words}。{STATUS_WHY[answer.status.value]}"


def _cited(ground: Ground | None) -> str:
    if ground is None:
        return ""
    titles = "、".join(source_title(source) for source in ground.sources)
    return f"（{ground.status.words}：{titles}）"


def source_title(source: Source) -> str:
    """A source with its document number, if it has one."""
    return f"{source.title}（{source.document}）" if source.document else source.title


def as_json(answer: Answer) -> dict[str, Any]:
    """The same as data, for the trace."""
    return {
        "status": answer.status.value if answer.status else None,
        "finding": _finding(answer.finding) if answer.finding else None,
        "dates": [_deadline(day) for day in answer.dates],
        "checklists": [_checklist(checklist) for checklist in answer.checklists],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "question": finding.question,
        "outcome": finding.verdict.value,
        "words": finding.words,
        "reasons": [{"id": r.id, "text": r.text, **_ground(r.ground)} for r in finding.reasons],
        "unknown": [{"id": u.id, "text": u.text, "ask": u.ask} for u in finding.unknowns],
    }


def _deadline(day: Deadline) -> dict[str, Any]:
    return {
        "id": day.id,
        "label": day.label,
        "date": day.on.isoformat() if day.on else None,
        "words": day.words,
        "text": day.text,
        "safe": day.safe,
        **_ground(day.ground),
    }


def _checklist(checklist: Checklist) -> dict[str, Any]:
    return {"id": checklist.id, "title": checklist.title, "items": [_item(item) for item in checklist.items]}


def _item(item: Item) -> dict[str, Any]:
    return {"id": item.id, "text": item.text, "state": item.state, **_ground(item.ground)}


def _ground(ground: Ground | None) -> dict[str, Any]:
    if ground is None:
        return {"status": None, "sources": []}
    return {"status": ground.status.value, "sources": [source.id for source in ground.sources]}
