"""The tree on disk → `Tree`: every input file by its path, read once, checked for being readable text.

The only module that reads the tree. A file that cannot be used becomes a problem and is left out; what is left
can still be checked, so that one run names everything. CRLF is read as LF, because Git on Windows writes it;
a byte order mark is refused, because it would travel into the JSON and the hashes.
"""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sitegen.problems import Problem

MAX_BYTES = 5_000_000

INPUT_FOLDERS = ("policies", "content", "templates", "calculator")
TEXT_SUFFIXES = frozenset(
    {".yaml", ".yml", ".md", ".html", ".css", ".js", ".mjs", ".json", ".svg", ".txt", ".webmanifest", ".py"}
)
BINARY_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".avif", ".ico", ".woff2"})
# Left by editors, interpreters and file managers; never input.
IGNORED_FOLDERS = frozenset({"__pycache__", "node_modules"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The input of a build. Paths are relative to `root` with forward slashes, in sorted order."""

    root: Path
    texts: Mapping[str, str]
    """Text files, LF line ends."""
    blobs: Mapping[str, bytes]
    """Images and other files that are copied as they are."""
    problems: tuple[Problem, ...] = ()

    def paths(self) -> frozenset[str]:
        """Every file that is there, also those that could not be read."""
        return frozenset((*self.texts, *self.blobs, *(problem.path for problem in self.problems)))

    def under(self, folder: str, suffix: str = "") -> Iterator[tuple[str, str]]:
        """The text files inside this folder (with its closing slash) and below."""
        for path, text in self.texts.items():
            if path.startswith(folder) and path.endswith(suffix):
                yield path, text


class Unusable(Exception):
    """A file that cannot be read as input; carries the problem that says why."""

    def __init__(self, path: str, message: str, check: str, line: int = 0) -> None:
        self.problem = Problem(path=path, line=line, message=message, check=check)
        super().__init__(str(self.problem))


def load(root: Path, folders: tuple[str, ...] = INPUT_FOLDERS) -> Tree:
    """Read the input folders below `root`; a folder that is not there is a problem."""
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    blobs: dict[str, bytes] = {}
    for folder in folders:
        if not (root / folder).is_dir():
            message = "没有这个文件夹，请在项目的根目录运行，或用 --root 指明根目录"
            problems.append(Problem(path=folder, message=message, check="missing-folder"))
            continue
        for path in _files(root / folder, folder, problems):
            try:
                _take(root / path, path, root.resolve(), texts, blobs)
            except Unusable as refused:
                problems.append(refused.problem)
    return Tree(root=root, texts=_sorted(texts), blobs=_sorted(blobs), problems=tuple(problems))


def load_policies(folder: Path, shown: str) -> Tree:
    """Every YAML file of one folder and below, for policy files kept outside the tree; paths begin with `shown`."""
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for path in _files(folder, "", problems):
        if path.endswith((".yaml", ".yml")):
            name = f"{shown.rstrip('/')}/{path}"
            try:
                texts[name] = decode(read_bytes(folder / path, name, folder.resolve()), name)
            except Unusable as refused:
                problems.append(refused.problem)
    return Tree(root=folder, texts=_sorted(texts), blobs={}, problems=tuple(problems))


def load_file(file: Path, shown: str) -> str:
    """The text of one file named on the command line; raises `Unusable`."""
    return decode(read_bytes(file, shown, None), shown)


def _take(file: Path, path: str, home: Path, texts: dict[str, str], blobs: dict[str, bytes]) -> None:
    """Put one file where its kind belongs; raises `Unusable`."""
    suffix = file.suffix
    if suffix in BINARY_SUFFIXES:
        blobs[path] = read_bytes(file, path, home)
    elif suffix in TEXT_SUFFIXES:
        texts[path] = decode(read_bytes(file, path, home), path)
    elif path.startswith(("policies/", "content/")):
        raise Unusable(path, "不认识这种文件，这里只放 .yaml、.md、.svg 和 .png、.jpg、.webp 图片", "file-name")


T = TypeVar("T")


def _sorted(files: dict[str, T]) -> dict[str, T]:
    return {path: files[path] for path in sorted(files)}


def _files(folder: Path, shown: str, problems: list[Problem]) -> Iterator[str]:
    """Paths of the files below a folder, `shown` in front; never follows a link to a folder."""

    def unreadable(error: OSError) -> None:
        problems.append(Problem(path=shown, message=f"读不出来：{reason(error)}", check="unreadable"))

    for at, folders, names in os.walk(folder, onerror=unreadable):
        here = Path(at).relative_to(folder).as_posix()
        prefix = "/".join(part for part in (shown, here) if part not in ("", "."))
        for name in sorted(folders):
            if (Path(at) / name).is_symlink():
                message = "这是指向文件夹的链接，请把文件放进来，不要用链接"
                problems.append(Problem(path=_join(prefix, _printable(name)), message=message, check="symlink"))
        folders[:] = sorted(n for n in folders if n not in IGNORED_FOLDERS and not n.startswith("."))
        for name in sorted(names):
            if name.startswith(".") or name.endswith(("~", ".pyc", ".swp")):
                continue
            if name != _printable(name) or "\\" in name:
                message = "文件名里有不能用的字符，请只用小写英文字母、数字和连字符"
                problems.append(Problem(path=_join(prefix, _printable(name)), message=message, check="file-name"))
                continue
            yield _join(prefix, name)


def _join(prefix: str, name: str) -> str:
    return f"{prefix}/{name}" if prefix else name


def _printable(name: str) -> str:
    """A file name fit for printing: undecodable bytes and control characters replaced."""
    return "".join(c if c.isprintable() and not "\ud800" <= c <= "\udfff" else "�" for c in name)


REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "系统不允许这样做",
    errno.ENOENT: "没有这个文件",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "磁盘是只读的",
    errno.EDQUOT: "磁盘配额用完了",
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: "磁盘出错",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EMFILE: "同时打开的文件太多",
    errno.EFBIG: "文件太大",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese."""
    return REASONS.get(error.errno or 0, errno.errorcode.get(error.errno or 0, "原因不明"))


def read_bytes(file: Path, path: str, home: Path | None) -> bytes:
    """The bytes of a regular file of at most `MAX_BYTES`, inside `home` when given; raises `Unusable`."""
    try:
        about = file.stat()  # before resolve(), which reports a loop of links differently from version to version
        if file.is_symlink() and home is not None and not file.resolve().is_relative_to(home):
            raise Unusable(path, "这是链接，指向了项目以外的文件，请把文件放进来", "symlink")
        if not stat.S_ISREG(about.st_mode):
            kind = "文件夹" if stat.S_ISDIR(about.st_mode) else "设备或管道"
            raise Unusable(path, f"这里要一个普通文件，现在是{kind}", "unreadable")
        if about.st_size > MAX_BYTES:
            size = f"{about.st_size / 1_000_000:.1f} MB"
            raise Unusable(path, f"文件有 {size}，最多 {MAX_BYTES // 1_000_000} MB", "too-big")
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)  # it may have grown since
    except FileNotFoundError:
        gone = "这是链接，指向的文件不存在" if file.is_symlink() else "没有这个文件"
        raise Unusable(path, gone, "unreadable") from None
    except OSError as error:
        raise Unusable(path, f"读不出来：{reason(error)}", "unreadable") from error
    except ValueError as error:  # a NUL in the name
        raise Unusable(path, "读不出来：文件名有误", "unreadable") from error
    if len(data) > MAX_BYTES:
        raise Unusable(path, f"文件最多 {MAX_BYTES // 1_000_000} MB", "too-big")
    return data


def decode(data: bytes, path: str) -> str:
    """The bytes as UTF-8 text with LF line ends; raises `Unusable`, also for a file of nothing but space."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unusable(path, "这是 UTF-16 编码，请另存为 UTF-8", "encoding")
    if data.startswith(b"\xef\xbb\xbf"):
        raise Unusable(path, "文件开头有 BOM（字节顺序标记），请另存为不带 BOM 的 UTF-8", "bom", 1)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        guess = "，看起来是 GBK 编码" if _reads_as_gbk(data) else ""
        line = data.count(b"\n", 0, error.start) + 1
        raise Unusable(path, f"这里的字节不是 UTF-8{guess}，请另存为 UTF-8", "encoding", line) from error
    if not text.strip() and not path.endswith(".py"):
        raise Unusable(path, "文件是空的", "empty")
    return text.replace("\r\n", "\n")


def _reads_as_gbk(data: bytes) -> bool:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= c <= "\u9fff" for c in text)
