"""A case (就医情形) as people state it → checked values. Every problem of a case at once, each with its field.

A field may be ``unknown`` (不知道) where the form offers it: the estimate is then an interval.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal

from calculator.bill import Bill, read_bill
from calculator.errors import nearest_word, shown
from calculator.history import NO_HISTORY, History
from calculator.model import CARE_WORDS, DISTANCE_WORDS, FILING_WORDS, GRADE_WORDS, SCHEME_WORDS, PoolingArea, Trait
from calculator.money import EXACT, Yuan
from calculator.reader import FIELD_WORDS, UNKNOWN, CaseReader
from calculator.record import record
from calculator.used import amounts_by_name, read_given, read_used


@record()
class Transfer:
    """转院: where the patient came from, how many days lie between, and the deductible taken there, if it is known."""

    level: str
    days: int = 0
    deductible: Yuan | None = None


@record()
class Case:
    """One event to settle. Empty text: not stated; ``unknown``: the person does not know."""

    scheme: str
    care: str
    admitted: date
    discharged: date
    bill: Bill
    group: str = ""
    level: str = ""
    hospital: str = ""
    hospital_grade: str = ""
    """By which the level was found, where the case does not state it (G5)."""
    filing: str = ""
    distance: str = ""
    admission: int | str = ""
    traits: Mapping[str, str] = field(default_factory=dict)
    """Words of the area's traits, by trait; ``unknown`` where the person does not know."""
    numbers: Mapping[str, Decimal | None] = field(default_factory=dict)
    """Numbers about the person or the stay; None: the person does not know."""
    history: History = NO_HISTORY
    given_deductible: Mapping[str, Yuan] = field(default_factory=dict)
    carried: Mapping[str, Yuan] = field(default_factory=dict)
    """What was left of a cap last year (结转), by accumulator."""
    account_balance: Yuan | None = None
    account_balances: Mapping[str, Yuan] = field(default_factory=dict)
    """What there is in each pot of the account, where the area tells several apart."""
    treated_in: str = ""
    """The province or city of the hospital, where the area exempts some places from filing."""
    transfer: Transfer | None = None
    one_day: bool = False
    """Whether only one day was stated, so that the day of admission is not known."""
    settled: date | None = None
    """结算日, where it differs from the day of discharge."""
    deductible_done: bool = False
    """A later part of a stay settled in parts whose deductible the first part has taken."""
    in_parts: bool = False
    """Whether this is a part of a stay that is settled in parts."""

    def day(self, date_by: str) -> date:
        """The day by which an edition is chosen (SW-1): ``discharge``, ``admission`` or ``settlement``."""
        if date_by == "admission":
            return self.admitted
        return self.settled or self.discharged if date_by == "settlement" else self.discharged


_INPATIENT_KEYS = dict.fromkeys((
    "scheme", "group", "care", "level", "hospital", "hospital_grade",
    "date", "admitted", "discharged", "filing", "distance", "admission",
    "settled_on", "bill", "year_to_date", "period_to_date", "given", "carried", "account_balance",
    "account_balances", "treated_in", "traits", "numbers", "transfer",
))  # fmt: skip


def read_case(document: object, area: PoolingArea, care: str = "inpatient") -> Case:
    """A settlement case for an area. Raises InvalidData with every problem, each with the field's path."""
    reader = CaseReader(document)
    stated = reader.document
    reader.closed(_INPATIENT_KEYS)
    scheme = reader.word("scheme", SCHEME_WORDS, required=True)
    if stated.get("care", care) != care:
        reader.refuse(("care",), f"这里只算 {care}（{CARE_WORDS[care]}）", "word")
    groups = area.groups.get(scheme, {}) if scheme else {}
    group = reader.word("group", groups, unknown=True) if scheme else ""
    if not group and len(groups) == 1:
        group = next(iter(groups))
    level, hospital, grade = _level(reader, area)
    filing = reader.word("filing", FILING_WORDS, unknown=True)
    distance = reader.word("distance", DISTANCE_WORDS, unknown=True)
    admission = _admission(reader) if "admission" in stated else ""
    admitted, discharged, one_day = _days(reader)
    settled = reader.day("settled_on") if "settled_on" in stated else None
    if settled and discharged and settled < discharged:
        reader.refuse(("settled_on",), "结算日早于出院日", "date")
    bill = read_bill(reader, area)
    opening, opening_at = read_used(reader, "year_to_date", area)
    current, current_at = read_used(reader, "period_to_date", area)
    history = History(opening=opening, current=current, opening_at=opening_at, current_at=current_at)
    days = (discharged - admitted).days if admitted and discharged and not one_day else None
    traits, numbers = read_traits(reader, area, {} if days is None else {"stay_days": Decimal(days)})
    if hospital:
        traits = {**area.hospitals[hospital].traits, **traits}
    given = read_given(reader) if "given" in stated else {}
    carried = amounts_by_name(reader, reader.part("carried"), ("carried",), "上年结转的金额")
    account, balances = _account(reader)
    treated_in = stated.get("treated_in", "") or ""
    if not isinstance(treated_in, str) or len(treated_in) > 40:
        reader.refuse(("treated_in",), f"写的是{shown(treated_in)}，应是看病的省或市，例如 浙江省", "type")
    moved = _transfer(reader, area) if "transfer" in stated else None
    reader.finish()
    assert admitted
    assert discharged
    assert bill
    return Case(
        scheme=scheme, care=care, admitted=admitted, discharged=discharged, bill=bill, group=group, level=level,
        hospital=hospital, hospital_grade=grade,
        filing=filing, distance=distance, admission=admission, history=history, traits=traits, numbers=numbers,
        given_deductible=given, carried=carried,
        account_balance=account, account_balances=balances, treated_in=treated_in,
        transfer=moved, one_day=one_day, settled=settled,
    )  # fmt: skip


def _level(reader: CaseReader, area: PoolingArea) -> tuple[str, str, str]:
    """The level, and the hospital or the grade by which it was found."""
    level = reader.word("level", area.levels, unknown=True)
    if "hospital" not in reader.document and "hospital_grade" not in reader.document:
        return level, "", ""
    hospital = reader.word("hospital", {name: one.name for name, one in area.hospitals.items()})
    grade = reader.word("hospital_grade", {name: GRADE_WORDS[name] for name in area.hospital_grades})
    return _level_here(reader, area, level, hospital, grade), hospital, grade


def _level_here(reader: CaseReader, area: PoolingArea, stated: str, hospital: str, grade: str) -> str:
    """The level the hospital or its grade counts as here; it must agree with what is stated besides."""
    here = stated
    for name, word in (("hospital", hospital), ("hospital_grade", grade)):
        one = area.hospitals.get(word) if name == "hospital" else None
        level = (one.level or area.hospital_grades[one.grade]) if one else area.hospital_grades.get(word, "")
        if level and here not in ("", UNKNOWN, level):
            message = f"{FIELD_WORDS[name]}在当地按“{area.levels[level]}”算，和“{area.levels[here]}”对不上"
            reader.refuse((name,), message, "hospital")
        here = level or here
    return here


def _admission(reader: CaseReader) -> int | str:
    found = reader.document.get("admission", "")
    if found in ("", None, UNKNOWN):
        return UNKNOWN if found == UNKNOWN else ""
    if isinstance(found, str) and re.fullmatch(r"[1-9]\d?", found, re.ASCII):
        return int(found)
    if isinstance(found, int) and not isinstance(found, bool) and 1 <= found <= 99:
        return found
    reader.refuse(("admission",), "本年度第几次住院要填 1 到 99 的整数", "whole")
    return ""


def _account(reader: CaseReader) -> tuple[Yuan | None, dict[str, Yuan]]:
    """What there is in the account, or in each pot of it."""
    balance = reader.document.get("account_balance", "")
    account = reader.amount(("account_balance",), balance, "个人账户余额") if balance not in ("", None) else None
    balances: dict[str, Yuan] = {}
    for name, found in reader.part("account_balances").items():
        if found not in ("", None):
            amount = reader.amount(("account_balances", str(name)), found, "账户余额")
            if amount is not None:
                balances[str(name)] = amount
    if account is not None and balances:
        reader.refuse(("account_balance",), "account_balance 和 account_balances 只写一个", "word")
    return account, balances


def _days(reader: CaseReader) -> tuple[date | None, date | None, bool]:
    """The days of admission and discharge, and whether only one day is stated."""
    document = reader.document
    stated = [name for name in ("date", "admitted", "discharged") if document.get(name) not in ("", None)]
    day = reader.day("date")
    if stated == ["date"]:
        return day, day, True
    admitted, discharged = reader.day("admitted"), reader.day("discharged")
    if not stated:
        reader.refuse(("date",), "请填写日期，例如 2026-01-31", "missing")
    elif "date" in stated and len(stated) > 1:
        reader.refuse(("date",), "写了 date 就不要再写 admitted、discharged", "date")
    elif len(stated) == 1 and stated[0] != "date":
        reader.refuse((stated[0],), "入院日和出院日要一起写", "date")
    elif admitted and discharged and discharged < admitted:
        reader.refuse(("discharged",), "出院日早于入院日", "date")
    return admitted or day, discharged or day, "date" in stated


def _transfer(reader: CaseReader, area: PoolingArea) -> Transfer | None:
    """转院: ``{from: secondary, deductible: 600, days: 0}``."""
    found = reader.part("transfer")
    if not found:
        return None
    reader.closed(("from", "deductible", "days"), ("transfer",), found)
    level, days, paid = found.get("from", ""), found.get("days", 0), found.get("deductible", "")
    if not isinstance(level, str) or level not in area.levels:
        options = "、".join(f"{key}（{text}）" for key, text in area.levels.items())
        near = nearest_word(level, area.levels) if isinstance(level, str) else ""
        reader.refuse(("transfer", "from"), f"从哪一级医院转来，写的是{shown(level)}{near}；可以是 {options}", "word")
    if isinstance(days, str) and re.fullmatch(r"\d{1,3}", days, re.ASCII):
        days = int(days)
    if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= 366:
        reader.refuse(("transfer", "days"), "和上一次出院相隔几天，要填 0 到 366 的整数", "whole")
        return None
    taken = None if paid in ("", None) else reader.amount(("transfer", "deductible"), paid, "转院前付的起付线")
    return Transfer(str(level), days, taken)


def read_traits(
    reader: CaseReader, area: PoolingArea, derived: Mapping[str, Decimal] | None = None
) -> tuple[dict[str, str], dict[str, Decimal | None]]:
    """The words of traits and the numbers a case states; a trait that follows from a number gets its word.

    ``derived`` numbers follow from the case itself; what is stated goes before them.
    """
    traits: dict[str, str] = {}
    for name, found in reader.part("traits").items():
        trait = area.traits.get(str(name))
        if trait is None:
            known = "、".join(f"{key}（{t.name}）" for key, t in area.traits.items()) or "这里没有特征"
            near = nearest_word(str(name), area.traits)
            reader.refuse(("traits", str(name)), f"没有{shown(name)}这个特征{near}；可用：{known}", "key")
        elif found in ("", None):
            continue
        elif not isinstance(found, str) or (found not in trait.words and found != UNKNOWN):
            options = "、".join(f"{key}（{text}）" for key, text in trait.words.items())
            near = nearest_word(found, trait.words) if isinstance(found, str) else ""
            message = f"{trait.name}没有{shown(found)}这一项{near}；可以是 {options}"
            reader.refuse(("traits", str(name)), message, "word")
        else:
            traits[str(name)] = found
    numbers = {**(derived or {}), **_numbers(reader, area)}
    for name, trait in area.traits.items() if numbers else ():
        if trait.of in numbers:
            if name in traits:
                message = f"{trait.name}由{area.numbers[trait.of][0]}决定，traits.{name} 和 numbers.{trait.of} 只写一个"
                reader.refuse(("traits", name), message, "word")
            traits[name] = trait_word(trait, numbers[trait.of])
    return traits, numbers


def trait_word(trait: Trait, number: Decimal | None) -> str:
    """The word of the band a number lies in; ``unknown`` for an unknown number."""
    if number is None:
        return UNKNOWN
    return [word for word, start in trait.bands.items() if start <= number][-1]


def _numbers(reader: CaseReader, area: PoolingArea) -> dict[str, Decimal | None]:
    numbers: dict[str, Decimal | None] = {}
    for name, found in reader.part("numbers").items():
        if name not in area.numbers:
            known = "、".join(f"{key}（{words}）" for key, (words, _) in area.numbers.items())
            near = nearest_word(str(name), area.numbers)
            reader.refuse(("numbers", str(name)), f"没有{shown(name)}这个数{near}；可用：{known}", "key")
        elif found not in ("", None):
            value = reader.amount(("numbers", name), found, area.numbers[name][0], unknown=True)
            numbers[name] = None if value is None else value.normalize(EXACT)
    return numbers
