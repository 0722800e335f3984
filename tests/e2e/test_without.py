"""The site without what it would like to have: without scripts, without a web server, printed."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import PHONE

PATH = "calc/inpatient/beijing/"


@pytest.fixture
def scriptless(browser: Browser, address: str) -> Page:
    context = browser.new_context(base_url=address, viewport=PHONE, java_script_enabled=False)
    return context.new_page()


def test_without_scripts_the_worked_results_stand_and_the_form_says_why_it_cannot_count(scriptless: Page) -> None:
    scriptless.goto(PATH)

    expect(scriptless.locator("#worked table").first).to_be_visible()
    expect(scriptless.locator("#worked .slip-line").first).to_be_visible()
    expect(scriptless.locator("[data-no-script]").first).to_be_visible()
    expect(scriptless.locator("form[data-calculator] button[type=submit]")).to_be_disabled()
    scriptless.context.close()


@pytest.mark.parametrize("path", ["", "guides/", "areas/beijing/", "glossary/", "sources/", "method/"])
def test_without_scripts_pages_are_whole(scriptless: Page, path: str) -> None:
    scriptless.goto(path)

    expect(scriptless.locator("main h1")).to_be_visible()
    assert scriptless.locator("main").inner_text().strip() != ""
    scriptless.context.close()


def test_a_page_opened_from_a_file_says_what_to_do_instead(context: BrowserContext, site_folder: Path) -> None:
    page = context.new_page()
    page.goto((site_folder / PATH / "index.html").as_uri())

    expect(page.locator("[data-no-script]").first).to_be_visible()
    expect(page.locator("[data-no-script]").first).to_contain_text("网址")
    expect(page.locator("form[data-calculator] button[type=submit]")).to_be_disabled()
    expect(page.locator("#worked table").first).to_be_visible()


def test_under_a_server_that_notice_is_gone(page: Page) -> None:
    page.goto(PATH)

    expect(page.locator("form[data-calculator] button[type=submit]")).to_be_enabled()
    expect(page.locator("[data-no-script]").first).to_be_hidden()


def test_an_address_that_does_not_exist_answers_with_a_page_that_helps(page: Page) -> None:
    response = page.goto("nowhere")

    assert response is not None
    assert response.status == 404
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.locator("main a").first.click()
    expect(page).not_to_have_url(re.compile("nowhere"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
