"""再多花 1,000 元: how much more each would pay, settled anew with a bill that much larger, not extrapolated."""

from __future__ import annotations

from dataclasses import replace

from calculator.answer import Marginal
from calculator.case import Case
from calculator.errors import InvalidData, NotCovered
from calculator.estimate import Estimate
from calculator.explain import tidy, yuan
from calculator.model import PoolingArea
from calculator.money import ZERO, Yuan
from calculator.settle import settle
from calculator.starts import starts

MORE = Yuan(1000)


def marginal(area: PoolingArea, case: Case, result: Estimate) -> Marginal | None:
    """What 1,000 yuan more within the policy's scope would change; None where either is not certain."""
    if not result.exact:
        return None
    larger = replace(case, bill=replace(case.bill, total=case.bill.total + MORE))
    try:
        outcomes, gaps = settle(area, larger)
    except (NotCovered, InvalidData):
        return None
    if len(outcomes) > 1 or gaps:
        return None
    now, then = result.low.amounts, outcomes[0].amounts
    fund, person = (then[name] - now[name] for name in ("fund", "person"))
    account = then.get("account", ZERO) - now.get("account", ZERO)
    begun = tuple(start.text for start in starts(result.low.steps, outcomes[0].steps, quiet=True))
    return Marginal(MORE, fund, account, person, tidy(_text(fund, account, person, begun)))


def _text(fund: Yuan, account: Yuan, person: Yuan, begun: tuple[str, ...]) -> str:
    """「医保范围内再多花 1,000 元，医保多付 850 元，您自己多付 150 元。」"""
    paid = [_more("医保", fund), _more("个人账户", account) if account else "", _more("您自己", person)]
    told = "，".join(text for text in paid if text)
    return f"医保范围内再多花 {yuan(MORE)}，{told}。" + (f"其中{'，'.join(begun)}。" if begun else "")


def _more(who: str, amount: Yuan) -> str:
    if not amount:
        return f"{who}不用多付" if who.startswith("您") else f"{who}不多付"
    return f"{who}多付 {yuan(amount)}" if amount > 0 else f"{who}少付 {yuan(-amount)}"
