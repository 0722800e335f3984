"""What docs/policy-format.md shows can be copied and works: whole areas and whole cases of the page are read and settled."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from calculator.parse import parse_area
from sitegen.estimate import Policies, estimate_file
from sitegen.load import load_policies
from sitegen.yamlfile import read_yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/policy-format.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
AREAS = [block for block in BLOCKS if re.search(r"^checked_on:", block, re.MULTILINE)]
CASES = [block for block in BLOCKS if re.search(r"^(title|kind):", block, re.MULTILINE) and "\nexpect:" in block]


def test_the_page_shows_an_area_and_a_case() -> None:
    assert AREAS
    assert any(re.search(r"^area:", block, re.MULTILINE) for block in CASES)


@pytest.mark.parametrize("block", AREAS)
def test_an_area_of_the_page_is_an_area(block: str) -> None:
    document, problems = read_yaml(block, "page.yaml")

    assert problems == ()
    assert document is not None
    assert parse_area(document.data).benefits


@pytest.mark.parametrize("block", [block for block in CASES if re.search(r"^area:", block, re.MULTILINE)])
def test_a_case_of_the_page_comes_out_as_it_says(block: str) -> None:
    policies = Policies(tree=load_policies(ROOT / "policies", "policies"))

    _, problems = estimate_file(block, "page.yaml", policies)

    assert [str(problem) for problem in problems] == []
