"""缴费的各项和缴费基数 as written: what is paid, by whom, of which base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from calculator.errors import Path, nearest_word, shown
from calculator.figures import FigureOf
from calculator.model import ContributionBase, ContributionPart, Figure, PercentOf, RoundTo
from calculator.money import MODES, ONE, UNITS, ZERO, amount_words, number
from calculator.reading.amounts import PERCENT, YUAN, AmountOf
from calculator.shape import Key, ListOf, Reading, Record, Text, Word, identifier

PAYERS = ("employer", "person", "government")
MULTIPLE = FigureOf("multiple")


def _part(payer: str | None, **values: object) -> ContributionPart:
    return ContributionPart(payer=payer or "", **values)  # type: ignore[arg-type]


def _split(**shares: Figure | None) -> dict[str, Figure]:
    return {payer: share for payer, share in shares.items() if share is not None}


PART = Record(
    _part,
    {
        "id": Key(identifier("这一项的 id", "employer"), required=True),
        "name": Key(Text("这一项的名字"), required=True),
        "payer": Key(Word(PAYERS)),
        "split": Key(
            Record(_split, {payer: Key(FigureOf("percent")) for payer in PAYERS}, "各付百分之几"),
            help="几方分担时写，和 payer 只写一个",
        ),
        "rate": Key(PERCENT),
        "amount": Key(YUAN),
        "per": Key(Word(("month", "year")), default="", help="定额是每月还是每年"),
    },
    "缴费的一项",
)
BASE = Record(
    ContributionBase,
    {
        "floor": Key(AmountOf(), required=True, help="下限，元/月"),
        "ceiling": Key(AmountOf(), required=True, help="上限，元/月"),
        "index": Key(Text("一个指标的 id"), default="", help="平均工资是 indices 里的哪个指标"),
        "tiers": Key(ListOf(MULTIPLE), default=(), help="基数档次，平均工资的百分之几"),
        "round_to": Key(
            Record(
                RoundTo,
                {"unit": Key(Word(tuple(UNITS)), default="fen"), "mode": Key(Word(tuple(MODES)), default="half_up")},
                "基数取整",
            )
        ),
    },
    "缴费基数的下限和上限",
)


def refuse_odd_parts(parts: Sequence[ContributionPart], place: Path, reading: Reading, *, has_base: bool) -> None:
    """Ids once; a rate or an amount; a payer or a split that adds up to all of it; a rate needs a base."""
    ids = [part.id for part in parts]
    for n, part in enumerate(parts):
        here: Path = (*place, n)
        if part.id in ids[:n]:
            reading.refuse((*here, "id"), f"这一版里已经有叫“{part.id}”的一项", "duplicate")
        if (part.rate is None) == (part.amount is None):
            reading.refuse(here, "要写 rate 或 amount，而且只写一个", "contribution")
        elif part.rate is not None and not has_base:
            reading.refuse((*here, "rate"), "按比例缴费要先写 base（缴费基数）", "contribution")
        if part.rate is not None and part.per == "year":
            reading.refuse((*here, "per"), "按比例缴费都是每月，per 只和 amount 一起写", "contribution")
        if (not part.payer) == (part.split is None):
            reading.refuse(here, "要写 payer 或 split，而且只写一个", "contribution")
        if part.split is not None:
            _refuse_odd_split(part.split, (*here, "split"), reading)


def _refuse_odd_split(split: Mapping[str, Figure], place: Path, reading: Reading) -> None:
    if any(len(share.values) > 1 for share in split.values()):
        reading.refuse(place, "分担的比例要写确定的数", "contribution")
        return
    total = sum((number(share.values[0]) for share in split.values()), ZERO)
    if total != ONE:
        reading.refuse(place, f"各方加起来是 {amount_words(total * 100)}%，应是 100%", "contribution")


def refuse_odd_base(base: ContributionBase, place: Path, reading: Reading) -> None:
    """The floor is the lower limit; both are shares of the same index or neither is; the index is there."""
    if base.index and base.index not in reading.indices:
        near = nearest_word(base.index, reading.indices)
        reading.refuse((*place, "index"), f"没有{shown(base.index)}这个指标{near}；指标写在 indices 里", "index")
    floor, ceiling = base.floor, base.ceiling
    if isinstance(floor, Figure) and isinstance(ceiling, Figure):
        low, high = floor.values, ceiling.values
    elif isinstance(floor, PercentOf) and isinstance(ceiling, PercentOf) and floor.of == ceiling.of:
        low, high = floor.percent.values, ceiling.percent.values
    else:
        return  # an amount beside a share: which is larger depends on the year
    if min(map(number, high)) <= max(map(number, low)):
        reading.refuse(place, "上限应高于下限", "contribution")
