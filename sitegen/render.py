"""The Jinja environment: a view → HTML. Templates see views by attribute; an unknown name is an error."""

from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sitegen.views import Frame

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The one environment of a run; templates are code and are read from beside it."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render(template: str, frame: Frame, view: Any) -> str:
    """A view in its template: every field of the view is a name there, ``frame`` is what surrounds it."""
    names = {field.name: getattr(view, field.name) for field in fields(view)}
    return environment().get_template(template).render(names, frame=frame)
