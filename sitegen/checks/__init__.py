"""Checks of the whole input, one a module: `check(material)` gives problems and never raises for bad input.

A check looks at what several files decide together, or at what the readers take in without complaint. It takes
what could be read and passes over the rest, whose problems are known already.
"""

from collections.abc import Callable, Iterator

from sitegen.checks import (
    answer_first,
    bare_figures,
    comparisons,
    disputes,
    emphasis,
    front_matter,
    glossary,
    links,
    national,
    places,
    questions,
    redirects,
    sources,
)
from sitegen.material import Material
from sitegen.problems import Problem

ALL: tuple[Callable[[Material], Iterator[Problem]], ...] = (
    bare_figures.check,
    comparisons.check,
    disputes.check,
    emphasis.check,
    front_matter.check,
    glossary.check,
    links.check,
    places.check,
    questions.check,
    redirects.check,
    sources.check,
)


def check_all(material: Material) -> tuple[Problem, ...]:
    """The findings of every check."""
    return tuple(problem for check in ALL for problem in check(material))


def warn(material: Material) -> Iterator[Problem]:
    """What is worth a look (提醒): nothing is refused for it."""
    yield from national.warnings(material)
    yield from answer_first.warnings(material)
