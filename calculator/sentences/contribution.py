"""缴费: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import yuan
from calculator.money import Yuan, percent_text
from calculator.sentences.forms import Sentence, Template, equals

PAYERS = {"employer": "单位", "person": "您自己", "government": "财政"}


def _base(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if d["wage"] < d["floor"]:
        why = f"工资 {yuan(d['wage'])} 低于下限，按下限 {yuan(d['floor'])} 计算"
    elif d["wage"] > d["ceiling"]:
        why = f"工资 {yuan(d['wage'])} 高于上限，按上限 {yuan(d['ceiling'])} 计算"
    elif amount != d["wage"]:
        between = f"在下限 {yuan(d['floor'])}和上限 {yuan(d['ceiling'])} 之间"
        why = f"工资 {yuan(d['wage'])} {between}，取整后按 {yuan(amount)} 计算"
    else:
        why = f"工资在下限 {yuan(d['floor'])}和上限 {yuan(d['ceiling'])} 之间，就按工资 {yuan(amount)} 计算"
    return "缴费基数", f"{why}。"


def _part_amount(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    per = "每年" if d["per"] == "year" else "每月"
    if d["members"] > 1:
        return d["name"], f"{per}每人 {yuan(d['each'])}，{d['members']} 人共 {yuan(amount)}。"
    if amount != d["each"]:
        return d["name"], f"{per} {yuan(d['each'])}，一年 {yuan(amount)}。"
    return d["name"], f"{per} {yuan(amount)}。"


def _share(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    who = PAYERS[d["payer"]]
    return f"{d['name']}（{who}）", f"{yuan(d['of'])} 里{who}付 {percent_text(d['ratio'])}，是 {yuan(amount)}。"


def _years(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - no amount
    covered = f"缴的是 {d['coverage_year']} 年的医保" if "coverage_year" in d else ""
    notice = f"标准出自 {d['notice_year']} 年的通知" if "notice_year" in d else ""
    return "年度", "，".join(text for text in (covered, notice) if text) + "。"


def _year(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:  # noqa: ARG001 - no amount
    once = f"，其中每年缴一次的有 {yuan(d['once'])}" if d.get("once") else ""
    employer = f"，单位缴 {yuan(d['employer'])}" if d["employer"] else ""
    return "一年合计", f"一年 12 个月，您自己缴 {yuan(d['person'])}{employer}{once}。"


def _people(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    helped = f"，医疗救助资助 {yuan(d['assistance'])}" if "assistance" in d else ""
    return "合计", (
        f"{_heads(d['members'])}一年个人缴费 {yuan(d['person'])}{helped}，财政补助 {yuan(d['government'])}，"
        f"筹资总额 {yuan(amount)}。"
    )


def _heads(members: int) -> str:
    return f"{members} 个人" if members > 1 else "一个人"


def _assistance_amount(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    return "减：资助参保", f"每人资助 {yuan(d['each'])}，一共替您缴 {yuan(amount)}，您自己还要缴 {yuan(d['left'])}。"


def _rate(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if not d["ratio"]:
        return d["name"], "比例是 0，这一项不用缴。"
    return d["name"], f"{_monthly(d, amount)}。"


def _account(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    return "划入个人账户", f"{_monthly(d, amount)}，是您自己的钱。"


def _monthly(d: Mapping[str, Any], amount: Yuan) -> str:
    return f"每月 {yuan(d['base'])} × {percent_text(d['ratio'])} {equals(d['base'] * d['ratio'], amount)}"


def _deduction(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if not amount:
        return f"减：{d['name']}", f"{d['name']}不从划入的钱里扣。"
    return f"减：{d['name']}", f"从划入的钱里扣{d['name']} {yuan(amount)}，还剩 {yuan(d['left'])}。"


FUNCTIONS: Mapping[str, Sentence] = {
    "credit.deduction": _deduction,
    "contribution.rate": _rate,
    "contribution.account": _account,
    "contribution.base": _base,
    "contribution.amount": _part_amount,
    "contribution.share": _share,
    "contribution.years": _years,
    "contribution.year": _year,
    "contribution.people": _people,
    "assistance.amount": _assistance_amount,
}

TEMPLATES: Mapping[str, Template] = {
    "contribution.no_account": ("划入个人账户", "划入个人账户的标准本站没有收录。"),
    "credit.none": ("划入个人账户", "按这种方式参保，没有个人账户。"),
    "credit.fixed": ("划入个人账户", "每月定额划入 {amount}，是您自己的钱。"),
    "credit.pension": ("划入个人账户", "平均养老金 {pension} × {ratio} {=pension}，每月划入，是您自己的钱。"),
    "credit.own_pension": ("划入个人账户", "您的养老金 {pension} × {ratio} {=pension}，每月划入，是您自己的钱。"),
    "assistance.ratio": ("减：资助参保", "医疗救助替您缴 {of} × {ratio} {=of}，您自己还要缴 {left}。"),
    "assistance.none": ("资助参保", "这类人员没有资助。"),
}
