"""The two ways to fail: the document is wrong, or the policy is silent. Bugs stay exceptions of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

Path = tuple[str | int, ...]


class Problem(NamedTuple):
    """One thing wrong in a document: where it stands, a sentence for its author, and the id of the check."""

    path: Path
    message: str
    check: str

    @property
    def where(self) -> str:
        """The path as people write it: ``benefits[0].editions[0].layers[0].cap``."""
        return path_text(self.path)


class InvalidData(Exception):
    """A policy file or a case is wrong; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{p.where}: {p.message} [{p.check}]" for p in self.problems))


class NotCovered(Exception):
    """The policy data are silent here (本站没有这项规定). Never answered with a default or a neighbour's figure.

    ``what`` is the sentence for the reader, ``missing`` the field of the case that finds no rule,
    ``nearest`` the things that do exist in its place, as words for the reader.
    """

    def __init__(self, what: str, missing: str, nearest: Sequence[str] = ()) -> None:
        self.what = what
        self.missing = missing
        self.nearest = tuple(nearest)
        super().__init__(what + (f"已收录的有：{'、'.join(self.nearest)}。" if self.nearest else ""))


def path_text(path: Path) -> str:
    """A path as text; list positions in brackets.

    >>> path_text(("layers", 0, "cap"))
    'layers[0].cap'
    """
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def nearest_word(word: str, known: Iterable[str]) -> str:
    """「，是不是想写 x」 for the closest known word, or nothing.

    >>> nearest_word("tertiery", ["tertiary", "primary"])
    '，是不是想写“tertiary”'
    """
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"，是不是想写“{close[0]}”" if close else ""


MANY = 7
"""More known words than this are not listed where the nearest one is named already."""


def listed(lead: str, known: Iterable[str], near: str) -> str:
    """All known words behind ``lead``; nothing when there are many and the nearest one is named.

    >>> listed("；可用的键：", ["id", "name"], "")
    '；可用的键：id、name'
    """
    words = list(known)
    return "" if near and len(words) > MANY else f"{lead}{'、'.join(words)}"


def shown(found: object) -> str:
    """What was found, on one line and short; control characters are shown, not carried out.

    >>> shown("a\\nb"), shown(True), shown(None), shown([1])
    ('“a⏎b”', '“true”', '空', '一个列表')
    """
    if isinstance(found, Mapping):
        return "一组键值"
    if isinstance(found, list | tuple):
        return "一个列表"
    if found is None:
        return "空"
    text = str(found).lower() if isinstance(found, bool) else str(found)
    text = "".join("⏎" if c in "\n\r\u2028\u2029" else c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text[:61])
    return f"“{text if len(text) <= 60 else text[:57] + '…'}”"
