"""Which figures of a place each national bound is compared with (G20), by the rules' own structure, never by place.

A row of ``COMPARED`` finds the figures by where they stand in the policy file. A figure is compared in the bound's own
unit; where the file says it in another way (打折 or 先自付 instead of points, yuan instead of a share of an index), it
is turned into that unit first, and the row says how.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from calculator.errors import Path
from calculator.model import BenefitEdition, ContributionEdition, Edition, Figure, PoolingArea, Status
from calculator.money import ONE, number, quotient
from calculator.programs import WaitingEdition

FINE = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A figure of a place with its values in the unit of the bound, and when it holds."""

    path: Path
    """In the document: where the edition stands, then the field as its reference names it."""
    since: date | None
    until: date | None
    values: tuple[Decimal, ...]
    status: Status
    note: str
    """The figure's own; empty when it only has what the whole edition says."""

    @property
    def field(self) -> str:
        """The place inside the edition, as references name it."""
        return str(self.path[-1]) if self.path else ""


Collector = Callable[[PoolingArea], Iterator[Compared]]
Turn = Callable[[PoolingArea, Edition, Figure], tuple[Decimal, ...] | None]


def _as_written(_area: PoolingArea, _edition: Edition, figure: Figure) -> tuple[Decimal, ...] | None:
    return tuple(map(number, figure.values))


def _editions(area: PoolingArea) -> Iterator[tuple[Path, str, Edition]]:
    """Every edition with its place in the document and what its references begin with."""
    for b, benefit in enumerate(area.benefits):
        for e, edition in enumerate(benefit.editions):
            yield ("benefits", b, "editions", e), f"{benefit.scheme}/{benefit.care}/", edition
    for c, contribution in enumerate(area.contributions):
        for e, paid in enumerate(contribution.editions):
            yield ("contributions", c, "editions", e), f"{contribution.scheme}/contribution/", paid
    for name, programs in area.programs.items():
        for p, program in enumerate(programs):
            for e, rules in enumerate(program.editions):
                yield (name, p, "editions", e), f"{program.scheme}/{name}/", rules


def _own_note(edition: Edition, figure: Figure) -> str:
    inherited = (edition.status, edition.sources, edition.note) == (figure.status, figure.sources, figure.note)
    return "" if inherited else figure.note


def _compared(place: Path, prefix: str, edition: Edition, figure: Figure, values: tuple[Decimal, ...]) -> Compared:
    return Compared(
        path=(*place, figure.reference.removeprefix(prefix)),
        since=edition.since,
        until=edition.until,
        values=values,
        status=figure.status,
        note=_own_note(edition, figure),
    )


def figures(where: str, field: str, unit: str, *, unless: str = "", turn: Turn = _as_written) -> Collector:
    """The figures of one unit whose place matches: ``where`` is scheme and care, ``field`` the place in the edition."""

    def collect(area: PoolingArea) -> Iterator[Compared]:
        for place, prefix, edition in _editions(area):
            for figure in edition.figures if re.fullmatch(where, prefix[:-1]) else ():
                name = figure.reference.removeprefix(prefix)
                fits = figure.unit == unit and re.fullmatch(field, name) and not (unless and re.search(unless, name))
                values = turn(area, edition, figure) if fits else None
                if values is not None:
                    yield _compared(place, prefix, edition, figure, values)

    return collect


def together(*collectors: Collector) -> Collector:
    """All figures of several rows."""

    def collect(area: PoolingArea) -> Iterator[Compared]:
        for one in collectors:
            yield from one(area)

    return collect


def _best_ratio(area: PoolingArea, edition: Edition, rule: Figure) -> Decimal:
    """The highest share any layer pays where the rule applies: what a cut that is written in another way takes."""
    shares = [
        number(value)
        for figure in edition.figures
        if figure.unit == "percent" and re.search(r"/layers\.[^.]+\.(ratio|brackets)", figure.reference)
        if _may_meet(area, rule.reference, figure.reference)
        for value in figure.values
    ]
    return max(shares, default=ONE)


def _may_meet(area: PoolingArea, one: str, other: str) -> bool:
    """Whether two places of tables are for some same level and some same group."""
    groups = {word for words in area.groups.values() for word in words}
    for dimension in (set(area.levels), groups):
        words = [dimension & set(re.split(r"[.\[/]", reference)) for reference in (one, other)]
        if all(words) and not words[0] & words[1]:
            return False
    return True


def _discount(area: PoolingArea, edition: Edition, figure: Figure) -> tuple[Decimal, ...]:
    """打折: what is left out, of the highest share."""
    return tuple((ONE - number(value)) * _best_ratio(area, edition, figure) for value in figure.values)


def _first_pay(area: PoolingArea, edition: Edition, figure: Figure) -> tuple[Decimal, ...]:
    """先自付: the share of it that would have been paid."""
    return tuple(number(value) * _best_ratio(area, edition, figure) for value in figure.values)


def _nothing(area: PoolingArea, edition: Edition, figure: Figure) -> tuple[Decimal, ...]:
    """不予支付: all of it."""
    return (_best_ratio(area, edition, figure),)


def _cut_of_target(area: PoolingArea, edition: Edition, figure: Figure) -> tuple[Decimal, ...] | None:
    """视同另一种情形: the cuts of that one."""
    found: list[Decimal] = []
    for target in map(str, figure.values):
        if target not in ("local", "referral"):  # those are compared by themselves, or there is no cut
            found += [value for one in cuts(target)(area) if one.since == edition.since for value in one.values]
    return tuple(found) or None


def cuts(filing: str) -> Collector:
    """The cut for a filing, in points, for care in another province; also written as a discount or a first pay."""

    def by(key: str, unit: str, turn: Turn = _as_written) -> Collector:
        field = rf"away\.cases\.(.+\.)?{filing}\.(.+\.)?{key}(\..+)?"
        return figures(r"\w+/\w+", field, unit, unless=r"\bin_province\b", turn=turn)

    return together(
        by("reduce_points", "percent"),
        by("multiply", "percent", _discount),
        by("first_pay", "percent", _first_pay),
        by("pays", "word", _nothing),
    )


def _layers(edition: Edition, *, kind: str, named: str = "") -> Sequence[str]:
    if not isinstance(edition, BenefitEdition):
        return ()
    return [layer.id for layer in edition.layers if layer.base.kind == kind and named in layer.name]


def _of_layer(*, kind: str, named: str = "", inner: Turn = _as_written) -> Turn:
    """Only figures of the layers that have this base, and a name with this word in it."""

    def turn(area: PoolingArea, edition: Edition, figure: Figure) -> tuple[Decimal, ...] | None:
        layer = re.search(r"/layers\.([^.]+)\.", figure.reference)
        fits = layer is not None and layer[1] in _layers(edition, kind=kind, named=named)
        return inner(area, edition, figure) if fits else None

    return turn


def _of_income(area: PoolingArea, edition: Edition, figure: Figure) -> tuple[Decimal, ...] | None:
    """Yuan as a share of the income per head (人均可支配收入) of the edition's year, where the place has that index."""
    incomes = [index for index in area.indices.values() if "可支配收入" in index.name]
    of_year = [index.values[edition.since.year] for index in incomes if edition.since.year in index.values]
    if len(of_year) != 1:
        return None
    return tuple(quotient(number(v), number(income), FINE) for v in figure.values for income in of_year[0].values)


def _each_year(_area: PoolingArea, edition: Edition, figure: Figure) -> tuple[Decimal, ...] | None:
    """连续参保、零报销激励: what a cap rises by for each year, not what it rises by once."""
    assert isinstance(edition, BenefitEdition)
    found = re.search(r"/layers\.([^.]+)\.cap(?:\[(\d+)\])?\.add\[(\d+)\]", figure.reference)
    assert found is not None
    layer = next(layer for layer in edition.layers if layer.id == found[1])
    return tuple(map(number, figure.values)) if layer.caps[int(found[2] or 0)].add[int(found[3])].each else None


def _of_the_cap(_area: PoolingArea, edition: Edition, figure: Figure) -> tuple[Decimal, ...] | None:
    """Yuan as a share of the lowest line of the cap that it belongs to."""
    cap = figure.reference.removesuffix(".most")
    lines = [f for f in edition.figures if f.unit == "yuan" and re.match(re.escape(cap) + r"\.amount\b", f.reference)]
    least = min((number(value) for f in lines for value in f.values if number(value)), default=None)
    return None if least is None else tuple(quotient(number(value), least, FINE) for value in figure.values)


def _payer(payer: str) -> Turn:
    def turn(_area: PoolingArea, edition: Edition, figure: Figure) -> tuple[Decimal, ...] | None:
        assert isinstance(edition, ContributionEdition)
        paid = {part.id for part in edition.parts if part.payer == payer}
        part = re.search(r"/parts\.([^.]+)\.", figure.reference)
        return tuple(map(number, figure.values)) if part is not None and part[1] in paid else None

    return turn


def _span(_area: PoolingArea, edition: Edition, figure: Figure) -> tuple[Decimal, ...] | None:
    """How many times the floor the ceiling of the contribution base is, to two decimals."""
    floors = [f for f in edition.figures if f.reference.endswith("/base.floor") and f.unit == "yuan"]
    least = min((number(value) for f in floors for value in f.values if number(value)), default=None)
    return None if least is None else tuple(quotient(number(value), least) for value in figure.values)


def _free_gap(area: PoolingArea) -> Iterator[Compared]:
    """How many months of a break of the 职工 cost no waiting at all."""
    for place, prefix, edition in _editions(area):
        gaps = edition.gaps if isinstance(edition, WaitingEdition) and prefix.startswith("employee/") else ()
        free = Decimal(0)
        for gap in gaps:
            if gap.up_to is None or max(map(number, gap.wait.values)):
                yield _compared(place, prefix, edition, gap.wait, (free,))
                break
            free = min(map(number, gap.up_to.values))


def _validity(filings: Sequence[str]) -> Collector:
    """How many months a filing holds; 长期 is longer than any bound."""
    months = {"months": Decimal(1), "years": Decimal(12), "days": Decimal("0.0333"), "workdays": Decimal("0.04")}

    def collect(area: PoolingArea) -> Iterator[Compared]:
        for n, stated in enumerate(area.services.filing_validity):
            if stated.filing in filings and stated.lasts.count:
                yield Compared(
                    path=("services", "filing_validity", n, ""),
                    since=stated.since,
                    until=None,
                    values=(stated.lasts.count * months[stated.lasts.unit],),
                    status=stated.status,
                    note=stated.note,
                )

    return collect


_SHARE = r"layers\.[^.]+\.(ratio|brackets)(\..+|\[.+)?"
_LINE = r"layers\.[^.]+\.deductible\.amount(\..+|\[.+)?"
_CAP = r"layers\.[^.]+\.cap(\[\d+\])?\.amount(\..+)?"
_ADD = r"layers\.[^.]+\.cap(\[\d+\])?\.add\[\d+\]\.amount(\..+)?"
_MOST = r"layers\.[^.]+\.cap(\[\d+\])?\.most"

COMPARED: Mapping[str, Collector] = {
    "cut_referral": cuts("referral"),
    "cut_emergency": together(
        cuts("emergency"),
        figures(r"\w+/\w+", r"away\.cases\.(.+\.)?emergency\.(.+\.)?same_as", "word", turn=_cut_of_target),
    ),
    "cut_temporary": cuts("temporary"),
    "filing_months": _validity(("temporary", "referral")),
    "critical_ratio": figures(r"resident/\w+", _SHARE, "percent", turn=_of_layer(kind="own", named="大病")),
    "critical_deductible": together(
        figures(r"resident/\w+", _LINE, "yuan", turn=_of_layer(kind="own", named="大病", inner=_of_income)),
        figures(r"resident/\w+", _LINE, "multiple", turn=_of_layer(kind="own", named="大病")),
    ),
    "outpatient_ratio_employee": figures(r"employee/outpatient", _SHARE, "percent", turn=_of_layer(kind="eligible")),
    "outpatient_ratio_resident": figures(
        r"resident/outpatient", _SHARE, "percent", unless=r"\b(secondary|tertiary)\b", turn=_of_layer(kind="eligible")
    ),
    "resident_cap": together(
        figures(r"resident/inpatient", _CAP, "yuan", turn=_of_layer(kind="eligible", inner=_of_income)),
        figures(r"resident/inpatient", _CAP, "multiple", turn=_of_layer(kind="eligible")),
        figures(r"resident/cap_by_income", "multiple", "multiple"),
    ),
    "incentive_year": figures(
        r"resident/\w+", _ADD, "yuan", turn=_of_layer(kind="own", named="大病", inner=_each_year)
    ),
    "incentive_total": together(
        figures(r"resident/\w+", _MOST, "percent", turn=_of_layer(kind="own", named="大病")),
        figures(r"resident/\w+", _MOST, "yuan", turn=_of_layer(kind="own", named="大病", inner=_of_the_cap)),
    ),
    "wait_fixed": figures(r"resident/waiting", r"fixed", "months"),
    "wait_per_year": figures(r"resident/waiting", r"per_missed_year", "months"),
    "wait_repaired": figures(r"resident/waiting", r"minimum\.months", "months"),
    "gap_without_wait": _free_gap,
    "gap_wait": figures(r"employee/waiting", r"gaps\[\d+\]\.wait", "months"),
    "resident_subsidy": figures(
        r"resident/contribution", r"parts\.[^.]+\.amount(\..+)?", "yuan", turn=_payer("government")
    ),
    "resident_personal": figures(
        r"resident/contribution", r"parts\.[^.]+\.amount(\..+)?", "yuan", turn=_payer("person")
    ),
    "account_credit": figures(r"employee/contribution", r"account\.rate(\..+)?", "percent", unless=r"\bretired\b"),
    "base_floor": figures(r"employee/contribution", r"base\.floor\.percent", "multiple"),
    "base_ceiling": figures(r"employee/contribution", r"base\.ceiling\.percent", "multiple"),
    "base_span": figures(r"employee/contribution", r"base\.ceiling", "yuan", turn=_span),
}
"""What a bound of policies/national.yaml may be ``of``."""
