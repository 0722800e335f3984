"""Disputes: what their texts become, where they are told, and that the real file is whole. Refusals are in tests/bad."""

import pytest

from sitegen.build import Prepared, pages_of, prepare
from sitegen.disputes import DISPUTES, read_disputes
from sitegen.load import load
from tests.build.tree import AREA, FILES, GUIDE, ROOT, miniature

NATIONAL = """\
- id: old-charge
  what: 2020 年的通知定的最低缴费
  value: 280
  unit: yuan
  from: 2021-01-01
  until: 2021-12-31
  status: secondary
  sources: [article]
"""
ONE = """\
- id: d-01
  title: 住院减不减起付线？
  short: 减不减起付线
  weight: high
  status: settled
  checked_on: 2026-03-02
  sides:
    - {says: 不减。, sources: [article], note: 没有说为什么。}
    - {says: 要减。, sources: [test-city/notice]}
  uses: 要减。
  why: 通知写着要减。
  text: |-
    先减{term}`起付线`，
    再乘比例。
  about:
    guides: [zhu-yuan#怎么算]
    figures: [test-city/employee/inpatient/layers.basic.deductible, test-city, national/old-charge]
    calculators: [inpatient]
    terms: [deductible]
    sources: [article]
"""
TWO = """\
- id: d-02
  title: 一年最少交多少？
  short: 最少交多少
  weight: low
  status: outdated
  checked_on: 2026-03-02
  sides:
    - {says: '最少{plain}`300 元`。', sources: [article]}
    - {says: '最少{value}`national/old-charge`，管 2021 年。', sources: [article]}
  uses: '照通知。另见{dispute}`d-01`和{source}`article`。'
  why: 通知写着。
"""
NAMED = FILES[GUIDE] + "\n交多少，{dispute}`d-02`。\n"


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    tree = miniature({DISPUTES: ONE + TWO, GUIDE: NAMED, "policies/national.yaml": NATIONAL})
    found = prepare(tree)
    assert [str(problem) for problem in found.problems] == []
    return found


@pytest.fixture(scope="module")
def pages(prepared: Prepared) -> dict[str, str]:
    return {page.path: page.html for page in pages_of(prepared.world)}


def test_a_line_break_leaves_nothing_and_a_word_leads_to_the_glossary(prepared: Prepared) -> None:
    assert prepared.world.disputes[0].text == (
        '先减<a class="gloss" href="../glossary/#deductible">起付线</a>，再乘比例。'
    )


def test_a_national_figure_is_meant_as_such_although_its_time_is_over(prepared: Prepared) -> None:
    second = prepared.world.disputes[1].sides[1]

    assert second.says == (
        '最少<span class="value value--secondary"><data value="280">280 元</data>'
        '<span class="status status--secondary">转述</span>'
        '<a class="cite" href="../sources/#article" title="住院能报多少">出处'
        '<span class="visually-hidden">：住院能报多少</span></a></span>，管 2021 年。'
    )


def test_a_dispute_may_name_another_and_a_source(prepared: Prepared) -> None:
    assert prepared.world.disputes[1].uses == (
        '照通知。另见<a class="dispute" href="../disputes/#d-01">说法不一：减不减起付线</a>和'
        '<a class="cite cite--named" href="../sources/#article">《住院能报多少》</a>。'
    )


def test_sides_know_their_sources_also_those_of_an_area(prepared: Prepared) -> None:
    sides = prepared.world.disputes[0].sides

    assert [[entry.href for entry in side.sources] for side in sides] == [
        ["sources/#article"],
        ["sources/#test-city--notice"],
    ]


def test_a_guide_lists_what_it_names_and_then_what_names_it(prepared: Prepared) -> None:
    assert [item.id for item in prepared.world.guides[0].disputes] == ["d-02", "d-01"]


def test_the_role_prints_a_few_words_that_lead_to_both_sides(pages: dict[str, str]) -> None:
    link = '交多少，<a class="dispute" href="../../disputes/#d-02">说法不一：最少交多少</a>。'

    assert link in pages["guides/zhu-yuan/index.html"]


LINK = '<a href="{}disputes/#d-01">住院减不减起付线？</a>'


@pytest.mark.parametrize(
    ("path", "up", "after", "before"),
    [
        ("guides/zhu-yuan/index.html", "../../", 'id="these-disputes"', 'id="sources"'),
        ("areas/test-city/index.html", "../../", 'id="employee-inpatient"', 'id="gaps"'),
        ("areas/test-city/index.html", "../../", 'id="gaps"', 'id="ask"'),
        ("areas/national/index.html", "../../", 'id="old-charge"', 'id="ask"'),
        ("calc/inpatient/test-city/index.html", "../../../", 'id="these-disputes"', "接下来"),
        ("glossary/index.html", "../", 'id="deductible"', "</dl>"),
        ("sources/index.html", "../", 'id="article"', "看原文"),
    ],
)
def test_a_dispute_stands_where_its_figure_or_rule_is_used(
    pages: dict[str, str], path: str, up: str, after: str, before: str
) -> None:
    part = pages[path].split(after, 1)[1].split(before, 1)[0]

    assert LINK.format(up) in part


def test_it_does_not_stand_where_it_is_not_used(pages: dict[str, str]) -> None:
    assert "disputes/#d-01" not in pages["calc/reconciliation/test-city/index.html"]
    assert "disputes/#d-02" not in pages["areas/test-city/index.html"]


def test_the_page_lists_all_by_weight_with_how_they_stand(pages: dict[str, str]) -> None:
    page = pages["disputes/index.html"]

    assert page.index('id="high"') < page.index('id="d-01"') < page.index('id="low"') < page.index('id="d-02"')
    assert 'id="medium"' not in page
    assert '<span class="standing standing--settled">已弄清</span> 1 处' in page
    assert '<span class="standing standing--open">没弄清</span> 0 处' in page
    assert '<a href="../guides/zhu-yuan/#怎么算">住院能报多少（怎么算）</a>' in page
    assert '<a href="../areas/test-city/#employee-inpatient">试验市：职工医保住院</a>' in page


def test_the_footer_and_the_method_lead_to_the_page_only_when_there_is_one(pages: dict[str, str]) -> None:
    without = {page.path: page.html for page in pages_of(prepare(miniature()).world)}

    assert '<a href="disputes/">说法不一的地方</a>' in pages["index.html"]
    assert '<a href="../disputes/">说法不一的地方</a>' in pages["method/index.html"].split("<footer")[0]
    assert "disputes/index.html" not in without
    assert "说法不一的地方" not in without["method/index.html"]


def test_any_area_and_any_scheme_may_be_meant() -> None:
    everywhere = ONE.replace(
        "[test-city/employee/inpatient/layers.basic.deductible, test-city, national/old-charge]",
        '["*/*/inpatient/away"]',
    )
    found = prepare(miniature({DISPUTES: everywhere}))
    pages = {page.path: page.html for page in pages_of(found.world)}

    assert found.problems == ()
    assert LINK.format("../../") in pages["areas/test-city/index.html"].split('id="employee-inpatient"')[1]
    assert '<a href="../areas/">各地：住院</a>' in pages["disputes/index.html"]


def test_a_service_of_a_place_shows_what_is_disputed_of_it() -> None:
    area = FILES[AREA] + ("services:\n  pharmacy:\n    - {pooled: true, status: illustrative, sources: [notice]}\n")
    about = ONE.replace(
        "[test-city/employee/inpatient/layers.basic.deductible, test-city, national/old-charge]",
        "[test-city/services/pharmacy]",
    )
    found = prepare(miniature({DISPUTES: about, AREA: area}))
    pages = {page.path: page.html for page in pages_of(found.world)}
    services = pages["areas/test-city/index.html"].split('id="services"')[1].split('id="gaps"')[0]

    assert found.problems == ()
    assert LINK.format("../../") in services
    assert '<a href="../areas/test-city/#services">试验市：办事规则</a>' in pages["disputes/index.html"]


def test_one_calculator_of_one_place_may_be_meant() -> None:
    about = ONE.replace("calculators: [inpatient]", "calculators: [inpatient/test-city]").replace(
        ", national/old-charge", ""
    )
    found = prepare(miniature({DISPUTES: about}))
    pages = {page.path: page.html for page in pages_of(found.world)}

    assert found.problems == ()
    assert LINK.format("../../../") in pages["calc/inpatient/test-city/index.html"]
    assert '<a href="../calc/inpatient/test-city/">算一算：住院报销（试验市）</a>' in pages["disputes/index.html"]


def test_a_bad_one_does_not_take_the_good_ones_with_it() -> None:
    disputes, problems = read_disputes(miniature({DISPUTES: ONE.replace("high", "big") + TWO}))

    assert [item.id for item in disputes.items] == ["d-02"]
    assert not disputes.complete
    assert len(problems) == 1


def test_the_real_file_has_all_of_them_in_order_each_with_its_text() -> None:
    disputes, problems = read_disputes(load(ROOT, ("content",)))

    assert problems == ()
    assert [item.id for item in disputes.items] == [f"d-{number:02}" for number in range(1, 75)]
    assert all(item.text for item in disputes.items if item.weight in ("high", "medium"))
    assert len({item.short for item in disputes.items}) == len({item.title for item in disputes.items}) == 74
