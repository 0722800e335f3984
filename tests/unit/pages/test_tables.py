"""How published tables of any dimensions become rows and columns."""

from collections.abc import Mapping

import pytest

from calculator.model import Amounts, Brackets, Branch, Figure, Segment, Status
from calculator.money import policy_amount, policy_ratio
from sitegen.pages.figures import NoteBook, number_words
from sitegen.pages.tables import lay_out
from sitegen.views import Cell, TableView
from tests.unit.pages.conftest import SMALL, area_file

WORDS = {
    "level": {"tertiary": "三级", "primary": "一级"},
    "group": {"in_service": "在职", "retired": "退休"},
    "filing": {"unfiled": "没备案"},
}


def words(dimension: str) -> Mapping[str, str]:
    return WORDS[dimension]


def percent(text: str) -> Figure:
    return Figure(f"a/{text}", "percent", "exact", (policy_ratio(text),), Status.SECONDARY, ("article",))


def yuan(amount: int) -> Figure:
    return Figure(f"a/{amount}", "yuan", "exact", (policy_amount(amount),), Status.SECONDARY, ("article",))


def laid_out(table: object, field: str = "ratio") -> TableView:
    book = NoteBook(area_file(SMALL).area, "x", "#source-")
    return lay_out("报销比例", table, field, words, book)


def text(cell: Cell) -> str:
    return "；".join(line.before + "".join(f.text for f in line.figures) + line.after for line in cell.lines)


def printed(table: TableView) -> list[list[str]]:
    """The table as lines of words: its head, then titles of groups and rows."""
    lines = [[table.corner, *table.columns]]
    for group in table.groups:
        lines += [[group.title]] if group.title else []
        lines += [
            [text(row.head), *(text(c) if c.span == 1 else f"{text(c)}×{c.span}" for c in row.cells)]
            for row in group.rows
        ]
    return lines


def test_one_dimension_stands_in_rows() -> None:
    table = laid_out(Branch("level", {"primary": percent("90%"), "tertiary": percent("80%")}))

    assert printed(table) == [["医院等级", "报销比例"], ["一级", "90%"], ["三级", "80%"]]


@pytest.mark.parametrize("outer", ["level", "group"])
def test_groups_of_people_become_columns_in_either_order(outer: str) -> None:
    by_level = Branch(
        "level",
        {
            "primary": Branch("group", {"in_service": percent("90%"), "retired": percent("95%")}),
            "tertiary": Branch("group", {"in_service": percent("80%"), "retired": percent("85%")}),
        },
    )
    by_group = Branch(
        "group",
        {
            "in_service": Branch("level", {"primary": percent("90%"), "tertiary": percent("80%")}),
            "retired": Branch("level", {"primary": percent("95%"), "tertiary": percent("85%")}),
        },
    )

    table = laid_out(by_level if outer == "level" else by_group)

    assert printed(table) == [["医院等级", "在职", "退休"], ["一级", "90%", "95%"], ["三级", "80%", "85%"]]


def test_a_figure_for_everybody_spans_the_columns() -> None:
    mixed = Branch(
        "level",
        {
            "primary": percent("90%"),
            "tertiary": Branch("group", {"in_service": percent("80%"), "retired": percent("85%")}),
        },
    )

    assert printed(laid_out(mixed)) == [["医院等级", "在职", "退休"], ["一级", "90%×2"], ["三级", "80%", "85%"]]


def test_a_missing_figure_is_told() -> None:
    sparse = Branch(
        "level",
        {
            "primary": Branch("group", {"in_service": percent("90%")}),
            "tertiary": Branch("group", {"in_service": percent("80%"), "retired": percent("85%")}),
        },
    )

    assert printed(laid_out(sparse))[1] == ["一级", "90%", "没有收录"]


def test_admissions_become_columns_and_unknown_ones_are_told() -> None:
    table = Branch("level", {"primary": Amounts((yuan(300), None)), "tertiary": Amounts((yuan(1000), yuan(500)))})

    assert printed(laid_out(table)) == [
        ["医院等级", "第 1 次", "第 2 次及以后"],
        ["一级", "300 元", "没有收录"],
        ["三级", "1,000 元", "500 元"],
    ]


def test_later_admissions_are_counted_from_the_second() -> None:
    table = Branch("level", {"tertiary": Amounts((yuan(500), yuan(100)))})

    assert printed(laid_out(table, "later"))[0] == ["医院等级", "第 2 次", "第 3 次及以后"]


def segments(*rows: tuple[int | None, object]) -> Brackets:
    word = Figure("", "word", "exact", ("zero",), Status.OFFICIAL, ())
    return Brackets(word, word, "stay", tuple(Segment(yuan(b) if b else None, ratio) for b, ratio in rows))  # type: ignore[arg-type]


def test_segments_are_rows_under_each_level() -> None:
    def ratios(a: str, b: str, c: str, d: str) -> Branch[object]:
        return Branch(
            "level",
            {
                "primary": Branch("group", {"in_service": percent(a), "retired": percent(b)}),
                "tertiary": Branch("group", {"in_service": percent(c), "retired": percent(d)}),
            },
        )

    table = segments((30000, ratios("90%", "95%", "80%", "85%")), (None, ratios("91%", "96%", "81%", "86%")))

    assert printed(laid_out(table)) == [
        ["费用", "在职", "退休"],
        ["一级"],
        ["不超过3 万元", "90%", "95%"],
        ["超过 3 万元", "91%", "96%"],
        ["三级"],
        ["不超过3 万元", "80%", "85%"],
        ["超过 3 万元", "81%", "86%"],
    ]


def test_a_stretch_of_which_nobody_told_us_is_told() -> None:
    known = Branch("group", {"in_service": percent("90%"), "retired": percent("95%")})

    assert printed(laid_out(segments((40000, known), (None, Branch("group", {}))))) == [
        ["费用", "在职", "退休"],
        ["不超过4 万元", "90%", "95%"],
        ["超过 4 万元", "没有收录×2"],
    ]


def test_brackets_with_bounds_of_their_own_stand_under_their_words() -> None:
    table = Branch(
        "group",
        {
            "in_service": segments((1000, percent("50%")), (None, percent("60%"))),
            "retired": segments((2000, percent("55%")), (5000, percent("65%")), (None, percent("75%"))),
        },
    )

    assert printed(laid_out(table)) == [
        ["费用", "报销比例"],
        ["在职"],
        ["不超过1,000 元", "50%"],
        ["超过 1,000 元", "60%"],
        ["退休"],
        ["不超过2,000 元", "55%"],
        ["超过 2,000 元，到5,000 元", "65%"],
        ["超过 5,000 元", "75%"],
    ]


def test_notes_are_shared_by_figures_of_the_same_provenance() -> None:
    book = NoteBook(area_file(SMALL).area, "x", "#source-")
    other = Figure("a/b", "percent", "exact", (policy_ratio("1%"),), Status.SECONDARY, ("article",), "另有说明")

    numbers = [book.view(figure, "ratio").note for figure in (percent("90%"), other, percent("80%"))]

    assert numbers == ["①", "②", "①"]
    assert [note.text for note in book.notes()] == ["", "另有说明"]


@pytest.mark.parametrize(("n", "sign"), [(1, "①"), (20, "⑳"), (21, "〔21〕")])
def test_notes_never_run_out_of_numbers(n: int, sign: str) -> None:
    assert number_words(n) == sign
