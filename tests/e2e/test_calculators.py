"""Readers at the five calculators: what they type, what they are told, where the focus goes, what is kept."""

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.calculator_page import STAY, CalculatorPage
from tests.e2e.conftest import DESK
from tests.e2e.test_pages import AXE, RUN_AXE

JOURNEYS: dict[str, dict[str, Any]] = {
    "calc/inpatient/beijing/": STAY,
    "calc/filing_comparison/shanghai/": STAY,
    "calc/outpatient/guangdong-guangzhou/": {
        "scheme": "resident",
        "level": "primary",
        "date": "2026-03-01",
        "bill": {"total": "1,200"},
        "given": {"deductible": {"basic": "300"}},
    },
    "calc/employee_contribution/beijing/": {"group": "in_service", "date": "2025-07-01", "wage": "１２０００"},
    "calc/resident_contribution/beijing/": {"group": "working", "date": "2025-01-01", "members": "3"},
}


@pytest.mark.parametrize("path", JOURNEYS)
def test_a_reader_fills_in_the_form_and_gets_what_cpython_says(page: Page, path: str) -> None:
    calculator = CalculatorPage(page, path)
    calculator.fill(JOURNEYS[path])

    calculator.submit()

    calculator.wait_for_answer()
    expected = calculator.expected()
    assert expected["ok"], expected
    assert calculator.shown() == calculator.normal(expected["html"])
    expect(page.get_by_role("status").first).to_have_text(expected["headline"])
    expect(calculator.result).to_be_focused()
    expect(calculator.progress).to_be_hidden()


def test_after_the_first_answer_every_change_is_answered_at_once(page: Page) -> None:
    calculator = CalculatorPage(page, "calc/inpatient/beijing/")
    calculator.fill(STAY)
    calculator.submit()
    calculator.wait_for_answer()
    before = calculator.shown()

    calculator.answer_question("bill.total", "80000")

    expect(calculator.answer).to_contain_text("80,000")
    assert calculator.shown() != before
    assert calculator.shown() == calculator.normal(calculator.expected()["html"])
    expect(calculator.control("bill.total")).to_be_focused()


def test_a_wrong_answer_is_named_beside_its_question_and_in_a_summary_and_nothing_is_lost(page: Page) -> None:
    calculator = CalculatorPage(page, "calc/inpatient/beijing/")
    title = page.title()
    calculator.fill(STAY | {"bill": {"total": "五万左右"}})

    calculator.submit()

    expect(calculator.summary).to_be_visible(timeout=60_000)
    expect(calculator.summary).to_be_focused()
    expect(page).to_have_title(f"错误：{title}")
    error = calculator.field("bill.total").locator(".field-error")
    control = calculator.control("bill.total")
    expect(error).to_be_visible()
    expect(control).to_have_attribute("aria-invalid", "true")
    assert error.get_attribute("id") in (control.get_attribute("aria-describedby") or "").split()
    expect(control).to_have_value("五万左右")
    link = calculator.summary.get_by_role("link").first
    expect(link).to_have_text(error.inner_text())
    link.click()
    expect(control).to_be_focused()

    control.fill("50000")
    control.press("Enter")

    calculator.wait_for_answer()
    expect(error).to_be_hidden()
    expect(calculator.summary).to_be_hidden()
    expect(page).to_have_title(title)


def test_every_question_left_empty_is_asked_for(page: Page) -> None:
    calculator = CalculatorPage(page, "calc/inpatient/beijing/")

    calculator.submit()

    expect(calculator.summary).to_be_visible(timeout=60_000)
    expected = calculator.expected()
    assert expected["error"] == "invalid"
    expect(calculator.summary.locator("li")).to_have_text([problem["message"] for problem in expected["problems"]])
    for link in calculator.summary.get_by_role("link").all():
        link.click()
        assert page.evaluate("document.activeElement.matches('input, select')")


def test_what_the_policy_leaves_open_and_the_form_can_ask_is_asked_for(page: Page) -> None:
    calculator = CalculatorPage(page, "calc/outpatient/guangdong-guangzhou/")
    calculator.fill({"scheme": "resident", "level": "primary", "date": "2026-03-01", "bill": {"total": "1200"}})

    calculator.submit()

    error = calculator.field("given.deductible.basic").locator(".field-error")
    expect(error).to_be_visible(timeout=60_000)
    expect(error).to_have_text(calculator.expected()["message"])
    expect(calculator.summary).to_be_focused()

    calculator.answer_question("given.deductible.basic", "0")
    calculator.submit()

    calculator.wait_for_answer()
    expect(error).to_be_hidden()


def test_what_no_answer_can_help_is_said_in_place_of_a_result(page: Page) -> None:
    calculator = CalculatorPage(page, "calc/inpatient/beijing/")
    calculator.fill(STAY | {"date": "1999-01-01"})

    calculator.submit()

    calculator.wait_for_answer()
    expected = calculator.expected()
    assert expected["error"] == "not_covered"
    expect(calculator.answer).to_have_text(expected["message"])
    expect(calculator.result).to_be_focused()
    expect(calculator.summary).to_be_hidden()


def test_an_answer_that_nobody_knows_gives_a_range(page: Page) -> None:
    calculator = CalculatorPage(page, "calc/inpatient/beijing/")
    calculator.fill(STAY | {"level": "unknown"})

    calculator.submit()

    calculator.wait_for_answer()
    expect(calculator.result.locator(".slip--interval")).to_be_visible()
    assert calculator.shown() == calculator.normal(calculator.expected()["html"])


def test_an_unknown_amount_is_not_asked_for_any_more(page: Page) -> None:
    calculator = CalculatorPage(page, "calc/inpatient/beijing/")
    box = calculator.form.locator('input[type=checkbox][name="bill.self_funded"][value="unknown"]')
    box.evaluate("e => e.closest('details')?.setAttribute('open', '')")
    typed = box.locator("xpath=ancestor::*[@data-field]").locator("input:not([type=checkbox])")
    typed.fill("123")

    box.check()
    expect(typed).to_be_disabled()

    box.uncheck()
    expect(typed).to_be_enabled()
    expect(typed).to_have_value("123")


def test_questions_appear_only_where_they_matter(page: Page) -> None:
    calculator = CalculatorPage(page, "calc/inpatient/beijing/")
    conditional = calculator.form.locator("[data-field][data-when]").first
    name = conditional.get_attribute("data-field")
    (other, values), *_ = conditional.evaluate("e => Object.entries(JSON.parse(e.dataset.when))")
    choices = calculator.field(other).locator("input[type=radio], option").evaluate_all("es => es.map((e) => e.value)")
    elsewhere = next(value for value in choices if value and value not in values)

    calculator.answer_question(other, values[0])
    expect(conditional).to_be_visible()

    calculator.answer_question(other, elsewhere)
    expect(conditional).to_be_hidden()
    assert name not in dict(calculator.form.evaluate(SENT))


SENT = "(form) => [...form.querySelectorAll('[data-field]:not([hidden])')].map((e) => [e.dataset.field, 1])"


def test_answers_stay_when_the_area_is_switched_and_after_a_reload(page: Page) -> None:
    calculator = CalculatorPage(page, "calc/inpatient/beijing/")
    calculator.fill({"scheme": "resident", "bill": {"total": "43210"}})

    page.locator("nav.switch summary").first.click()
    page.locator("nav.switch a", has_text=re.compile("上海")).first.click()

    expect(page).to_have_url(re.compile("/calc/inpatient/shanghai/$"))
    expect(calculator.control("bill.total")).to_have_value("43210")
    expect(calculator.field("scheme").locator("input[value=resident]")).to_be_checked()
    page.reload()
    expect(calculator.control("bill.total")).to_have_value("43210")
    assert "43210" not in page.url


def test_the_form_works_where_the_browser_keeps_nothing(context: BrowserContext, page: Page) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('', 'SecurityError'); }});"
    )
    calculator = CalculatorPage(page, "calc/inpatient/beijing/")
    calculator.fill(STAY)

    calculator.submit()

    calculator.wait_for_answer()


def test_the_whole_way_goes_by_keyboard(page: Page) -> None:
    calculator = CalculatorPage(page, "calc/inpatient/beijing/")

    def tab_to(name: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('[data-field]')?.dataset.field") == name:
                return
        raise AssertionError(f"{name} cannot be reached")

    for name in ("scheme", "group", "level"):
        tab_to(name)
        if page.evaluate("document.activeElement.tagName") == "SELECT":
            page.keyboard.press("ArrowDown")
        else:
            page.keyboard.press("Space")
    tab_to("bill.total")
    page.keyboard.type("50000")
    page.keyboard.press("Enter")

    calculator.wait_for_answer()
    expect(calculator.result).to_be_focused()


@pytest.mark.parametrize("context_options", [{"viewport": DESK}, {"viewport": {"width": 360, "height": 740}}])
def test_a_result_and_an_error_are_as_accessible_as_the_rest(page: Page, context_options: dict[str, Any]) -> None:
    calculator = CalculatorPage(page, "calc/inpatient/beijing/")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    calculator.fill(STAY | {"level": "unknown"})
    calculator.submit()
    calculator.wait_for_answer()
    states = {}

    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        states[f"result {colours}"] = page.evaluate(RUN_AXE, None)
    calculator.answer_question("bill.total", "x")
    calculator.submit()
    expect(calculator.summary).to_be_visible()
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        states[f"error {colours}"] = page.evaluate(RUN_AXE, None)

    assert {state: found for state, found in states.items() if found} == {}
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_once_it_runs_nothing_more_is_fetched(page: Page) -> None:
    calculator = CalculatorPage(page, "calc/inpatient/beijing/")
    calculator.fill(STAY)
    calculator.submit()
    calculator.wait_for_answer()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))

    calculator.answer_question("bill.total", "60000")
    expect(calculator.answer).to_contain_text("60,000")

    assert fetched == []


def test_what_the_reader_typed_is_in_no_request(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url} {request.post_data}"))
    calculator = CalculatorPage(page, "calc/inpatient/beijing/")
    calculator.fill(STAY | {"bill": {"total": "48763"}})
    calculator.submit()
    calculator.wait_for_answer()

    assert [line for line in sent if "48763" in line or not line.startswith("GET ")] == []
