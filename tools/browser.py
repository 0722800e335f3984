"""Finds a Chromium for the browser tests, and gets one where there is none.

An installed browser comes first, then the one Playwright keeps, then Debian's package (as root),
then Playwright's own download. The tests ask `find_chromium`; `make test` runs this file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
LOG = Path(__file__).resolve().parent.parent / ".cache" / "browser.log"


def find_chromium() -> str | None:
    """The path of a Chromium that starts, or None. CHROMIUM in the environment is tried first."""
    return next((path for path in candidates() if starts(path)), None)


def candidates() -> Iterator[str]:
    for command in (os.environ.get("CHROMIUM", ""), *COMMANDS):
        path = shutil.which(command) if command else None
        if path:
            yield path
    kept = playwrights_own()
    if kept:
        yield kept


def playwrights_own() -> str | None:
    """Where Playwright's Chromium lies, if it has been downloaded."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.is_file() else None


def starts(path: str) -> bool:
    """True when the browser answers with its version; a distribution's placeholder that only advertises does not."""
    try:
        done = subprocess.run(
            [path, "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and any(name in done.stdout for name in ("Chromium", "Chrome"))


def install() -> None:
    """Try the ways to get a Chromium, in order, until one has worked; none of them asks anything."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("正在安装 Chromium（apt-get）……", flush=True)
        get = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"]
        if run(get) or (run(["apt-get", "update", "-q"]) and run(get)):
            return
    print("正在下载 Chromium（playwright install）……", flush=True)
    run([sys.executable, "-m", "playwright", "install", "chromium"])


def run(command: Sequence[str]) -> bool:
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        return not subprocess.call(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)


def main() -> int:
    if find_chromium():
        return 0
    install()
    if find_chromium():
        return 0
    print(
        "缺浏览器：请装 Chromium 或 Chrome（Debian/Ubuntu：apt install chromium），或用 CHROMIUM=路径 指定。"
        f"（试过的安装输出在 .cache/{LOG.name}）",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
