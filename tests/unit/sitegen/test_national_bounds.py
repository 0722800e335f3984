"""National bounds (G20): what answers a warning, what they do not touch, and the exit code. Figures: tests/bad/national."""

from pathlib import Path

import pytest

from sitegen.__main__ import main
from sitegen.bounds import COMPARED
from sitegen.build import prepare
from sitegen.checks.national import located
from sitegen.load import Tree, load
from sitegen.pages.words import figure_words
from tests.build.tree import AREA, ROOT, miniature

PLACE = "policies/areas/test-place.yaml"
SHARED = {
    f"policies/{name}.yaml": (ROOT / f"policies/{name}.yaml").read_text("utf-8") for name in ("national", "sources")
}
HEAD = """\
# yaml-language-server: $schema=../area.schema.json
id: test-place
name: 试验市
province: 试验省
pooled_at: city
checked_on: 2026-06-01
sources:
  notice: {title: 试验市医保待遇通知, issuer: 试验市医疗保障局, kind: official}
benefits:
  - scheme: employee
    care: inpatient
    editions:
      - from: 2026-01-01
        status: official
        sources: [notice]
        note: 整版的说明。
        layers:
          - {id: basic, name: 统筹基金, deductible: none, ratio: 85%, cap: none}
"""


def tree(text: str) -> Tree:
    return miniature({PLACE: text, **SHARED})


def warned(text: str) -> list[str]:
    return [warning.where for warning in prepare(tree(text)).warnings]


def cut(rule: str, more: str = "") -> str:
    return f"{HEAD}        away:\n          cases:\n            referral: {rule}\n{more}"


def test_a_figure_on_the_bound_is_inside() -> None:
    assert warned(cut("{reduce_points: 10%}")) == []


def test_a_figure_beyond_the_bound_is_told() -> None:
    assert warned(cut("{reduce_points: 10.01%}")) == ["benefits[0].editions[0].away.cases.referral.reduce_points"]


def test_a_disputed_annotation_with_a_note_answers() -> None:
    annotation = """\
        annotations:
          - field: away.cases.referral.reduce_points
            status: disputed
            sources: [notice, nhsa-2022-22]
            note: 国家文件说最多 10 个百分点。
"""

    assert warned(cut("{reduce_points: 15%}", annotation)) == []


def test_an_annotation_that_is_not_disputed_does_not_answer() -> None:
    annotation = """\
        annotations:
          - {field: away.cases.referral.reduce_points, status: secondary, sources: [notice], note: 报道这样说。}
"""

    assert len(warned(cut("{reduce_points: 15%}", annotation))) == 1


def test_a_disputed_figure_without_a_note_of_its_own_does_not_answer() -> None:
    disputed_edition = cut("{reduce_points: 15%}").replace("status: official", "status: disputed")

    assert len(warned(disputed_edition)) == 1


def test_care_in_the_own_province_is_not_bound() -> None:
    assert warned(cut("{in_province: {reduce_points: 15%}, out_of_province: {reduce_points: 5%}}")) == []


def test_what_ended_before_the_bound_began_is_not_compared() -> None:
    old = cut("{reduce_points: 15%}").replace("from: 2026-01-01", "from: 2022-01-01\n        until: 2022-12-31")

    assert warned(old) == []


def test_what_still_stood_when_the_bound_began_is_compared() -> None:
    old = cut("{reduce_points: 15%}").replace("from: 2026-01-01", "from: 2022-01-01")

    assert len(warned(old)) == 1


def test_the_real_places_keep_within_the_bounds_or_say_why_not() -> None:
    assert [str(w) for w in prepare(load(ROOT)).warnings if w.path.startswith("policies/areas/")] == []


def test_every_comparison_has_its_bound_in_the_file() -> None:
    national = prepare(load(ROOT)).material.areas.national.figures.values()

    assert {figure.bound.of for figure in national if figure.bound} == set(COMPARED)


def test_national_figures_are_spoken_of_in_their_units() -> None:
    national = prepare(load(ROOT)).material.areas.national.figures
    expected = {
        "transfer-old-place": "10 个工作日",
        "chronic-ten": "10 种",
        "maternity-days": "98 天",
        "incentive-from": "4 年",
        "wait-repaid": "1 个月",
        "cut-referral": "10 个百分点",
        "resident-cap-low": "6 倍",
        "subsidy-2025": "700 元",
    }

    assert {name: figure_words(national[name].spoken, national[name].figure) for name in expected} == expected


@pytest.fixture
def on_disk(tmp_path: Path) -> Path:
    for path, content in tree(cut("{reduce_points: 15%}")).texts.items():
        if path != AREA:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(content, encoding="utf-8")
    return tmp_path


def test_a_warning_alone_leaves_the_exit_code_at_nothing_wrong(
    on_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(on_disk / "policies")

    assert main(["check", "--policies", folder]) == 0
    told = capsys.readouterr()
    assert told.out == "没有问题：1 个统筹区。\n"
    assert told.err.endswith("共 1 处提醒，涉及 1 个文件。\n")
    assert ":21: benefits[0].editions[0].away.cases.referral.reduce_points: 提醒：这里是 15 个百分点" in told.err
    assert "医保发〔2022〕22号" in told.err


def test_strict_makes_a_warning_count(on_disk: Path) -> None:
    assert main(["check", "--strict", "--policies", str(on_disk / "policies")]) == 1


def test_a_field_is_found_in_its_document_as_far_as_it_goes() -> None:
    data = {"layers": [{"id": "basic", "ratio": {"tertiary": "85%"}}]}

    assert located(data, ("layers.basic.ratio.tertiary",)) == ("layers", 0, "ratio", "tertiary")
    assert located(data, ("layers.basic.cap.amount",)) == ("layers", 0)
