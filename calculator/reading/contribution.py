"""筹资 as written: what is paid for a scheme, by whom, and what of it goes to the account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.errors import Path
from calculator.figures import FigureOf, TableOf
from calculator.model import (
    SCHEME_WORDS,
    Contribution,
    ContributionBase,
    ContributionEdition,
    ContributionPart,
    Rounding,
)
from calculator.reading.edition import ROUNDING, EditionOf, EditionsOf
from calculator.shape import (
    FAILED,
    Key,
    ListOf,
    Reading,
    Record,
    Text,
    Word,
    identifier,
)

_PART = Record(
    ContributionPart,
    {
        "id": Key(identifier("这一项的 id", "employer"), required=True),
        "name": Key(Text("这一项的名字"), required=True),
        "payer": Key(Word(("employer", "person", "government")), required=True),
        "rate": Key(TableOf(FigureOf("percent"), "percent")),
        "amount": Key(TableOf(FigureOf("yuan"), "yuan")),
    },
    "缴费的一项",
)
_CONTRIBUTION_RULES: Mapping[str, Key] = {
    "base": Key(
        Record(
            ContributionBase,
            {"floor": Key(FigureOf("yuan"), required=True), "ceiling": Key(FigureOf("yuan"), required=True)},
            "缴费基数的下限和上限",
        ),
        help="缴费基数（元/月），职工医保要写",
    ),
    "parts": Key(ListOf(_PART), required=True),
    "account": Key(
        Record(lambda rate: rate, {"rate": Key(TableOf(FigureOf("percent"), "percent"), required=True)}, "划入比例"),
        help="划入个人账户的比例",
    ),
    "rounding": Key(ROUNDING, default=Rounding()),
}

CONTRIBUTION = EditionsOf(
    Contribution,
    {"scheme": Key(Word(tuple(SCHEME_WORDS)), required=True)},
    EditionOf(ContributionEdition, _CONTRIBUTION_RULES),
)


def refuse_odd_contributions(values: Mapping[str, Any], reading: Reading) -> None:
    """A rate needs a base; a part is a rate or an amount; the floor is below the ceiling."""
    for c, contribution in enumerate(values["contributions"] if values["contributions"] is not FAILED else ()):
        for e, edition in enumerate(contribution.editions):
            place: Path = ("contributions", c, "editions", e)
            ids = [part.id for part in edition.parts]
            for n, part in enumerate(edition.parts):
                if part.id in ids[:n]:
                    reading.refuse((*place, "parts", n, "id"), f"这一版里已经有叫“{part.id}”的一项", "duplicate")
                if (part.rate is None) == (part.amount is None):
                    reading.refuse((*place, "parts", n), "要写 rate 或 amount，而且只写一个", "contribution")
                elif part.rate is not None and edition.base is None:
                    reading.refuse((*place, "parts", n, "rate"), "按比例缴费要先写 base（缴费基数）", "contribution")
            if edition.account is not None and edition.base is None:
                reading.refuse((*place, "account"), "按比例划入要先写 base（缴费基数）", "contribution")
            base = edition.base
            if base and min(base.ceiling.values) <= max(base.floor.values):
                reading.refuse((*place, "base"), "上限应高于下限", "contribution")
