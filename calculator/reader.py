"""The fields of a case as people state them → checked values, with every problem noted at its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from calculator.errors import InvalidData, Path, Problem, listed, nearest_word, shown
from calculator.money import Ratio, Yuan, policy_ratio, typed_amount

UNKNOWN = "unknown"


MAPPING = (dict, Mapping)
"""``dict`` first: to ask an abstract class takes long."""


_NONE: Mapping[str, Any] = {}


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


FIELD_WORDS = {
    "scheme": "险种",
    "group": "人员类别",
    "level": "医院等级",
    "hospital": "医院",
    "hospital_grade": "医院的定级",
    "filing": "备案情形",
    "distance": "在省内还是外省",
    "admission": "本年度第几次住院",
    "date": "日期",
    "bill.total": "总费用",
    "bill.self_funded": "全自费的部分",
    "bill.self_funded_compliant": "全自费里合规的部分",
    "bill.over_limit": "超过限价的部分",
    "bill.first_pay": "乙类等先自付的部分",
}


class CaseReader:
    """Reads the fields of a case; ``finish`` raises InvalidData if anything was wrong."""

    def __init__(self, document: object) -> None:
        self.problems: list[Problem] = []
        self.document: Mapping[str, Any] = {}
        if isinstance(document, MAPPING):
            self.document = document
        else:
            self.refuse((), "一个案例应是一组键值，例如 scheme、level、date、bill", "type")

    def refuse(self, path: Path, message: str, check: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(path, message, check))

    def finish(self) -> None:
        """Raise everything that was wrong."""
        if self.problems:
            raise InvalidData(dict.fromkeys(self.problems))

    def closed(self, keys: Collection[str], path: Path = (), found: Mapping[str, Any] | None = None) -> None:
        """Refuse keys nobody reads."""
        for name in self.document if found is None else found:
            if name not in keys:
                near = nearest_word(str(name), keys)
                message = f"不认识的键{shown(name)}{near}{listed('；可用的键：', keys, near)}"
                self.refuse((*path, str(name)), message, "key")

    def part(self, name: str) -> Mapping[str, Any]:
        """A nested mapping; empty when absent."""
        found = self.document.get(name, _NONE)
        if found is _NONE or isinstance(found, MAPPING):
            return found
        self.refuse((name,), "应是一组键值", "type")
        return {}

    def word(self, name: str, words: Mapping[str, str], *, required: bool = False, unknown: bool = False) -> str:
        """One of some words; empty when absent or wrong."""
        found = self.document.get(name, "")
        if isinstance(found, str) and found in words:
            return found
        if found == "" or found is None:
            if required:
                self.refuse((name,), f"请选择{FIELD_WORDS[name]}", "missing")
            return ""
        if unknown and found == UNKNOWN:
            return UNKNOWN
        options = "、".join(f"{key}（{text}）" for key, text in words.items())
        near = nearest_word(found, words) if isinstance(found, str) else ""
        self.refuse((name,), f"{FIELD_WORDS[name]}没有{shown(found)}这一项{near}；可以是 {options}", "word")
        return ""

    def day(self, name: str) -> date | None:
        """A date that exists."""
        found = self.document.get(name, "")
        if found == "" or found is None:
            return None
        if isinstance(found, str) and _DAY.fullmatch(found):
            try:
                return date.fromisoformat(found)
            except ValueError:
                self.refuse((name,), f"没有 {found} 这一天", "date")
                return None
        self.refuse((name,), "日期要写成 2026-01-31 这样", "date")
        return None

    def amount(self, path: Path, found: object, what: str, *, unknown: bool = False) -> Yuan | None:
        """An amount as typed; None when the person does not know, or when it is wrong (then a problem is noted)."""
        if unknown and found == UNKNOWN:
            return None
        try:
            return typed_amount(found)
        except ValueError as error:
            self.refuse(path, f"{what}{error}", "amount")
            return None


def ratio_of(found: object) -> Ratio | None:
    """A percentage as people type it: ``85%``, or ``85`` where the form says 百分之几; None when it is none."""
    if isinstance(found, bool) or not isinstance(found, int | str):
        return None
    text = unicodedata.normalize("NFKC", str(found)).strip()
    return policy_ratio(text if text.endswith("%") else f"{text}%")
