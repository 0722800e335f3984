"""What the form of a settlement asks where an area has the rarer rules."""

import pytest

from calculator.kinds import KINDS
from calculator.kinds.form import Field
from calculator.model import PoolingArea
from tests.unit.pages.conftest import SMALL, area_file, everything


@pytest.fixture(scope="module")
def area() -> PoolingArea:
    return area_file(everything()).area


def asked(kind: str, area: PoolingArea) -> dict[str, Field]:
    form = KINDS[kind].form(area)
    assert form is not None
    assert len(form.names()) == len(set(form.names()))
    return {field.name: field for field in form.fields}


def test_a_place_with_plain_rules_asks_nothing_rare() -> None:
    names = asked("inpatient", area_file(SMALL).area)

    assert list(names) == [
        "scheme", "level", "date", "bill.total", "bill.self_funded", "bill.first_pay", "bill.over_limit",
    ]  # fmt: skip


def test_numbers_that_move_a_cap_are_asked_in_their_own_unit(area: PoolingArea) -> None:
    fields = asked("inpatient", area)

    assert [(f.label, f.type, f.unit) for name, f in fields.items() if name.startswith("numbers.")] == [
        ("连续参保的年数", "number", "年"),
        ("断缴的年数", "number", "年"),
    ]


def test_a_named_hospital_answers_for_its_level(area: PoolingArea) -> None:
    fields = asked("inpatient", area)

    assert list(fields).index("hospital") < list(fields).index("level")
    assert fields["level"].when == {"hospital": ("",)}
    assert [(c.value, c.label) for c in fields["hospital"].choices] == [
        ("", "都不是"), ("first", "全有市第一医院"), ("clinic", "全有市中医院"),
    ]  # fmt: skip


def test_what_layers_have_used_is_asked_by_what_their_caps_look_at(area: PoolingArea) -> None:
    fields = asked("inpatient", area)

    # A cap on what the fund pays looks at what was paid, one on the cost at what was counted.
    used = {name: f.label for name, f in fields.items() if name.split(".")[0] in ("year_to_date", "carried")}
    assert used == {
        "year_to_date.serious.deductible": "今年大病保险的起付线已经付了多少",
        "year_to_date.basic.paid": "今年统筹基金已经支付了多少",
        "year_to_date.large.counted": "今年已经计入大额医疗互助的费用",
        "year_to_date.aid-total.paid": "今年救助总额已经支付了多少",
        "year_to_date.aid.times": "今年医疗救助已经支付过几次",
        "carried.aid-total": "上年救助总额没用完的额度",
    }
    assert all(fields[name].advanced for name in used)


def test_places_pots_and_the_day_of_settlement_are_asked_where_rules_go_by_them(area: PoolingArea) -> None:
    fields = asked("chronic", area)

    assert [choice.label for choice in fields["treated_in"].choices] == ["都不是", "邻省", "邻市"]
    assert fields["treated_in"].when == {"filing": ("unfiled", "unknown")}
    assert fields["settled_on"].advanced
    pots = {name: f.label for name, f in fields.items() if name.startswith("account")}
    assert pots == {
        "account_balances.now": "当年账户余额（想用它付的话）",
        "account_balances.past": "历年账户余额（想用它付的话）",
    }
