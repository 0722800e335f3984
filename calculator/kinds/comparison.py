"""城市对比: the same case settled by the rules of several areas, and what makes the difference, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from calculator.answer import Answer, Difference, Missing, Part, differing
from calculator.compare import Contrast, Subject, contrast
from calculator.errors import InvalidData, NotCovered, Problem
from calculator.headlines import areas_headline
from calculator.kinds.form import Form
from calculator.kinds.settlement import settled_part
from calculator.kinds.variants import Variant, variants
from calculator.model import CARE_WORDS, PoolingArea


@dataclass(frozen=True, slots=True)
class AreaComparison:
    """One bill, one estimate for each area; an area without the rule is told as such, never as nothing paid."""

    id: str = "comparison"
    title: str = "城市对比"
    summary: str = "同一笔费用，在几个城市参保各报多少，差在哪里。"

    def form(self, area: PoolingArea) -> Form | None:  # noqa: ARG002 - every calculator is asked with an area
        """No page of its own: it is about several areas."""
        return None

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """The comparison of a single area with nothing. Raises InvalidData or NotCovered."""
        return self.compare((area,), document)

    def compare(self, areas: Sequence[PoolingArea], document: object) -> Answer:
        """Settle the case in every area. Raises what the first area raises when none can settle it."""
        care = document.get("care") if isinstance(document, Mapping) else None
        care = care if isinstance(care, str) and care in CARE_WORDS else "inpatient"
        parts: list[Part] = []
        missing: list[Missing] = []
        possible: dict[str, list[Variant]] = {}
        refused: list[NotCovered | InvalidData] = []
        for area in areas:
            try:
                possible[area.id] = variants(document, area, care)
                parts.append(settled_part(area, possible[area.id], area.id, area.name))
            except (NotCovered, InvalidData) as reason:
                refused.append(reason)
                missing.append(Missing(area.id, area.name, _told(reason)))
        if not parts:
            raise refused[0]
        by_id = {area.id: area for area in areas}
        differences = tuple(_differences(by_id, possible, parts))
        headline = areas_headline(parts)
        return Answer(self.id, self.title, headline, tuple(parts), tuple(missing), differences=differences)


def _told(reason: NotCovered | InvalidData) -> str:
    if isinstance(reason, NotCovered):
        return f"未收录。{reason}"
    return f"没有算：{'；'.join(problem.message for problem in reason.problems)}。"


def _differences(
    areas: Mapping[str, PoolingArea], possible: Mapping[str, Sequence[Variant]], parts: Sequence[Part]
) -> Iterator[Difference]:
    """How much less each area pays than the first one that could be settled."""
    first, *others = parts
    for part in others:
        found: list[Contrast] = []
        for assumed, case in possible[first.id]:
            for alike, other in possible[part.id]:
                if [choice.value for choice in assumed if choice.key == "scheme"] != [
                    choice.value for choice in alike if choice.key == "scheme"
                ]:
                    continue
                with suppress(NotCovered):
                    found.append(contrast(Subject(areas[first.id], case), Subject(areas[part.id], other)))
        if found:
            yield differing(part.id, f"“{part.label}”比“{first.label}”", found)


def one_area(title: str) -> InvalidData:
    """The refusal of several areas by a calculator that is about one."""
    return InvalidData([Problem((), f"{title}一次只算一个统筹区；几个统筹区一起比，请用“城市对比”", "areas")])
