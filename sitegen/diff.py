"""What a change of the policy data does: figures that differ, and what standard bills come to before and after.

The bills are those that the calculators' own pages show (`pages.worked`): every place, scheme, group, level and a row
of round amounts, so that no reader of a pull request has to think of the right case.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from calculator.answer import Answer
from calculator.kinds import KINDS
from calculator.model import Figure, PoolingArea
from calculator.money import amount_words
from sitegen.areas import Areas
from sitegen.evaluate import words_of
from sitegen.pages.worked import Examples
from sitegen.references import Found, parts_of
from sitegen.world import AreaFile

SILENT = "没有收录"
_MOST_ROWS = 40

Ends = tuple[Any, Any] | None
"""Low and high of an amount; None where the place says nothing."""


class Named(NamedTuple):
    """An amount of an answer: its name for programs, and in words."""

    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """One figure before and after, in words; empty where it was not or is not."""

    reference: str
    since: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BillChange:
    """What one standard case comes to before and after (标准账单)."""

    calculator: str
    case: str
    amount: str
    old: Ends
    new: Ends
    main: bool = True
    """Whether it is what readers look at first: what the fund pays, or any amount where no fund pays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaChange:
    """All that differs for one place. ``what`` is ``added`` | ``removed`` | ``changed``."""

    id: str
    name: str
    what: str
    figures: tuple[FigureChange, ...] = ()
    bills: tuple[BillChange, ...] = ()
    day: date | None = None
    """The day on which the standard cases were settled, with the old rules and with the new."""
    compared: int = 0
    """How many standard cases were settled on both sides."""


def compare(old: Areas, new: Areas) -> tuple[AreaChange, ...]:
    """Places that differ, by id; those without any difference are left out."""
    found = []
    for name in sorted({*old.files, *new.files}):
        before, after = old.files.get(name), new.files.get(name)
        if before is None or after is None:
            entry = after or before
            if entry is not None and name not in (old.ids & new.ids):  # there, but unreadable: told as a problem
                found.append(AreaChange(id=name, name=entry.area.name, what="removed" if before else "added"))
        elif before.document != after.document or old.shared != new.shared:
            change = _area(before, after)
            if change.figures or change.bills or before.document != after.document:
                found.append(change)
    return tuple(found)


def _area(before: AreaFile, after: AreaFile) -> AreaChange:
    old, new = dict(_figures(before)), dict(_figures(after))
    figures = tuple(
        FigureChange(reference=key[1], since=key[0], old=old.get(key, ""), new=new.get(key, ""))
        for key in dict.fromkeys((*old, *new))
        if old.get(key) != new.get(key)
    )
    day = _day(before.area, after.area)
    bills, compared = _bills(before.area, after.area, day)
    return AreaChange(
        id=after.id, name=after.area.name, what="changed", figures=figures, bills=bills, day=day, compared=compared
    )


def _day(before: PoolingArea, after: PoolingArea) -> date:
    """The day on which everything new holds: an edition that begins next year changes no bill of today."""
    starts = [{edition.since for part in parts_of(area) for edition in part.editions} for area in (before, after)]
    return max({after.checked_on} | (starts[1] - starts[0]))


def _figures(entry: AreaFile) -> Iterator[tuple[tuple[str, str], str]]:
    """Every figure by the day of its edition and its name; its words with status, so that a new source shows too."""
    for part in parts_of(entry.area):
        for edition in part.editions:
            for figure in edition.figures:
                yield (edition.since.isoformat(), figure.reference), _words(entry, figure)


def _words(entry: AreaFile, figure: Figure) -> str:
    return f"{words_of(Found(area=entry, figure=figure))}（{figure.status.words}）"


def _bills(before: PoolingArea, after: PoolingArea, day: date) -> tuple[tuple[BillChange, ...], int]:
    changed, compared = [], 0
    for kind in KINDS.values():
        old, new = (dict(_settled(kind.id, area, day)) for area in (before, after))
        for case in dict.fromkeys((*old, *new)):
            compared += case in old and case in new
            sides = old.get(case, {}), new.get(case, {})
            for amount in dict.fromkeys((*sides[0], *sides[1])):
                ends = [side.get(amount) for side in sides]
                if ends[0] != ends[1]:
                    main = amount.name == "fund" or not any(a.name == "fund" for side in sides for a in side)
                    changed.append(
                        BillChange(
                            calculator=kind.title, case=case, amount=amount.words, old=ends[0], new=ends[1], main=main
                        )
                    )
    return tuple(changed), compared


def _settled(kind_id: str, area: PoolingArea, day: date) -> Iterator[tuple[str, Mapping[Named, Ends]]]:
    """Each standard case of a calculator in words, and what it comes to; nothing where it has no form here."""
    if KINDS[kind_id].form(area) is None:
        return
    for case, answer in Examples(KINDS[kind_id], area, day).standard():
        if isinstance(answer, Answer):
            yield case, dict(_amounts(answer))
        else:
            yield case, {}


def _amounts(answer: Answer) -> Iterator[tuple[Named, Ends]]:
    single = len(answer.parts) == 1
    for part in answer.parts:
        for amount in part.amounts:
            if amount.role != "total":
                words = amount.words if single else f"{part.label}：{amount.words}"
                yield Named(amount.name, words), (amount.interval.low, amount.interval.high)


def _text(ends: Ends) -> str:
    if ends is None:
        return SILENT
    low, high = ends
    return amount_words(low) if low == high else f"{amount_words(low)} 到 {amount_words(high)}"


def _difference(change: BillChange) -> str:
    if change.old is None or change.new is None:
        return ""
    low, high = change.new[0] - change.old[0], change.new[1] - change.old[1]
    signs = [f"{'+' if end > 0 else '−' if end < 0 else ''}{amount_words(abs(end))}" for end in (low, high)]
    return signs[0] if low == high else "，".join(signs)


def as_markdown(changes: tuple[AreaChange, ...]) -> str:
    """For the description of a pull request."""
    if not changes:
        return "两边的政策数据一样。"
    lines = []
    for change in changes:
        lines += [f"## {change.name}（{change.id}）", ""]
        if change.what != "changed":
            lines += [{"added": "新加的统筹区。", "removed": "删掉了。"}[change.what], ""]
            continue
        if change.figures:
            lines += [*_table(("数字", "从哪天起", "原来", "现在"), [
                (f"`{f.reference}`", f.since, f.old or "没有", f.new or "没有") for f in change.figures])]  # fmt: skip
        shown = [bill for bill in change.bills if bill.main] or change.bills
        if shown and change.day:
            lines += [f"标准账单按 {change.day} 的规定算，只列医保付的（没有医保付的，全列）：", ""]
            lines += _table(("算什么", "情形", "哪一项", "原来（元）", "现在（元）", "差（元）"), [
                (b.calculator, b.case, b.amount, _text(b.old), _text(b.new), _difference(b))
                for b in shown])  # fmt: skip
        else:
            lines += [f"{change.compared} 个标准账单的得数都没有变。", ""]
    return "\n".join(lines).rstrip()


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows[:_MOST_ROWS]]
    rest = len(rows) - _MOST_ROWS
    return [*lines, "", *([f"还有 {rest} 行没有列出，全部的用 `--json` 看。", ""] if rest > 0 else [])]


def as_json(changes: tuple[AreaChange, ...]) -> dict[str, Any]:
    """Everything, without any row left out; amounts as text to the fen."""

    def ends(pair: Ends) -> list[str] | None:
        return None if pair is None else [f"{end:.2f}" for end in pair]

    return {
        "format": 1,
        "areas": [
            {
                "id": change.id, "name": change.name, "what": change.what, "compared": change.compared,
                "day": change.day.isoformat() if change.day else None,
                "figures": [
                    {"reference": f.reference, "from": f.since, "old": f.old or None, "new": f.new or None}
                    for f in change.figures
                ],
                "bills": [
                    {"calculator": b.calculator, "case": b.case, "amount": b.amount, "old": ends(b.old),
                     "new": ends(b.new)}
                    for b in change.bills
                ],
            }
            for change in changes
        ],
    }  # fmt: skip
