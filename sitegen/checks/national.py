"""A place's figures against the bounds that hold in the whole country (G20): warnings, with the document named.

The bounds are data (`policies/national.yaml`), the figures they are compared with are rows of `sitegen.bounds`. A
figure that is disputed, with a note of its own, has answered: the note says what the national document says.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from calculator.errors import Path
from calculator.model import PoolingArea, Source, Status
from calculator.money import amount_words, number, percent_text
from sitegen.bounds import COMPARED, Compared
from sitegen.material import Material
from sitegen.national import NationalFigure
from sitegen.problems import Problem
from sitegen.yamlfile import Document

_SENSES = {"at_least": "不低于", "at_most": "不高于", "equal": "应是"}
_REMEDY = "请核对；文件确实这样写的，就把这个数字标为 disputed，用 note 写明全国规定怎么说"


def warnings(material: Material) -> Iterator[Problem]:
    """What lies outside a national bound, for every place that can be read."""
    areas = material.areas
    for entry in areas.files.values():
        document = areas.documents[entry.path]
        yield from warnings_of(entry.area, document, tuple(areas.national.figures.values()), areas.shared_sources)


def warnings_of(
    area: PoolingArea, document: Document, national: Sequence[NationalFigure], sources: Any
) -> Iterator[Problem]:
    """The same for one place."""
    for bound in national:
        if bound.bound is None:
            continue
        for compared in COMPARED[bound.bound.of](area):
            if _together(bound, compared, area.checked_on) and _outside(bound, compared) and not _answered(compared):
                path = located(document.data, compared.path)
                problem = document.problem(path, _message(bound, compared, sources), "national")
                yield Problem(
                    path=problem.path,
                    line=problem.line,
                    where=problem.where,
                    message=problem.message,
                    check=problem.check,
                    warning=True,
                )


def _together(bound: NationalFigure, compared: Compared, checked_on: date) -> bool:
    """Whether both hold on some day; what has no end is known to stand until the file was last checked."""
    since = compared.since or checked_on
    until = compared.until or max(since, checked_on)
    return bound.since <= until and (bound.until is None or bound.until >= since)


def _outside(bound: NationalFigure, compared: Compared) -> bool:
    assert bound.bound is not None
    limit = Decimal(str(bound.figure.values[0]))
    if bound.bound.sense == "at_least":
        return min(compared.values) < limit
    if bound.bound.sense == "at_most":
        return max(compared.values) > limit
    return any(value != limit for value in compared.values)


def _answered(compared: Compared) -> bool:
    """Invented places have nothing but invented figures: there a note of the figure's own is the answer."""
    return bool(compared.note) and compared.status in (Status.DISPUTED, Status.ILLUSTRATIVE)


def _message(bound: NationalFigure, compared: Compared, sources: dict[str, Source]) -> str:
    assert bound.bound is not None
    found = " 至 ".join(dict.fromkeys(_words(bound, value) for value in compared.values))
    limit = _words(bound, Decimal(str(bound.figure.values[0])))
    documents = "、".join(_named(sources[name]) for name in bound.figure.sources if name in sources)
    return f"这里是 {found}，全国规定{_SENSES[bound.bound.sense]} {limit}：{bound.what}（{documents}）。{_REMEDY}"


def _named(source: Source) -> str:
    return source.document or f"《{source.title}》"


def _words(bound: NationalFigure, value: Decimal) -> str:
    if bound.figure.unit == "yuan":
        return f"{amount_words(number(value))} 元"
    if bound.figure.unit == "months":
        return f"{value.normalize():f} 个月"
    if bound.spoken == "reduce_points":
        return f"{percent_text(value)[:-1]} 个百分点"
    return percent_text(value)


def located(data: Any, path: Path) -> Path:
    """The path of a field in the document as far as it can be followed: a layer is found by its id, a table's cell by
    its row."""
    *place, field = path
    found: list[str | int] = []
    here = data
    for step in (*place, *_steps(str(field))):
        key: Any = step
        if isinstance(here, list) and isinstance(step, str):
            key = next((n for n, item in enumerate(here) if isinstance(item, dict) and item.get("id") == step), step)
        try:
            here = here[key]
        except (KeyError, IndexError, TypeError):
            break
        found.append(key)
    return tuple(found)


def _steps(field: str) -> Iterator[str | int]:
    for part in field.replace("[", ".[").split("."):
        if part.startswith("["):
            yield int(part[1:-1])
        elif part:
            yield part
