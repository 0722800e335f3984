"""Renews locks/*.txt from the dependency groups of pyproject.toml.

One lock serves every supported Python: versions carry markers where they differ. The locks hold
hashes and no download addresses, so that they install from whatever index pip is set up with.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

RESOLVER = "uv==0.13.9"
OPTIONS = (
    *("pip", "compile", "--quiet", "--upgrade"),
    *("--universal", "--python-version", "3.11"),  # the oldest supported
    *("--only-binary", ":all:", "--generate-hashes"),
    *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        tool = Path(folder, "bin")
        subprocess.run([tool / "python", "-m", "pip", "install", "--quiet", RESOLVER], check=True)
        for group in ("build", "test"):
            subprocess.run(
                [tool / "uv", *OPTIONS, "--group", f"pyproject.toml:{group}", "-o", f"locks/{group}.txt"], check=True
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
