"""费用清单 as people state it: the parts of a bill, its items by class, its 乙类 items."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from calculator.errors import Path, nearest_word, shown
from calculator.model import PoolingArea
from calculator.money import ONE, ZERO, Ratio, Yuan, policy_ratio
from calculator.reader import FIELD_WORDS, CaseReader
from calculator.record import record

MOST_ITEMS = 500
"""More lines of items than this are no bill of one stay."""


@record()
class BillItem:
    """A class of items (项目分类) on the bill: how much, and how many of them."""

    id: str
    amount: Yuan
    units: int = 1


@record()
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


_BILL_KEYS = dict.fromkeys(
    ("total", "self_funded", "self_funded_compliant", "over_limit", "first_pay", "class_b", "items")
)


_BILL_PARTS = {
    name: (("bill", name), FIELD_WORDS[f"bill.{name}"]) for name in ("self_funded", "over_limit", "first_pay")
}


def read_bill(reader: CaseReader, area: PoolingArea) -> Bill | None:
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
    known = bill.itemised
    for amount in parts.values():
        if amount:
            known += amount
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
