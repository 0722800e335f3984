"""Traced estimates per CPU second: the general engine on one area and on 340.

    .venv/bin/python benchmarks/engine.py            # a table
    python3 benchmarks/engine.py --peer small|wide   # one JSON line, for a harness that compares engines

The model is the one rule engines are compared with: deductible and ratio by hospital level, a yearly cap, two editions.
Every figure is invented. A run reads the case document, settles it and builds every step with its figures and sources;
``with sentences`` also words every step and builds the JSON trace.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

LEVELS = {"primary": (200, "90%"), "secondary": (500, "85%"), "tertiary": (1000, "80%")}
BILLS = ("0", "200", "999.99", "1000", "1000.01", "12345.67", "88888.88", "400000", "500.70", "501.50")


def area_document(number: int) -> dict[str, Any]:
    """A fictional area of the comparison model; areas differ a little."""
    shift = number % 10

    def edition(since: str, cap: int, extra: int) -> dict[str, Any]:
        return {
            "from": since, "status": "illustrative", "sources": ["model"],
            "layers": [{
                "id": "basic", "name": "统筹基金", "cap": {"amount": cap, "of": "fund_payment", "per": "year"},
                "deductible": {"per": "admission", "amount": {k: d + extra for k, (d, _) in LEVELS.items()}},
                "ratio": {k: r for k, (_, r) in LEVELS.items()},
            }],
        }  # fmt: skip

    return {
        "id": f"area-{number}", "name": f"第{number}市", "province": "示例省", "pooled_at": "city", "fictional": True,
        "checked_on": "2026-01-01",
        "sources": {"model": {"title": "比较用的模型", "issuer": "本项目", "kind": "secondary"}},
        "benefits": [{"scheme": "employee", "care": "inpatient", "editions": [
            edition("2020-01-01", 250000, 0), edition("2024-01-01", 300000 + 10000 * shift, 10 * shift)]}],
    }  # fmt: skip


def case_document(level: str, bill: str, paid: str) -> dict[str, Any]:
    """A case of the comparison model."""
    return {
        "scheme": "employee", "group": "in_service", "level": level, "filing": "local", "date": "2025-06-01",
        "bill": {"total": bill}, "year_to_date": {"basic": {"paid": paid}},
    }  # fmt: skip


def per_cpu_second(work: Callable[[int], object], rounds: int, seconds: float) -> float:
    """How often ``work`` runs per CPU second: the median of some rounds."""
    rates = []
    for _ in range(rounds):
        done, start = 0, time.process_time()
        while time.process_time() - start < seconds:
            for _ in range(50):
                work(done)
                done += 1
        rates.append(done / (time.process_time() - start))
    return sorted(rates)[len(rates) // 2]


def measure(areas: int, rounds: int, seconds: float) -> dict[str, float]:
    """Loading and settling, with ``areas`` areas loaded."""
    from calculator.case import read_case
    from calculator.estimate import estimate
    from calculator.kinds import KINDS
    from calculator.parse import parse_area
    from calculator.settle import settle
    from calculator.trace import to_json

    start = time.process_time()
    loaded = [parse_area(area_document(number)) for number in range(areas)]
    load = time.process_time() - start
    cases = [case_document(level, bill, "120000.50") for bill in BILLS for level in LEVELS]
    parsed = [read_case(case, loaded[0]) for case in cases]
    kind = KINDS["inpatient"]

    def traced(n: int) -> object:
        area = loaded[n * 7 % areas]
        return estimate(area, *settle(area, read_case(cases[n % len(cases)], area)))

    def settled(n: int) -> object:
        area = loaded[n * 7 % areas]
        return estimate(area, *settle(area, parsed[n % len(parsed)]))

    def worded(n: int) -> object:
        return to_json(kind.estimate(loaded[n * 7 % areas], cases[n % len(cases)]))

    return {
        "areas": areas,
        "load_ms_per_area": load / areas * 1000,
        "traced": per_cpu_second(traced, rounds, seconds),
        "traced_parsed_case": per_cpu_second(settled, rounds, seconds),
        "with_sentences": per_cpu_second(worded, rounds, seconds),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def compare(size: str) -> None:
    """One JSON line for the comparison's ``harness.py``, which with ``params.json`` is in the working folder."""
    sys.path.insert(0, str(Path.cwd() / "peers"))
    import harness  # type: ignore[import-not-found]

    from calculator.case import read_case
    from calculator.estimate import Estimate, estimate
    from calculator.kinds import KINDS
    from calculator.parse import parse_area
    from calculator.settle import settle
    from calculator.trace import to_json

    clock = harness.Clock()
    raw = json.loads(harness.params_text(size))["regions"]
    words = {"l1": "primary", "l2": "secondary", "l3": "tertiary"}
    areas = {key: parse_area(_from_params(key, region, words)) for key, region in raw.items()}
    clock.mark("load_ms")

    def document(case: dict[str, str]) -> dict[str, Any]:
        return case_document(words[case["level"]], case["eligible"], case["paid_so_far"]) | {"date": case["date"]}

    def run(case: dict[str, str]) -> Estimate:
        area = areas[case["region"]]
        return estimate(area, *settle(area, read_case(document(case), area)))

    def explained(case: dict[str, str]) -> object:
        return to_json(KINDS["inpatient"].estimate(areas[case["region"]], document(case)))

    cold = bool(os.environ.get("BENCH_COLD"))
    worded = None if cold else harness.per_second(explained, harness.cases())[1]
    harness.report(
        "ours", harness.python_version(), size, clock,
        value=lambda case: str(run(case).amounts["fund"].low), run=run, run_trace=run, worded_per_cpu_s=worded,
    )  # fmt: skip


def _from_params(key: str, region: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    def at(series: dict[str, Any], day: str) -> Any:
        return series[max(since for since in series if since <= day)]

    def edition(day: str) -> dict[str, Any]:
        levels = region["levels"]
        return {
            "from": day, "status": "illustrative", "sources": ["model"],
            "layers": [{
                "id": "basic", "name": "统筹基金",
                "cap": {"amount": at(region["cap"], day), "of": "fund_payment", "per": "year"},
                "deductible": {
                    "per": "admission", "amount": {words[k]: at(v["deductible"], day) for k, v in levels.items()}},
                "ratio": {words[k]: f"{Decimal(at(v['rate'], day)) * 100:f}%" for k, v in levels.items()},
            }],
        }  # fmt: skip

    document = area_document(0) | {"id": key}
    document["benefits"][0]["editions"] = [edition("2020-01-01"), edition("2024-01-01")]
    return document


def main() -> None:
    """Print the table, or the harness's line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", choices=("small", "wide"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=1.0)
    chosen = parser.parse_args()
    if chosen.peer:
        compare(chosen.peer)
        return
    print(f"Python {platform.python_version()}, medians of {chosen.rounds} rounds of {chosen.seconds} CPU seconds")
    columns = "load, ms an area", "traced estimates / CPU s", "the same, case read before", "with sentences, JSON"
    print(f"| areas | {' | '.join(columns)} | peak MB |")
    print("|---|---|---|---|---|---|")
    for areas in (1, 340):
        m = measure(areas, chosen.rounds, chosen.seconds)
        print(
            f"| {areas} | {m['load_ms_per_area']:.2f} | {m['traced']:,.0f} | {m['traced_parsed_case']:,.0f} "
            f"| {m['with_sentences']:,.0f} | {m['peak_mb']:.0f} |"
        )


if __name__ == "__main__":
    main()
