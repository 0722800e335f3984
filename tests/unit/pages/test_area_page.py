"""The page of a place: no figure of its policy is missing from it, whatever the policy looks like."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calculator.model import PoolingArea
from calculator.parse import WITH_EDITIONS
from sitegen.pages.areas import area_drafts
from sitegen.pages.frame import page_of
from sitegen.pages.services import WORDS, service_views
from sitegen.pages.words import FIELD_WORDS
from tests.unit.pages.conftest import SMALL, area_file, everything, seen, world_of

LEVELS = ("primary", "secondary", "tertiary")
GROUPS = ("in_service", "retired")


def page_for(document: dict[str, Any]) -> tuple[PoolingArea, str]:
    world = world_of(document)
    draft = next(draft for draft in area_drafts(world) if draft.path == f"areas/{document['id']}/index.html")
    return world.areas[document["id"]].area, page_of(draft, world).html


def figures_of(area: PoolingArea) -> list[str]:
    return [f.reference for part in area.parts for edition in part.editions for f in edition.figures if f.reference]


def test_every_figure_of_every_structure_is_shown_with_a_note() -> None:
    area, html = page_for(everything())

    page = seen(html)

    shown = {reference for reference, _ in page.figures}
    assert set(figures_of(area)) <= shown
    assert {href[1:] for _, href in page.figures} <= set(page.ids)


def test_no_field_of_the_model_is_without_words() -> None:
    _, html = page_for(everything())

    text = "".join(seen(html).text)
    for name in FIELD_WORDS:
        assert f"\n{name}\n" not in text
    rules = ("marginal", "fund_payment", "half_up", "before_deductible", "eligible", "excess")
    for word in (*rules, "all_but_first", "next_year", "retroactive", "not_counted", "registration", "continuity"):
        assert word not in text


@pytest.mark.parametrize(
    "words",
    [
        "1,000 元",
        "93% 至 94%",
        "97% 或 96%",
        "超过 3 万元，到 4 万元",
        "报销比例降低 5 个百分点",
        "起付线是参保地的 2 倍",
        "报销比例是原比例的 90%",
        "个人先付 20%，减起付线之后扣",
        "医保不支付",
        "从起付线以上数起",
        "没有起付线，从第一元算起",
        "本站没有收录这项规定，不能当作没有",
        "不设封顶线",
        "舍去零头",
        "自己付的没过大病保险的起付线",
        "月平均工资的 9%",
        "通知印的得数是 720 元",
        "和什么共用一道起付线门诊急诊抢救的抢救统筹",
        "缴费不足：报销比例降低，缴费年限每差 1 年1.2 个百分点",
        "个人账户：当年账户先付政策范围内费用，算进起付线",
        "每 91 天结算一次，只在第一段减起付线，后面的段算又一次住院",
        "报销比例、封顶线和门诊急诊抢救的抢救统筹一样",
        "每年 7 月 1 日",
        "三级甲等，算三级，哪种就诊：平常就诊",
        "年轻人、老年人（60 岁起）；由年龄决定",
        "中断不超过 3 个月",
        "中断更久",
        "第 2 次及以后",
        "2026 年 1 月 1 日至 2026 年 12 月 31 日",
        "大病保险还没有收录。",
        "居民医保：住院、门诊慢特病的标准，一个数字都还没有收录。",
    ],
)
def test_rules_are_told_in_plain_words(words: str) -> None:
    _, html = page_for(everything())

    assert words in "".join(seen(html).text)


def test_what_is_as_everywhere_is_not_said() -> None:
    _, html = page_for(SMALL)

    text = "".join(seen(html).text)
    for label in (
        "什么时候结算",
        "以前付过的起付线",
        "取整",
        "换到这一版标准时",
        "次数怎么数",
        "按什么分段",
        "医保年度",
    ):
        assert label not in text


def test_both_sides_of_a_dispute_are_named_with_their_sources() -> None:
    _, html = page_for(everything())

    text = "".join(seen(html).text)
    assert re.search(r"97%：出处 \d", text)
    assert re.search(r"96%：出处 \d", text)
    # The first mention says which document a number stands for, and the list at the end has the same numbers.
    assert re.search(r"出处 \d（新待遇 <标准> & 解读", text)
    assert re.search(r"出处 \d：新待遇 <标准> & 解读", text)
    assert "报道写的是 96%。" in text


def test_older_editions_are_folded_and_the_newest_stands_open() -> None:
    _, html = page_for(everything())

    newest, older = html.index('id="employee-inpatient-2026-01-01"'), html.index('id="employee-inpatient-2024-01-01"')
    assert newest < older
    assert html.rindex("<details", 0, older) > newest


percents = st.integers(0, 100).map(lambda n: f"{n}%")
amounts = st.integers(0, 5_000_000)
SOURCES = ["article"]


def figure(plain: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A figure in each of its forms, always by the shared source."""
    pair = st.lists(plain, min_size=2, max_size=2, unique=True)
    return st.one_of(
        plain,
        plain.map(lambda value: {"value": value, "note": "一句说明"}),
        pair.map(lambda values: {"disputed": [{"value": value, "sources": SOURCES} for value in values]}),
    )


def table(leaf: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A leaf, or branches by level and group in either order, as deep as they go."""
    by = {words: st.lists(st.sampled_from(words), min_size=1, unique=True) for words in (LEVELS, GROUPS)}

    def branch(words: tuple[str, ...], inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return by[words].flatmap(lambda names: st.fixed_dictionaries(dict.fromkeys(names, inner)))

    one = st.one_of(branch(LEVELS, leaf), branch(GROUPS, leaf))
    two = st.one_of(branch(LEVELS, st.one_of(leaf, branch(GROUPS, leaf))), branch(GROUPS, branch(LEVELS, leaf)))
    return st.one_of(leaf, one, two.map(without_holes))


def without_holes(table: Any) -> Any:
    """Every row has the cells of the rows beside it; what it did not have is unknown."""
    rows = [row for row in table.values() if isinstance(row, dict) and set(row) <= {*LEVELS, *GROUPS}]
    words = dict.fromkeys(word for row in rows for word in row)
    return {
        key: {word: row.get(word, "unknown") for word in words} if row in rows else row for key, row in table.items()
    }


@st.composite
def brackets(draw: st.DrawFn) -> dict[str, Any]:
    columns = draw(st.sampled_from([["all"], list(LEVELS), list(GROUPS), [f"{x}/{y}" for x in LEVELS for y in GROUPS]]))
    bounds = sorted(draw(st.lists(st.integers(1, 10**6), min_size=0, max_size=3, unique=True)))
    rows = [[bound, *(draw(figure(percents)) for _ in columns)] for bound in (*bounds, "above")]
    return {"count_from": draw(st.sampled_from(["zero", "deductible"])), "columns": ["up_to", *columns], "rows": rows}


@st.composite
def layers(draw: st.DrawFn) -> dict[str, Any]:
    admissions = st.one_of(figure(amounts), st.lists(figure(amounts), min_size=1, max_size=3))
    line = st.fixed_dictionaries({"per": st.sampled_from(["admission", "year"]), "amount": table(admissions)})
    share = draw(
        st.one_of(st.tuples(st.just("ratio"), table(figure(percents))), st.tuples(st.just("brackets"), brackets()))
    )
    kind = st.sampled_from(["fund_payment", "eligible_expense", "fund_and_share"])
    cap = st.fixed_dictionaries({"amount": table(figure(amounts)), "of": kind, "per": st.just("year")})
    return {
        "id": "basic",
        "name": "统筹基金",
        "deductible": draw(st.one_of(st.just("none"), st.just("unknown"), line)),
        share[0]: share[1],
        "cap": draw(st.one_of(st.just("none"), st.just("unknown"), cap)),
    }


treatments = st.one_of(
    st.just({"same_as": "local"}),
    st.just({"pays": "nothing"}),
    st.fixed_dictionaries({"reduce_points": table(figure(percents))}),
    st.fixed_dictionaries({"ratio": table(figure(percents)), "deductible": table(figure(amounts))}),
    st.fixed_dictionaries({"brackets": brackets()}),
    st.fixed_dictionaries({"first_pay": figure(percents), "first_pay_when": st.just("after_deductible")}),
)
away = st.dictionaries(st.sampled_from(["long_term", "referral", "unfiled"]), treatments, min_size=1)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    edition: dict[str, Any] = {
        "from": "2026-01-01",
        "status": "secondary",
        "sources": SOURCES,
        "layers": [draw(layers())],
    }
    if draw(st.booleans()):
        edition["away"] = {"cases": draw(away)}
    return SMALL | {"benefits": [{"scheme": "employee", "care": "inpatient", "editions": [edition]}]}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_every_figure_of_any_policy_is_shown(document: dict[str, Any]) -> None:
    area, html = page_for(document)

    page = seen(html)

    assert set(figures_of(area)) <= {reference for reference, _ in page.figures}
    assert {href[1:] for _, href in page.figures} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_every_rule_of_service_is_told_with_its_mark_and_source() -> None:
    statement = {"status": "secondary", "sources": ["notice"]}
    document = everything()
    document["fictional"] = False
    rules: dict[str, list[dict[str, Any]]] = {
        "filing_places": [{"to": "out_of_province", "provinces": ["河北省"], "filing": "pilot", "from": "2025-01-01"}],
        "filing_validity": [{"filing": "temporary", "lasts": "1 year"}],
        "emergency_windows": [{"within": "3 workdays", "counted_from": "treatment", "start_counts": True}],
        "emergency_late": [{"text": "少报一成。"}],
        "account_sharing": [{"relations": ["spouse", "parents"], "insured": "same_area", "condition": "同一户口本"}],
        "sharing_cap": [{"amount": 5000}],
        "account_away": [{"to": "in_province", "way": "file"}],
        "pharmacy": [{"pooled": False}],
        "reviews": [{"id": "seven", "name": "七种病", "every": "2 years"}],
        "operations": [{"id": "op", "name": "手术甲", "listed": "unknown", "excluded": ["进口材料"]}],
        "claim_papers": [{"id": "handbook", "text": "医保手册", "note": "原件。"}],
    }
    sources = list(document["sources"])
    document = {key: value for key, value in document.items() if key not in (*WITH_EDITIONS, "traits", "hospitals")}
    document["sources"] = {sources[0]: document["sources"][sources[0]]}
    statement["sources"] = [sources[0]]
    document["services"] = {key: [item | statement for item in items] for key, items in rules.items()}
    area = area_file(document).area

    views = list(service_views(area, {sources[0]: "#s"}))

    assert set(rules) == set(WORDS) == {name for name, _, _ in area.services.statements()}
    assert [f"{view.title}：{view.text}" for view in views] == [
        "要不要备案：去河北省看病试点免备案（2025 年 1 月 1 日起）。",
        "备案有效期：临时外出备案：1 年。",
        "急诊补备案的期限：从看急诊那天起 3 个工作日，当天算第一天。",
        "超过急诊补备案的期限：少报一成。",
        "个人账户可以共济给谁：配偶、父母，要在本统筹区参保，条件是同一户口本。",
        "共济的年度限额：5,000 元。",
        "个人账户在外地：在省内备案、开通以后能刷。",
        "定点药店：不能用统筹报。",
        "门诊慢特病复审：七种病：每 2 年。",
        "手术：手术甲：在不在目录里没有查到；不报：进口材料。",
        "手工报销另外要的材料：医保手册。原件。",
    ]
    assert {(view.mark.status, view.sources[0].href) for view in views} == {("secondary", "#s")}
