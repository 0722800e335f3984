"""Files in the right place under the right name: a file nobody reads is a rule nobody applies."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from sitegen.areas import FICTIONAL, REAL, SOURCES
from sitegen.comparisons import COMPARISONS
from sitegen.disputes import DISPUTES
from sitegen.guides import GLOSSARY, GROUPS, GUIDES
from sitegen.material import Material
from sitegen.national import NATIONAL, PREFIX
from sitegen.news import NEWS
from sitegen.problems import Problem
from sitegen.questions import QUESTIONS
from sitegen.redirects import REDIRECTS
from sitegen.schema import SCHEMA, SCHEMA_LINE
from sitegen.search.words import SEARCH
from sitegen.world import AreaFile

_KNOWN = frozenset(
    {SOURCES, NATIONAL, SCHEMA, GLOSSARY, GROUPS, QUESTIONS, DISPUTES, NEWS, COMPARISONS, REDIRECTS, SEARCH}
)
_IMAGES = "content/images/"


def check(material: Material) -> Iterator[Problem]:
    """Stray files, and policy files whose name, folder or first line is not what it should be."""
    for path in (*material.tree.texts, *material.tree.blobs):
        if path.startswith(("policies/", "content/")) and not _belongs(path):
            message = (
                f"放错了地方，不会有人读它：统筹区放在 {REAL} 或 {FICTIONAL}，指南放在 {GUIDES}，图片放在 {_IMAGES}"
            )
            yield Problem(path=path, message=message, check="file-name")
    for entry in material.areas.files.values():
        yield from _area(entry, material)
    for path, text in material.tree.texts.items():
        if path.startswith((REAL, FICTIONAL)) and _belongs(path) and not text.startswith(SCHEMA_LINE + "\n"):
            message = f"第一行要写“{SCHEMA_LINE}”，编辑器靠它提示和检查"
            yield Problem(path=path, line=1, message=message, check="schema-line")


def _belongs(path: str) -> bool:
    if path in _KNOWN:
        return True
    folder, _, name = path.rpartition("/")
    suffix = PurePosixPath(name).suffix
    if f"{folder}/" in (REAL, FICTIONAL):
        return suffix == ".yaml"
    if f"{folder}/" == GUIDES:
        return suffix == ".md"
    return path.startswith(_IMAGES) and suffix not in (".md", ".yaml", ".yml")


def _area(entry: AreaFile, material: Material) -> Iterator[Problem]:
    document = material.areas.documents[entry.path]
    stem = PurePosixPath(entry.path).stem
    if entry.id != stem:
        yield document.problem(("id",), f"id 是“{entry.id}”，应与文件名“{stem}”相同", "file-name")
    if f"{entry.id}/" == PREFIX:
        yield document.problem(("id",), f"“{entry.id}”留给了全国规定，请换一个 id", "file-name")
    if not entry.path.startswith(FICTIONAL if entry.fictional else REAL):
        said, folder = ("写了", FICTIONAL) if entry.fictional else ("没有写", REAL)
        message = f"{said} fictional: true，应放在 {folder}，真实和虚构的地方不能混在一起"
        yield document.problem(("fictional",), message, "fictional")
