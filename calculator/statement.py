"""An answer → the printed statement (结算单): plain text that can be followed with a pocket calculator.

Every step in the order of the settlement: its label and amount, the rule with the sum, and each figure used with its
value, how far to rely on it, and where it is published. The same content as the trace and the slip.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from calculator.answer import Amount, Answer, Difference, Part
from calculator.coverage import coverage_sentences
from calculator.estimate import End, Estimate
from calculator.explain import (
    STATUS_WHY,
    choice_text,
    end_titles,
    interval_text,
    interval_words,
    not_covered_text,
    question_text,
)
from calculator.lines import Line, lines_of
from calculator.sentences.compare import cause_text, split_titles
from calculator.told import text_lines

WIDTH = 64
"""Columns of a line; a Chinese character takes two."""


def statement(answer: Answer) -> str:
    """The whole statement, without a line break at its end."""
    return "\n".join(_lines(answer))


def _lines(answer: Answer) -> Iterator[str]:
    yield answer.headline
    for part in answer.parts:
        if part.label:
            yield f"—— {part.label} ——"
        yield from _part(part)
    if answer.marginal is not None:
        yield f"  {answer.marginal.text}"
    for missing in answer.missing if len(answer.parts) > 1 else ():
        yield f"  {missing.label}：{missing.reason}"
    for difference in answer.differences:
        yield from _difference(difference)
    yield from text_lines(answer)
    yield from (f"  收录情况：{said}" for said in coverage_sentences(answer))


def _part(part: Part) -> Iterator[str]:
    result = part.estimate
    yield from _ends(result)
    yield from (f"  {amount.words}：{_amount(amount)}" for amount in part.amounts)
    for gap in result.gaps:
        assumed = "，".join(choice_text(result.area, choice) for choice in gap.choices if choice.figure is None)
        lead = f"如果{assumed}：" if assumed else ""
        yield f"  没有算进去：{lead}{not_covered_text(gap.reason)}"
    yield from (f"  {question_text(result.area, question)}" for question in result.questions)
    yield f"  可信程度：{result.status.words}。{STATUS_WHY[result.status.value]}"


def _ends(result: Estimate) -> Iterator[str]:
    if result.low is result.high:
        yield from _end(result, result.low)
        return
    for title, end in zip(end_titles(result), (result.low, result.high), strict=True):
        yield f"  【{title}】"
        yield from _end(result, end)


def _end(result: Estimate, end: End) -> Iterator[str]:
    yield from (f"  假定：{choice_text(result.area, choice)}" for choice in end.assumptions)
    for number, line in enumerate(lines_of(result.area, end), 1):
        yield from _step(number, line)


def _step(number: int, line: Line) -> Iterator[str]:
    head = f"  {number:>2} {line.label}"
    yield _spread(head, line.amount) if line.amount else head
    yield f"     {line.text}"
    yield from (f"       用到：{used.text}" for used in line.used)


def _spread(left: str, right: str) -> str:
    """The amount at the right edge."""
    return left + " " * max(2, WIDTH - _columns(left) - _columns(right)) + right


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _amount(amount: Amount) -> str:
    if amount.unit == "yuan":
        return interval_text(*amount.interval)
    low, high = amount.interval
    return interval_words(low, high)


def _difference(difference: Difference) -> Iterator[str]:
    low, high = difference.splits
    for title, split in split_titles(low, high):
        if split.causes:
            yield f"  {difference.label}，{title}"
            yield from (f"    {cause_text(cause)[1]}" for cause in split.causes)
