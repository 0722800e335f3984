"""Where 「有误？」 of a page leads; expected values by hand."""

from dataclasses import replace

import pytest

from sitegen.build import prepare
from sitegen.pages.links import Place
from sitegen.reports import page_href
from sitegen.settings import made
from sitegen.world import World
from tests.build.tree import miniature

HERE = Place("guides/zhu-yuan/index.html")
ISSUES = "https://example.org/new?title={title}&body={body}"


@pytest.fixture(scope="module")
def world() -> World:
    return replace(prepare(miniature()).world, version="2026-01-02.1a2b3c4d")


def test_without_anybody_to_tell_it_leads_to_the_page_that_explains(world: World) -> None:
    assert page_href(HERE, world) == "../../feedback/?page=guides%2Fzhu-yuan%2F&data=2026-01-02.1a2b3c4d"


def test_an_issue_is_begun_with_the_place_and_the_version(world: World) -> None:
    href = page_href(HERE, replace(world, settings=made(issues=ISSUES, mail="a@example.org")))

    assert href.startswith("https://example.org/new?title=%E6%9C%89%E8%AF%AF%EF%BC%9Aguides%2Fzhu-yuan%2F&body=")
    assert "2026-01-02.1a2b3c4d" in href


def test_without_a_tracker_a_mail_is_begun(world: World) -> None:
    href = page_href(Place("index.html"), replace(world, settings=made(mail="a@example.org")))

    assert href.startswith("mailto:a@example.org?subject=%E6%9C%89%E8%AF%AF%EF%BC%9A%E9%A6%96%E9%A1%B5&body=")
