"""What `new` makes passes every check but for its own marks, and what cannot be made is told in a sentence."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from sitegen.__main__ import main
from sitegen.areas import Areas, read_areas
from sitegen.build import prepare
from sitegen.guides import Content, read_guides
from sitegen.new import CannotMake, Made, new_area, new_edition, new_guide
from tests.build.tree import AREA, FILES, miniature, on_disk

TODAY = date(2026, 5, 1)
EXAMPLE = "policies/illustrative/example-city.yaml"


def material() -> tuple[Areas, Content, Mapping[str, str]]:
    tree = miniature()
    return read_areas(tree)[0], read_guides(tree)[0], tree.texts


def left(made: Made, changes: Mapping[str, str | None] = {}) -> list[str]:
    """Everything `check` says of the tree with this file in it."""
    return [str(problem) for problem in prepare(miniature({**changes, made.path: made.text})).problems]


def test_a_new_area_lacks_only_what_is_marked() -> None:
    made = new_area("guangdong-foshan", "佛山市", "广东省", TODAY, material()[0])
    problems = left(made)

    assert made.path == "policies/areas/guangdong-foshan.yaml"
    assert len(problems) == made.text.count("【请填写")
    assert all(problem.endswith("[unfilled]") for problem in problems)
    assert problems[0] == f"{made.path}:10: 还没有填写：文件的标题，照抄 [unfilled]"


def test_a_new_area_filled_in_is_right() -> None:
    made = new_area("guangdong-foshan", "佛山市", "广东省", TODAY, material()[0])
    answers = iter(["通知", "市医保局", "佛医保〔2026〕1号", "2026-01-05", "https://example.org/", "门诊没有查到",
                    "2026-01-01", "200", "500", "1000", "95%", "90%", "85%", "300000"])  # fmt: skip
    lines = [line.split("【")[0] + next(answers) if "【" in line else line for line in made.text.split("\n")]

    assert left(Made(path=made.path, text="\n".join(lines))) == []


def test_a_new_guide_lacks_only_what_is_marked() -> None:
    _, content, _ = material()
    made = new_guide("mai-yao", "买药能报吗？", "home", TODAY, content)
    others = {"policies/areas/one.yaml": None}
    problems = [p for p in left(made, others) if "example" not in p]  # the miniature has not the example's place

    assert made.path == "content/guides/mai-yao.md"
    assert all(problem.endswith("[unfilled]") for problem in problems if "columns" not in problem), problems


def test_a_new_edition_is_the_newest_one_from_another_day() -> None:
    areas, _, texts = material()
    made = new_edition("test-city", "employee/inpatient", date(2027, 1, 1), areas, texts)
    problems = left(made)

    assert len(problems) == 1
    assert problems[0].startswith(f"{AREA}:{made.line + 1}: 还没有填写：和上一版比改了什么")
    unmarked = "\n".join(line for line in made.text.split("\n") if "【" not in line)
    area = read_areas(miniature({AREA: unmarked}))[0].files["test-city"].area
    old, new = area.benefits[0].editions
    assert (old.since, new.since) == (date(2026, 1, 1), date(2027, 1, 1))
    assert [f.values for f in old.figures] == [f.values for f in new.figures]
    assert made.text.startswith(FILES[AREA].rstrip("\n"))  # what was there is as it was


@pytest.mark.parametrize(
    ("area", "part", "since", "message"),
    [
        ("test-ctiy", "employee/inpatient", date(2027, 1, 1), "没有“test-ctiy”这个统筹区，或者它的文件有问题，是不是想写“test-city”"),
        ("test-city", "employee/outpatient", date(2027, 1, 1), "“test-city”没有 employee/outpatient 这一部分，是不是想写“employee/inpatient”"),
        ("test-city", "employee/inpatient", date(2026, 1, 1), "employee/inpatient 最新的一版从 2026-01-01 起，新的一版要在它之后"),
    ],
)  # fmt: skip
def test_an_edition_that_cannot_be_made_is_told(area: str, part: str, since: date, message: str) -> None:
    areas, _, texts = material()

    with pytest.raises(CannotMake) as told:
        new_edition(area, part, since, areas, texts)
    assert str(told.value) == message


def test_nothing_that_is_there_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = on_disk(tmp_path)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    refused = [
        ["new", "area", "test-city", "--name", "试验市", "--province", "试验省"],
        ["new", "area", "佛山", "--name", "佛山市", "--province", "广东省"],
        ["new", "guide", "zhu-yuan", "--title", "住院", "--group", "home"],
        ["new", "guide", "mai-yao", "--title", "买药", "--group", "hom"],
    ]

    codes = [main([*arguments, "--root", str(root), "--today", "2026-05-01"]) for arguments in refused]

    assert codes == [1, 1, 1, 1]
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    assert capsys.readouterr().err.splitlines() == [
        "“test-city”已经有了。要加新的一版标准，用 new edition",
        "“佛山”只能用小写英文字母、数字和连字符，例如 guangdong-foshan",
        "“zhu-yuan”这篇指南已经有了",
        "没有“hom”这个分组，是不是想写“home”",
    ]


def test_the_command_says_what_is_missing_and_where_to_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = on_disk(tmp_path)

    assert main(["new", "edition", "test-city", "--root", str(root)]) == 2
    assert capsys.readouterr().err == "new edition 还要写：险种/就医类型，--from 日期\n"
    part = ["test-city", "employee/inpatient", "--from", "2027-01-01"]
    assert main(["new", "edition", *part, "--root", str(root)]) == 0
    assert "从第" in capsys.readouterr().out
    assert (root / AREA).read_text(encoding="utf-8").count("- from: ") == 2
