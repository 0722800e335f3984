"""结算单对账: what may have been otherwise, and what the sheet and the rules say, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from calculator.answer import Explanation
from calculator.estimate import Interval
from calculator.explain import interval_text, tidy, yuan
from calculator.model import DISTANCE_WORDS, FILING_WORDS, SCHEME_WORDS, PoolingArea
from calculator.money import FEN, ZERO, Yuan, number, round_amount
from calculator.reconcile.search import Change

ALIKE = FEN * 5
"""Amounts that differ by no more read as one."""

_PAID_WORDS = {"fund": "医保付", "person": "您自己付", "account": "个人账户付"}
_AMOUNT_WORDS = {
    "account": "个人账户付了",
    "bill.self_funded": "全自费的部分是",
    "bill.first_pay": "先自付的部分是",
    "bill.over_limit": "超过限价的部分是",
    "deductible": "{layer}的起付线，今年以前已经付过",
    "paid": "今年这次以前，{layer}已经付了",
    "counted": "今年这次以前，{layer}已经计入的费用有",
    "given": "{layer}的起付线是",
}


def change_text(area: PoolingArea, change: Change, layers: Mapping[str, str]) -> str:
    """「医院等级按“二级”」, 「全自费的部分是 2,000 元」."""
    if isinstance(change.low, type(ZERO)) and change.high is not None:
        return tidy(_amount_text(change, layers))
    word = str(change.value)
    if change.kind == "account":
        return tidy(f"个人账户付了 {yuan(change.value)}")
    if change.kind.startswith("deductible."):
        return f"这次没有扣{layers.get('layer:' + change.kind.removeprefix('deductible.'), '')}的起付线"
    if change.kind.startswith("traits."):
        trait = area.traits[change.kind.removeprefix("traits.")]
        return f"{trait.name}按“{trait.words[word]}”"
    return {
        "level": f"医院等级按“{area.levels.get(word, word)}”",
        "filing": f"按“{FILING_WORDS.get(word, word)}”",
        "admission": f"按今年第 {word} 次住院",
        "date": f"按 {word} 起的那一版标准",
        "group": f"人员类别按“{area.words('group').get(word, word)}”",
        "distance": f"按在{DISTANCE_WORDS.get(word, word)}看病",
        "scheme": f"按{SCHEME_WORDS.get(word, word)}",
    }[change.kind]


def _amount_text(change: Change, layers: Mapping[str, str]) -> str:
    kind, *rest = change.kind.split(".")
    words = _AMOUNT_WORDS.get(change.kind) or _AMOUNT_WORDS["given" if kind == "given" else rest[-1]]
    layer = layers.get(f"layer:{rest[-1] if kind == 'given' else rest[0]}", "") if rest else ""
    low, high = number(change.low), number(change.high)
    amount = yuan(change.value) if high - low <= ALIKE else f"{yuan(low)}到 {yuan(high)}之间的任何数"
    return f"{words.format(layer=layer)} {amount}"


def claim_text(amounts: Mapping[str, Yuan], layers: Mapping[str, str]) -> str:
    """「医保付 30,000 元」: what the sheet says."""
    texts = [
        f"{_PAID_WORDS.get(name) or layers.get(name, name) + '付'} {yuan(amount)}" for name, amount in amounts.items()
    ]
    return "，".join(texts)


def agreement_headline(claim: str, off: Yuan) -> str:
    """The sheet says what the rules give."""
    about = "" if off <= FEN else f"，只差 {yuan(off)}"
    return tidy(f"和本站算的一样{about}：{claim}。")


def explained_headline(claim: str, stated: str, explanations: Sequence[Explanation]) -> str:
    """What does not agree, and the likeliest explanation."""
    several = f"一共找到 {len(explanations)} 种对得上的解释，最可能的是" if len(explanations) > 1 else "对得上的解释是"
    return tidy(f"结算单上{claim}。{stated}{several}：{explanations[0].text}。")


def unexplained_headline(claim: str, stated: str) -> str:
    """Nothing fits."""
    return tidy(f"解释不了：结算单上{claim}。{stated}换一种情形、换一个金额，试过的都对不上。")


def stated_text(name: str, interval: Interval | None, paid: Yuan, layers: Mapping[str, str]) -> str:
    """What the rules give for the case as stated, and the difference where there is one amount."""
    if interval is None:
        return "按您填的情形，本站算不出来。"
    words = _PAID_WORDS.get(name) or layers.get(name, name) + "付"
    low, high = (round_amount(end) for end in interval)
    apart = f"，差 {yuan(abs(low - paid))}" if low == high and low != paid else ""
    return f"按您填的情形，应是{words} {interval_text(low, high)}{apart}。"


NOT_PROOF = "对得上，不等于就是这个原因。请看结算单上的“全自费”“先行自付”“起付标准”和医院等级，再下结论。"
INCOMPLETE = "两处不同的情形太多，只试了最可能的一部分。"
ASK = "请带上结算单和费用清单，打 12393 或到参保地医保局核对。"
