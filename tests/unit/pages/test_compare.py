"""The page that compares places, and the pages of comparisons people ask for."""

import json
import re
from dataclasses import replace
from html import unescape

from sitegen.pages import all_pages
from sitegen.world import World
from tests.unit.pages.conftest import seen


def attribute(html: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', html)
    assert found
    return unescape(found.group(1))


def test_the_form_knows_where_every_place_s_data_is_and_what_its_answers_are_called(pages: dict[str, str]) -> None:
    html = pages["compare/index.html"]
    names = json.loads(attribute(html, "data-names"))

    assert json.loads(attribute(html, "data-places")) == {
        "everything": "../data/areas/everything.00000000.json",
        "small": "../data/areas/small.00000000.json",
    }
    assert set(re.findall(r'data-field="([^"]+)"', html)) == set(names)
    assert attribute(html, "data-client") == "compare.js"
    assert html.index('value="small"') < html.index("虚构的示例") < html.index('value="everything"')


def test_what_has_been_compared_is_listed_there_and_at_both_places(pages: dict[str, str]) -> None:
    assert 'href="small-everything/"' in pages["compare/index.html"]
    for name in ("small", "everything"):
        html = pages[f"areas/{name}/index.html"]
        assert 'href="../../compare/small-everything/"' in html
        assert f'href="../../compare/#v=1&amp;mode=areas&amp;a={name}"' in html
    assert 'href="../compare/"' in pages["calc/index.html"]


def test_a_comparison_shows_its_case_the_answer_and_leads_to_the_form_filled_in(pages: dict[str, str]) -> None:
    html = pages["compare/small-everything/index.html"]
    text = "".join(seen(html).text)

    assert "2026 年 3 月 1 日" in text
    assert "slip--compare" in html
    assert (
        'href="../#v=1&amp;mode=areas&amp;a=small&amp;b=everything&amp;scheme=resident&amp;level=tertiary'
        '&amp;filing=local&amp;date=2026-03-01&amp;total=50000"'
    ) in html
    assert "没有收录" in text or "同样花 50,000" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_without_comparisons_the_form_stands_alone(world: World) -> None:
    pages = {page.path: page.html for page in all_pages(replace(world, comparisons=()))}

    assert [path for path in pages if path.startswith("compare/")] == ["compare/index.html"]
    assert "大家常问的，已经比好了" not in pages["compare/index.html"]
