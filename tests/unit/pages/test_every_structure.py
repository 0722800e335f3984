"""Whatever field of the model a policy sets, the page of its place says something else when it is set otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from calculator import model, programs
from calculator.model import Figure, PoolingArea, Status
from sitegen.pages.figures import NoteBook
from sitegen.pages.policy import edition_view
from sitegen.pages.terms import term_blocks
from tests.unit.pages.conftest import area_file, everything

Path = tuple[str | int, ...]
ROOTS = ("benefits", "contributions", "programs", "traits", "indices", "year_starts", "hospital_grades", "hospitals")
"""What of a place makes tables and facts; its name, its gaps and its rules of service have tests of their own."""
KEYS = {"id", "figures", "unknown", "dimension", "scheme", "care", "sources"}
"""Names of things inside the file; what they name is on the page, or nothing is (``unknown``)."""
OTHERWISE: dict[str, tuple[Any, ...]] = {
    "Amounts.figures": ((),),
    "Away.layers": ((),),
    "Base.kind": ("eligible", "own"),
    "Brackets.axis": ("stay", "year"),
    "Cap.of": ("fund_payment", "eligible_expense", "fund_and_share"),
    "Cap.per": ("year", "month"),
    "CareService.limit_of": ("fund_payment",),
    "Deductible.known": (False, True),
    "FlexibleMode.declared": (True, False),
    "Index.values": ({},),
    "Increment.percent": (None,),
    "LumpSum.when_own_over": (None,),
    "MaternityAddition.each": (False,),
    "PercentOf.of": ("income", "total"),
    "Pot.may_pay": ((), ("share",)),
    "SettledInParts.deductible": ("again", "once"),
    "Trait.bands": ({},),
    "Times.most": (2,),
    "Times.per": ("month",),
    "TransferRule.within_days": (0,),
    "TrueUp.of": ("eligible",),
}
"""Another value of a field that has no default."""


def parts(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every dataclass of a place below a value, with the way there."""
    if is_dataclass(value) and not isinstance(value, Figure):
        yield path, value
        for field in fields(value):
            yield from parts(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from parts(inner, (*path, name))
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from parts(inner, (*path, number))


def put(whole: Any, path: Path, part: Any) -> Any:
    """The whole with another part at the end of the way."""
    if not path:
        return part
    step, rest = path[0], path[1:]
    if is_dataclass(whole):
        return replace(whole, **{str(step): put(getattr(whole, str(step)), rest, part)})  # type: ignore[type-var]
    if isinstance(whole, Mapping):
        return {name: put(inner, rest, part) if name == step else inner for name, inner in whole.items()}
    return tuple(put(inner, rest, part) if number == step else inner for number, inner in enumerate(whole))


def has_figure(value: Any) -> bool:
    """Whether a field holds a figure anywhere."""
    if isinstance(value, Mapping | tuple):
        return any(map(has_figure, value.values() if isinstance(value, Mapping) else value))
    return isinstance(value, Figure) or (
        is_dataclass(value) and any(has_figure(getattr(value, field.name)) for field in fields(value))
    )


def told(area: PoolingArea) -> tuple[object, ...]:
    """Everything the page says of a place's rules."""
    editions = tuple(
        edition_view(area, edition, "x", current=True, source_href="#")
        for part in area.parts
        for edition in part.editions
    )
    return (*editions, *term_blocks(area, NoteBook(area, "x", "#")))


def default(field: Field[Any]) -> tuple[Any, ...]:
    """The field's default, if it has one."""
    if field.default is not MISSING:
        return (field.default,)
    return () if field.default_factory is MISSING else (field.default_factory(),)


def others(owner: str, field: Field[Any], value: Any, known: Mapping[str, list[Any]]) -> Iterator[Any]:
    """Other values the field may have: listed, its default, none, those of its like elsewhere."""
    name = f"{owner}.{field.name}"
    candidates = [*OTHERWISE.get(name, ()), *default(field), *known[name]]
    if isinstance(value, Status):
        candidates += list(Status)
    elif isinstance(value, str):
        candidates.append("另一个名字")
    if isinstance(value, date) or field.name == "until":
        candidates.append(date(2999, 1, 1))
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        candidates.append(value + 1)
    if value is not None and not isinstance(value, str | int | date | Decimal):
        candidates += [None, ()]
    yield from (candidate for candidate in candidates if candidate is not value and candidate != value)


@pytest.fixture(scope="module")
def area() -> PoolingArea:
    return area_file(everything()).area


def test_each_field_of_each_structure_makes_a_difference_on_the_page(area: PoolingArea) -> None:
    said = told(area)
    places = [(path, part) for root in ROOTS for path, part in parts(getattr(area, root), (root,))]
    known: dict[str, list[Any]] = {}
    for _, part in places:
        for field in fields(part):
            known.setdefault(f"{type(part).__name__}.{field.name}", []).append(getattr(part, field.name))
    silent = set(known)
    for path, part in places:
        for field in fields(part):
            name = f"{type(part).__name__}.{field.name}"
            value = getattr(part, field.name)
            if name not in silent or field.name in KEYS or has_figure(value):
                silent.discard(name)  # that every figure is shown has a test of its own
                continue
            for other in others(type(part).__name__, field, value, known):
                try:
                    now = told(put(area, (*path, field.name), other))
                except (TypeError, KeyError, AttributeError, AssertionError, ValueError):
                    continue  # a value that no policy can have
                if now != said:
                    silent.discard(name)
                    break

    assert sorted(silent) == []


def test_the_place_with_everything_has_every_structure(area: PoolingArea) -> None:
    kinds = {
        kind.__name__
        for module in (model, programs)
        for kind in vars(module).values()
        if isinstance(kind, type) and is_dataclass(kind) and kind.__module__.startswith(module.__name__)
    }
    seen = {type(part).__name__ for _, part in parts(area)} | {"Figure"}

    assert kinds - seen == {"Alternative", "Edition"}


def test_the_place_with_everything_sets_every_field(area: PoolingArea) -> None:
    unset: dict[str, bool] = {}
    for root in ROOTS:
        for _, part in parts(getattr(area, root), (root,)):
            for field in fields(part):
                name = f"{type(part).__name__}.{field.name}"
                value = getattr(part, field.name)
                usual = value in ((), None, "", {}) or value in default(field)
                spared = field.name in ("until", "note", "unknown") or not (default(field) or value is None)
                unset[name] = unset.get(name, True) and usual and not spared

    assert [name for name, is_unset in unset.items() if is_unset] == []
