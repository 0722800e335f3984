"""How long it takes to build this site: cold (nothing compressed before) and again.

    .venv/bin/python benchmarks/site.py

Each build is a fresh process with a folder of its own; CPU time is user and system of the process and its children.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"


def build(target: Path) -> tuple[float, float]:
    """Wall and CPU seconds of one build."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "sitegen", "build", "--out", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Build cold once and warm five times; put the cache back."""
    kept = ROOT / ".cache.kept"
    if CACHE.exists():
        CACHE.rename(kept)
    try:
        with tempfile.TemporaryDirectory(dir=ROOT) as folder:
            target = Path(folder) / "site"
            rows = [("cold", *build(target))]
            rows += [("again", *build(target)) for _ in range(5)]
            pages = sum(1 for _ in target.rglob("*.html"))
    finally:
        if kept.exists():
            shutil.rmtree(CACHE, ignore_errors=True)
            kept.rename(CACHE)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    again = sorted(rows[1:], key=lambda row: row[2])[2]
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, {pages} pages, peak {peak:.0f} MB")
    print("| build | wall s | CPU s |\n|---|---|---|")
    for name, wall, cpu in (rows[0], again):
        print(f"| {name} | {wall:.1f} | {cpu:.1f} |")


if __name__ == "__main__":
    main()
