"""断缴和等待期 as written (国办发〔2024〕38号 for 居民; 医保办发〔2021〕43号 for breaks in months)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from calculator.errors import Path
from calculator.figures import FigureOf
from calculator.model import SCHEME_WORDS, Figure
from calculator.money import number
from calculator.programs import Minimum, Newborn, Program, WaitingEdition, WaitingGap
from calculator.reading.edition import EditionOf, EditionsOf
from calculator.shape import Key, ListOf, Reading, Record, Word

COUNT = FigureOf("word", ("all", "all_but_first"))
EFFECT = FigureOf("word", ("retroactive", "none"))
STOPS = FigureOf("word", ("next_month", "next_year"))
LATE = FigureOf("word", ("registration", "waiting"))
MONTHS = FigureOf("months")
DAYS = FigureOf("days")
_RESETS = ListOf(Word(("continuity", "incentive")), distinct=True)

_GAP = Record(
    WaitingGap,
    {
        "up_to": Key(MONTHS, help="中断到几个月（含）；最后一行不写"),
        "wait": Key(MONTHS, required=True, help="等几个月"),
        "effect": Key(EFFECT, help="补缴以后，retroactive 中断期间追溯享受，none 不追溯"),
        "resets": Key(_RESETS, default=()),
    },
    "中断多久、等几个月",
)
_MINIMUM = Record(
    Minimum,
    {"months": Key(MONTHS, required=True), "from_missed": Key(FigureOf("years"), required=True)},
    "修复后最少等几个月",
)
_NEWBORN = Record(
    Newborn,
    {
        "days": Key(DAYS, required=True, help="出生后多少天内登记"),
        "late": Key(LATE, required=True, help="过了才登记：registration 从登记那天起，waiting 登记后再等固定等待期"),
    },
    "新生儿的规则",
)
_RULES: Mapping[str, Key] = {
    "fixed": Key(MONTHS, help="固定等待期，几个月"),
    "per_missed_year": Key(MONTHS, help="每断缴一年加几个月"),
    "count": Key(COUNT, help="all 断缴的每一年都加，all_but_first 第一年不加"),
    "per_repaid_year": Key(MONTHS, help="每补缴一年减几个月"),
    "minimum": Key(_MINIMUM),
    "gaps": Key(ListOf(_GAP), default=()),
    "stops": Key(STOPS, help="断缴以后待遇什么时候停"),
    "resets": Key(_RESETS, default=(), help="断缴一年以上，什么要从头算"),
    "incentive_loss": Key(FigureOf("yuan"), help="奖励额度减多少；不写就是清零"),
    "newborn": Key(_NEWBORN),
}


def _edition(fixed: Figure | None, count: Figure | None, minimum: Minimum | None, **values: object) -> WaitingEdition:
    return WaitingEdition(fixed_wait=fixed, counted_years=count, at_least=minimum, **values)  # type: ignore[arg-type]


WAITING = EditionsOf(
    Program,
    {"scheme": Key(Word(tuple(SCHEME_WORDS)), required=True)},
    EditionOf(_edition, _RULES),
    "waiting",
)


def refuse_odd_waiting(edition: WaitingEdition, place: Path, reading: Reading) -> None:
    """Either by missed years or by months of a break; what adds must say which years count; rows in order, the last
    one open."""
    if (edition.fixed_wait is None) == (not edition.gaps):
        reading.refuse(place, "要写 fixed（按断缴年数）或 gaps（按中断月数），而且只写一种", "waiting")
    if edition.per_missed_year is not None and edition.counted_years is None:
        message = "每断缴一年加几个月，要写 count：all 每一年都加，all_but_first 第一年不加"
        reading.refuse(place, message, "waiting")
    yearly = {
        "per_missed_year": edition.per_missed_year,
        "minimum": edition.at_least,
        "resets": edition.resets,
        "newborn": edition.newborn,
    }
    for name, value in yearly.items():
        if edition.gaps and value:
            reading.refuse((*place, name), f"{name} 和 fixed 一起用，按中断月数（gaps）时不写", "waiting")
    for name, value in {"count": edition.counted_years, "per_repaid_year": edition.per_repaid_year}.items():
        if value is not None and edition.per_missed_year is None:
            reading.refuse((*place, name), f"{name} 要和 per_missed_year 一起写", "waiting")
    if edition.incentive_loss is not None and "incentive" not in edition.resets:
        reading.refuse((*place, "incentive_loss"), "要在 resets 里写 incentive", "waiting")
    _refuse_odd_gaps(edition.gaps, (*place, "gaps"), reading)


def _refuse_odd_gaps(gaps: Sequence[WaitingGap], place: Path, reading: Reading) -> None:
    for n, gap in enumerate(gaps):
        last = n == len(gaps) - 1
        if (gap.up_to is None) != last:
            message = "最后一行不写 up_to（更久的都算这一行）" if last else "除了最后一行，都要写 up_to"
            reading.refuse((*place, n), message, "table")
    bounds = [gap.up_to for gap in gaps if gap.up_to is not None]
    for n, (lower, upper) in enumerate(pairwise(bounds), start=1):
        if max(map(number, lower.values)) >= min(map(number, upper.values)):
            reading.refuse((*place, n, "up_to"), "各行的月数要从小到大", "table")
