"""Forms made from a calculator's description, and the results worked out at build."""

import re

import pytest

from calculator.kinds import KINDS
from calculator.kinds.form import Choice, Field, Form
from sitegen.pages.forms import form_view
from sitegen.pages.groups import GROUPS
from sitegen.pages.links import Place
from sitegen.pages.worked import Examples
from sitegen.world import World
from tests.unit.pages.conftest import SMALL, area_file, everything, seen

PLACE = Place("calc/inpatient/small/index.html")
FORM = Form(
    (
        Field("scheme", "参加哪种医保", "choice", required=True, choices=(Choice("employee", "职工"), Choice("resident", "居民"))),
        Field(
            "group", "人员", "choice", may_be_unknown=True,
            choices=(Choice("a", "甲", {"scheme": ("employee",)}), Choice("b", "乙")), when={"scheme": ("employee",)},
        ),
        Field("date", "日期", "date", required=True, default="today"),
        Field("bill.total", "总费用", "amount", unit="元", required=True, help="例如 5万"),
        Field("bill.first_pay", "先自付", "amount", unit="元", may_be_unknown=True),
        Field("members", "几个人", "integer", default="1", advanced=True),
    )
)  # fmt: skip


def test_a_form_is_its_description(world: World) -> None:
    view = form_view(FORM, "inpatient", world.areas["small"], PLACE, world)

    fields = {field.name: field for field in (*view.fields, *view.more)}
    assert [f.name for f in view.fields] == ["scheme", "group", "date", "bill.total", "bill.first_pay"]
    assert [f.name for f in view.more] == ["members"]
    assert [f.type for f in fields.values()] == ["radios", "radios", "date", "text", "text", "text"]
    assert [c.value for c in fields["group"].choices] == ["a", "b", "unknown"]
    assert fields["group"].when == '{"scheme":["employee"]}'
    assert fields["group"].condition == "参加哪种医保：职工"
    assert fields["group"].choices[0].when == '{"scheme":["employee"]}'
    assert (fields["date"].today, fields["date"].value) == (True, "")
    assert (fields["bill.total"].inputmode, fields["members"].inputmode) == ("decimal", "numeric")
    assert fields["bill.total"].unknown is None
    assert fields["bill.first_pay"].unknown is not None
    assert [f.name for f in fields.values() if f.optional] == ["group", "bill.first_pay"]
    assert view.runtime == "../../../runtime/000000000000/"


def test_defaults_fill_the_form_and_ids_take_the_prefix(world: World) -> None:
    given = {"bill.total": "50000", "scheme": "resident", "bill.first_pay": "unknown"}

    view = form_view(FORM, "inpatient", world.areas["small"], PLACE, world, given, "g")

    fields = {field.name: field for field in view.fields}
    assert fields["bill.total"].value == "50000"
    assert [c.checked for c in fields["scheme"].choices] == [False, True]
    assert fields["bill.first_pay"].unknown
    assert fields["bill.first_pay"].unknown.checked
    assert {field.id for field in view.fields} == {"g-scheme", "g-group", "g-date", "g-bill-total", "g-bill-first_pay"}


@pytest.mark.parametrize(
    "path", ["calc/inpatient/everything/index.html", "calc/resident_contribution/everything/index.html"]
)
def test_every_control_has_a_label_and_no_number_inputs(pages: dict[str, str], path: str) -> None:
    html = pages[path]

    controls = set(re.findall(r'<(?:input|select)[^>]* id="([^"]+)"', html))
    assert controls == set(re.findall(r'<label[^>]* for="([^"]+)"', html))
    assert 'type="number"' not in html
    assert 'class="field-error" id="' in html


def test_a_calculator_page_is_useful_without_scripts(pages: dict[str, str]) -> None:
    html = pages["calc/inpatient/everything/index.html"]

    text = "".join(seen(html).text)
    assert "一步一步怎么算" in text
    assert "医保付多少（元）" in text
    assert "<noscript>" in html
    assert "tel:12393" in html


def test_tables_hold_what_the_calculator_answers() -> None:
    area = area_file(SMALL).area

    (table,) = Examples(KINDS["inpatient"], area).tables()

    assert table.columns == ("三级",)
    assert table.absent == "一级及以下、二级"
    # 50,000: deductible 800 at a tertiary hospital, then 60% of the remaining 49,200.
    assert table.rows[3] == ("5\N{NO-BREAK SPACE}万元", "29,520")
    assert table.mark is not None
    assert table.mark.status == "secondary"


def test_each_scheme_and_group_has_a_table() -> None:
    area = area_file(everything()).area

    captions = [table.caption for table in Examples(KINDS["inpatient"], area).tables()]

    assert captions == ["职工医保，在职：医保付多少（元）", "职工医保，退休：医保付多少（元）"]


def test_a_comparison_has_a_row_for_each_way_of_filing() -> None:
    area = area_file(everything()).area

    table = next(iter(Examples(KINDS["filing_comparison"], area).tables()))

    assert [row[0] for row in table.rows][:2] == ["在参保地看病", "异地，已办长期居住备案"]
    assert len(table.columns) == 3


def test_silence_is_told_with_its_reason() -> None:
    document = everything()
    document["benefits"][0]["editions"][-1]["layers"][0]["brackets"] = {
        "count_from": "zero",
        "columns": ["up_to", "in_service"],
        "rows": [["above", "85%"]],
    }
    document["benefits"][0]["editions"] = document["benefits"][0]["editions"][-1:]

    silence = Examples(KINDS["inpatient"], area_file(document).area).silence()

    assert len(silence) == 1
    assert silence[0].startswith("职工医保，退休：")


def test_a_new_calculator_needs_no_new_page_code(pages: dict[str, str]) -> None:
    forms = [path for path in pages if "data-calculator" in pages[path] and path.startswith("calc/")]

    for path in forms:
        area = area_file(everything() if "everything" in path else SMALL).area
        form = KINDS[path.split("/")[1]].form(area)
        assert form is not None
        shown = re.findall(r'data-field="([^"]+)"', pages[path])
        assert sorted(shown) == sorted(form.names())


def test_every_calculator_stands_in_exactly_one_group() -> None:
    assert sorted(name for _, names in GROUPS for name in names) == sorted(KINDS)
