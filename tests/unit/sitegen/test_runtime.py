"""The browser's files: pinned, reduced, and the same bytes everywhere."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from sitegen.runtime import (
    DELIVERED,
    PYODIDE_FOLDER,
    RuntimeFilesMissing,
    calculator_wheel,
    pyodide_files,
    runtime,
    stored,
)

ROOT = Path(__file__).parents[3]
PROJECT = """
[build-system]
requires = ["flit_core"]
build-backend = "flit_core.buildapi"
[project]
name = "yibao-calculator"
version = "0.1.0"
description = "x"
requires-python = ">=3.11"
[tool.flit.module]
name = "calculator"
"""
WHEEL_SHA256 = "4e4daaede2d16aebefe45488afbac66ea89fec0565ab2552bf59e6fc33c46a9b"
TEXTS = {
    "calculator/__init__.py": '"""A calculator."""\n',
    "calculator/stages/__init__.py": "",
    "calculator/money.py": "YUAN = 100\n",
    "sitegen/build.py": "not for the browser\n",
    "templates/js/app/form.js": "export {};\n",
    "templates/js/calculator.js": "an asset, not ours\n",
}


def test_the_wheel_is_the_same_bytes_on_every_python_and_machine() -> None:
    wheel = calculator_wheel(PROJECT, TEXTS)

    assert wheel.name == "yibao_calculator-0.1.0-py3-none-any.whl"
    # Made once on Python 3.11 and compared on 3.12 and 3.13; changes with flit_core only.
    assert hashlib.sha256(wheel.content).hexdigest() == WHEEL_SHA256


def test_the_wheel_holds_the_calculator_and_nothing_else() -> None:
    wheel = calculator_wheel(PROJECT, TEXTS)

    with zipfile.ZipFile(io.BytesIO(wheel.content)) as archive:
        modules = [name for name in archive.namelist() if ".dist-info/" not in name]
    assert modules == ["calculator/__init__.py", "calculator/money.py", "calculator/stages/__init__.py"]


def test_stored_archives_have_no_times_no_compression_and_plain_permissions() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.py", "b" * 500)
        archive.writestr("a.py", "a")

    with zipfile.ZipFile(io.BytesIO(stored(buffer.getvalue()))) as archive:
        members = archive.infolist()
    assert [member.filename for member in members] == ["b.py", "a.py"]
    assert {member.compress_type for member in members} == {zipfile.ZIP_STORED}
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {member.external_attr for member in members} == {0o100644 << 16}


def test_the_lock_names_the_wheel_alone_with_its_hash() -> None:
    files = runtime(ROOT, TEXTS).files

    (lock,) = (json.loads(content) for path, content in files.items() if path.endswith("/pyodide-lock.json"))
    (wheel,) = (content for path, content in files.items() if path.endswith(".whl"))
    assert set(lock["packages"]) == {"yibao-calculator"}
    entry = lock["packages"]["yibao-calculator"]
    assert entry["sha256"] == hashlib.sha256(wheel).hexdigest()
    assert entry["imports"] == ["calculator"]
    assert entry["depends"] == []


def test_the_manifest_finds_every_file_with_its_length() -> None:
    made = runtime(ROOT, TEXTS)

    manifest = json.loads(made.files[f"{made.address}manifest.json"])
    for name, file in manifest["files"].items():
        path = file["url"].removeprefix("../../") if file["url"].startswith("../../") else made.address + file["url"]
        assert len(made.files[path]) == file["bytes"], name
    assert set(manifest["files"]) == {*DELIVERED, "yibao_calculator-0.1.0-py3-none-any.whl"}


def test_another_calculator_leaves_the_address_of_pyodide_as_it_is() -> None:
    before, after = runtime(ROOT, TEXTS), runtime(ROOT, TEXTS | {"calculator/money.py": "YUAN = 1000\n"})

    assert before.address != after.address
    assert {path for path in before.files if not path.startswith(before.address)} == {
        path for path in after.files if not path.startswith(after.address)
    }


def test_a_missing_pyodide_is_named_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(RuntimeFilesMissing) as caught:
        pyodide_files(tmp_path)

    assert str(caught.value) == "缺 node_modules/pyodide/pyodide.asm.js：请运行 make site，它会装好 Pyodide 0.29.5。"


def test_a_file_of_pyodide_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / PYODIDE_FOLDER
    folder.mkdir(parents=True)
    (folder / "pyodide.asm.js").write_text("tampered with", encoding="utf-8")

    with pytest.raises(RuntimeFilesMissing, match="与钉住的校验值不符"):
        pyodide_files(tmp_path)


def test_a_folder_that_is_not_the_project_is_named(tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")

    with pytest.raises(RuntimeFilesMissing) as caught:
        runtime(tmp_path, TEXTS)

    assert str(caught.value) == "缺 pyproject.toml：请在项目的根目录运行，或用 --root 指明根目录。"
