"""The citations of an answer lead to the source, from every page that has a form."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.calculator_page import CalculatorPage

STAY: dict[str, Any] = {"level": "tertiary", "date": "2026-03-01", "bill": {"total": "5万"}}


@pytest.mark.parametrize(
    ("path", "case"),
    [
        ("calc/inpatient/beijing/", {"scheme": "employee", "group": "in_service", **STAY}),
        ("guides/kua-sheng-zhu-yuan/", {"scheme": "employee", "group": "in_service", **STAY}),
    ],
)
def test_every_citation_leads_to_its_source(page: Page, path: str, case: dict[str, Any]) -> None:
    calculator = CalculatorPage(page, path)
    calculator.fill(case)
    calculator.submit()
    calculator.wait_for_answer()

    found: list[str] = calculator.result.locator("a.cite").evaluate_all("links => links.map((link) => link.href)")

    assert found
    for address in sorted(set(found)):
        answered = page.goto(address)
        assert answered is None or answered.ok, address
        assert page.locator(":target").count() == 1, address
