"""起付线: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import yuan
from calculator.money import Yuan, percent_text, round_amount
from calculator.sentences.forms import Sentence, Template, equals

_PERIOD_WORDS = {"day": "每天", "month": "每个月", "quarter": "每个季度", "year": "一年"}
_WAY_WORDS = {"up": "高一级的医院", "same": "同级的医院", "down": "低一级的医院"}


def _each_time(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    """The deductible of one stay or one visit."""
    if not d["available"]:
        return "减：起付线", "没有需要计算的费用，用不到起付线。"
    due = d["due"] - d["credit"]
    rest = "还剩 " if d["credit"] else " "
    if amount < due:
        lead = f"起付线还剩 {yuan(due)}" if d["credit"] else f"起付线是 {yuan(due)}"
        missed = f"{lead}，这里只有 {yuan(d['available'])}，没有超过，{d['layer']}不支付"
        return "减：起付线", f"{missed}；{_still(d, due - amount)}。"
    if not amount:
        return "减：起付线", "这次不设起付线。" if not d["line"] else "这次不用再付起付线。"
    return "减：起付线", f"起付线{rest}{yuan(amount)} 由您自己付，超过的部分{d['layer']}才开始支付。"


def _still(d: Mapping[str, Any], missing: Yuan) -> str:
    """How far the deductible is away."""
    what = "自付" if d["base"] == "own" else "范围内的费用"
    return f"再有 {yuan(missing)}{what}，才到{d['layer']}的起付线"


def _given(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    head = f"{d['layer']}的起付线本站没有收录，按您填的 {yuan(d['line'])}计算"
    if amount < d["due"] - d["credit"]:
        return "减：起付线", f"{head}，这里只有 {yuan(d['available'])}，没有超过，{d['layer']}不支付。"
    return "减：起付线", f"{head}，这次付 {yuan(amount)}。"


def _multiple(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    ratio = percent_text(d["multiple"])
    sum_ = f"{yuan(d['line'])} × {ratio} {equals(d['line'] * d['multiple'], amount)}"
    return "起付线调整", f"这种情形，起付线按 {ratio} 计算：{sum_}。"


def _over(period: str) -> Sentence:
    def sentence(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
        """The deductible of a period, filled visit by visit."""
        if not d["available"]:
            return "减：起付线", "没有需要计算的费用，用不到起付线。"
        if not d["line"]:
            return "减：起付线", "这种情况没有起付线。"
        due = d["due"] - d["credit"]
        already = f"，之前已经付了 {yuan(d['already'])}" if d["already"] else ""
        already += f"，个人账户先付了 {yuan(d['credit'])}" if d["credit"] else ""
        if amount < due:
            rest = f"这次的 {yuan(d['available'])} 全部算进起付线，{d['layer']}还不支付；{_still(d, due - amount)}"
        elif not due:
            rest = "已经付满，这次不用再付" if d["line"] == d["already"] + d["credit"] else "这次不用再付"
        else:
            rest = f"这次付 {yuan(amount)}"
        return "减：起付线", f"起付线{_PERIOD_WORDS[period]}累计 {yuan(d['line'])}{already}，{rest}。"

    return sentence


def _annual_cap(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    used = f"，之前已经付了 {yuan(d['used'])}" if d["used"] else ""
    rest = f"这次最多再付 {yuan(amount)}" if amount else "这次不用再付"
    return "起付线调整", f"起付线一年加起来最多付 {yuan(d['most'])}{used}，{rest}。"


def _later(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if not d["ratio"]:
        return "起付线调整", f"本年度第 {d['number']} 次住院，没有起付线。"
    if d["ratio"] == 1:
        return "起付线调整", f"本年度第 {d['number']} 次住院，起付线和第一次一样，是 {yuan(amount)}。"
    exact = d["first"] * d["ratio"]
    product = round_amount(exact)
    return "起付线调整", (
        f"本年度第 {d['number']} 次住院，起付线是第一次的 {percent_text(d['ratio'])}："
        f"{yuan(d['first'])} × {percent_text(d['ratio'])} {equals(exact, product)}{_instead(product, amount)}。"
    )


def _step(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    fall = f"{yuan(d['first'])} − {yuan(d['down'])} × {d['times']}"
    lowest = d["lowest"]
    reached = amount == lowest and d["first"] - d["down"] * d["times"] < lowest
    end = f"不到最低的 {yuan(lowest)}，按 {yuan(lowest)} 计算" if reached and lowest else "降到 0 为止"
    sum_ = f"{fall}，{end}" if reached else f"{fall} {equals(d['first'] - d['down'] * d['times'], amount)}"
    down = f" {yuan(d['down'])}"
    if d["share"] is not None:
        down = f"的是第一次的 {percent_text(d['share'])}，{yuan(d['first'])} × {percent_text(d['share'])} ={down}"
    return "起付线调整", f"每多住一次院，起付线降低{down}。这是本年度第 {d['number']} 次：{sum_}。"


def _periods_next(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    sum_ = " + ".join(yuan(line) for line in d["lines"])
    return "起付线调整", f"后面每一段算再住一次院，{d['count']} 段的起付线一共是 {sum_} = {yuan(amount)}。"


def _multiply(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    exact = d["before"] * d["value"]
    product = round_amount(exact)
    sum_ = f"{yuan(d['before'])} × {percent_text(d['value'])} {equals(exact, product)}"
    return "起付线调整", f"{d['name']}：起付线按 {percent_text(d['value'])} 计算，{sum_}{_instead(product, amount)}。"


def _subtract(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if not amount:
        return "起付线调整", f"{d['name']}：起付线降低 {yuan(d['value'])}，{yuan(d['before'])} 降到 0。"
    if d["before"] - d["value"] < amount:
        less = f"{yuan(d['before'])} − {yuan(d['value'])}，不到最低的 {yuan(amount)}，按 {yuan(amount)} 计算"
    else:
        less = f"{yuan(d['before'])} − {yuan(d['value'])} = {yuan(amount)}"
    return "起付线调整", f"{d['name']}：起付线降低 {yuan(d['value'])}，{less}。"


def _instead(product: Yuan, amount: Yuan) -> str:
    """What counts where rounding or the lowest amount changed the product."""
    return "" if product == amount else f"，按 {yuan(amount)} 计算"


def _transfer(text: str) -> Sentence:
    def sentence(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
        return "起付线调整", f"从{d['source']}医院转到{_WAY_WORDS[d['way']]}，{text}".format(amount=yuan(amount))

    return sentence


def _top_up(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    rest = f"{yuan(d['line'])} − {yuan(d['paid'])} = {yuan(amount)}" if amount else "没有差额"
    return "起付线调整", (
        f"从{d['source']}医院转到{_WAY_WORDS[d['way']]}，那边的起付线是 {yuan(d['paid'])}，这里只补差额：{rest}。"
    )


FUNCTIONS: Mapping[str, Sentence] = {
    "deductible.admission": _each_time,
    "deductible.visit": _each_time,
    **{f"deductible.{period}": _over(period) for period in _PERIOD_WORDS},
    "deductible.given": _given,
    "deductible.multiple": _multiple,
    "line.annual_cap": _annual_cap,
    "line.later": _later,
    "line.step": _step,
    "line.periods_next": _periods_next,
    "line.multiply": _multiply,
    "line.subtract": _subtract,
    "line.transfer_full": _transfer("起付线另付一道，是 {amount}。"),
    "line.transfer_nothing": _transfer("不用再付起付线。"),
    "line.transfer_top_up": _top_up,
}

TEMPLATES: Mapping[str, Template] = {
    "deductible.credit": ("起付线", "个人账户先付的钱里，有 {amount}算进{layer}的起付线。"),
    "deductible.done": ("减：起付线", "起付线在这次住院的前一段已经扣过，这一段不再扣。"),
    "deductible.published": ("起付线", "{layer}的起付线本站有收录，是 {line}，没有用您填的 {given}。"),
    "line.set": ("起付线调整", "{name}：起付线是 {amount}。"),
    "line.level_as": ("起付线调整", "{name}：{level}医院的起付线按{instead}的计算。"),
    "line.stay": ("起付线调整", "这次住了 {stay} 天，每 {days} 天算一段，一共 {count} 段，每段付一道起付线。"),
    "line.periods": ("起付线调整", "{count} 段的起付线一共是 {one} × {count} = {amount}。"),
    "line.transfer_late": (
        "起付线调整",
        "离上一次出院 {days} 天，超过 {within} 天，不算转院，起付线照付，是 {amount}。",
    ),
    "assume.first_admission": ("假设", "没有说是第几次住院，按本年度第一次计算。"),
    "assume.one_period": ("假设", "没有说住了几天，按不超过 {days} 天、付一道起付线计算。"),
    "assume.day_to_date": ("假设", "没有说今天{layer}的起付线已经付了多少，按还没有付过计算。"),
    "assume.month_to_date": ("假设", "没有说这个月{layer}的起付线已经付了多少，按还没有付过计算。"),
    "assume.quarter_to_date": ("假设", "没有说这个季度{layer}的起付线已经付了多少，按还没有付过计算。"),
}
