"""备案与未备案对比: the same stay settled for every out-of-area case the area knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from calculator.answer import Answer, Difference, Missing, Part, differing
from calculator.compare import Contrast, Subject, contrast
from calculator.errors import InvalidData, NotCovered, Problem
from calculator.headlines import comparison_headline
from calculator.kinds.form import Form
from calculator.kinds.settlement import settled_part, settlement_fields
from calculator.kinds.variants import Variant, variants
from calculator.model import FILING_WORDS, PoolingArea
from calculator.rules import filings
from calculator.settle import edition_of


@dataclass(frozen=True, slots=True)
class FilingComparison:
    """One bill, one estimate for each way of filing."""

    id: str = "filing_comparison"
    title: str = "备案与未备案对比"
    summary: str = "同一笔住院费，办了备案和没办备案，各报多少，差多少。"

    def form(self, area: PoolingArea) -> Form | None:
        """The questions of a stay without those about filing; None when the area has no out-of-area rules."""
        if not any(b.care == "inpatient" and b.editions[-1].away for b in area.benefits):
            return None
        fields = tuple(f for f in settlement_fields(area, "inpatient") if f.name != "filing")
        if not fields:
            return None
        return Form(tuple(replace(f, when={k: v for k, v in f.when.items() if k != "filing"}) for f in fields))

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """Settle the case at home and for each filing. A filing without rules is told, not guessed."""
        if isinstance(document, Mapping) and document.get("filing") not in (None, ""):
            raise InvalidData([Problem(("filing",), "对比会把各种备案情形都算一遍，不用写 filing", "key")])
        possible = variants(document, area, "inpatient")
        parts: list[Part] = []
        missing: list[Missing] = []
        for filing in ("local", *_filings(area, possible)):
            try:
                parts.append(settled_part(area, _filed(possible, filing), filing, FILING_WORDS[filing]))
            except NotCovered as silent:
                missing.append(Missing(filing, FILING_WORDS[filing], str(silent)))
        if not parts:
            raise NotCovered(missing[0].reason, "filing")
        differences = tuple(_differences(area, possible, parts))
        headline = comparison_headline(parts, differences)
        return Answer(self.id, self.title, headline, tuple(parts), tuple(missing), differences=differences)


def _filings(area: PoolingArea, possible: Sequence[Variant]) -> tuple[str, ...]:
    """Every filing some variant's rules know. Raises NotCovered when none has out-of-area rules."""
    silent: NotCovered | None = None
    known: dict[str, None] = {}
    for _, case in possible:
        try:
            edition, what = edition_of(area, case)
        except NotCovered as reason:
            silent = reason
            continue
        if edition.away is None:
            silent = NotCovered(f"{what}：没有收录异地就医的规则。", "filing")
        else:
            known |= dict.fromkeys(filings(edition.away.cases))
    if silent is not None and not known:
        raise silent
    return tuple(known)


def _filed(possible: Sequence[Variant], filing: str) -> list[Variant]:
    return [(assumed, replace(case, filing=filing)) for assumed, case in possible]


def _differences(area: PoolingArea, possible: Sequence[Variant], parts: Sequence[Part]) -> Iterator[Difference]:
    """How much less each filing gets than the first one that could be settled."""
    for part in parts[1:]:
        found: list[Contrast] = []
        for _, case in possible:
            first, other = (Subject(area, replace(case, filing=filing)) for filing in (parts[0].id, part.id))
            with suppress(NotCovered):
                found.append(contrast(first, other))
        if found:
            yield differing(part.id, f"“{part.label}”比“{parts[0].label}”", found)
