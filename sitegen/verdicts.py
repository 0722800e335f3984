"""文章的账对不对: what articles print beside what the rules give, gathered from a guide into one table at its head.

Every claim is noted where the guide settles it (an example with `article`, a `{sum}`); the table asks nothing anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from html import escape

from markdown_it.token import Token

from calculator.answer import Amount, Answer
from calculator.money import amount_words
from sitegen.cases import Range, ends_of
from sitegen.markup import line_of

WORDS = {
    "right": "对",
    "figures": "算式对，数不对",
    "conclusion": "算式对，结论不对",
    "beside": "算式对，答非所问",
    "doubtful": "说不准",
    "wrong": "不对",
}
"""What may be said of an article's sum."""
_OF_EQUAL = ("right", "figures", "conclusion", "beside", "doubtful")
_OF_WITHIN = ("doubtful", "wrong")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One amount: what the article prints (None: it prints none), and what the rules give."""

    words: str
    ruled: Range
    said: Range | None = None
    unit: str = "元"
    rounded_to: int = 0
    """The article says “about”: to how many yuan it rounded."""

    @property
    def agrees(self) -> bool:
        """Whether the article's amount is what the rules give, to the article's own rounding."""
        return self.said is None or self.said in (self.ruled, self._rounded())

    @property
    def within(self) -> bool:
        """Whether the article's amount is one of those that the rules leave open."""
        if self.agrees or self.said is None:
            return True
        return self.said[0] == self.said[1] and self.ruled[0] <= self.said[0] <= self.ruled[1]

    def _rounded(self) -> Range | None:
        if not self.rounded_to:
            return None
        low, high = (
            (end / self.rounded_to).quantize(Decimal(1), ROUND_HALF_UP) * self.rounded_to for end in self.ruled
        )
        return low, high

    def said_words(self) -> str:
        """What the article prints, in words."""
        if self.said is None:
            return "没有印得数"
        return ("约 " if self.rounded_to else "") + shown(self.said)

    def gap(self) -> str:
        """By how much the article is off, in words; empty when it is not."""
        if self.said is None or self.agrees:
            return ""
        (low, high), (said, most) = self.ruled, self.said
        if said != most:
            return "文章说的范围和算出来的不同"
        if low <= said <= high:
            return "文章的数落在算出来的范围里，但只说了其中一个"
        if said > high:
            return f"文章多算了 {shown((said - high, said - low))} {self.unit}"
        return f"文章少算了 {shown((low - said, high - said))} {self.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One example of an article: where in the guide, its claims, and the word for them."""

    anchor: str
    title: str
    claims: tuple[Claim, ...]
    word: str
    how: str = ""


def shown(ends: Range) -> str:
    """An amount or a range as slips print it: without fen when there are none; ratios with all their places."""
    low, high = (_one(end) for end in ends)
    return low if low == high else f"{low} 至 {high}"


def _one(end: Decimal) -> str:
    return amount_words(end) if end == round(end, 2) else f"{end:,f}".rstrip("0")


def claimable(answer: Answer) -> dict[str, Amount]:
    """The amounts an article may have printed, by name; of several estimates `unfiled.fund`, `unfiled.more`."""
    if len(answer.parts) == 1:
        return {amount.name: amount for amount in answer.parts[0].amounts}
    found = {
        f"{part.id}.{amount.name}": Amount(
            amount.name, f"{part.label}，{amount.words}", amount.interval, amount.role, amount.unit
        )
        for part in answer.parts
        for amount in part.amounts
    }
    for item in answer.differences:
        found[f"{item.id}.more"] = Amount("more", f"{item.label}多付", item.more, "info")
    return found


def claim_of(amount: Amount, said: Range, rounded_to: int) -> Claim:
    """What an article says of an amount of an answer."""
    unit = "元" if amount.unit == "yuan" else ""
    return Claim(words=amount.words, ruled=ends_of(amount), said=said, unit=unit, rounded_to=rounded_to)


def allowed(claims: Sequence[Claim]) -> tuple[str, ...]:
    """The words that fit these claims, the likeliest first."""
    if all(claim.agrees for claim in claims):
        return _OF_EQUAL
    return _OF_WITHIN if all(claim.within for claim in claims) else ("wrong",)


def anchor_at(tokens: Sequence[Token], line: int) -> tuple[str, str]:
    """The anchor and the text of the heading above a line; empty before the first."""
    found = ("", "")
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and line_of(token) <= line:
            text = "".join(child.content for child in tokens[index + 1].children or () if child.type != "role")
            found = (str(token.attrGet("id") or ""), text.strip())
    return found


def badge(word: str) -> str:
    """The word of a verdict, marked."""
    return f'<span class="verdict verdict--{word}">{WORDS[word]}</span>'


PLACEHOLDER = "<!--verdicts-->"
"""Stands where the table goes until the whole guide is settled; no text of an author's can hold a comment."""


def table(verdicts: Sequence[Verdict]) -> str:
    """The HTML: one row an example, its name linked to where it is worked out."""
    rows = "".join(_rows(verdicts))
    return (
        f'<p class="verdict-sum">{_counted(verdicts)}</p>\n'
        '<div class="table-scroll" role="region" aria-label="表格：文章的账对不对" tabindex="0">\n'
        '<table class="verdicts">\n<thead><tr><th scope="col">例子</th><th scope="col">文章说</th>'
        '<th scope="col">按规则算</th></tr></thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )


def _counted(verdicts: Sequence[Verdict]) -> str:
    """How many of each word: 「一共核对了 29 处：“对” 4 处；“不对” 12 处。」."""
    counts = {word: sum(verdict.word == word for verdict in verdicts) for word in WORDS}
    told = "；".join(f"“{WORDS[word]}” {count} 处" for word, count in counts.items() if count)
    return f"一共核对了 {len(verdicts)} 处：{told}。"


def _rows(verdicts: Sequence[Verdict]) -> Iterator[str]:
    for verdict in verdicts:
        name = f'<a href="#{escape(verdict.anchor)}">{escape(verdict.title, quote=False)}</a>'
        said = "".join(_line(claim, claim.said_words()) for claim in verdict.claims)
        if all(claim.said is None for claim in verdict.claims):
            said = f"<div>{escape(verdict.how or '没有印得数', quote=False)}</div>"
        ruled = "".join(_line(claim, shown(claim.ruled)) + _gap(claim) for claim in verdict.claims)
        yield f'<tr><th scope="row">{name} {badge(verdict.word)}</th><td>{said}</td><td>{ruled}</td></tr>\n'


def _line(claim: Claim, amount: str) -> str:
    return f'<div>{escape(claim.words, quote=False)} <span class="amount">{escape(amount)}</span></div>'


def _gap(claim: Claim) -> str:
    gap = claim.gap()
    return f'<div class="verdict-gap">{escape(gap)}</div>' if gap else ""
