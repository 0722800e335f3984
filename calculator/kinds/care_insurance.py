"""长期护理保险: one month of one service, bounded by day, by hour and by month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from calculator.answer import Answer, Part
from calculator.errors import InvalidData, NotCovered, Problem
from calculator.explain import interval_text
from calculator.kinds.base import Amounts
from calculator.kinds.editions import (
    PERSON_KEYS,
    date_field,
    editions_of,
    estimated,
    known_editions,
    named,
    person_fields,
    read_amount,
    read_date,
    read_person,
    read_scheme,
    read_whole,
    scheme_field,
)
from calculator.kinds.form import Choice, Field, Form
from calculator.model import SCHEME_WORDS, PoolingArea
from calculator.money import Yuan, round_amount
from calculator.outcomes import Outcome
from calculator.programs import CareInsuranceEdition, CareService
from calculator.reader import CaseReader


@dataclass(frozen=True, slots=True)
class Month:
    """What was used in the month; None: not stated."""

    service: str
    days: int | None
    hours: int | None
    daily_cost: Yuan | None
    total: Yuan | None


@dataclass(frozen=True, slots=True)
class CareInsurance:
    """What the insurance pays for a month of care."""

    id: str = "care_insurance"
    title: str = "长期护理保险"
    summary: str = "长期护理一个月，长护险付多少，自己付多少。"

    def form(self, area: PoolingArea) -> Form | None:
        """The questions; None when nothing is known about care insurance."""
        programs = known_editions(area, "care_insurance", CareInsuranceEdition)
        return Form(tuple(_fields(area, programs))) if programs else None

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """What is paid in a month. Raises InvalidData with the fields named, NotCovered where nothing is known."""
        reader = CaseReader(document)
        reader.closed((*PERSON_KEYS, "level", "service", "days", "hours", "daily_cost", "total"))
        known = known_editions(area, "care_insurance", CareInsuranceEdition)
        scheme = read_scheme(reader, list(known))
        person, day = read_person(reader, area, scheme, level=True), read_date(reader)
        month = _month(reader)
        reader.finish()
        what = f"{area.name}{SCHEME_WORDS[scheme]}长期护理保险"
        editions = editions_of(known, scheme, f"{what}的规定")

        def once(edition: CareInsuranceEdition, amounts: Amounts) -> Outcome:
            return _settle(_service(edition, month, what), amounts, month)

        result = estimated(area, editions, day, what, person, once, "fund")
        fund, own = result.amounts["fund"], result.amounts["person"]
        headline = f"这个月长护险付 {interval_text(*fund)}，您自己付 {interval_text(*own)}。"
        return Answer(self.id, self.title, headline, (Part("estimate", "", result, named(result, _WORDS)),))


def _fields(area: PoolingArea, programs: dict[str, Any]) -> Iterator[Field]:
    if len(programs) > 1:
        yield scheme_field(tuple(programs))
    services = {s.id: s for editions in programs.values() for s in editions[-1].services}
    yield Field(
        "service", "哪种护理服务", "choice", required=True,
        choices=tuple(Choice(name, service.name) for name, service in services.items()),
    )  # fmt: skip
    for scheme, editions in programs.items():
        yield from person_fields(area, scheme, editions)
    yield date_field(next(iter(programs.values())))
    by_hour = tuple(name for name, service in services.items() if service.hourly_price is not None)
    by_day = tuple(name for name, service in services.items() if service.daily_limit is not None)
    others = tuple(name for name in services if name not in (*by_hour, *by_day))
    if by_hour:
        when = {"service": by_hour}
        yield Field("hours", "这个月用了几小时", "integer", minimum=0, maximum=744, default="30", when=when)
    if by_day:
        when = {"service": by_day}
        yield Field("days", "这个月用了几天", "integer", minimum=0, maximum=31, default="30", when=when)
        yield Field("daily_cost", "每天多少元", "amount", unit="元", required=True, when=when)
    if others:
        yield Field("total", "这个月一共多少元", "amount", unit="元", required=True, when={"service": others})


def _month(reader: CaseReader) -> Month:
    stated = {
        name: None if reader.document.get(name, "") in ("", None) else read_whole(reader, name, label, 0, most)
        for name, label, most in (("days", "天数", 31), ("hours", "小时数", 744))
    }
    service = reader.document.get("service", "")
    if not isinstance(service, str) or not service:
        reader.refuse(("service",), "请选择哪种护理服务", "missing")
    return Month(
        str(service), stated["days"], stated["hours"], read_amount(reader, "daily_cost", "每天的费用"),
        read_amount(reader, "total", "这个月的费用"),
    )  # fmt: skip


def _service(edition: CareInsuranceEdition, month: Month, what: str) -> CareService:
    found = next((service for service in edition.services if service.id == month.service), None)
    if found is None:
        known = [service.name for service in edition.services]
        raise NotCovered(f"{what}：没有收录“{month.service}”这种服务。", "service", known)
    return found


def _settle(service: CareService, amounts: Amounts, month: Month) -> Outcome:
    sheet = amounts.sheet
    ratio = sheet.number(amounts.situation.look_up(service.ratio, "支付比例"))
    if service.hourly_price is not None:
        total, fund = _by_hour(service, amounts, _stated(month.hours, "hours", "这个月用了几小时"), ratio)
    elif service.daily_limit is not None:
        days = _stated(month.days, "days", "这个月用了几天")
        total, fund = _by_day(service, amounts, days, _stated(month.daily_cost, "daily_cost", "每天多少元"), ratio)
    else:
        total = _stated(month.total, "total", "这个月一共多少元")
        fund = round_amount(total * ratio)
        sheet.step("care.plain", fund, total=total, ratio=ratio)
    if service.monthly_limit is not None:
        limit = amounts.entry(service.monthly_limit, "每月限额")
        sheet.step("care.monthly_limit", min(fund, limit), limit=limit, found=fund)
        fund = min(fund, limit)
    sheet.amounts |= {"total": total, "fund": fund, "person": total - fund}
    sheet.step("care.result", fund, total=total, person=total - fund)
    return sheet.outcome()


def _stated(found: Any, name: str, label: str) -> Any:
    if found is None:
        raise InvalidData([Problem((name,), f"请填写{label}：这种服务按它计算", "missing")])
    return found


def _by_hour(service: CareService, amounts: Amounts, hours: int, ratio: Yuan) -> tuple[Yuan, Yuan]:
    """Hours up to the monthly limit, each at the price of the rules."""
    price = amounts.entry(service.hourly_price, "每小时按多少算")
    most = int(amounts.sheet.number(amounts.situation.look_up(service.hours_per_month, "每月最多几小时")))
    counted = min(hours, most)
    fund = round_amount(price * counted * ratio)
    amounts.sheet.step(
        "care.hours", fund, hours=hours, most=most, counted=counted, price=price, ratio=ratio, product=price * counted
    )
    return price * hours, fund


def _by_day(service: CareService, amounts: Amounts, days: int, cost: Yuan, ratio: Yuan) -> tuple[Yuan, Yuan]:
    """Each day's cost, its limit on the cost that counts or on what is paid."""
    limit = amounts.entry(service.daily_limit, "每天限额")
    on_cost = service.limit_of == "eligible_expense"
    each = min(cost, limit) * ratio if on_cost else min(cost * ratio, limit)
    fund = round_amount(each * days)
    amounts.sheet.step(
        "care.days", fund, cost=cost, limit=limit, of=service.limit_of, ratio=ratio, each=each, days=days,
        counted=min(cost, limit), product=cost * ratio,
    )  # fmt: skip
    return cost * days, fund


_WORDS = {
    "total": ("这个月的费用", "total", "yuan"), "fund": ("长护险支付", "payer", "yuan"),
    "person": ("您自己付", "payer", "yuan"),
}  # fmt: skip
