"""How the pages put policy into words: labels of fields, options, units, dates. No layout, no links."""

from datetime import date
from decimal import Decimal

from calculator.explain import COUNT_WORDS
from calculator.model import CARE_WORDS, FILING_WORDS, Figure
from calculator.money import amount_words, percent_text
from calculator.programs import PROGRAM_WORDS

FIELD_WORDS = {
    "later": "起付线",
    "down": "降低",
    "not_below": "最低",
    "annual_cap": "合计最多",
    "account": "个人账户可以付什么",
    "account_rate": "划入个人账户",
    "additions": "哪些情形增加天数",
    "amounts": "可以选的缴费基数",
    "assistance": "资助参保",
    "average_pension": "平均养老金",
    "back_pay": "一次性补缴",
    "ceiling_share": "上限是平均工资的",
    "count": "哪些自付算进来",
    "counted_years": "断缴的哪些年要加",
    "at_least": "修复后至少等",
    "coverage_year": "缴的是哪一年的医保",
    "credit_rate": "划入比例（按缴费基数）",
    "daily_limit": "每天限额",
    "days": "天数",
    "declared": "自己申报基数",
    "deductions": "从划入额里扣的",
    "deemed": "视同缴费年限",
    "delivery": "分娩定额",
    "each": "按个数加",
    "effect": "补缴以后",
    "employer": "单位",
    "fixed": "每月定额划入",
    "fixed_wait": "固定等待期",
    "flexible": "灵活就业人员",
    "floor_share": "下限是平均工资的",
    "from_missed": "断缴满几年",
    "gaps": "中断多久等多久",
    "hourly_price": "每小时按多少算",
    "hours_per_month": "每月最多几小时",
    "incentive_loss": "奖励额度减少",
    "income": "居民人均可支配收入",
    "index": "平均工资",
    "insurances": "各种保险",
    "late": "过了期限",
    "limit_of": "限额限制什么",
    "local_years": "本地实际缴费年限",
    "month_days": "月工资除以几天",
    "monthly_limit": "每月限额",
    "months": "几个月",
    "multiple": "收入的几倍",
    "name": "名称",
    "newborn": "新生儿",
    "notice_year": "哪一年的通知",
    "own_pension_rate": "划入比例（按本人养老金）",
    "pension_rate": "划入比例（按平均养老金）",
    "per_missed_year": "每断缴一年加",
    "per_repaid_year": "每补缴一年减",
    "person": "个人",
    "prenatal": "产前检查定额",
    "resets": "什么要从头算",
    "round_to": "基数取整",
    "services": "各种服务",
    "share": "平均工资的几成",
    "shares": "可以选的档次",
    "split": "各付多少",
    "stops": "待遇什么时候停",
    "tiers": "基数档次",
    "up_to": "中断不超过",
    "wait": "等待",
    "years": "一共要缴满",
    "amount": "金额",
    "apply": "分段怎么用",
    "at": "取整",
    "away": "异地就医",
    "axis": "按什么分段",
    "base": "按什么算",
    "brackets": "分段报销比例",
    "cap": "封顶线",
    "cases": "各种情形怎么算",
    "ceiling": "缴费基数上限",
    "clamp": "比例的上下限",
    "contribution_base": "缴费基数",
    "count_from": "分段从哪里数起",
    "date_by": "按哪一天的标准",
    "deductible": "起付线",
    "deductible_multiple": "起付线是参保地的",
    "first_pay": "个人先付",
    "first_pay_when": "先付部分何时扣",
    "floor": "缴费基数下限",
    "guarantee": "保底",
    "layers": "适用的保障层",
    "maximum": "比例最高",
    "minimum": "比例最低",
    "mode": "尾数",
    "multiply": "报销比例是",
    "parts": "各方缴多少",
    "payer": "谁来缴",
    "pays_nothing": "",
    "per": "怎么累计",
    "rate": "费率",
    "ratio": "报销比例",
    "reduce_points": "报销比例降低",
    "rounding": "取整",
    "same_as": "视同",
    "unit": "单位",
}
"""Field of the model → what readers see before its value."""

OPTION_WORDS: dict[str, dict[str, str]] = {
    "counted_years": {"all": "断缴的每一年都加", "all_but_first": "第一年不加，从第二年起加"},
    "effect": {"retroactive": "中断期间的待遇可以追溯", "none": "中断期间的待遇不追溯"},
    "stops": {"next_month": "断缴的下个月起停", "next_year": "断缴的下一年起停"},
    "late": {"registration": "从登记那天起享受", "waiting": "登记后再等固定等待期"},
    "deemed": {"counted": "算", "not_counted": "不算"},
    "resets": {"continuity": "连续参保年限从头算", "incentive": "奖励额度"},
    "limit_of": {"fund_payment": "限制支付的钱", "eligible_expense": "限制计入的费用"},
    "axis": {"stay": "一次住院的费用", "year": "一年累计的费用"},
    "payer": {"employer": "单位", "person": "个人", "government": "财政"},
    "at": {"end": "算到最后取整一次", "layer": "每一层取整一次", "segment": "每一段取整一次"},
    "unit": {
        "fen": "到分",
        "jiao": "到角",
        "yuan": "到元",
        "ten": "到十元",
        "hundred": "到百元",
        "thousand": "到千元",
        "wan": "到万元",
    },
    "mode": {"half_up": "四舍五入", "down": "舍去零头", "up": "有零头就进一"},
    "count_from": {"zero": "从 0 元数起，起付线算在第一段里", "deductible": "从起付线以上数起"},
    "apply": {"marginal": "每一段按各自的比例，再加起来", "whole": "整笔费用都按到达的那一段算"},
    "pays": {"nothing": "医保不支付"},
    "pays_nothing": {"nothing": "医保不支付"},
    "same_as": FILING_WORDS,
    "date_by": {"discharge": "出院那天", "admission": "入院那天", "settlement": "结算那天"},
    "first_pay_when": {"before_deductible": "减起付线之前扣", "after_deductible": "减起付线之后扣"},
    "base": {
        "eligible": "政策范围内费用",
        "excess": "上一层封顶线以上的费用",
        "own": "前面几层算完以后个人负担的合计",
    },
    "deductible_per": {
        "admission": "每次住院各算一次",
        "visit": "每次就诊各算一次",
        "day": "一天累计算一次",
        "month": "一个月累计算一次",
        "quarter": "一个季度累计算一次",
        "year": "一年累计算一次",
    },
    "carry": {
        "all": "在所有医院付过的都算",
        "same_level": "只算在同级医院付过的",
        "from_lower": "只算在本级和更低级医院付过的",
        "from_higher": "只算在本级和更高级医院付过的",
    },
    "transfer": {"full": "另付一道起付线", "top_up": "只补差额", "nothing": "不再付起付线"},
    "deductible_change": {"multiply": "起付线是", "subtract": "起付线降低", "set": "起付线换成"},
    "ratio_change": {
        "add_points": "报销比例提高",
        "reduce_points": "报销比例降低",
        "multiply": "报销比例是",
        "own_share": "自己付的部分是",
        "set": "报销比例换成",
    },
    "items_share": {
        "ordinary_first": "先排普通费用，再依次排这些项目",
        "proportional": "每一段里按费用的份额分摊",
    },
    "take": {"deductible": "起付线", "ratio": "报销比例", "cap": "封顶线"},
    "again": {"same": "每一段付一样的", "next": "每一段算再住一次院"},
    "cap_of": {
        "fund_payment": "限制基金支付的钱",
        "eligible_expense": "限制政策范围内费用",
        "fund_and_share": "限制基金支付加按比例自付的钱",
    },
    "cap": {"none": "不封顶"},
    "cap_per": {
        "year": "一年累计",
        "quarter": "一个季度累计",
        "month": "一个月累计",
        "day": "一天累计",
        "admission": "每次就医",
        "visit": "每次就诊",
    },
    "own": {
        "deductible": "起付线",
        "share": "按比例自付的部分",
        "over_cap": "超过封顶线的部分",
        "first_pay": "乙类先自付的部分",
        "away_first_pay": "异地就医先付的部分",
        "self_funded": "全自费的部分",
        "self_funded_compliant": "全自费里合规的部分",
        "over_limit": "超过限价的部分",
    },
}
"""Field of the model → its options in words."""

CARE_TITLES = {**CARE_WORDS, "contribution": "缴费", **PROGRAM_WORDS}

ASK = (
    "我要去的医院算几级，这次住院的起付线是多少？",
    "我这种情况，各段费用报销百分之几，一年最多报多少？",
    "去外地看病要不要先备案，怎么备案，不备案少报多少？",
    "这个标准从哪天起执行，今年有没有调整？",
)
"""What to ask on the phone: better than 「以实际为准」."""

STATUS_TEXT = {
    "official": "医保部门或政府的文件里写着。",
    "secondary": "只见于媒体、网站等转述，还没有找到原文件。可以参考，用之前请打电话核对。",
    "disputed": "几份材料说法不同，或者同一句话有两种读法。两种都列出来，计算结果给出一个范围。",
    "illustrative": "虚构的数字，只用来演示规则怎么算，不是任何真实地方的标准。",
}


def option_words(field: str, option: str) -> str:
    """An option in words; an unknown one as it is, so that a new structure shows up before it has words."""
    return OPTION_WORDS.get(field, {}).get(option, option)


def field_words(field: str) -> str:
    """A field in words; an unknown one as it is."""
    return FIELD_WORDS.get(field, field)


def date_words(day: date) -> str:
    """A date as people write it.

    >>> date_words(date(2026, 3, 1))
    '2026 年 3 月 1 日'
    """
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def period_words(since: date, until: date | None) -> str:
    """From when to when, both days included."""
    start = date_words(since)
    return f"{start}起执行" if until is None else f"{start}至 {date_words(until)}"


def yuan_words(amount: Decimal) -> str:
    """An amount as a notice prints it: round ones in 万元.

    >>> yuan_words(Decimal(30000)), yuan_words(Decimal(1300)), yuan_words(Decimal("364.72"))
    ('3 万元', '1,300 元', '364.72 元')
    """
    if amount >= 10_000 and amount % 1_000 == 0:
        return (
            f"{amount / 10_000:f}".rstrip("0").rstrip(".") + " 万元"
            if amount % 10_000
            else f"{amount // 10_000:f} 万元"
        )
    return f"{amount_words(amount)} 元"


_POINTS = ("reduce_points", "add_points")
_SHARES = {
    "multiply": "原比例的 {}",
    "scale": "原来的 {}",
    "own_share": "原来的 {}",
    "later": "第一次的 {}",
    "down": "第一次的 {}",
    "not_below": "第一次的 {}",
    "tiers": "平均工资的 {}",
    "shares": "平均工资的 {}",
    "rate": "{}",
}
"""What a percentage is of, by its field."""


def value_words(field: str, unit: str, value: object) -> str:
    """One value of a figure, in its unit and as its field is spoken of."""
    if unit in COUNT_WORDS:
        return COUNT_WORDS[unit].format(value)
    if isinstance(value, Decimal):
        if unit == "yuan":
            return yuan_words(value)
        if unit == "multiple" and field not in _SHARES:
            return f"{value.normalize():f} 倍"
        text = percent_text(value)
        return f"{text[:-1]} 个百分点" if field in _POINTS else _SHARES.get(field, "{}").format(text)
    return option_words(field, str(value))


def figure_words(field: str, figure: Figure) -> str:
    """A whole figure: exact, a range, or the sides of a dispute."""
    values = [value_words(field, figure.unit, value) for value in figure.values]
    if figure.unit == "rule":
        return f"{len(values)} 种说法"
    if figure.kind == "range":
        return " 至 ".join(values)
    return " 或 ".join(values)


def machine_value(figure: Figure) -> str:
    """An exact amount or ratio as a plain number, for ``<data value>``; empty for the rest."""
    value = figure.values[0]
    return f"{value.normalize():f}" if figure.kind == "exact" and isinstance(value, Decimal) else ""
