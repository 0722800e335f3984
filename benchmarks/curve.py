"""How long the exact curve of a stay takes along its total cost, for two real areas.

.venv/bin/python benchmarks/curve.py
"""

from __future__ import annotations

import platform
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

AREAS = ("beijing", "shanghai")
ROUNDS = 15


def main() -> None:
    """Print the CPU milliseconds of each area's curve, and of both: medians."""
    from calculator.along import curves
    from calculator.parse import parse_area
    from sitegen.yamlfile import read_yaml

    shared, _ = read_yaml((ROOT / "policies/sources.yaml").read_text(encoding="utf-8"), "sources.yaml")
    assert shared is not None
    print(f"Python {platform.python_version()}, medians of {ROUNDS} rounds")
    whole = 0.0
    for name in AREAS:
        document, _ = read_yaml((ROOT / f"policies/areas/{name}.yaml").read_text(encoding="utf-8"), name)
        assert document is not None
        area = parse_area(document.data, shared.data)
        case = {
            "scheme": "employee", "group": "in_service", "level": "tertiary", "filing": "local", "date": "2026-03-01",
            "bill": {"total": "50000"},
        }  # fmt: skip
        taken = []
        for _ in range(ROUNDS):
            start = time.process_time()
            found = curves("inpatient", area, case, "bill.total")
            taken.append((time.process_time() - start) * 1000)
        median = sorted(taken)[ROUNDS // 2]
        whole += median
        pieces = sum(len(curve.pieces) for band in found.bands.values() for curve in {band.least, band.most})
        print(f"| {name} | {pieces} pieces | {median:.1f} ms |")
    print(f"| both | | {whole:.1f} ms |")


if __name__ == "__main__":
    main()
