"""生育待遇 as written: 生育津贴 by days, lump sums for 产前检查 and delivery."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.errors import Path
from calculator.figures import FigureOf, TableOf
from calculator.model import SCHEME_WORDS
from calculator.money import number
from calculator.programs import MaternityAddition, MaternityEdition, Program
from calculator.reading.amounts import YUAN
from calculator.reading.edition import EditionOf, EditionsOf
from calculator.shape import Flag, Key, ListOf, Reading, Record, Text, Word, identifier

DAYS = TableOf(FigureOf("days"), "days")
_ADDITION = Record(
    MaternityAddition,
    {
        "id": Key(identifier("这一项的 id", "difficult"), required=True),
        "name": Key(Text("这一项的名字", longest=40), required=True),
        "days": Key(FigureOf("days"), required=True),
        "each": Key(Flag(), default=False, help="true：按个数加，例如每多一个孩子"),
    },
    "增加的天数",
)
_RULES: Mapping[str, Key] = {
    "days": Key(DAYS, help="产假天数"),
    "month_days": Key(FigureOf("days"), help="月平均工资除以几天"),
    "additions": Key(ListOf(_ADDITION), default=()),
    "prenatal": Key(YUAN, help="产前检查定额"),
    "delivery": Key(YUAN, help="分娩定额"),
}
MATERNITY = EditionsOf(
    Program,
    {"scheme": Key(Word(tuple(SCHEME_WORDS)), required=True)},
    EditionOf(MaternityEdition, _RULES),
    "maternity",
)


def refuse_odd_maternity(edition: MaternityEdition, place: Path, reading: Reading) -> None:
    """An allowance has days and what a month is divided by; additions have ids of their own and days to add to."""
    if (edition.days is None) != (edition.month_days is None):
        reading.refuse(place, "days 和 month_days 要一起写", "maternity")
    if edition.additions and edition.days is None:
        reading.refuse((*place, "additions"), "没有写 days，没有可以增加的天数", "maternity")
    if edition.days is None and edition.prenatal is None and edition.delivery is None:
        reading.refuse(place, "至少要写 days、prenatal、delivery 中的一个", "maternity")
    ids = [addition.id for addition in edition.additions]
    for n, name in enumerate(ids):
        if name in ids[:n]:
            reading.refuse((*place, "additions", n, "id"), f"这一版里已经有叫“{name}”的一项", "duplicate")
    if edition.month_days is not None and any(number(value) == 0 for value in edition.month_days.values):
        reading.refuse((*place, "month_days"), "不能是 0 天", "maternity")
