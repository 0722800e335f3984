"""长期护理保险 as written: each service with its ratio and its limits by day, hour and month."""

from __future__ import annotations

from calculator.errors import Path
from calculator.figures import FigureOf, TableOf
from calculator.model import SCHEME_WORDS
from calculator.programs import CareInsuranceEdition, CareService, Program
from calculator.reading.amounts import PERCENT, YUAN
from calculator.reading.edition import EditionOf, EditionsOf
from calculator.shape import Key, ListOf, Reading, Record, Text, Word, identifier

HOURS = TableOf(FigureOf("hours"), "hours")
_SERVICE = Record(
    CareService,
    {
        "id": Key(identifier("这种服务的 id", "home"), required=True),
        "name": Key(Text("这种服务的名字", longest=40), required=True),
        "ratio": Key(PERCENT, required=True),
        "daily_limit": Key(YUAN, help="每天最多多少元"),
        "limit_of": Key(
            Word(("fund_payment", "eligible_expense")),
            default="",
            help="限额限制什么：fund_payment 支付的钱，eligible_expense 计入的费用",
        ),
        "hours_per_month": Key(HOURS, help="每月最多几小时"),
        "hourly_price": Key(YUAN, help="每小时按多少元算"),
        "monthly_limit": Key(YUAN, help="每月最多支付多少元"),
    },
    "一种护理服务",
)
CARE_INSURANCE = EditionsOf(
    Program,
    {"scheme": Key(Word(tuple(SCHEME_WORDS)), required=True)},
    EditionOf(CareInsuranceEdition, {"services": Key(ListOf(_SERVICE), required=True)}),
    "care_insurance",
)


def refuse_odd_care(edition: CareInsuranceEdition, place: Path, reading: Reading) -> None:
    """A daily limit says what it limits; hours need a price; a service is paid by the day or by the hour."""
    ids = [service.id for service in edition.services]
    for n, service in enumerate(edition.services):
        here: Path = (*place, "services", n)
        if service.id in ids[:n]:
            reading.refuse((*here, "id"), f"这一版里已经有叫“{service.id}”的一项", "duplicate")
        if (service.daily_limit is None) != (not service.limit_of):
            reading.refuse(here, "daily_limit 和 limit_of 要一起写", "care")
        if (service.hours_per_month is None) != (service.hourly_price is None):
            reading.refuse(here, "hours_per_month 和 hourly_price 要一起写", "care")
        if service.daily_limit is not None and service.hourly_price is not None:
            reading.refuse(here, "按天（daily_limit）和按小时（hourly_price）只写一种", "care")
