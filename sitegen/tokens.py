"""`templates/css/10-tokens.css` → the colours and sizes of the site as numbers: for the page that shows them, and to be
held against what contrast they owe."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

TOKENS = "templates/css/10-tokens.css"
FACES = ("浅色", "深色", "浅色，高对比", "深色，高对比")
"""In the order in which a colour is written: plain light, plain dark, then both with more contrast."""

_HEX = r"(#[0-9a-f]{6})"
_FACE = rf"var\(--light, {_HEX}\) var\(--dark, {_HEX}\)"
_COLOUR = re.compile(rf"^ +--([a-z-]+): var\(--plain, {_FACE}\) var\(--more, {_FACE}\);$", re.MULTILINE)
_LENGTH = re.compile(r"^    --([a-z0-9-]+): ([^;]*rem[^;]*);$", re.MULTILINE)
_TEXT = re.compile(r':root\[data-text="(\w+)"\] \{\n +font-size: ([\d.]+)%;')
_REM = re.compile(r"([\d.]+)rem")
PIXELS = 16
"""What a rem is on screen as long as the reader has not asked the browser for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Colours by name, one for each of `FACES`; lengths as written; the sizes of text in percent of the standard."""

    colours: Mapping[str, tuple[str, ...]]
    lengths: Mapping[str, str]
    texts: Mapping[str, float]

    def largest(self, name: str) -> float:
        """A length in rem: of one that grows with the screen, the most it grows to."""
        return float(_REM.findall(self.lengths[name])[-1])


def read_tokens(css: str) -> Tokens:
    """The tokens as that file writes them; a colour written otherwise is not found."""
    lengths: dict[str, str] = {}
    for name, value in _LENGTH.findall(css):
        lengths.setdefault(name, value)  # what larger text changes comes later
    return Tokens(
        colours={name: tuple(faces) for name, *faces in _COLOUR.findall(css)},
        lengths=lengths,
        texts={name: float(percent) for name, percent in _TEXT.findall(css)},
    )


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
