"""Which edition and which figure of it apply to this case: look-ups only, no amounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, TypeVar

from calculator.completions import Run
from calculator.errors import InvalidData, NotCovered, Problem
from calculator.model import (
    NOT_TOLD,
    OTHER,
    BenefitEdition,
    Branch,
    Cap,
    Condition,
    Edition,
    Figure,
    PercentOf,
    PoolingArea,
)
from calculator.reader import UNKNOWN

E = TypeVar("E", bound=Edition)
AT_HOME = ("local", "home_while_filed")
"""Cases of filing in which the care itself is in the insured place."""


def edition_on(editions: Sequence[E], day: date, what: str) -> E:
    """The newest edition begun on that day, if it still stands. ``what`` names the rules, for the reader."""
    for newest in reversed(editions):
        if newest.since <= day:
            break
    else:
        first = editions[0].since
        raise NotCovered(f"{what}：{day} 适用的标准本站没有收录。", "date", (f"{first} 起的标准",))
    if newest.until and day > newest.until:
        later = [f"{e.since} 起的标准" for e in editions if e.since > day]
        ended = f"{newest.since} 到 {newest.until} 的标准"
        raise NotCovered(f"{what}：{day} 适用的标准本站没有收录。", "date", (ended, *later))
    return newest


def settles_bills(edition: BenefitEdition) -> bool:
    """Whether a layer that pays for the cost itself has a ratio; without one its other figures are only told."""
    return any(layer.ratio is not NOT_TOLD for layer in edition.layers if layer.base.kind != "own")


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


def accumulators(area: PoolingArea, edition: BenefitEdition) -> tuple[str, ...]:
    """What earlier events may have used up: every layer, and what layers have in common or count by a trait's words."""
    names = [layer.id for layer in edition.layers]
    for layer in edition.layers:
        if layer.deductible.shared:
            names.append(layer.deductible.shared)
        if layer.counts_into:
            names.append(layer.counts_into)
        for cap in layer.caps:
            if cap.shared:
                names.append(cap.shared)
            if cap.each:
                names += (f"{layer.id}.{word}" for word in area.words(cap.each))
    return tuple(dict.fromkeys(names))


class Situation:
    """Answers the questions a table asks (level, group, filing, distance) for one completion of one case."""

    __slots__ = ("_answers", "_vocabulary", "area", "assumed", "run", "what")

    def __init__(
        self,
        area: PoolingArea,
        answers: Mapping[str, str],
        vocabulary: Callable[[str], tuple[str, ...]],
        run: Run,
        what: str,
    ) -> None:
        self.area = area
        self.run = run
        self.what = what
        self._answers = answers
        self._vocabulary = vocabulary
        """Every answer there is to a question, for those who cannot answer it."""
        self.assumed: dict[str, str] = {}
        """Traits nobody told us that were taken at their default."""

    def answer(self, dimension: str) -> str:
        """The case's word for a dimension; when unknown, every word there is (holes in tables show)."""
        if dimension == "distance" and self.answer("filing") in AT_HOME:
            return "local"
        stated = self._answers.get(dimension, "")
        if stated == UNKNOWN:
            return str(self.run.choose(dimension, self.area.dimensions[dimension], self._vocabulary(dimension)))
        return stated or self._default(dimension)

    def _default(self, dimension: str) -> str:
        """What holds when nobody says otherwise; a question without such an answer must be answered."""
        trait = self.area.traits.get(dimension)
        if trait is None:
            message = f"请选择{self.area.dimensions[dimension]}：{self.what}按它区分"
            raise InvalidData([Problem((dimension,), message, "missing")])
        if trait.default:
            self.assumed[dimension] = trait.default
            return trait.default
        path = ("numbers", trait.of) if trait.of else ("traits", dimension)
        asked = f"请填写{self.area.numbers[trait.of][0]}" if trait.of else f"请选择{trait.name}"
        raise InvalidData([Problem(path, f"{asked}：{self.what}按它区分", "missing")])

    def holds(self, condition: Condition) -> bool:
        """Whether a rule applies: every dimension it names has one of its words."""
        words = condition.words
        return not words or all(self.answer(dimension) in accepted for dimension, accepted in words.items())

    def with_answer(self, dimension: str, word: str) -> Situation:
        """The same situation with one answer replaced (视同另一种情形)."""
        return self._like({**self._answers, dimension: word}, self.what)

    def named(self, what: str) -> Situation:
        """The same situation under another name for readers."""
        return self._like(self._answers, what)

    def _like(self, answers: Mapping[str, str], what: str) -> Situation:
        other = Situation(self.area, answers, self._vocabulary, self.run, what)
        other.assumed = self.assumed
        return other

    def look_up(self, table: Any, what: str) -> Any:
        """The leaf of a table for this case. Raises NotCovered naming the word that has no entry."""
        while isinstance(table, Branch):
            word = self.answer(table.dimension)
            if word == "local" and table.dimension == "distance" and "local" not in table.entries:
                word = self._answers.get("distance", "") or word  # treated as at home, but not cared for there
            entry = table.entries.get(word)
            if entry is None:
                entry = table.entries.get(OTHER)
            if entry is None:
                words = self.area.words(table.dimension)
                nearest = [words.get(entry, entry) for entry in table.entries]
                raise NotCovered(f"{self.what}：没有收录“{words.get(word, word)}”的{what}。", table.dimension, nearest)
            table = entry
        return table


def dimensions_of(rules: object) -> frozenset[str]:
    """Every dimension that any table or condition in some rules asks about."""
    found: set[str] = set()
    _collect(rules, found)
    return frozenset(found)


def _collect(part: object, found: set[str]) -> None:
    if isinstance(part, Branch):
        found.add(part.dimension)
        for entry in part.entries.values():
            _collect(entry, found)
    elif isinstance(part, Condition):
        found.update(part.words)
    elif isinstance(part, tuple | list):
        for item in part:
            _collect(item, found)
    elif isinstance(part, dict):
        for item in part.values():
            _collect(item, found)
    elif is_dataclass(part) and not isinstance(part, Figure | type):
        if isinstance(part, Cap) and part.each:
            found.add(part.each)
        for item in fields(part):
            _collect(getattr(part, item.name), found)


def percentages(part: object) -> Iterator[PercentOf]:
    """Every amount in some rules that is a percentage of something."""
    if isinstance(part, PercentOf):
        yield part
    elif isinstance(part, Branch):
        for entry in part.entries.values():
            yield from percentages(entry)
    elif isinstance(part, Mapping):
        for entry in part.values():
            yield from percentages(entry)
    elif isinstance(part, tuple | list):
        for item in part:
            yield from percentages(item)
    elif is_dataclass(part) and not isinstance(part, Figure | type):
        for item in fields(part):
            yield from percentages(getattr(part, item.name))
