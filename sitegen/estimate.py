"""Settle the cases of a file against policy files, for editors who test a new area and for anyone who doubts a figure.

docs/cli.md describes what goes in and what comes out; the JSON carries a format number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from calculator.answer import Answer
from calculator.errors import InvalidData, Path
from calculator.explain import not_covered_text
from calculator.model import PoolingArea
from calculator.parse import parse_area
from calculator.statement import statement
from calculator.trace import to_json
from sitegen.areas import parse_document, read_shared
from sitegen.cases import CaseEntry, Settled, differences, read_cases, settle
from sitegen.load import Tree
from sitegen.problems import Problem, in_order, nearest, shorten
from sitegen.yamlfile import Document, read_yaml

FORMAT = 1
"""Of the JSON; changes when a program that reads it must change."""


NOT_AREAS = ("sources", "national")
"""Files beside the areas that are about something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One case of the file and what became of it."""

    entry: CaseEntry
    path: Path
    settled: Settled
    problems: tuple[Problem, ...]


@dataclass(slots=True, kw_only=True)
class Policies:
    """Policy files found by the id of their area, each read when a case first asks for it."""

    tree: Tree
    problems: list[Problem] = field(default_factory=list)
    _documents: dict[str, Document | None] = field(default_factory=dict)
    _areas: dict[str, PoolingArea | None] = field(default_factory=dict)
    _shared: dict[str, Any] | None = None
    _doubled: set[str] = field(default_factory=set)

    def area(self, area_id: str) -> PoolingArea | None:
        """The area, or None when there is none or its file has problems (which are noted)."""
        if area_id not in self._areas:
            document = self._find(area_id)
            area, found = parse_document(document, self.shared) if document else (None, ())
            self.problems += found
            self._areas[area_id] = area
        return self._areas[area_id]

    def is_there(self, area_id: str) -> bool:
        """Whether some file is about this area, readable or not."""
        return self._find(area_id) is not None or any(stem(path) == area_id for path in self._paths())

    def ids(self) -> list[str]:
        """The names of all policy files."""
        return [stem(path) for path in self._paths()]

    @property
    def shared(self) -> Mapping[str, Any]:
        """The shared sources: `sources.yaml` nearest to the top of the folder."""
        if self._shared is None:
            paths = sorted((p for p in self.tree.texts if stem(p) == "sources"), key=lambda p: (p.count("/"), p))
            documents: dict[str, Document] = {}
            self._shared = read_shared(self.tree, paths[0], documents, self.problems)[0] if paths else {}
        return self._shared

    def _paths(self) -> list[str]:
        return [path for path in self.tree.texts if path.endswith(".yaml") and stem(path) not in NOT_AREAS]

    def _find(self, area_id: str) -> Document | None:
        """The file named like the area; else, for folders with names of their own, the one whose `id` it is."""
        named = [path for path in self._paths() if stem(path) == area_id]
        if len(named) == 1:
            document = self._document(named[0])
            if document is not None and _is_about(document, area_id):
                return document
        found = [d for d in map(self._document, self._paths()) if d is not None and _is_about(d, area_id)]
        if len(found) > 1 and area_id not in self._doubled:
            self._doubled.add(area_id)
            message = f"“{area_id}”在 {found[0].path} 里已经用过"
            self.problems.extend(document.problem(("id",), message, "duplicate") for document in found[1:])
        return found[0] if found else None

    def _document(self, path: str) -> Document | None:
        if path not in self._documents:
            self._documents[path], found = read_yaml(self.tree.texts[path], path)
            self.problems += found
        return self._documents[path]


def _is_about(document: Document, area_id: str) -> bool:
    return isinstance(document.data, dict) and document.data.get("id") == area_id


def stem(path: str) -> str:
    """The name of a file without folder and suffix."""
    return PurePosixPath(path).stem


def estimate_file(text: str, path: str, policies: Policies) -> tuple[tuple[Result, ...], tuple[Problem, ...]]:
    """Every case of a file settled, and every problem: of the file, of the policies used, of the outcomes."""
    document, problems = read_yaml(text, path)
    if document is None:
        return (), problems
    entries, found = read_cases(document)
    results = tuple(_result(entry, place, document, policies) for place, entry in entries)
    told = [problem for result in results for problem in result.problems]
    return results, in_order((*problems, *found, *told, *policies.problems))


def _result(entry: CaseEntry, place: Path, document: Document, policies: Policies) -> Result:
    areas, problems = areas_of(entry, place, document, policies)
    if problems:
        return Result(entry=entry, path=place, settled=Settled(), problems=problems)
    settled = settle(entry.kind, areas, entry.case)
    told = tuple(differences(settled, entry.expect, place, document))
    return Result(entry=entry, path=place, settled=settled, problems=told)


def areas_of(
    entry: CaseEntry, place: Path, document: Document, policies: Policies
) -> tuple[list[PoolingArea], tuple[Problem, ...]]:
    """The area or areas a case names or writes out, with what is wrong with them."""
    if isinstance(entry.area, str | Mapping):
        area, problems = area_of(entry, place, document, policies)
        return [area] if area else [], problems
    areas: list[PoolingArea] = []
    told: list[Problem] = []
    for number, named in enumerate(entry.area):
        area, problems = _area(named, (*place, "area", number), document, policies)
        areas += [area] if area else []
        told += problems
    return areas, tuple(told)


def area_of(
    entry: CaseEntry, place: Path, document: Document, policies: Policies
) -> tuple[PoolingArea | None, tuple[Problem, ...]]:
    """The area a case names or writes out, or None with what is wrong with it."""
    where = (*place, "area")
    if not isinstance(entry.area, str | Mapping):
        return None, (document.problem(where, "这里只能写一个统筹区", "areas"),)
    return _area(entry.area, where, document, policies)


def _area(
    named: str | Mapping[str, Any], where: Path, document: Document, policies: Policies
) -> tuple[PoolingArea | None, tuple[Problem, ...]]:
    if not isinstance(named, str):
        try:
            return parse_area(named, policies.shared), ()
        except InvalidData as error:
            return None, tuple(document.problem((*where, *p.path), p.message, p.check) for p in error.problems)
    area = policies.area(named)
    if area is not None:
        return area, ()
    if policies.is_there(named):
        message = f"“{shorten(named)}”的统筹区文件有问题，没有算"
        return None, (document.problem(where, message, "area"),)
    close = nearest(named, policies.ids())
    return None, (document.problem(where, f"没有“{shorten(named)}”这个统筹区{close}", "area"),)


def as_json(results: tuple[Result, ...], problems: tuple[Problem, ...]) -> dict[str, Any]:
    """What `--json` prints: every result in the order of the file, and all problems."""
    return {
        "format": FORMAT,
        "ok": not problems,
        "results": [_json_of(result) for result in results],
        "problems": [
            {"path": p.path, "line": p.line, "where": p.where, "message": p.message, "check": p.check} for p in problems
        ],
    }


def _id(named: str | Mapping[str, Any]) -> str:
    return named if isinstance(named, str) else str(named.get("id", ""))


def _json_of(result: Result) -> dict[str, Any]:
    entry, settled = result.entry, result.settled
    area: str | list[str]
    area = _id(entry.area) if isinstance(entry.area, str | Mapping) else [_id(named) for named in entry.area]
    head = {"id": entry.id, "title": entry.title, "area": area, "kind": entry.kind}
    if settled.answer is not None:
        return {**head, "ok": True, "agrees": not result.problems, "trace": to_json(settled.answer)}
    if settled.silent is not None:
        silent = settled.silent
        return {
            **head,
            "ok": False,
            "agrees": not result.problems,
            "error": "not_covered",
            "message": not_covered_text(silent),
            "missing": silent.missing,
            "nearest": list(silent.nearest),
        }
    if settled.invalid is None:
        return {**head, "ok": False, "agrees": False, "error": "area"}
    found = settled.invalid.problems
    fields = [{"field": p.where, "message": p.message, "check": p.check} for p in found]
    return {**head, "ok": False, "agrees": not result.problems, "error": "invalid", "problems": fields}


def as_text(results: tuple[Result, ...]) -> str:
    """What is printed for people: each case with its steps."""
    return "\n\n".join("\n".join(_text_of(result)) for result in results)


def _text_of(result: Result) -> Iterator[str]:
    entry, settled = result.entry, result.settled
    title = " ".join(part for part in (entry.id, entry.title) if part)
    if title:
        yield f"【{title}】"
    if settled.silent is not None:
        yield not_covered_text(settled.silent)
    if settled.invalid is not None:
        yield from (f"{problem.where}: {problem.message}" for problem in settled.invalid.problems)
    if settled.answer is not None:
        yield from _answer(settled.answer)
    if settled.answer is None and not settled.silent and not settled.invalid:
        yield "没有算。"
    elif entry.expect is not None:
        yield "和预期不一致。" if result.problems else "和预期一致。"


def _answer(answer: Answer) -> Iterator[str]:
    yield statement(answer)
    yield from (f"  {notice}" for notice in answer.notices)
