"""个人账户和取整: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import yuan
from calculator.money import Yuan
from calculator.sentences.forms import Sentence, Template


def _account(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if not d["balance"]:
        return f"{d['pot']}支付", f"{d['pot']}没有余额。"
    return (
        f"{d['pot']}支付",
        f"{d['pot']}有 {yuan(d['balance'])}，这次可以用来付的是 {yuan(d['allowed'])}，付 {yuan(amount)}。",
    )


def _first(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if not d["balance"]:
        return f"{d['pot']}先付", f"{d['pot']}没有余额。"
    counts = "，也算进起付线" if d["counts"] else ""
    return (
        f"{d['pot']}先付",
        f"{d['pot']}有 {yuan(d['balance'])}，先付医保范围内的费用 {yuan(amount)}{counts}，剩下的再报销。",
    )


def _result(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    account = f"个人账户付 {yuan(d['account'])}，" if d["account"] else ""
    return (
        "合计",
        f"医保支付 {yuan(amount)}，{account}您自己付 {yuan(d['person'])}，加起来等于总费用 {yuan(d['total'])}。",
    )


FUNCTIONS: Mapping[str, Sentence] = {
    "account": _account,
    "account.first": _first,
    "result": _result,
}

TEMPLATES: Mapping[str, Template] = {
    "rounding": ("取整", "{layer}支付 {exact}，取整后是 {amount}。"),
}
