"""Every broken file in this folder, and the whole of what is said about it.

A file begins with `# 放在 <path>` (where it stands in the miniature tree; case files have none) and one `# 预期 …` for
each problem; the rest, from line 1, is the input. Files in ``national/`` are right in themselves, but lie outside a
national bound: what is expected of them are warnings.
"""

from pathlib import Path

import pytest

from sitegen.build import prepare
from sitegen.estimate import Policies, estimate_file
from sitegen.load import Tree
from tests.build.tree import AREA, GUIDE, ROOT, miniature

HERE = Path(__file__).parent
FILES = sorted(p for p in HERE.glob("*/*") if p.suffix in (".yaml", ".md") and p.parent.name != "national")
OUTSIDE = sorted((HERE / "national").glob("*.yaml"))
NATIONAL = ("national", "sources")
HOMES = {"policies": AREA, "guides": GUIDE}


def parted(file: Path) -> tuple[str, list[str], str]:
    """Where the input stands in the tree, the problems expected, and the input."""
    lines = file.read_text(encoding="utf-8").split("\n")
    place, expected = "", []
    while lines and lines[0].startswith(("# 放在 ", "# 预期 ")):
        line = lines.pop(0)
        if line.startswith("# 放在 "):
            place = line.removeprefix("# 放在 ")
        else:
            expected.append(line.removeprefix("# 预期 "))
    return place, expected, "\n".join(lines)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_broken_file_is_told_in_full(file: Path) -> None:
    place, expected, text = parted(file)

    if place:
        # A file under another name takes the place of the one it was made from.
        home = HOMES.get(file.parent.name, place)
        problems = prepare(miniature({home: None, place: text})).problems
    else:
        files = {path: content for path, content in miniature().texts.items() if path.startswith("policies/")}
        _, problems = estimate_file(text, "case.yaml", Policies(tree=Tree(root=HERE, texts=files, blobs={})))

    assert expected
    assert [str(problem) for problem in problems] == expected


@pytest.mark.parametrize("file", OUTSIDE, ids=lambda file: file.stem)
def test_a_figure_outside_a_national_bound_is_told_with_the_document(file: Path) -> None:
    place, expected, text = parted(file)
    shared = {f"policies/{name}.yaml": (ROOT / f"policies/{name}.yaml").read_text("utf-8") for name in NATIONAL}

    prepared = prepare(miniature({place: text, **shared}))

    assert [problem for problem in prepared.problems if problem.path == place] == []
    assert [str(warning) for warning in prepared.warnings] == expected


def test_the_tree_they_are_put_into_has_no_problems_of_its_own() -> None:
    assert prepare(miniature()).problems == ()


def test_there_are_enough_kinds_of_broken_files() -> None:
    assert len(FILES) >= 150
