"""缴费的各项: what each side pays of one edition's parts, by month and by year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from calculator.kinds.base import Amounts
from calculator.kinds.sheet import rounded
from calculator.model import ContributionPart, Rounding
from calculator.money import ZERO, Ratio, Yuan

MONTHS = 12


class Premium:
    """Adds up the parts: what each payer pays per period of the edition, and beside it once a year."""

    def __init__(
        self,
        amounts: Amounts,
        rounding: Rounding,
        period: str,
        members: int = 1,
        rates: Mapping[str, Ratio] | None = None,
    ) -> None:
        self.amounts = amounts
        self.sheet = amounts.sheet
        self.rounding = rounding
        self.period = period
        """``month`` or ``year``: what the sums are for."""
        self.members = members
        self.rates = rates or {}
        """Rates the person knows, by the part's id, where the figure is a range or disputed."""
        self.paid: dict[str, Yuan] = {}
        self.yearly: dict[str, Yuan] = {}
        """Where the period is a month: what falls due once a year."""

    def add(self, parts: Sequence[ContributionPart], base: Callable[[], Yuan]) -> None:
        """Each part with a step of its own, then as many steps as there are shares in it."""
        for part in parts:
            amount = self._amount(part, base)
            once = part.rate is None and self.period == "month" and part.per == "year"
            sums = self.yearly if once else self.paid
            for payer, share in self._shares(part, amount):
                sums[payer] = sums.get(payer, ZERO) + share

    def year(self, payer: str) -> Yuan:
        """What a payer pays in a year, all together."""
        times = MONTHS if self.period == "month" else 1
        return self.paid.get(payer, ZERO) * times + self.yearly.get(payer, ZERO)

    def _amount(self, part: ContributionPart, base: Callable[[], Yuan]) -> Yuan:
        if part.rate is not None:
            figure = self.amounts.situation.look_up(part.rate, part.name)
            known = self.rates.get(part.id)
            ratio = self.sheet.number(figure) if known is None else self.sheet.stated(figure, known)
            of = base() if ratio else ZERO
            paid = rounded(of * ratio, self.rounding)
            self.sheet.step("contribution.rate", paid, name=part.name, payer=part.payer, base=of, ratio=ratio)
            return paid
        each = self.amounts.entry(part.amount, part.name)
        per = part.per or self.period
        whole = each * self.members * (MONTHS if (self.period, per) == ("year", "month") else 1)
        self.sheet.step(
            "contribution.amount", whole, name=part.name, payer=part.payer, each=each, members=self.members, per=per
        )
        return whole

    def _shares(self, part: ContributionPart, amount: Yuan) -> Iterator[tuple[str, Yuan]]:
        """Who pays what of a part; the last one pays what rounding leaves, so that nothing is lost."""
        if part.split is None:
            yield part.payer, amount
            return
        left = amount
        for number, (payer, share) in enumerate(part.split.items(), start=1):
            ratio = self.sheet.number(share)
            paid = left if number == len(part.split) else rounded(amount * ratio, self.rounding)
            left -= paid
            self.sheet.step("contribution.share", paid, name=part.name, payer=payer, of=amount, ratio=ratio)
            yield payer, paid
