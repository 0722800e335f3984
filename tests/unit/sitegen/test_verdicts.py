"""What articles print beside what the rules give: the table at the head of a guide, an article's sums, its words."""

import re
from decimal import Decimal

import pytest

from sitegen.build import prepare
from sitegen.verdicts import Claim, allowed
from sitegen.world import Guide, Html
from tests.build.tree import FILES, GUIDE, miniature

HEAD = f"---\n{FILES[GUIDE].split('---')[1].strip()}\n---\n\n"
TOP = "```{verdicts} 对不对\n```\n\n"
CASE = "{scheme: employee, group: in_service, level: tertiary, date: 2026-03-01, bill: {total: 10000}}"


def example(article: str, case: str = CASE, expect: str = "{fund: 7650.00}", kind: str = "inpatient") -> str:
    """(10,000 − 1,000) × 85% = 7,650.00, unless told otherwise."""
    return (
        f"```{{example}} 一万元\nkind: {kind}\ncase: {case}\nexpect: {expect}\n"
        f"article: {{source: article, difference: 没有减起付线。, {article}}}\n```\n"
    )


def guide_with(text: str) -> Guide:
    prepared = prepare(miniature({GUIDE: HEAD + text + "\n{source}`notice`\n"}))
    assert [str(problem) for problem in prepared.problems] == []
    (guide,) = prepared.world.guides
    return guide


def html_of(guide: Guide) -> str:
    return "".join(block.html for block in guide.body if isinstance(block, Html))


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


def row(guide: Guide, anchor: str) -> str:
    found = re.search(rf'<tr><th scope="row"><a href="#{anchor}">.*?</tr>', html_of(guide), re.DOTALL)
    assert found
    return words_of(found[0])


def test_the_table_lists_every_example_of_an_article_with_a_link_to_its_heading() -> None:
    guide = guide_with(TOP + "## 甲的账 {#a}\n\n" + example("says: {fund: 8500}") + "\n## 乙 {#b}\n\n没有例子。\n")

    assert row(guide, "a") == "甲的账 不对 医保支付 8,500 医保支付 7,650 文章多算了 850 元"
    assert "一共核对了 1 处：“不对” 1 处。" in html_of(guide)
    assert "<!--" not in html_of(guide)
    assert [(v.anchor, v.word) for v in guide.verdicts] == [("a", "wrong")]
    assert guide.verdicts[0].claims[0].ruled == (Decimal("7650.00"), Decimal("7650.00"))


def test_a_second_example_under_a_heading_goes_by_its_own_name() -> None:
    guide = guide_with(TOP + "## 甲 {#a}\n\n" + example("says: {fund: 8500}") + "\n" + example("says: {fund: 7650}"))

    assert [(v.title, v.word) for v in guide.verdicts] == [("甲", "wrong"), ("一万元", "right")]


def test_an_article_that_says_about_is_right_when_it_rounded_rightly() -> None:
    text = "## 甲 {#a}\n\n" + example("says: {fund: 7700}, rounded_to: 100")

    guide = guide_with(TOP + text)

    assert row(guide, "a") == "甲 对 医保支付 约 7,700 医保支付 7,650"
    assert "文章多算了" not in html_of(guide)


def test_what_a_comparison_of_filings_prints_is_named_by_its_part() -> None:
    # without filing (10,000 − 1,000) × 65% = 5,850; 7,650 − 5,850 = 1,800 more to pay
    article = "says: {unfiled: {more: 2000, fund: 5850}}"
    case = CASE.replace("filing: local, ", "")
    text = example(article, case, "{unfiled: {fund: 5850.00}}", "filing_comparison")

    (verdict,) = guide_with("## 甲 {#a}\n\n" + text).verdicts

    assert [(claim.said, claim.ruled) for claim in verdict.claims] == [
        ((Decimal(2000), Decimal(2000)), (Decimal(1800), Decimal(1800))),
        ((Decimal(5850), Decimal(5850)), (Decimal(5850), Decimal(5850))),
    ]
    assert [claim.gap() for claim in verdict.claims] == ["文章多算了 200 元", ""]


SUM = """\
```{sum} 四个省的地方
source: article
says: {total: 12}
terms:
  - {label: 甲省, value: 5}
  - {label: 乙省, value: 8.5}
  - {label: 丙省, value: 1.5, sign: minus}
result: 一共
unit: 个
difference: 没有差别。
```
"""


def test_a_sum_is_added_up_when_the_site_is_built() -> None:
    guide = guide_with(TOP + "## 甲 {#a}\n\n" + SUM)

    assert "甲省 5 + 乙省 8.50 − 丙省 1.50 = 12 个" in words_of(html_of(guide))
    assert row(guide, "a") == "甲 对 一共 12 一共 12"


def test_a_sum_may_hold_figures_of_the_policies_and_no_printed_result() -> None:
    figure = "{label: 封顶线, figure: employee/inpatient/layers.basic.cap.amount}"
    text = SUM.replace("says: {total: 12}\n", "how: 没有写\nverdict: doubtful\n").replace(
        "{label: 甲省, value: 5}", figure
    )

    guide = guide_with(TOP + "## 甲 {#a}\n\n" + text)

    assert '<data value="100000">10 万元</data>' in html_of(guide)
    assert row(guide, "a") == "甲 说不准 没有写 一共 100,007"


def claim(said: int, low: int, high: int) -> Claim:
    return Claim(words="医保付", said=(Decimal(said), Decimal(said)), ruled=(Decimal(low), Decimal(high)))


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ([claim(5, 5, 5)], ("right", "figures", "conclusion", "beside", "doubtful")),
        ([claim(5, 5, 5), claim(6, 5, 9)], ("doubtful", "wrong")),
        ([claim(5, 5, 5), claim(6, 5, 9), claim(4, 5, 9)], ("wrong",)),
    ],
)
def test_a_word_has_to_fit_what_came_out(claims: list[Claim], words: tuple[str, ...]) -> None:
    assert allowed(claims) == words


@pytest.mark.parametrize(
    ("said", "gap"),
    [
        (4, "文章少算了 1 至 5 元"),
        (10, "文章多算了 1 至 5 元"),
        (7, "文章的数落在算出来的范围里，但只说了其中一个"),
    ],
)
def test_how_far_off_an_article_is(said: int, gap: str) -> None:
    assert claim(said, 5, 9).gap() == gap
