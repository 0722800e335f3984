"""The calculators in the groups in which readers look for them."""

from collections.abc import Callable, Iterable, Iterator

from sitegen.views import Link, LinkGroup

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "看病能报多少",
        (
            "inpatient", "outpatient", "chronic", "rescue", "special_drug", "year", "comparison", "resident_cap",
            "bill_split", "article_formulas", "reconciliation",
        ),
    ),
    (
        "去外地看病",
        (
            "need_filing", "filing_comparison", "filing_validity", "emergency_filing", "account_away", "manual_claim"
        ),
    ),
    ("买药、手术、慢特病", ("pharmacy", "operation", "chronic_review")),
    ("个人账户给家人用", ("may_share", "sharing_split")),
    (
        "缴费",
        ("employee_contribution", "resident_contribution", "flexible_contribution", "payroll", "base_tiers"),
    ),
    ("断缴、转移、退休", ("coverage_break", "transfer", "retirement_years")),
    ("生育和长期护理", ("maternity", "care_insurance")),
)  # fmt: skip
"""Each calculator once; a test compares them with those there are."""


def grouped(kinds: Iterable[str], link: Callable[[str], Link]) -> tuple[LinkGroup, ...]:
    """Links to these calculators, group by group; groups without any are left out."""
    return tuple(_groups(set(kinds), link))


def _groups(kinds: set[str], link: Callable[[str], Link]) -> Iterator[LinkGroup]:
    for title, names in GROUPS:
        found = tuple(link(name) for name in names if name in kinds)
        if found:
            yield LinkGroup(title=title, links=found)
