"""What changed between two editions, worked out by hand on a small place; the list, the pages and the feeds."""

from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from sitegen.build import pages_of, prepare
from sitegen.changes import Effect, concerning, entries_of, public
from sitegen.feeds import ATOM, identifier
from sitegen.news import NEWS
from tests.build.tree import AREA, FILES, miniature

REAL = "policies/areas/real-city.yaml"
TEXT = (
    FILES[AREA]
    .replace("id: test-city", "id: real-city")
    .replace("试验市", "真实市")
    .replace("fictional: true\n", "")
    .replace("status: illustrative", "status: official")
    .replace("checked_on: 2026-01-02", "checked_on: 2026-08-01")
)
SECOND = """\
      - from: 2026-07-01
        status: official
        sources: [notice]
        layers:
          - id: basic
            name: 统筹基金
            deductible: {per: admission, amount: {tertiary: [800, 500], secondary: 600}}
            ratio: {tertiary: 88%, secondary: 90%}
            cap: {amount: 100000, of: fund_payment, per: year}
          - id: large
            name: 大额互助
            base: excess
            deductible: none
            ratio: 80%
            cap: none
        away:
          layers: [basic]
          cases:
            referral: {same_as: local}
"""
ITEM = """\
- id: card
  title: 看病不用带卡
  from: 2026-03
  for_whom: 所有人
  where: [national]
  text: 三级医院报 {value}`real-city/employee/inpatient/layers.basic.ratio.tertiary`。
  sources: [article]
  status: secondary
  checked_on: 2026-07-15
  as_of: 2026-07-01
- {id: only, title: 只在真实市, from: 2026, for_whom: 当地人, where: [real-city], text: 变了。, sources: [notice],
   status: official, checked_on: 2026-07-16}
"""


@pytest.fixture(scope="module")
def prepared() -> Any:
    made = prepare(miniature({REAL: TEXT + SECOND, NEWS: ITEM}))
    assert made.problems == ()
    return made


def test_figures_that_differ_are_new_or_are_gone(prepared: Any) -> None:
    (entry,) = [e for e in entries_of(prepared.world) if e.part]

    assert entry.id == "real-city/employee/inpatient/2026-07-01"
    assert (entry.since, entry.title) == ("2026-07-01", "真实市职工医保住院换了一版标准")
    assert [(change.label, change.old, change.new) for change in entry.figures] == [
        ("统筹基金，三级：起付线（第 1 次）", "1,000 元", "800 元"),
        ("统筹基金，三级：支付比例", "85%", "88%"),
        ("大额互助：支付比例", "", "80%"),
        ("异地，没备案，也不是急诊：降低的百分点", "20 个百分点", ""),
    ]
    assert [source.id for source in entry.sources] == ["notice"]


def test_a_typical_bill_is_settled_under_both(prepared: Any) -> None:
    (entry,) = [e for e in entries_of(prepared.world) if e.part]

    # before (50000 − 1000) × 85 % = 41650, after (50000 − 800) × 88 % = 43296
    assert entry.effects == tuple(
        Effect(case=f"{group}，三级，住院总费用 5\N{NO-BREAK SPACE}万元", what="医保支付", old="41,650 元", new="43,296 元",
               by="多 1,646 元")
        for group in ("在职", "退休")
    )  # fmt: skip


def test_the_newest_stand_first_and_a_year_alone_behind_its_days(prepared: Any) -> None:
    found = entries_of(prepared.world)

    assert [entry.since for entry in found] == ["2026-07-01", "2026-03", "2026"]
    assert found[1].text == "三级医院报 88%。"
    assert len(public(found, prepared.world)) == 3
    assert [e.id for e in concerning(found, prepared.world.areas["test-city"])] == []


def test_one_edition_alone_is_no_change() -> None:
    assert entries_of(prepare(miniature({REAL: TEXT})).world) == ()


def test_the_pages_say_what_from_when_for_whom_how_much_and_by_which_source(prepared: Any) -> None:
    pages = {page.path: page.html for page in pages_of(prepared.world)}
    whole, place = pages["changes/index.html"], pages["changes/real-city/index.html"]

    for html in (whole, place):
        assert "<h2>2026 年 7 月 1 日起</h2>" in html
        assert "<h2>2026 年 3 月起</h2>" in html
        assert "<td>多 1,646 元</td>" in html
        assert "没有收录能算的数字，这里不算。" in html
        assert "《真实市医保待遇通知》</a>" in html
    assert 'href="../../areas/real-city/#employee-inpatient"' in place
    assert '<link rel="alternate" type="application/atom+xml" href="feed.xml"' in whole
    assert 'type="application/atom+xml" href="../../areas/real-city/feed.xml"' in place
    assert 'type="application/atom+xml" href="feed.xml"' in pages["areas/real-city/index.html"]
    assert "changes/test-city/index.html" not in pages


def elements(parent: ET.Element, name: str) -> list[ET.Element]:
    return parent.findall(f"{{{ATOM}}}{name}")


def text(parent: ET.Element, name: str) -> str:
    (found,) = elements(parent, name)
    return found.text or ""


@pytest.mark.parametrize("path", ["changes/feed.xml", "areas/real-city/feed.xml"])
def test_a_feed_has_what_atom_requires(prepared: Any, path: str) -> None:
    root = ET.fromstring(prepared.files[path])

    assert root.tag == f"{{{ATOM}}}feed"
    assert text(root, "title").startswith("医保明白账：")
    assert text(root, "id") == identifier(path)
    assert text(root, "updated") == "2026-08-01T00:00:00+08:00"
    assert text(elements(root, "author")[0], "name") == "医保明白账"
    assert [link.get("rel") for link in elements(root, "link")] == ["self", "alternate"]
    entries = elements(root, "entry")
    assert len({text(entry, "id") for entry in entries}) == len(entries) == 3
    for entry in entries:
        assert all(text(entry, name) for name in ("title", "updated", "published", "summary"))
        assert elements(entry, "link")[0].get("rel") == "alternate"
    assert [text(entry, "published")[:10] for entry in entries] == ["2026-07-01", "2026-03-01", "2026-01-01"]
    assert "住院总费用 5\N{NO-BREAK SPACE}万元，医保支付：41,650 元 → 43,296 元，多 1,646 元" in text(
        entries[0], "summary"
    )
    assert "出处：《真实市医保待遇通知》" in text(entries[0], "summary")


def test_the_links_of_a_feed_lead_to_its_page(prepared: Any) -> None:
    root = ET.fromstring(prepared.files["areas/real-city/feed.xml"])
    entry = elements(root, "entry")[0]

    assert elements(entry, "link")[0].get("href") == (
        "../../changes/real-city/#real-city--employee--inpatient--2026-07-01"
    )
    pages = {page.path: page.html for page in pages_of(prepared.world)}
    assert 'id="real-city--employee--inpatient--2026-07-01"' in pages["changes/real-city/index.html"]


def test_an_empty_feed_is_still_a_feed() -> None:
    root = ET.fromstring(prepare(miniature(), date(2026, 5, 6)).files["changes/feed.xml"])

    assert elements(root, "entry") == []
    assert text(root, "updated") == "2026-05-06T00:00:00+08:00"


def test_an_identifier_is_of_the_name_alone() -> None:
    assert identifier("changes/feed.xml") == "urn:uuid:c0f2f584-f940-54d4-9fd9-c3acdce82c51"


NATIONAL = """\
- {id: a, what: 甲的通知：补多少, value: 640, unit: yuan, from: 2024-01-01, until: 2024-12-31, status: secondary,
   sources: [article], bounds: {of: resident_subsidy, sense: at_least}}
- {id: b, what: 乙的通知：补多少, value: 670, unit: yuan, from: 2025-01-01, until: 2025-12-31, status: secondary,
   sources: [article], bounds: {of: resident_subsidy, sense: at_least}}
- {id: c, what: 丙的通知：补多少, value: 670, unit: yuan, from: 2026-01-01, status: secondary,
   sources: [article], bounds: {of: resident_subsidy, sense: at_least}}
"""


def test_national_figures_that_follow_one_another_are_compared() -> None:
    world = prepare(miniature({"policies/national.yaml": NATIONAL})).world
    (entry,) = entries_of(world)

    assert (entry.id, entry.title, entry.areas) == ("national/resident_subsidy/2025-01-01", "全国的线变了：补多少", ())
    assert [(change.old, change.new) for change in entry.figures] == [("640 元", "670 元")]
