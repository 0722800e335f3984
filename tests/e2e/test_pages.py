"""The pages of the site in Chromium (of those made alike some, see `toured`), at phone and desk width, in light and dark: accessible, quiet, within its width.

Each page is opened once and looked at in four ways; the tests then read what was found.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import DESK, PHONE, toured
from tests.e2e.net import watch

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
VIEWS = {
    "360 light": (PHONE, "light"),
    "360 dark": (PHONE, "dark"),
    "1280 light": (DESK, "light"),
    "1280 dark": (DESK, "dark"),
}
FULL = ("360 light", "1280 dark")
"""In the other two views only colours can differ, so only colours are judged there."""
RUN_AXE = """async (rules) => {
    await Promise.all(document.getAnimations().map((animation) => animation.finished));
    const options = rules ? {runOnly: {type: "rule", values: rules}} : {};
    const {violations} = await axe.run(document, {resultTypes: ["violations"], ...options});
    return violations.map((v) => `${v.id}: ${v.help}: ` + v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | "));
}"""
# Loading the calculator on every page would take the time of the whole suite.
SAVE_DATA = "Object.defineProperty(NetworkInformation.prototype, 'saveData', {get: () => true});"
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(e).position !== "absolute")
    .slice(0, 3).map((e) => `${e.tagName}.${e.className}`)"""


@dataclass(slots=True)
class Visit:
    """What was found on one page."""

    violations: dict[str, list[str]] = field(default_factory=dict)
    wide: dict[str, list[str]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)


Tour = Mapping[str, Visit]


@pytest.fixture(scope="module")
def tour(browser: Browser, address: str, site: Mapping[str, bytes]) -> Iterator[Tour]:
    """The pages visited once, by path."""
    context = browser.new_context(base_url=address, locale="zh-CN", viewport=PHONE)
    context.add_init_script(SAVE_DATA)
    found = watch(context, address)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    axe = AXE.read_text(encoding="utf-8")
    visits = {}
    for path in toured(site):
        for seen in (errors, found.requests, found.breaches):
            seen.clear()
        page.goto(path.removesuffix("index.html"))
        visit = look(page, axe)
        visit.errors, visit.requests, visit.breaches = list(errors), list(found.requests), list(found.breaches)
        visits[path] = visit
    yield visits
    context.close()


def look(page: Page, axe: str) -> Visit:
    """The page as it stands, in every view."""
    visit = Visit()
    page.evaluate(axe)
    for view, (size, colours) in VIEWS.items():
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=colours)
        rules = None if view in FULL else ["color-contrast"]
        visit.violations[view] = page.evaluate(RUN_AXE, rules)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            visit.wide[view] = page.evaluate(TOO_WIDE)
    return visit


def gathered(tour: Tour, of: Callable[[Visit], Any]) -> dict[str, Any]:
    return {path: of(visit) for path, visit in tour.items() if of(visit)}


def test_every_page_is_accessible_at_both_widths_in_light_and_dark(tour: Tour) -> None:
    found = gathered(tour, lambda visit: {view: rules for view, rules in visit.violations.items() if rules})

    assert found == {}


def test_no_page_scrolls_sideways(tour: Tour) -> None:
    assert gathered(tour, lambda visit: visit.wide) == {}


def test_no_page_asks_for_anything_outside_the_site(tour: Tour) -> None:
    assert gathered(tour, lambda visit: visit.requests) == {}


def test_no_page_breaks_its_security_policy_or_reports_an_error(tour: Tour) -> None:
    assert gathered(tour, lambda visit: visit.breaches + visit.errors) == {}


def test_every_kind_of_page_was_visited(tour: Tour) -> None:
    wanted = {"index.html", "404.html", "guides/index.html", "areas/index.html", "calc/index.html"}
    wanted |= {"sources/index.html", "glossary/index.html", "method/index.html"}

    assert wanted <= set(tour)
    for folder in ("guides/", "areas/", "calc/inpatient/"):
        assert any(path.startswith(folder) and path.count("/") > folder.count("/") for path in tour)
