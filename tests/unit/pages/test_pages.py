"""Every kind of page, over a miniature world."""

from dataclasses import replace
from posixpath import dirname, join, normpath

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from sitegen.pages import all_pages
from sitegen.render import environment
from sitegen.world import World
from tests.unit.pages.conftest import seen, world_of

EVERYWHERE = (
    "account_away", "article_formulas", "bill_split", "emergency_filing", "filing_validity", "manual_claim",
    "may_share", "need_filing", "operation", "pharmacy", "sharing_split", "transfer",
)  # fmt: skip
"""Calculators that need nothing of a place's file: offered for every place that exists."""
FILES = {"coverage.json", "manifest.webmanifest", "changes/feed.xml", "areas/small/feed.xml"} | {
    f"open-data/{name}"
    for name in (
        "all.zip", "columns.json", "index.json", "schema.json",
        *(f"{place}.{suffix}" for place in ("areas/small", "illustrative/everything") for suffix in ("csv", "json")),
    )
}  # fmt: skip
"""What the build puts beside the pages."""
SETTINGS = "<script src="
"""The one script without which the reader's size of text would come too late; see `templates/js/settings.js`."""
KINDS = {
    "index.html",
    "404.html",
    "areas/index.html",
    "areas/everything/index.html",
    "areas/small/index.html",
    "calc/index.html",
    "calc/inpatient/index.html",
    "calc/inpatient/everything/index.html",
    "calc/inpatient/small/index.html",
    "calc/filing_comparison/index.html",
    "calc/filing_comparison/everything/index.html",
    "calc/outpatient/index.html",
    "calc/outpatient/everything/index.html",
    "calc/employee_contribution/index.html",
    "calc/employee_contribution/everything/index.html",
    "calc/resident_contribution/index.html",
    "calc/resident_contribution/everything/index.html",
    *(
        f"calc/{kind}/{place}index.html"
        for kind in (
            "chronic",
            "rescue",
            "special_drug",
            "flexible_contribution",
            "payroll",
            "base_tiers",
            "coverage_break",
            "retirement_years",
            "maternity",
            "care_insurance",
            "resident_cap",
        )
        for place in ("", "everything/")
    ),
    "calc/reconciliation/index.html",
    "calc/reconciliation/everything/index.html",
    "calc/reconciliation/small/index.html",
    *(f"calc/{kind}/{place}index.html" for kind in EVERYWHERE for place in ("", "small/")),
    "changes/index.html",
    "changes/everything/index.html",
    "checklists/index.html",
    "compare/index.html",
    "compare/small-everything/index.html",
    "changes/small/index.html",
    "coverage/index.html",
    "glossary/index.html",
    "open-data/index.html",
    "design/index.html",
    "guides/index.html",
    "guides/a-guide/index.html",
    "method/index.html",
    "search/index.html",
    "sources/index.html",
    "feedback/index.html",
    "offline/index.html",
}
EMBEDDED = {"embed/index.html"} | {
    path.replace("calc/", "embed/") for path in KINDS if path.startswith("calc/") and path.endswith("small/index.html")
}
"""Of the one place that is no invention."""
KINDS |= EMBEDDED


def test_every_kind_of_page_is_made(pages: dict[str, str]) -> None:
    assert set(pages) == KINDS


def test_equal_worlds_give_equal_pages(world: World, pages: dict[str, str]) -> None:
    assert {page.path: page.html for page in all_pages(world)} == pages


def test_an_empty_world_has_its_fixed_pages() -> None:
    paths = {page.path for page in all_pages(replace(world_of(), glossary={}, groups=()))}

    assert paths == {path for path in KINDS - EMBEDDED if path.count("/") <= 1}


@pytest.mark.parametrize("path", sorted(KINDS))
def test_ids_are_unique_and_fragments_lead_somewhere(pages: dict[str, str], path: str) -> None:
    page = seen(pages[path])

    assert sorted(page.ids) == sorted(set(page.ids))
    assert {href[1:] for href in page.hrefs if href.startswith("#")} <= set(page.ids)


@pytest.mark.parametrize("path", sorted(KINDS))
def test_links_are_relative_and_lead_to_pages_and_assets(world: World, pages: dict[str, str], path: str) -> None:
    known = {join(dirname(made), "") for made in pages if made.endswith("index.html")} | set(world.assets.values())
    known |= FILES

    for href in seen(pages[path]).hrefs:
        if href.startswith(("https://", "tel:", "#")):
            continue
        assert not href.startswith("/")
        target = href.partition("#")[0].partition("?")[0]
        site_path = normpath(join(dirname(path), target))
        found = "" if site_path == "." else site_path + "/" * target.endswith("/")
        assert found in known or found + "/" in known, href


@pytest.mark.parametrize("path", sorted(KINDS))
def test_nothing_is_inline(pages: dict[str, str], path: str) -> None:
    page = seen(pages[path])

    assert "style" not in page.attributes
    assert "style" not in page.tags
    assert not {name for name in page.attributes if name.startswith("on")}
    allowed = ('<script type="module" src=', '<script type="application/ld+json">', SETTINGS)
    assert pages[path].count("<script") == sum(pages[path].count(script) for script in allowed)
    assert pages[path].count(SETTINGS) == (0 if path in EMBEDDED - {"embed/index.html"} else 1)


@pytest.mark.parametrize("path", sorted(KINDS))
def test_texts_of_the_data_are_escaped(pages: dict[str, str], path: str) -> None:
    html = pages[path]

    for hostile in ("<市>", "<标准>", "<还>", "<您>", "<b>文章"):
        assert hostile not in html


def test_texts_of_the_data_are_shown_as_they_are(pages: dict[str, str]) -> None:
    assert "小小<市>医保报多少？" in "".join(seen(pages["areas/small/index.html"]).text)
    assert "新待遇 <标准> & 解读" in "".join(seen(pages["areas/everything/index.html"]).text)


def test_an_unknown_name_in_a_template_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nobody.knows }}").render()


def test_only_markup_passes_unescaped() -> None:
    template = environment().from_string("{{ a }}{{ b }}")

    assert template.render(a="<i>", b=Markup("<i>")) == "&lt;i&gt;<i>"


def test_invented_places_stand_apart(pages: dict[str, str]) -> None:
    real, _, invented = pages["areas/index.html"].partition("虚构的地方")

    assert 'href="small/"' in real
    assert 'href="everything/"' not in real
    assert 'href="everything/"' in invented
    for path in ("areas/everything/index.html", "calc/inpatient/everything/index.html"):
        assert "虚构" in pages[path].partition("<h2")[0]


def test_the_data_date_is_the_oldest_of_real_places(pages: dict[str, str]) -> None:
    assert "政策数据核对到 2026 年 5 月 6 日" in pages["index.html"]


def test_the_calculator_loads_only_where_there_is_a_form(pages: dict[str, str]) -> None:
    scripted = {path for path, html in pages.items() if "assets/calculator." in html}

    assert scripted == {path for path, html in pages.items() if "data-calculator" in html}
    assert "guides/a-guide/index.html" in scripted


def test_every_page_has_one_search_box_and_sends_nothing_typed(pages: dict[str, str]) -> None:
    for path, html in pages.items():
        if path.startswith("embed/") and path != "embed/index.html":
            continue  # without a header
        boxes = [line for line in html.split("\n") if "data-search=" in line]
        assert len(boxes) == 1, path
        assert ('data-search="page"' in boxes[0]) == (path == "search/index.html")
        field = next(line for line in html.split("\n") if 'type="search"' in line)
        assert "name=" not in field


def test_without_scripts_the_search_page_says_where_else_to_look(pages: dict[str, str]) -> None:
    html = pages["search/index.html"]

    assert 'href="tel:12393"' in html
    assert 'href="../guides/#away"' in html
    assert 'href="../areas/small/"' in html
    assert "data-search-needs-script" in html


def test_a_guide_shows_its_scope_and_its_form_starts_with_the_given_answers(pages: dict[str, str]) -> None:
    html = pages["guides/a-guide/index.html"]

    assert "要去外地看病的人" in html
    assert "2026 年 3 月 1 日" in html
    assert 'name="bill.total" value="50000"' in html
    assert 'value="tertiary" checked' in html


def test_empty_groups_of_guides_are_not_shown(pages: dict[str, str]) -> None:
    assert "还没有指南的一组" not in pages["guides/index.html"]
