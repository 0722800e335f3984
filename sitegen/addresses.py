"""What a link of a guide points at: which pages the site has, and whether the one meant is among them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, normpath
from urllib.parse import unquote
from weakref import WeakKeyDictionary

from calculator.kinds import KINDS
from sitegen.guides import GUIDES, Draft, slug_of
from sitegen.material import Material
from sitegen.problems import nearest, shorten

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_OUTSIDE = re.compile(r"https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?([/?#].*)?")
_SHEET = re.compile(r"^id:\s*([a-z0-9-]+)\s*$", re.MULTILINE)
_PHONE = re.compile(r"tel:\+?[0-9-]{3,20}")

UP = "../../"
"""From `guides/<slug>/` to the root of the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a link leads: an outside address as it is, or a page of the site (`areas/beijing/`) and an anchor."""

    outside: str = ""
    page: str = ""
    anchor: str = ""

    @property
    def address(self) -> str:
        """The page's address from the root of the site, with the anchor."""
        return f"{self.page}#{self.anchor}" if self.anchor else self.page


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """Why a link cannot stand: a sentence and the id of the check."""

    message: str
    check: str = "link"


def target_of(href: str, draft: Draft | None, material: Material) -> Target | Wrong:
    """Where this link of this guide leads, or why it may not; outside guides (`draft` None) it names its page."""
    if _SCHEME.match(href) or href.startswith("//"):
        return _outside(href)
    path, _, anchor = unquote(href).partition("#")
    if not path and draft is None:
        return Wrong(message=f"链接“{shorten(href)}”没有写是哪一页")
    if not path and draft is not None:
        return _with_anchor(f"guides/{draft.slug}/", anchor, material) if anchor else Wrong(message="链接没有写地址")
    if path.startswith("/"):
        return _site_page(path, anchor, material)
    return _guide(path, anchor, draft, material)


def _outside(href: str) -> Target | Wrong:
    if _PHONE.fullmatch(href) or _OUTSIDE.fullmatch(href):
        return Target(outside=href)
    found = shorten(href)
    if href.startswith(("http:", "//")):
        return Wrong(message=f"站外链接“{found}”要写完整的 https:// 地址")
    return Wrong(message=f"链接“{found}”不允许：站外只能是 https://，电话写成 tel:12393")


def _guide(path: str, anchor: str, draft: Draft | None, material: Material) -> Target | Wrong:
    meant = normpath(f"{dirname(draft.path) if draft else GUIDES}/{path}")
    if not path.endswith(".md") or f"{dirname(meant)}/" != GUIDES:
        hint = "指南写成“文件名.md”，站内别的页面写成“/areas/beijing/”这样"
        return Wrong(message=f"链接“{shorten(path)}”不是本站的页面，{hint}")
    slug = slug_of(meant)
    if slug not in material.content.slugs:
        near = nearest(slug, material.content.slugs)
        return Wrong(message=f"没有“{shorten(slug)}”这篇指南{near}")
    return _with_anchor(f"guides/{slug}/", anchor, material)


def _site_page(path: str, anchor: str, material: Material) -> Target | Wrong:
    page = path.removeprefix("/")
    pages = site_pages(material)
    if page in pages:
        return _with_anchor(page, anchor, material)
    if page and f"{page}/" in pages:
        return Wrong(message=f"站内链接要以“/”结尾：“{shorten(path)}/”")
    near = nearest(path, [f"/{known}" for known in pages])
    return Wrong(message=f"站内没有“{shorten(path)}”这个页面{near if '可以写的有' not in near else ''}")


def _with_anchor(page: str, anchor: str, material: Material) -> Target | Wrong:
    known = anchors_of(page, material) if anchor else None
    if known is not None and anchor not in known:
        return Wrong(message=f"那一页没有“#{shorten(anchor)}”这个锚点{nearest(anchor, known)}", check="anchor")
    return Target(page=page, anchor=anchor)


def anchors_of(page: str, material: Material) -> frozenset[str] | None:
    """The anchors of a page as far as the input decides them; None when the templates do."""
    if page == "glossary/":
        return frozenset(material.content.glossary)
    if page == "disputes/":
        return frozenset(item.id for item in material.disputes.items)
    for draft in material.content.drafts:
        if page == f"guides/{draft.slug}/":
            return frozenset(heading.id for heading in draft.body.headings)
    return None


def _sheets(material: Material) -> Iterator[str]:
    """The ids of the errands in the guides: the guides are not evaluated yet when links are judged."""
    for draft in material.content.drafts:
        for directive in draft.body.directives:
            if directive.name == "checklist" and (match := _SHEET.search(directive.body)):
                yield match[1]


_PAGES: "WeakKeyDictionary[Material, frozenset[str]]" = WeakKeyDictionary()


def site_pages(material: Material) -> frozenset[str]:
    """The addresses of all pages, from the root, with a closing slash; the home page is empty."""
    # Every link asks, and what forms a place has takes a while to find out.
    if material not in _PAGES:
        _PAGES[material] = _site_pages(material)
    return _PAGES[material]


def _site_pages(material: Material) -> frozenset[str]:
    pages = {"", "guides/", "areas/", "calc/", "sources/", "glossary/", "method/", "checklists/", "compare/"}
    pages |= {f"checklists/{name}/" for name in _sheets(material)}
    pages |= {"coverage/", "changes/", "open-data/", "feedback/", "design/", "embed/", "search/"}
    pages |= {"questions/"} if material.questions.items else set()
    pages |= {f"guides/{slug}/" for slug in material.content.slugs}
    pages |= {f"areas/{name}/" for name in material.areas.ids}
    pages |= {f"changes/{entry.id}/" for entry in material.areas.files.values() if entry.tells_changes}
    pages |= {item.href for item in material.comparisons.items.values()}
    pages |= {"disputes/"} if material.disputes.items else set()
    pages |= {"areas/national/"} if material.areas.national.figures else set()
    for kind_id, kind in KINDS.items():
        offered = [e.id for e in material.areas.files.values() if kind.form(e.area) is not None]
        if offered:
            unread = material.areas.ids - set(material.areas.files)  # has problems of its own
            pages |= {f"calc/{kind_id}/{name}/" for name in unread}
        pages |= {f"calc/{kind_id}/{name}/" for name in offered} | ({f"calc/{kind_id}/"} if offered else set())
    return frozenset(pages)
