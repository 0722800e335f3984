"""Drawings, their places worked out by hand."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser

from calculator.answer import Amount
from calculator.chart import Bar, Chart, areas_chart, chart_html, coordinate, hatched, payers_chart, ticks, wan
from calculator.curve_chart import curve_chart, typed_bill
from calculator.estimate import Interval
from tests.unit.calculator.test_curve import BASIC, LARGE, along, area

D = Decimal


def exact(amount: int | str) -> Interval:
    return Interval(D(amount), D(amount))


def paths(chart: Chart, kind: str) -> list[str]:
    return re.findall(rf'class="[^"]*\b{kind}\b[^"]*"[^>]* d="([^"]*)"', chart.svg)


def words(chart: Chart) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", chart.svg)


WHOLE = {
    "id": "basic", "name": "统筹基金", "deductible": "none",
    "brackets": {"count_from": "zero", "axis": "stay", "apply": "whole", "columns": ["up_to", "all"],
                 "rows": [[50000, "80%"], ["above", "90%"]]},
    "cap": "none",
}  # fmt: skip


def test_the_curve_stands_where_the_amounts_say() -> None:
    # The bill is 50,000, so it is drawn to 100,000; the most paid there is 51,650 + 40,000 × 0.8 = 83,650, so that
    # upwards it goes to 100,000 as well. A yuan is 240/100,000 across and 188/100,000 up, from (46, 250):
    # 1,000 → 48.4; 30,000 → 118 and 24,650 → 250 − 46.342; 60,000 → 190 and 51,650 → 250 − 97.102;
    # 100,000 → 286 and 83,650 → 250 − 157.262.
    chart = curve_chart(along(area([BASIC, LARGE]), "bill.total"), D(50000))

    assert paths(chart, "plot-line--fund") == ["M46 250L48.4 250L118 203.7L190 152.9L286 92.7"]
    # The person: 1,000 at 1,000, 5,350 at 30,000, 8,350 at 60,000, 16,350 at 100,000.
    assert paths(chart, "plot-line--person") == ["M46 250L48.4 248.1L118 239.9L190 234.3L286 219.3"]
    assert paths(chart, "plot-own") == ["M166 54V250"]
    assert not paths(chart, "plot-leap")
    assert chart.svg.count('class="plot-corner plot-corner--fund"') == 3
    assert 'cx="118" cy="203.7" r="3"' in chart.svg
    assert words(chart) == [
        *("0", "2.5", "5", "7.5", "10"), *("0", "2.5", "5", "7.5", "10"), "付多少（万元）", "总费用（万元）",
        "您这笔", "您自己付", "医保付",
    ]  # fmt: skip


def test_the_curve_in_words_and_in_its_table() -> None:
    # At 50,000 the fund pays 24,650 + 20,000 × 0.9 = 42,650.
    chart = curve_chart(along(area([BASIC, LARGE]), "bill.total"), D(50000))

    assert chart.sentences == (
        "总费用 50,000 元时，医保付 42,650 元，您自己付 7,350 元。",
        "总费用不超过 1,000 元时，医保不付。",
        "总费用超过 110,000 元以后，医保付的不再变，都是 91,650 元。",
        "图画到总费用 10 万元；线转弯的地方，下面的表里都有。金额是取整以前的。",
    )
    assert chart.table.columns == ("总费用（元）", "医保付（元）", "您自己付（元）")
    assert chart.table.rows == (
        ("0", "0", "0"),
        ("1,000", "0", "1,000"),
        ("30,000", "24,650", "5,350"),
        ("50,000", "42,650", "7,350"),
        ("60,000", "51,650", "8,350"),
        ("110,000", "91,650", "18,350"),
    )
    assert chart.table.notes[1:] == (
        "过了起付线，统筹基金开始按 85% 支付。总费用每多 100 元，医保支付多 85 元。",
        "进入下一段，统筹基金按 90% 支付。总费用每多 100 元，医保支付多 90 元。",
        "您这笔。",
        "到了统筹基金的封顶线，大额互助开始按 80% 支付。总费用每多 100 元，医保支付多 80 元。",
        "到了大额互助的封顶线。医保支付都是 91,650 元。",
    )


def test_a_leap_is_a_numbered_dashed_line_and_a_sentence() -> None:
    # 80% of 50,000 is 40,000, and just above it 90% is 45,000. Drawn to twice the first corner, 100,000: 50,000 stands
    # at 46 + 120; upwards 90,000 needs 100,000 as well: 40,000 → 250 − 75.2, 45,000 → 250 − 84.6,
    # 90,000 → 250 − 169.2.
    chart = curve_chart(along(area([WHOLE]), "bill.total"), D(40000))

    assert paths(chart, "plot-leap") == ["M166 174.8V165.4"]
    assert paths(chart, "plot-line--fund") == ["M46 250L166 174.8M166 165.4L286 80.8"]
    assert "台阶 1" in words(chart)
    assert [sentence for sentence in chart.sentences if "台阶" in sentence] == [
        "台阶 1：总费用超过 50,000 元时，医保支付从 40,000 元一下变成 45,000 元：统筹基金改为按 90% 支付。"
    ]


def test_what_is_uncertain_is_a_room_filled_with_lines() -> None:
    ranged = {**BASIC, "brackets": {"count_from": "zero", "columns": ["up_to", "all"],
              "rows": [["above", {"range": ["80%", "90%"]}]]}, "cap": "none"}  # fmt: skip
    chart = curve_chart(along(area([ranged]), "bill.total"), D(50000))

    assert len(paths(chart, "plot-line--fund")) == 2
    (between,) = paths(chart, "plot-between--fund")
    # 52 is 2,500 yuan: (2,500 − 1,000) × 0.8 = 1,200 and × 0.9 = 1,350, of 100,000 on 188: 247.744 and 247.462.
    assert between.startswith("M52 247.7V247.5M58 ")
    assert chart.sentences[0] == (
        "总费用 50,000 元时，医保付 39,200 元到 44,100 元之间，您自己付 5,900 元到 10,800 元之间。"
    )
    assert chart.table.rows[1] == ("1,000", "0", "1,000")
    assert ("50,000", "39,200 到 44,100", "5,900 到 10,800") in chart.table.rows


def test_bars_of_places_print_their_values_and_never_draw_nothing_as_zero() -> None:
    # 358 wide for 50,000: 40,000 is 286.4; from 30,000 (214.8) to 35,000 (250.6).
    chart = areas_chart(
        [
            Bar("甲市", exact(40000), exact(10000)),
            Bar("乙市", Interval(D(30000), D(35000)), Interval(D(15000), D(20000))),
            Bar("丙市"),
        ],
        D(50000),
    )

    assert re.findall(r'class="plot-sure" x="1" y="(\d+)" width="([\d.]+)"', chart.svg) == [
        ("28", "286.4"),
        ("92", "214.8"),
    ]
    (lines,) = paths(chart, "plot-range")
    assert lines.startswith("M218.8 92v22M224.8 92v22")
    assert lines.endswith("M251.6 92v22")
    assert chart.svg.count("plot-nothing") == 1
    assert words(chart) == ["甲市", "医保付 40,000", "乙市", "医保付 30,000 到 35,000", "丙市", "没有收录"]
    assert chart.sentence == (
        "总费用 50,000 元，甲市医保付 40,000 元；乙市医保付 30,000 元到 35,000 元之间；丙市没有收录。"
        "竖线填的一段是可能的范围：最少付到竖线开始的地方，最多付到竖线结束的地方。"
    )
    assert chart.table.rows[2] == ("丙市", "没有收录", "没有收录")


def test_the_payers_are_told_apart_by_pattern_and_have_a_table() -> None:
    amounts = [
        Amount("total", "总费用", exact(1000), "total"),
        Amount("layer:basic", "统筹基金支付", exact(600), "payer"),
        Amount("layer:large", "大额支付", exact(150), "payer"),
        Amount("person", "您自己付", exact(250), "payer"),
    ]
    chart = payers_chart(amounts)

    assert chart is not None
    assert re.findall(r'<rect class="bar-piece bar-piece--(\w+)" x="([\d.]+)" y="0" width="([\d.]+)"', chart.svg) == [
        ("0", "0", "360"),
        ("1", "360", "90"),
        ("own", "450", "150"),
    ]
    assert len(paths(chart, "bar-lines")) == 1
    assert chart.table.rows == (
        ("统筹基金支付", "600", "60%"),
        ("大额支付", "150", "15%"),
        ("您自己付", "250", "25%"),
    )
    assert payers_chart([*amounts[:-1], Amount("person", "您自己付", Interval(D(200), D(250)), "payer")]) is None


class Strict(HTMLParser):
    """Notes what the site's security policy would block, and that every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_startendtag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_figure_is_whole_and_carries_no_style_and_no_id() -> None:
    hostile = areas_chart([Bar("<甲>", exact(1), exact(0)), Bar("乙&")], D(1))
    for chart in (curve_chart(along(area([WHOLE]), "bill.total"), D(40000)), hostile):
        html = chart_html(chart, "curve")
        reader = Strict()
        reader.feed(html)
        reader.close()

        assert reader.open == []
        assert not reader.attributes & {"style", "id", "fill", "stroke"}
        assert 'role="img"' in html
        assert "<title>" in html
        assert "<desc>" in html
        assert "<甲>" not in html


def test_small_parts() -> None:
    assert [coordinate(value) for value in (0, 12, Fraction(165, 4), Fraction(-1, 4))] == ["0", "12", "41.3", "-0.2"]
    assert [wan(tick) for tick in ticks(Fraction(3000))] == ["0", "0.1", "0.2", "0.3"]
    assert hatched(Fraction(0), 5, Fraction(1), 9, 4) == ""
    assert hatched(Fraction(0), 5, Fraction(7), 9, 4) == "M2 5v9M6 5v9"
    assert typed_bill({"bill": {"total": "5万"}}) == D(50000)
    assert [typed_bill(found) for found in (None, {}, {"bill": 3}, {"bill": {"total": "许多"}})] == [None] * 4
