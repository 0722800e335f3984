"""Atom feeds (RFC 4287) of the changes of policy: one for the whole, one for each place.

Identifiers are name-based UUIDs (RFC 9562, version 5): made of what an entry is about, so that they stay when the site
moves, and without claiming a domain that nobody has registered for it. Links are relative to the feed, as all links of
the site are. Times are the data's days, in China.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from calculator.model import Status
from sitegen.changes import Entry, concerning, entries_of, public
from sitegen.coverage import counted_on
from sitegen.news import first_day
from sitegen.pages.frame import SITE
from sitegen.pages.links import Place
from sitegen.world import AreaFile, World

ATOM = "http://www.w3.org/2005/Atom"
WHOLE = "changes/feed.xml"
RIGHTS = "CC BY 4.0，https://creativecommons.org/licenses/by/4.0/"
_NAMES = UUID("6c1d3b0e-5a83-5a0f-9a54-0a3f5f6f2d11")
"""The space of names of this site; changing it would make every reader of a feed see everything anew."""
_BEFORE = date(2025, 1, 1)
"""When a feed with nothing in it was last changed, where no file tells a day."""


def feed_path(area: str) -> str:
    """The address of the feed of a place."""
    return f"areas/{area}/feed.xml"


def feeds(world: World) -> dict[str, bytes]:
    """Every feed by its path: the whole and each place that exists."""
    found = entries_of(world)
    day = counted_on(world) or _BEFORE
    made = {WHOLE: feed(f"{SITE}：政策变化", WHOLE, "changes/", public(found, world), day)}
    for entry in world.real_areas():
        made[feed_path(entry.id)] = _area_feed(entry, concerning(found, entry))
    return made


def _area_feed(entry: AreaFile, found: Iterable[Entry]) -> bytes:
    title = f"{SITE}：{entry.area.name}的政策变化"
    return feed(title, feed_path(entry.id), f"changes/{entry.id}/", found, entry.area.checked_on)


def identifier(name: str) -> str:
    """The lasting id of a feed or an entry."""
    return f"urn:uuid:{uuid5(_NAMES, name)}"


def anchor(entry: Entry) -> str:
    """Where an entry stands on its pages."""
    return entry.id.replace("/", "--")


def feed(title: str, path: str, page: str, entries: Iterable[Entry], day: date) -> bytes:
    """One feed. ``page`` is where people read the same, ``day`` when it changed if it has no entries."""
    listed = tuple(entries)
    here = Place(path)
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-CN"})
    _text(root, "id", identifier(path))
    _text(root, "title", title)
    _text(root, "updated", moment(max((entry.updated for entry in listed), default=day)))
    _text(_add(root, "author"), "name", SITE)
    _text(root, "rights", RIGHTS)
    _add(root, "link", rel="self", type="application/atom+xml", href=path.rsplit("/", 1)[-1])
    _add(root, "link", rel="alternate", type="text/html", href=here.to(page))
    for entry in listed:
        _entry(root, entry, here.to(f"{page}#{anchor(entry)}"))
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _entry(root: ET.Element, entry: Entry, href: str) -> None:
    made = _add(root, "entry")
    _text(made, "id", identifier(f"entry/{entry.id}"))
    _text(made, "title", entry.title)
    _text(made, "updated", moment(entry.updated))
    _text(made, "published", moment(first_day(entry.since)))
    _add(made, "link", rel="alternate", type="text/html", href=href)
    _text(made, "summary", summary(entry))


def summary(entry: Entry) -> str:
    """What changed, from when, for whom, by how much, by which source and how sure, as plain text."""
    lines = [f"从 {entry.since} 起；{entry.for_whom}；可信程度：{Status(entry.status).words}。"]
    lines += [entry.text] if entry.text else []
    lines += [f"{change.label}：{change.old or '原来没有'} → {change.new or '不再有'}" for change in entry.figures]
    lines += [f"{e.case}，{e.what}：{e.old} → {e.new}{f'，{e.by}' if e.by else ''}" for e in entry.effects]
    lines += [entry.effect] if entry.effect else []
    titles = "".join(f"《{source.source.title}》" for source in entry.sources)
    return "\n".join([*lines, f"出处：{titles}"])


def moment(day: date) -> str:
    """The beginning of a day in China."""
    return f"{day.isoformat()}T00:00:00+08:00"


def _add(parent: ET.Element, name: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)


def _text(parent: ET.Element, name: str, text: str) -> None:
    _add(parent, name).text = text
