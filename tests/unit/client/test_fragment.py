"""Answers in a link: what the browser's module writes and reads, run by Node; and that the build writes the same."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from sitegen.pages.fragment import COMPARE, fragment_of

ROOT = Path(__file__).parents[3]
NAMES = {"scheme": "scheme", "bill.total": "total", "areas.0": "a"}
SCRIPT = """
const { encode, decode } = await import(process.argv[1]);
const [what, first, names] = JSON.parse(process.argv[2]);
const found = what === "encode" ? encode(first, names) : decode(first, names);
console.log(JSON.stringify(found, (_, value) => (value instanceof Map ? Object.fromEntries(value) : value)));
"""


def run(what: str, first: object, names: dict[str, str] = NAMES) -> Any:
    module = (ROOT / "templates/js/app/fragment.js").read_text(encoding="utf-8")
    address = "data:text/javascript," + "".join(f"%{byte:02x}" for byte in module.encode())
    command = ["node", "--input-type=module", "-e", SCRIPT, address, json.dumps([what, first, names])]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"bill.total": "5万", "scheme": "employee", "areas.0": ""},
        {"bill.total": "1,000.50 & =#%+", "areas.0": "beijing"},
    ],
)
def test_what_is_written_is_read_and_the_build_writes_the_same(answers: dict[str, str]) -> None:
    text = run("encode", answers)

    assert text == fragment_of(answers, NAMES)
    kept = {field: answer for field, answer in answers.items() if answer}
    assert run("decode", f"#{text}") == {"answers": kept, "dropped": [], "readable": True}


def test_the_order_is_that_of_the_names() -> None:
    assert run("encode", {"areas.0": "beijing", "scheme": "resident"}) == "v=1&scheme=resident&a=beijing"


@pytest.mark.parametrize(
    ("text", "answers", "dropped"),
    [
        ("#v=1&total=5&what=1", {"bill.total": "5"}, ["what"]),
        ("#v=1&total=5&total=6", {"bill.total": "5"}, ["total"]),
        ("#v=1&total=", {}, ["total"]),
        ("#v=1&total=" + "9" * 101, {}, ["total"]),
        ("#v=1&bill.total=5&__proto__=x", {}, ["bill.total", "__proto__"]),
        ("#v=1&total=%E4%B8", {"bill.total": "\ufffd"}, []),
        ("#v=1", {}, []),
    ],
)
def test_what_is_not_known_is_dropped_and_named(text: str, answers: dict[str, str], dropped: list[str]) -> None:
    assert run("decode", text) == {"answers": answers, "dropped": dropped, "readable": True}


@pytest.mark.parametrize("text", ["", "#", "#worked", "#total=5&v=1"])
def test_an_address_without_answers(text: str) -> None:
    assert run("decode", text) is None


@pytest.mark.parametrize("text", ["#v=2&total=5", "#v=", "#v=1.0&total=5"])
def test_a_link_of_another_version_is_not_read(text: str) -> None:
    assert run("decode", text) == {"answers": {}, "dropped": [], "readable": False}


def test_the_names_in_links_stay() -> None:
    assert len(set(COMPARE.values())) == len(COMPARE)
    # Links that people keep have these: a name may be added, none may be changed.
    assert fragment_of(dict.fromkeys(COMPARE, "x"), COMPARE) == (
        "v=1&mode=x&a=x&b=x&c=x&from=x&to=x&scheme=x&group=x&age=x&level=x&filing=x&distance=x&date=x&total=x&self=x"
        "&first=x&over=x&stay=x"
    )
