"""Which edition and which figure of it apply to this case: look-ups only, no amounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from calculator.case import FIELD_WORDS, UNKNOWN
from calculator.completions import Run
from calculator.errors import InvalidData, NotCovered, Problem
from calculator.model import Branch, Edition, PoolingArea

E = TypeVar("E", bound=Edition)


def edition_on(editions: Sequence[E], day: date, what: str) -> E:
    """The newest edition begun on that day, if it still stands. ``what`` names the rules, for the reader."""
    begun = [edition for edition in editions if edition.since <= day]
    if not begun:
        first = editions[0].since
        raise NotCovered(f"{what}：{day} 适用的标准本站没有收录。", "date", (f"{first} 起的标准",))
    newest = begun[-1]
    if newest.until and day > newest.until:
        later = [f"{e.since} 起的标准" for e in editions if e.since > day]
        ended = f"{newest.since} 到 {newest.until} 的标准"
        raise NotCovered(f"{what}：{day} 适用的标准本站没有收录。", "date", (ended, *later))
    return newest


def filings(cases: object) -> tuple[str, ...]:
    """The out-of-area cases a table tells apart, in the order of the file."""
    if not isinstance(cases, Branch):
        return ()
    if cases.dimension == "filing":
        return tuple(cases.entries)
    return tuple(dict.fromkeys(word for entry in cases.entries.values() for word in filings(entry)))


def leaves(table: Any) -> Iterator[Any]:
    """Every leaf of a table, in the order of the file."""
    if isinstance(table, Branch):
        for entry in table.entries.values():
            yield from leaves(entry)
    else:
        yield table


class Situation:
    """Answers the questions a table asks (level, group, filing, distance) for one completion of one case."""

    __slots__ = ("_answers", "_vocabulary", "area", "run", "what")

    def __init__(
        self,
        area: PoolingArea,
        answers: Mapping[str, str],
        vocabulary: Mapping[str, tuple[str, ...]],
        run: Run,
        what: str,
    ) -> None:
        self.area = area
        self.run = run
        self.what = what
        self._answers = answers
        self._vocabulary = vocabulary

    def answer(self, dimension: str) -> str:
        """The case's word for a dimension; when unknown, every word there is (holes in tables show)."""
        stated = self._answers.get(dimension, "")
        if stated == UNKNOWN:
            return str(self.run.choose(dimension, FIELD_WORDS[dimension], self._vocabulary[dimension]))
        if not stated:
            message = f"请选择{FIELD_WORDS[dimension]}：{self.what}按它区分"
            raise InvalidData([Problem((dimension,), message, "missing")])
        return stated

    def with_answer(self, dimension: str, word: str) -> Situation:
        """The same situation with one answer replaced (视同另一种情形)."""
        return Situation(self.area, {**self._answers, dimension: word}, self._vocabulary, self.run, self.what)

    def named(self, what: str) -> Situation:
        """The same situation under another name for readers."""
        return Situation(self.area, self._answers, self._vocabulary, self.run, what)

    def look_up(self, table: Any, what: str) -> Any:
        """The leaf of a table for this case. Raises NotCovered naming the word that has no entry."""
        while isinstance(table, Branch):
            word = self.answer(table.dimension)
            if word not in table.entries:
                words = self.area.words(table.dimension)
                nearest = [words.get(entry, entry) for entry in table.entries]
                raise NotCovered(f"{self.what}：没有收录“{words.get(word, word)}”的{what}。", table.dimension, nearest)
            table = table.entries[word]
        return table
