"""A miniature world: one invented place with every structure, one real-looking place with little, one guide."""

from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from calculator.parse import parse_area, parse_sources
from sitegen.comparisons import Comparison
from sitegen.pages import all_pages
from sitegen.render import TEMPLATES
from sitegen.tokens import read_tokens
from sitegen.world import (
    AreaFile,
    CalculatorForm,
    Guide,
    GuideGroup,
    Heading,
    Html,
    SourceEntry,
    Term,
    World,
)
from sitegen.yamlfile import read_yaml

EVERYTHING = Path(__file__).with_name("everything.yaml")
SHARED: dict[str, Any] = {
    "article": {
        "title": "一篇<b>文章</b>",
        "issuer": "某网站",
        "kind": "secondary",
        "url": "https://example.org/a?b=1&c=2",
    }
}
SMALL: dict[str, Any] = {
    "id": "small",
    "name": "小小<市>",
    "province": "某省",
    "pooled_at": "city",
    "checked_on": "2026-05-06",
    "benefits": [
        {
            "scheme": "resident",
            "care": "inpatient",
            "editions": [
                {
                    "from": "2026-01-01",
                    "status": "secondary",
                    "sources": ["article"],
                    "layers": [
                        {
                            "id": "basic",
                            "name": "居民统筹",
                            "deductible": {"per": "admission", "amount": {"tertiary": 800}},
                            "ratio": {"tertiary": "60%"},
                            "cap": "unknown",
                        }
                    ],
                }
            ],
        }
    ],
}
ASSETS = {
    "templates/css/site.css": "assets/site.00000000.css",
    "templates/images/icon.svg": "assets/icon.00000000.svg",
    "templates/js/settings.js": "assets/settings.00000000.js",
    "templates/js/calculator.js": "assets/calculator.00000000.js",
    "templates/js/rank.js": "assets/rank.00000000.js",
    "templates/js/search.js": "assets/search.00000000.js",
    "templates/js/worker.js": "assets/worker.00000000.js",
    "templates/js/page.js": "assets/page.00000000.js",
    "templates/js/embed.js": "assets/embed.00000000.js",
    "templates/js/configurator.js": "assets/configurator.00000000.js",
    "templates/js/feedback.js": "assets/feedback.00000000.js",
    "templates/js/offline.js": "assets/offline.00000000.js",
}


def area_file(document: dict[str, Any]) -> AreaFile:
    """A parsed document as the build holds it."""
    area = parse_area(document, SHARED)
    return AreaFile(id=area.id, path=f"{area.id}.yaml", fictional=area.fictional, document=document, area=area)


def world_of(*documents: dict[str, Any], guides: tuple[Guide, ...] = ()) -> World:
    """A world of these places."""
    files = {entry.id: entry for entry in map(area_file, documents)}
    own = [
        SourceEntry(
            id=name, area=entry.id, path=entry.path, line=1, source=source, document={}, cited_by_areas=(entry.id,)
        )
        for entry in files.values()
        for name, source in entry.area.sources.items()
        if name not in SHARED
    ]
    shared = [
        SourceEntry(
            id=name, area=None, path="sources.yaml", line=1, source=source, document={}, cited_by_areas=tuple(files)
        )
        for name, source in parse_sources(SHARED).items()
    ]
    return World(
        areas=files,
        shared_sources=SHARED,
        sources=(*shared, *own),
        glossary={"deductible": TERM},
        national=(),
        groups=(GuideGroup(id="away", title="去外地看病"), GuideGroup(id="empty", title="还没有指南的一组")),
        guides=guides,
        assets=ASSETS,
        area_data={name: f"data/areas/{name}.00000000.json" for name in files},
        runtime="runtime/000000000000/",
        comparisons=(COMPARISON,) if {"everything", "small"} <= set(files) else (),
        tokens=read_tokens((TEMPLATES / "css/10-tokens.css").read_text(encoding="utf-8")),
    )


TERM = Term(id="deductible", term="起付线", gloss="医保开始报销之前 <您> 先付的那一段。", also=("门槛费",))


COMPARISON = Comparison(
    id="small-everything",
    title="小小<市>和样样市，差多少？",
    summary="居民 <您> 住院。",
    areas=("small", "everything"),
    case={
        "scheme": "resident",
        "level": "tertiary",
        "filing": "local",
        "date": "2026-03-01",
        "bill": {"total": "50000"},
    },
)


def guide_of(area: str) -> Guide:
    """A guide with text, a form and a term."""
    return Guide(
        slug="a-guide",
        path="content/guides/a-guide.md",
        title="没备案 <还> 能报吗？",
        area=area,
        as_of=date(2026, 3, 1),
        reviewed_on=date(2026, 4, 1),
        for_whom="要去外地看病的人",
        group="away",
        summary="能报，少一些。",
        next=("a-guide",),
        headings=(Heading(level=2, id="多少", text="差多少"), Heading(level=3, id="细节", text="细节")),
        body=(
            Html(html='<h2 id="多少">差多少</h2>\n<p>正文。</p>'),
            CalculatorForm(
                kind="inpatient", area=area, title="", defaults={"level": "tertiary", "bill.total": "50000"}
            ),
        ),
        examples=(),
        sources=(),
        terms=(TERM,),
        statuses=("disputed", "illustrative"),
    )


def everything() -> dict[str, Any]:
    """The document of the place that has every structure."""
    document, problems = read_yaml(EVERYTHING.read_text(encoding="utf-8"), EVERYTHING.name)
    assert problems == ()
    assert document is not None
    assert isinstance(document.data, dict)
    return document.data


@pytest.fixture(scope="session")
def world() -> World:
    return world_of(everything(), SMALL, guides=(guide_of("everything"),))


@pytest.fixture(scope="session")
def pages(world: World) -> dict[str, str]:
    return {page.path: page.html for page in all_pages(world)}


@dataclass
class Seen(HTMLParser):
    """What a page holds, as far as tests ask."""

    ids: list[str] = field(default_factory=list)
    hrefs: list[str] = field(default_factory=list)
    figures: list[tuple[str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        named = {name: value or "" for name, value in attrs}
        self.attributes |= set(named)
        self.ids += [named["id"]] if "id" in named else []
        self.hrefs += [named["href"]] if "href" in named else []
        if "data-figure" in named:
            self.figures.append((named["data-figure"], named["href"]))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def seen(html: str) -> Seen:
    """A page taken apart."""
    parser = Seen()
    parser.feed(html)
    return parser
