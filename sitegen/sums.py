"""几个数加起来: a sum that an article prints without any rule of insurance in it, added up when the site is built."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from calculator.errors import Path
from calculator.shape import Key, ListOf, Reading, Record, Text, Word
from sitegen.cases import EXPECT, Expectation, Range
from sitegen.verdicts import WORDS, Claim, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One number of the sum: `value` as the article prints it, or a `figure` of the policies."""

    label: str
    value: str = ""
    figure: str = ""
    sign: str = "plus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """The YAML of the directive."""

    terms: tuple[Term, ...]
    difference: str
    source: str
    says: Expectation | None = None
    result: str = "得数"
    unit: str = "元"
    how: str = ""
    verdict: str = ""


class _Number(Text):
    """A number that YAML may have read as one."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        plain = isinstance(found, int) and not isinstance(found, bool)
        return Text.read(self, str(found) if plain else found, path, reading)


_TERM = Record(
    Term,
    {
        "label": Key(Text("这个数是什么", longest=30), required=True, help="这个数是什么"),
        "value": Key(_Number("文章印的数", pattern=r"\d+(\.\d+)?", example="4000"), default=""),
        "figure": Key(Text("政策里的数字", example="national/subsidy-2024"), default=""),
        "sign": Key(Word(("plus", "minus")), default="plus"),
    },
    "一个数",
)
SUM = Record(
    Sum,
    {
        "terms": Key(ListOf(_TERM, shortest=2, longest=8), required=True, help="加起来的几个数"),
        "difference": Key(Text("一两句话", longest=400), required=True, help="差在哪一步"),
        "source": Key(Text("出处的 id"), required=True, help="哪篇文章"),
        "says": Key(EXPECT),
        "result": Key(Text("得数是什么", longest=30), default="得数"),
        "unit": Key(Text("单位", longest=10), default="元"),
        "how": Key(Text("一句话", longest=400), default=""),
        "verdict": Key(Word(tuple(WORDS)), default=""),
    },
    "一个加法",
)
SAID = "total"
"""The name of the result in `says`."""


def claim_of(added: Sum, value_of: Callable[[int, Term], Decimal | None]) -> Claim | None:
    """The sum worked out; None when one of its numbers is not to be had."""
    total = Decimal(0)
    for index, term in enumerate(added.terms):
        value = value_of(index, term)
        if value is None:
            return None
        total += value if term.sign == "plus" else -value
    said: Range | None = added.says.amounts.get(SAID) if added.says else None
    return Claim(words=added.result, ruled=(total, total), said=said, unit=added.unit)


def line(added: Sum, claim: Claim, figure: Callable[[int, Term], str]) -> str:
    """The sum written out: 「浙江 5 + 江苏 5 = 10 个地方」; ``figure`` is the HTML of a figure of the policies."""
    parts: list[str] = []
    for index, term in enumerate(added.terms):
        sign = "−" if term.sign == "minus" else "+"
        number = figure(index, term) if term.figure else shown((Decimal(term.value), Decimal(term.value)))
        parts.append(f"{sign + ' ' if parts or term.sign == 'minus' else ''}{escape(term.label, quote=False)} {number}")
    return f'<p class="sum">{" ".join(parts)} = {shown(claim.ruled)} {escape(added.unit, quote=False)}</p>\n'
