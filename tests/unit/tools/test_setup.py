"""The setup behind make: what is missing is said in one line, what is there is left alone."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SETUP_FILES = ("tools/setup.sh", "tools/setup.py", "locks/build.txt", "package.json", "package-lock.json")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a folder with a space and Chinese characters in its name."""
    folder = tmp_path / "路 径"
    for name in SETUP_FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


def setup(checkout: Path, path: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`sh tools/setup.sh build` with these commands on the search path."""
    return subprocess.run(
        ["/bin/sh", str(checkout / "tools/setup.sh"), "build"],
        env={"PATH": path, "LANG": "C.UTF-8", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def commands(folder: Path, **scripts: str) -> str:
    """A folder with the shell's own tools and these scripts, as a search path."""
    folder.mkdir()
    for tool in ("dirname", "sh"):
        found = shutil.which(tool)
        assert found
        (folder / tool).symlink_to(found)
    for name, text in scripts.items():
        file = folder / name
        file.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        file.chmod(0o755)
    return str(folder)


def pretend_python_is_set_up(checkout: Path) -> None:
    """A virtual environment with a valid stamp, so that only Node is left to do."""
    python = checkout / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    script = (
        "import runpy, sys; from pathlib import Path; s = runpy.run_path('tools/setup.py');"
        "v = '.'.join(map(str, sys.version_info[:3]));"
        "Path('.venv/.stamp-build').write_text(s['stamp_of'](Path('locks/build.txt'), v))"
    )
    subprocess.run([sys.executable, "-c", script], cwd=checkout, check=True)


def test_without_python_it_says_so_in_one_line(checkout: Path, tmp_path: Path) -> None:
    done = setup(checkout, commands(tmp_path / "bin"))

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("缺 Python 3.11 以上的版本")


def test_an_old_python_is_not_taken(checkout: Path, tmp_path: Path) -> None:
    done = setup(checkout, commands(tmp_path / "bin", python3="exit 1"), PYTHON="python3")

    assert done.returncode == 1
    assert done.stderr == "用不了 PYTHON=python3：找不到它，或它不是 Python 3.11 以上的版本。\n"


@pytest.mark.parametrize(
    ("scripts", "line"),
    [
        ({}, "缺 Node.js 20 以上的版本（找不到 node 命令）：浏览器里的计算要用它装的 Pyodide。\n"),
        ({"node": "echo v18.19.0", "npm": ":"}, "缺 Node.js 20 以上的版本：找到的是 v18.19.0。\n"),
        ({"node": "echo v20.1.0"}, "缺 npm 命令：它通常随 Node.js 一起安装（Debian/Ubuntu：apt install npm）。\n"),
        (
            {"node": "echo v20.1.0", "npm": "echo npm error code ENOTFOUND; exit 1"},
            "安装 npm 软件包没有成功：连不上软件源，请检查网络或代理。（全部输出在 .cache/setup.log）\n",
        ),
        (
            {"node": "echo v20.1.0", "npm": "echo npm error code ENOSPC; exit 1"},
            "安装 npm 软件包没有成功：磁盘满了。（全部输出在 .cache/setup.log）\n",
        ),
    ],
)
def test_what_is_missing_of_node_is_said_in_one_line(
    checkout: Path, tmp_path: Path, scripts: dict[str, str], line: str
) -> None:
    pretend_python_is_set_up(checkout)

    done = setup(checkout, commands(tmp_path / "bin", **scripts))

    assert (done.returncode, done.stderr) == (1, line)


def test_the_second_time_nothing_is_installed_again(checkout: Path, tmp_path: Path) -> None:
    pretend_python_is_set_up(checkout)
    once = commands(tmp_path / "bin", node="echo v20.1.0", npm="/bin/mkdir -p node_modules; echo called >> npm-calls")
    first, second = setup(checkout, once), setup(checkout, once)

    assert (first.returncode, second.returncode) == (0, 0)
    assert (checkout / "npm-calls").read_text(encoding="utf-8") == "called\n"
    assert (second.stdout, second.stderr) == ("", "")


def test_a_changed_lock_is_installed(checkout: Path, tmp_path: Path) -> None:
    pretend_python_is_set_up(checkout)
    path = commands(tmp_path / "bin", node="echo v20.1.0", npm="/bin/mkdir -p node_modules; echo called >> npm-calls")
    setup(checkout, path)
    with (checkout / "package-lock.json").open("a", encoding="utf-8") as lock:
        lock.write("\n")

    done = setup(checkout, path)

    assert done.returncode == 0
    assert (checkout / "npm-calls").read_text(encoding="utf-8") == "called\ncalled\n"


def test_locks_record_hashes_and_no_addresses() -> None:
    for name in ("locks/build.txt", "locks/test.txt", "package-lock.json", ".npmrc"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text, name
        assert '"resolved"' not in text
    for group in ("build", "test"):
        pins = [
            line
            for line in (ROOT / f"locks/{group}.txt").read_text(encoding="utf-8").splitlines()
            if line[:1].isalpha()
        ]
        assert pins
        assert all("==" in line for line in pins)


def test_help_lists_every_target_that_is_described() -> None:
    done = subprocess.run(["sh", "tools/help.sh"], cwd=ROOT, capture_output=True, text=True, check=True)

    for target in ("site", "serve", "test", "check", "clean", "help"):
        assert f"make {target} " in done.stdout
