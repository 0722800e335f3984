"""Requests per CPU second through the JSON bridge, in the browser's Python: Pyodide under Node.

    .venv/bin/python benchmarks/pyodide_engine.py

The wheel is the one the site delivers, made from the files of this tree; Pyodide is the pinned one of package.json.
The model and its cases are those of ``engine.py``. A request is JSON text and so is its answer, as between the page and
its worker; what is not counted is the network, the worker's message and the page.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import engine  # noqa: E402

from sitegen.runtime import CALCULATOR_FOLDER, calculator_wheel, project_text  # noqa: E402

AREAS = 340


def requests() -> dict[str, list[str]]:
    """Every kind of request as JSON text: what a benchmark asks in turn."""
    cases = [engine.case_document(level, bill, "120000.50") for bill in engine.BILLS for level in engine.LEVELS]
    asked = [{"kind": "inpatient", "area": f"area-{n * 7 % AREAS}", "case": case} for n, case in enumerate(cases)]
    bill = {"free": "bill.total", "to": "500000"}
    return {
        "load": [_json({"do": "load", "area": engine.area_document(number)}) for number in range(AREAS)],
        "amounts": [_json({"do": "estimate", "want": ["amounts"], **one}) for one in asked],
        "estimates": [_json({"do": "estimate", "want": ["estimates"], **one}) for one in asked],
        "full": [_json({"do": "estimate", **one}) for one in asked],
        "curve": [_json({"do": "curve", **one, **bill}) for one in asked[:2]],
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0)
    chosen = parser.parse_args()
    paths = sorted((ROOT / CALCULATOR_FOLDER).rglob("*.py"))
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    wheel = calculator_wheel(project_text(ROOT), texts)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, wheel.name).write_bytes(wheel.content)
        plan = {"wheel": wheel.name, "rounds": chosen.rounds, "seconds": chosen.seconds, "requests": requests()}
        Path(folder, "plan.json").write_text(_json(plan), encoding="utf-8")
        script = ROOT / "benchmarks/pyodide_engine.mjs"
        subprocess.run(["node", str(script), folder], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
