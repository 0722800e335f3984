"""What each calculator answers with: the other half of its description, beside the questions of its ``Form``.

Names are those of the data (``estimates[].amounts``, ``dates``, ``checklists``, ``finding``); a star stands for a part
that depends on the case (``layer:*``: one for each layer of the area).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Output:
    """One thing an answer holds: ``type`` is ``amount`` 元 | ``number`` | ``date`` | ``finding`` | ``checklist``."""

    name: str
    words: str
    type: str = "amount"


_SETTLEMENT = (
    Output("total", "总费用"),
    Output("eligible", "医保范围内费用"),
    Output("fund", "医保支付，各层之和"),
    Output("layer:*", "每一层各付多少"),
    Output("account", "个人账户支付"),
    Output("account:*", "账户分几部分时，各部分付多少"),
    Output("person", "您自己付"),
)
_BASE = (
    Output("base", "缴费基数"),
    Output("base_floor", "基数下限"),
    Output("base_ceiling", "基数上限"),
    Output("ceiling_to_floor", "上限是下限的几倍", "number"),
)
_PAID = (Output("person", "自己缴"), Output("employer", "单位缴"), Output("government", "财政补助"))
_YEARLY = (
    Output("person_year", "自己一年缴"),
    Output("employer_year", "单位一年缴"),
    Output("government_year", "财政一年补助"),
    Output("account", "每月划入个人账户"),
    Output("account_year", "一年划入个人账户"),
    Output("coverage_year", "缴的是哪一年的医保", "number"),
    Output("notice_year", "哪一年的通知", "number"),
)
_FINDING = Output("finding", "结论、理由、还不知道的事", "finding")
_CONDITIONS = Output("conditions", "逐条看的条件", "checklist")

OUTPUTS: Mapping[str, tuple[Output, ...]] = {
    **dict.fromkeys(("inpatient", "outpatient", "chronic", "rescue", "special_drug", "year"), _SETTLEMENT),
    **dict.fromkeys(("filing_comparison", "comparison"), _SETTLEMENT),
    "reconciliation": (*_SETTLEMENT, Output("*.*", "解出来的那个金额")),
    "employee_contribution": (*_BASE, *_PAID, Output("total", "每月合计"), *_YEARLY),
    "resident_contribution": (*_PAID, Output("assistance", "医疗救助资助"), Output("total", "筹资总额"), *_YEARLY),
    "flexible_contribution": (*_BASE, *_PAID, Output("total", "每月合计"), *_YEARLY),
    "payroll": (
        *_BASE,
        Output("*_person", "每一险种，个人缴"),
        Output("*_employer", "每一险种，单位缴"),
        *_PAID,
        Output("total", "合计"),
    ),
    "base_tiers": (Output("tier_*", "平均工资的百分之几"), Output("base", "按多少缴")),
    "coverage_break": (
        Output("wait", "还要等几个月", "number"),
        Output("insured_years", "连续参保年限还剩几年", "number"),
        Output("paid_years", "累计缴费年限保留几年", "number"),
        Output("incentive", "大病保险的奖励额度"),
        Output("uncovered_days", "出生后有几天不能报销", "number"),
    ),
    "retirement_years": (
        Output("counted_months", "算进来的缴费月数", "number"),
        Output("missing_months", "还差的月数", "number"),
        Output("back_pay", "一次补缴"),
    ),
    "maternity": (
        Output("days", "产假天数", "number"),
        Output("allowance", "生育津贴"),
        Output("prenatal", "产前检查定额"),
        Output("delivery", "分娩定额"),
        Output("total", "一共"),
    ),
    "care_insurance": (Output("total", "这个月的费用"), Output("fund", "长护险支付"), Output("person", "您自己付")),
    "resident_cap": (Output("cap", "一年的封顶线"),),
    "transfer": (
        _FINDING,
        Output("years", "缴费年限合计", "number"),
        Output("balance", "转入的个人账户余额"),
        Output("*", "各家办好、钱到账的日子", "date"),
    ),
    "need_filing": (
        _FINDING,
        Output("channels", "在哪里办", "checklist"),
        Output("papers", "带什么", "checklist"),
    ),
    "filing_validity": (Output("*", "按各种说法到哪一天，提前提醒的日子", "date"),),
    "emergency_filing": (
        _FINDING,
        Output("*", "各种说法的期限，最早的标明", "date"),
        Output("papers", "留好什么", "checklist"),
    ),
    "manual_claim": (Output("papers", "要带的材料", "checklist"), Output("ask", "去以前先问清什么", "checklist")),
    "may_share": (_FINDING,),
    "sharing_split": (
        Output("total", "要付的钱"),
        Output("own", "自己的账户付"),
        Output("sharer_*", "每个共济人付"),
        Output("cash", "现金付"),
    ),
    "account_away": (_FINDING,),
    "pharmacy": (_FINDING, _CONDITIONS),
    "operation": (_FINDING, _CONDITIONS),
    "chronic_review": (Output("*", "下次复审的日子", "date"),),
    "bill_split": (
        Output("total", "总费用"),
        Output("eligible", "能算进医保的"),
        Output("first_pay", "乙类先自付"),
        Output("self_funded", "全自费"),
    ),
    "article_formulas": (Output("total", "总费用"), Output("fund", "医保支付"), Output("person", "您自己付")),
}


def described(kind: str, name: str, *types: str) -> bool:
    """Whether a calculator's description names something of its answer."""
    return any(fnmatchcase(name, output.name) for output in OUTPUTS[kind] if output.type in types)
