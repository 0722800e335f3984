"""Decisions made of conditions (C-25 药店, C-27 手术): all must hold; what fails and what is not known is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calculator.findings import Checklist, Finding, Ground, Item, Open, Reason, Verdict


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: how it stands (``yes``, ``no``, ``unknown``), what it says, what to ask where it is not known."""

    id: str
    state: str
    text: str
    fails: str
    ask: str
    ground: Ground | None = None


def finding_of(question: str, words: Sequence[str], conditions: Sequence[Condition], ground: Ground) -> Finding:
    """The finding; ``words`` say yes, no and that it depends. ``ground`` is that of the rule that all must hold."""
    yes, no, depends = words
    failed = [c for c in conditions if c.state == "no"]
    unsure = [c for c in conditions if c.state not in ("yes", "no")]
    unknowns = tuple(Open(c.id, c.text + "：还不知道。", c.ask) for c in unsure)
    if failed:
        reasons = tuple(Reason(c.id, c.fails, c.ground or ground) for c in failed)
        return Finding(question, Verdict.NO, no, reasons, unknowns)
    rule = Reason(
        "all-conditions", f"{len(conditions)} 条都符合才行：{'；'.join(c.text for c in conditions)}。", ground
    )
    if unsure:
        return Finding(question, Verdict.DEPENDS, depends, (rule,), unknowns)
    return Finding(question, Verdict.YES, yes, (rule,))


def checklist_of(conditions: Sequence[Condition]) -> Checklist:
    """The conditions as a list to tick off."""
    lines = tuple(Item(c.id, c.text, c.state if c.state in ("yes", "no") else "unknown", c.ground) for c in conditions)
    return Checklist("conditions", "逐条看", lines)
