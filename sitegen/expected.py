"""What a case expects of findings, days and checklists, and what came out instead."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from calculator.answer import Answer
from calculator.findings import Verdict
from calculator.shape import Day, ListOf, MapOf, Shape, Text, Word, Words

TODO = "todo"
"""How a line of a checklist without a state is written."""

SHAPES: Mapping[str, Shape] = {
    "finding": Word(tuple(Verdict)),
    "reasons": ListOf(Text("理由的 id"), shortest=0),
    "unknown": ListOf(Text("不知道的事的 id"), shortest=0),
    "dates": MapOf(Words({"none": None}, Day(), texts_too=True), "日期"),
    "safe": Text("最稳妥的那个日期的 id"),
    "checklist": MapOf(Word(("yes", "no", "unknown", TODO)), "清单的各项"),
}
"""The keys of `expect` for them."""


def told(answer: Answer) -> dict[str, Any]:
    """Findings, days and checklists of an answer in the words of `expect`; only what it has."""
    found: dict[str, Any] = {}
    if answer.finding is not None:
        found["finding"] = answer.finding.verdict.value
        found["reasons"] = [reason.id for reason in answer.finding.reasons]
        found["unknown"] = [unknown.id for unknown in answer.finding.unknowns]
    if answer.dates:
        found["dates"] = {day.id: day.on for day in answer.dates}
    for day in answer.dates:
        if day.safe:
            found["safe"] = day.id
    if answer.checklists:
        found["checklist"] = {item.id: item.state or TODO for c in answer.checklists for item in c.items}
    return found


def wrong_told(answer: Answer, expected: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each key that came out otherwise, with a sentence."""
    found = told(answer)
    for key, wanted in expected.items():
        came = found.get(key)
        same = list(wanted) == came if isinstance(wanted, tuple) else wanted == came
        if not same:
            yield key, f"写的是 {_text(wanted)}，算出来是 {_text(came)}"


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return "、".join(f"{name} {_text(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        return "、".join(str(item) for item in value) or "空的"
    if value is None:
        return "没有"
    return value.isoformat() if isinstance(value, date) else str(value)
