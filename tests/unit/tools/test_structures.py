"""docs/structures.md: every rule of real areas has a case that proves it, and the page shows today's cases."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def structures() -> ModuleType:
    spec = importlib.util.spec_from_file_location("structures", ROOT / "tools/structures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_rule_has_a_case_that_proves_it(structures: ModuleType) -> None:
    assert structures.unproved() == []


def test_few_rules_are_out_of_reach(structures: ModuleType) -> None:
    assert len(structures.out_of_reach()) <= structures.MOST_OUT_OF_REACH


def test_the_catalogue_is_whole(structures: ModuleType) -> None:
    sections = structures.read(structures.CATALOGUE)

    rows = [row for section in sections for row in section["rows"]]

    assert len(rows) == len(set(rows)) == 201 + 17


def test_the_page_is_current(structures: ModuleType) -> None:
    assert structures.page() == (ROOT / "docs/structures.md").read_text(encoding="utf-8")
