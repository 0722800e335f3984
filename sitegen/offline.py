"""The service worker of a build, and the id that its pages, its worker, its data and its runtime share.

While pages are made the id stands as a token in them; it is the hash of everything with the token in it, so equal
sites have equal ids, and any change of any file makes another. Data, scripts and runtime carry hashes in their names;
the worker lists which of these names belong to its build.
"""

import json
from collections.abc import Mapping
from hashlib import sha256

from sitegen.serve import HASHED

TOKEN = "@@build@@"
WORKER = "sw.js"
WORKER_SOURCE = "templates/js/plain/sw.js"
FRAME_SOURCE = "templates/js/plain/frame.js"
OFFLINE = "offline/"
_SHELL = ("", OFFLINE, "calc/", "manifest.webmanifest")
_SHELL_KINDS = (".css", ".js", ".svg")


def with_worker(files: Mapping[str, bytes], source: str) -> dict[str, bytes]:
    """The files of a site with its worker, made from its script, and the build's id in worker and pages."""
    made = {**files, WORKER: _worker(files, source)}
    found = build_id(made).encode()
    return {
        path: content.replace(TOKEN.encode(), found) if path.endswith(".html") or path == WORKER else content
        for path, content in made.items()
    }


def build_id(files: Mapping[str, bytes]) -> str:
    """Twelve digits of the hash of all names and contents."""
    digest = sha256()
    for path in sorted(files):
        digest.update(f"{path}\0{len(files[path])}\0".encode())
        digest.update(files[path])
    return digest.hexdigest()[:12]


def _worker(files: Mapping[str, bytes], source: str) -> bytes:
    hashed = sorted(path for path in files if HASHED.search(f"/{path}"))
    pages = [path for path in _SHELL if path in files or f"{path}index.html" in files]
    areas = {path.split("/")[-1].split(".")[0]: path for path in hashed if path.startswith("data/areas/")}
    site = {
        "build": TOKEN,
        "shell": [*pages, *(p for p in hashed if p.startswith("assets/") and p.endswith(_SHELL_KINDS))],
        "files": hashed,
        "runtime": [path for path in hashed if path.startswith("runtime/")],
        "areas": areas,
        "offline": OFFLINE,
    }
    return f"self.SITE = {json.dumps(site, separators=(',', ':'))};\n{source}".encode()
