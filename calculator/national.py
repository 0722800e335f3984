"""What holds in the whole country about filing, windows, sharing and transfer, each with its document.

A place's own statements stand in its policy file and go before these. Nothing here was compared with the originals word
for word, so nothing is called official. What articles claim without naming a document is kept apart, as ``CLAIMS``.
The sources of both are those of policies/sources.yaml.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from calculator.findings import Ground
from calculator.model import PoolingArea, Source, Status
from calculator.services import (
    AccountAway,
    EmergencyWindow,
    FilingPlace,
    FilingValidity,
    Services,
    Sharing,
    Statement,
)
from calculator.workdays import FOREVER, Span

FILING = "nhsa-2022-22"
TRANSFER = "nhsa-2021-43"
SHARING = "gov-2024-38"
IN_PROVINCE = "article-intraprovince"
NATIONAL_ARTICLE = "article-national"
CROSS_PROVINCE = "article-crossprovince"
PORTAL_PROVINCE = "article-portal-province"
PORTAL_RESIDENT = "article-portal-resident"

OFFICIAL = {
    FILING: (
        "国家医保局 财政部关于进一步做好基本医疗保险跨省异地就医直接结算工作的通知",
        "国家医疗保障局、财政部",
        "医保发〔2022〕22号",
    ),
    TRANSFER: ("基本医疗保险关系转移接续暂行办法", "国家医疗保障局办公室、财政部办公厅", "医保办发〔2021〕43号"),
    SHARING: (
        "国务院办公厅关于健全基本医疗保险参保长效机制的指导意见",
        "国务院办公厅",
        "国办发〔2024〕38号",
    ),
}
_ARTICLES = {
    IN_PROVINCE: ("2025最新!同省医保政策全解析:跨市就医、报销比例、备案流程一篇搞定", "自媒体文章，作者没有署名"),
    NATIONAL_ARTICLE: (
        "2025最新各地医保政策汇总:一篇看懂异地就医、报销比例、缴费标准全攻略",
        "自媒体文章，作者没有署名",
    ),
    CROSS_PROVINCE: (
        "2025最新版！医保跨省异地结算政策全攻略：备案、报销、常见问题一文读懂",
        "一家牙科机构的网站转载，作者没有署名",
    ),
    PORTAL_PROVINCE: ("医保能在本省使用吗", "健康类网站"),
    PORTAL_RESIDENT: ("居民医保省外报销比例", "健康类网站"),
}
SOURCES = {
    **{name: Source(id=name, title=t, issuer=i, kind="official", document=d) for name, (t, i, d) in OFFICIAL.items()},
    **{name: Source(id=name, title=t, issuer=i, kind="secondary") for name, (t, i) in _ARTICLES.items()},
}


def ground(*names: str, status: Status = Status.SECONDARY) -> Ground:
    """The ground of something national or claimed by articles."""
    return Ground(status, tuple(SOURCES[name] for name in names))


def ground_of(area: PoolingArea, statements: Sequence[Statement], status: Status | None = None) -> Ground:
    """The ground of statements of a place or of the country."""
    names = dict.fromkeys(name for statement in statements for name in statement.sources)
    known = {**SOURCES, **area.sources}
    ranks = list(Status)
    weakest = max((statement.status for statement in statements), key=ranks.index)
    return Ground(status or weakest, tuple(known[name] for name in names))


def _by(*sources: str, status: Status = Status.SECONDARY) -> dict[str, Any]:
    return {"status": status, "sources": sources}


NATIONAL = Services(
    filing_places=(FilingPlace(to="out_of_province", filing="required", **_by(FILING)),),
    filing_validity=(
        FilingValidity(filing="long_term", lasts=FOREVER, **_by(FILING)),
        FilingValidity(
            filing="referral", lasts=Span(6, "months"), note="原则上不少于 6 个月，可以就医多次。", **_by(FILING)
        ),
        FilingValidity(
            filing="temporary", lasts=Span(6, "months"), note="原则上不少于 6 个月，可以就医多次。", **_by(FILING)
        ),
    ),
    account_sharing=(
        Sharing(
            relations=("spouse", "parents", "children", "siblings", "grandparents", "grandchildren"),
            insured="in_province",
            note="近亲属都可以，本省先通，外省一步步开通。",
            **_by(SHARING),
        ),
    ),
)
"""国家的规定."""

CLAIMS = Services(
    filing_validity=(
        FilingValidity(filing="temporary", lasts=Span(1, "years"), note="有的地方是 1 年。", **_by(IN_PROVINCE)),
        FilingValidity(filing="referral", lasts=Span(1, "years"), note="有的地方是 1 年。", **_by(IN_PROVINCE)),
    ),
    emergency_windows=(
        EmergencyWindow(within=Span(3, "workdays"), counted_from="treatment", **_by(IN_PROVINCE)),
        EmergencyWindow(within=Span(7, "days"), counted_from="admission", **_by(NATIONAL_ARTICLE)),
    ),
    account_away=(
        AccountAway(to="in_province", way="activate", note="多数省份开通医保电子凭证就能用。", **_by(IN_PROVINCE)),
        AccountAway(
            to="out_of_province",
            way="file",
            note="一般要先备案，再开通异地支付。",
            **_by(CROSS_PROVINCE, PORTAL_PROVINCE),
        ),
    ),
)
"""文章的说法，没有写明文件."""

PILOTS = {
    "京津冀": ("北京市", "天津市", "河北省"),
    "长三角": ("上海市", "江苏省", "浙江省", "安徽省"),
}
"""Regions said to try care without filing (免备案试点) among their provinces; for whom, the home place says."""
PROVINCES = (
    "北京市", "天津市", "河北省", "山西省", "内蒙古自治区", "辽宁省", "吉林省", "黑龙江省", "上海市", "江苏省",
    "浙江省", "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省", "广西壮族自治区",
    "海南省", "重庆市", "四川省", "贵州省", "云南省", "西藏自治区", "陕西省", "甘肃省", "青海省", "宁夏回族自治区",
    "新疆维吾尔自治区", "新疆生产建设兵团",
)  # fmt: skip


def pilot_region(home: str, away: str) -> str:
    """The region both provinces are in; empty when there is none."""
    return next((name for name, places in PILOTS.items() if home in places and away in places), "")
