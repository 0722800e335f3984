"""Questions of a settlement that only some rules ask: transfers, days of a stay, pots, what a month has used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from calculator.kinds.form import Choice, Field
from calculator.model import BenefitEdition, Cap, Layer, PoolingArea
from calculator.rules import leaves

Editions = Mapping[str, BenefitEdition]
When = dict[str, tuple[str, ...]]
_PERIODS = {"day": "今天", "month": "这个月", "quarter": "这个季度", "year": "今年"}
_NOTHING = "没有就不填，按 0 计算。"
USED = {"fund_payment": "paid", "eligible_expense": "counted", "fund_and_share": "counted"}
"""What a cap of each kind looks at, of what was used before."""


def used_words(path: str, who: str) -> str:
    """「统筹基金已经支付了多少」, or what has been counted, by the last word of the path."""
    return f"{who}已经支付了多少" if path.endswith(".paid") else f"已经计入{who}的费用"


def name_once(names: dict[str, str], scheme: str, cap: Cap, layer: Layer) -> None:
    """Keep what a cap is called; of a cap that several layers share, the name of its own or else the first layer's."""
    if cap.name or scheme not in names:
        names[scheme] = cap.name or layer.name


def schemes_with(editions: Editions, holds: Callable[[BenefitEdition], bool]) -> tuple[tuple[str, ...], When]:
    """The schemes whose rules need a question, and the condition under which it is asked."""
    schemes = tuple(scheme for scheme, edition in editions.items() if holds(edition))
    return schemes, ({"scheme": schemes} if len(schemes) < len(editions) else {})


def place_field(editions: Editions) -> Iterator[Field]:
    """Places where no filing is needed, where a rule names any."""
    places = dict.fromkeys(place for e in editions.values() if e.away for place in e.away.exempt_places)
    if places:
        _, when = schemes_with(editions, lambda e: bool(e.away and e.away.exempt_places))
        yield Field(
            "treated_in", "看病的地方是不是这几处", "choice", help="去这几处看病，当地规定不用备案。",
            choices=(Choice("", "都不是"), *(Choice(place, place) for place in places)),
            when={"filing": ("unfiled", "unknown")} | when,
        )  # fmt: skip


def stay_fields(area: PoolingArea, editions: Editions, asked: set[str]) -> Iterator[Field]:
    """The days of a long stay, and the hospital one was moved from."""
    schemes, when = schemes_with(editions, lambda e: any(layer.deductible.renewal for layer in e.layers))
    if schemes and "numbers.stay_days" not in asked:
        words, unit = area.numbers["stay_days"]
        yield Field(
            "numbers.stay_days", words, "number", unit=unit, advanced=True, when=when,
            help="住得久的，起付线每过一段时间再付一道。不填就按一道算。",
        )  # fmt: skip
    schemes, when = schemes_with(editions, lambda e: any(layer.deductible.transfer for layer in e.layers))
    if schemes:
        moved: When = {"transfer.from": tuple(area.levels)} | when
        yield Field(
            "transfer.from", "是不是从别的医院转来的", "choice", advanced=True, when=when,
            choices=(
                Choice("", "不是"), *(Choice(level, f"从{name}医院转来") for level, name in area.levels.items())
            ),
        )  # fmt: skip
        yield Field(
            "transfer.days", "离那边出院隔了几天", "integer", unit="天", minimum=0, maximum=999, advanced=True,
            when=moved, help="当天转来的填 0，或者不填。",
        )  # fmt: skip
        yield Field(
            "transfer.deductible", "那边已经付了多少起付线", "amount", unit="元", advanced=True, when=moved,
            help="不填就按那一级医院的规定算。",
        )  # fmt: skip


def settled_field(editions: Editions) -> Iterator[Field]:
    """The day of settlement, where the edition goes by it."""
    schemes, when = schemes_with(editions, lambda e: e.date_by == "settlement")
    if schemes:
        yield Field(
            "settled_on", "结算日期", "date", advanced=True, when=when,
            help="标准按结算那天的。和出院不是同一天才填。",
        )  # fmt: skip


def period_fields(editions: Editions) -> Iterator[Field]:
    """What the month, quarter or day has used up already."""
    lines: dict[tuple[str, str], dict[str, str]] = {}
    caps: dict[tuple[str, str], dict[str, str]] = {}
    for scheme, layer in _layers(editions):
        rule = layer.deductible
        for per in leaves(rule.per) if rule.amount is not None else ():
            if per in _PERIODS and per != "year":
                lines.setdefault((rule.shared or layer.id, per), {})[scheme] = layer.name
        for cap in layer.caps:
            if cap.amount is not None and cap.per in _PERIODS and cap.per != "year" and not cap.each:
                path = f"{cap.shared or layer.id}.{USED[cap.of]}"
                name_once(caps.setdefault((path, cap.per), {}), scheme, cap, layer)
    for (name, per), names in lines.items():
        yield _amount(
            f"period_to_date.{name}.deductible", f"{_PERIODS[per]}{_of(names)}起付线已经付了多少", names, editions
        )
    for (name, per), names in caps.items():
        yield _amount(f"period_to_date.{name}", f"{_PERIODS[per]}{used_words(name, _who(names))}", names, editions)


def counted_fields(editions: Editions) -> Iterator[Field]:
    """How often a layer has paid, what was left last year, what shares fill a deductible."""
    times: dict[tuple[str, str], dict[str, str]] = {}
    left: dict[str, dict[str, str]] = {}
    shares: dict[str, dict[str, str]] = {}
    for scheme, layer in _layers(editions):
        if layer.times is not None:
            times.setdefault((layer.id, layer.times.per), {})[scheme] = layer.name
        for cap in layer.caps:
            if cap.carry:
                name_once(left.setdefault(cap.shared or layer.id, {}), scheme, cap, layer)
        if "share" in layer.deductible.fills_with:
            shares.setdefault(layer.deductible.shared or layer.id, {})[scheme] = layer.name
    for (name, per), names in times.items():
        part = "year_to_date" if per == "year" else "period_to_date"
        yield Field(
            f"{part}.{name}.times", f"{_PERIODS[per]}{_who(names)}已经支付过几次", "integer", unit="次", minimum=0,
            maximum=999, advanced=True, help=_NOTHING, when=_when(names, editions),
        )  # fmt: skip
    for name, names in left.items():
        yield _amount(f"carried.{name}", f"上年{_who(names)}没用完的额度", names, editions)
    for name, names in shares.items():
        label = f"今年{_of(names)}按比例自己付了多少"
        yield _amount(f"year_to_date.{name}.share", label, names, editions)


def pot_fields(editions: Editions) -> Iterator[Field]:
    """What there is in the account, or in each of its pots where it has several."""
    schemes, _ = schemes_with(editions, lambda e: e.account is not None and len(e.account.pots) == 1)
    if schemes:
        yield Field(
            "account_balance", "个人账户余额（想用它付的话）", "amount", unit="元", advanced=True,
            when={"scheme": schemes},
        )  # fmt: skip
    pots: dict[str, dict[str, str]] = {}
    for scheme, edition in editions.items():
        for pot in edition.account.pots if edition.account is not None and len(edition.account.pots) > 1 else ():
            pots.setdefault(pot.id, {})[scheme] = pot.name
    for name, names in pots.items():
        label = f"{next(iter(names.values()))}余额（想用它付的话）"
        yield Field(
            f"account_balances.{name}", label, "amount", unit="元", advanced=True, when={"scheme": tuple(names)}
        )


def _layers(editions: Editions) -> Iterator[tuple[str, Layer]]:
    for scheme, edition in editions.items():
        for layer in edition.layers:
            yield scheme, layer


def _amount(path: str, label: str, names: Mapping[str, str], editions: Editions) -> Field:
    return Field(path, label, "amount", unit="元", advanced=True, help=_NOTHING, when=_when(names, editions))


def _when(names: Mapping[str, str], editions: Editions) -> When:
    return {"scheme": tuple(names)} if len(names) < len(editions) else {}


def _of(names: Mapping[str, str]) -> str:
    """「大额互助的」 when all schemes call the layer so, nothing when they differ."""
    distinct = set(names.values())
    return f"{distinct.pop()}的" if len(distinct) == 1 else ""


def _who(names: Mapping[str, str]) -> str:
    return _of(names).removesuffix("的") or "医保"
