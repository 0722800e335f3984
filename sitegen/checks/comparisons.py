"""Comparisons: each names places that are there, has an id of its own, and a case at least one place can settle."""

from collections.abc import Iterator

from calculator.errors import InvalidData, NotCovered
from calculator.kinds import ask
from sitegen.comparisons import Comparison
from sitegen.material import Material
from sitegen.problems import Problem, nearest, shorten
from sitegen.yamlfile import Document


def check(material: Material) -> Iterator[Problem]:
    """Unknown places, ids written twice, too few places, cases the calculator refuses."""
    document = material.comparisons.document
    if document is None:
        return
    seen: dict[str, int] = {}
    for index, item in material.comparisons.items.items():
        if item.id in seen:
            yield document.problem((index, "id"), f"“{item.id}”在第 {seen[item.id]} 行已经写过", "duplicate")
        seen.setdefault(item.id, document.line_of((index, "id")))
        unknown = [n for n, area in enumerate(item.areas) if area not in material.areas.ids]
        for n in unknown:
            name = item.areas[n]
            message = f"没有“{shorten(name)}”这个统筹区{nearest(name, material.areas.ids)}"
            yield document.problem((index, "areas", n), message, "reference")
        if (len(item.areas) == 1) != bool(item.dates):
            message = "写两三个统筹区，或者一个统筹区加两个日期 dates"
            yield document.problem((index, "areas"), message, "comparison")
        elif not unknown and all(area in material.areas.files for area in item.areas):
            yield from _settles(index, item, document, material)


def _settles(index: int, item: Comparison, document: Document, material: Material) -> Iterator[Problem]:
    try:
        ask("comparison", [material.areas.files[area].area for area in item.areas], item.document())
    except InvalidData as wrong:
        for problem in wrong.problems:
            yield document.problem((index, "case", *problem.path), problem.message, problem.check)
    except NotCovered as silent:
        yield document.problem((index, "case"), f"没有一个地方能算：{silent}", "not_covered")
