"""Amounts (元) and ratios (比例): exact decimals, read from text, rounded only where the settlement rounds.

Nothing here is ever a float. ``EXACT`` raises instead of rounding silently; only ``round_amount`` rounds.
"""

from __future__ import annotations

import decimal
import re
import unicodedata
from decimal import Decimal

Yuan = Decimal
Ratio = Decimal

ZERO = Decimal(0)
ONE = Decimal(1)
FEN = Decimal("0.01")
MILLIONTH = Decimal("0.000001")
"""As far as an amount that is not yet rounded is shown."""
LARGEST = Decimal(1_000_000_000)
"""No bill and no policy amount is larger than a thousand million yuan: a larger one is a slip of the keyboard."""

EXACT = decimal.Context(
    prec=80, traps=[decimal.Inexact, decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow]
)
_ROUNDING = decimal.Context(prec=80)

UNITS = {
    "fen": FEN,
    "jiao": Decimal("0.1"),
    "yuan": ONE,
    "ten": Decimal("1E1"),
    "hundred": Decimal("1E2"),
    "thousand": Decimal("1E3"),
    "wan": Decimal("1E4"),
}
"""Units to which amounts are rounded: 分, 角, 元, 十元, 百元, 千元, 万元."""
MODES = {"half_up": decimal.ROUND_HALF_UP, "down": decimal.ROUND_DOWN, "up": decimal.ROUND_UP}

_POLICY_AMOUNT = re.compile(r"(0|[1-9]\d*)(\.\d{1,2})?")
_POLICY_PERCENT = re.compile(r"(0|[1-9]\d*)(\.\d{1,4})?%")
_PLAIN_AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
"""By far the most common way to type an amount."""
_TYPED_AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d*))?(万|千|亿)?")
_TYPED_SCALE = {"": ONE, "千": Decimal(1000), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_AMOUNT_HELP = "要填数字，例如 50000 或 5万"


def policy_amount(found: object) -> Yuan | None:
    """A policy amount as written in data, or None when it is none: whole yuan or text with at most two decimals.

    >>> policy_amount(1300), policy_amount("364.72"), policy_amount("1,300"), policy_amount(True)
    (Decimal('1300'), Decimal('364.72'), None, None)
    """
    if isinstance(found, int) and not isinstance(found, bool) and found >= 0:
        return Decimal(found)
    if isinstance(found, str) and _POLICY_AMOUNT.fullmatch(found) and found.isascii():
        return Decimal(found)
    return None


def policy_ratio(found: object) -> Ratio | None:
    """A percentage as written in data (``85%``) as a fraction of one, or None when it is none.

    >>> policy_ratio("92.2%"), policy_ratio("85"), policy_ratio(85)
    (Decimal('0.922'), None, None)
    """
    if isinstance(found, str) and _POLICY_PERCENT.fullmatch(found) and found.isascii():
        return Decimal(found[:-1]).scaleb(-2)
    return None


def typed_amount(found: object) -> Yuan:
    """An amount as people type it: full-width digits, 千分位, 元, 「5万」. Raises ValueError with the words for them.

    >>> typed_amount("５．５万元"), typed_amount("50,000"), typed_amount(1000)
    (Decimal('55000.00'), Decimal('50000.00'), Decimal('1000.00'))
    """
    if isinstance(found, str) and _PLAIN_AMOUNT.fullmatch(found):
        return Decimal(found).quantize(FEN, None, _ROUNDING)
    if isinstance(found, bool) or not isinstance(found, int | str):
        raise ValueError(_AMOUNT_HELP)
    text = unicodedata.normalize("NFKC", str(found)) if len(str(found)) <= 40 else ""
    text = re.sub(r"[\s¥￥]|元$", "", text)
    if text.startswith("-"):
        raise ValueError("不能是负数")
    match = _TYPED_AMOUNT.fullmatch(text)
    if match is None or (match[1] is None and not match[2]) or not text.isprintable():
        raise ValueError(_AMOUNT_HELP)
    whole, part, scale = match[1] or "0", match[2] or "", match[3] or ""
    amount = EXACT.multiply(Decimal(f"{whole.replace(',', '')}.{part or '0'}"), _TYPED_SCALE[scale])
    if amount > LARGEST:
        raise ValueError("超过 10 亿元，请检查是不是多打了零")
    if amount != amount.quantize(FEN, context=_ROUNDING):
        raise ValueError("最多写到分，也就是两位小数")
    return amount.quantize(FEN, context=_ROUNDING)


def number(value: object) -> Decimal:
    """A figure's value that is known to be a number."""
    assert isinstance(value, Decimal)
    return value


def round_amount(amount: Yuan, unit: Decimal = FEN, mode: str = decimal.ROUND_HALF_UP) -> Yuan:
    """The amount in whole units (分, 角 or 元), always with two decimals.

    >>> round_amount(Decimal("469.577")), round_amount(Decimal("469.577"), Decimal(1), decimal.ROUND_DOWN)
    (Decimal('469.58'), Decimal('469.00'))
    """
    rounded = amount.quantize(unit, mode, _ROUNDING)
    return rounded if unit is FEN or unit < FEN else rounded.quantize(FEN, None, _ROUNDING)


def amount_text(amount: Yuan) -> str:
    """For machines: always two decimals, no grouping.

    >>> amount_text(Decimal(38400)), amount_text(Decimal("469.58")), amount_text(Decimal("0.5"))
    ('38400.00', '469.58', '0.50')
    """
    text = str(amount)
    return text if text[-3:-2] == "." else f"{amount:.2f}"


def amount_words(amount: Yuan) -> str:
    """For readers: grouped; whole yuan without decimals.

    >>> amount_words(Decimal("38400.00")), amount_words(Decimal("469.58"))
    ('38,400', '469.58')
    """
    text = f"{amount:,.2f}"
    return text[:-3] if text.endswith(".00") and amount == amount.to_integral_value() else text


def percent_text(ratio: Ratio) -> str:
    """A fraction of one as a percentage, no trailing zeros.

    >>> percent_text(Decimal("0.9220")), percent_text(Decimal(1)), percent_text(Decimal("0"))
    ('92.2%', '100%', '0%')
    """
    text = f"{ratio.scaleb(2):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"


def quotient(amount: Yuan, divisor: Decimal, unit: Decimal = FEN) -> Decimal:
    """``amount`` divided, to a unit, half up: the only division of money there is.

    >>> quotient(Decimal(24650), Decimal("0.85"))
    Decimal('29000.00')
    """
    if type(amount) is not Decimal:
        return amount / divisor  # a ``Linear``: a curve is not rounded
    return _ROUNDING.divide(amount, divisor).quantize(unit, rounding=decimal.ROUND_HALF_UP, context=_ROUNDING)
