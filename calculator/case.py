"""A case (就医情形) as people state it → checked values. Every problem of a case at once, each with its field.

A field may be ``unknown`` (不知道) where the form offers it: the estimate is then an interval.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from calculator.errors import InvalidData, Path, Problem, listed, nearest_word, shown
from calculator.history import NO_HISTORY, History, Used
from calculator.model import CARE_WORDS, DISTANCE_WORDS, FILING_WORDS, GRADE_WORDS, SCHEME_WORDS, PoolingArea, Trait
from calculator.money import EXACT, ONE, ZERO, Ratio, Yuan, amount_words, policy_ratio, typed_amount

UNKNOWN = "unknown"
_MAPPING = (dict, Mapping)
"""``dict`` first: to ask an abstract class takes long."""
MOST_ITEMS = 500
"""More lines of items than this are no bill of one stay."""
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


@dataclass(frozen=True, slots=True)
class BillItem:
    """A class of items (项目分类) on the bill: how much, and how many of them."""

    id: str
    amount: Yuan
    units: int = 1


@dataclass(frozen=True, slots=True)
class Bill:
    """费用清单. None: the person does not know that part."""

    total: Yuan
    self_funded: Yuan | None = ZERO
    over_limit: Yuan | None = ZERO
    first_pay: Yuan | None = ZERO
    class_b: tuple[tuple[Yuan, Ratio], ...] = ()
    """乙类项目: amount and the share paid first; an alternative to ``first_pay``."""
    items: tuple[BillItem, ...] = ()
    """What of the total belongs to a class of items of its own; the rest is ordinary cost."""

    self_funded_compliant: Yuan | None = ZERO
    """合规自费: what of 全自费 some layers count (C18)."""

    @property
    def itemised(self) -> Yuan:
        """What is listed item by item, each with its whole amount."""
        if not self.class_b and not self.items:
            return ZERO
        return sum((amount for amount, _ in self.class_b), ZERO) + sum((item.amount for item in self.items), ZERO)


@dataclass(frozen=True, slots=True)
class Transfer:
    """转院: where the patient came from, how many days lie between, and the deductible taken there, if it is known."""

    level: str
    days: int = 0
    deductible: Yuan | None = None


@dataclass(frozen=True, slots=True)
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


class CaseReader:
    """Reads the fields of a case; ``finish`` raises InvalidData if anything was wrong."""

    def __init__(self, document: object) -> None:
        self.problems: list[Problem] = []
        self.document: Mapping[str, Any] = {}
        if isinstance(document, _MAPPING):
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
        if name not in self.document:
            return {}
        found = self.document[name]
        if isinstance(found, _MAPPING):
            return found
        self.refuse((name,), "应是一组键值", "type")
        return {}

    def word(self, name: str, words: Mapping[str, str], *, required: bool = False, unknown: bool = False) -> str:
        """One of some words; empty when absent or wrong."""
        found = self.document.get(name, "")
        if found == "" or found is None:
            if required:
                self.refuse((name,), f"请选择{FIELD_WORDS[name]}", "missing")
            return ""
        if isinstance(found, str) and (found in words or (unknown and found == UNKNOWN)):
            return found
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


_INPATIENT_KEYS = dict.fromkeys((
    "scheme", "group", "care", "level", "hospital", "hospital_grade",
    "date", "admitted", "discharged", "filing", "distance", "admission",
    "settled_on", "bill", "year_to_date", "period_to_date", "given", "carried", "account_balance",
    "account_balances", "treated_in", "traits", "numbers", "transfer",
))  # fmt: skip
_BILL_KEYS = dict.fromkeys(
    ("total", "self_funded", "self_funded_compliant", "over_limit", "first_pay", "class_b", "items")
)
_BILL_PARTS = {
    name: (("bill", name), FIELD_WORDS[f"bill.{name}"]) for name in ("self_funded", "over_limit", "first_pay")
}


def read_case(document: object, area: PoolingArea, care: str = "inpatient") -> Case:
    """A settlement case for an area. Raises InvalidData with every problem, each with the field's path."""
    reader = CaseReader(document)
    reader.closed(_INPATIENT_KEYS)
    scheme = reader.word("scheme", SCHEME_WORDS, required=True)
    if reader.document.get("care", care) != care:
        reader.refuse(("care",), f"这里只算 {care}（{CARE_WORDS[care]}）", "word")
    groups = area.groups.get(scheme, {}) if scheme else {}
    group = reader.word("group", groups, unknown=True) if scheme else ""
    if not group and len(groups) == 1:
        group = next(iter(groups))
    level, hospital, grade = _level(reader, area)
    filing = reader.word("filing", FILING_WORDS, unknown=True)
    distance = reader.word("distance", DISTANCE_WORDS, unknown=True)
    admission = _admission(reader)
    admitted, discharged = _days(reader)
    settled = reader.day("settled_on")
    if settled and discharged and settled < discharged:
        reader.refuse(("settled_on",), "结算日早于出院日", "date")
    bill = _bill(reader, area)
    (opening, opening_at), (current, current_at) = (
        _used(reader, part, area) for part in ("year_to_date", "period_to_date")
    )
    history = History(opening=opening, current=current, opening_at=opening_at, current_at=current_at)
    days = (discharged - admitted).days if admitted and discharged and not _one_day(reader) else None
    traits, numbers = read_traits(reader, area, {} if days is None else {"stay_days": Decimal(days)})
    if hospital:
        traits = {**area.hospitals[hospital].traits, **traits}
    given = _given(reader)
    carried = _amounts(reader, reader.part("carried"), ("carried",), "上年结转的金额")
    balance = reader.document.get("account_balance", "")
    account = reader.amount(("account_balance",), balance, "个人账户余额") if balance not in ("", None) else None
    balances = _balances(reader)
    if account is not None and balances:
        reader.refuse(("account_balance",), "account_balance 和 account_balances 只写一个", "word")
    treated_in = reader.document.get("treated_in", "") or ""
    if not isinstance(treated_in, str) or len(treated_in) > 40:
        reader.refuse(("treated_in",), f"写的是{shown(treated_in)}，应是看病的省或市，例如 浙江省", "type")
    moved = _transfer(reader, area)
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
        transfer=moved, one_day=_one_day(reader), settled=settled,
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


def ratio_of(found: object) -> Ratio | None:
    """A percentage as people type it: ``85%``, or ``85`` where the form says 百分之几; None when it is none."""
    if isinstance(found, bool) or not isinstance(found, int | str):
        return None
    text = unicodedata.normalize("NFKC", str(found)).strip()
    return policy_ratio(text if text.endswith("%") else f"{text}%")


def _balances(reader: CaseReader) -> dict[str, Yuan]:
    """What there is in each pot of the account."""
    balances: dict[str, Yuan] = {}
    for name, found in reader.part("account_balances").items():
        if found not in ("", None):
            amount = reader.amount(("account_balances", str(name)), found, "账户余额")
            if amount is not None:
                balances[str(name)] = amount
    return balances


def _one_day(reader: CaseReader) -> bool:
    return reader.document.get("date", "") not in ("", None)


def _days(reader: CaseReader) -> tuple[date | None, date | None]:
    day, admitted, discharged = reader.day("date"), reader.day("admitted"), reader.day("discharged")
    stated = [name for name in ("date", "admitted", "discharged") if reader.document.get(name) not in ("", None)]
    if not stated:
        reader.refuse(("date",), "请填写日期，例如 2026-01-31", "missing")
    elif "date" in stated and len(stated) > 1:
        reader.refuse(("date",), "写了 date 就不要再写 admitted、discharged", "date")
    elif len(stated) == 1 and stated[0] != "date":
        reader.refuse((stated[0],), "入院日和出院日要一起写", "date")
    elif admitted and discharged and discharged < admitted:
        reader.refuse(("discharged",), "出院日早于入院日", "date")
    return admitted or day, discharged or day


def _bill(reader: CaseReader, area: PoolingArea) -> Bill | None:
    found = reader.part("bill")
    reader.closed(_BILL_KEYS, ("bill",), found)
    before = len(reader.problems)
    if found.get("total", "") in ("", None):
        reader.refuse(("bill", "total"), "请填写总费用，例如 50000 或 5万", "missing")
        return None
    total = reader.amount(("bill", "total"), found["total"], "总费用")
    parts: dict[str, Yuan | None] = {}
    for name, (path, what) in _BILL_PARTS.items():
        value = found.get(name, "")
        parts[name] = ZERO if value in ("", None) else reader.amount(path, value, what, unknown=True)
    compliant = _compliant(reader, found.get("self_funded_compliant", ""), parts["self_funded"])
    class_b = _class_b(reader, found["class_b"]) if "class_b" in found else ()
    items = _items(reader, found["items"], area) if "items" in found else ()
    if class_b and found.get("first_pay", "") not in ("", None):
        reader.refuse(("bill", "class_b"), "first_pay 和 class_b 只写一个", "bill")
    if len(reader.problems) > before or total is None:
        return None
    bill = Bill(total, parts["self_funded"], parts["over_limit"], parts["first_pay"], class_b, items, compliant)
    known = sum((amount for amount in parts.values() if amount is not None), bill.itemised)
    if known > total:
        name = next((n for n in _BILL_PARTS if parts[n]), "class_b")
        if not class_b and name == "class_b":
            reader.refuse(("bill", "items"), "各类项目加起来超过了总费用", "bill")
            return None
        reader.refuse(("bill", name), "自费、超限价和先自付的部分加起来超过了总费用", "bill")
        return None
    return bill


def _items(reader: CaseReader, found: object, area: PoolingArea) -> tuple[BillItem, ...]:
    """``[{class, amount, units}]``, or ``{class: amount}`` and ``{class: {amount, units}}`` as forms fill them in."""
    if isinstance(found, Mapping):
        return _items_by_class(reader, found, area)
    if not isinstance(found, list | tuple):
        reader.refuse(("bill", "items"), "应是一个列表，每项写 class、amount，需要时写 units", "type")
        return ()
    if len(found) > MOST_ITEMS:
        reader.refuse(("bill", "items"), f"有 {len(found)} 项，最多 {MOST_ITEMS} 项；同一类的可以合成一项", "size")
    items: list[BillItem] = []
    for index, item in enumerate(found[:MOST_ITEMS]):
        path: Path = ("bill", "items", index)
        if not isinstance(item, Mapping) or not {"class", "amount"} <= set(item) <= {"class", "amount", "units"}:
            reader.refuse(path, "每项要写 class（哪一类）、amount（金额），需要时写 units（几个）", "bill")
        else:
            read = _item(reader, item["class"], (*path, "class"), item["amount"], item.get("units", 1), path, area)
            items += [read] if read else []
    return tuple(items)


def _items_by_class(reader: CaseReader, found: Mapping[Any, Any], area: PoolingArea) -> tuple[BillItem, ...]:
    items: list[BillItem] = []
    for name, stated in found.items():
        path: Path = ("bill", "items", str(name))
        amount: object = stated
        units: object = 1
        if isinstance(stated, Mapping):
            reader.closed(("amount", "units"), path, stated)
            amount, units = stated.get("amount", ""), stated.get("units", 1)
            units = 1 if units in ("", None) else units
        if amount not in ("", None):
            place = (*path, "amount") if isinstance(stated, Mapping) else path
            read = _item(reader, str(name), path, amount, units, path, area, place)
            items += [read] if read else []
    return tuple(items)


def _item(
    reader: CaseReader, name: object, named_at: Path, amount: object, units: object, path: Path, area: PoolingArea,
    amount_at: Path = (),
) -> BillItem | None:  # fmt: skip
    words = area.item_words
    if not isinstance(name, str) or name not in words:
        known = "、".join(f"{key}（{text}）" for key, text in words.items()) or "这里没有另有规定的项目"
        near = nearest_word(name, words) if isinstance(name, str) else ""
        reader.refuse(named_at, f"没有{shown(name)}这一类项目{near}；可用：{known}", "word")
        return None
    count = str(units)
    if not re.fullmatch(r"[1-9]\d{0,4}", count, re.ASCII):
        reader.refuse((*path, "units"), f"写的是{shown(units)}，应是几个（次），例如 2", "whole")
        return None
    read = reader.amount(amount_at or (*path, "amount"), amount, words[name])
    return None if read is None else BillItem(name, read, int(count))


def _compliant(reader: CaseReader, found: object, self_funded: Yuan | None) -> Yuan | None:
    """合规自费: at most all of 全自费."""
    if found in ("", None):
        return ZERO
    path = ("bill", "self_funded_compliant")
    amount = reader.amount(path, found, FIELD_WORDS[".".join(path)], unknown=True)
    if amount and self_funded is not None and amount > self_funded:
        reader.refuse(path, "合规的自费是全自费的一部分，不能比全自费多", "bill")
    return amount


def _class_b(reader: CaseReader, found: object) -> tuple[tuple[Yuan, Ratio], ...]:
    if not isinstance(found, list | tuple):
        reader.refuse(("bill", "class_b"), "应是一个列表，每项写 amount 和 rate", "type")
        return ()
    if len(found) > MOST_ITEMS:
        reader.refuse(("bill", "class_b"), f"有 {len(found)} 项，最多 {MOST_ITEMS} 项；比例相同的可以合成一项", "size")
    items: list[tuple[Yuan, Ratio]] = []
    for index, item in enumerate(found[:MOST_ITEMS]):
        path: Path = ("bill", "class_b", index)
        if not isinstance(item, Mapping) or set(item) != {"amount", "rate"}:
            reader.refuse(path, "乙类项目每项只写 amount（金额）和 rate（先自付比例）", "bill")
            continue
        amount = reader.amount((*path, "amount"), item["amount"], "乙类项目的金额")
        rate = policy_ratio(item["rate"])
        if rate is None or rate > ONE:
            reader.refuse((*path, "rate"), "先自付比例应在 0% 到 100% 之间，例如 20%", "percentage")
        elif amount is not None:
            items.append((amount, rate))
    return tuple(items)


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


_USED_WORDS = {
    "paid": "已支付的金额",
    "counted": "已计入的费用",
    "deductible": "已付的起付线",
    "share": "已付的按比例自付",
}
_USED_KEYS = dict.fromkeys((*_USED_WORDS, "times", "deductible_at"))


def _used(reader: CaseReader, part: str, area: PoolingArea) -> tuple[dict[str, Used], dict[str, dict[str, Yuan]]]:
    """What has been used, by accumulator; of deductibles also by hospital level, where that is stated."""
    result: dict[str, Used] = {}
    by_level: dict[str, dict[str, Yuan]] = {}
    period = "本年度" if part == "year_to_date" else "本期"
    for layer, found in reader.part(part).items():
        path: Path = (part, str(layer))
        if not isinstance(found, _MAPPING):
            reader.refuse(path, f"应是一组键值：{'、'.join(_USED_WORDS)}", "type")
            continue
        reader.closed(_USED_KEYS, path, found)
        values: dict[str, Any] = {}
        for name, words in _USED_WORDS.items():
            stated = found.get(name, "")
            if stated not in ("", None):
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
    numbers = dict(derived or {}) | _numbers(reader, area)
    for name, trait in area.traits.items():
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


def _given(reader: CaseReader) -> dict[str, Yuan]:
    given = reader.part("given")
    if not given:
        return {}
    reader.closed(("deductible",), ("given",), given)
    return _amounts(reader, given.get("deductible", {}), ("given", "deductible"), "起付线")


def _amounts(reader: CaseReader, found: object, path: Path, what: str) -> dict[str, Yuan]:
    """Amounts by layer; those left empty are not stated."""
    if not isinstance(found, _MAPPING):
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
