"""待遇: the rules of one edition, put together from their mechanisms."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.model import CARE_WORDS, SCHEME_WORDS, Benefit, BenefitEdition, Rounding, SettledInParts
from calculator.reading.account import AccountOf
from calculator.reading.away import away_shape
from calculator.reading.edition import ROUNDING, EditionOf, EditionsOf
from calculator.reading.items import ITEMS, ITEMS_SHARE
from calculator.reading.layer import guarantee_shape, layer_shape
from calculator.shape import (
    Flag,
    Key,
    ListOf,
    Record,
    Text,
    Whole,
    Word,
)

OWN_PARTS = (
    "deductible", "share", "over_cap", "first_pay", "away_first_pay", "self_funded", "self_funded_compliant",
    "over_limit",
)  # fmt: skip
"""The parts of what a person pays, as data name them; see ``stages``."""


def _parts(more: Mapping[str, Key], what: str) -> Record:
    keys = {
        **more,
        "deductible": Key(Word(("again", "once")), required=True, help="again 每段重新扣起付线，once 只在第一段扣"),
        "counts_as_admission": Key(Flag(), default=False, help="后面的段算不算又一次住院"),
    }
    return Record(SettledInParts, keys, what)


_BENEFIT_RULES: Mapping[str, Key] = {
    "items": Key(ITEMS, default={}, help="项目分类：哪几类项目另有规定"),
    "items_share": Key(ITEMS_SHARE, default="", help="另有比例的项目怎么落在起付线和分段里"),
    "date_by": Key(
        Word(("discharge", "admission", "settlement")), default="discharge", help="按出院日、入院日还是结算日选用标准"
    ),
    "layers": Key(ListOf(layer_shape(OWN_PARTS)), required=True, help="保障层，按结算顺序"),
    "away": Key(away_shape(), help="异地就医规则"),
    "guarantee": Key(guarantee_shape(), help="保底比例"),
    "account": Key(AccountOf(OWN_PARTS), help="个人账户可以付什么"),
    "called": Key(Text("险种当时的名字", longest=20), default="", help="当时叫什么，例如新农合；不写就是现在的名字"),
    "rounding": Key(ROUNDING, default=Rounding()),
    "counts_as": Key(Word(tuple(CARE_WORDS)), default="", help="算作哪种就医的一次，例如急诊抢救算一次住院"),
    "year_to_date": Key(Word(("keep", "restart")), default="keep", help="年中换标准时，今年已用的接着算还是重新算"),
    "across_years": Key(_parts({}, "跨年住院怎么分段"), help="跨年的住院按年分开结算；不写就整笔按 date_by"),
    "periods": Key(
        _parts({"days": Key(Whole("天数"), required=True, help="每多少天结算一次")}, "长期住院怎么分段"),
        help="长期住院分段结算",
    ),
}

BENEFIT = EditionsOf(
    Benefit,
    {"scheme": Key(Word(tuple(SCHEME_WORDS)), required=True), "care": Key(Word(tuple(CARE_WORDS)), required=True)},
    EditionOf(BenefitEdition, _BENEFIT_RULES),
)
