"""Who may import whom: read from the import statements, so that the structure stays as the architecture tells it."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

LAYERS = (
    ("errors", "money", "linear", "holidays", "record"),
    ("workdays", "history"),
    ("model", "programs", "services"),
    ("shape", "completions"),
    ("reader",),
    ("figures", "bill", "used"),
    ("case",),
    ("rules",),
    ("reading", "ledger", "mixture"),
    ("parse",),
    ("schema", "stages", "outcomes", "turning"),
    ("settle",),
    ("ranking",),
    ("estimate", "compare", "reconcile"),
    ("year_end",),
    ("year",),
    ("year_state",),
    ("findings", "national", "answer"),
    ("explain", "chart"),
    ("headlines", "sentences", "told", "coverage"),
    ("told_html", "lines"),
    ("starts",),
    ("marginal",),
    ("kinds", "trace", "slip", "statement"),
    ("curve",),
    ("free", "along", "curve_told"),
    ("curve_chart", "compare_slip"),
    ("bridge",),
)
"""The calculator from the ground up: a module imports only from its own row or rows above."""
RANK = {name: row for row, names in enumerate(LAYERS) for name in names}


def imported(path: Path) -> set[str]:
    """Every module a file imports, by full name."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


MODULES = sorted((ROOT / "calculator").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_calculator_needs_nothing_but_the_standard_library(path: Path) -> None:
    for name in imported(path):
        top = name.split(".")[0]
        assert top == "calculator" or top in sys.stdlib_module_names, f"{path.name} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_calculator_is_layered(path: Path) -> None:
    own = path.relative_to(ROOT / "calculator").parts[0].removesuffix(".py")
    if own == "__init__":
        return
    for name in imported(path):
        if name.startswith("calculator."):
            other = name.split(".")[1]
            lazily = (own, other) == ("parse", "schema")  # printing the schema is asked for, never needed to read
            assert lazily or RANK[other] <= RANK[own], f"{own} imports {other}, which is built on it"


@pytest.mark.parametrize("forbidden", ["random", "time", "socket", "subprocess", "urllib", "pathlib", "os", "io"])
def test_the_calculator_touches_no_disk_clock_or_network(forbidden: str) -> None:
    assert not [path.name for path in MODULES if forbidden in {name.split(".")[0] for name in imported(path)}]
