"""What `sitegen new` marked to be filled in and nobody has: 【请填写：…】 is told as that, and as nothing else."""

import re
from collections.abc import Iterable, Iterator

from sitegen.load import Tree
from sitegen.problems import Problem, shorten

_MARK = re.compile(r"【请填写(?:：([^】]*))?】?")
_FOLDERS = ("policies/", "content/")


def unfilled(tree: Tree) -> Iterator[Problem]:
    """One problem a line with a mark."""
    for path, text in tree.texts.items():
        if path.startswith(_FOLDERS) and "【请填写" in text:
            for number, line in enumerate(text.split("\n"), 1):
                if match := _MARK.search(line):
                    hint = shorten(match[1] or "这一处")
                    yield Problem(path=path, line=number, message=f"还没有填写：{hint}", check="unfilled")


def without_echoes(problems: Iterable[Problem], marks: Iterable[Problem]) -> Iterator[Problem]:
    """The problems, but on a line with a mark only the mark: what else is said there is said of the mark."""
    marked = {(mark.path, mark.line) for mark in marks}
    yield from (problem for problem in problems if (problem.path, problem.line) not in marked)
    yield from marks
