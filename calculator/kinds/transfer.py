"""转移接续: what moves with a person who changes the insured place.

基本医疗保险关系转移接续暂行办法, 医保办发〔2021〕43号.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculator.answer import Amount, Answer, Part
from calculator.case import CaseReader
from calculator.estimate import estimate
from calculator.explain import transfer_headline
from calculator.kinds.form import Form
from calculator.ledger import Step
from calculator.model import PoolingArea, Status
from calculator.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Transfer:
    """Years of contribution add up; the account's balance moves with the person."""

    id: str = "transfer"
    title: str = "转移接续"
    summary: str = "换城市参保，缴费年限和个人账户余额怎么接上。"

    def form(self, area: PoolingArea) -> Form | None:  # noqa: ARG002 - every calculator is asked with an area
        """No page of its own yet: it has no figure of any area."""
        return None

    def estimate(self, area: PoolingArea, document: object) -> Answer:
        """Years and balance after the move. Raises InvalidData with the fields named."""
        reader = CaseReader(document)
        reader.closed(("years_before", "years_after", "balance"))
        before, after = _years(reader, "years_before"), _years(reader, "years_after")
        balance = reader.amount(("balance",), reader.document.get("balance", ""), "个人账户余额") or Decimal(0)
        reader.finish()
        total = Decimal(before + after)
        steps = (
            Step("transfer.years", None, {"before": before, "after": after, "total": before + after}, ()),
            Step("transfer.balance", balance, {}, ()),
        )
        status = Status.ILLUSTRATIVE if area.fictional else Status.OFFICIAL
        result = estimate(area, [Outcome({"years": total, "balance": balance}, steps, (), status)], [], by="balance")
        amounts = (
            Amount("years", "缴费年限合计", result.amounts["years"], "info", "number"),
            Amount("balance", "转入的个人账户余额", result.amounts["balance"], "info"),
        )
        headline = transfer_headline(before + after, balance)
        return Answer(self.id, self.title, headline, (Part("estimate", "", result, amounts),))


def _years(reader: CaseReader, name: str) -> int:
    found = reader.document.get(name, "")
    if isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= 60:
        return found
    reader.refuse((name,), "年数要填 0 到 60 的整数", "whole")
    return 0
