"""待遇: the rules of one edition, put together from their mechanisms."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.model import CARE_WORDS, SCHEME_WORDS, Benefit, BenefitEdition, Rounding
from calculator.reading.away import away_shape
from calculator.reading.edition import ROUNDING, EditionOf, EditionsOf
from calculator.reading.items import ITEMS, ITEMS_SHARE
from calculator.reading.layer import guarantee_shape, layer_shape
from calculator.shape import (
    Key,
    ListOf,
    Record,
    Word,
)

OWN_PARTS = ("deductible", "share", "over_cap", "first_pay", "away_first_pay", "self_funded", "over_limit")
"""The parts of what a person pays, as data name them; see ``stages``."""

_BENEFIT_RULES: Mapping[str, Key] = {
    "date_by": Key(Word(("discharge", "admission")), default="discharge", help="按出院日还是入院日选用标准"),
    "items": Key(ITEMS, default={}, help="项目分类：哪几类项目另有规定"),
    "items_share": Key(ITEMS_SHARE, default="", help="另有比例的项目怎么落在起付线和分段里"),
    "layers": Key(ListOf(layer_shape(OWN_PARTS)), required=True, help="保障层，按结算顺序"),
    "away": Key(away_shape(), help="异地就医规则"),
    "guarantee": Key(guarantee_shape(), help="保底比例"),
    "account": Key(
        Record(
            lambda may_pay: may_pay,
            {"may_pay": Key(ListOf(Word(OWN_PARTS), distinct=True), required=True)},
            "个人账户可支付的部分",
        )
    ),
    "rounding": Key(ROUNDING, default=Rounding()),
}

BENEFIT = EditionsOf(
    Benefit,
    {"scheme": Key(Word(tuple(SCHEME_WORDS)), required=True), "care": Key(Word(tuple(CARE_WORDS)), required=True)},
    EditionOf(BenefitEdition, _BENEFIT_RULES),
)
