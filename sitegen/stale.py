"""What time has overtaken, as a report: files long unchecked, rules that have ended, guides read by an old day.

A report, not a test: nothing turns red because a day passed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from calculator.model import PoolingArea
from calculator.parse import edition_days
from sitegen.areas import Areas
from sitegen.guides import Content, Draft
from sitegen.references import parts_of
from sitegen.world import AreaFile

DAYS = 180
SOON = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """One thing of an area that time has overtaken, or soon will.

    ``kind``: ``unchecked`` long not compared with its sources | ``ahead`` compared on a day that is still to come |
    ``ended`` the last edition has ended | ``ending`` it soon will.
    """

    kind: str
    day: date
    days: int
    """How many days ago, for ``ending`` how many days ahead."""
    part: str = ""
    """Scheme and care, as in references."""


def overdue(area: PoolingArea, today: date, days: int = DAYS) -> Iterator[Overdue]:
    """What of an area time has overtaken, counted for a day."""
    age = (today - area.checked_on).days
    if age < 0 or age > days:
        yield Overdue(kind="ahead" if age < 0 else "unchecked", day=area.checked_on, days=age)
    for part in parts_of(area):
        _, last = edition_days(part.editions[-1], None)
        name = "/".join(part.editions[-1].figures[0].reference.split("/")[:2]) if part.editions[-1].figures else ""
        if last is not None and last < today:
            yield Overdue(kind="ended", day=last, days=(today - last).days, part=name)
        elif last is not None and last < today + timedelta(days=SOON):
            yield Overdue(kind="ending", day=last, days=(last - today).days, part=name)


def report(areas: Areas, content: Content, today: date, days: int = DAYS) -> tuple[str, ...]:
    """One line a finding, `path: what`."""
    lines: list[str] = []
    for entry in areas.files.values():
        if not entry.fictional:
            lines += _area(entry, today, days)
    for draft in content.drafts:
        lines += _guide(draft, areas, today, days)
    return tuple(lines)


def _area(entry: AreaFile, today: date, days: int) -> Iterator[str]:
    for found in overdue(entry.area, today, days):
        yield (
            f"{entry.path}: "
            + {
                "ahead": f"checked_on 是 {found.day}，晚于今天 {today}",
                "unchecked": f"checked_on 是 {found.day}，已有 {found.days} 天没有对照出处",
                "ended": f"{found.part} 的规定到 {found.day} 为止，之后的还没有收录",
                "ending": f"{found.part} 的规定 {found.day} 到期，还有 {found.days} 天",
            }[found.kind]
        )


def _old(path: str, key: str, day: date, today: date, days: int) -> Iterator[str]:
    if day > today:
        yield f"{path}: {key} 是 {day}，晚于今天 {today}"
    elif (today - day).days > days:
        yield f"{path}: {key} 是 {day}，已有 {(today - day).days} 天没有对照出处"


def _guide(draft: Draft, areas: Areas, today: date, days: int) -> Iterator[str]:
    yield from _old(draft.path, "reviewed_on", draft.front.reviewed_on, today, days)
    for area_id, place in sorted(_used(draft)):
        entry = areas.files.get(area_id)
        for part in parts_of(entry.area) if entry else ():
            newest = part.editions[-1]
            named = newest.figures[0].reference.rsplit("/", 1)[0] if newest.figures else ""
            if named == place and draft.front.as_of < newest.since <= today:
                since = newest.since
                yield f"{draft.path}: as_of 是 {draft.front.as_of}，{area_id} 的 {place} 从 {since} 起已有新的一版"


def _used(draft: Draft) -> set[tuple[str, str]]:
    """Area and scheme/care of every figure that the guide refers to."""
    found = set()
    for role in draft.body.roles:
        parts = role.content.split("/")
        if role.name == "value" and len(parts) in (3, 4):
            area = parts[0] if len(parts) == 4 else draft.front.area
            found.add((area, "/".join(parts[-3:-1])))
    return found
