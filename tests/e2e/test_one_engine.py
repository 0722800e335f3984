"""The calculator in the reader's browser is the one that builds the site: the same requests, the same bytes back.

Every settlement of tests/cases, with its drawing along the bill, and some hundred random ones go through the bridge
twice: in CPython, and in Pyodide inside Chromium, loaded by the site's own worker.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from calculator import bridge
from sitegen.pages.forms import CURVED
from sitegen.yamlfile import read_yaml
from tests.property.areas import area_documents, cases

ROOT = Path(__file__).parents[2]
PATH = "calc/inpatient/beijing/"
RANDOM_CASES = 600

START = """async () => {
    const form = document.querySelector("form[data-calculator]");
    const absolute = (address) => new URL(address, document.baseURI).href;
    const worker = new Worker(absolute(form.dataset.worker), {type: "module"});
    window.askPyodide = (requests) => new Promise((resolve, reject) => {
        const answers = [];
        worker.onmessage = ({data}) => {
            if (data.failed) reject(new Error(data.detail));
            if (data.id && answers.push(data.answer) === requests.length) resolve(answers);
        };
        requests.forEach((request, i) => worker.postMessage({id: i + 1, request}));
    });
    await new Promise((resolve, reject) => {
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = ({data}) => {
            if (data.failed) reject(new Error(data.detail));
            if (data.ready) resolve();
        };
        worker.postMessage({start: {runtime: absolute(form.dataset.runtime)}});
    });
}"""


@pytest.fixture(scope="module")
def pyodide(browser: Browser, address: str) -> Iterator[Page]:
    """A page of the site in which the site's worker has been started and takes lists of requests."""
    context = browser.new_context(base_url=address)
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto(PATH)
    page.evaluate(START)
    yield page
    context.close()


def read(path: Path) -> Any:
    document, problems = read_yaml(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
    assert problems == ()
    assert document is not None
    return document.data


def requests_of(
    name: str | list[str], document: Any, sources: Any, settlements: list[tuple[str, Any]]
) -> Iterator[str]:
    """What the page would send: the area, then its cases as (kind, case)."""
    yield json.dumps({"do": "load", "area": document, "sources": sources}, ensure_ascii=False)
    for kind, case in settlements:
        request = {"do": "estimate", "kind": kind, "area": name, "case": case, "links": {"law": "../#law"}}
        yield json.dumps(request, ensure_ascii=False)


def written_requests() -> Iterator[str]:
    """Every case of tests/cases, each after its area."""
    sources = read(ROOT / "policies/sources.yaml")
    files = {path.stem: path for path in sorted((ROOT / "policies").glob("*/*.yaml"))}
    for path in sorted((ROOT / "tests/cases").rglob("*.yaml")):
        found = read(path)
        for case in found if isinstance(found, list) else [found]:
            several = isinstance(case["area"], list)
            documents = [
                read(files[named]) if isinstance(named, str) else named
                for named in (case["area"] if several else [case["area"]])
            ]
            *before, last = documents
            for document in before:
                yield from requests_of(document["id"], document, sources, [])
            names = [document["id"] for document in documents] if several else last["id"]
            yield from requests_of(names, last, sources, [(case["kind"], case["case"])])
            if several:
                yield json.dumps({"do": "compare", "areas": names, "case": case["case"]}, ensure_ascii=False)
            elif case["kind"] in CURVED:
                yield json.dumps(drawn(case["kind"], names, case["case"]), ensure_ascii=False)


def drawn(kind: str, name: object, case: Any) -> Any:
    """The request for the drawing of who pays as the bill grows."""
    return {"do": "curve", "kind": kind, "area": name, "case": case, "free": "bill.total", "want": ["chart"]}


def random_requests() -> list[str]:
    """Random areas, each with one random inpatient case; the same ones every time."""
    requests: list[str] = []

    @settings(
        max_examples=RANDOM_CASES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def collect(data: st.DataObject) -> None:
        document = data.draw(area_documents())
        case = data.draw(cases(document))
        requests.extend(requests_of(document["id"], document, {}, [("inpatient", case)]))

    collect()
    return requests


def assert_equal_answers(pyodide: Page, requests: list[str]) -> None:
    in_browser = pyodide.evaluate("(requests) => askPyodide(requests)", requests)
    in_cpython = [bridge.answer(request) for request in requests]

    different = [
        {"request": request, "browser": browser, "cpython": cpython}
        for request, browser, cpython in zip(requests, in_browser, in_cpython, strict=True)
        if browser.encode() != cpython.encode()
    ]
    assert different == []


def test_every_written_case_gives_the_same_bytes_in_the_browser(pyodide: Page) -> None:
    requests = list(written_requests())

    assert len(requests) > 100
    assert_equal_answers(pyodide, requests)


def test_random_cases_give_the_same_bytes_in_the_browser(pyodide: Page) -> None:
    requests = random_requests()

    assert len(requests) >= 2 * RANDOM_CASES
    assert_equal_answers(pyodide, requests)


@pytest.mark.parametrize(
    "request_text", ["", "[]", "null", '{"do":"?"}', '{"do":"estimate"}', "五万", '{"do":"load","area":{}}']
)
def test_garbage_gives_the_same_bytes_in_the_browser(pyodide: Page, request_text: str) -> None:
    assert_equal_answers(pyodide, [request_text])
