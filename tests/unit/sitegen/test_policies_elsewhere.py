"""Policy files in a folder of somebody's own: checked and settled without being part of the site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sitegen.__main__ import main
from tests.unit.calculator.sample import AREA


def put(folder: Path, name: str, **changes: Any) -> Path:
    """A policy file in the folder; JSON is YAML."""
    path = folder / name
    path.write_text(json.dumps(AREA | changes, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_folder_of_areas_is_checked_by_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path, "one.yaml")
    put(tmp_path, "two.yaml", id="other-city")

    assert main(["check", "--policies", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "没有问题：2 个统筹区。\n"


def test_the_files_beside_the_areas_are_no_areas(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--policies", "policies"]) == 0
    assert capsys.readouterr().err == ""


def test_one_id_in_two_files_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = put(tmp_path, "one.yaml"), put(tmp_path, "two.yaml")

    assert main(["check", "--policies", str(tmp_path)]) == 1
    assert capsys.readouterr().err.splitlines()[0] == (
        f"{second}:1: id: “sample-city”在 {first} 里已经用过 [duplicate]"
    )


def test_a_case_about_an_id_in_two_files_is_not_settled_quietly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    first, second = put(folder, "one.yaml"), put(folder, "two.yaml")
    case = tmp_path / "case.yaml"
    case.write_text(
        "{area: sample-city, case: {scheme: employee, group: retired, level: tertiary, date: 2026-02-01, bill: {total: 1}}}",
        encoding="utf-8",
    )

    assert main(["estimate", str(case), "--policies", str(folder)]) == 1
    assert f"{second}:1: id: “sample-city”在 {first} 里已经用过 [duplicate]" in capsys.readouterr().err
