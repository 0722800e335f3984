"""What all calculators without amounts have in common: putting an answer together, and sentences they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from calculator.answer import Answer, Missing
from calculator.findings import Checklist, Deadline, Finding, Ground, Item, Open, Reason, weakest
from calculator.kinds.asking import ask_home
from calculator.model import PoolingArea
from calculator.national import ground_of
from calculator.services import Statement


def decided(
    kind: str,
    title: str,
    headline: str,
    area: PoolingArea,
    *,
    finding: Finding | None = None,
    dates: Sequence[Deadline] = (),
    checklists: Sequence[Checklist] = (),
    missing: Sequence[Missing] = (),
    notices: Sequence[str] = (),
) -> Answer:
    """An answer without amounts; its status is the weakest of everything it rests on."""
    grounds: list[Ground | None] = [reason.ground for reason in (finding.reasons if finding else ())]
    grounds += [day.ground for day in dates] + [item.ground for c in checklists for item in c.items]
    return Answer(
        kind, title, headline, (), tuple(missing), tuple(notices), finding=finding, dates=tuple(dates),
        checklists=tuple(checklists), status=weakest(grounds, fictional=area.fictional), area=area,
    )  # fmt: skip


def stated(area: PoolingArea, name: str, text: str, *statements: Statement) -> Reason:
    """A reason that statements give; a statement's note is told behind it."""
    notes = "".join(dict.fromkeys(statement.note for statement in statements if statement.note))
    return Reason(name, text + notes, ground_of(area, statements))


def open_question(area: PoolingArea, name: str, text: str, ask: str = "") -> Open:
    """Something not known, and how to find out: of the home office, unless ``ask`` says who knows better."""
    return Open(name, text, ask or ask_home(area.phone))


def items(pairs: Iterable[tuple[str, str]], ground: Ground | None = None) -> tuple[Item, ...]:
    """Lines of a checklist that are all to be done."""
    return tuple(Item(name, text, ground=ground) for name, text in pairs)
