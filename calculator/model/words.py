"""The words of the field (险种, 就医类型, 备案情形, 医院等级 …) and what readers see for them."""

from __future__ import annotations

from enum import StrEnum


class Scheme(StrEnum):
    """险种."""

    EMPLOYEE = "employee"
    RESIDENT = "resident"


class Care(StrEnum):
    """就医类型."""

    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"
    CHRONIC = "chronic"
    RESCUE = "rescue"
    SPECIAL_DRUG = "special_drug"


class Filing(StrEnum):
    """异地就医备案的情形; ``LOCAL`` is care in the insured place itself."""

    LOCAL = "local"
    LONG_TERM = "long_term"
    REFERRAL = "referral"
    TEMPORARY = "temporary"
    EMERGENCY = "emergency"
    UNFILED = "unfiled"
    EXEMPT = "exempt"
    LATE = "late"
    HOME_WHILE_FILED = "home_while_filed"


SCHEME_WORDS = {"employee": "职工医保", "resident": "居民医保"}


CARE_WORDS = {
    "inpatient": "住院",
    "outpatient": "普通门诊",
    "chronic": "门诊慢特病",
    "rescue": "门诊急诊抢救",
    "special_drug": "双通道药品",
}


FILING_WORDS = {
    "local": "在参保地看病",
    "long_term": "异地，已办长期居住备案",
    "referral": "异地，已办转诊备案",
    "temporary": "异地，已办临时外出备案",
    "emergency": "异地，急诊抢救，没备案",
    "unfiled": "异地，没备案，也不是急诊",
    "exempt": "异地，当地规定免备案",
    "late": "异地，出院结算前补办了备案",
    "home_while_filed": "办了长期异地备案，回参保地看病",
}


SPECIAL_FILINGS = ("late", "home_while_filed")
"""Cases of filing that only matter where an area has a rule for them."""


DISTANCE_WORDS = {"in_province": "省内其他城市", "out_of_province": "外省"}


PLACE_WORDS = {"local": "参保地"} | DISTANCE_WORDS
"""The words of the dimension ``distance`` in tables: care at home is at no distance."""


LEVEL_WORDS = {"primary": "一级及以下", "secondary": "二级", "tertiary": "三级"}


GRADE_WORDS = {
    "三特": "三级特等",
    "三甲": "三级甲等",
    "三乙": "三级乙等",
    "三丙": "三级丙等",
    "三级": "三级，没有定等",
    "二甲": "二级甲等",
    "二乙": "二级乙等",
    "二丙": "二级丙等",
    "二级": "二级，没有定等",
    "一甲": "一级甲等",
    "一乙": "一级乙等",
    "一丙": "一级丙等",
    "一级": "一级，没有定等",
    "unrated": "没有定级",
}
"""等级 and 等次 of hospitals as the state grades them (医院分级管理办法)."""


NUMBER_WORDS = {
    "age": ("年龄", "岁"),
    "insured_months": ("连续参保的月数", "个月"),
    "insured_years": ("连续参保的年数", "年"),
    "claim_free_years": ("连续没有报销的年数", "年"),
    "paid_years": ("缴费年限", "年"),
    "missed_years": ("断缴的年数", "年"),
    "stay_days": ("住院天数", "天"),
}
"""Numbers about a person or a stay that every area may go by: name → words and unit."""


DIMENSION_WORDS = {"level": "医院等级", "group": "人员类别", "filing": "备案情形", "distance": "省内还是外省"}
