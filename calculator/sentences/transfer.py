"""转移接续: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.sentences.forms import Sentence, Template

FUNCTIONS: Mapping[str, Sentence] = {}

TEMPLATES: Mapping[str, Template] = {
    "transfer.years": ("缴费年限", "转入前 {before} 年，加上转入后 {after} 年，一共 {total} 年。"),
    "transfer.balance": ("个人账户余额", "个人账户余额 {amount}跟着转到新参保地。"),
}
