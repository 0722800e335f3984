"""The service worker of a build and the id that everything of a build shares; expected values by hand."""

import json
from collections.abc import Mapping
from typing import Any

from sitegen.offline import TOKEN, build_id, with_worker

FILES: Mapping[str, bytes] = {
    "index.html": f'<meta name="build" content="{TOKEN}">'.encode(),
    "calc/index.html": b"calc",
    "offline/index.html": b"offline",
    "manifest.webmanifest": b"{}",
    "assets/site.1a2b3c4d.css": b"css",
    "assets/card.1a2b3c4d.png": b"png",
    "data/areas/beijing.1a2b3c4d.json": b"{}",
    "runtime/1a2b3c4d5e6f/form.js": b"js",
    "open-data/all.zip": b"zip",
}


def site(files: Mapping[str, bytes]) -> dict[str, Any]:
    first = with_worker(files, "worker")["sw.js"].decode().split("\n")[0]
    found: dict[str, Any] = json.loads(first.removeprefix("self.SITE = ").removesuffix(";"))
    return found


def test_the_worker_knows_what_is_of_its_build() -> None:
    found = site(FILES)

    assert found["shell"] == ["", "offline/", "calc/", "manifest.webmanifest", "assets/site.1a2b3c4d.css"]
    assert found["files"] == [
        "assets/card.1a2b3c4d.png",
        "assets/site.1a2b3c4d.css",
        "data/areas/beijing.1a2b3c4d.json",
        "runtime/1a2b3c4d5e6f/form.js",
    ]
    assert found["runtime"] == ["runtime/1a2b3c4d5e6f/form.js"]
    assert found["areas"] == {"beijing": "data/areas/beijing.1a2b3c4d.json"}


def test_page_and_worker_share_one_id() -> None:
    made = with_worker(FILES, "worker")
    build = site(FILES)["build"]

    assert made["index.html"].decode() == f'<meta name="build" content="{build}">'
    assert TOKEN.encode() not in made["sw.js"]
    assert len(build) == 12


def test_any_change_of_any_file_makes_another_build() -> None:
    build = site(FILES)["build"]

    assert site(dict(reversed(FILES.items())))["build"] == build
    assert site({**FILES, "open-data/all.zip": b"other"})["build"] != build
    assert site({**FILES, "new.txt": b""})["build"] != build
    assert build_id({"a": b"bc"}) != build_id({"ab": b"c"})
