"""The one sentence over an answer: what it comes to, by calculator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from calculator.answer import Amount, Difference, Part
from calculator.estimate import Interval
from calculator.explain import interval_text, less_text, tidy, yuan
from calculator.money import ZERO, Yuan

_CARE_EVENT = {
    "inpatient": "这次住院",
    "outpatient": "这次门诊",
    "chronic": "这次慢特病门诊",
    "rescue": "这次急诊抢救",
    "special_drug": "这次买药",
}


def amounts_headline(care: str, total: Yuan, amounts: Sequence[Amount], *, partial: bool = False) -> str:
    """The answer first: 「这次住院 50,000 元，医保付 38,400 元，您自己付 11,600 元。」

    ``partial``: some of what is possible is not covered, and the sentence must not sound as if it were.
    """
    by_name = {amount.name: amount.interval for amount in amounts}
    fund, person = by_name["fund"], by_name["person"]
    about = "" if fund.exact else "大约"
    limits = "只看本站能算的情形，" if partial else ""
    account = f"，个人账户付 {interval_text(*by_name['account'])}" if "account" in by_name else ""
    return (
        f"{limits}{_CARE_EVENT[care]} {yuan(total)}，医保{about}付 {interval_text(*fund)}{account}，"
        f"您自己{about}付 {interval_text(*person)}。"
    )


def year_headline(parts: Sequence[Part]) -> str:
    """「2026 年一共花了 50,000 元，医保付 38,400 元，您自己付 11,600 元。」, a sentence for each year."""
    said = []
    for part in parts:
        if part.id.startswith("year-"):
            amounts = part.estimate.amounts
            account = f"个人账户付 {interval_text(*amounts['account'])}，" if "account" in amounts else ""
            said.append(
                f"{part.label}一共花了 {yuan(amounts['total'].low)}，医保付 {interval_text(*amounts['fund'])}，"
                f"{account}您自己付 {interval_text(*amounts['person'])}。"
            )
    return "".join(said)


def comparison_headline(parts: Sequence[Part], differences: Sequence[Difference]) -> str:
    """The widest gap to the first case, in yuan: 「“没备案”比“在参保地看病”，医保少付 7,700 元。」"""
    if not any(difference.less != (ZERO, ZERO) for difference in differences):
        return f"这几种情形，医保付的一样多，都是 {interval_text(*parts[0].estimate.amounts['fund'])}。"
    worst = max(differences, key=lambda difference: (difference.less.high, difference.less.low))
    return f"{worst.label}，医保{less_text(worst.less)}。"


def areas_headline(parts: Sequence[Part]) -> str:
    """Where the fund pays most and least: 「医保付得最多的是“A市”，32,725 元；最少的是“C市”，29,250 元。」"""

    def said(part: Part) -> str:
        return f"“{part.label}”，{interval_text(*part.estimate.amounts['fund'])}"

    if len(parts) == 1:
        return f"只有一个地方能算：{said(parts[0])}。"
    most = max(parts, key=lambda part: part.estimate.amounts["fund"][::-1])
    least = min(parts, key=lambda part: part.estimate.amounts["fund"])
    if most.estimate.amounts["fund"] == least.estimate.amounts["fund"]:
        return f"这几个地方，医保付的一样多，都是 {interval_text(*most.estimate.amounts['fund'])}。"
    return f"医保付得最多的是{said(most)}；最少的是{said(least)}。"


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
    return tidy(f"缴费年限接着算，一共 {years} 年；个人账户余额 {yuan(balance)} 一起转走。")
