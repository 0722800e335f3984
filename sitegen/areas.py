"""Texts of `policies/` → pooling areas, shared sources, and every problem with its line.

What a policy file may say is the calculator's business (`calculator.parse`); here its paths get lines. What only the
folder knows, such as whether the file's name is right, is in `checks`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from calculator.errors import InvalidData
from calculator.model import PoolingArea, Source
from calculator.national import OFFICIAL as NATIONAL_SERVICES
from calculator.parse import parse_area, parse_sources
from sitegen.load import Tree
from sitegen.national import National, read_national
from sitegen.problems import Problem
from sitegen.world import AreaFile, Json, SourceEntry
from sitegen.yamlfile import Document, read_yaml

REAL = "policies/areas/"
FICTIONAL = "policies/illustrative/"
SOURCES = "policies/sources.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """All of `policies/` that could be read."""

    files: Mapping[str, AreaFile] = field(default_factory=dict)
    """By id, sorted."""
    ids: frozenset[str] = frozenset()
    """Of all files that are there, also of those that could not be read."""
    documents: Mapping[str, Document] = field(default_factory=dict)
    """Lines of every file that is YAML, by path."""
    shared: Mapping[str, Json] = field(default_factory=dict)
    """`policies/sources.yaml` as written, without the entries that have problems."""
    shared_sources: Mapping[str, Source] = field(default_factory=dict)
    national: National = field(default_factory=National)
    """The figures of the whole country."""
    complete: bool = True
    """Whether the shared sources could all be read."""


def read_areas(tree: Tree) -> tuple[Areas, tuple[Problem, ...]]:
    """The areas of `policies/`, and what is wrong with them."""
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    shared, shared_sources = read_shared(tree, SOURCES, documents, problems)
    national, found = read_national(tree, shared_sources)
    problems += found
    files: dict[str, AreaFile] = {}
    for path, text in (*tree.under(REAL, ".yaml"), *tree.under(FICTIONAL, ".yaml")):
        entry, found = read_area(text, path, shared, documents)
        problems += found
        if entry is not None:
            twin = files.setdefault(entry.id, entry)
            if twin is not entry:
                message = f"“{entry.id}”在 {twin.path} 里已经用过"
                problems.append(documents[path].problem(("id",), message, "duplicate"))
    areas = Areas(
        files={name: files[name] for name in sorted(files)},
        ids=frozenset(PurePosixPath(p).stem for p in tree.paths() if p.startswith((REAL, FICTIONAL))),
        documents=documents,
        shared=shared,
        shared_sources=shared_sources,
        national=national,
        complete=not any(p.path == SOURCES for p in (*problems, *tree.problems)),
    )
    return areas, tuple(problems)


def read_shared(
    tree: Tree, path: str, documents: dict[str, Document], problems: list[Problem]
) -> tuple[dict[str, Json], dict[str, Source]]:
    """The shared sources, as written and as the calculator reads them; nothing when there is no such file."""
    document, found = read_yaml(tree.texts[path], path) if path in tree.texts else (None, ())
    problems += found
    if document is None:
        return {}, {}
    documents[path] = document
    if not isinstance(document.data, dict):
        problems.append(document.problem((), "应是一组出处，每个写成“编号: {title: …, issuer: …}”", "type"))
        return {}, {}
    good: dict[str, Json] = {}
    sources: dict[str, Source] = {}
    for name, entry in document.data.items():
        # One by one, so that a bad entry does not take the good ones with it.
        try:
            sources |= parse_sources({name: entry})  # type: ignore[dict-item]  # it checks that entries are mappings
            good[name] = entry
        except InvalidData as error:
            problems += [document.problem(p.path, p.message, p.check) for p in error.problems]
    return good, sources


def read_area(
    text: str, path: str, shared: Mapping[str, Json], documents: dict[str, Document]
) -> tuple[AreaFile | None, tuple[Problem, ...]]:
    """One policy file; None when it has problems that keep the calculator from using it."""
    document, problems = read_yaml(text, path)
    if document is None:
        return None, problems
    documents[path] = document
    area, found = parse_document(document, shared)
    if area is None or not isinstance(document.data, dict):
        return None, (*problems, *found)
    entry = AreaFile(id=area.id, path=path, fictional=area.fictional, document=document.data, area=area)
    return entry, problems


def parse_document(document: Document, shared: Mapping[str, Any]) -> tuple[PoolingArea | None, tuple[Problem, ...]]:
    """What the calculator makes of a document, or its problems with their lines."""
    try:
        return parse_area(document.data, shared), ()
    except InvalidData as error:
        return None, tuple(document.problem(p.path, p.message, p.check) for p in error.problems)


def source_entries(areas: Areas) -> tuple[SourceEntry, ...]:
    """Every source of the site, shared ones first; which guides cite them is not known yet."""
    entries = [_shared_entry(areas, source) for source in areas.shared_sources.values()]
    for file in areas.files.values():
        own = file.document.get("sources")
        entries += [_own_entry(areas, file, file.area.sources[name]) for name in (own if isinstance(own, dict) else ())]
    return tuple(entries)


def _shared_entry(areas: Areas, source: Source) -> SourceEntry:
    document = areas.shared[source.id]
    return SourceEntry(
        id=source.id,
        area=None,
        path=SOURCES,
        line=areas.documents[SOURCES].line_of((source.id,)),
        source=source,
        document=document if isinstance(document, dict) else {},
        cited_by_areas=tuple(name for name, file in areas.files.items() if source.id in file.area.sources),
        national=source.id in NATIONAL_SERVICES
        or any(source.id in entry.figure.sources for entry in areas.national.figures.values()),
    )


def _own_entry(areas: Areas, file: AreaFile, source: Source) -> SourceEntry:
    own = file.document["sources"]
    document = own[source.id] if isinstance(own, dict) else None
    return SourceEntry(
        id=source.id,
        area=file.id,
        path=file.path,
        line=areas.documents[file.path].line_of(("sources", source.id)),
        source=source,
        document=document if isinstance(document, dict) else {},
        cited_by_areas=(file.id,),
    )
