"""The page and the file of coverage: the same rows, overdue checks counted for a day that is told."""

import json
from datetime import date
from typing import Any

import pytest

from sitegen.build import _epoch, pages_of, prepare
from sitegen.coverage import counted_on, coverage_file
from sitegen.stale import overdue
from tests.build.tree import AREA, FILES, miniature

REAL = "policies/areas/real-city.yaml"
TEXT = (
    FILES[AREA]
    .replace("id: test-city", "id: real-city")
    .replace("试验市", "真实市")
    .replace("fictional: true\n", "")
    .replace("status: illustrative", "status: official")
)


def made(text: str = TEXT, day: date | None = None) -> Any:
    prepared = prepare(miniature({REAL: text}), day)
    assert prepared.problems == ()
    return prepared


def page_of(prepared: Any) -> str:
    return next(page.html for page in pages_of(prepared.world) if page.path == "coverage/index.html")


def test_the_file_says_what_the_page_says() -> None:
    prepared = made()
    document = json.loads(prepared.files["coverage.json"])
    (place,) = document["areas"]
    parts = {(part["scheme"], part["part"]): part for part in place["parts"]}
    inpatient = parts["employee", "inpatient"]

    # 1000, 500, 600, 85 %, 90 %, 100000; away: 20 points, same as at home
    assert inpatient["statuses"] == {"official": 8, "secondary": 0, "disputed": 0}
    assert (inpatient["state"], inpatient["missing"]) == ("partly", ["一级及以下"])
    assert parts["employee", "away"]["missing"] == [
        "异地，已办长期居住备案", "异地，已办临时外出备案", "异地，急诊抢救，没备案",
    ]  # fmt: skip
    sentence = "真实市职工医保住院：部分收录，按 2026-01-01 起的标准，2026-01-02 核对过；8 个数字出自官方文件。"
    assert inpatient["sentence"] == sentence
    assert sentence in page_of(prepared)
    assert "还没有收录：职工医保普通门诊、" in page_of(prepared)


def test_the_day_is_told_and_no_clock_is_read() -> None:
    assert json.loads(made().files["coverage.json"])["counted_on"] == "2026-01-02"
    assert "数到 2026 年 1 月 2 日：这是全部资料里最近一次核对的日子" in page_of(made())
    later = made(day=date(2027, 1, 1))
    assert counted_on(later.world) == date(2027, 1, 1)
    assert "这是生成网站时给定的日子" in page_of(later)
    assert "上一次核对是 2026 年 1 月 2 日，已经过去 364 天。" in page_of(later)


def test_invented_places_are_no_coverage() -> None:
    prepared = prepare(miniature())

    assert json.loads(coverage_file(prepared.world)) | {"states": 0, "statuses": 0} == {
        "format": 1, "counted_on": None, "states": 0, "statuses": 0, "areas": [],
    }  # fmt: skip
    assert "还没有收录真实地方的数字。" in page_of(prepared)


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        (date(2026, 1, 1), ["ahead"]),
        (date(2026, 7, 1), []),
        (date(2026, 7, 2), ["unchecked"]),
        (date(2026, 11, 1), ["unchecked"]),
        (date(2026, 11, 2), ["unchecked", "ending"]),
        (date(2026, 12, 31), ["unchecked", "ending"]),
        (date(2027, 1, 1), ["unchecked", "ended"]),
    ],
)
def test_what_is_overdue(day: date, kinds: list[str]) -> None:
    text = TEXT.replace("      - from: 2026-01-01\n", "      - from: 2026-01-01\n        until: 2026-12-31\n")

    assert [found.kind for found in overdue(made(text).world.areas["real-city"].area, day)] == kinds


def test_the_environment_may_name_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert _epoch() == (date(1970, 1, 2), ())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    day, (problem,) = _epoch()
    assert day is None
    assert str(problem) == ("SOURCE_DATE_EPOCH: 环境变量写的是“soon”，应是 1970 年以来的秒数，例如 1760000000 [epoch]")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert _epoch() == (None, ())
