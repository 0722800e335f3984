"""What a guide's references, terms and directives become; what they refuse is in tests/bad."""

import pytest

from sitegen.build import Prepared, pages_of, prepare
from sitegen.world import CalculatorForm, Guide, Html
from tests.build.tree import AREA, FILES, GUIDE, miniature

OWN = '<a class="cite" href="../../sources/#test-city--notice" title="试验市医保待遇通知">'
NUMBERED = '<span class="visually-hidden">出处：试验市医保待遇通知</span><span aria-hidden="true">1</span></a>'
INVENTED = '<span class="status status--illustrative">示例</span>'


def guide_with(text: str, area: str = FILES[AREA]) -> Guide:
    """The miniature guide with another text after its front matter."""
    head = (
        FILES[GUIDE]
        .split("---\n")[1]
        .replace("三级医院按{value}`employee/inpatient/layers.basic.ratio.tertiary`报", "总结")
    )
    prepared = prepared_with({GUIDE: f"---\n{head}---\n{text}\n\n{{source}}`article`\n", AREA: area})
    (guide,) = prepared.world.guides
    return guide


def prepared_with(changes: dict[str, str | None]) -> Prepared:
    prepared = prepare(miniature(changes))
    assert [str(problem) for problem in prepared.problems] == []
    return prepared


def html_of(guide: Guide) -> str:
    return "".join(block.html for block in guide.body if isinstance(block, Html))


def test_a_value_has_its_unit_its_mark_and_its_source() -> None:
    guide = guide_with("按{value}`employee/inpatient/layers.basic.ratio.tertiary`报。")

    assert html_of(guide).startswith(
        f'<p>按<span class="value value--illustrative"><data value="0.85">85%</data>{INVENTED}{OWN}{NUMBERED}</span>报。</p>'
    )
    assert guide.statuses == ("illustrative",)
    assert [source.anchor for source in guide.sources] == ["test-city--notice", "article"]


def test_a_value_of_another_day_is_asked_for_with_the_day() -> None:
    later = (
        FILES[AREA]
        + """\
      - from: 2027-01-01
        status: illustrative
        sources: [notice]
        layers:
          - {id: basic, name: 统筹基金, deductible: none, ratio: 70%, cap: {amount: 100000, of: fund_payment, per: year}}
"""
    )
    guide = guide_with("按{value}`employee/inpatient/layers.basic.ratio@2027-02-01`报。", later)

    assert '<data value="0.7">70%</data>' in html_of(guide)


NATIONAL = """\
- id: cut-other
  what: 最多降多少
  value: 20%
  unit: points
  from: 2026-01-01
  until: 2026-12-31
  status: secondary
  sources: [article]
- id: lasts
  what: 最少管多久
  value: 6
  unit: months
  from: 2026-01-01
  status: secondary
  sources: [article]
"""


def test_a_national_figure_is_named_without_a_place_and_listed_on_its_page() -> None:
    text = FILES[GUIDE] + "\n最多降{value}`national/cut-other`，管{value}`national/lasts`。\n"
    prepared = prepared_with({GUIDE: text, "policies/national.yaml": NATIONAL})

    (guide,) = prepared.world.guides
    assert '<data value="0.2">20 个百分点</data><span class="status status--secondary">转述</span>' in html_of(guide)
    assert '，管<span class="value value--secondary">6 个月<span' in html_of(guide)
    pages = {page.path: page.html for page in pages_of(prepared.world)}
    assert "最多降多少" in pages["areas/national/index.html"]
    assert 'href="national/"' in pages["areas/index.html"]


def test_a_national_figure_holds_in_its_time_only() -> None:
    text = FILES[GUIDE] + "\n最多降{value}`national/cut-other`。\n"
    later = NATIONAL.replace("from: 2026-01-01", "from: 2026-06-01")

    (problem,) = prepare(miniature({GUIDE: text, "policies/national.yaml": later})).problems

    assert problem.message == "全国规定“cut-other”在 2026-03-01 没有效力，它从 2026-06-01 起"


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("{range: [10%, 20%]}", "10 个百分点 至 20 个百分点"),
        (
            "{disputed: [{value: 10%, sources: [notice]}, {value: 20%, sources: [notice]}]}",
            "10 个百分点 或 20 个百分点",
        ),
    ],
)
def test_ranges_and_disputes_are_shown_whole(figure: str, words: str) -> None:
    area = FILES[AREA].replace("reduce_points: 20%", f"reduce_points: {figure}")

    guide = guide_with("{value}`test-city/employee/inpatient/away.cases.unfiled.reduce_points`", area)

    assert f'<span class="value value--illustrative">{words}{INVENTED}' in html_of(guide)


def test_an_official_value_has_no_mark() -> None:
    area = FILES[AREA].replace("fictional: true\n", "").replace("status: illustrative", "status: official")
    text = FILES[GUIDE].replace(
        "```{example} 三级医院花了 1 万元", "{value}`employee/inpatient/layers.basic.cap.amount`\n\n$&"
    )
    guide = prepared_with(
        {AREA: None, "policies/areas/test-city.yaml": area, GUIDE: text.replace("$&", "```{example} 例")}
    )

    (made,) = guide.world.guides
    assert '<span class="value value--official"><data value="100000">10 万元</data><a class="cite"' in html_of(made)
    assert made.statuses == ("official",)


def test_a_term_is_printed_as_typed_or_by_its_name() -> None:
    guide = guide_with("{term}`deductible`、{term}`门槛费`。")

    link = '<a class="gloss" href="#word-deductible">'
    assert f"<p>{link}起付线</a>、{link}门槛费</a>。</p>" in html_of(guide)
    assert [term.id for term in guide.terms] == ["deductible"]


def test_the_head_may_hold_figures() -> None:
    (guide,) = prepared_with({}).world.guides

    assert guide.summary == "三级医院按85%报。"


def test_a_case_the_policy_is_silent_about_can_be_shown() -> None:
    guide = guide_with(
        "```{example} 一级医院\n"
        "case: {scheme: employee, group: in_service, level: primary, date: 2026-03-01, bill: {total: 10000}}\n"
        "expect: {error: not_covered, missing: level}\n```"
    )

    assert '<p class="example-title"><span>例子：</span>一级医院</p>\n<p class="notice">试验市' in html_of(guide)
    assert guide.examples == ()


def test_columns_are_compared_with_the_first() -> None:
    case = "case: {scheme: employee, group: in_service, level: tertiary, filing: FILING, date: 2026-03-01, bill: {total: 10000}}"
    filed, unfiled = case.replace("FILING", "referral"), case.replace("FILING", "unfiled")
    guide = guide_with(
        "```{compare} 备案和不备案\ncolumns:\n"
        f"  - {{label: 备了, {filed}, expect: {{fund: 7650.00}}}}\n"
        f"  - {{label: 没备, {unfiled}, expect: {{fund: 5850.00}}}}\n"
        "note: 第一次住院。\n```"
    )

    html = html_of(guide)
    assert '<tr><th scope="row">医保比第一列</th><td></td><td class="num">少 1,800</td></tr>' in html
    assert "总费用" not in html.split("<details")[0]  # all columns share it
    assert '<p class="example-note">第一次住院。</p>' in html
    assert html.count('<details class="slip-details">') == 2
    assert [example.title for example in guide.examples] == ["备案和不备案：备了", "备案和不备案：没备"]


def test_the_three_rows_of_an_article_s_example() -> None:
    (guide,) = prepared_with({}).world.guides

    html = html_of(guide)
    assert '<tr><th scope="row">按规则计算</th><td class="num">7,650</td></tr>' in html
    assert (
        '<td colspan="2"><strong>差在哪一步：</strong>没有减起付线。'
        '<ul class="article-gaps"><li>医保支付：文章多算了 850 元。</li></ul></td>' in html
    )
    assert '<details class="slip-details"><summary>按规则一步一步怎么算</summary><section class="slip' in html
    assert '<span class="article-how">1 万元 × 85%</span>' in html


def test_a_calculator_keeps_its_first_values() -> None:
    guide = guide_with("```{calculator} inpatient\ndefaults: {level: tertiary, bill.total: 50000}\n```")

    assert guide.body[0] == CalculatorForm(
        kind="inpatient", area="test-city", title="住院报销", defaults={"level": "tertiary", "bill.total": "50000"}
    )


def test_every_source_knows_who_cites_it() -> None:
    sources = prepared_with({}).world.sources

    assert [(s.anchor, s.cited_by_areas, s.cited_by_guides) for s in sources] == [
        ("article", (), ("zhu-yuan",)),
        ("test-city--notice", ("test-city",), ("zhu-yuan",)),
    ]


def test_guides_stand_in_the_order_of_their_groups() -> None:
    text = FILES[GUIDE].replace("title: 住院能报多少", "title: 另一篇").replace("group: home", "group: first")
    prepared = prepared_with(
        {
            "content/groups.yaml": "- {id: first, title: 先看}\n" + FILES["content/groups.yaml"],
            "content/guides/zz.md": text,
        }
    )

    assert [guide.slug for guide in prepared.world.guides] == ["zz", "zhu-yuan"]


def test_an_image_is_named_by_its_content() -> None:
    text = FILES[GUIDE] + "\n![社保卡的样子](../images/card.svg)\n"

    prepared = prepared_with({GUIDE: text, "content/images/card.svg": "<svg/>\n"})

    (guide,) = prepared.world.guides
    assert '<img src="../../assets/card.cd1fafe3.svg" alt="社保卡的样子" loading="lazy">' in html_of(guide)
    assert prepared.files["assets/card.cd1fafe3.svg"] == b"<svg/>\n"
