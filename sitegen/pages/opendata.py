"""开放数据: what there is to download, what stands in it, under which licence, and how to cite it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.opendata import (
    ARCHIVE,
    COLUMNS,
    COLUMNS_FILE,
    HOME,
    INDEX,
    LICENCE,
    LICENCE_URL,
    SCHEMA,
    Published,
    cite,
    path_of,
    publish,
)
from sitegen.pages.frame import Draft
from sitegen.pages.linked import all_data
from sitegen.pages.links import Place
from sitegen.pages.words import date_words
from sitegen.views import Link
from sitegen.world import AreaFile, World

_DESCRIPTION = "每个地方的医保政策数据，JSON 和 CSV，带出处和可信程度；有结构说明、文件列表、整包，署名就能用。"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """The files of one place."""

    id: str
    name: str
    checked: str
    rows: str
    json: Link
    csv: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDataPage:
    """The page."""

    version: str
    cite: str
    licence: Link
    archive: Link
    index: Link
    schema: Link
    columns_file: Link
    real: tuple[AreaRow, ...]
    fictional: tuple[AreaRow, ...]
    columns: tuple[tuple[str, str], ...]
    coverage: Link
    changes: Link


def opendata_drafts(world: World) -> Iterator[Draft]:
    """The one page."""
    here = Place(f"{HOME}index.html")
    data = publish(world)
    day = max((entry.area.checked_on for entry in world.areas.values()), default=None)
    yield Draft(
        path=here.path,
        title="这些数据怎么拿去用？",
        description=_DESCRIPTION,
        modified=day,
        data=all_data(here, world, _DESCRIPTION, day),
        template="opendata.html",
        view=OpenDataPage(
            version=data.version,
            cite=cite(data.version),
            licence=Link(href=LICENCE_URL, text=LICENCE),
            archive=Link(href=here.to(HOME + ARCHIVE), text="全部文件", note=size_words(len(data.archive.content))),
            index=Link(href=here.to(HOME + INDEX), text=INDEX),
            schema=Link(href=here.to(HOME + SCHEMA), text=SCHEMA),
            columns_file=Link(href=here.to(HOME + COLUMNS_FILE), text=COLUMNS_FILE),
            real=tuple(_row(entry, data, here) for entry in world.real_areas()),
            fictional=tuple(_row(entry, data, here) for entry in world.fictional_areas()),
            columns=tuple(COLUMNS.items()),
            coverage=Link(href=here.to("coverage/"), text="收录情况"),
            changes=Link(href=here.to("changes/"), text="政策变化"),
        ),
        crumbs=((HOME, "开放数据"),),
    )


def _row(entry: AreaFile, data: Published, here: Place) -> AreaRow:
    sizes = {file.path: file for file in data.files}
    json, csv = (sizes[path_of(entry, suffix)] for suffix in ("json", "csv"))
    return AreaRow(
        id=entry.id,
        name=entry.area.name,
        checked=date_words(entry.area.checked_on),
        rows=f"{csv.rows} 行",
        json=Link(href=here.to(HOME + json.path), text="JSON", note=size_words(len(json.content))),
        csv=Link(href=here.to(HOME + csv.path), text="CSV", note=size_words(len(csv.content))),
    )


def size_words(size: int) -> str:
    """A size as people read it.

    >>> size_words(900), size_words(23_456), size_words(1_234_567)
    ('0.9 KB', '23.5 KB', '1.2 MB')
    """
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1_000:.1f} KB"
