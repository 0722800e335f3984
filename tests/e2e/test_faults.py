"""Whatever breaks, the reader gets one plain sentence, keeps what they typed and the worked examples, and may retry."""

import json
import re
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page, Route, expect

from sitegen.serve import CONTENT_SECURITY_POLICY
from tests.e2e.calculator_page import STAY, CalculatorPage
from tests.e2e.net import Outside
from tests.e2e.test_pages import SAVE_DATA

PATH = "calc/inpatient/beijing/"

WASM = "**/pyodide.asm.wasm"
LIBRARY = "**/python_stdlib.zip"
GLUE = "**/pyodide.asm.js"
LOADER = "**/pyodide.mjs"
WORKER = "**/assets/worker.*.js"
MANIFEST = "**/manifest.json"
WHEEL = "**/*.whl"
AREA = "**/data/areas/*.json"

NOT_WHOLE = "计算程序没有下载完整。"
FORBIDDEN = "WebAssembly 被禁止"
NO_WORKER = "浏览器没能启动计算程序。"
NO_DATA = "这个地区的政策数据没有下载完整。"
NO_MEMORY = "内存不够"
BROKEN = "计算程序出了错"
SLOW = "计算程序很久没有回应"
STALLED = "等了很久没有收到新的数据"

Answer = Callable[[Route], None]


def aborted(route: Route) -> None:
    route.abort()


def missing(route: Route) -> None:
    route.fulfill(status=404, content_type="text/html", body="<!doctype html><title>404</title>")


def web_page(route: Route) -> None:
    """What a portal that wants a login answers to everything."""
    route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>请登录</title>")


def truncated(route: Route) -> None:
    response = route.fetch()
    body = response.body()
    route.fulfill(status=200, content_type=response.headers["content-type"], body=body[: len(body) // 2])


def corrupt(route: Route) -> None:
    """As long as it should be, but not what it should be."""
    response = route.fetch()
    body = response.body()
    route.fulfill(status=200, content_type=response.headers["content-type"], body=body[:1000] + bytes(len(body) - 1000))


def without_wasm(route: Route) -> None:
    """The worker's script under a policy that does not allow WebAssembly."""
    policy = CONTENT_SECURITY_POLICY.replace(" 'wasm-unsafe-eval'", "")
    response = route.fetch()
    route.fulfill(response=response, headers=response.headers | {"content-security-policy": policy})


def rewritten(old: str, new: str) -> Answer:
    """The same script with one place changed."""

    def answer(route: Route) -> None:
        body = route.fetch().text()
        assert old in body
        route.fulfill(status=200, content_type="text/javascript", body=body.replace(old, new))

    return answer


REPLY, LOAD = "answer: answer(request)", "const { loadPyodide } ="
OUT_OF_MEMORY = 'throw new RangeError("WebAssembly.Memory(): could not allocate memory");'
BUG = '{"ok":false,"error":"bug","message":"x","detail":"KeyError: 1"}'

FAULTS: Mapping[str, tuple[str, Answer, str]] = {
    "wasm missing": (WASM, missing, NOT_WHOLE),
    "wasm truncated": (WASM, truncated, NOT_WHOLE),
    "wasm corrupt": (WASM, corrupt, BROKEN),
    "wasm is a web page": (WASM, web_page, NOT_WHOLE),
    "library unreachable": (LIBRARY, aborted, NOT_WHOLE),
    "library corrupt": (LIBRARY, corrupt, BROKEN),
    "glue missing": (GLUE, missing, NOT_WHOLE),
    "loader unreachable": (LOADER, aborted, NOT_WHOLE),
    "wheel truncated": (WHEEL, truncated, NOT_WHOLE),
    "wheel corrupt": (WHEEL, corrupt, NOT_WHOLE),
    "manifest missing": (MANIFEST, missing, NOT_WHOLE),
    "worker unreachable": (WORKER, aborted, NO_WORKER),
    "worker is a web page": (WORKER, web_page, NO_WORKER),
    "wasm forbidden": (WORKER, without_wasm, FORBIDDEN),
    "area data missing": (AREA, missing, NO_DATA),
    "out of memory": (WORKER, rewritten(LOAD, f"{OUT_OF_MEMORY} {LOAD}"), NO_MEMORY),
    "bug in the calculator": (WORKER, rewritten(REPLY, f"answer: '{BUG}'"), BROKEN),
    "exception in the calculator": (WORKER, rewritten(REPLY, "answer: answer(undefined.x)"), BROKEN),
}


@pytest.fixture
def page(page: Page) -> Page:
    """No loading in advance, so that the fault meets the reader."""
    page.add_init_script(SAVE_DATA)
    return page


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_ends_in_a_sentence_and_a_retry_works(page: Page, outside: Outside, fault: str) -> None:
    where, answer, sentence = FAULTS[fault]
    page.route(where, answer)
    calculator = CalculatorPage(page, PATH)
    calculator.fill(STAY)

    calculator.submit()

    expect(calculator.retry).to_be_visible(timeout=60_000)
    expect(calculator.progress).to_contain_text(sentence)
    expect(page.get_by_role("status").first).to_contain_text(sentence)
    expect(calculator.control("bill.total")).to_have_value(STAY["bill"]["total"])
    expect(page.locator("#worked table").first).to_be_visible()

    page.unroute_all()
    calculator.retry.click()

    calculator.wait_for_answer()
    expect(calculator.progress).to_be_hidden()
    if sentence == FORBIDDEN:
        outside.breaches.clear()  # this test asked for them


def test_a_connection_that_stops_is_not_waited_for(page: Page) -> None:
    page.clock.install()
    page.route(WASM, lambda _: None)
    calculator = CalculatorPage(page, PATH)
    calculator.submit()
    expect(calculator.progress).to_contain_text(re.compile(r"已收到 [0-9.]+，共 [0-9.]+ MB"))

    page.clock.fast_forward(46_000)

    expect(calculator.progress).to_contain_text(STALLED)
    expect(calculator.retry).to_be_visible()


def test_a_calculation_that_does_not_end_is_stopped(page: Page) -> None:
    page.clock.install()
    endless = "answer: request.includes('estimate') ? (() => { for (;;); })() : answer(request)"
    page.route(WORKER, rewritten(REPLY, endless))
    calculator = CalculatorPage(page, PATH)
    calculator.control("bill.total").focus()
    expect(calculator.progress).to_be_visible()
    expect(calculator.progress).to_be_hidden(timeout=60_000)
    calculator.submit()
    expect(calculator.progress).to_contain_text("正在计算")

    page.clock.fast_forward(21_000)

    expect(calculator.progress).to_contain_text(SLOW)
    expect(calculator.retry).to_be_visible()


WATCH = """(line) => new MutationObserver(() => heard(line.textContent))
    .observe(line, {subtree: true, childList: true, characterData: true})"""


def test_the_progress_says_how_many_bytes_have_come(page: Page, site: Mapping[str, bytes]) -> None:
    (manifest,) = (json.loads(content) for path, content in site.items() if path.endswith("/manifest.json"))
    total = sum(file["bytes"] for file in manifest["files"].values())
    said: list[str] = []
    page.expose_function("heard", lambda text: said.append(text))
    calculator = CalculatorPage(page, PATH)
    calculator.progress.evaluate(WATCH)

    calculator.submit()

    expect(calculator.summary).to_be_visible(timeout=60_000)
    numbers = [match for text in said if (match := re.search(r"已收到 ([0-9.]+)，共 ([0-9.]+) MB", text))]
    received = [float(match[1]) for match in numbers]
    assert len(received) > 2
    assert received == sorted(received)
    assert {match[2] for match in numbers} == {f"{total / 1e6:.1f}"}
