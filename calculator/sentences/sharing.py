"""家庭共济: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.sentences.forms import Sentence, Template

FUNCTIONS: Mapping[str, Sentence] = {}

TEMPLATES: Mapping[str, Template] = {
    "sharing.total": ("要付的钱", "这次要自己付 {amount}。"),
    "sharing.own": ("自己的账户", "先扣看病的人自己的账户，余额 {balance}，扣 {amount}。"),
    "sharing.sharer": ("第 {n} 个共济人", "还差 {left}，扣第 {n} 个共济人的账户，余额 {balance}，扣 {amount}。"),
    "sharing.capped": (
        "第 {n} 个共济人",
        "还差 {left}，第 {n} 个共济人余额 {balance}，但今年的共济限额只剩 {room}，扣 {amount}。",
    ),
    "sharing.cash": ("现金", "账户扣完，还要付现金 {amount}。"),
}
