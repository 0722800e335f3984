"""What is wrong with the input, as data: one `Problem` a finding, and how a list of them prints.

Every reader and check gives problems instead of stopping at the first; `Refused` carries all of them out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding in one file (问题).

    `path` is relative to the tree with forward slashes; `line` counts from 1, 0 when the whole file is meant;
    `where` is the place inside the document such as `benefits[0].editions[1].from`, or empty.
    """

    path: str
    line: int = 0
    where: str = ""
    message: str
    check: str
    warning: bool = False
    """提醒: worth a look, but nothing is refused for it."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        where = f"{self.where}: " if self.where else ""
        return f"{place}: {where}{'提醒：' if self.warning else ''}{self.message} [{self.check}]"


class Refused(Exception):
    """The input has problems; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(map(str, self.problems)))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file, then line, then place."""
    return tuple(sorted(set(problems), key=lambda p: (p.path, p.line, p.where, p.check, p.message)))


def refuse(problems: Iterable[Problem]) -> None:
    """Raise `Refused` with all of them; return when there are none."""
    found = tuple(problems)
    if found:
        raise Refused(found)


def count_line(problems: Iterable[Problem]) -> str:
    """The closing line of a report: how many problems in how many files."""
    found = tuple(problems)
    return f"共 {len(found)} 处问题，涉及 {len({p.path for p in found})} 个文件。"


def warned_line(warnings: Iterable[Problem]) -> str:
    """The closing line of warnings."""
    found = tuple(warnings)
    return f"共 {len(found)} 处提醒，涉及 {len({p.path for p in found})} 个文件。"


def where_of(path: Iterable[str | int]) -> str:
    """A path of keys and indexes as it is printed: `benefits[0].editions[1].from`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else str(step)
    return text


def nearest(word: str, known: Iterable[str]) -> str:
    """“，是不是想写“x”” when a known word is close, else the known words when they are few, else nothing."""
    words = sorted(set(known))
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    if close:
        return f"，是不是想写“{close[0]}”"
    if words and len(words) <= 12:
        return f"，可以写的有：{'、'.join(words)}"
    return ""


def shorten(text: str, limit: int = 60) -> str:
    """Text quoted in a message: one line, no control characters, cut when long."""
    flat = "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
