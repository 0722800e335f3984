"""The policy data of another time or place: a folder, or a revision that Git knows.

Git is asked through its own program: a library would read the same objects, and whoever works on a pull request has it.
"""

import io
import subprocess
import tarfile
from pathlib import Path

from sitegen.load import TEXT_SUFFIXES, Tree, Unusable, decode, load
from sitegen.problems import Problem

POLICIES = "policies"


class NoSuchRevision(Exception):
    """Neither a folder with policies nor a revision; the message says what was looked for."""


def revision(root: Path, name: str | None) -> Tree:
    """The `policies/` of a folder (a project, or its policies/) or of a revision; None is the project as it is."""
    if name is None:
        return load(root, (POLICIES,))
    folder = Path(name)
    if folder.is_dir():
        return load(folder.resolve().parent if folder.resolve().name == POLICIES else folder, (POLICIES,))
    return _from_git(root, name)


def _from_git(root: Path, name: str) -> Tree:
    if name.startswith("-"):
        raise NoSuchRevision(f"“{name}”不是文件夹，也不是 Git 的版本")
    command = ["git", "-C", str(root), "archive", "--format=tar", name, POLICIES]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        raise NoSuchRevision(f"没有“{name}”这个文件夹；要和 Git 的版本比，先装 git") from None
    if done.returncode:
        raise NoSuchRevision(f"“{name}”不是有 policies/ 的文件夹，也不是这里的 Git 认得的版本")
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None and Path(member.name).suffix in TEXT_SUFFIXES:
                try:
                    texts[member.name] = decode(stream.read(), member.name)
                except Unusable as refused:
                    problems.append(refused.problem)
    return Tree(root=root, texts=dict(sorted(texts.items())), blobs={}, problems=tuple(problems))
