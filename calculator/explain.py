"""Figures, assumptions and results in plain Chinese; ``sentences`` words the steps.

「您」, active verbs, no officialese; amounts grouped, to the fen only where they have fen.
"""

from __future__ import annotations

import re
from dataclasses import fields
from decimal import Decimal
from functools import lru_cache
from typing import Any

from calculator.completions import Choice
from calculator.estimate import Estimate, Interval
from calculator.model import (
    CARE_WORDS,
    FILING_WORDS,
    SCHEME_WORDS,
    Branch,
    Figure,
    PoolingArea,
    Table,
    Treatment,
)
from calculator.money import MILLIONTH, ZERO, Yuan, amount_words, percent_text, round_amount
from calculator.programs import PROGRAM_WORDS
from calculator.ranking import Question

STATUS_WHY = {
    "official": "用到的数字都来自官方文件。",
    "secondary": "用到的数字里，有的只见于文章转述，还没有对照官方文件。",
    "disputed": "用到的数字里，有的说法不一，请向参保地医保局核对。",
    "illustrative": "这是虚构地区的示例，只用来说明怎么算。",
}

_KEY_WORDS = {
    "deductible": "起付线",
    "deductible_multiple": "起付线倍数",
    "later": "再次住院的起付线",
    "down": "起付线每次降低",
    "not_below": "起付线最低降到",
    "annual_cap": "起付线全年最高额",
    "subtract": "降低多少",
    "ratio": "支付比例",
    "rows": "分段支付比例",
    "count_from": "分段从哪里算起",
    "apply": "分段怎么用",
    "cap": "封顶线",
    "add": "封顶线提高",
    "lump_sum": "补助金额",
    "when_own_over": "补助条件",
    "own_at_most": "自付最多占",
    "min": "比例下限",
    "max": "比例上限",
    "same_as": "视同",
    "pays": "是否支付",
    "reduce_points": "降低的百分点",
    "multiply": "按原来的多少算",
    "first_pay": "先自付比例",
    "price_limit": "限价",
    "fund_pays": "医保付的定额",
    "add_points": "提高的百分点",
    "own_share": "自付部分付的比例",
    "set": "支付比例",
    "most": "最多调整多少",
    "guarantee": "保底比例",
    "floor": "缴费基数下限",
    "ceiling": "缴费基数上限",
    "account": "划入个人账户",
    "rate": "缴费比例",
    "amount": "金额",
    "split": "各付多少",
    "index": "平均工资",
    "floor_share": "下限是平均工资的几成",
    "ceiling_share": "上限是平均工资的几倍",
    "tiers": "基数档次",
    "shares": "可以选的档次",
    "amounts": "可以选的基数",
    "average_pension": "平均养老金",
    "pension_rate": "划入比例",
    "own_pension_rate": "划入比例",
    "assistance": "资助参保",
    "coverage_year": "缴的是哪一年的医保",
    "notice_year": "哪一年的通知",
    "fixed": "固定等待期",
    "per_missed_year": "每断缴一年加几个月",
    "count": "断缴的哪些年要加",
    "per_repaid_year": "每补缴一年减几个月",
    "months": "至少等几个月",
    "from_missed": "断缴满几年",
    "wait": "等几个月",
    "up_to": "中断不超过几个月",
    "effect": "补缴以后",
    "stops": "待遇什么时候停",
    "incentive_loss": "奖励额度减多少",
    "days": "天数",
    "late": "过了期限才登记",
    "years": "最低缴费年限",
    "local_years": "本地实际缴费年限",
    "deemed": "视同缴费年限",
    "base": "补缴的基数",
    "share": "补缴的基数是平均工资的几成",
    "month_days": "月工资除以几天",
    "prenatal": "产前检查定额",
    "delivery": "分娩定额",
    "daily_limit": "每天限额",
    "hours_per_month": "每月最多几小时",
    "hourly_price": "每小时按多少算",
    "monthly_limit": "每月限额",
    "person": "个人缴费比例",
    "employer": "单位缴费比例",
    "multiple": "收入的几倍",
    "income": "居民人均可支配收入",
}
_BOUND_WORDS = {"min": "最低", "max": "最高"}
"""Of an amount that is a percentage of something."""
_LISTS = ("layers", "items", "parts", "flexible", "deductions", "additions", "services", "insurances")
"""Keys whose items go by their id in a reference."""
_VALUE_WORDS = {
    "zero": "分段金额包含起付线",
    "deductible": "从起付线以上开始分段",
    "marginal": "分段计算，各段用各段的比例",
    "whole": "全额按达到的那一段的比例",
    "nothing": "不予支付",
    "all": "断缴的每一年都加",
    "all_but_first": "第一年不加，从第二年起加",
    "retroactive": "中断期间的待遇可以追溯",
    "none": "中断期间的待遇不追溯",
    "next_month": "断缴的下个月起停",
    "next_year": "断缴的下一年起停",
    "registration": "从登记那天起享受",
    "waiting": "登记后再等固定等待期",
    "counted": "算",
    "not_counted": "不算",
}
COUNT_WORDS = {
    "days": "{} 天",
    "workdays": "{} 个工作日",
    "hours": "{} 小时",
    "months": "{} 个月",
    "years": "{} 年",
    "year": "{} 年",
    "kinds": "{} 种",
}
PART_WORDS = {
    "self_funded": "全自费",
    "self_funded_compliant": "合规的自费",
    "over_limit": "超过限价",
    "first_pay": "先自付",
    "away_first_pay": "异地先自付",
    "deductible": "起付线",
    "share": "按比例自付",
    "over_cap": "封顶线以上",
}

PERIOD_WORDS = {
    "year": "一年",
    "quarter": "一个季度",
    "month": "一个月",
    "day": "一天",
    "admission": "一次",
    "visit": "一次",
}


def yuan(amount: object) -> str:
    """「1,300 元」; what is not yet rounded to the fen is shown as it is, so that a reader can calculate on with it.

    >>> yuan(Decimal("136963.3305")), yuan(Decimal("38400.00")), yuan(Decimal("0.1234567"))
    ('136,963.3305 元', '38,400 元', '0.123457 元')
    """
    assert isinstance(amount, Decimal)
    shown = round_amount(amount)
    if shown == amount:
        return f"{amount_words(shown)} 元"
    return f"{round_amount(amount, MILLIONTH):,f}".rstrip("0").rstrip(".") + " 元"


SERVICE_WORDS = {"services.sharing_cap": "家庭共济的年度限额"}
"""What the figures among the rules of service are."""


@lru_cache(maxsize=4096)
def figure_name(area: PoolingArea, figure: Figure) -> str:
    """What a figure is, for readers: 「职工医保住院，统筹基金，三级，在职：起付线（第 2 次）」."""
    if figure.reference.startswith("services."):
        return SERVICE_WORDS.get(figure.reference.split("[")[0], "办事规则")
    scheme, care, field = figure.reference.split("/", 2)
    if scheme == "index":
        name, _, year = field.partition(".values.")
        return f"{year} 年的{area.indices[name].name}"
    head = SCHEME_WORDS.get(scheme, scheme) + {**CARE_WORDS, **PROGRAM_WORDS}.get(care, "缴费")
    where, what = _path_words(area, scheme, care, field)
    if field.startswith("guarantee"):
        what = "保底比例"
    if figure.unit == "yuan":
        what = _of_yuan(field, what)
    if figure.unit == "rule":
        what = "怎么算"
    return "，".join([head, *where]) + (f"：{what}" if what else "")


def _path_words(area: PoolingArea, scheme: str, care: str, field: str) -> tuple[list[str], str]:
    """Where in the rules a figure stands, and what it is: 「统筹基金」「三级」 and 「起付线（第 2 次）」."""
    words = {name: text for d in area.dimensions for name, text in area.words(d).items()}
    names = _part_names(area)
    what, where, order = "", [], ""
    path = field.replace("]", "").replace("[", ".#").split(".")
    for before, part in zip(["", *path], path, strict=False):
        if part.startswith("#"):
            order = part[1:]
        elif part in words:
            where.append(words[part])
        elif (scheme, care, part) in names and before in _LISTS:
            where.append(names[scheme, care, part])
        elif part in _KEY_WORDS and not (part == "amount" and what):
            what = _KEY_WORDS[part]
    if order and what.endswith("起付线"):
        what += f"（第 {int(order) + (2 if '.later' in field else 1)} 次）"
    return where, what


def _of_yuan(field: str, what: str) -> str:
    """What an amount is where the same key also holds ratios."""
    if ".changes[" in field and ".set" in field:
        return "换成多少"
    if what == "分段支付比例":
        return "分段的界限"
    *path, last = field.split(".")
    if last not in _BOUND_WORDS:
        return what
    key = next((part for part in reversed(path) if part in _KEY_WORDS and part != "amount"), "")
    return _KEY_WORDS.get(key, "") + _BOUND_WORDS[last]


def _part_names(area: PoolingArea) -> dict[tuple[str, str, str], str]:
    """Names of layers and contribution parts, by scheme, care and id."""
    names: dict[tuple[str, str, str], str] = {}
    for benefit in area.benefits:
        for edition in benefit.editions:
            names |= {(benefit.scheme, benefit.care, layer.id): layer.name for layer in edition.layers}
            names |= {(benefit.scheme, benefit.care, name): item.name for name, item in edition.items.items()}
    for contribution in area.contributions:
        for paid in contribution.editions:
            names |= _named_items(contribution.scheme, "contribution", paid)
    for key, programs in area.programs.items():
        for program in programs:
            for rules in program.editions:
                names |= _named_items(program.scheme, key, rules)
    return names


def _named_items(scheme: str, what: str, found: Any) -> dict[tuple[str, str, str], str]:
    """Everything in an edition that has an id and a name, however deep it lies in lists."""
    names: dict[tuple[str, str, str], str] = {}
    for field in fields(found):
        items = getattr(found, field.name)
        for item in items if isinstance(items, tuple) else ():
            if hasattr(item, "id") and hasattr(item, "name"):
                names[scheme, what, item.id] = item.name
                names |= _named_items(scheme, what, item)
    return names


def value_text(figure: Figure, value: object) -> str:
    """One value of a figure, with its unit."""
    if isinstance(value, Treatment):
        return treatment_text(value)
    if figure.unit == "yuan":
        return yuan(value)
    if figure.unit == "word":
        text = str(value)
        return FILING_WORDS.get(text) or _VALUE_WORDS.get(text, text)
    assert isinstance(value, Decimal)
    if figure.unit in COUNT_WORDS:
        return COUNT_WORDS[figure.unit].format(value)
    if {"reduce_points", "add_points"} & set(figure.reference.split(".")):
        return points_text(value)
    return percent_text(value)


_BLANK = re.compile(r" (?<=[元）点月天年岁次] )(?=[\u4e00-\u9fff])")
"""The blank comes first: it is looked for, and only then what stands around it."""


def tidy(text: str) -> str:
    """No blank between 元, another unit or a bracket and the next Chinese word."""
    return _BLANK.sub("", text)


def figure_text(figure: Figure) -> str:
    """A figure as it is known: one value, a range, or both sides of a dispute."""
    values = [value_text(figure, value) for value in figure.values]
    if figure.kind == "range":
        return f"{values[0]}到 {values[1]}" if values[0].endswith(("元", "点")) else f"{values[0]} 到 {values[1]}"
    return " 或 ".join(values)


def points_text(ratio: Decimal) -> str:
    """「20 个百分点」."""
    return f"{percent_text(ratio)[:-1]} 个百分点"


def treatment_text(treatment: Treatment) -> str:
    """An out-of-area rule in words, as far as it has one figure."""
    texts: list[str] = []
    for table, words in (
        (treatment.reduce_points, "降低 {}"),
        (treatment.multiply, "按原比例的 {} 支付"),
        (treatment.first_pay, "先自付 {}，剩下的再按比例报"),
        (treatment.ratio, "按 {} 支付"),
        (treatment.deductible_multiple, "起付线按 {} 计算"),
    ):
        if table is not None:
            texts.append(words.format(_one_figure(table)))
    if treatment.deductible is not None:
        texts.append("另有起付线")
    if treatment.brackets is not None:
        texts.append("另有分段比例")
    if treatment.pays_nothing is not None:
        texts.append("不予支付")
    if treatment.same_as is not None:
        texts.append(f"按“{FILING_WORDS[str(treatment.same_as.values[0])]}”处理")
    return "，".join(texts)


def _one_figure(table: Table[Figure]) -> str:
    return "分情况的数" if isinstance(table, Branch) else figure_text(table)


def choice_text(area: PoolingArea, choice: Choice) -> str:
    """An assumption in words: 「假设医院等级是“三级”」."""
    if choice.figure is not None:
        said = value_text(choice.figure, choice.value)
        side = next((s for s in choice.figure.sides if s.value == choice.value), None)
        by = f"（{side.note}）" if side and side.note not in ("", said) else ""
        name = figure_name(area, choice.figure)
        return tidy(f"{name}，{said}{by}" if choice.figure.unit in ("rule", "word") else f"{name}，按 {said} 计算{by}")
    value = choice.value
    if choice.key.startswith("events."):
        number, key = choice.key.removeprefix("events.").split(".", 1)
        said = choice_text(area, choice._replace(key=key))
        return f"第 {int(number) + 1} 次{'' if said.startswith('是') else '的'}{said}"
    if isinstance(value, Decimal) and choice.key.startswith("rate_"):
        return f"{choice.label}是 {percent_text(value)}"
    if isinstance(value, Decimal) and choice.key.startswith("numbers."):
        unit = area.numbers[choice.key.removeprefix("numbers.")][1]
        return f"{choice.label}是 {value:f} {unit}"
    if isinstance(value, Decimal):
        return f"{choice.label}是 {yuan(value)}"
    if isinstance(value, int):
        return f"是本年度第 {value} 次住院"
    words = area.words(choice.key) if choice.key in area.dimensions else {}
    return f"{choice.label}是“{words.get(str(value), value)}”"


_IN_MONTHS = ("wait", "missing_months")
"""Amounts of an estimate that are months."""


def _months(number: object) -> str:
    assert isinstance(number, Decimal)
    return f"{round_amount(number).normalize():f} 个月"


def question_text(area: PoolingArea, question: Question) -> str:
    """What finding out one thing does to the range: 「先弄清“医院等级”，范围能缩小 3,850 元。」"""
    name = question_name(area, question)
    amount = _months if question.by in _IN_MONTHS else yuan
    at_least, on_average, at_most = question.removes
    if not at_most:
        return f"只弄清“{name}”，范围不会变小。"
    if at_least == question.width:
        return f"先弄清“{name}”，就能算出准数，范围缩小 {amount(at_least)}。"
    if at_least == at_most:
        return f"先弄清“{name}”，范围能缩小 {amount(at_least)}。"
    least = f"至少缩小 {amount(at_least)}，" if at_least else ""
    return f"先弄清“{name}”，范围{least}平均缩小 {amount(on_average)}，最多缩小 {amount(at_most)}。"


def question_name(area: PoolingArea, question: Question) -> str:
    """What is uncertain, for readers."""
    return question.label if question.figure is None else figure_name(area, question.figure)


def interval_text(low: Yuan, high: Yuan) -> str:
    """「28,875 元」 or 「25,025 元到 28,875 元之间」, to the fen."""
    low, high = round_amount(low), round_amount(high)
    least = f"{amount_words(low)} 元"
    return least if low == high else f"{least}到 {amount_words(high)} 元之间"


def interval_words(low: Yuan, high: Yuan) -> str:
    """A count or a range of counts: 「4」 or 「4 到 5」."""
    texts = [f"{value.normalize():f}" for value in (low, high)]
    return texts[0] if low == high else " 到 ".join(texts)


def months_words(months: int) -> str:
    """「22 年 3 个月」.

    >>> months_words(267), months_words(24), months_words(0)
    ('22 年 3 个月', '2 年', '0 个月')
    """
    years, rest = divmod(months, 12)
    return " ".join(
        text for text in (f"{years} 年" if years else "", f"{rest} 个月" if rest or not years else "") if text
    )


def not_covered_text(reason: Exception) -> str:
    """What a reader is told where the policy is silent, and whom to ask."""
    return f"{reason}可以打 12393，或向参保地医保局询问。"


def end_titles(result: Estimate) -> tuple[str, str]:
    """What the two ends of an interval are called; only a settlement has a fund that pays."""
    if "fund" in result.amounts:
        return "医保付得最少的情形", "医保付得最多的情形"
    return "得数最小的情形", "得数最大的情形"


_DIRECT = "在联网的定点医院拿医保码或社保卡，可以直接结算，您只付自己的那部分。"
_BY_HAND = "一般要自己先付清，再回参保地手工报销。"


def path_notices(care: str, filing: str) -> tuple[str, ...]:
    """How a bill away from home is settled: directly or by hand (R-32, R-34, R-41; 医保发〔2022〕22号)."""
    if filing in ("", "local", "unknown", "home_while_filed"):
        return ()
    how = f"没有备案，{_BY_HAND}" if filing == "unfiled" else _DIRECT
    if filing == "emergency":
        how = f"急诊抢救视同已备案，{_DIRECT}没能直接结算的，{_BY_HAND}"
    chronic = "慢特病要先在参保地认定，去的医院也要开通了这个病种的直接结算。"
    return (how, chronic) if care == "chronic" else (how,)


def less_text(less: Interval) -> str:
    """「少付 7,700 元」, 「多付 500 元」 or, when it can be either, both."""
    if less.low < ZERO < less.high:
        return f"可能多付 {yuan(-less.low)}，也可能少付 {yuan(less.high)}"
    if less.high <= ZERO and less.low < ZERO:
        return f"多付 {interval_text(-less.high, -less.low)}"
    return f"少付 {interval_text(*less)}"


def bare_interval(low: Yuan, high: Yuan) -> str:
    """An amount or a range without its unit, for a column that names it: 「25,025 到 28,875」."""
    texts = [amount_words(round_amount(amount)) for amount in (low, high)]
    return texts[0] if low == high else f"{texts[0]} 到 {texts[1]}"


def bare_less(less: Interval) -> str:
    """The same as ``less_text``, short enough for a column: 「少 3,850 到 7,700」."""
    if less.low == less.high == ZERO:
        return "一样多"
    if less.low < ZERO < less.high:
        return f"多 {bare_interval(-less.low, -less.low)} 到少 {bare_interval(less.high, less.high)}"
    if less.high <= ZERO:
        return f"多 {bare_interval(-less.high, -less.low)}"
    return f"少 {bare_interval(*less)}"
