"""An answer → JSON-shaped data with a version number: page, print, tests and other programs read the same trace."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from calculator.answer import Amount, Answer, Change, Difference, Explanation, Marginal, Part
from calculator.compare import Cause, Split
from calculator.completions import Choice
from calculator.coverage import coverage_sentences
from calculator.estimate import End, Interval
from calculator.explain import choice_text, question_name, question_text
from calculator.ledger import Step
from calculator.lines import Line, Used, lines_of
from calculator.model import PoolingArea
from calculator.money import amount_text, round_amount
from calculator.ranking import Question
from calculator.sentences.compare import cause_text
from calculator.told import as_json

FORMAT = 1
"""Changes when a reader of the trace must change: a key renamed, removed or given another meaning."""


def to_json(answer: Answer) -> dict[str, Any]:
    """The whole answer. Amounts are text in yuan with two decimals; an interval is ``[low, high]``."""
    return {
        "format": FORMAT,
        "kind": answer.kind,
        "title": answer.title,
        "headline": answer.headline,
        "estimates": estimates_json(answer),
        "not_covered": [{"id": m.id, "label": m.label, "message": m.reason} for m in answer.missing],
        "differences": [_difference(difference) for difference in answer.differences],
        "explanations": [_explanation(explanation) for explanation in answer.explanations],
        "notices": list(answer.notices),
        "coverage": list(coverage_sentences(answer)),
        **as_json(answer),
        **({"marginal": _marginal(answer.marginal)} if answer.marginal is not None else {}),
        **({"closing": answer.closing} if answer.closing is not None else {}),
    }


def _marginal(marginal: Marginal) -> dict[str, str]:
    amounts = {name: amount_text(getattr(marginal, name)) for name in ("more", "fund", "account", "person")}
    return {**amounts, "text": marginal.text}


def estimates_json(answer: Answer) -> list[dict[str, Any]]:
    """The estimates alone: amounts, assumptions, and the steps with their figures."""
    return [_part(part) for part in answer.parts]


def amounts_json(answer: Answer) -> dict[str, Any]:
    """Only the amounts of each estimate, by its id, as they stand in the whole answer."""
    return {part.id: _amounts(part) for part in answer.parts}


def _amounts(part: Part) -> dict[str, Any]:
    return {amount.name: _amount(amount) for amount in part.amounts}


def _explanation(explanation: Explanation) -> dict[str, Any]:
    return {
        "id": explanation.id,
        "text": explanation.text,
        "changes": [_change(change) for change in explanation.changes],
        "same": list(explanation.same),
        "off": amount_text(explanation.off),
    }


def _change(change: Change) -> dict[str, Any]:
    value: Any = change.value
    if not isinstance(value, str):
        low, high = (amount_text(amount) for amount in value)
        value = low if low == high else [low, high]
    return {"kind": change.kind, "value": value, "text": change.text}


def _difference(difference: Difference) -> dict[str, Any]:
    low, high = difference.splits
    splits = {"low": _split(low)} if high is low else {"low": _split(low), "high": _split(high)}
    return {
        "id": difference.id,
        "label": difference.label,
        "fund_pays_less": _ends(difference.less),
        "person_pays_more": _ends(difference.more),
        **splits,
    }


def _ends(interval: Interval) -> str | list[str]:
    low, high = (amount_text(amount) for amount in interval)
    return low if low == high else [low, high]


def _split(split: Split) -> dict[str, Any]:
    return {
        "fund_pays_less": amount_text(split.fund_less),
        "person_pays_more": amount_text(split.person_more),
        "steps": [_cause(cause) for cause in split.causes],
    }


def _cause(cause: Cause) -> dict[str, Any]:
    label, text = cause_text(cause)
    return {
        "stages": [{"stage": stage, "layer": layer} for stage, layer in cause.stages],
        "label": label,
        "fund_pays_less": amount_text(cause.fund_less),
        "person_pays_more": amount_text(cause.person_more),
        "text": text,
    }


def _part(part: Part) -> dict[str, Any]:
    result = part.estimate
    ends = {"low": _end(result.area, result.low)}
    if result.high is not result.low:
        ends["high"] = _end(result.area, result.high)
    return {
        "id": part.id,
        "label": part.label,
        "area": result.area.id,
        "exact": result.exact,
        "status": result.status.value,
        "completions": result.completions,
        "amounts": _amounts(part),
        "gaps": [
            {
                "message": str(gap.reason),
                "missing": gap.reason.missing,
                "assuming": [choice_text(result.area, choice) for choice in gap.choices if choice.figure is None],
            }
            for gap in result.gaps
        ],
        "questions": [_question(result.area, question) for question in result.questions],
        **ends,
    }


def _amount(amount: Amount) -> dict[str, Any]:
    low, high = amount.interval
    low_text = _amount_text(low, amount.unit)
    high_text = low_text if high is low else _amount_text(high, amount.unit)
    value = low_text if low_text == high_text else [low_text, high_text]
    return {"words": amount.words, "role": amount.role, "value": value}


def _amount_text(value: Decimal, unit: str) -> str:
    return amount_text(round_amount(value)) if unit == "yuan" else _plain(value)


def _end(area: PoolingArea, end: End) -> dict[str, Any]:
    return {
        "assumptions": [_assumption(area, choice) for choice in end.assumptions],
        "steps": [_step(step, line) for step, line in zip(end.steps, lines_of(area, end), strict=True)],
    }


def _assumption(area: PoolingArea, choice: Choice) -> dict[str, Any]:
    about = {"figure": choice.key} if choice.figure else {"question": choice.key}
    figure = choice.figure
    sources: tuple[str, ...] = ()
    if figure is not None:
        side = next((side for side in figure.sides if side.value == choice.value), None)
        sources = side.sources if side else figure.sources
    return about | {"text": choice_text(area, choice), "sources": list(sources)}


def _step(step: Step, line: Line) -> dict[str, Any]:
    return {
        "rule": step.rule,
        "label": line.label,
        "amount": None if step.amount is None else amount_text(round_amount(step.amount)),
        "shown": line.amount,
        "text": line.text,
        "numbers": {name: _value(value) for name, value in step.data.items()},
        "figures": [_figure(used) for used in line.used],
    }


def _figure(used: Used) -> dict[str, Any]:
    return {
        "reference": used.figure.reference,
        "name": used.name,
        "value": used.value,
        "status": used.figure.status.value,
        "sources": list(used.figure.sources),
    }


def _question(area: PoolingArea, question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "kind": "question" if question.figure is None else "figure",
        "label": question_name(area, question),
        "removes": {name: amount_text(amount) for name, amount in question.removes._asdict().items()},
        "text": question_text(area, question),
    }


def _value(value: object) -> Any:
    if isinstance(value, Decimal):
        return _plain(value)
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, Mapping):
        return {str(key): _value(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_value(inner) for inner in value]
    return value


def _plain(value: Decimal) -> str:
    """Exact, without exponent or trailing zeros."""
    text = str(value)
    if "E" in text:
        text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
