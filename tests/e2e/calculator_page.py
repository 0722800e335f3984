"""A calculator's page as a reader uses it, and what the same calculator says in CPython."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Locator, Page, expect

from calculator import bridge

STAY: dict[str, Any] = {
    "scheme": "employee",
    "group": "in_service",
    "level": "tertiary",
    "date": "2026-03-01",
    "bill": {"total": "5万"},
}
"""A stay in Beijing with every answer the form insists on, the amount as people write it."""
FIRST_ANSWER = 60_000
"""Milliseconds for the first answer: Pyodide starts while other tests keep the machine busy."""


class CalculatorPage:
    """One open page with a form."""

    def __init__(self, page: Page, path: str) -> None:
        self.page = page
        page.goto(path)
        self.form = page.locator("form[data-calculator]")
        self.button = self.form.locator("button[type=submit]")
        self.progress = self.form.locator("[data-progress]")
        self.summary = page.locator("[data-summary]")
        self.result = page.locator("[data-result]")
        self.answer = self.result.locator(".slip-answer").first
        self.retry = page.get_by_role("button", name="再试一次")
        expect(self.button).to_be_enabled()

    def field(self, name: str) -> Locator:
        return self.form.locator(f'[data-field="{name}"]')

    def control(self, name: str) -> Locator:
        return self.field(name).locator("input:not([type=checkbox]), select").first

    def answer_question(self, name: str, value: str) -> None:
        """Give one answer the way its question takes it, unfolding the further questions if need be."""
        field = self.field(name)
        self._unfold(field)
        control = self.control(name)
        unknown = field.locator('input[type=checkbox][value="unknown"]')
        if control.evaluate("e => e.type") == "radio":
            field.locator(f'input[type=radio][value="{value}"]').check()
        elif value == "unknown" and unknown.count():
            unknown.check()
        elif control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)

    def _unfold(self, field: Locator) -> None:
        folded = field.locator("xpath=ancestor::details[not(@open)]")
        for i in range(folded.count()):
            folded.nth(i).locator("summary").click()

    def fill(self, case: Mapping[str, Any]) -> None:
        """Answer the questions of a case; those it leaves out stay as the form has them."""
        for name, value in dotted(case):
            self.answer_question(name, str(value))

    def submit(self) -> None:
        self.button.click()

    def wait_for_answer(self) -> None:
        expect(self.answer).to_be_visible(timeout=FIRST_ANSWER)

    def asked(self) -> dict[str, Any]:
        """The case as the form stands now: the answers to the questions that are visible or folded away."""
        found: dict[str, Any] = {}
        for name, value in self.form.evaluate(READ_ANSWERS):
            place = found
            *path, last = name.split(".")
            for step in path:
                place = place.setdefault(step, {})
            place[last] = value
        return found

    def expected(self) -> dict[str, Any]:
        """What CPython answers to the case as the form stands now."""
        address = self.form.evaluate("f => new URL(f.dataset.areaUrl, document.baseURI).href")
        data = self.form.evaluate("async (f) => (await fetch(f.dataset.areaUrl)).json()")
        kind = self.form.get_attribute("data-kind")
        area = json.loads(bridge.answer(json.dumps({"do": "load", "area": data["area"], "sources": data["sources"]})))
        links = {source: urljoin(address, href) for source, href in data["links"].items()}
        request = {"do": "estimate", "kind": kind, "area": area["area"], "case": self.asked(), "links": links}
        reply: dict[str, Any] = json.loads(bridge.answer(json.dumps(request)))
        return reply

    def shown(self) -> str:
        """The answer as it stands on the page, as HTML."""
        html: str = self.result.evaluate("e => e.innerHTML")
        return self.normal(html)

    def normal(self, html: str) -> str:
        """HTML as this browser writes it, without the name of the answer's region, which the page gives."""
        written: str = self.page.evaluate(NORMAL, html)
        return written


NORMAL = """(html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    template.content.firstElementChild?.removeAttribute("aria-label");
    return template.innerHTML;
}"""

# Written apart from the client's own code, so that one can find the other's mistakes.
READ_ANSWERS = """(form) => [...form.querySelectorAll("[data-field]")].flatMap((field) => {
    if (field.hidden) return [];
    const name = field.dataset.field;
    if (field.querySelector("input[type=checkbox][value=unknown]:checked")) return [[name, "unknown"]];
    const chosen = field.querySelector("input[type=radio]:checked");
    const typed = field.querySelector("input:not([type=radio]):not([type=checkbox]), select");
    const value = (chosen ?? typed)?.value.trim() ?? "";
    return value && (chosen || typed) ? [[name, value]] : [];
})"""


def dotted(case: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Nested objects as (dotted name, value)."""
    for key, value in case.items():
        if isinstance(value, Mapping):
            yield from dotted(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value
