"""Every broken file in this folder, and the whole of what is said about it.

A file begins with `# 放在 <path>` (where it stands in the miniature tree; case files have none) and one `# 预期 …` for
each problem; the rest, from line 1, is the input.
"""

from pathlib import Path

import pytest

from sitegen.build import prepare
from sitegen.estimate import Policies, estimate_file
from sitegen.load import Tree
from tests.build.tree import AREA, GUIDE, miniature

HERE = Path(__file__).parent
FILES = sorted(path for path in HERE.glob("*/*") if path.suffix in (".yaml", ".md"))
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


def test_the_tree_they_are_put_into_has_no_problems_of_its_own() -> None:
    assert prepare(miniature()).problems == ()


def test_there_are_enough_kinds_of_broken_files() -> None:
    assert len(FILES) >= 150
