"""What search engines, browsers and other sites read of this one: `robots.txt`, `sitemap.xml`, the web manifest.

Addresses inside the site stay relative. What must be absolute (the sitemap, and in pages the canonical address and
the card of links shared elsewhere) is made only when the site's own address is known (`Settings.base_url`).
"""

import json
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from sitegen.redirects import redirect_files
from sitegen.world import Page, World

MANIFEST = "manifest.webmanifest"
FAVICON = "favicon.ico"
FRAME = "embed/frame.js"
"""The script of sites that frame a calculator; they keep the address, so it is not hashed."""
SITEMAP = "sitemap.xml"
ICONS = {
    "templates/images/icon.svg": {"sizes": "any", "type": "image/svg+xml"},
    "templates/images/icon-192.png": {"sizes": "192x192", "type": "image/png"},
    "templates/images/icon-512.png": {"sizes": "512x512", "type": "image/png"},
    "templates/images/icon-maskable.png": {"sizes": "512x512", "type": "image/png", "purpose": "maskable"},
}
"""The icons of the installed site, by what they are made from."""
GREEN, PAPER = "#0f5848", "#fdfbf5"
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST = 50_000
"""So many addresses one sitemap may hold (sitemaps.org)."""


def canonical(path: str, world: World) -> str:
    """The one absolute address of a page, as links write it; empty when the site does not know where it stands.

    >>> from sitegen.world import Settings
    >>> class Known: settings = Settings(base_url="https://example.org/yibao/")
    >>> canonical("areas/beijing/index.html", Known), canonical("index.html", Known)
    ('https://example.org/yibao/areas/beijing/', 'https://example.org/yibao/')
    """
    base = world.settings.base_url
    return base and base + path.removesuffix("index.html")


def found_files(world: World, pages: Iterable[Page], blobs: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files by path; `pages` are those of the finished site, `blobs` the images as read."""
    base = world.settings.base_url
    files = {MANIFEST: manifest(world), "robots.txt": robots(base)}
    icon = blobs.get(f"templates/images/{FAVICON}")
    files |= {FAVICON: icon} if icon else {}
    files |= {SITEMAP: sitemap(world, pages)} if base else {}
    path = urlsplit(base).path if base else "/"
    return files | {name: text.encode() for name, text in redirect_files(world.moved, path)}


def robots(base: str) -> bytes:
    """Everybody may read everything; where the list of pages is."""
    lines = ["User-agent: *", "Allow: /"]
    lines += [f"Sitemap: {base}{SITEMAP}"] if base else []
    return "\n".join((*lines, "")).encode()


def sitemap(world: World, pages: Iterable[Page]) -> bytes:
    """Every page that is for readers, and the day of its data where it has one (sitemaps.org)."""
    ET.register_namespace("", _SITEMAPS)
    root = ET.Element(f"{{{_SITEMAPS}}}urlset")
    listed = sorted((page for page in pages if page.listed), key=lambda page: page.path)
    if len(listed) > _MOST:
        raise ValueError(f"{len(listed)} pages are too many for one sitemap")
    for page in listed:
        entry = ET.SubElement(root, f"{{{_SITEMAPS}}}url")
        ET.SubElement(entry, f"{{{_SITEMAPS}}}loc").text = canonical(page.path, world)
        if page.modified:
            ET.SubElement(entry, f"{{{_SITEMAPS}}}lastmod").text = page.modified.isoformat()
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def manifest(world: World) -> bytes:
    """The web app manifest; its addresses are relative to itself, so the site installs from wherever it stands."""
    icons = [{"src": world.assets[source], **facts} for source, facts in ICONS.items() if source in world.assets]
    shortcuts = (("算一算", "calc/"), ("选地区", "areas/"), ("指南", "guides/"))
    document = {
        "name": "医保明白账",
        "short_name": "医保明白账",
        "description": "看病花的钱，医保能报多少？填上费用就算，每一步写明规则和出处。",
        "lang": "zh-CN",
        "dir": "ltr",
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "theme_color": GREEN,
        "background_color": PAPER,
        "icons": icons,
        "shortcuts": [{"name": name, "url": address} for name, address in shortcuts],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
