"""JSON-LD: the few things pages say to machines in schema.org's words; nothing that readers are not told."""

import json
from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from sitegen.opendata import ARCHIVE, HOME, INDEX, LICENCE_URL, path_of
from sitegen.pages.links import Place
from sitegen.world import AreaFile, Json, World

CONTEXT = "https://schema.org"
PUBLISHER = "医保明白账"


def block(data: dict[str, Json]) -> Markup:
    """The data as the inside of a script element: nothing in it can end the element."""
    text = json.dumps({"@context": CONTEXT, **data}, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # the escape above leaves no markup


def address(target: str, here: Place, world: World) -> str:
    """Absolute when the site knows where it stands, else relative to the page, as JSON-LD also reads addresses."""
    base = world.settings.base_url
    return base + target if base else here.to(target)


def website(here: Place, world: World, description: str) -> dict[str, Json]:
    """The site as a whole, for its first page."""
    return {
        "@type": "WebSite",
        "name": PUBLISHER,
        "url": address("", here, world),
        "description": description,
        "inLanguage": "zh-CN",
        "license": LICENCE_URL,
    }


def faq(pairs: Iterable[tuple[str, str]]) -> dict[str, Json]:
    """Questions and the answers that stand under them on the page."""
    questions: list[Json] = [
        {"@type": "Question", "name": ask, "acceptedAnswer": {"@type": "Answer", "text": answer}}
        for ask, answer in pairs
    ]
    return {"@type": "FAQPage", "inLanguage": "zh-CN", "mainEntity": questions}


def all_data(here: Place, world: World, description: str, day: date | None) -> dict[str, Json]:
    """The open data as one data set."""
    files = ((HOME + ARCHIVE, "application/zip"), (HOME + INDEX, "application/json"))
    names: list[Json] = [entry.area.name for entry in world.real_areas()]
    return _dataset("医保明白账：各地基本医疗保险规定", description, HOME, names, files, day, here, world)


def area_data(entry: AreaFile, here: Place, world: World) -> dict[str, Json]:
    """The data of one place as a data set."""
    area = entry.area
    files = ((HOME + path_of(entry, "json"), "application/json"), (HOME + path_of(entry, "csv"), "text/csv"))
    name = f"{area.name}基本医疗保险规定"
    description = (
        f"{area.name}职工医保和居民医保的起付线、报销比例、封顶线、缴费等规定；"
        "每个数字写明出处、生效日期和可信程度，没有收录的写明没有收录。"
    )
    return _dataset(name, description, f"areas/{entry.id}/", [area.name], files, area.checked_on, here, world)


def _dataset(
    name: str,
    description: str,
    page: str,
    places: list[Json],
    files: Iterable[tuple[str, str]],
    day: date | None,
    here: Place,
    world: World,
) -> dict[str, Json]:
    distribution: list[Json] = [
        {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": address(path, here, world)}
        for path, kind in files
    ]
    data: dict[str, Json] = {
        "@type": "Dataset",
        "name": name,
        "description": description,
        "url": address(page, here, world),
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "license": LICENCE_URL,
        "creator": {"@type": "Organization", "name": PUBLISHER, "url": address("", here, world)},
        "spatialCoverage": places,
        "distribution": distribution,
    }
    return data | ({"dateModified": day.isoformat()} if day else {})
