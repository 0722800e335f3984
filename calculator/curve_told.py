"""Curves in words and as data: the same lines for the command line, for other programs and for reading aloud."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

from calculator.along import Band, Curves
from calculator.curve import Curve, Jump, Piece
from calculator.explain import tidy, yuan
from calculator.money import LARGEST, amount_words
from calculator.starts import Start

FORMAT = 1
"""Changes when a reader of the data must change."""

_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)
STEPS = (100, 1_000, 10_000, 100_000, 1_000_000)
"""Slopes are told for so many yuan more: the first of these that gives whole fen."""


def curves_json(curves: Curves) -> dict[str, Any]:
    """The curves; numbers are exact: a decimal, or a fraction ``n/d`` where no decimal ends."""
    return {
        "format": FORMAT,
        "free": {"name": curves.free.name, "words": curves.free.words},
        "from": number_text(curves.low),
        "to": number_text(curves.high),
        "amounts": {name: _band(curves, band) for name, band in curves.bands.items()},
        "not_covered": [
            {"from": number_text(s.low), "to": number_text(s.high), "message": s.reason, "nothing_known": s.whole}
            for s in curves.silent
        ],
        "ends_only": curves.ends_only,
    }


def _band(curves: Curves, band: Band) -> dict[str, Any]:
    known = {"words": band.words, "exact": band.exact}
    if band.exact:
        return known | {"curve": _curve(curves, band, band.least)}
    return known | {"least": _curve(curves, band, band.least), "most": _curve(curves, band, band.most)}


def _curve(curves: Curves, band: Band, curve: Curve) -> dict[str, Any]:
    return {
        "pieces": [
            {
                "from": number_text(piece.low),
                "to": number_text(piece.high),
                "value": number_text(piece.value),
                "slope": number_text(piece.slope),
                "starts": [_start(start) for start in piece.starts],
                "text": piece_text(curves, band, piece),
            }
            for piece in curve.pieces
        ],
        "jumps": [
            {
                "at": number_text(jump.at),
                "before": _maybe(jump.before),
                "value": _maybe(jump.value),
                "after": _maybe(jump.after),
                "causes": [_start(cause) for cause in jump.causes],
                "text": jump_text(curves, band, jump),
            }
            for jump in curve.jumps
        ],
    }


def _start(start: Start) -> dict[str, str]:
    return {"rule": start.rule, "layer": start.layer, "text": start.text}


def _maybe(value: Fraction | None) -> str | None:
    return None if value is None else number_text(value)


def number_text(value: Fraction) -> str:
    """Exact: ``41225``, ``0.85``, or ``400000/17``."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest > 1:
        return str(value)
    text = f"{_decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimal(value: Fraction) -> Decimal:
    return _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))


def curves_lines(curves: Curves) -> Iterator[str]:
    """Every curve, a line for each piece and each jump, in the order in which the free amount grows."""
    for band in curves.bands.values():
        for label, curve in _labelled(band):
            yield f"{band.words}{label}"
            jumps = {jump.at: jump for jump in curve.jumps}
            for piece in curve.pieces:
                if piece.low in jumps:
                    yield f"  {jump_text(curves, band, jumps.pop(piece.low))}"
                yield f"  {piece_text(curves, band, piece)}"
            yield from (f"  {jump_text(curves, band, jump)}" for jump in jumps.values())
    for silence in curves.silent:
        where = where_text(curves, silence.low, silence.high)
        yield f"{where}：{'' if silence.whole else '有的情形没有算进去。'}{silence.reason}"
    if curves.ends_only:
        yield "不确定的金额和比例按最低和最高两头计算。"


def _labelled(band: Band) -> Iterator[tuple[str, Curve]]:
    if band.exact:
        yield "", band.least
    else:
        yield "，最少", band.least
        yield "，最多", band.most


def piece_text(curves: Curves, band: Band, piece: Piece) -> str:
    """「总费用 1,300 元以上：过了起付线，统筹基金开始按 85% 支付。从 0 元起，总费用每多 100 元，医保支付多 85 元。」"""
    begun = "，".join(start.text for start in piece.starts)
    lead = f"{begun}。" if begun else ""
    from_here = f"从 {yuan(_decimal(piece.value))}起，" if piece.slope else ""
    where = where_text(curves, piece.low, piece.high)
    return tidy(f"{where}：{lead}{from_here}{slope_text(curves, band, piece)}")


def slope_text(curves: Curves, band: Band, piece: Piece) -> str:
    """「总费用每多 100 元，医保支付多 85 元。」 or 「医保支付都是 0 元。」"""
    if not piece.slope:
        return tidy(f"{band.words}都是 {yuan(_decimal(piece.value))}。")
    step = next((step for step in STEPS if (piece.slope * step * 100).denominator == 1), None)
    more = ("多" if piece.slope > 0 else "少") + (" " if step else "约 ")
    step = step or STEPS[0]
    steep = yuan(abs(_decimal(piece.slope * step)))
    return tidy(f"{curves.free.words}每多 {amount_words(Decimal(step))} 元，{band.words}{more}{steep}。")


def where_text(curves: Curves, low: Fraction, high: Fraction) -> str:
    """「总费用 1,300 元到 30,000 元」; 「以上」 where there is no end."""
    start = yuan(_decimal(low))
    if low == high:
        return f"{curves.free.words} {start}"
    return f"{curves.free.words} {start}" + ("以上" if high == LARGEST else f"到 {yuan(_decimal(high))}")


def jump_text(curves: Curves, band: Band, jump: Jump) -> str:
    """「总费用超过 50,000 元时，医保支付从 42,500 元一下变成 45,000 元：统筹基金改为按 90% 支付。」"""
    at, caused = yuan(_decimal(jump.at)), "，".join(cause.text for cause in jump.causes)
    because = f"：{caused}。" if caused else "。"
    free, words = curves.free.words, band.words
    before, value, after = (None if v is None else yuan(_decimal(v)) for v in (jump.before, jump.value, jump.after))
    if value is None:
        return f"{free} {at}这一点，{words}规定没有写。"
    if before is not None and after is not None and jump.before != jump.value != jump.after:
        return tidy(f"{free}刚好 {at}时，{words}是 {value}；不到时接近 {before}，超过时接近 {after}{because}")
    if after is not None and jump.after != jump.value:
        return tidy(f"{free}超过 {at}时，{words}从 {value}一下变成 {after}{because}")
    if before is not None and jump.before != jump.value:
        return tidy(f"{free}到 {at}时，{words}从 {before}一下变成 {value}{because}")
    return f"{free}刚好 {at}时，{words}是 {value}。"
