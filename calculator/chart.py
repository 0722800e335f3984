"""Who pays, as a flat stacked bar: SVG and the sentence that says the same. No styles inside: classes only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from calculator.answer import Amount
from calculator.money import ZERO, percent_text, quotient

WIDTH, HEIGHT = 600, 36


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and its text alternative."""

    svg: str
    sentence: str


def payers_chart(amounts: Sequence[Amount]) -> Chart | None:
    """One bar from nothing to the bill, one piece per payer; None for an interval or when nothing is paid."""
    total = next((amount.interval for amount in amounts if amount.role == "total"), None)
    payers = [amount for amount in amounts if amount.role == "payer"]
    if total is None or not total.exact or not total.low or not all(amount.interval.exact for amount in payers):
        return None
    shares = [(amount.words, amount.interval.low) for amount in payers if amount.interval.low > ZERO]
    pieces, x = [], Decimal(0)
    for number, (words, paid) in enumerate(shares):
        width = quotient(paid * WIDTH, total.low, Decimal("0.1"))
        pieces.append(
            f'<rect class="bar-piece bar-piece--{number % 4}" x="{x}" y="0" width="{width}" height="{HEIGHT}">'
            f"<title>{escape(words)}</title></rect>"
        )
        x += width
    sentence = "，".join(
        f"{words} {percent_text(quotient(paid, total.low, Decimal('0.001')))}" for words, paid in shares
    )
    svg = (
        f'<svg class="bar" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(sentence)}" '
        f'preserveAspectRatio="none">{"".join(pieces)}</svg>'
    )
    words = next(amount.words for amount in amounts if amount.role == "total")
    return Chart(svg, f"{words}里：{sentence}。")
