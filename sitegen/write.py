"""The site → a folder, as a whole or not at all.

Everything is written beside the target on the same file system and then takes its place in one step: an exchange of
the two names where the system has one (Linux, macOS), else two renames, which the next run completes when the first
was killed between them. Whatever goes wrong before that step leaves the old site as it was.
"""

import ctypes
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sitegen.load import reason

MANIFEST = "SHA256SUMS"
MANIFEST_HEAD = "# 医保明白账：本文件列出网站的全部文件，sha256sum -c 可以核对"
# Left by file managers in any folder somebody looked at.
HARMLESS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


class CannotWrite(Exception):
    """The site could not be written; the old one is as it was. The message is one line for the terminal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """The target and what stands beside it while a site is written."""

    target: Path
    new: Path
    old: Path


def write_site(files: Mapping[str, bytes], target: Path) -> None:
    """Make `target` a folder with exactly these files and their list; raises CannotWrite."""
    target = target.resolve()
    names = _Names(
        target=target,
        new=target.with_name(f".{target.name}.new"),
        old=target.with_name(f".{target.name}.old"),
    )
    _refuse_bad_names(files)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(target):
            _clear_leftovers(names)
            _refuse_foreign(target)
            try:
                _stage({**files, MANIFEST: manifest(files)}, names.new)
                _swap(names)
            finally:
                shutil.rmtree(names.new, ignore_errors=True)
                _drop_old(names)
    except OSError as error:
        raise CannotWrite(f"{target} 写不进去：{reason(error)}。原来的网站没有动。") from error


def manifest(files: Mapping[str, bytes]) -> bytes:
    """The list of all files with their hashes, in the form of sha256sum; it also marks the folder as ours."""
    lines = [f"{hashlib.sha256(files[path]).hexdigest()}  {path}" for path in sorted(files)]
    return "\n".join((MANIFEST_HEAD, *lines, "")).encode()


def _refuse_bad_names(files: Mapping[str, bytes]) -> None:
    """Names are made by the build, so a bad one is a bug, found before anything is touched."""
    folded: dict[str, str] = {}
    for path in (*files, MANIFEST):
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or path.endswith("/") or "\\" in path or ".." in parts:
            raise ValueError(f"not a path inside the site: {path!r}")
        twin = folded.setdefault(path.casefold(), path)
        if twin != path or (path == MANIFEST and path in files):
            raise ValueError(f"two files of the site under one name: {twin!r} and {path!r}")


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Only one build at a time; the system lets go of the lock even when the process is killed.

    The folder around the target is locked, so that no lock file is left behind.
    """
    import fcntl  # where there is none, there is no make either

    handle = os.open(target.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise CannotWrite(f"另一次生成正在写 {target}，请等它结束再试。") from None
    try:
        yield
    finally:
        os.close(handle)


def _clear_leftovers(names: _Names) -> None:
    """Complete or undo what a killed run left."""
    if names.old.exists() and not names.target.exists():
        names.old.rename(names.target)
    shutil.rmtree(names.old, ignore_errors=True)
    shutil.rmtree(names.new, ignore_errors=True)


def _refuse_foreign(target: Path) -> None:
    """A folder that holds anything but a site of ours is not replaced."""
    if not target.exists():
        return
    if not target.is_dir():
        raise CannotWrite(f"{target} 是一个文件，不是文件夹，没有动它。")
    ours = _listed(target)
    for at, folders, names in os.walk(target):
        for name in (*names, *(f for f in folders if (Path(at) / f).is_symlink())):
            path = (Path(at) / name).relative_to(target).as_posix()
            if path not in ours and name not in HARMLESS:
                raise CannotWrite(f"{target} 里有不是本站生成的文件：{path}。请移走它，或用 --out 换一个文件夹。")


def _listed(target: Path) -> frozenset[str]:
    """The files that the list in this folder names; none when there is no list of ours."""
    try:
        lines = (target / MANIFEST).read_text(encoding="utf-8").split("\n")
    except (FileNotFoundError, IsADirectoryError, UnicodeDecodeError):
        return frozenset()
    if lines[0] != MANIFEST_HEAD:
        return frozenset()
    return frozenset({MANIFEST, *(line.partition("  ")[2] for line in lines[1:])})


def _stage(files: Mapping[str, bytes], folder: Path) -> None:
    """Write everything into a new folder and see it onto the disk."""
    folder.mkdir()
    made = {folder}
    for path in sorted(files):
        file = folder / path
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        with file.open("xb") as stream:
            stream.write(files[path])
    _flush(folder)


def _flush(folder: Path) -> None:
    """See the file system of this folder onto the disk: one call instead of one for each file."""
    if hasattr(os, "sync"):
        handle = os.open(folder, os.O_RDONLY)
        try:
            if not _libc_call("syncfs", handle):
                os.sync()
        finally:
            os.close(handle)


def _swap(names: _Names) -> None:
    """Put the new folder in the target's place."""
    if not names.target.exists():
        names.new.rename(names.target)
    elif not _exchange(names.new, names.target):
        names.target.rename(names.old)
        try:
            names.new.rename(names.target)
        except OSError:
            names.old.rename(names.target)
            raise
    _flush(names.target.parent)


def _drop_old(names: _Names) -> None:
    if names.target.exists():
        shutil.rmtree(names.old, ignore_errors=True)


AT_FDCWD = -100
RENAME_EXCHANGE = 2  # Linux, renameat2
RENAME_SWAP = 2  # macOS, renamex_np


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False when the system or the file system cannot."""
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux":
        return _libc_call("renameat2", AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE)
    if sys.platform == "darwin":
        return _libc_call("renamex_np", first, second, RENAME_SWAP)
    return False


def _libc_call(name: str, *arguments: object) -> bool:
    """Whether the C library has this function and it succeeded."""
    with suppress(OSError, AttributeError):
        return int(getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments)) == 0
    return False
