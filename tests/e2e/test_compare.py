"""Readers who compare places: what they choose, what comes first, the link they send, and the drawing under a bill."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.calculator_page import FIRST_ANSWER, STAY, CalculatorPage
from tests.e2e.conftest import DESK, PHONE

FILLED = "#v=1&mode=areas&a=beijing&b=shanghai&scheme=employee&group=in_service&age=40&level=tertiary&filing=local"
BILL = "&date=2026-03-01&total=50000"


def test_a_reader_compares_two_places_and_gets_a_link_that_leads_back(page: Page) -> None:
    page.goto(f"compare/{FILLED}")
    expect(page.locator("#c-areas-1")).to_have_value("shanghai")
    page.locator('[name="date"]').fill("2026-03-01")
    page.locator('[name="bill.total"]').fill("50000")
    page.get_by_role("button", name="比一比").click()

    answer = page.locator("[data-result] .slip-answer")
    expect(answer).to_contain_text("同样花 50,000 元", timeout=FIRST_ANSWER)
    assert page.url.endswith(f"compare/{FILLED}{BILL}&stay=1")
    link = page.locator("#c-share").input_value()
    assert link == page.url
    told = answer.inner_text()

    page.goto("about:blank")
    page.goto(link)

    expect(page.locator("[data-result] .slip-answer")).to_have_text(told, timeout=FIRST_ANSWER)


def test_what_a_link_says_that_is_not_known_is_named(page: Page) -> None:
    page.goto(f"compare/{FILLED}&hat=3&stay=99")

    expect(page.locator("[data-link-notice]")).to_contain_text("hat、stay")
    expect(page.locator("#c-areas-0")).to_have_value("beijing")


def test_a_link_of_another_version_is_said_to_be_one(page: Page) -> None:
    page.goto("compare/#v=9&a=beijing")

    expect(page.locator("[data-link-notice]")).to_contain_text("别的版本")
    expect(page.locator("#c-areas-0")).to_have_value("")


def test_the_same_place_twice_is_said_at_the_second(page: Page) -> None:
    page.goto(f"compare/{FILLED.replace('b=shanghai', 'b=beijing')}")
    page.locator('[name="bill.total"]').fill("50000")
    page.get_by_role("button", name="比一比").click()

    expect(page.locator("#c-areas-1-error")).to_be_visible(timeout=FIRST_ANSWER)
    expect(page.locator("[data-summary]")).to_be_focused()


@pytest.mark.parametrize(
    ("viewport", "shown", "hidden"),
    [(PHONE, ".compare-cards", ".compare-table"), (DESK, ".compare-table", ".compare-cards")],
)
def test_cards_on_a_phone_and_a_table_where_there_is_room(
    page: Page, viewport: dict[str, int], shown: str, hidden: str
) -> None:
    page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
    page.goto("compare/beijing-shanghai/")

    expect(page.locator(shown)).to_be_visible()
    expect(page.locator(hidden)).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def test_the_curve_opens_under_an_answer_and_follows_it(page: Page) -> None:
    calculator = CalculatorPage(page, "calc/inpatient/beijing/")
    calculator.fill(STAY)
    calculator.submit()
    calculator.wait_for_answer()
    button = page.get_by_role("button", name="看总费用从少到多，各付多少")
    button.click()

    drawing = page.locator(".curve-place .chart-told")
    expect(drawing).to_contain_text("50,000", timeout=FIRST_ANSWER)
    expect(page.get_by_role("button", name="收起这张图")).to_have_attribute("aria-expanded", "true")

    calculator.answer_question("bill.total", "80000")

    expect(drawing).to_contain_text("80,000", timeout=FIRST_ANSWER)
