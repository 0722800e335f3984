"""docs/calculators.md shows the calculators as they describe themselves."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from calculator.kinds import KINDS
from calculator.kinds.outputs import OUTPUTS
from sitegen.describe import INVENTORY, as_json

ROOT = Path(__file__).resolve().parents[3]


def test_every_calculator_describes_what_it_answers() -> None:
    assert set(OUTPUTS) == set(KINDS)


def test_every_promised_calculator_is_there() -> None:
    assert sum(asked.startswith("C-") for asked in INVENTORY) == 27
    assert {kind for kinds in INVENTORY.values() for kind in kinds} <= set(KINDS)


def test_a_description_without_an_area_still_says_what_comes_out() -> None:
    assert as_json("resident_cap", None) == {
        "kind": "resident_cap",
        "title": "居民封顶线估算",
        "summary": "知道当地居民人均可支配收入，估一估居民医保一年最多报多少。",
        "area": None,
        "inputs": [],
        "outputs": [{"name": "cap", "words": "一年的封顶线", "type": "amount"}],
    }


def test_the_page_is_current() -> None:
    spec = importlib.util.spec_from_file_location("calculators", ROOT / "tools/calculators.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    assert module.page() == (ROOT / "docs/calculators.md").read_text(encoding="utf-8")
