"""Readers who search: typing, the keyboard, what is announced, nothing found, and nothing that leaves the device."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import DESK, PHONE
from tests.e2e.test_pages import AXE, RUN_AXE

ANYWHERE = "guides/kua-sheng-zhu-yuan/"


def header_box(page: Page) -> None:
    page.goto(ANYWHERE)
    page.get_by_role("combobox").click()


def test_results_come_as_one_types_and_are_announced(page: Page) -> None:
    header_box(page)
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")

    box.press_sequentially("起付线", delay=20)

    expect(page.get_by_role("option").first).to_contain_text("起付线")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search--header [role=status]")).to_have_text(re.compile(r"找到 \d+ 条"))


def test_arrows_choose_enter_opens_escape_closes(page: Page) -> None:
    header_box(page)
    box = page.get_by_role("combobox")
    box.press_sequentially("门槛费", delay=20)
    expect(page.get_by_role("option").nth(1)).to_be_visible()
    expect(page.locator(".search--header [role=status]")).to_have_text(re.compile("找到"))

    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("门槛费")

    box.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    expect(box).to_be_focused()
    box.press("ArrowUp")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    target = chosen.get_attribute("href")
    assert target is not None
    box.press("Enter")
    page.wait_for_url(target)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_enter_without_a_choice_leads_to_the_search_page_with_the_query_unsent(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    header_box(page)
    box = page.get_by_role("combobox")
    box.press_sequentially("没备案能报吗", delay=10)
    box.press("Enter")
    page.wait_for_url("**/search/#q=*")

    expect(page.locator("#search")).to_have_value("没备案能报吗")
    expect(page.locator("[data-results] a").first).to_contain_text("没备案")
    assert [url for url in asked if "q=" in url.partition("#")[0] or "%E6%B2%A1" in url.partition("#")[0]] == []
    page.locator("[data-results] a").first.click()
    expect(page).not_to_have_url(re.compile("/search/"))
    page.go_back()
    expect(page.locator("[data-results] a").first).to_contain_text("没备案")


def test_on_the_search_page_arrows_walk_through_the_results(page: Page) -> None:
    page.goto("search/")
    box = page.locator("#search")
    box.fill("家庭共济")
    links = page.locator("[data-results] a")
    expect(links.nth(1)).to_be_visible()
    expect(page.locator("[data-results-status]")).to_have_text(re.compile(r"找到 \d+ 条"))

    box.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()


@pytest.mark.parametrize("query", ["火车票改签", "xyzxyz"])
def test_nothing_found_leads_to_places_and_the_hotline(page: Page, query: str) -> None:
    header_box(page)
    page.get_by_role("combobox").fill(query)

    expect(page.locator(".search--header [role=status]")).to_contain_text(f"没找到“{query}”")
    expect(page.get_by_role("option", name="看收录的地区")).to_have_attribute("href", re.compile(r"/areas/$"))
    expect(page.get_by_role("option", name="打 12393 问")).to_have_attribute("href", "tel:12393")
    page.get_by_role("combobox").press("ArrowDown")
    page.get_by_role("combobox").press("Enter")
    page.wait_for_url("**/areas/")


def test_pinyin_initials_and_slips(page: Page) -> None:
    page.goto("search/")
    box = page.locator("#search")
    for query, href in (("beijing", "/areas/beijing/"), ("bj", "/areas/beijing/"), ("起伏线", "/glossary/#deductible")):
        box.fill(query)
        expect(page.locator("[data-results] a").first).to_have_attribute("href", re.compile(f"{href}$"))
    expect(page.locator("[data-results-status]")).to_have_text(re.compile("按“起付线”找，找到"))


def test_files_that_do_not_arrive_are_said_and_tried_again(page: Page) -> None:
    page.route("**/search/first.json", lambda route: route.abort())
    header_box(page)
    box = page.get_by_role("combobox")
    box.fill("备案")
    expect(page.locator(".search--header [role=status]")).to_contain_text("没有下载完整")

    page.unroute("**/search/first.json")
    box.press_sequentially("有效期", delay=20)
    expect(page.get_by_role("option").first).to_contain_text("备案")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360", "1280"])
def test_open_results_are_accessible_and_fit(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    header_box(page)
    page.get_by_role("combobox").fill("异地备案")
    expect(page.get_by_role("option").nth(3)).to_be_visible()
    page.evaluate(AXE.read_text(encoding="utf-8"))

    assert page.evaluate(RUN_AXE, None) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    panel = page.locator(".search-panel").bounding_box()
    assert panel is not None
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= size["width"]


def test_the_header_keeps_its_height_while_one_searches(page: Page) -> None:
    page.goto(ANYWHERE)
    height = page.locator(".site-head").bounding_box()
    page.get_by_role("combobox").click()

    assert page.locator(".site-head").bounding_box() == height


def test_without_scripts_the_search_page_says_what_to_do(browser: Browser, address: str) -> None:
    context: BrowserContext = browser.new_context(base_url=address, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(ANYWHERE)
    page.locator("#site-search").fill("备案")
    page.locator("#site-search").press("Enter")

    page.wait_for_url("**/search/?")
    expect(page.locator("[data-search-needs-script]")).to_be_visible()
    expect(page.locator("main").get_by_role("link", name="大家常问的问题")).to_be_visible()
    expect(page.locator("main").get_by_role("link", name="北京市")).to_be_visible()
    context.close()
