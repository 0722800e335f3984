"""Installs what the Makefile needs, once: the Python packages, the npm packages, a browser.

Standard library only, since it runs before anything is installed. A step whose stamp matches is
skipped: the stamp is a hash of the lock file and the Python that would install from it. What is
missing is said in one line; what the installers printed is kept in .cache/setup.log.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

VENV = Path(".venv")
VENV_PYTHON = VENV / "bin" / "python"
NODE_MODULES = Path("node_modules")
CACHE = Path(".cache")
LOG = CACHE / "setup.log"
MINIMUM_NODE = (20, 0)
NPM_OPTIONS = (
    *("--ignore-scripts", "--no-audit", "--no-fund"),
    # What npm has kept needs no network; without one, say so in seconds rather than minutes.
    *("--prefer-offline", "--fetch-retries=1", "--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=5000"),
)
OFFLINE_SIGNS = (
    "name resolution",
    "getaddrinfo",
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeout",
    "Connection refused",
    "Network is unreachable",
    "Read timed out",
    "ProxyError",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
    "ENETUNREACH",
    "network request",
)


class Missing(Exception):
    """Something the setup needs is not there; the message is the one line to print."""


def stamp_of(*parts: str | Path) -> str:
    """A hash of the given texts and of the bytes of the given files."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.read_bytes() if isinstance(part, Path) else part.encode())
        digest.update(b"\0")
    return digest.hexdigest()


def is_stamped(stamp: Path, value: str) -> bool:
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == value


def run(command: Sequence[str], what: str) -> None:
    """Run an installer quietly; on failure say in one line what did not work and why."""
    CACHE.mkdir(exist_ok=True)
    with LOG.open("w+", encoding="utf-8", errors="replace") as log:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, check=False)
        if done.returncode == 0:
            return
        log.seek(0)
        output = log.read()
    raise Missing(f"{what}没有成功：{reason(output)}（全部输出在 {LOG}）")


def reason(output: str) -> str:
    """Why an installer failed, as far as its output tells."""
    lowered = output.lower()
    if "no space left" in lowered or "enospc" in lowered:
        return "磁盘满了。"
    if any(sign.lower() in lowered for sign in OFFLINE_SIGNS):
        return "连不上软件源，请检查网络或代理。"
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith(("error", "npm error", "e: "))]
    return (errors or lines or ["安装程序没有说明原因。"])[0][:200]


def set_up_python(group: str) -> None:
    """The virtual environment with the packages of locks/<group>.txt, made anew if its Python is gone or another."""
    version = ".".join(map(str, sys.version_info[:3]))
    lock = Path("locks", f"{group}.txt")
    stamp, value = VENV / f".stamp-{group}", stamp_of(lock, version)
    if not (VENV_PYTHON.exists() and venv_version() == version):
        make_venv()
    if is_stamped(stamp, value) or (group == "build" and test_packages_are_installed(version)):
        return
    print(f"正在安装 Python 软件包（{count_pins(lock)} 个，Python {version}）……", flush=True)
    stamp.unlink(missing_ok=True)
    pip = [
        str(VENV_PYTHON),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        "install",
        "--quiet",
        "--retries",
        "2",
    ]
    run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)], "安装 Python 软件包")
    stamp.write_text(value, encoding="utf-8")


def test_packages_are_installed(version: str) -> bool:
    """True when the larger group is in place, made of the same lock as the smaller one."""
    return is_stamped(VENV / ".stamp-test", stamp_of(Path("locks", "test.txt"), version))


def venv_version() -> str | None:
    """The version of the Python in .venv, or None when it does not run."""
    try:
        done = subprocess.run(
            [str(VENV_PYTHON), "-c", "import sys, pip; print('.'.join(map(str, sys.version_info[:3])))"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def make_venv() -> None:
    """A fresh .venv from the Python that runs this script, or from the one its own .venv was made of."""
    base = getattr(sys, "_base_executable", sys.executable)
    try:
        import ensurepip  # noqa: F401  (Debian packs it apart, and venv then fails half way)
        import venv  # noqa: F401
    except ImportError:
        short = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Missing(
            f"这个 Python 缺 venv 模块：Debian/Ubuntu 请装 python{short}-venv，或用 PYTHON=路径 换一个。"
        ) from None
    print(f"正在建立 .venv（{base}）……", flush=True)
    if VENV.exists() or VENV.is_symlink():
        remove(VENV)
    run([base, "-m", "venv", str(VENV)], "建立 .venv ")


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def count_pins(lock: Path) -> int:
    return sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())


def set_up_node(group: str) -> None:
    """node_modules as package-lock.json says: Pyodide, and with the test group the page checkers."""
    value = stamp_of(Path("package.json"), Path("package-lock.json"))
    stamps = {name: NODE_MODULES / f".stamp-{name}" for name in ("build", "test")}
    if is_stamped(stamps["test"], value) or (group == "build" and is_stamped(stamps["build"], value)):
        return
    npm = find_npm()
    print("正在安装 npm 软件包……", flush=True)
    for stamp in stamps.values():
        stamp.unlink(missing_ok=True)
    omit = ["--omit=dev"] if group == "build" else []
    run([npm, "ci", *omit, *NPM_OPTIONS], "安装 npm 软件包")
    stamps[group].write_text(value, encoding="utf-8")


def find_npm() -> str:
    """The npm command, once Node is known to be new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    wanted = f"Node.js {MINIMUM_NODE[0]} 以上的版本"
    if node is None:
        raise Missing(f"缺 {wanted}（找不到 node 命令）：浏览器里的计算要用它装的 Pyodide。")
    said = subprocess.run([node, "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    try:
        version = tuple(int(part) for part in said.stdout.strip().lstrip("v").split(".")[:2])
    except ValueError:
        version = (0, 0)
    if version < MINIMUM_NODE:
        raise Missing(f"缺 {wanted}：找到的是 {said.stdout.strip() or '无法运行的 node'}。")
    if npm is None:
        raise Missing("缺 npm 命令：它通常随 Node.js 一起安装（Debian/Ubuntu：apt install npm）。")
    return npm


def set_up_browser() -> None:
    """A Chromium for the browser tests; tools/browser.py knows where to look and how to get one."""
    done = subprocess.run([str(VENV_PYTHON), "tools/browser.py"], stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


@contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Two `make` at once install one after the other."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(group: str) -> int:
    packages = "build" if group == "build" else "test"
    try:
        with only_one_at_a_time():
            set_up_python(packages)
            set_up_node(packages)
            if group == "test":
                set_up_browser()
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"安装时读写 {error.filename or '文件'} 失败：{os.strerror(error.errno or 0)}。", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("安装已中断。", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parent.parent)
    if sys.argv[1:] not in (["build"], ["tools"], ["test"]):
        sys.exit("用法：sh tools/setup.sh build|tools|test")
    sys.exit(main(sys.argv[1]))
