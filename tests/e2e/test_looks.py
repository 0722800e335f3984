"""How the pages look when a reader asks for it: sizes of text, colours, contrast, remembered without a flash.

`test_pages` looks at every page as it comes; here a page of each kind is looked at in the other ways.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESK, PHONE
from tests.e2e.test_pages import AXE, RUN_AXE, SAVE_DATA, TOO_WIDE

PATHS = (
    "",
    "guides/",
    "guides/kua-sheng-zhu-yuan/",
    "areas/",
    "areas/beijing/",
    "calc/",
    "calc/inpatient/beijing/",
    "changes/",
    "questions/",
    "method/",
    "design/",
    "nowhere",
)
TABLET = {"width": 768, "height": 1024}
SMALL = {"width": 320, "height": 640}
LOOKS: dict[str, tuple[dict[str, int], str, dict[str, str]]] = {
    "768": (TABLET, "light", {}),
    "360 elder": (PHONE, "light", {"text": "elder"}),
    "1280 elder dark": (DESK, "dark", {"text": "elder"}),
    "360 contrast": (PHONE, "light", {"contrast": "more"}),
    "768 large contrast dark": (TABLET, "dark", {"contrast": "more", "text": "large"}),
}
PUT_ON = """(look) => {
    for (const name of ["text", "colours", "contrast"]) delete document.documentElement.dataset[name];
    Object.assign(document.documentElement.dataset, look);
}"""
# What the page has been given by the time its body begins, before anything of it can be drawn; and how it moved after.
WATCH_THE_START = """
    new MutationObserver((_, observer) => {
        if (document.body) {
            window.atTheStart = {...document.documentElement.dataset};
            observer.disconnect();
        }
    }).observe(document, {childList: true, subtree: true});
    window.moved = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.moved += entry.value)))
        .observe({type: "layout-shift", buffered: true});
"""
SMALL_TARGETS = """(least) => [...document.querySelectorAll("a, button, summary, select, .input, label.choice")]
    .filter((e) => e.checkVisibility() && !e.matches(".skip, .visually-hidden *, .cite, .notes a, .source-meta a"))
    .filter((e) => getComputedStyle(e).display !== "inline")
    .map((e) => [e, e.getBoundingClientRect()])
    .filter(([, box]) => box.height < least - 0.5)
    .slice(0, 5).map(([e, box]) => `${e.tagName}.${e.className} ${Math.round(box.height)} ${e.textContent.trim()}`)"""
# Blocks of running text by how many of their own characters fit a line.
LONGEST_LINES = """() => [...document.querySelectorAll("main :is(p, li, dd)")]
    .filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim().length > 60))
    .map((e) => [e.clientWidth / parseFloat(getComputedStyle(e).fontSize), `${e.className} ${e.textContent.trim().slice(0, 30)}`])
    .filter(([characters]) => characters > 38.1)"""


@pytest.fixture(scope="module")
def visited(browser: Browser, address: str) -> Iterator[dict[str, dict[str, Any]]]:
    """Each page once, in every look: what axe said, and what is too wide."""
    context = browser.new_context(base_url=address, locale="zh-CN", viewport=PHONE)
    context.add_init_script(SAVE_DATA)
    page = context.new_page()
    axe = AXE.read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = {}
    for path in PATHS:
        page.goto(path)
        page.evaluate(axe)
        seen: dict[str, Any] = {}
        for name, (size, colours, look) in LOOKS.items():
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
            page.evaluate(PUT_ON, look)
            seen[f"{name}: axe"] = page.evaluate(RUN_AXE, None)
            seen[f"{name}: wide"] = sideways(page)
            if look.get("text") == "elder":
                seen[f"{name}: small"] = page.evaluate(SMALL_TARGETS, 60)
        page.evaluate(PUT_ON, {})
        page.set_viewport_size(SMALL)  # type: ignore[arg-type]
        seen["320: wide"] = sideways(page)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        seen["320 at 200 %: wide"] = sideways(page)
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        seen["1280: long lines"] = page.evaluate(LONGEST_LINES)
        found[path] = seen
    yield found
    context.close()


def sideways(page: Page) -> list[str]:
    """What makes the page scroll sideways, if it does."""
    if not page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        return []
    return list(page.evaluate(TOO_WIDE)) or ["something"]


def gathered(visited: dict[str, dict[str, Any]], of: str) -> dict[str, Any]:
    return {
        f"{path} {name}": what for path, seen in visited.items() for name, what in seen.items() if of in name and what
    }


@pytest.mark.parametrize("of", ["axe", "wide", "small", "long lines"])
def test_pages_keep_their_promises_in_every_look(visited: dict[str, dict[str, Any]], of: str) -> None:
    assert gathered(visited, of) == {}


def root(page: Page) -> dict[str, str]:
    return dict(page.evaluate("({...document.documentElement.dataset})"))


def body_size(page: Page) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))


def test_a_choice_is_remembered_and_there_before_anything_is_drawn(page: Page) -> None:
    page.add_init_script(WATCH_THE_START)
    page.goto("guides/")
    assert body_size(page) == pytest.approx(16.72, abs=0.1)
    page.get_by_role("button", name="特大字号").click()
    page.get_by_role("button", name="颜色").click()
    page.get_by_role("button", name="深色").click()
    assert body_size(page) == pytest.approx(24, abs=0.01)

    page.goto("method/")

    assert page.evaluate("window.atTheStart") == {"text": "elder", "colours": "dark", "script": ""}
    first = page.screenshot()
    page.wait_for_timeout(500)
    assert page.screenshot() == first
    assert page.evaluate("window.moved") == 0
    assert body_size(page) == pytest.approx(24, abs=0.01)
    expect(page.get_by_role("button", name="特大字号")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="标准字号")).to_have_attribute("aria-pressed", "false")


def test_nothing_moves_where_nothing_was_chosen(page: Page) -> None:
    page.add_init_script(WATCH_THE_START)
    page.goto("")
    page.wait_for_timeout(500)

    assert page.evaluate("window.atTheStart") == {"script": ""}
    assert page.evaluate("window.moved") == 0


def test_the_device_is_followed_until_the_reader_says_otherwise(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("method/")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="颜色").click()
    page.get_by_role("button", name="浅色").click()

    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="跟随系统").click()

    assert (dark, light) == ("rgb(19, 24, 21)", "rgb(244, 246, 240)")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    assert root(page) == {"script": ""}


def test_more_contrast_can_be_had_and_given_back(page: Page) -> None:
    page.goto("method/")
    page.get_by_role("button", name="颜色").click()
    button = page.get_by_role("button", name="高对比")

    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(244, 246, 240)"


@pytest.mark.parametrize("kept", ["null", "7", "[]", "{", '{"text": "huge", "colours": 3, "other": "x"}'])
def test_what_was_not_kept_by_us_is_ignored(page: Page, kept: str) -> None:
    page.add_init_script(f"localStorage.setItem('yibao-mingbaizhang/look', {kept!r})")
    page.goto("method/")

    assert root(page) == {"script": ""}


def test_where_storage_is_blocked_the_choice_holds_for_the_page(page: Page) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked'); }})")
    page.goto("method/")

    page.get_by_role("button", name="特大字号").click()

    assert body_size(page) == pytest.approx(24, abs=0.01)
    assert errors == []


def test_the_switch_is_the_first_thing_a_keyboard_reaches(page: Page) -> None:
    page.goto("")
    reached = []
    for _ in range(7):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent.trim()"))

    assert reached == [
        "跳到正文", "标准字号", "大字号", "特大字号，长辈模式", "颜色", "医保明白账", "算一算",
    ]  # fmt: skip
    for _ in range(2):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="跟随系统")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="深色")).to_have_attribute("aria-pressed", "true")
    assert root(page)["colours"] == "dark"


def test_the_elders_mode_has_fewer_things(page: Page) -> None:
    page.goto("")
    page.get_by_role("button", name="特大字号").click()

    assert page.locator(".site-nav a:visible").all_inner_texts() == ["算一算", "指南", "电话"]
    expect(page.locator(".site-foot li").first).to_be_hidden()
    expect(page.locator(".home-slip")).to_be_hidden()
    expect(page.locator(".home-questions .row-link").first).to_be_visible()


def test_without_scripts_no_switch_is_drawn_and_the_device_is_followed(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport=PHONE, java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto("")

    expect(page.locator(".tools")).to_be_hidden()
    expect(page.get_by_role("link", name="跳到正文")).to_have_count(1)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 24, 21)"
    context.close()


@pytest.mark.parametrize(("width", "characters"), [(360, 20), (375, 20), (390, 20)])
def test_a_line_of_a_phone_holds_twenty_characters(page: Page, width: int, characters: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto("method/")

    fitting = page.evaluate(
        "(() => { const p = document.querySelector('.flow > p');"
        " return p.clientWidth / parseFloat(getComputedStyle(p).fontSize); })()"
    )
    assert characters <= fitting < characters + 1
    assert page.evaluate("getComputedStyle(document.body).lineBreak") == "strict"
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
