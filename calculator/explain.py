"""Steps, figures, assumptions and results → plain Chinese. The only module with sentences for readers of an estimate.

A sentence says the rule first, then the sum. 「您」, active verbs, no officialese; amounts grouped, to the fen only where
they have fen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from calculator.answer import Amount, Part
from calculator.completions import Choice
from calculator.estimate import Interval
from calculator.ledger import Step
from calculator.model import (
    CARE_WORDS,
    FILING_WORDS,
    SCHEME_WORDS,
    Figure,
    PoolingArea,
    Table,
    Treatment,
    Branch,
)
from calculator.money import ZERO, Yuan, amount_words, percent_text, round_amount

STATUS_WHY = {
    "official": "用到的数字都来自官方文件。",
    "secondary": "用到的数字里，有的只见于文章转述，还没有对照官方文件。",
    "disputed": "用到的数字里，有的说法不一，请向参保地医保局核对。",
    "illustrative": "这是虚构地区的示例，只用来说明怎么算。",
}

_KEY_WORDS = {
    "deductible": "起付线",
    "deductible_multiple": "起付线倍数",
    "ratio": "支付比例",
    "rows": "分段支付比例",
    "count_from": "分段从哪里算起",
    "apply": "分段怎么用",
    "cap": "封顶线",
    "min": "比例下限",
    "max": "比例上限",
    "same_as": "视同",
    "pays": "是否支付",
    "reduce_points": "降低的百分点",
    "multiply": "打折比例",
    "first_pay": "先自付比例",
    "guarantee": "保底比例",
    "floor": "缴费基数下限",
    "ceiling": "缴费基数上限",
    "account": "划入个人账户",
    "rate": "缴费比例",
}
_VALUE_WORDS = {
    "zero": "分段金额包含起付线",
    "deductible": "从起付线以上开始分段",
    "marginal": "分段计算，各段用各段的比例",
    "whole": "全额按达到的那一段的比例",
    "nothing": "不予支付",
}
_OF_WORDS = {
    "fund_payment": "基金支付的金额",
    "eligible_expense": "医保范围内的费用",
    "fund_and_share": "起付线以上的费用",
}
PART_WORDS = {
    "self_funded": "全自费",
    "over_limit": "超过限价",
    "first_pay": "先自付",
    "away_first_pay": "异地先自付",
    "deductible": "起付线",
    "share": "按比例自付",
    "over_cap": "封顶线以上",
}


def yuan(amount: object) -> str:
    """「1,300 元」; what has less than a fen is shown rounded.

    >>> yuan(Decimal("136963.3305"))
    '136,963.33 元'
    """
    assert isinstance(amount, Decimal)
    return f"{amount_words(round_amount(amount))} 元"


def figure_name(area: PoolingArea, figure: Figure) -> str:
    """What a figure is, for readers: 「职工医保住院，统筹基金，三级，在职：起付线（第 2 次）」."""
    scheme, care, field = figure.reference.split("/", 2)
    head = SCHEME_WORDS.get(scheme, scheme) + CARE_WORDS.get(care, "缴费")
    words = {name: text for d in ("level", "group", "filing", "distance") for name, text in area.words(d).items()}
    names = _part_names(area)
    what, where, order = "", [], ""
    for part in field.replace("]", "").replace("[", ".#").split("."):
        if part.startswith("#"):
            order = part[1:]
        elif part in words:
            where.append(words[part])
        elif part in _KEY_WORDS:
            what = _KEY_WORDS[part]
        elif (scheme, care, part) in names:
            where.append(names[scheme, care, part])
    if figure.unit == "rule":
        what = "怎么算"
    if order and what.endswith("起付线"):
        what += f"（第 {int(order) + 1} 次）"
    return "，".join([head, *where]) + (f"：{what}" if what else "")


def _part_names(area: PoolingArea) -> dict[tuple[str, str, str], str]:
    """Names of layers and contribution parts, by scheme, care and id."""
    names: dict[tuple[str, str, str], str] = {}
    for benefit in area.benefits:
        for edition in benefit.editions:
            names |= {(benefit.scheme, benefit.care, layer.id): layer.name for layer in edition.layers}
    for contribution in area.contributions:
        for paid in contribution.editions:
            names |= {(contribution.scheme, "contribution", part.id): part.name for part in paid.parts}
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
    if figure.reference.rsplit(".", 1)[-1] == "reduce_points" or ".reduce_points." in figure.reference:
        return _points(value)
    return percent_text(value)


def figure_text(figure: Figure) -> str:
    """A figure as it is known: one value, a range, or both sides of a dispute."""
    values = [value_text(figure, value) for value in figure.values]
    if figure.kind == "range":
        return f"{values[0]}到 {values[1]}" if values[0].endswith(("元", "点")) else f"{values[0]} 到 {values[1]}"
    return " 或 ".join(values)


def _points(ratio: Decimal) -> str:
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
        by = f"（{side.note}）" if side and side.note else ""
        return f"{figure_name(area, choice.figure)}，按{said}{by}"
    value = choice.value
    if isinstance(value, Decimal):
        return f"{choice.label}是 {yuan(value)}"
    if isinstance(value, int):
        return f"是本年度第 {value} 次住院"
    words = area.words(choice.key) if choice.key in ("level", "group", "filing", "distance") else {}
    return f"{choice.label}是“{words.get(str(value), value)}”"


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
    if amount < d["line"]:
        return "减：起付线", f"起付线是 {yuan(d['line'])}，这里只有 {yuan(d['available'])}，没有超过，{d['layer']}不支付。"
    if not amount:
        return "减：起付线", "这次不设起付线。"
    return "减：起付线", f"起付线 {yuan(amount)} 由您自己付，超过的部分{d['layer']}才开始支付。"


def _deductible_year(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
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
    if d["low"]:
        where = f"{yuan(d['low'])}到 {yuan(d['high'])} 之间的 {yuan(part)}"
    else:
        where = f"{yuan(part)}"
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
    return "封顶线", f"{d['layer']}{per}的封顶线是 {yuan(amount)}（{_OF_WORDS[d['of']]}）{used}，没有超过。"


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
    return "个人账户支付", f"个人账户有 {yuan(d['balance'])}，这次可以用来付的是 {yuan(d['allowed'])}，付 {yuan(amount)}。"


def _base(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if d["wage"] < d["floor"]:
        why = f"工资 {yuan(d['wage'])} 低于下限，按下限 {yuan(d['floor'])} 计算"
    elif d["wage"] > d["ceiling"]:
        why = f"工资 {yuan(d['wage'])} 高于上限，按上限 {yuan(d['ceiling'])} 计算"
    else:
        why = f"工资在下限 {yuan(d['floor'])}和上限 {yuan(d['ceiling'])} 之间，就按工资 {yuan(amount)} 计算"
    return "缴费基数", f"{why}。"


def _part_rate(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    return d["name"], f"每月 {yuan(d['base'])} × {percent_text(d['ratio'])} = {yuan(amount)}。"


def _part_amount(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    per = "每年" if d["per"] == "year" else "每月"
    if d["members"] > 1:
        return d["name"], f"{per}每人 {yuan(d['each'])}，{d['members']} 人共 {yuan(amount)}。"
    return d["name"], f"{per}{yuan(amount)}。"


_SENTENCES: Mapping[str, Sentence] = {
    "cost.total": lambda d, a: ("总费用", f"总费用 {yuan(a)}。"),
    "cost.self_funded": lambda d, a: ("减：全自费", f"目录外的 {yuan(a)} 不归医保管，由您自己付。"),
    "cost.over_limit": lambda d, a: ("减：超过限价", f"超过限价的 {yuan(a)} 由您自己付。"),
    "cost.first_pay": _cost_first_pay,
    "cost.eligible": _eligible,
    "away.case": lambda d, a: ("就医情形", f"按“{FILING_WORDS[d['filing']]}”计算。"),
    "away.same_as": lambda d, a: (
        "就医情形", f"“{FILING_WORDS[d['filing']]}”和“{FILING_WORDS[d['target']]}”一样算。"),
    "away.local": lambda d, a: ("就医情形", "按在参保地看病的标准计算。"),
    "away.first_pay": lambda d, a: (
        "减：异地先自付", f"这种情形要先自付 {percent_text(d['ratio'])}：{yuan(d['of'])} × {percent_text(d['ratio'])} = {yuan(a)}。"),
    "away.reduce_points": lambda d, a: ("异地降低比例", f"这种情形，支付比例降低 {_points(d['points'])}。"),
    "away.multiply": lambda d, a: ("异地降低比例", f"这种情形，按原来比例的 {percent_text(d['factor'])} 支付。"),
    "away.pays_nothing": lambda d, a: (f"{d['layer']}支付", f"这种情形，{d['layer']}不予支付。"),
    "deductible.multiple": lambda d, a: (
        "起付线加倍", f"这种情形，起付线 {yuan(d['line'])} 按 {percent_text(d['multiple'])} 计算，是 {yuan(a)}。"),
    "deductible.admission": _deductible_admission,
    "deductible.year": _deductible_year,
    "deductible.given": lambda d, a: ("减：起付线", f"起付线本站没有收录，按您填的 {yuan(d['line'])} 计算，这次付 {yuan(a)}。"),
    "share.segment": _segment,
    "share.nothing_left": lambda d, a: (f"{d['layer']}支付", f"没有超过起付线的费用，{d['layer']}不支付。"),
    "cap.reached": _cap_reached,
    "cap.within": _cap_within,
    "layer.total": lambda d, a: (f"{d['layer']}共支付", f"{d['layer']}一共支付 {yuan(a)}。"),
    "layer.no_excess": lambda d, a: (f"{d['layer']}支付", f"上一层没有到封顶线，用不到{d['layer']}。"),
    "layer.excess": lambda d, a: ("上一层封顶线以上", f"封顶线以上还有 {yuan(a)}，由{d['layer']}接着算。"),
    "layer.own": _own,
    "guarantee": _guarantee,
    "rounding": lambda d, a: ("取整", f"金额取到分，是 {yuan(a)}。"),
    "account": _account,
    "assume.local": lambda d, a: ("假设", "没有说在哪里看病，按在参保地看病计算。"),
    "assume.first_admission": lambda d, a: ("假设", "没有说是第几次住院，按本年度第一次计算。"),
    "assume.year_to_date": lambda d, a: ("假设", f"没有说今年{d['layer']}已经用了多少，按还没有用过计算。"),
    "assume.cap": lambda d, a: ("假设", f"本站没有查到{d['layer']}的封顶线，按没有超过计算；费用很高时，实际可能少报。"),
    "contribution.base": _base,
    "contribution.rate": _part_rate,
    "contribution.amount": _part_amount,
    "contribution.account": lambda d, a: (
        "划入个人账户", f"每月 {yuan(d['base'])} × {percent_text(d['ratio'])} = {yuan(a)}，是您自己的钱。"),
    "contribution.no_account": lambda d, a: ("划入个人账户", "划入个人账户的标准本站没有收录。"),
    "contribution.year": lambda d, a: ("一年合计", f"一年 12 个月，您自己缴 {yuan(d['person'])}，单位缴 {yuan(d['employer'])}。"),
    "contribution.people": lambda d, a: (
        "合计", f"{d['members']} 人一年个人缴费 {yuan(d['person'])}，财政补助 {yuan(d['government'])}，筹资总额 {yuan(a)}。"),
    "transfer.years": lambda d, a: ("缴费年限", f"转入前 {d['before']} 年，加上转入后 {d['after']} 年，一共 {d['total']} 年。"),
    "transfer.balance": lambda d, a: ("个人账户余额", f"个人账户余额 {yuan(a)} 跟着转到新参保地。"),
    "result": lambda d, a: (
        "合计", f"医保支付 {yuan(a)}，" + (f"个人账户付 {yuan(d['account'])}，" if d["account"] else "")
        + f"您自己付 {yuan(d['person'])}，加起来等于总费用 {yuan(d['total'])}。"),
}  # fmt: skip

RULES = tuple(_SENTENCES)
"""Every rule a step may carry; a step without a sentence is a bug that the tests find."""


def label_and_text(step: Step) -> tuple[str, str]:
    """A step's short label for the slip and its full sentence."""
    label, text = _SENTENCES[step.rule](step.data, step.amount if step.amount is not None else ZERO)
    return label, _tidy(text)


def _tidy(text: str) -> str:
    """No blank between 元 or a bracket and the next Chinese word."""
    return re.sub(r"(?<=[元）点]) (?=[\u4e00-\u9fff])", "", text)


def interval_text(low: Yuan, high: Yuan) -> str:
    """「28,875 元」 or 「25,025 元到 28,875 元之间」."""
    return yuan(low) if low == high else f"{yuan(low)}到 {yuan(high)}之间"


def not_covered_text(reason: Exception) -> str:
    """What a reader is told where the policy is silent, and whom to ask."""
    return f"{reason}可以打 12393，或向参保地医保局询问。"


_CARE_EVENT = {"inpatient": "这次住院", "outpatient": "这次门诊", "chronic": "这次慢特病门诊"}


def amounts_headline(care: str, total: Yuan, amounts: Sequence[Amount]) -> str:
    """The answer first: 「这次住院 50,000 元，医保付 38,400 元，您自己付 11,600 元。」"""
    by_name = {amount.name: amount.interval for amount in amounts}
    fund, person = by_name["fund"], by_name["person"]
    about = "" if fund.exact else "大约"
    account = f"，个人账户付 {interval_text(*by_name['account'])}" if "account" in by_name else ""
    return (
        f"{_CARE_EVENT[care]} {yuan(total)}，医保{about}付 {interval_text(*fund)}{account}，"
        f"您自己{about}付 {interval_text(*person)}。"
    )


def comparison_headline(parts: Sequence[Part]) -> str:
    """The widest gap between two filings, in yuan: 「没备案比已办转诊备案，医保少付 7,700 元。」"""
    fund = {part.label: part.estimate.amounts["fund"] for part in parts}
    best = max(fund, key=lambda label: fund[label].high)
    worst = min(fund, key=lambda label: fund[label].low)
    if fund[best] == fund[worst]:
        return f"这几种情形，医保付的一样多，都是 {interval_text(*fund[best])}。"
    least, most = fund[best].low - fund[worst].high, fund[best].high - fund[worst].low
    gap = interval_text(max(least, ZERO), most)
    return f"“{worst}”比“{best}”，医保少付 {gap}。"


def contribution_headline(scheme: str, members: int, amounts: Mapping[str, Interval]) -> str:
    """What is paid, by whom, in one sentence."""
    person = amounts.get("person", Interval(ZERO, ZERO))
    if scheme == "resident":
        who = f"{members} 个人" if members > 1 else "一个人"
        government = amounts.get("government")
        subsidy = f"，财政补助 {interval_text(*government)}" if government else ""
        return f"{who}一年自己缴 {interval_text(*person)}{subsidy}。"
    employer = amounts.get("employer", Interval(ZERO, ZERO))
    account = amounts.get("account")
    credit = f"，划进您的个人账户 {interval_text(*account)}" if account else ""
    return f"您每月缴 {interval_text(*person)}，单位每月缴 {interval_text(*employer)}{credit}。"


def transfer_headline(years: int, balance: Yuan) -> str:
    """What moves."""
    return f"缴费年限接着算，一共 {years} 年；个人账户余额 {yuan(balance)} 一起转走。"
