"""Without a network, and from one build to the next: a small site of its own, built twice, with its service worker."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import sitegen.compress
from sitegen.build import build
from sitegen.serve import SiteServer
from sitegen.write import write_site
from tests.build.tree import AREA, FILES, on_disk
from tests.e2e.calculator_page import CalculatorPage

PLACE = "policies/areas/test-city.yaml"
POLICY = FILES[AREA].replace("fictional: true\n", "").replace("status: illustrative", "status: secondary")
CALC = "calc/inpatient/test-city/"
CASE = {
    "level": "tertiary",
    "scheme": "employee",
    "group": "in_service",
    "date": "2026-03-01",
    "bill": {"total": "10000"},
}
# 10,000 less the 1,000 of a first stay, of which 85% or, in the other build, 80%.
OLD, NEW = "7,650", "7,200"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two builds that differ in one ratio; uncompressed, to save the time."""
    folder = tmp_path_factory.mktemp("builds")
    made = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sitegen.compress, "precompress", lambda *_: {})
        for name, ratio in (("old", "85%"), ("new", "80%")):
            policy = POLICY.replace("tertiary: 85%", f"tertiary: {ratio}")
            guide = FILES["content/guides/zhu-yuan.md"].replace("7650.00, person: 2350.00", _expected(ratio))
            tree = on_disk(folder / name, {PLACE: policy, "content/guides/zhu-yuan.md": guide})
            (tree / AREA).unlink()
            (tree / "node_modules").symlink_to(Path(__file__).parents[2] / "node_modules")
            write_site(build(tree, lambda _: None), folder / f"site-{name}")
            made.append(folder / f"site-{name}")
    return made[0], made[1]


def _expected(ratio: str) -> str:
    return {"85%": "7650.00, person: 2350.00", "80%": "7200.00, person: 2800.00"}[ratio]


class Host:
    """Serves the old build until it is told to `deploy` the new one."""

    def __init__(self, sites: tuple[Path, Path]) -> None:
        self.old, self.new = sites
        self.server = SiteServer(self.old, 0)
        self.address = self.server.address

    def deploy(self) -> None:
        self.server.root = self.new

    def build_of(self, site: Path) -> str:
        return str(json.loads((site / "sw.js").read_text().split(";\n")[0].removeprefix("self.SITE = "))["build"])


@pytest.fixture
def host(sites: tuple[Path, Path]) -> Iterator[Host]:
    host = Host(sites)
    thread = threading.Thread(target=host.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield host
    host.server.shutdown()
    host.server.server_close()
    thread.join()


@pytest.fixture
def reader(browser: Browser, host: Host) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=host.address, locale="zh-CN", service_workers="allow")
    context.set_default_timeout(20_000)
    yield context
    context.close()


KEPT = """async () => {
    const found = {};
    for (const name of await caches.keys())
        found[name.split(" ").pop()] =
            (await (await caches.open(name)).keys()).map((r) => new URL(r.url).pathname.slice(1));
    return found;
}"""


def kept(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = page.evaluate(KEPT)
    return found


def wait_until_kept(page: Page, build: str, *paths: str) -> None:
    """Until this build's cache holds these paths (or something that begins with them)."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        held = kept(page).get(build, [])
        if all(path in held or (path and any(one.startswith(path) for one in held)) for path in paths):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{paths} not all among {kept(page)}")


def build_of(page: Page) -> Any:
    return page.locator('meta[name="build"]').get_attribute("content")


def test_without_a_network_visited_pages_and_the_calculator_work(reader: BrowserContext, host: Host) -> None:
    page = reader.new_page()
    page.goto("guides/zhu-yuan/")
    wait_until_kept(page, host.build_of(host.old), "", "offline/", "guides/zhu-yuan/")
    calculator = CalculatorPage(page, CALC)
    calculator.fill(CASE)
    calculator.submit()
    calculator.wait_for_answer()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    wait_until_kept(page, host.build_of(host.old), CALC, "data/areas/test-city", "assets/worker")

    reader.set_offline(True)
    page.goto("guides/zhu-yuan/")
    expect(page.get_by_role("heading", level=1)).to_have_text("住院能报多少")
    calculator = CalculatorPage(page, CALC)
    calculator.fill(CASE)
    calculator.submit()
    calculator.wait_for_answer()
    expect(calculator.answer).to_contain_text(OLD)

    page.goto("glossary/")
    expect(page.get_by_role("heading", level=1)).to_have_text("现在没有网络")
    expect(page.locator("#kept a", has_text="住院能报多少")).to_be_visible()


def test_a_new_build_takes_over_as_a_whole(reader: BrowserContext, host: Host) -> None:
    old, new = host.build_of(host.old), host.build_of(host.new)
    assert old != new
    page = reader.new_page()
    calculator = CalculatorPage(page, CALC)
    calculator.fill(CASE)
    calculator.submit()
    calculator.wait_for_answer()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    wait_until_kept(page, old, CALC, "data/areas/test-city", "runtime/")

    host.deploy()
    page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update())")
    notice = page.locator("[data-update]")
    expect(notice).to_be_visible(timeout=60_000)
    # The page that is open stays what it was: its answer comes from its own data.
    assert build_of(page) == old
    calculator.submit()
    expect(calculator.answer).to_contain_text(OLD)

    notice.get_by_role("button").click()
    page.wait_for_function(f"document.querySelector('meta[name=build]')?.content === '{new}'")
    # What was kept has come along, in the words and figures of the new build.
    wait_until_kept(page, new, CALC, "data/areas/test-city", "runtime/")
    reader.set_offline(True)
    calculator = CalculatorPage(page, CALC)
    assert build_of(page) == new
    calculator.fill(CASE)
    calculator.submit()
    calculator.wait_for_answer()
    expect(calculator.answer).to_contain_text(NEW)


def test_an_old_page_keeps_its_files_while_another_goes_over(reader: BrowserContext, host: Host) -> None:
    old, new = host.build_of(host.old), host.build_of(host.new)
    first = reader.new_page()
    calculator = CalculatorPage(first, CALC)
    calculator.fill(CASE)
    calculator.submit()
    calculator.wait_for_answer()
    first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    wait_until_kept(first, old, CALC, "data/areas/test-city", "runtime/")

    host.deploy()
    second = reader.new_page()
    second.goto("guides/zhu-yuan/")
    assert build_of(second) == new
    wait_until_kept(second, new, "guides/zhu-yuan/", CALC)

    assert build_of(first) == old
    assert old in kept(first)
    area = first.locator("form[data-calculator]").get_attribute("data-area-url")
    assert first.evaluate("(url) => fetch(url).then((r) => r.status)", area) == 200
    calculator.submit()
    expect(calculator.answer).to_contain_text(OLD)
    # No page of one build lies in the cache of the other.
    builds = """async () => {
        const wrong = [];
        for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys()) {
                const response = await (await caches.open(name)).match(request);
                const html = /html/.test(response.headers.get("Content-Type")) ? await response.text() : "";
                if (html && !html.includes(`name="build" content="${name.split(" ").pop()}"`)) wrong.push(request.url);
            }
        return wrong;
    }"""
    assert second.evaluate(builds) == []


def test_without_a_service_worker_everything_else_works(browser: Browser, host: Host) -> None:
    context = browser.new_context(base_url=host.address, service_workers="block")
    context.add_init_script("Object.defineProperty(Navigator.prototype, 'serviceWorker', {get: () => undefined})")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    calculator = CalculatorPage(page, CALC)
    calculator.fill(CASE)
    calculator.submit()
    calculator.wait_for_answer()
    expect(calculator.answer).to_contain_text(OLD)
    assert errors == []
    context.close()


def test_a_framed_calculator_tells_its_height_and_takes_a_colour(browser: Browser, host: Host, tmp_path: Path) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(f"{host.address}embed/")
    page.locator("#embed-color").fill("#ffcc00")
    code = page.locator("#embed-code").input_value()
    assert f'src="{host.address}embed/' in code
    site = tmp_path / "other"
    site.mkdir()
    (site / "index.html").write_text(f"<!DOCTYPE html><title>别的网站</title>{code}", encoding="utf-8")
    page.goto((site / "index.html").as_uri())

    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_contain_text("试验市")
    page.wait_for_function("() => document.querySelector('iframe').style.height.endsWith('px')")
    assert frame.locator(".site-nav").count() == 0
    tall = page.evaluate("document.querySelector('iframe').getBoundingClientRect().height")
    body = frame.locator("body").evaluate("e => Math.ceil(e.getBoundingClientRect().height)")
    assert tall == body
    accent = frame.locator("html").evaluate("e => e.style.getPropertyValue('--accent')")
    assert accent.startswith("rgb(")
    assert accent != "rgb(255 204 0)"  # too light to be read on paper
    full = frame.locator(".embed-foot a", has_text="医保明白账")
    assert full.get_attribute("target") == "_blank"
    context.close()


def test_a_report_carries_its_place_its_figure_and_the_version_of_the_data(browser: Browser, host: Host) -> None:
    context = browser.new_context(base_url=host.address, service_workers="block")
    page = context.new_page()
    page.goto("areas/test-city/")
    figure = page.locator("a.figure").first
    reference = figure.get_attribute("data-figure")
    note = (figure.get_attribute("href") or "").removeprefix("#")
    figure.click()
    page.locator(f'[data-wrong="{note}"]').click()
    page.wait_for_url("**/feedback/**")
    version = page.locator("#report").get_attribute("data-version")
    text = page.locator("#report-text").input_value()
    assert text.split("\n")[:3] == [f"位置：areas/test-city/#{note}", f"数字：{reference}", f"数据版本：{version}"]
    page.goto("guides/zhu-yuan/")
    page.locator("#wrong a").click()
    expect(page.locator("#report-text")).to_have_value(
        f"位置：guides/zhu-yuan/\n数据版本：{version}\n\n哪里不对，应该是什么，依据是什么：\n"
    )
    context.close()
