"""本年度已发生的 as people state it: what layers have used, deductibles nobody published."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from calculator.errors import Path
from calculator.history import Used
from calculator.model import PoolingArea
from calculator.money import ZERO, Yuan, amount_words
from calculator.reader import MAPPING, CaseReader

_USED_WORDS = {
    "paid": "已支付的金额",
    "counted": "已计入的费用",
    "deductible": "已付的起付线",
    "share": "已付的按比例自付",
}


_USED_KEYS = dict.fromkeys((*_USED_WORDS, "times", "deductible_at"))


def read_used(reader: CaseReader, part: str, area: PoolingArea) -> tuple[dict[str, Used], dict[str, dict[str, Yuan]]]:
    """What has been used, by accumulator; of deductibles also by hospital level, where that is stated."""
    result: dict[str, Used] = {}
    by_level: dict[str, dict[str, Yuan]] = {}
    if part not in reader.document:
        return result, by_level
    period = "本年度" if part == "year_to_date" else "本期"
    for layer, found in reader.part(part).items():
        path: Path = (part, str(layer))
        if not isinstance(found, MAPPING):
            reader.refuse(path, f"应是一组键值：{'、'.join(_USED_WORDS)}", "type")
            continue
        reader.closed(_USED_KEYS, path, found)
        values: dict[str, Any] = {}
        for name, words in _USED_WORDS.items():
            if name in found and (stated := found[name]) not in ("", None):
                values[name] = reader.amount((*path, name), stated, period + words) or ZERO
        if "times" in found:
            values |= _times(reader, found["times"], (*path, "times"))
        if "deductible_at" in found:
            at = by_level[str(layer)] = _by_level(reader, found["deductible_at"], (*path, "deductible_at"), area)
            if "deductible" in values:
                reader.refuse((*path, "deductible"), "deductible 和 deductible_at 只写一个", "bill")
            values["deductible"] = sum(at.values(), ZERO)
        used = result[str(layer)] = Used(**values)
        if "counted" in values and used.deductible + used.paid + used.share > used.counted:
            parts = "已付的起付线加已支付的金额" if not used.share else "已付的起付线、按比例自付加已支付的金额"
            message = f"{parts}，超过了已计入的费用 {amount_words(used.counted)} 元"
            reader.refuse((*path, "counted"), message, "bill")
    return result, by_level


def _by_level(reader: CaseReader, found: object, path: Path, area: PoolingArea) -> dict[str, Yuan]:
    """Deductibles paid so far, by hospital level."""
    if not isinstance(found, Mapping):
        reader.refuse(path, "应按医院等级写，例如 {secondary: 300, tertiary: 500}", "type")
        return {}
    reader.closed(tuple(area.levels), path, found)
    return {
        str(level): reader.amount((*path, str(level)), value, "已付的起付线") or ZERO
        for level, value in found.items()
        if level in area.levels
    }


def _times(reader: CaseReader, found: object, path: Path) -> dict[str, int]:
    """How often it has paid."""
    if found in ("", None):
        return {}
    if isinstance(found, int | str) and not isinstance(found, bool) and re.fullmatch(r"\d{1,3}", str(found), re.ASCII):
        return {"times": int(found)}
    reader.refuse(path, "已经支付的次数要填 0 到 999 的整数", "whole")
    return {}


def read_given(reader: CaseReader) -> dict[str, Yuan]:
    given = reader.part("given")
    if not given:
        return {}
    reader.closed(("deductible",), ("given",), given)
    return amounts_by_name(reader, given.get("deductible", {}), ("given", "deductible"), "起付线")


def amounts_by_name(reader: CaseReader, found: object, path: Path, what: str) -> dict[str, Yuan]:
    """Amounts by layer; those left empty are not stated."""
    if not isinstance(found, MAPPING):
        reader.refuse(path, f"应写明是哪一层的{what}，例如 {{basic: 500}}", "type")
        return {}
    result: dict[str, Yuan] = {}
    for layer, value in found.items():
        if value in ("", None):
            continue
        amount = reader.amount((*path, str(layer)), value, what)
        if amount is not None:
            result[str(layer)] = amount
    return result
