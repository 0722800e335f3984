"""A calculator's description of its inputs → the view of its form. Nothing here knows a particular calculator."""

import json
from collections.abc import Mapping

from calculator.kinds.form import UNKNOWN_LABEL, Choice, Field, Form
from sitegen.pages.frame import WORKER
from sitegen.pages.links import Place
from sitegen.views import ChoiceView, FieldView, FormView
from sitegen.world import AreaFile, World

UNKNOWN = "unknown"
CURVED = ("inpatient", "outpatient", "chronic")
"""Calculators whose answer comes with the curve of who pays as the bill grows."""
_MOST_ROWS = 9
"""More choices than this fold into a list to pick from."""
_SHORT = 8
"""Characters that fit beside another choice on a phone."""
_KEYBOARDS = {"amount": "decimal", "number": "decimal", "percent": "decimal", "integer": "numeric"}


def form_view(
    form: Form,
    kind: str,
    entry: AreaFile,
    here: Place,
    world: World,
    defaults: Mapping[str, str] = {},
    prefix: str = "f",
) -> FormView:
    """The form of one calculator for one place; ``prefix`` keeps the ids of several forms on a page apart."""
    fields, more = fields_view(form, defaults, prefix)
    return FormView(
        id=f"{prefix}-form",
        kind=kind,
        area=entry.id,
        area_name=entry.area.name,
        area_url=here.to(world.area_data[entry.id]),
        runtime=here.to(world.runtime),
        worker=here.to(world.assets[WORKER]),
        fields=fields,
        more=more,
        curve=kind in CURVED,
    )


def fields_view(
    form: Form, defaults: Mapping[str, str] = {}, prefix: str = "f"
) -> tuple[tuple[FieldView, ...], tuple[FieldView, ...]]:
    """The questions of a form, and those few people need."""
    fields = {field.name: field for field in form.fields}
    views = [(field, _field(field, fields, defaults.get(field.name, field.default), prefix)) for field in form.fields]
    return (
        tuple(view for field, view in views if not field.advanced),
        tuple(view for field, view in views if field.advanced),
    )


def _field(field: Field, fields: Mapping[str, Field], value: str, prefix: str) -> FieldView:
    own = f"{prefix}-{field.name.replace('.', '-')}"
    choices = [_choice(choice, f"{own}-{n}", value) for n, choice in enumerate(field.choices, start=1)]
    is_choice = field.type == "choice"
    unknown = None
    if field.may_be_unknown:
        box = ChoiceView(
            id=f"{own}-unknown", value=UNKNOWN, label=UNKNOWN_LABEL, checked=value == UNKNOWN, unknown=True
        )
        choices, unknown = ([*choices, box], None) if is_choice else (choices, box)
    shape = ("select" if len(choices) > _MOST_ROWS else "radios") if is_choice else field.type
    return FieldView(
        id=own,
        name=field.name,
        label=field.label,
        type=shape if shape in ("select", "radios", "date") else "text",
        help=field.help,
        unit=field.unit,
        optional=not field.required and not field.default,
        value="" if is_choice or value in (UNKNOWN, "today") else value,
        today=value == "today",
        inputmode=_KEYBOARDS.get(field.type, "text"),
        choices=tuple(choices),
        short=all(len(choice.label) <= _SHORT for choice in choices),
        unknown=unknown,
        when=_json(field.when),
        condition=_in_words(field.when, fields),
    )


def _choice(choice: Choice, own: str, value: str) -> ChoiceView:
    return ChoiceView(
        id=own, value=choice.value, label=choice.label, checked=choice.value == value, when=_json(choice.when)
    )


def _json(when: Mapping[str, tuple[str, ...]]) -> str:
    return json.dumps(when, ensure_ascii=False, separators=(",", ":")) if when else ""


def _in_words(when: Mapping[str, tuple[str, ...]], fields: Mapping[str, Field]) -> str:
    """「参加的是哪种医保：职工医保」, for readers who see every question at once."""
    parts = []
    for name, values in when.items():
        if name in fields:
            names = {choice.value: choice.label for choice in fields[name].choices} | {UNKNOWN: UNKNOWN_LABEL}
            parts.append(f"{fields[name].label}：{'、'.join(names.get(value, value) for value in values)}")
    return "；".join(parts)
