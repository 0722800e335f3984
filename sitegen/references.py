"""References to policy figures: `[area/]scheme/care/field` → the figure that holds on a day.

A figure's name is the calculator's (`Figure.reference`): scheme, care or `contribution`, then the field as in the
policy file, list items by their id.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from calculator.model import Benefit, Contribution, Edition, Figure, PoolingArea
from calculator.parse import edition_days
from calculator.programs import Program
from sitegen.national import PREFIX, NationalFigure
from sitegen.problems import nearest, shorten
from sitegen.world import AreaFile


class NoSuchFigure(Exception):
    """The reference names nothing; the message is for the guide's author."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A figure and the area whose it is, None for the whole country.

    `spoken` is the field as which it is spoken of, when its name does not tell.
    """

    area: AreaFile | None
    figure: Figure
    spoken: str = ""


def figure_for(reference: str, default_area: str, as_of: date, areas: Mapping[str, AreaFile]) -> Found:
    """The figure a guide names; raises NoSuchFigure with the nearest thing that exists."""
    area_id, name = _parted(reference, default_area)
    if area_id not in areas:
        raise NoSuchFigure(f"没有“{shorten(area_id)}”这个统筹区{nearest(area_id, areas)}")
    entry = areas[area_id]
    known = {figure.reference: figure for figure in figures_on(entry.area, as_of)}
    if name in known:
        return Found(area=entry, figure=known[name])
    raise NoSuchFigure(_missing(name, known, entry, as_of))


def national_figure(reference: str, as_of: date, national: Mapping[str, NationalFigure]) -> Found:
    """The figure of the whole country that a guide names; raises NoSuchFigure."""
    name = reference.removeprefix(PREFIX)
    if name not in national:
        raise NoSuchFigure(f"全国规定里没有“{shorten(name)}”{nearest(name, national)}")
    entry = national[name]
    if not entry.holds_on(as_of):
        raise NoSuchFigure(f"全国规定“{name}”在 {as_of} 没有效力，它从 {entry.since} 起")
    return Found(area=None, figure=entry.figure, spoken=entry.spoken)


def _parted(reference: str, default_area: str) -> tuple[str, str]:
    parts = reference.strip().split("/")
    if len(parts) == 4 and all(parts):
        return parts[0], "/".join(parts[1:])
    if len(parts) != 3 or not all(parts):
        example = "employee/inpatient/layers.basic.ratio.tertiary"
        raise NoSuchFigure(f"引用“{shorten(reference)}”应写成“[统筹区/]险种/就医类型/字段”，例如“{example}”")
    if not default_area:
        raise NoSuchFigure(f"引用“{shorten(reference)}”没有写统筹区，文件开头也没有写 area")
    return default_area, reference.strip()


def _missing(name: str, known: Mapping[str, Figure], entry: AreaFile, as_of: date) -> str:
    """Why the name finds nothing: another day has it, part of it exists, or something close does."""
    place = f"“{entry.id}”在 {as_of} 有效的规定里"
    later = next((f for f in all_figures(entry.area) if f.reference == name), None)
    if later is not None:
        return f"{place}没有“{name}”，这个字段在别的日期才有"
    inside = [reference for reference in known if reference.startswith((f"{name}.", f"{name}["))]
    if inside:
        shown = "、".join(reference.removeprefix(name) for reference in inside[:6])
        return f"“{name}”不是一个数字，后面还要写到：{shown}"
    close = nearest(name, known)
    return f"{place}没有“{shorten(name, 90)}”{close if '是不是' in close else ''}"


def figures_on(area: PoolingArea, day: date) -> Iterator[Figure]:
    """Every figure of the editions that hold on this day."""
    for part in parts_of(area):
        for edition in _editions_on(part, day):
            yield from edition.figures


def all_figures(area: PoolingArea) -> Iterator[Figure]:
    """Every figure of every edition."""
    for part in parts_of(area):
        for edition in part.editions:
            yield from edition.figures


def latest_on(area: PoolingArea, day: date) -> Iterator[tuple[Edition, date | None]]:
    """Of every part the edition of this day; else the last one before, with the day on which it ended."""
    for part in parts_of(area):
        found: tuple[Edition, date | None] | None = None
        for edition, following in zip(part.editions, (*part.editions[1:], None), strict=True):
            first, last = edition_days(edition, following)
            if first <= day:
                found = edition, last if last is not None and last < day else None
        if found is not None:
            yield found


def parts_of(area: PoolingArea) -> tuple[Benefit | Contribution | Program, ...]:
    """Everything of an area that has editions."""
    return area.parts


def _editions_on(part: Benefit | Contribution | Program, day: date) -> Iterator[Edition]:
    newer = (*part.editions[1:], None)
    for edition, following in zip(part.editions, newer, strict=True):
        first, last = edition_days(edition, following)
        if first <= day and (last is None or day <= last):
            yield edition


def is_newest(part: Benefit | Contribution | Program, day: date) -> bool:
    """Whether the day lies in the newest edition."""
    return day >= part.editions[-1].since
