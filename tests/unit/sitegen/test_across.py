"""The table of all places: which figures a column takes, what a place without an answer gets, what is refused."""

import re

import pytest

from sitegen.build import prepare
from sitegen.world import Html
from tests.build.tree import AREA, FILES, GUIDE, miniature

ONE = """\
# yaml-language-server: $schema=../area.schema.json
id: one
name: 甲市
province: 甲省
pooled_at: city
checked_on: 2026-01-02
traits:
  tier: {name: 档次, words: {high: 高档, low: 低档}}
sources:
  paper: {title: 甲市的报道, issuer: 甲报, kind: secondary}
benefits:
  - scheme: employee
    care: inpatient
    editions:
      - from: 2026-01-01
        status: secondary
        sources: [paper]
        layers:
          - id: basic
            name: 统筹基金
            deductible: {per: admission, amount: {tertiary: [1000, 500], secondary: 600}}
            ratio:
              tertiary:
                in_service: {high: 85%, low: {disputed: [{value: 70%, sources: [paper]}, {value: 75%, sources: [paper]}]}}
                retired: 90%
              secondary: 90%
            cap: {amount: 100000, of: fund_payment, per: year}
"""
TWO = """\
# yaml-language-server: $schema=../area.schema.json
id: two
name: 乙市
province: 甲省
pooled_at: city
checked_on: 2026-01-02
sources:
  paper: {title: 乙市的报道, issuer: 乙报, kind: secondary}
benefits:
  - scheme: employee
    care: inpatient
    editions:
      - from: 2026-01-01
        status: secondary
        sources: [paper]
        layers:
          - id: basic
            name: 统筹基金
            deductible: {per: admission, amount: {tertiary: 800}}
            brackets:
              count_from: deductible
              apply: marginal
              columns: [up_to, secondary, tertiary]
              rows: [[10000, 85%, 80%], [above, 95%, 90%]]
            cap: {amount: 100000, of: fund_payment, per: year}
"""
THREE = """\
# yaml-language-server: $schema=../area.schema.json
id: three
name: 丙市
province: 丙省
pooled_at: city
checked_on: 2026-01-02
gaps: [住院没有查到。]
"""
BODY = """
::: short
各地不同。
:::

```{areas} 三级医院住院
scheme: employee
care: inpatient
columns:
COLUMNS
```

{source}`article`
"""
PLACES: dict[str, str | None] = {
    f"policies/areas/{name}.yaml": text for name, text in (("one", ONE), ("two", TWO), ("three", THREE))
}


def told(columns: str, extra: str = "") -> tuple[str, list[str]]:
    """The HTML of the guide with these columns, and its problems."""
    head = FILES[GUIDE].split("---\n")[1]
    body = BODY.replace("COLUMNS", columns).replace("care: inpatient", f"care: inpatient{extra}")
    prepared = prepare(miniature({**PLACES, AREA: FILES[AREA], GUIDE: f"---\n{head}---\n{body}"}))
    (guide,) = prepared.world.guides
    html = "".join(block.html for block in guide.body if isinstance(block, Html))
    return html, [str(problem) for problem in prepared.problems]


def cells(html: str) -> dict[str, list[str]]:
    """Place → the words of its cells."""
    rows = re.findall(r'<tr><th scope="row"><a [^>]*>([^<]+)</a></th>(.*?)</tr>', html)
    return {name: [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td>(.*?)</td>", rest)] for name, rest in rows}


def test_a_column_takes_the_figures_of_its_words_and_the_first_admission() -> None:
    html, problems = told(
        "  - {label: 起付线, fields: [layers.basic.deductible.amount], at: [tertiary, in_service]}\n"
        "  - {label: 比例, fields: [layers.basic.ratio, layers.basic.brackets], at: [tertiary, in_service]}\n"
        "  - {label: 高档的比例, fields: [layers.basic.ratio], at: [tertiary, in_service, high]}"
    )

    assert problems == []
    assert cells(html) == {
        "甲市": ["1,000 元 转述", "85%、70% 或 75% 有争议", "85% 转述"],
        "乙市": ["800 元 转述", "80%、90% 转述", "没有收录"],
    }
    assert '没有收录：<a href="../../areas/three/">丙市</a>。' in html
    assert "试验市" not in html  # an invented place is no place to compare with


def test_a_case_is_settled_everywhere_and_what_only_one_place_asks_stays_open() -> None:
    html, problems = told(
        "  - label: 1 万元\n"
        "    case: {scheme: employee, group: in_service, level: tertiary, filing: local, bill: {total: 10000}}"
    )

    assert problems == []
    # 甲: (10,000 - 1,000) × 70% = 6,300 (low tier, the lower side) to × 85% = 7,650; 乙: (10,000 - 800) × 80% = 7,360.
    assert cells(html) == {"甲市": ["6,300 到 7,650 元 有争议"], "乙市": ["7,360 元 转述"]}


def test_only_the_places_asked_for() -> None:
    html, problems = told("  - {label: 封顶线, fields: [layers.basic.cap.amount]}", "\nareas: [two]")

    assert problems == []
    assert cells(html) == {"乙市": ["10 万元 转述"]}
    assert "没有收录" not in html


def test_rules_that_have_ended_are_shown_with_their_last_day() -> None:
    ended = TWO.replace("      - from: 2026-01-01\n", "      - from: 2025-01-01\n        until: 2025-12-31\n")
    head = FILES[GUIDE].split("---\n")[1]
    body = BODY.replace("COLUMNS", "  - {label: 封顶线, fields: [layers.basic.cap.amount]}")
    prepared = prepare(miniature({**PLACES, "policies/areas/two.yaml": ended, GUIDE: f"---\n{head}---\n{body}"}))
    (guide,) = prepared.world.guides
    html = "".join(block.html for block in guide.body if isinstance(block, Html))

    assert cells(html)["乙市"] == ["10 万元（到 2025-12-31 为止） 转述"]


def test_a_field_that_only_an_invented_place_has_is_a_gap_not_a_mistake() -> None:
    html, problems = told("  - {label: 没备案, fields: [away.cases.unfiled]}")

    assert problems == []
    assert "还没有哪个地方收录了这一项" in html


@pytest.mark.parametrize(
    ("columns", "extra", "message"),
    [
        (
            "  - {label: 起付线, fields: [layers.basic.deductable], at: [tertiary]}",
            "",
            "columns[0]: “起付线”这一列，哪个地方都没有数 [reference]",
        ),
        (
            "  - {label: 空的}",
            "",
            "columns[0]: 一列要写 fields（政策里的字段）或 case（一个案例），写一样 [directive]",
        ),
        (
            "  - {label: 封顶线, fields: [layers.basic.cap.amount]}",
            "\nareas: [twoo, two]",
            "没有“twoo”这个统筹区，是不是想写“two” [directive]",
        ),
    ],
)
def test_what_finds_nothing_is_refused_with_its_line(columns: str, extra: str, message: str) -> None:
    _, problems = told(columns, extra)

    assert len(problems) == 1
    assert problems[0].startswith(GUIDE)
    assert problems[0].endswith(message)


def warnings(body: str) -> list[str]:
    head = FILES[GUIDE].split("---\n")[1]
    prepared = prepare(miniature({GUIDE: f"---\n{head}---\n{body}"}))
    return [str(problem) for problem in prepared.warnings]


def test_a_guide_answers_first_and_briefly() -> None:
    long = "先" * 61 + "。"
    brief = "先" * 59 + "。" + "后面" * 40

    assert warnings(f"\n::: short\n{brief}\n:::\n") == []
    assert warnings(f"\n::: short\n{long}\n:::\n") == [f"{GUIDE}:12: 结论的第一句有 62 个字，最多 60 个 [answer-first]"]
    assert warnings("\n正文。\n") == [f"{GUIDE}:11: 正文要以方框“::: short”开头，先说结论 [answer-first]"]
