"""Values that never change, made cheaply: what a ``dataclass(frozen=True, slots=True)`` is to a type checker.

A frozen dataclass sets every field through ``object.__setattr__``, which takes four times as long as an assignment. So
mypy alone refuses to assign to a record. What is made for every case is a record; the policy model stays frozen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(*, eq: bool = True) -> Callable[[type[T]], type[T]]:
    """A class of values with slots; with ``eq`` compared and hashed by their fields, otherwise each is itself."""
    return dataclass(slots=True, eq=eq, unsafe_hash=eq)
