"""The rules of service of a place (办事规则) in words, each with its mark and its sources."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from calculator.model import PoolingArea
from calculator.services import RELATION_WORDS, Where
from sitegen.pages.figures import mark_of
from sitegen.pages.words import date_words, figure_words
from sitegen.views import Link, ServiceView, SourceLink

_PLACES = {"in_province": "省内", "out_of_province": "外省"}
_FILING = {"required": "要备案", "exempt": "不用备案", "pilot": "试点免备案"}
_CLASSES = {"long_term": "长期居住备案", "referral": "转诊备案", "temporary": "临时外出备案"}
_FROM = {"admission": "入院", "treatment": "看急诊", "discharge": "出院"}
_INSURED = {"": "", "same_area": "，要在本统筹区参保", "in_province": "，要在本省参保", "anywhere": "，外省参保也行"}
_WAYS = {
    "direct": "可以直接刷", "activate": "开通以后能刷", "file": "备案、开通以后能刷", "claim": "不能刷，回来报",
    "no": "不能用",
}  # fmt: skip
_LISTED = {"yes": "在诊疗项目目录里", "no": "不在诊疗项目目录里", "unknown": "在不在目录里没有查到"}


def _where(statement: Where) -> str:
    return "、".join(statement.provinces) or _PLACES[statement.to]


def _window(s: Any) -> str:
    counted = "当天算第一天" if s.start_counts else "当天不算"
    return f"从{_FROM[s.counted_from]}那天起 {s.within.words}，{counted}"


def _sharing(s: Any) -> str:
    pilot = "，试点" if s.pilot else ""
    condition = f"，条件是{s.condition}" if s.condition else ""
    return "、".join(RELATION_WORDS[name] for name in s.relations) + _INSURED[s.insured] + pilot + condition


def _operation(s: Any) -> str:
    condition = f"，{s.condition}" if s.condition else ""
    excluded = f"；不报：{'、'.join(s.excluded)}" if s.excluded else ""
    return f"{s.name}：{_LISTED[s.listed]}{condition}{excluded}"


WORDS: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "filing_places": ("要不要备案", lambda s: f"去{_where(s)}看病{_FILING[s.filing]}"),
    "filing_validity": ("备案有效期", lambda s: f"{_CLASSES[s.filing]}：{s.lasts.words}"),
    "emergency_windows": ("急诊补备案的期限", _window),
    "emergency_late": ("超过急诊补备案的期限", lambda s: s.text.removesuffix("。")),
    "account_sharing": ("个人账户可以共济给谁", _sharing),
    "sharing_cap": ("共济的年度限额", lambda s: figure_words("amount", s.amount)),
    "account_away": ("个人账户在外地", lambda s: f"在{_where(s)}{_WAYS[s.way]}"),
    "pharmacy": ("定点药店", lambda s: "可以用统筹报" if s.pooled else "不能用统筹报"),
    "reviews": ("门诊慢特病复审", lambda s: f"{s.name}：每 {s.every.words}"),
    "operations": ("手术", _operation),
    "claim_papers": ("手工报销另外要的材料", lambda s: s.text),
}
"""Every key: its heading, and a statement in words."""


def service_views(
    area: PoolingArea, hrefs: Mapping[str, str], disputes: Callable[[str], tuple[Link, ...]] | None = None
) -> Iterator[ServiceView]:
    """Every statement of a place, in the order of its file; `disputes` gives the links for a key."""
    for name, _, statement in area.services.statements():
        title, words = WORDS[name]
        since = f"（{date_words(statement.since)}起）" if statement.since else ""
        yield ServiceView(
            title=title,
            text=f"{words(statement)}{since}。{statement.note}",
            mark=mark_of(statement.status),
            sources=tuple(SourceLink(href=hrefs[s], title=area.sources[s].title, detail="") for s in statement.sources),
            disputes=disputes(name) if disputes else (),
        )
