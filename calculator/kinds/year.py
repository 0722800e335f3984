"""一年的就医: all visits of a year in one list, each settled with what came before it, and the sums of the year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from calculator.answer import Answer, Part
from calculator.case import Case, read_case
from calculator.errors import InvalidData, Path, Problem, nearest_word, shown
from calculator.estimate import estimate
from calculator.headlines import year_headline
from calculator.kinds.form import Form
from calculator.kinds.settlement import settlement_amounts
from calculator.model import CARE_WORDS, PoolingArea
from calculator.outcomes import Outcome, completed
from calculator.reader import CaseReader
from calculator.settle import edition_of
from calculator.turning import turning_points
from calculator.year import Event, State, Year, event_words, settle_list, sum_name
from calculator.year_state import read_state, state_json

_PERSON = ("scheme", "group", "traits", "numbers", "account_balance", "account_balances")
"""What is said of the person once and holds for every event, unless an event says otherwise."""
_KEYS = (*_PERSON, "events", "opening")
MOST_EVENTS = 400


@dataclass(frozen=True, slots=True)
class YearKind:
    """Stays, visits and prescriptions of a year, settled in order."""

    id: str = "year"
    title: str = "一年的账"
    summary: str = "一年里的住院、门诊、买药一起算：起付线、封顶线接着用，全年医保付多少。"

    def form(self, area: PoolingArea) -> Form | None:  # noqa: ARG002 - every calculator is asked with an area
        """A list of events is not a form; pages ask for one event at a time."""
        return None

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """Every event and every insurance year. Raises InvalidData with the fields named, NotCovered."""
        stated = read_list(area, document)
        once = settle_list(area, stated.events, stated.opening)

        def person(run: Any) -> Outcome:
            run.shared = frozenset({"group", *area.traits, *(f"numbers.{name}" for name in area.numbers)})
            return once(run)

        outcomes, gaps = completed(person)
        if any(choice.continuous for outcome in outcomes for choice in outcome.choices):
            outcomes += turning_points(person, outcomes)
        details: list[Year] = [outcome.details for outcome in outcomes]
        names = _layer_names(area, stated.events[0].case.scheme)
        parts = []
        for year in details[0].years:
            result = estimate(area, [each.years[year] for each in details], gaps)
            parts.append(Part(f"year-{year}", f"{year} 年", result, tuple(settlement_amounts(result, names))))
        for n, event in enumerate(stated.events):
            if n >= stated.replayed:
                result = estimate(area, [each.events[n] for each in details], ())
                amounts = tuple(settlement_amounts(result, _own_names(area, event.case)))
                parts.append(Part(event.id, event_words(event), result, amounts))
        closing = {"state": state_json(details[0].closing)} if len(details) == 1 and not gaps else stated.replay
        return Answer(self.id, self.title, year_headline(parts), tuple(parts), closing=closing)


@dataclass(frozen=True, slots=True)
class StatedList:
    """The list as read: its events in the order of settlement, and what an earlier call has left."""

    events: tuple[Event, ...]
    opening: State | None
    replayed: int
    """How many of the events an earlier call has answered already."""
    replay: Mapping[str, Any]
    """What a later call needs to begin where this one ends, when it does not end in one certain state."""


def read_list(area: PoolingArea, document: object) -> StatedList:
    """A list of events. Raises InvalidData with every problem, each with its place in the list."""
    reader = CaseReader(document)
    reader.closed(_KEYS)
    found = reader.document.get("events")
    if not isinstance(found, list | tuple) or not 1 <= len(found) <= MOST_EVENTS:
        reader.refuse(("events",), f"写的是{shown(found)}，应是 1 到 {MOST_EVENTS} 次就医的列表", "type")
        found = ()
    opening, earlier = _opening(reader)
    person = {key: reader.document[key] for key in _PERSON if key in reader.document}
    events: list[Event] = []
    for n, stated in enumerate((*earlier, *found)):
        place: Path = ("events", n - len(earlier)) if n >= len(earlier) else ("opening", "replay", n)
        events += _events(area, stated, person, place, reader)
    reader.finish()
    ordered = sorted(events, key=lambda event: (event.case.discharged, event.case.admitted))
    _refuse_earlier(area, ordered, opening)
    replayed = sum(1 for event in ordered if event.id.startswith("earlier"))
    return StatedList(tuple(ordered), opening, replayed, {"replay": [*earlier, *found]})


def _opening(reader: CaseReader) -> tuple[State | None, Sequence[Any]]:
    found = reader.document.get("opening")
    if found in ("", None):
        return None, ()
    if isinstance(found, Mapping) and set(found) == {"replay"} and isinstance(found["replay"], list | tuple):
        return None, found["replay"]
    if isinstance(found, Mapping) and set(found) == {"state"}:
        return read_state(found["state"], reader), ()
    reader.refuse(("opening",), "应是上一次结果里的 closing，原样写回来", "type")
    return None, ()


def _refuse_earlier(area: PoolingArea, events: Sequence[Event], opening: State | None) -> None:
    """A later call goes on from where the earlier one ended."""
    if opening is None or opening.day is None:
        return
    for event in events:
        day = event.case.day(edition_of(area, event.case)[0].date_by)
        if day < opening.day:
            message = f"上一次已经算到 {opening.day}，这一次的日期更早；请把两次的就医写在一起算"
            raise InvalidData([Problem(("opening",), message, "date")])


def _events(
    area: PoolingArea, stated: object, person: Mapping[str, Any], place: Path, reader: CaseReader
) -> Iterator[Event]:
    """One event as stated; a stay with parts gives one for each part."""
    if not isinstance(stated, Mapping):
        reader.refuse(place, f"写的是{shown(stated)}，应是一次就医（care、level、date、bill …）", "type")
        return
    care = stated.get("care", "inpatient")
    if not isinstance(care, str) or care not in CARE_WORDS:
        near = nearest_word(str(care), CARE_WORDS)
        options = "、".join(f"{key}（{text}）" for key, text in CARE_WORDS.items())
        reader.refuse((*place, "care"), f"没有{shown(care)}这种就医{near}；可以是 {options}", "word")
        return
    if "scheme" in stated:
        reader.refuse((*place, "scheme"), "险种写在外面，一年里的就医是同一个险种；换了险种，分两张单子算", "key")
        return
    own = {key: value for key, value in stated.items() if key not in ("care", "transfer_from_last", "parts")}
    whole = {**person, **own}
    for key in ("traits", "numbers"):
        if isinstance(person.get(key), Mapping) and isinstance(own.get(key), Mapping):
            whole[key] = {**person[key], **own[key]}
    transferred = stated.get("transfer_from_last", False)
    if not isinstance(transferred, bool):
        reader.refuse((*place, "transfer_from_last"), f"写的是{shown(transferred)}，应是 true 或 false", "type")
    name = f"event-{place[-1]}" if place[0] == "events" else f"earlier-{place[-1]}"
    if "parts" in stated:
        yield from _parts(area, whole, stated["parts"], care, place, reader, name)
        return
    case = _read(area, whole, care, place, reader)
    if case is not None:
        yield Event(name, case, transferred is True)


def _read(area: PoolingArea, document: Mapping[str, Any], care: str, place: Path, reader: CaseReader) -> Case | None:
    try:
        return read_case(document, area, care)
    except InvalidData as wrong:
        for problem in wrong.problems:
            about_person = problem.path[:1] and problem.path[0] in reader.document
            path = problem.path if about_person else (*place, *problem.path)
            reader.refuse(path, problem.message, problem.check)
        return None


def _parts(
    area: PoolingArea, stay: Mapping[str, Any], parts: object, care: str, place: Path, reader: CaseReader, name: str
) -> Iterator[Event]:
    """A stay settled in parts: each ``{until, bill}``, the last one until the day of discharge."""
    dates = CaseReader(stay)
    admitted, discharged = dates.day("admitted"), dates.day("discharged")
    if not admitted or not discharged or "bill" in stay:
        reader.refuse(place, "分段结算的住院要写 admitted、discharged 和 parts，费用写在每一段里", "date")
        return
    if not isinstance(parts, list | tuple) or len(parts) < 2:
        reader.refuse((*place, "parts"), "至少要有两段，每段写 until（到哪一天）和 bill", "type")
        return
    start, previous = admitted, None
    for n, part in enumerate(parts):
        at: Path = (*place, "parts", n)
        until = _until(part, start, discharged, n == len(parts) - 1, at, reader)
        if until is None:
            return
        document = {**stay, "admitted": start.isoformat(), "discharged": until.isoformat(), "bill": part["bill"]}
        case = _read(area, document, care, at, reader)
        if case is not None:
            later = "" if previous is None else _follows(area, previous, start)
            yield Event(name if n == 0 else f"{name}-part-{n + 1}", replace(case, in_parts=True), later_part=later)
        start, previous = until + timedelta(days=1), until


def _until(part: object, start: date, discharged: date, last: bool, at: Path, reader: CaseReader) -> date | None:
    if not isinstance(part, Mapping) or set(part) != {"until", "bill"}:
        reader.refuse(at, "每段写 until（到哪一天）和 bill", "type")
        return None
    until = CaseReader(part).day("until")
    if until is None or until < start or until > discharged or (last and until != discharged):
        end = "要等于出院日" if last else f"应在 {start} 到 {discharged} 之间"
        reader.refuse((*at, "until"), f"写的是{shown(part['until'])}，{end}", "date")
        return None
    return until


def _follows(area: PoolingArea, previous: date, start: date) -> str:
    """Whether a new part begins because a new insurance year does, or because so many days have passed."""
    return "across_years" if area.insurance_year(previous) != area.insurance_year(start) else "periods"


def _layer_names(area: PoolingArea, scheme: str) -> dict[str, str]:
    """What each layer is called in the sums of a year, under whatever edition: an earlier call may have used others."""
    names = {"layer:guarantee": "保底支付"}
    for benefit in area.benefits:
        for layer in (layer for edition in benefit.editions for layer in edition.layers if benefit.scheme == scheme):
            names.setdefault(sum_name(area, scheme, benefit.care, f"layer:{layer.id}"), layer.name)
    return names


def _own_names(area: PoolingArea, case: Case) -> dict[str, str]:
    """What each layer of one event is called."""
    layers = edition_of(area, case)[0].layers
    return {"layer:guarantee": "保底支付", **{f"layer:{layer.id}": layer.name for layer in layers}}
