"""个人账户怎么用 as written: which parts it may pay, in one pot or in several, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calculator.errors import Path, nearest_word, shown
from calculator.model import AccountRule, Pot
from calculator.shape import FAILED, Flag, Key, ListOf, Reading, Record, Schema, Shape, Text, Word, identifier

SOLE = "account"
"""The pot of an area that does not tell several apart."""


@dataclass(frozen=True, slots=True)
class AccountOf(Shape):
    """``{may_pay: […]}``, or ``{pots: […], first: …}``."""

    own_parts: tuple[str, ...]

    def _keys(self) -> Mapping[str, Key]:
        may_pay = ListOf(Word(self.own_parts), distinct=True)
        pot = Record(
            Pot,
            {
                "id": Key(identifier("账户的 id", "current_year"), required=True),
                "name": Key(Text("账户的名字", longest=40), required=True),
                "may_pay": Key(may_pay, default=(), help="可以付自己付的哪几部分"),
            },
            "一个账户",
        )
        return {
            "may_pay": Key(may_pay, help="可以付自己付的哪几部分"),
            "pots": Key(ListOf(pot), help="账户分几部分时，按先后列出：当年、历年、家庭共济……"),
            "first": Key(Text("账户的 id"), default="", help="哪个账户先付医保范围内的费用，剩下的再报销"),
            "counts_to_deductible": Key(Flag(), help="先付的钱算不算进起付线"),
        }

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        values = Record(lambda **v: v, self._keys(), "个人账户可支付的部分").read(found, path, reading)
        if values is FAILED:
            return FAILED
        if (values["may_pay"] is None) == (values["pots"] is None):
            return reading.refuse(path, "要写 may_pay 或 pots，而且只写一个", "account")
        pots = values["pots"] or (Pot(SOLE, "个人账户", values["may_pay"]),)
        ids = [pot.id for pot in pots]
        for n, name in enumerate(ids):
            if name in ids[:n]:
                return reading.refuse((*path, "pots", n, "id"), f"已经有叫“{name}”的账户", "duplicate")
        first = values["first"]
        if first and first not in ids:
            near = nearest_word(first, ids)
            return reading.refuse((*path, "first"), f"没有{shown(first)}这个账户{near}；有 {'、'.join(ids)}", "account")
        if bool(first) != (values["counts_to_deductible"] is not None):
            return reading.refuse(path, "first 和 counts_to_deductible 要一起写", "account")
        for n, pot in enumerate(pots):
            if not pot.may_pay and pot.id != first:
                return reading.refuse((*path, "pots", n), f"账户“{pot.id}”什么也不能付；写 may_pay", "account")
        return AccountRule(tuple(pots), first, bool(values["counts_to_deductible"]))

    def schema(self) -> Schema:
        return Record(dict, self._keys()).schema()
