"""The exact curve of every case of a file along one of its amounts, for the command `curve` of docs/cli.md."""

from collections.abc import Iterator
from typing import Any

from calculator.along import Curves, curves
from calculator.curve_told import FORMAT, curves_json, curves_lines
from calculator.errors import InvalidData, NotCovered
from calculator.explain import not_covered_text
from sitegen.cases import CaseEntry, read_cases
from sitegen.estimate import Policies, area_of
from sitegen.problems import Problem, in_order
from sitegen.yamlfile import read_yaml

Found = tuple[CaseEntry, Curves]


def curve_file(
    text: str, path: str, policies: Policies, free: str, to: str | None
) -> tuple[list[Found], tuple[Problem, ...]]:
    """Every case of a file along ``free``, and every problem."""
    document, problems = read_yaml(text, path)
    if document is None:
        return [], problems
    entries, told = read_cases(document)
    found: list[Found] = []
    wrong: list[Problem] = []
    for place, entry in entries:
        area, refused = area_of(entry, place, document, policies)
        wrong += refused
        if area is None:
            continue
        case = (*place, "case")
        try:
            found.append((entry, curves(entry.kind, area, entry.case, free, to)))
        except InvalidData as error:
            wrong += [document.problem((*case, *p.path), p.message, p.check) for p in error.problems]
        except NotCovered as silent:
            wrong.append(document.problem(case, not_covered_text(silent), "not_covered"))
    return found, in_order((*problems, *told, *wrong, *policies.problems))


def as_json(found: list[Found], problems: tuple[Problem, ...]) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "format": FORMAT,
        "ok": not problems,
        "results": [{"id": entry.id, "title": entry.title, "curve": curves_json(along)} for entry, along in found],
        "problems": [
            {"path": p.path, "line": p.line, "where": p.where, "message": p.message, "check": p.check} for p in problems
        ],
    }


def as_text(found: list[Found]) -> str:
    """What is printed for people: a line for each piece."""
    return "\n\n".join("\n".join(_lines(entry, along)) for entry, along in found)


def _lines(entry: CaseEntry, along: Curves) -> Iterator[str]:
    title = " ".join(part for part in (entry.id, entry.title) if part)
    if title:
        yield f"【{title}】"
    yield from curves_lines(along)
