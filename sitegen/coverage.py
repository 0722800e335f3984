"""收录情况 of every real place: what is collected, how sure it is, what time has overtaken; as rows and as JSON.

What a state means and the sentence about each part are the calculator's (`calculator.coverage`), so that a result and
the page say the same. Builds read no clock: what is overdue is counted for a day that is told beside it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from calculator.coverage import Coverage, State, area_coverage
from calculator.model import PoolingArea, Status
from sitegen.stale import Overdue, overdue
from sitegen.world import AreaFile, World

ADDRESS = "coverage.json"
FORMAT = 1
"""Changes when a reader of the file must change: a key renamed, removed or given another meaning."""
EPOCH = "SOURCE_DATE_EPOCH"
"""The variable that may name the day to count for (https://reproducible-builds.org/specs/source-date-epoch/)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCoverage:
    """One place: every part of it, collected or not, and what is overdue."""

    area: PoolingArea
    rows: tuple[Coverage, ...]
    overdue: tuple[Overdue, ...]


def epoch_day(environment: Mapping[str, str]) -> date | None:
    """The day that the environment names; None when it names none. Raises ValueError when it is no number."""
    text = environment.get(EPOCH, "")
    return datetime.fromtimestamp(int(text), UTC).date() if text else None


def counted_on(world: World) -> date | None:
    """The day for which overdue checks are counted: the one the build was given, else the newest known day."""
    return world.counted_on or max((entry.area.checked_on for entry in world.real_areas()), default=None)


def coverage_of(entries: Iterable[AreaFile], day: date) -> tuple[AreaCoverage, ...]:
    """All places, in the order given."""
    return tuple(
        AreaCoverage(area=e.area, rows=area_coverage(e.area), overdue=tuple(overdue(e.area, day))) for e in entries
    )


def coverage_file(world: World) -> bytes:
    """The same for programs."""
    day = counted_on(world)
    places = coverage_of(world.real_areas(), day) if day else ()
    document = {
        "format": FORMAT,
        "counted_on": day.isoformat() if day else None,
        "states": {state.value: state.words for state in State},
        "statuses": {status.value: status.words for status in Status if status is not Status.ILLUSTRATIVE},
        "areas": [_place(place) for place in places],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _place(place: AreaCoverage) -> dict[str, Any]:
    area = place.area
    return {
        "id": area.id,
        "name": area.name,
        "province": area.province,
        "checked_on": area.checked_on.isoformat(),
        "overdue": [
            {"kind": found.kind, "part": found.part, "day": found.day.isoformat(), "days": found.days}
            for found in place.overdue
        ],
        "parts": [_part(row) for row in place.rows],
    }


def _part(row: Coverage) -> dict[str, Any]:
    return {
        "scheme": row.scheme,
        "part": row.part,
        "care": row.care,
        "name": row.name,
        "state": row.state.value,
        "from": row.since.isoformat() if row.since else None,
        "until": row.until.isoformat() if row.until else None,
        "checked_on": row.checked_on.isoformat(),
        "figures": row.figures,
        "statuses": {s.value: n for s, n in row.statuses.items() if s is not Status.ILLUSTRATIVE},
        "unknown": row.unknown,
        "missing": list(row.missing),
        "sentence": row.sentence,
    }
