"""Who may import whom: the promise of docs/architecture.md, read from the import statements."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.build.tree import ROOT

OUTSIDE = {
    "brotli",
    "calculator",
    "flit_core",
    "jinja2",
    "markdown_it",
    "markupsafe",
    "mdit_py_plugins",
    "pyodide_lock",
}
OUTSIDE |= {"sitegen", "yaml"}
TOUCHES_DISK = {"__main__", "build", "compress", "load", "render", "runtime", "schema", "serve", "write"}
MODULES = sorted((ROOT / "sitegen").rglob("*.py"))


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            yield node.module or ""


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_sitegen_imports_only_what_it_says(file: Path) -> None:
    packages = {name.split(".")[0] for name in imported(file)}

    assert packages <= OUTSIDE | sys.stdlib_module_names


@pytest.mark.parametrize(
    "file", sorted((ROOT / "calculator").rglob("*.py")), ids=lambda file: file.relative_to(ROOT).as_posix()
)
def test_the_calculator_imports_the_standard_library_and_itself(file: Path) -> None:
    packages = {name.split(".")[0] for name in imported(file)}

    assert packages <= {"calculator"} | sys.stdlib_module_names


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_clock_and_disk_stay_where_they_belong(file: Path) -> None:
    names = set(imported(file))

    if file.stem not in TOUCHES_DISK and "terminal" not in file.stem:
        assert not names & {"os", "shutil", "tempfile", "time", "random", "socket", "urllib.request"}
