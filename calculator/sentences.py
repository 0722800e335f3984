"""A step → its label on the slip and its sentence in plain Chinese. Every step's words stand here and nowhere else.

A sentence says the rule first, then the sum. Most are templates whose blanks format themselves (amounts, percentages,
words of the case); the others are functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from calculator.explain import PART_WORDS, points_text, tidy, yuan
from calculator.ledger import Step
from calculator.model import FILING_WORDS
from calculator.money import ZERO, Yuan, percent_text, round_amount

_OF_WORDS = {
    "fund_payment": "基金支付的金额",
    "eligible_expense": "医保范围内的费用",
    "fund_and_share": "起付线以上的费用",
}

Sentence = Callable[[Mapping[str, Any], Yuan], tuple[str, str]]


def _eligible(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if amount == d["total"]:
        return "医保范围内费用", f"{yuan(amount)}全部在医保范围内。"
    return "医保范围内费用", f"{yuan(d['total'])}里，有 {yuan(amount)} 在医保范围内，下面只算这一部分。"


def _cost_first_pay(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if d["items"]:
        sums = "，".join(f"{yuan(a)} × {percent_text(r)}" for a, r in d["items"])
        return "减：先自付", f"乙类项目要先自付一部分：{sums}，共 {yuan(amount)}。"
    return "减：先自付", f"乙类药品和部分检查、材料要先自付一部分，共 {yuan(amount)}。"


def _deductible_admission(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if not d["available"]:
        return "减：起付线", "没有需要计算的费用，用不到起付线。"
    if amount < d["line"]:
        return (
            "减：起付线",
            f"起付线是 {yuan(d['line'])}，这里只有 {yuan(d['available'])}，没有超过，{d['layer']}不支付。",
        )
    if not amount:
        return "减：起付线", "这次不设起付线。"
    return "减：起付线", f"起付线 {yuan(amount)} 由您自己付，超过的部分{d['layer']}才开始支付。"


def _deductible_year(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if not d["available"]:
        return "减：起付线", "没有需要计算的费用，用不到起付线。"
    left = d["line"] - d["already"]
    already = f"，之前已经付了 {yuan(d['already'])}" if d["already"] else ""
    if amount < left:
        rest = f"这次的 {yuan(d['available'])} 全部算进起付线，{d['layer']}还不支付"
    elif not left:
        rest = "已经付满，这次不用再付"
    else:
        rest = f"这次付 {yuan(amount)}"
    return "减：起付线", f"起付线一年累计 {yuan(d['line'])}{already}，{rest}。"


def _segment(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    ratio = percent_text(d["ratio"])
    was = f"（原来是 {percent_text(d['base_ratio'])}）" if d["ratio"] != d["base_ratio"] else ""
    part = d["high"] - d["low"]
    if d["ahead"] is not None:
        low, high = d["low"] + d["ahead"], d["high"] + d["ahead"]
        where = f"按今年累计的费用，{yuan(low)}到 {yuan(high)} 之间的 {yuan(part)}"
        return f"{d['layer']}支付", f"{where}，按 {ratio}{was} 支付：{yuan(part)} × {ratio} = {yuan(amount)}。"
    where = f"{yuan(d['low'])}到 {yuan(d['high'])} 之间的 {yuan(part)}" if d["low"] else yuan(part)
    return f"{d['layer']}支付", f"{where}，按 {ratio}{was} 支付：{yuan(part)} × {ratio} = {yuan(amount)}。"


def _cap_reached(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    per = "一年" if d["per"] == "year" else "一次"
    used = f"，之前已用 {yuan(d['used'])}" if d["used"] else ""
    return "封顶线", (
        f"已达封顶线：{d['layer']}{per}最多算到 {yuan(amount)}（{_OF_WORDS[d['of']]}）{used}，"
        f"超过的 {yuan(d['beyond'])} {d['layer']}不再支付。"
    )


def _cap_within(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    per = "一年" if d["per"] == "year" else "一次"
    used = f"，之前已用 {yuan(d['used'])}" if d["used"] else ""
    left = ""
    if d["of"] == "fund_payment" and d["per"] == "year":
        left = f"，今年还剩 {yuan(amount - d['used'] - round_amount(d['paid']))}"
    return "封顶线", f"{d['layer']}{per}的封顶线是 {yuan(amount)}（{_OF_WORDS[d['of']]}）{used}，没有超过{left}。"


def _own(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    parts = "、".join(f"{PART_WORDS[name]} {yuan(part)}" for name, part in d["parts"].items())
    listed = f"：{parts}" if parts else ""
    return f"{d['layer']}的计算基数", f"{d['layer']}按您前面自己付的钱计算，共 {yuan(amount)}{listed}。"


def _guarantee(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    promise = f"医保范围内费用的 {percent_text(d['ratio'])}，也就是 {yuan(d['promised'])}"
    if amount:
        return "保底支付", f"当地保底：至少支付{promise}；前面只付了 {yuan(d['paid'])}，再补 {yuan(amount)}。"
    return "保底支付", f"当地保底：至少支付{promise}；前面已经超过，不用再补。"


def _account(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    return (
        "个人账户支付",
        f"个人账户有 {yuan(d['balance'])}，这次可以用来付的是 {yuan(d['allowed'])}，付 {yuan(amount)}。",
    )


def _base(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if d["wage"] < d["floor"]:
        why = f"工资 {yuan(d['wage'])} 低于下限，按下限 {yuan(d['floor'])} 计算"
    elif d["wage"] > d["ceiling"]:
        why = f"工资 {yuan(d['wage'])} 高于上限，按上限 {yuan(d['ceiling'])} 计算"
    else:
        why = f"工资在下限 {yuan(d['floor'])}和上限 {yuan(d['ceiling'])} 之间，就按工资 {yuan(amount)} 计算"
    return "缴费基数", f"{why}。"


def _part_amount(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    per = "每年" if d["per"] == "year" else "每月"
    if d["members"] > 1:
        return d["name"], f"{per}每人 {yuan(d['each'])}，{d['members']} 人共 {yuan(amount)}。"
    return d["name"], f"{per} {yuan(amount)}。"


def _result(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    account = f"个人账户付 {yuan(d['account'])}，" if d["account"] else ""
    return (
        "合计",
        f"医保支付 {yuan(amount)}，{account}您自己付 {yuan(d['person'])}，加起来等于总费用 {yuan(d['total'])}。",
    )


_FUNCTIONS: Mapping[str, Sentence] = {
    "cost.eligible": _eligible,
    "cost.first_pay": _cost_first_pay,
    "deductible.admission": _deductible_admission,
    "deductible.year": _deductible_year,
    "share.segment": _segment,
    "cap.reached": _cap_reached,
    "cap.within": _cap_within,
    "layer.own": _own,
    "guarantee": _guarantee,
    "account": _account,
    "contribution.base": _base,
    "contribution.amount": _part_amount,
    "result": _result,
}

_TEMPLATES: Mapping[str, tuple[str, str]] = {
    "cost.total": ("总费用", "总费用 {amount}。"),
    "cost.self_funded": ("减：全自费", "目录外的 {amount}不归医保管，由您自己付。"),
    "cost.over_limit": ("减：超过限价", "超过限价的 {amount}由您自己付。"),
    "away.case": ("就医情形", "按“{filing}”计算。"),
    "away.same_as": ("就医情形", "“{filing}”和“{target}”一样算。"),
    "away.local": ("就医情形", "按在参保地看病的标准计算。"),
    "away.first_pay": ("减：异地先自付", "这种情形要先自付 {ratio}：{of} × {ratio} = {amount}。"),
    "away.reduce_points": ("异地降低比例", "这种情形，支付比例降低 {points}。"),
    "away.multiply": ("异地降低比例", "这种情形，按原来比例的 {factor} 支付。"),
    "away.pays_nothing": ("医保支付", "这种情形，医保不予支付，全部由您自己付。"),
    "deductible.multiple": ("起付线调整", "这种情形，起付线 {line}按 {multiple} 计算，是 {amount}。"),
    "deductible.given": ("减：起付线", "起付线本站没有收录，按您填的 {line}计算，这次付 {amount}。"),
    "deductible.published": ("起付线", "{layer}的起付线本站有收录，是 {line}，没有用您填的 {given}。"),
    "share.nothing_left": ("{layer}支付", "没有超过起付线的费用，{layer}不支付。"),
    "share.minimum": ("{layer}比例下限", "{layer}的支付比例最低 {ratio}，按 {ratio} 支付。"),
    "share.maximum": ("{layer}比例上限", "{layer}的支付比例最高 {ratio}，按 {ratio} 支付。"),
    "layer.total": ("{layer}共支付", "{layer}一共支付 {amount}。"),
    "layer.no_excess": ("{layer}支付", "上一层没有到封顶线，用不到{layer}。"),
    "layer.excess": ("上一层封顶线以上", "封顶线以上还有 {amount}，由{layer}接着算。"),
    "rounding": ("取整", "{layer}支付的金额取整后是 {amount}。"),
    "assume.admitted": ("假设", "这里按入院日选用标准；没有说入院日，按和出院日适用同一版计算。"),
    "assume.local": ("假设", "没有说在哪里看病，按在参保地看病计算。"),
    "assume.first_admission": ("假设", "没有说是第几次住院，按本年度第一次计算。"),
    "assume.year_to_date": ("假设", "没有说今年{layer}已经用了多少，按还没有用过计算。"),
    "assume.cap": ("假设", "本站没有查到{layer}的封顶线，按没有超过计算；费用很高时，实际可能少报。"),
    "contribution.rate": ("{name}", "每月 {base} × {ratio} = {amount}。"),
    "contribution.account": ("划入个人账户", "每月 {base} × {ratio} = {amount}，是您自己的钱。"),
    "contribution.no_account": ("划入个人账户", "划入个人账户的标准本站没有收录。"),
    "contribution.year": ("一年合计", "一年 12 个月，您自己缴 {person}，单位缴 {employer}。"),
    "contribution.people": ("合计", "{members} 人一年个人缴费 {person}，财政补助 {government}，筹资总额 {amount}。"),
    "transfer.years": ("缴费年限", "转入前 {before} 年，加上转入后 {after} 年，一共 {total} 年。"),
    "transfer.balance": ("个人账户余额", "个人账户余额 {amount}跟着转到新参保地。"),
}

RULES = (*_FUNCTIONS, *_TEMPLATES)
"""Every rule a step may carry; a step without a sentence is a bug that the tests find."""

_RATIOS = frozenset({"ratio", "factor", "multiple"})


class _Blanks(dict[str, Any]):
    """Fills a template: each value in the words its name calls for."""

    def __getitem__(self, name: str) -> str:
        value = super().__getitem__(name)
        if name in _RATIOS:
            return percent_text(value)
        if name == "points":
            return points_text(value)
        if name in ("filing", "target"):
            return FILING_WORDS[value]
        return yuan(value) if isinstance(value, Decimal) else str(value)


def label_and_text(step: Step) -> tuple[str, str]:
    """A step's short label for the slip and its full sentence."""
    amount = step.amount if step.amount is not None else ZERO
    if step.rule in _FUNCTIONS:
        label, text = _FUNCTIONS[step.rule](step.data, amount)
        return label, tidy(text)
    blanks = _Blanks(step.data, amount=amount)
    label, text = _TEMPLATES[step.rule]
    return label.format_map(blanks), tidy(text.format_map(blanks))
