"""城市对比: the same case settled by the rules of several areas, or of one area on two days, and what makes the
difference, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from calculator.answer import Answer, Difference, Missing, Part, differing
from calculator.compare import Contrast, Subject, contrast
from calculator.completions import Choice as Assumption
from calculator.errors import InvalidData, NotCovered, Problem
from calculator.headlines import areas_headline
from calculator.kinds.form import Choice, Field, Form
from calculator.kinds.settlement import settled_part, settlement_fields
from calculator.kinds.variants import Variant, variants
from calculator.model import CARE_WORDS, FILING_WORDS, LEVEL_WORDS, SCHEME_WORDS, PoolingArea
from calculator.reader import FIELD_WORDS, UNKNOWN

DATES = "dates"
"""The key of a case that compares two days of one area."""
_RANKS = {"primary": "一", "secondary": "二", "tertiary": "三"}
_FILINGS = ("local", "long_term", "referral", "temporary", "emergency", "unfiled")


class _Side(NamedTuple):
    """One of what is compared."""

    id: str
    label: str
    area: PoolingArea
    document: object


@dataclass(frozen=True, slots=True)
class AreaComparison:
    """One bill, one estimate for each area; an area without the rule is told as such, never as nothing paid."""

    id: str = "comparison"
    title: str = "城市对比"
    summary: str = "同一笔费用，在几个城市参保各报多少，差在哪里。"

    def form(self, area: PoolingArea) -> Form | None:  # noqa: ARG002 - every calculator is asked with an area
        """No page of its own: it is about several areas."""
        return None

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """The comparison of a single area with nothing. Raises InvalidData or NotCovered."""
        return self.compare((area,), document)

    def compare(self, areas: Sequence[PoolingArea], document: object) -> Answer:
        """Settle the case in every area. Raises what the first area raises when none can settle it."""
        care = document.get("care") if isinstance(document, Mapping) else None
        care = care if isinstance(care, str) and care in CARE_WORDS else "inpatient"
        sides = list(_sides(areas, document))
        parts: list[Part] = []
        missing: list[Missing] = []
        notices: dict[str, None] = {}
        possible: dict[str, list[Variant]] = {}
        refused: list[NotCovered | InvalidData] = []
        for side in sides:
            fitted, unasked = _fitted(side.area, side.document, care)
            try:
                possible[side.id] = list(_variants(side.area, fitted, care))
                parts.append(settled_part(side.area, possible[side.id], side.id, side.label))
                if unasked:
                    notices[f"{side.area.name}：{'、'.join(unasked)}没有填，按不知道算。"] = None
            except (NotCovered, InvalidData) as reason:
                refused.append(reason if len(sides) == len(areas) else _of_day(reason, sides.index(side)))
                missing.append(Missing(side.id, side.label, _told(reason)))
        wrong = [reason for reason in refused if isinstance(reason, InvalidData)]
        if not parts or (wrong and len(sides) > len(areas)):
            raise wrong[0] if wrong else refused[0]
        by_id = {side.id: side.area for side in sides}
        differences = tuple(_differences(by_id, possible, parts))
        headline = areas_headline(parts)
        return Answer(
            self.id, self.title, headline, tuple(parts), tuple(missing), tuple(notices), differences=differences
        )


def common_form() -> Form:
    """The questions of a stay that every area asks in the same words; what an area asks besides is not known."""
    away = tuple(word for word in _FILINGS if word != "local")
    return Form((
        Field(
            "scheme", "参加的是哪种医保", "choice", required=True,
            help="单位给交的、自己按灵活就业交的是职工医保；每年交一次几百元的是居民医保。",
            choices=tuple(Choice(word, text) for word, text in SCHEME_WORDS.items()),
        ),
        Field(
            "group", "人员类别", "choice", required=True, may_be_unknown=True, when={"scheme": ("employee",)},
            choices=(Choice("in_service", "在职"), Choice("retired", "退休")),
        ),
        Field(
            "numbers.age", "年龄", "number", unit="岁", may_be_unknown=True,
            help="有的地方按年龄分档。不填就按不知道算，结果可能是一个范围。",
        ),
        Field(
            "level", "医院等级", "choice", required=True, help="医院门口或收费票据上写着。",
            choices=tuple(Choice(word, text) for word, text in LEVEL_WORDS.items()),
        ),
        Field(
            "filing", "在哪里看病，有没有备案", "choice", required=True, default="local",
            help="“参保地”就是您选的那个地方。", choices=tuple(Choice(word, FILING_WORDS[word]) for word in _FILINGS),
        ),
        Field(
            "distance", "看病的地方在省内还是外省", "choice", required=True, may_be_unknown=True,
            choices=(Choice("in_province", "省内其他城市"), Choice("out_of_province", "外省")), when={"filing": away},
        ),
        Field("date", "出院日期", "date", required=True, default="today", help="不同日期可能用不同的标准。"),
        Field(
            "bill.total", "住院总费用", "amount", unit="元", required=True,
            help="收费票据上的“金额合计”，例如 50000 或 5万。",
        ),
        Field(
            "bill.self_funded", "其中全自费的部分", "amount", unit="元",
            help="医保目录外的药品、材料、特需病房等。没有就不填。",
        ),
        Field(
            "bill.first_pay", "其中先自付的部分", "amount", unit="元",
            help="乙类药品和部分检查、材料要先自己付的那部分。没有就不填。",
        ),
        Field(
            "admission", "今年第几次住院", "choice", default="1", advanced=True,
            choices=tuple(Choice(str(n), f"第 {n} 次") for n in range(1, 5)),
        ),
        Field(
            "bill.over_limit", "其中超过限价的部分", "amount", unit="元", advanced=True,
            help="材料、床位等超过医保限价的部分。没有就不填。",
        ),
    ))  # fmt: skip


def day_words(text: str) -> str:
    """「2026 年 3 月 1 日」; a text that is no day stays as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _sides(areas: Sequence[PoolingArea], document: object) -> Iterator[_Side]:
    days = document.get(DATES) if isinstance(document, Mapping) else None
    if not isinstance(document, Mapping) or days is None:
        for area in areas:
            yield _Side(area.id, area.name, area, document)
        return
    if len(areas) != 1 or not isinstance(days, list | tuple) or len(days) != 2 or "date" in document:
        raise InvalidData([Problem((DATES,), "比两个日期，要写一个统筹区、两个日期，不再写 date", DATES)])
    if days[0] == days[1]:
        raise InvalidData([Problem((DATES, "1"), "两个日期一样，比不出什么；请换一个日期", DATES)])
    stated = {name: value for name, value in document.items() if name != DATES}
    for number, day in enumerate(days):
        yield _Side(f"date-{number + 1}", day_words(str(day)), areas[0], {**stated, "date": day})


def _of_day(reason: NotCovered | InvalidData, number: int) -> NotCovered | InvalidData:
    """What is wrong with a day is said at the day's own place."""
    if isinstance(reason, NotCovered):
        return reason
    return InvalidData(
        [
            Problem((DATES, str(number)), problem.message, problem.check) if problem.path == ("date",) else problem
            for problem in reason.problems
        ]
    )


def _fitted(area: PoolingArea, document: object, care: str) -> tuple[object, tuple[str, ...]]:
    """The case as this area asks: without what it does not tell apart, and with the rest of its questions unknown.

    Also the questions that are unknown because nobody asked them.
    """
    if not isinstance(document, Mapping):
        return document, ()
    case: dict[str, Any] = dict(document)
    for part, known in (("numbers", area.numbers), ("traits", area.traits)):
        if isinstance(case.get(part), Mapping):
            case[part] = {name: value for name, value in case[part].items() if name in known}
    groups = area.groups.get(str(case.get("scheme")), {})
    group = str(case.get("group", ""))
    if group not in groups and group in ("in_service", "retired"):
        case["group"] = UNKNOWN if len(groups) > 1 else ""
    unasked = []
    for field in settlement_fields(area, care):
        asked = all(str(_at(case, name)) in words for name, words in field.when.items())
        if field.required and field.may_be_unknown and asked and _at(case, field.name) in ("", None):
            _put(case, field.name)
            unasked.append(field.label)
    return case, tuple(unasked)


def _at(case: Mapping[str, Any], name: str) -> Any:
    first, _, rest = name.partition(".")
    found = case.get(first, "")
    return _at(found, rest) if rest and isinstance(found, Mapping) else "" if rest else found


def _put(case: dict[str, Any], name: str) -> None:
    first, _, rest = name.partition(".")
    if rest:
        inner = dict(case.get(first) or {})
        _put(inner, rest)
        case[first] = inner
    else:
        case[first] = UNKNOWN


def _variants(area: PoolingArea, document: object, care: str) -> Iterator[Variant]:
    """Every case the document may mean here; a rank of hospitals that an area divides may be any of its levels."""
    level = str(document.get("level", "")) if isinstance(document, Mapping) else ""
    if not isinstance(document, Mapping) or level in area.levels or level not in _RANKS:
        yield from variants(document, area, care)
        return
    meant = list(
        dict.fromkeys(to for grade, to in area.hospital_grades.items() if grade.startswith(_RANKS[str(level)]))
    )
    words = tuple(area.levels[name] for name in meant)
    if not meant:
        message = f"{area.name}没有“{LEVEL_WORDS[str(level)]}”这一档，收录的有：{'、'.join(area.levels.values())}。"
        raise NotCovered(message, "level")
    for number, name in enumerate(meant):
        here = Assumption("level", FIELD_WORDS["level"], words, number, None)
        for assumed, case in variants({**document, "level": name}, area, care):
            yield ((here, *assumed) if len(meant) > 1 else assumed), case


def _told(reason: NotCovered | InvalidData) -> str:
    if isinstance(reason, NotCovered):
        return f"未收录。{reason}"
    return f"没有算：{'；'.join(problem.message for problem in reason.problems)}。"


def _differences(
    areas: Mapping[str, PoolingArea], possible: Mapping[str, Sequence[Variant]], parts: Sequence[Part]
) -> Iterator[Difference]:
    """How much less each area pays than the first one that could be settled."""
    first, *others = parts
    for part in others:
        found: list[Contrast] = []
        for assumed, case in possible[first.id]:
            for alike, other in possible[part.id]:
                if [choice.value for choice in assumed if choice.key == "scheme"] != [
                    choice.value for choice in alike if choice.key == "scheme"
                ]:
                    continue
                with suppress(NotCovered):
                    found.append(contrast(Subject(areas[first.id], case), Subject(areas[part.id], other)))
        if found:
            yield differing(part.id, f"“{part.label}”比“{first.label}”", found)


def one_area(title: str) -> InvalidData:
    """The refusal of several areas by a calculator that is about one."""
    return InvalidData([Problem((), f"{title}一次只算一个统筹区；几个统筹区一起比，请用“城市对比”", "areas")])
