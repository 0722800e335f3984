"""A case read by a calculator's own description: each question closed, each answer checked, as the form asks it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from calculator.errors import nearest_word, shown
from calculator.kinds.form import Choice, Field
from calculator.money import Yuan
from calculator.reader import UNKNOWN, CaseReader

YES_NO = (Choice("yes", "是"), Choice("no", "不是"))
HAS = (Choice("yes", "有"), Choice("no", "没有"))


class Answers:
    """The answers to a calculator's questions, by name. What is not answered has its default, or is empty."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def word(self, name: str) -> str:
        """The choice made; ``unknown`` or empty where there is none."""
        return str(self._values.get(name) or "")

    def day(self, name: str) -> date | None:
        """A date, if given."""
        found = self._values.get(name)
        return found if isinstance(found, date) else None

    def number(self, name: str) -> int | None:
        """A whole number, if given."""
        found = self._values.get(name)
        return found if isinstance(found, int) else None

    def amount(self, name: str) -> Yuan | None:
        """An amount, if given."""
        return self._values.get(name)


def read_answers(fields: Sequence[Field], document: object) -> Answers:
    """The answers of a case. Raises InvalidData with every problem, each with the question's name."""
    reader = CaseReader(document)
    reader.closed([field.name for field in fields])
    values = {field.name: _read(field, reader) for field in fields}
    reader.finish()
    return Answers(values)


def _read(field: Field, reader: CaseReader) -> Any:
    found = reader.document.get(field.name)
    if found in ("", None):
        if field.default and field.default != "today":
            found = field.default
        else:
            if field.required:
                verb = "选择" if field.type == "choice" else "填写"
                reader.refuse((field.name,), f"请{verb}“{field.label}”", "missing")
            return None
    if field.may_be_unknown and found == UNKNOWN:
        return UNKNOWN if field.type == "choice" else None
    if field.type == "choice":
        return _choice(field, found, reader)
    if field.type == "date":
        return reader.day(field.name)
    if field.type == "integer":
        return _whole(field, found, reader)
    return reader.amount((field.name,), found, field.label)


def _choice(field: Field, found: object, reader: CaseReader) -> str:
    labels = {choice.value: choice.label for choice in field.choices}
    if isinstance(found, str) and found in labels:
        return found
    near = nearest_word(found, labels) if isinstance(found, str) else ""
    options = "、".join(f"{value}（{label}）" if value != label else value for value, label in labels.items())
    reader.refuse((field.name,), f"{field.label}没有{shown(found)}这一项{near}；可以是 {options}", "word")
    return ""


def _whole(field: Field, found: object, reader: CaseReader) -> int | None:
    low, high = field.minimum or 0, field.maximum if field.maximum is not None else 999
    if isinstance(found, str) and re.fullmatch(r"\d{1,4}", found, re.ASCII):
        found = int(found)
    if isinstance(found, int) and not isinstance(found, bool) and low <= found <= high:
        return found
    reader.refuse((field.name,), f"{field.label}要填 {low} 到 {high} 的整数", "whole")
    return None


def ask_home(phone: str) -> str:
    """Whom to ask, in words (R-66: the home office's document, the national platform, the telephone)."""
    return f"可以看参保地医保局的通知，在国家医保服务平台 App 里查，或者工作日打 {phone} 问。"
