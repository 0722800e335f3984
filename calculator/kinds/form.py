"""A calculator's description of its inputs, from which forms, command line and documents are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from calculator.model import Branch, Table

UNKNOWN_LABEL = "不知道"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a choice; offered only while the fields in ``when`` have one of the given values."""

    value: str
    label: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """One question. ``name`` is the dotted path of the value in the case.

    ``type``: ``amount`` 元 | ``number`` in its own ``unit`` (岁, 年, 天) | ``percent`` | ``choice`` | ``date`` |
    ``integer``. A field with ``when`` matters only while each named
    field has one of the given values. ``default`` is filled in for the reader and can be changed; ``today`` stands for
    the day of the visit. ``advanced`` questions are asked after the others, folded.
    """

    name: str
    label: str
    type: str
    help: str = ""
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = False
    default: str = ""
    may_be_unknown: bool = False
    minimum: int | None = None
    maximum: int | None = None
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    advanced: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """All questions of one calculator for one area, in the order in which they are asked."""

    fields: tuple[Field, ...]
    sample: Mapping[str, str] = field(default_factory=dict)
    """Answers that make a telling example, where the page cannot make examples of amounts."""

    def names(self) -> tuple[str, ...]:
        """The fields' dotted names."""
        return tuple(item.name for item in self.fields)


def branches_on(table: Table[object] | None, dimension: str) -> bool:
    """Whether a table tells the words of a dimension apart anywhere."""
    if not isinstance(table, Branch):
        return False
    return table.dimension == dimension or any(branches_on(entry, dimension) for entry in table.entries.values())
