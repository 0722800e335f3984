"""The real site, built once and served, and an installed Chromium to look at it with.

A failing journey leaves a Playwright trace in .artifacts/: `.venv/bin/python -m playwright show-trace <file>`.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from sitegen.build import build
from sitegen.serve import served
from sitegen.write import write_site
from tests.e2e.net import Outside, watch
from tools.browser import find_chromium

ROOT = Path(__file__).parents[2]
ARTIFACTS = ROOT / ".artifacts"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}

# As root Chromium has no sandbox; the others keep it from calling home.
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


EVERY_PAGE = "EVERY_PAGE"
"""Set in the environment, the tours visit every page; without it, of hundreds of pages made alike only some."""
ALIKE = {"calc": 1, "embed": 4, "changes": 3, "areas": 14, "checklists": 6, "compare": 4}
"""Folder → how many of the pages that one template makes are visited: of `calc/` for each kind of calculator."""


def toured(paths: Iterable[str]) -> list[str]:
    """The pages to visit: all of a kind of their own, and of those made alike a spread that differs by kind."""
    pages = sorted(path for path in paths if path.endswith(".html"))
    if os.environ.get(EVERY_PAGE):
        return pages
    alike: dict[str, list[str]] = {}
    for path in pages:
        top, *inner = path.split("/")
        kind = "/".join([top, *inner[:1]]) if top == "calc" else top
        alike.setdefault(kind if top in ALIKE and len(inner) > 1 else path, []).append(path)
    chosen = []
    for number, (kind, found) in enumerate(alike.items()):
        most = ALIKE.get(kind.split("/")[0], len(found))
        step = len(found) / most if len(found) > most else 1
        chosen += [found[int(index * step + number) % len(found)] for index in range(min(most, len(found)))]
    return sorted(set(chosen))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def site() -> Mapping[str, bytes]:
    """The files of the real site by path."""
    return build(ROOT, lambda _: None)


@pytest.fixture(scope="session")
def site_folder(site: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "site"
    write_site(site, folder)
    return folder


@pytest.fixture(scope="session")
def address(site_folder: Path) -> Iterator[str]:
    """Where the site is served, with a closing slash."""
    with served(site_folder) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    assert path, "no Chromium: run make test, which installs one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def context_options() -> dict[str, Any]:
    """What a module or test may override: a phone in light colours."""
    return {"viewport": PHONE}


@pytest.fixture
def context(
    browser: Browser, address: str, context_options: dict[str, Any], request: pytest.FixtureRequest
) -> Iterator[BrowserContext]:
    """A fresh browser profile; addresses in tests are relative to the site. Its trace is kept when the test fails."""
    # A service worker would answer where tests listen to the network; tests/e2e/test_offline.py lets it.
    options = {"service_workers": "block", **context_options}
    context = browser.new_context(base_url=address, locale="zh-CN", **options)
    context.set_default_timeout(15_000)
    context.tracing.start(snapshots=True)
    yield context
    if request.node.stash.get(FAILED, True):
        ARTIFACTS.mkdir(exist_ok=True)
        context.tracing.stop(path=ARTIFACTS / f"{re.sub(r'[^A-Za-z0-9_.-]+', '-', request.node.name)}.zip")
    context.close()


@pytest.fixture
def outside(context: BrowserContext, address: str) -> Outside:
    """Everything the pages of this test ask for elsewhere, and every breach of the security policy; both stay empty."""
    return watch(context, address)


@pytest.fixture
def page(context: BrowserContext, outside: Outside) -> Iterator[Page]:
    """A page of which nothing may be asked from elsewhere, whatever the test does with it."""
    page = context.new_page()
    yield page
    assert outside.requests == []
    assert outside.breaches == []
