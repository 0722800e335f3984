"""Policy documents: every problem is named with its place, what was found and what was expected."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema
import pytest

from calculator.errors import InvalidData
from calculator.model import Status
from calculator.parse import area_schema, parse_area
from tests.unit.calculator.sample import AREA, Document, area, edition, layer

FIRST = "benefits[0].editions[0]"


def problems(document: object) -> list[str]:
    with pytest.raises(InvalidData) as refused:
        parse_area(document)
    return [f"{p.where}: {p.message} [{p.check}]" for p in refused.value.problems]


def test_every_figure_has_a_reference_a_status_and_sources() -> None:
    figures = parse_area(AREA).benefits[0].editions[0].figures

    assert figures[0].reference == "employee/inpatient/layers.basic.deductible.amount.tertiary[0]"
    assert len({figure.reference for figure in figures}) == len(figures)
    assert all(figure.sources and figure.status is Status.ILLUSTRATIVE for figure in figures)


def test_an_annotation_changes_the_provenance_of_what_lies_below_its_field() -> None:
    document = edition(
        annotations=[{"field": "layers.basic.cap", "status": "illustrative", "sources": ["daily"], "note": "只见报道"}]
    )

    figures = {f.reference.split("/")[-1]: f for f in parse_area(document).benefits[0].editions[0].figures}

    assert figures["layers.basic.cap.amount"].sources == ("daily",)
    assert figures["layers.basic.cap.amount"].note == "只见报道"
    assert figures["layers.large.cap.amount"].sources == ("notice", "daily")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("文字", [": 整个文件写的是“文字”，应是一组键值（id、name、province …） [type]"]),
        (area(pooled_at="town"), ["pooled_at: 写的是“town”，应是 city、province、units、cities 之一 [word]"]),
        (area(checked_on="2026-02-30"), ["checked_on: 没有 2026-02-30 这一天 [date]"]),
        (area(checked_on="2026/02/03"), ["checked_on: 写的是“2026/02/03”，应是日期，例如 2026-01-31 [date]"]),
        (area(fictional="yes"), ["fictional: 写的是“yes”，应是 true 或 false [type]"]),
        (area(levels={"unfiled": "某级"}), ["levels.unfiled: “unfiled”已经另有意思，换一个名字 [words]"]),
        (edition(since=None), [f"{FIRST}: 缺少 from（从哪一天起执行） [missing]"]),
        (edition(until="2025-12-31"), [f"{FIRST}.until: 结束日 2025-12-31 早于开始日 2026-01-01 [edition]"]),
        (edition(sources=["notise"]), [
            f"{FIRST}.sources[0]: 没有“notise”这个出处，是不是想写“notice” [source]"]),
        (edition(status="official"), None),
        (edition(annotations=[{"field": "layers.basic.capp", "status": "illustrative", "sources": ["daily"]}]), [
            f"{FIRST}.annotations[0].field: 这一版里没有“layers.basic.capp”这个字段，是不是想写“layers.basic.cap.amount”"
            " [annotation]"]),
        (layer(ratio="85%"), [f"{FIRST}.layers[0]: 要写 ratio、brackets、lump_sum、true_up 中的一个，而且只写一个 [layer]"]),
        (layer(brackets=None, ratio="850%"), [
            f"{FIRST}.layers[0].ratio: 写的是“850%”，应在 0% 到 100% 之间 [percentage]"]),
        (layer(brackets=None, ratio="85"), [
            f"{FIRST}.layers[0].ratio: 写的是“85”，应是百分比，例如 85% [percentage]"]),
        (layer(brackets=None, ratio={"range": ["20%", "10%"]}), [
            f"{FIRST}.layers[0].ratio.range: 范围要先写低的，再写高的，而且不能相等 [range]"]),
        (layer(brackets=None, ratio={"disputed": [{"value": "20%", "sources": ["daily"]}]}), [
            f"{FIRST}.layers[0].ratio.disputed: 有争议的数字至少要列出两种说法，每种写 value 和 sources [dispute]"]),
        (layer(brackets=None, ratio={"value": "20%", "range": ["10%", "20%"]}), [
            f"{FIRST}.layers[0].ratio: 要写 value、range、disputed 中的一个，而且只写一个 [figure]"]),
        (layer(brackets=None, ratio={"tertiary": "85%", "retired": "90%"}), [
            f"{FIRST}.layers[0].ratio: 同一层表头里混了 人员类别、医院等级，要分成上下两层 [table]"]),
        (layer(cap={"amount": "10万", "of": "fund_payment", "per": "year"}), [
            f"{FIRST}.layers[0].cap.amount: 写的是“10万”，应是金额，例如 1300 或 364.72（不带千分位和“元”） [amount]"]),
        (layer(cap="nothing"), [f"{FIRST}.layers[0].cap: 写的是“nothing”，应是 none、unknown，或一组规则 [word]"]),
        (layer(base="excess"), [
            f"{FIRST}.layers[0].base: 第一层前面没有别的层，不能算“超过封顶线的部分”；应是 eligible [layer]"]),
        (edition(away={"cases": {"unfiled": {"pays": "nothing"}}}), [
            f"{FIRST}.away: 有 2 层，要写 layers，说明异地规则改哪几层：basic、large [layer]"]),
        (edition(away={"layers": ["basic"], "cases": {"unfiled": {"same_as": "referral"}, "referral": {"same_as": "unfiled"}}}), [
            f"{FIRST}.away.cases: same_as 绕回了自己：unfiled [away]",
            f"{FIRST}.away.cases: same_as 绕回了自己：referral [away]"]),
        (edition(away={"layers": ["basic"], "cases": {"unfiled": {"same_as": "referral"}}}), [
            f"{FIRST}.away.cases: same_as 写的是“referral”，但这里没有 referral 的规则 [away]"]),
        (edition(account={"may_pay": ["share", "share"]}), [f"{FIRST}.account.may_pay[1]: “share” 重复了 [duplicate]"]),
        (edition(annotations=[{"field": "layers.basic", "status": "illustrative", "sources": ["daily"]}] * 2), [
            f"{FIRST}.annotations[1].field: “layers.basic” 已经批注过 [duplicate]"]),
        (edition(away={"layers": ["basic"], "cases": {"unfield": {"pays": "nothing"}, "unfiled": {"first_pay": "10%"}}}), [
            f"{FIRST}.away.cases.unfield: 不认识的词“unfield”，是不是想写“unfiled” [key]",
            f"{FIRST}.away.cases.unfiled: first_pay 和 first_pay_when 要一起写 [away]"]),
        (edition(away={"layers": ["basic"], "cases": {"unfiled": {"first_pay": "10%"}}}), [
            f"{FIRST}.away.cases.unfiled: first_pay 和 first_pay_when 要一起写 [away]"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_whole(document: object, expected: list[str] | None) -> None:
    if expected is None:
        assert problems(document)[0] == (
            f"{FIRST}.status: 这一版标为 official；虚构地区的数字都应标为 illustrative [provenance]"
        )
    else:
        assert problems(document) == expected


def test_all_problems_come_at_once() -> None:
    document = layer(brackets=None, ratio="850%", cap="nothing", deductible="maybe")

    assert len(problems(document)) == 3


def test_editions_are_ordered_and_never_overlap() -> None:
    document = copy.deepcopy(AREA)
    older, newer = (copy.deepcopy(AREA["benefits"][0]["editions"][0]) for _ in range(2))
    older |= {"from": "2025-01-01", "until": "2026-03-31"}
    document["benefits"][0]["editions"] = [older, newer]

    assert problems(document) == [
        "benefits[0].editions[1].from: 和上一版重叠：上一版到 2026-03-31，应不晚于 2025-12-31 [edition]"
    ]
    document["benefits"][0]["editions"] = [newer, older]
    assert problems(document) == [
        "benefits[0].editions[1].from: 各版要从旧到新排列：2025-01-01 不晚于上一版的 2026-01-01 [edition]"
    ]


def test_an_official_figure_needs_an_official_source() -> None:
    document = area(fictional=False)
    document["benefits"][0]["editions"][0] |= {"status": "official", "sources": ["daily"]}
    document["sources"] = {"daily": document["sources"]["daily"]}

    assert problems(document)[0] == f"{FIRST}.status: 这一版标为 official，却没有官方出处 [provenance]"


def test_a_real_area_has_no_invented_figures() -> None:
    assert problems(area(fictional=False))[0] == (
        f"{FIRST}.status: 这一版标为 illustrative；真实地区不能有虚构的数字 [provenance]"
    )


@pytest.mark.parametrize("document", [AREA])
def test_the_json_schema_accepts_what_the_parser_accepts(document: Document) -> None:
    jsonschema.validate(json.loads(json.dumps(document)), area_schema())


@pytest.mark.parametrize(
    "broken",
    [
        {"id": "X"},
        {"unknown_key": 1},
        {"checked_on": "soon"},
        {"benefits": [{"scheme": "employee", "care": "inpatient", "editions": [{"from": "2026-01-01"}]}]},
    ],
)
def test_the_json_schema_refuses_what_the_parser_refuses(broken: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(AREA | broken, area_schema())
