"""Everything the reader's browser runs: Pyodide's files, the calculator's wheel, the worker.

Two folders, each named by a hash of its bytes, so that they may be cached for ever:

- `runtime/<hash>/` with Pyodide as its npm package delivers it, checked against pinned hashes. It changes with
  Pyodide only: a reader who comes back after a change of the calculator does not fetch megabytes again.
- `runtime/<hash>/` with what is ours: the wheel, the lock that names it, the client's modules and `manifest.json`,
  which says where every file lies and how long it is. Pages name this folder.

docs/runtime.md tells which tool makes what, and why.
"""

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flit_core.wheel import make_wheel_in
from pyodide_lock import PyodideLockSpec
from pyodide_lock.utils import add_wheels_to_spec

PYODIDE_VERSION = "0.29.5"
PYODIDE_FOLDER = "node_modules/pyodide"
LOCK = "pyodide-lock.json"
DELIVERED = {
    "pyodide.asm.js": "356c42f69e1695397e9d8670bd3c2e678248cde76e18bdae1731e848537b47d7",
    "pyodide.asm.wasm": "54309a5a2cfd757b1f0fdbc9093c92503f7b341500110329d932487183912718",
    "pyodide.mjs": "510ca14305230018f50c40fb81be673afd68080e70ce7733fcce6600dd6a1714",
    "python_stdlib.zip": "831fd1e535084b972f87c6a35275de3d236efd5166f5e77ce89497710635e73c",
    LOCK: "14d2c2dba101277999e17135e653d8f15389ad1437f53eae213bf0c3cdff723d",
}
"""SHA-256 of the npm package's files that are used."""

CLIENT_FOLDER = "templates/js/app/"
CALCULATOR_FOLDER = "calculator/"

# What Pyodide reads of a lock entry; pyodide-lock's releases differ in the empty fields they add.
ENTRY_FIELDS = (
    *("depends", "file_name", "imports", "install_dir", "name", "package_type", "sha256", "unvendored_tests"),
    "version",
)
EARLIEST_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
REGULAR_FILE = 0o100644 << 16


class RuntimeFilesMissing(Exception):
    """A file the browser needs is not there or not the pinned one; the message is one line for the terminal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheel:
    """A built distribution: its file name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """The files of both folders by path in the site, and the address of ours, with a closing slash."""

    address: str
    files: Mapping[str, bytes]


def runtime(root: Path, texts: Mapping[str, str]) -> Runtime:
    """What the browser needs, from Pyodide below `root` and the calculator and client modules among `texts`.

    `texts` maps paths such as `calculator/money.py` and `templates/js/app/worker.js` to their text.
    Raises RuntimeFilesMissing.
    """
    delivered = pyodide_files(root)
    wheel = calculator_wheel(project_text(root), texts)
    info = json.loads(delivered.pop(LOCK))["info"]
    pyodide = folder_name(delivered)
    ours = {wheel.name: wheel.content, LOCK: reduced_lock(info, wheel), **client_modules(texts)}
    ours["manifest.json"] = manifest(pyodide, delivered, ours)
    address = folder_name(ours)
    files = {pyodide + name: content for name, content in delivered.items()}
    return Runtime(address=address, files=files | {address + name: content for name, content in ours.items()})


def pyodide_files(root: Path) -> dict[str, bytes]:
    """The files of the npm package that are used, by name; raises RuntimeFilesMissing."""
    files = {}
    for name, pinned in DELIVERED.items():
        path = f"{PYODIDE_FOLDER}/{name}"
        try:
            content = (root / path).read_bytes()
        except OSError:
            raise RuntimeFilesMissing(f"缺 {path}：请运行 make site，它会装好 Pyodide {PYODIDE_VERSION}。") from None
        if hashlib.sha256(content).hexdigest() != pinned:
            raise RuntimeFilesMissing(
                f"{path} 与钉住的校验值不符，不是 Pyodide {PYODIDE_VERSION} 的原文件："
                "请删去 node_modules 后再运行 make site。"
            )
        files[name] = content
    return files


def project_text(root: Path) -> str:
    """The text of pyproject.toml, which names the wheel; raises RuntimeFilesMissing."""
    try:
        return (root / "pyproject.toml").read_text(encoding="utf-8")
    except OSError:
        raise RuntimeFilesMissing("缺 pyproject.toml：请在项目的根目录运行，或用 --root 指明根目录。") from None


def calculator_wheel(project: str, texts: Mapping[str, str]) -> Wheel:
    """The calculator as a wheel made by flit_core, the same bytes from every Python, zlib and machine.

    `project` is the text of pyproject.toml. flit_core deflates, and zlibs differ in what they make of the same
    bytes, so the archive is written again without compression; HTTP compresses it better anyway.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source")
        for path, text in texts.items():
            if path.startswith(CALCULATOR_FOLDER) and path.endswith(".py"):
                _write(source / path, text)
        _write(source / "pyproject.toml", project)
        built = Path(make_wheel_in(source / "pyproject.toml", Path(folder)).file)
        return Wheel(name=built.name, content=stored(built.read_bytes()))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def stored(archive: bytes) -> bytes:
    """The same zip archive without compression, times and permissions, members in the same order."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, EARLIEST_ZIP_TIME)
            member.create_system = 3  # Unix, also when built elsewhere
            member.external_attr = REGULAR_FILE
            new.writestr(member, old.read(name))
    return target.getvalue()


def reduced_lock(info: dict[str, str], wheel: Wheel) -> bytes:
    """Pyodide's lock with the calculator as its only package; `info` is that of the delivered lock.

    pyodide-lock makes the entry: it refuses a wheel that Pyodide's Python cannot load and a dependency that is not
    there, and gives the hash by which the browser checks the file.
    """
    with tempfile.TemporaryDirectory() as folder:
        path, bare, full = (Path(folder, name) for name in (wheel.name, "bare.json", "full.json"))
        path.write_bytes(wheel.content)
        # pyodide-lock 0.1 insists on info.version, which newer locks do not have.
        bare.write_text(json.dumps({"info": {"version": PYODIDE_VERSION, **info}, "packages": {}}), encoding="utf-8")
        add_wheels_to_spec(PyodideLockSpec.from_json(bare), [path]).to_json(full)
        packages = json.loads(full.read_text(encoding="utf-8"))["packages"]
    entries = {name: {field: entry[field] for field in ENTRY_FIELDS} for name, entry in packages.items()}
    return as_json({"info": info, "packages": entries})


def client_modules(texts: Mapping[str, str]) -> dict[str, bytes]:
    """The client's modules by file name; they import each other by these names, so they are not renamed."""
    names = {path.removeprefix(CLIENT_FOLDER): text for path, text in texts.items() if path.startswith(CLIENT_FOLDER)}
    return {name: text.encode() for name, text in names.items() if name.endswith(".js")}


def manifest(pyodide: str, delivered: Mapping[str, bytes], ours: Mapping[str, bytes]) -> bytes:
    """What the worker fetches, as JSON: each file's address relative to our folder and its length in bytes."""
    files = {name: {"url": f"../../{pyodide}{name}", "bytes": len(content)} for name, content in delivered.items()}
    loaded = {name: content for name, content in ours.items() if not name.endswith(".js")}
    files |= {name: {"url": name, "bytes": len(content)} for name, content in loaded.items()}
    return as_json({"pyodide": PYODIDE_VERSION, "files": files})


def folder_name(files: Mapping[str, bytes]) -> str:
    """`runtime/<hash>/`, the hash being that of all names and bytes."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return f"runtime/{digest.hexdigest()[:12]}/"


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
