"""The command line from outside: what it prints, where, and with which code."""

import io
import json
import re
from pathlib import Path

import pytest

from sitegen.__main__ import main
from sitegen.terminal import Progress
from tests.build.tree import AREA, FILES, GUIDE, on_disk

CASE = """\
id: first
title: 三级医院
area: test-city
case: {scheme: employee, group: in_service, level: tertiary, date: 2026-03-01, bill: {total: 10000}}
expect: {fund: 7650.00, person: 2350.00}
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    file = tmp_path / "case.yaml"
    file.write_text(CASE, encoding="utf-8")
    return file


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    folder = tmp_path / "别处"
    folder.mkdir()
    # Neither the name of the file nor that of the folder is the site's.
    (folder / "some.yaml").write_text(FILES[AREA], encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", ["", "build", "check", "serve", "estimate", "stale", "schema"])
def test_every_command_explains_itself_in_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as error:
        main([*command.split(), "--help"])

    out = capsys.readouterr().out
    assert error.value.code == 0
    assert out.startswith(f"用法：python -m sitegen{' ' * bool(command)}{command}")
    assert "退出码：" in out
    assert not re.search(r"usage|optional|options:|show this|positional", out)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "缺少参数：命令。看说明：python -m sitegen --help\n"),
        (
            ["biuld"],
            "没有“biuld”，可以写的有：build、check、serve、estimate、curve、describe、new、diff、stale、schema。看说明：python -m sitegen --help\n",
        ),
        (["build", "--fast"], "不认识的参数：--fast。看说明：python -m sitegen --help\n"),
        (["estimate"], "缺少参数：案例.yaml。看说明：python -m sitegen estimate --help\n"),
        (["stale", "--today"], "--today 后面要写一个值。看说明：python -m sitegen stale --help\n"),
        (["stale", "--today", "2026-02-30"], "--today 不能写“2026-02-30”。看说明：python -m sitegen stale --help\n"),
        (["stale", "--today", "20261101"], "--today 不能写“20261101”。看说明：python -m sitegen stale --help\n"),
        (["serve", "--port", "99999"], "--port 不能写“99999”。看说明：python -m sitegen serve --help\n"),
    ],
)
def test_a_mistyped_command(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as error:
        main(arguments)

    assert error.value.code == 2
    assert capsys.readouterr().err == message


def test_estimate_prints_every_step_and_agrees(case: Path, policies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["estimate", str(case), "--policies", str(policies)])

    out, err = capsys.readouterr()
    lines = out.split("\n")
    assert (code, err) == (0, "")
    assert lines[0] == "【first 三级医院】"
    assert lines[1] == "这次住院 10,000 元，医保付 7,650 元，您自己付 2,350 元。"
    assert any("9,000 元 × 85% = 7,650 元" in line for line in lines)
    assert lines[-5:] == [
        "  可信程度：示例。这是虚构地区的示例，只用来说明怎么算。",
        "  医保范围内再多花 1,000 元，医保多付 850 元，您自己多付 150 元。",
        "  收录情况：试验市职工医保住院：部分收录，按 2026-01-01 起的标准，2026-01-02 核对过；8 个数字是示例。",
        "和预期一致。",
        "",
    ]


def test_estimate_as_json(case: Path, policies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["estimate", str(case), "--policies", str(policies), "--json"])

    printed = json.loads(capsys.readouterr().out)
    assert code == 0
    assert list(printed) == ["format", "ok", "results", "problems"]
    (result,) = printed["results"]
    assert list(result) == ["id", "title", "area", "kind", "ok", "agrees", "trace"]
    assert result["trace"]["estimates"][0]["amounts"]["fund"]["value"] == "7650.00"
    assert (printed["ok"], printed["problems"], result["agrees"]) == (True, [], True)


def test_estimate_that_disagrees_gives_both_amounts(
    case: Path, policies: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case.write_text(CASE.replace("7650.00", "8500.00"), encoding="utf-8")

    code = main(["estimate", str(case), "--policies", str(policies)])

    out, err = capsys.readouterr()
    assert code == 1
    assert out.endswith("和预期不一致。\n")
    assert err == (
        f"{case}:5: expect.fund: 写的是 8,500.00，算出来是 7,650.00 [disagrees]\n共 1 处问题，涉及 1 个文件。\n"
    )


def test_estimate_of_bad_cases_as_json(case: Path, policies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = CASE.replace("total: 10000", "total: -1")
    silent = CASE.replace("level: tertiary", "level: primary")
    nowhere = CASE.replace("area: test-city", "area: nowhere")
    items = [f"- {text.strip()}".replace("\n", "\n  ") for text in (bad, silent, nowhere)]
    case.write_text("\n".join(items) + "\n", encoding="utf-8")

    code = main(["estimate", str(case), "--policies", str(policies), "--json"])

    printed = json.loads(capsys.readouterr().out)
    head = {"id": "first", "title": "三级医院", "area": "test-city", "kind": "inpatient", "ok": False, "agrees": False}
    assert code == 1
    assert printed["results"] == [
        {
            **head,
            "error": "invalid",
            "problems": [{"field": "bill.total", "message": "总费用不能是负数", "check": "amount"}],
        },
        {
            **head,
            "error": "not_covered",
            "message": printed["results"][1]["message"],
            "missing": "level",
            "nearest": ["三级", "二级"],
        },
        {**head, "area": "nowhere", "error": "area"},
    ]
    assert [(p["line"], p["where"], p["check"]) for p in printed["problems"]] == [
        (4, "[0].case.bill.total", "amount"),
        (9, "[1].case.level", "not-covered"),
        (13, "[2].area", "area"),
    ]


def test_estimate_names_the_problems_of_the_policy_file_it_needs(
    case: Path, policies: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (policies / "some.yaml").write_text(FILES[AREA].replace("90%", "940%"), encoding="utf-8")
    (policies / "unrelated.yaml").write_text("id: [", encoding="utf-8")
    where = "benefits[0].editions[0].layers[0].ratio.secondary"

    code = main(["estimate", str(case), "--policies", str(policies)])

    assert code == 1
    assert capsys.readouterr().err.split("\n")[:2] == [
        f"{case}:3: area: “test-city”的统筹区文件有问题，没有算 [area]",
        f"{policies}/some.yaml:24: {where}: 写的是“940%”，应在 0% 到 100% 之间 [percentage]",
    ]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[", b"a: &x *x", b"\x00", b"- - - -", b"5"])
def test_estimate_of_garbage(case: Path, policies: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    case.write_bytes(content)

    assert main(["estimate", str(case), "--policies", str(policies)]) == 1
    assert capsys.readouterr().err.startswith(f"{case}:")


def test_estimate_of_files_and_folders_that_are_not_there(
    case: Path, policies: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["estimate", "gone.yaml", "--policies", str(policies)]) == 1
    assert capsys.readouterr().err.startswith("gone.yaml: 没有这个文件 [unreadable]\n")
    assert main(["estimate", str(case), "--policies", "gone"]) == 2
    assert capsys.readouterr().err == "没有这个文件夹：gone\n"


def test_check_of_one_file_of_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = on_disk(tmp_path)
    (root / GUIDE).write_text(FILES[GUIDE].replace("乘比例", "乘 85%"), encoding="utf-8")
    (root / AREA).write_text(FILES[AREA].replace("fictional: true", "fictional: no"), encoding="utf-8")

    assert main(["check", "--root", str(root), str(root / AREA)]) == 1
    assert capsys.readouterr().err == (
        f"{AREA}:6: fictional: 写的是“no”，应是 true 或 false [type]\n共 1 处问题，涉及 1 个文件。\n"
    )
    assert main(["check", "--root", str(root), str(root / "content/groups.yaml")]) == 0
    assert main(["check", "--root", str(root), str(root / "content/gone.md")]) == 2


def test_check_of_policies_elsewhere(policies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--policies", str(policies)]) == 0
    assert capsys.readouterr().out == "没有问题：1 个统筹区。\n"

    (policies / "some.yaml").write_text(FILES[AREA].replace("90%", "90"), encoding="utf-8")

    assert main(["check", "--policies", str(policies)]) == 1
    assert capsys.readouterr().err.startswith(
        f"{policies}/some.yaml:24: benefits[0].editions[0].layers[0].ratio.secondary: "
    )


def test_the_figures_of_an_area_with_their_references(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(on_disk(tmp_path)), "--list-figures", "test-city"]) == 0

    lines = capsys.readouterr().out.split("\n")
    assert "employee/inpatient/layers.basic.deductible.amount.tertiary[0]\t1,000 元" in lines
    assert "employee/inpatient/layers.basic.ratio.tertiary\t85%" in lines


def test_what_time_has_overtaken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    newer = FILES[AREA] + (
        "      - from: 2026-06-01\n        status: illustrative\n        sources: [notice]\n        layers:\n"
        "          - {id: basic, name: 统筹基金, deductible: none, ratio: 80%, cap: none}\n"
    )
    root = on_disk(tmp_path, {AREA: newer, GUIDE: FILES[GUIDE].replace("tertiary`报", "tertiary`报")})

    assert main(["stale", "--root", str(root), "--today", "2026-03-02"]) == 0
    assert capsys.readouterr().out == "到 2026-03-02 为止，过时的有 0 处。\n"
    assert main(["stale", "--root", str(root), "--today", "2026-12-31"]) == 0
    assert capsys.readouterr().out.split("\n") == [
        f"{GUIDE}: reviewed_on 是 2026-03-02，已有 304 天没有对照出处",
        f"{GUIDE}: as_of 是 2026-03-01，test-city 的 employee/inpatient 从 2026-06-01 起已有新的一版",
        "到 2026-12-31 为止，过时的有 2 处。",
        "",
    ]


def test_the_schema_is_written_and_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "policies").mkdir()

    assert main(["schema", "--root", str(tmp_path), "--check"]) == 1
    assert capsys.readouterr().err == "没有 policies/area.schema.json，请运行 python -m sitegen schema。\n"
    assert main(["schema", "--root", str(tmp_path)]) == 0
    assert main(["schema", "--root", str(tmp_path), "--check"]) == 0
    (tmp_path / "policies/area.schema.json").write_text("{}", encoding="utf-8")
    capsys.readouterr()
    assert main(["schema", "--root", str(tmp_path), "--check"]) == 1
    assert capsys.readouterr().err == "policies/area.schema.json 和解析器不一致，请运行 python -m sitegen schema。\n"
    assert main(["schema", "--root", str(tmp_path / "gone")]) == 3


def test_the_schema_of_this_checkout_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    from tests.build.tree import ROOT

    assert main(["schema", "--root", str(ROOT), "--check"]) == 0


def test_serve_without_a_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--root", str(tmp_path)]) == 3


def test_interrupted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sitegen.build.check", stop)

    assert main(["check"]) == 130
    assert capsys.readouterr().err == "\n停下了，原来的网站没有动。\n"


class Terminal(io.StringIO):
    def __init__(self, shown: bool) -> None:
        super().__init__()
        self.shown = shown

    def isatty(self) -> bool:
        return self.shown


@pytest.mark.parametrize("shown", [True, False])
def test_progress_is_for_terminals_and_for_slow_steps(shown: bool) -> None:
    import time

    stream = Terminal(shown)
    with Progress(stream) as progress:
        progress.tell("快的一步")
        progress.tell("慢的一步")
        time.sleep(1.7 if shown else 0.0)

    text = stream.getvalue()
    assert ("慢的一步……1 秒" in text) is shown
    assert "快的一步" not in text
    assert text.endswith("\r\x1b[2K") is shown


def test_every_shipped_case_comes_out_as_expected(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(__file__).parents[3]
    monkeypatch.chdir(root)
    files = [path.relative_to(root).as_posix() for path in sorted(root.glob("tests/cases/**/*.yaml"))]

    code = main(["estimate", *files])

    assert (code, capsys.readouterr().err) == (0, "")
