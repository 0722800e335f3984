"""The state a list of events ends in → JSON and back, so that a later call can go on from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from calculator.history import NOTHING_USED, Entry, Used
from calculator.reader import CaseReader
from calculator.year import State, Stay

_USED = tuple(field.name for field in fields(Used))


def state_json(state: State) -> dict[str, Any]:
    """The whole state as text and numbers."""
    stay = state.stay
    return {
        "year": state.year,
        "settled": state.settled,
        "day": state.day.isoformat() if state.day else None,
        "entries": [
            {
                "name": entry.name,
                "day": entry.day.isoformat(),
                "level": entry.level,
                "care": entry.care,
                **{name: str(getattr(entry.used, name)) for name in _USED},
            }
            for entry in state.entries
        ],
        "admissions": dict(state.admissions),
        "stay": stay
        and {"discharged": stay.discharged.isoformat(), "level": stay.level, "deductible": str(stay.deductible)},
        "accounts": {pot: str(left) for pot, left in state.accounts.items()},
        "sums": {name: str(amount) for name, amount in state.sums.items()},
        "own": {name: str(amount) for name, amount in state.own.items()},
    }


def read_state(found: object, reader: CaseReader) -> State | None:
    """A state as ``state_json`` wrote it; anything else is a problem of the reader's."""
    try:
        assert isinstance(found, Mapping)
        stay = found["stay"]
        return State(
            year=int(found["year"]),
            settled=int(found["settled"]),
            day=date.fromisoformat(found["day"]) if found["day"] else None,
            entries=tuple(_entry(entry) for entry in found["entries"]),
            admissions={str(care): int(number) for care, number in found["admissions"].items()},
            stay=stay and Stay(date.fromisoformat(stay["discharged"]), str(stay["level"]), Decimal(stay["deductible"])),
            accounts={str(pot): Decimal(left) for pot, left in found["accounts"].items()},
            sums={str(name): Decimal(amount) for name, amount in found["sums"].items()},
            own={str(name): Decimal(amount) for name, amount in found["own"].items()},
        )
    except (AssertionError, AttributeError, InvalidOperation, KeyError, TypeError, ValueError):
        reader.refuse(("opening", "state"), "应是上一次结果里的 closing，原样写回来", "type")
        return None


def _entry(found: Mapping[str, Any]) -> Entry:
    used = Used(**{name: type(getattr(NOTHING_USED, name))(found[name]) for name in _USED})
    return Entry(str(found["name"]), date.fromisoformat(found["day"]), str(found["level"]), used, str(found["care"]))
