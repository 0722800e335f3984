"""Reading the site's own YAML (front matter, directives, glossary) with the calculator's shapes.

One set of shapes for policies and for guides: the same strictness, the same sentences. Nothing of any one document
belongs here.
"""

from collections.abc import Mapping
from typing import Any

from calculator.errors import Path, shown
from calculator.shape import FAILED, Reading, Schema, Shape
from sitegen.problems import Problem
from sitegen.yamlfile import Document, read_yaml

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"


class Anything(Shape):
    """Any mapping, passed on as it is: what the calculator reads itself."""

    def __init__(self, what: str) -> None:
        self.what = what

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, Mapping):
            return reading.refuse(path, f"写的是{shown(found)}，应是{self.what}", "type")
        return found

    def schema(self) -> Schema:
        return {"type": "object"}


def read_shaped(shape: Shape, document: Document) -> tuple[Any, tuple[Problem, ...]]:
    """What the shape makes of the document, None when it fails; and the problems, with their lines."""
    reading = Reading()
    value = shape.read(document.data, (), reading)
    problems = tuple(document.problem(p.path, p.message, p.check) for p in dict.fromkeys(reading.problems))
    return (None if value is FAILED else value), problems


def read_shaped_text(
    shape: Shape, text: str, path: str, first_line: int = 1
) -> tuple[Any, Document | None, tuple[Problem, ...]]:
    """The same from YAML text; also the document, whose lines later checks need."""
    document, problems = read_yaml(text, path, first_line)
    if document is None:
        return None, None, problems
    value, found = read_shaped(shape, document)
    return value, document, (*problems, *found)
