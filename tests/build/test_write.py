"""The site is written as a whole or not at all, whatever happens in between."""

import errno
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitegen import write
from sitegen.write import MANIFEST, CannotWrite, manifest, write_site
from tests.build.tree import ROOT

OLD = {"index.html": b"old", "areas/beijing/index.html": b"old", "assets/gone.css": b"old"}
NEW = {"index.html": b"new", "areas/beijing/index.html": b"new", "assets/come.css": b"new"}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path, without the list of files."""
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    files.pop(MANIFEST, None)
    return files


def beside(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir())


def test_a_site_is_written_where_there_was_none(tmp_path: Path) -> None:
    write_site(NEW, tmp_path / "deep" / "site")

    assert tree(tmp_path / "deep" / "site") == NEW
    assert beside(tmp_path / "deep" / "site") == ["site"]


def test_a_new_site_replaces_the_old_one_whole(tmp_path: Path) -> None:
    write_site(OLD, tmp_path / "site")

    write_site(NEW, tmp_path / "site")

    assert tree(tmp_path / "site") == NEW
    assert beside(tmp_path / "site") == ["site"]


def test_the_list_of_files_can_be_checked_by_sha256sum(tmp_path: Path) -> None:
    write_site(NEW, tmp_path / "site")

    done = subprocess.run(
        ["sha256sum", "--check", "--strict", MANIFEST], cwd=tmp_path / "site", check=False, capture_output=True
    )

    assert done.returncode == 0
    assert (tmp_path / "site" / MANIFEST).read_bytes() == manifest(NEW)


def test_without_an_exchange_of_names_two_renames_do_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "_exchange", lambda _one, _other: False)
    write_site(OLD, tmp_path / "site")

    write_site(NEW, tmp_path / "site")

    assert tree(tmp_path / "site") == NEW
    assert beside(tmp_path / "site") == ["site"]


def test_a_run_killed_between_two_renames_is_made_good_by_the_next(tmp_path: Path) -> None:
    write_site(OLD, tmp_path / "site")
    (tmp_path / "site").rename(tmp_path / ".site.old")
    (tmp_path / ".site.new").mkdir()
    (tmp_path / ".site.new" / "half.html").write_bytes(b"ha")

    with pytest.raises(CannotWrite):
        write_site({"index.html": b"x"} | {"a" * 300: b"too long a name"}, tmp_path / "site")

    assert tree(tmp_path / "site") == OLD
    assert beside(tmp_path / "site") == ["site"]


@pytest.mark.parametrize("exchange", [True, False], ids=["exchange", "two renames"])
@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "磁盘满了"), (errno.EROFS, "磁盘是只读的"), (errno.EACCES, "没有权限"), (errno.EIO, "磁盘出错")],
)
@pytest.mark.parametrize("call", ["mkdir", "open"])
def test_a_disk_that_refuses_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, words: str, exchange: bool
) -> None:
    write_site(OLD, tmp_path / "site")
    if not exchange:
        monkeypatch.setattr(write, "_exchange", lambda _one, _other: False)
        call = "rename" if call == "mkdir" else call
    for nth in range(1, 12):
        with monkeypatch.context() as patch:
            counted = failing(getattr(Path, call), nth, number)
            patch.setattr(Path, call, counted)
            told = outcome(tmp_path / "site")
        if told is None:
            break
        assert told == f"{tmp_path / 'site'} 写不进去：{words}。原来的网站没有动。"
        assert tree(tmp_path / "site") == OLD
        assert beside(tmp_path / "site") == ["site"]
    assert nth > 1
    assert tree(tmp_path / "site") == NEW


def outcome(target: Path) -> str | None:
    """What is said when the new site cannot be written."""
    try:
        write_site(NEW, target)
    except CannotWrite as error:
        return str(error)
    return None


def failing(real: Callable[..., object], nth: int, number: int) -> Callable[..., object]:
    """The same function, but its n-th call fails."""
    calls = iter(range(1, 1_000_000))

    def call(self: Path, *arguments: object, **options: object) -> object:
        if next(calls) == nth:
            raise OSError(number, os.strerror(number))
        return real(self, *arguments, **options)

    return call


def test_what_is_not_ours_is_not_replaced(tmp_path: Path) -> None:
    write_site(OLD, tmp_path / "site")
    (tmp_path / "site" / "CNAME").write_text("example.org")

    with pytest.raises(CannotWrite) as error:
        write_site(NEW, tmp_path / "site")

    assert str(error.value) == f"{tmp_path / 'site'} 里有不是本站生成的文件：CNAME。请移走它，或用 --out 换一个文件夹。"
    assert tree(tmp_path / "site") == OLD | {"CNAME": b"example.org"}


def test_a_folder_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / MANIFEST).write_text(f"{hashlib.sha256(b'mine').hexdigest()}  notes.txt\n")

    with pytest.raises(CannotWrite):
        write_site(NEW, tmp_path)

    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_file_in_the_target_s_place(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")

    with pytest.raises(CannotWrite) as error:
        write_site(NEW, tmp_path / "site")

    assert str(error.value) == f"{tmp_path / 'site'} 是一个文件，不是文件夹，没有动它。"


def test_what_a_file_manager_leaves_is_no_reason_to_refuse(tmp_path: Path) -> None:
    write_site(OLD, tmp_path / "site")
    (tmp_path / "site" / ".DS_Store").write_bytes(b"x")

    write_site(NEW, tmp_path / "site")

    assert tree(tmp_path / "site") == NEW


def test_a_target_that_is_a_link_keeps_being_one(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real", target_is_directory=True)

    write_site(NEW, tmp_path / "site")

    assert (tmp_path / "site").is_symlink()
    assert tree(tmp_path / "real") == NEW


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "a\\b", "", "a/", MANIFEST])
def test_a_path_that_is_none_is_a_bug(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="site"):
        write_site({path: b""}, tmp_path / "site")

    assert not (tmp_path / "site").exists()


def test_two_files_under_one_name_are_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="under one name"):
        write_site({"a.html": b"", "A.html": b""}, tmp_path / "site")


WRITER = """
import sys
from pathlib import Path
from sitegen import write
if sys.argv[3] == "renames":
    write._exchange = lambda one, other: False
mark = sys.argv[2].encode()
print("ready", flush=True)
while True:
    write.write_site({f"{n % 7}/{n}.html": mark * 400 for n in range(300)}, Path(sys.argv[1]))
    mark = b"b" if mark == b"a" else b"a"
"""


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Callable[[str], "subprocess.Popen[str]"]]:
    running: list[subprocess.Popen[str]] = []

    def start(how: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", WRITER, str(tmp_path / "site"), "a", how]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


@pytest.mark.parametrize("how", ["exchange", "renames"])
def test_killed_at_any_moment_there_is_one_whole_site(
    tmp_path: Path, writer: Callable[[str], "subprocess.Popen[str]"], how: str
) -> None:
    chance = random.Random(20260301)
    whole = [{f"{n % 7}/{n}.html": mark * 400 for n in range(300)} for mark in (b"a", b"b")]
    write_site(whole[0], tmp_path / "site")
    for _ in range(20):
        process = writer(how)
        time.sleep(chance.uniform(0.0, 0.12))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if how == "exchange":
            # Not even a moment without a site.
            assert tree(tmp_path / "site") in whole
    write_site(whole[1], tmp_path / "site")

    assert tree(tmp_path / "site") == whole[1]
    assert beside(tmp_path / "site") == ["site"]


def test_of_two_builds_at_once_one_waits_for_no_one(tmp_path: Path) -> None:
    write_site(OLD, tmp_path / "site")
    with write._locked(tmp_path / "site"), pytest.raises(CannotWrite) as error:
        write_site(NEW, tmp_path / "site")

    assert str(error.value) == f"另一次生成正在写 {tmp_path / 'site'}，请等它结束再试。"
    assert tree(tmp_path / "site") == OLD


@pytest.mark.skipif(shutil.which("df") is None or not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_device_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_site(OLD, tmp_path / "site")
    real = Path.open

    def full(self: Path, mode: str = "r", **options: object) -> object:
        return real(Path("/dev/full"), "wb") if mode == "xb" else real(self, mode, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)

    with pytest.raises(CannotWrite) as error:
        write_site(NEW, tmp_path / "site")

    assert str(error.value) == f"{tmp_path / 'site'} 写不进去：磁盘满了。原来的网站没有动。"
    assert tree(tmp_path / "site") == OLD
