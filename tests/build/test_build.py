"""The whole line, on a miniature tree: what is in the site, equal bytes twice, and an old site that stays."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.__main__ import main
from sitegen.build import build, check, pages_of, prepare
from sitegen.problems import Refused
from tests.build.tree import FILES, GUIDE, ROOT, miniature, on_disk


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pyodide and Brotli have tests of their own, and take their time."""
    from sitegen.runtime import Runtime

    engine = Runtime(address="runtime/0123456789ab/", files={"runtime/0123456789ab/manifest.json": b"{}"})
    monkeypatch.setattr("sitegen.runtime.runtime", lambda _root, _texts: engine)
    monkeypatch.setattr("sitegen.compress.precompress", lambda _files, _cache: {})


def built(root: Path) -> dict[str, bytes]:
    return build(root, lambda _step: None)


def test_what_the_site_consists_of(tmp_path: Path) -> None:
    files = built(on_disk(tmp_path))

    pages = {path for path in files if path.endswith(".html")}
    assert pages == {
        "404.html",
        "index.html",
        "areas/index.html",
        "areas/test-city/index.html",
        "calc/filing_comparison/index.html",
        "calc/filing_comparison/test-city/index.html",
        "calc/index.html",
        "calc/inpatient/index.html",
        "calc/inpatient/test-city/index.html",
        "calc/reconciliation/index.html",
        "calc/reconciliation/test-city/index.html",
        "changes/index.html",
        "checklists/index.html",
        "compare/index.html",
        "coverage/index.html",
        "feedback/index.html",
        "design/index.html",
        "glossary/index.html",
        "guides/index.html",
        "guides/zhu-yuan/index.html",
        "method/index.html",
        "offline/index.html",
        "open-data/index.html",
        "search/index.html",
        "sources/index.html",
    }
    assert {path.split("/")[0] for path in files} - pages == {
        "areas",
        "assets",
        "calc",
        "changes",
        "checklists",
        "compare",
        "coverage",
        "coverage.json",
        "data",
        "embed",
        "favicon.ico",
        "feedback",
        "design",
        "glossary",
        "guides",
    } | {
        "manifest.webmanifest",
        "method",
        "offline",
        "open-data",
        "robots.txt",
        "runtime",
        "search",
        "sources",
        "sw.js",
    }
    assert b"\xef\xbb\xbf" not in files["index.html"]


def test_equal_trees_give_equal_bytes(tmp_path: Path) -> None:
    one = built(on_disk(tmp_path / "一"))
    # Other order of writing, other place, other time.
    other = tmp_path / "another place"
    for path in sorted(FILES, reverse=True):
        (other / path).parent.mkdir(parents=True, exist_ok=True)
        (other / path).write_text(FILES[path], encoding="utf-8")
    two = built(on_disk(other))

    assert one == two
    assert list(one) == list(two)


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_neither_hash_seed_nor_time_zone_nor_language_shows(tmp_path: Path, seed: str) -> None:
    script = (
        "import hashlib\n"
        "from sitegen.build import pages_of, prepare\n"
        "from tests.build.tree import miniature\n"
        "made = prepare(miniature())\n"
        "text = repr(sorted(made.files.items())) + repr([page for page in pages_of(made.world)])\n"
        "print(hashlib.sha256(text.encode()).hexdigest())\n"
    )
    digests = set()
    for environment in (
        {"PYTHONHASHSEED": seed, "TZ": "Asia/Shanghai", "LANG": "C"},
        {"PYTHONHASHSEED": "99", "TZ": "UTC"},
    ):
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=True
        )
        digests.add(done.stdout)

    assert len(digests) == 1


def test_the_guide_s_page_says_what_the_calculator_says() -> None:
    pages = {page.path: page.html for page in pages_of(prepare(miniature()).world)}

    html = pages["guides/zhu-yuan/index.html"]
    assert '<td class="num">8,500</td>' in html
    assert '<td class="num">7,650</td>' in html
    assert "医保支付：文章多算了 850 元。" in html
    assert '见<a href="#怎么算">上文</a>和' in html
    assert 'href="../../areas/test-city/"' in html


def test_a_bad_tree_gives_no_site_and_all_its_problems(tmp_path: Path) -> None:
    root = on_disk(tmp_path, {GUIDE: FILES[GUIDE].replace("7650.00", "7650.01").replace("#怎么算", "#怎么办")})

    with pytest.raises(Refused) as error:
        built(root)

    assert [str(problem) for problem in error.value.problems] == [
        f"{GUIDE}:21: expect.fund: 写的是 7,650.01，算出来是 7,650.00 [disagrees]",
        f"{GUIDE}:32: 那一页没有“#怎么办”这个锚点，是不是想写“怎么算” [anchor]",
    ]


def test_check_finds_what_build_finds_without_a_runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise AssertionError("check needs no runtime")

    monkeypatch.setattr("sitegen.runtime.runtime", missing)

    _, problems = check(on_disk(tmp_path), lambda _step: None)

    assert problems == ()


def test_a_failure_leaves_the_old_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = on_disk(tmp_path)
    assert main(["build", "--root", str(root)]) == 0
    before = files_of(root / "site")
    (root / GUIDE).write_text(FILES[GUIDE].replace("7650.00", "1.00"), encoding="utf-8")

    assert main(["build", "--root", str(root)]) == 1

    assert files_of(root / "site") == before
    assert capsys.readouterr().err.endswith("共 1 处问题，涉及 1 个文件。没有生成网站，原来的网站没有动。\n")


def test_missing_runtime_files_are_the_environment_s_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from sitegen.runtime import RuntimeFilesMissing

    def missing(*_: object) -> None:
        raise RuntimeFilesMissing("缺 node_modules/pyodide：请运行 make site。")

    monkeypatch.setattr("sitegen.runtime.runtime", missing)

    assert main(["build", "--root", str(on_disk(tmp_path))]) == 3
    assert capsys.readouterr().err == "缺 node_modules/pyodide：请运行 make site。\n"
    assert not (tmp_path / "site").exists()


def files_of(folder: Path) -> Mapping[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


BUILDER = """
import sys
import sitegen.compress, sitegen.runtime
from sitegen.__main__ import main
engine = sitegen.runtime.Runtime(address="runtime/x/", files={f"runtime/x/{n}": b"x" * 20000 for n in range(300)})
sitegen.runtime.runtime = lambda root, texts: engine
sitegen.compress.precompress = lambda files, cache: {}
print("ready", flush=True)
raise SystemExit(main(["build", "--root", sys.argv[1]]))
"""


def test_kill_in_the_middle_of_a_build_keeps_the_old_site(tmp_path: Path) -> None:
    root = on_disk(tmp_path)
    command = [sys.executable, "-c", BUILDER, str(root)]
    assert subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode == 0
    old = files_of(root / "site")
    (root / GUIDE).write_text(FILES[GUIDE].replace("再乘比例", "然后乘比例"), encoding="utf-8")
    seen = set()
    for step in range(12):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(step * 0.05)
            process.send_signal(signal.SIGKILL)
        now = files_of(root / "site")
        seen.add("old" if now == old else "new")
        if now != old:
            break
    assert subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode == 0

    new = files_of(root / "site")
    assert "old" in seen
    assert new != old
    assert now in (old, new)
    assert sorted(path.name for path in root.iterdir() if path.name.startswith(".site")) == []
