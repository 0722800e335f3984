"""The comparison of places: the form, and a page for each comparison that people ask for."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from calculator.answer import Answer
from calculator.compare_slip import compare_html, difference_lines
from calculator.errors import InvalidData, NotCovered
from calculator.explain import bare_interval, bare_less
from calculator.kinds import KINDS, ask
from calculator.kinds.comparison import common_form
from calculator.kinds.form import Choice, Field, Form
from calculator.national import SOURCES as SERVICE_SOURCES
from sitegen.comparisons import Comparison
from sitegen.pages.forms import fields_view
from sitegen.pages.fragment import COMPARE, fragment_of
from sitegen.pages.frame import WORKER, Draft
from sitegen.pages.links import Place
from sitegen.pages.listing import calculator_href
from sitegen.pages.words import date_words
from sitegen.pages.worked import yuan_words_of
from sitegen.views import (
    CompareForm,
    CompareIndex,
    ComparisonPage,
    ExampleTable,
    Link,
    PlaceChoice,
    PlaceGroup,
)
from sitegen.world import AreaFile, World

INDEX = "compare/"
_KIND = "inpatient"
_CRUMBS = (("calc/", "算一算"),)
_TITLE = "同一笔住院费，在不同地方参保，差多少？"
_ROUND = (10_000, 30_000, 50_000, 100_000, 300_000)
_MODES = ("areas", "dates")


def compare_drafts(world: World) -> Iterator[Draft]:
    """The form with the list of comparisons, then one page a comparison."""
    yield _index(world)
    for item in world.comparisons:
        yield _comparison(item, world)


def comparison_links(world: World, here: Place, area: str = "") -> tuple[Link, ...]:
    """The comparisons people ask for; or those of one place."""
    return tuple(
        Link(href=here.to(item.href), text=item.title, note=item.summary)
        for item in world.comparisons
        if not area or area in item.areas
    )


def compare_link(here: Place, area: str = "") -> Link:
    """To the form, with a place already chosen in it."""
    anchor = f"#{fragment_of({'mode': 'areas', 'areas.0': area}, COMPARE)}" if area else ""
    return Link(href=f"{here.to(INDEX)}{anchor}", text="和别的地方比一比", note=KINDS["comparison"].summary)


def _places(world: World) -> tuple[AreaFile, ...]:
    return tuple(entry for entry in world.areas.values() if KINDS[_KIND].form(entry.area) is not None)


def _index(world: World) -> Draft:
    here = Place(f"{INDEX}index.html")
    entries = _places(world)
    return Draft(
        path=here.path,
        title="比一比：换个地方参保，住院差多少？",
        description="选两三个地方，或者一个地方的两个日期，填一次住院的费用，看医保各付多少、差多少元、差在哪一步。",
        template="compare.html",
        view=CompareIndex(
            title=_TITLE,
            form=_form(entries, here, world) if entries else None,
            comparisons=comparison_links(world, here),
            method=Link(href=here.to("method/"), text="怎么算、算不了什么"),
        ),
        crumbs=_CRUMBS,
        scripted=bool(entries),
    )


def _form(entries: tuple[AreaFile, ...], here: Place, world: World) -> CompareForm:
    by_days = {"mode": ("dates",)}
    head = Form((
        Field("mode", "怎么比", "choice", default="areas", required=True,
              choices=(Choice("areas", "比两三个地方"), Choice("dates", "一个地方，比两个日期"))),
        Field("dates.0", "前一个日期", "date", required=True, when=by_days),
        Field("dates.1", "后一个日期", "date", required=True, when=by_days),
    ))  # fmt: skip
    (mode, *days), _ = fields_view(head, prefix="c")
    common = common_form()
    asked = Form(tuple(_only(field) if field.name == "date" else field for field in common.fields))
    fields, more = fields_view(asked, prefix="c")
    groups: dict[str, list[PlaceChoice]] = {}
    for entry in sorted(entries, key=lambda entry: entry.fictional):
        shelf = "虚构的示例" if entry.fictional else entry.area.province
        groups.setdefault(shelf, []).append(PlaceChoice(value=entry.id, name=entry.area.name))
    data = {entry.id: here.to(world.area_data[entry.id]) for entry in entries}
    return CompareForm(
        id="c-form",
        runtime=here.to(world.runtime),
        worker=here.to(world.assets[WORKER]),
        places=_compact(data),
        names=_compact(COMPARE),
        mode=mode,
        days=tuple(days),
        groups=tuple(PlaceGroup(title=title, places=tuple(found)) for title, found in groups.items()),
        fields=fields,
        more=more,
    )


def _only(field: Field) -> Field:
    """The day of the visit is asked where places are compared, not days."""
    return Field(
        field.name, field.label, field.type, help=field.help, required=True, default=field.default,
        when={"mode": ("areas",)},
    )  # fmt: skip


def _compact(value: Mapping[str, str]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _comparison(item: Comparison, world: World) -> Draft:
    here = Place(f"{item.href}index.html")
    entries = [world.areas[name] for name in item.areas]
    answer = ask("comparison", [entry.area for entry in entries], item.document())
    links = {part.id: _sources(part.estimate.area.id, here, world) for part in answer.parts}
    return Draft(
        path=here.path,
        title=item.title,
        description=f"{difference_lines(answer)[0]}{item.summary}",
        template="comparison.html",
        view=ComparisonPage(
            title=item.title,
            summary=item.summary,
            given=tuple(_given(item, entries)),
            html=Markup(compare_html(answer, links, item.title)),
            table=_table(item, entries, answer),
            own=Link(href=f"{here.to(INDEX)}#{fragment_of(_offered(item), COMPARE)}", text="换成您自己的数"),
            places=tuple(
                Link(
                    href=here.to(f"areas/{entry.id}/"),
                    text=f"看{entry.area.name}的全部数字",
                    note=f"核对于 {date_words(entry.area.checked_on)}。",
                )
                for entry in entries
            ),
            calculators=tuple(
                Link(href=here.to(calculator_href(_KIND, entry.id)), text=f"只算{entry.area.name}")
                for entry in entries
                if KINDS[_KIND].form(entry.area) is not None
            ),
            others=tuple(link for link in comparison_links(world, here) if link.text != item.title),
            fictional=any(entry.fictional for entry in entries),
        ),
        crumbs=(*_CRUMBS, (INDEX, "比一比")),
    )


def _sources(area: str, here: Place, world: World) -> dict[str, str]:
    names = dict.fromkeys(
        (*world.areas[area].area.sources, *(name for name in SERVICE_SOURCES if name in world.shared_sources))
    )
    return {name: here.to(world.source(area, name).href) for name in names}


def _answers(item: Comparison) -> dict[str, str]:
    """The case as answers of the form."""
    answers = {"mode": _MODES[bool(item.dates)]}
    answers |= {f"areas.{n}": name for n, name in enumerate(item.areas)}
    answers |= {f"dates.{n}": day.isoformat() for n, day in enumerate(item.dates)}
    return answers | dict(_flat(item.case))


def _offered(item: Comparison) -> dict[str, str]:
    """The answers the form can take: it has no words that one place alone tells apart."""
    choices = {field.name: {choice.value for choice in field.choices} for field in common_form().fields}
    return {name: value for name, value in _answers(item).items() if not choices.get(name) or value in choices[name]}


def _flat(found: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in found.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)


def _given(item: Comparison, entries: list[AreaFile]) -> Iterator[tuple[str, str]]:
    """The case in the words of the form."""
    answers = _answers(item)
    if item.dates:
        yield "参保地", entries[0].area.name
        yield "比哪两个日期", "和 ".join(date_words(day) for day in item.dates)
    groups = {word: text for entry in entries for words in entry.area.groups.values() for word, text in words.items()}
    for field in common_form().fields:
        value = answers.get(field.name)
        if value is None:
            continue
        if field.type == "date":
            yield field.label, date_words(date.fromisoformat(value))
        elif field.type == "amount":
            yield field.label, f"{value} {field.unit}" if not value.isdigit() else yuan_words_of(int(value))
        else:
            labels = groups | {choice.value: choice.label for choice in field.choices}
            yield field.label, f"{labels.get(value, value)} {field.unit}".strip()


def _table(item: Comparison, entries: list[AreaFile], answer: Answer) -> ExampleTable | None:
    """The same case with round bills, when at least two sides can be settled."""
    if len(answer.parts) < 2:
        return None
    sides = [(part.id, part.label) for part in answer.parts]
    rows = []
    for amount in _ROUND:
        document = item.document()
        document["bill"] = {"total": str(amount)}
        try:
            found = ask("comparison", [entry.area for entry in entries], document)
        except (InvalidData, NotCovered):
            continue
        parts = {part.id: part for part in found.parts}
        less = {difference.id: bare_less(difference.less) for difference in found.differences}
        cells = [
            bare_interval(*parts[name].estimate.amounts["fund"]) if name in parts else "没有收录" for name, _ in sides
        ]
        told = [less.get(name, "—") for name, _ in sides[1:]]
        rows.append((yuan_words_of(amount), *cells, *told))
    first = sides[0][1]
    columns = (*(label for _, label in sides), *(f"{label}比{first}" for _, label in sides[1:]))
    return ExampleTable(
        caption="别的费用，医保付多少（元）", corner="总费用", columns=columns, rows=tuple(rows), absent="", mark=None
    )
