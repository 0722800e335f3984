"""What begins where one piece of a curve meets the next: the steps of the two neighbouring runs, compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from calculator.ledger import Step
from calculator.linear import Line, Linear, line
from calculator.money import ZERO, percent_text
from calculator.sentences import label_and_text


class Start(NamedTuple):
    """A rule that takes over: the step's rule, the layer it belongs to (its name for readers), and a sentence."""

    rule: str
    layer: str
    text: str


_QUIET = (
    "cost.",
    "assume.",
    "away.",
    "deductible.",
    "cap.within",
    "layer.",
    "result",
    "rounding",
    "share.nothing_left",
)
"""Steps that come and go beside the one that tells what begins."""

Key = tuple[str, str, object]


def starts(before: Sequence[Step], after: Sequence[Step], *, quiet: bool = False) -> tuple[Start, ...]:
    """Every rule that begins, ends or turns between two runs, in the order of settlement; never two for one cause.

    ``quiet``: of two bills apart, not of two neighbouring lines: only what has a step of its own is told.
    """
    if quiet and [(step.rule, step.data.get("ratio")) for step in before] == [
        (step.rule, step.data.get("ratio")) for step in after
    ]:
        return ()
    new, gone = _less(after, before), _less(before, after)
    found = [*_begun(new, gone, before, after), *_ended(new, gone, after)]
    if quiet:
        return tuple(dict.fromkeys(found))
    told = {start.layer for start in found}
    found += [start for start in _turned(before, after) if start.layer not in told or start.rule == "account"]
    return tuple(dict.fromkeys(found or _first_other(new, gone, before, after)))


def _key(step: Step) -> Key:
    ratio = step.data.get("ratio") if step.rule == "share.segment" else None
    return step.rule, _layer(step), None if isinstance(ratio, Linear) else ratio


def _layer(step: Step) -> str:
    return str(step.data.get("layer", ""))


def _less(steps: Sequence[Step], others: Sequence[Step]) -> list[Step]:
    """The steps beyond those the others have too."""
    left = Counter(map(_key, others))
    found = []
    for step in steps:
        if left[_key(step)]:
            left[_key(step)] -= 1
        else:
            found.append(step)
    return found


def _begun(new: Sequence[Step], gone: Sequence[Step], before: Sequence[Step], after: Sequence[Step]) -> Iterator[Start]:
    for step in new:
        layer = _layer(step)
        if step.rule == "share.segment":
            ratio = percent_text(step.data["ratio"]) if not isinstance(step.data["ratio"], Linear) else ""
            yield Start(step.rule, layer, _segment_text(layer, ratio, gone, before, after))
        elif step.rule == "cap.reached":
            yield Start(step.rule, layer, f"到了{layer}的封顶线")
        elif step.rule == "share.nothing_left":
            yield Start(step.rule, layer, f"不超过起付线，{layer}不支付")
        elif not step.rule.startswith(_QUIET):
            yield Start(step.rule, layer, f"开始有“{label(step)}”")


def _segment_text(layer: str, ratio: str, gone: Sequence[Step], before: Sequence[Step], after: Sequence[Step]) -> str:
    by = f"按 {ratio} " if ratio else ""
    if any(step.rule == "share.segment" and _layer(step) == layer for step in gone):
        return f"{layer}改为{by}支付"
    if any(step.rule == "share.segment" and _layer(step) == layer for step in before):
        return f"进入下一段，{layer}{by}支付"
    over = any(step.rule.startswith("deductible.") and _layer(step) == layer and step.amount for step in after)
    return f"过了起付线，{layer}开始{by}支付" if over else f"{layer}开始{by}支付"


def _ended(new: Sequence[Step], gone: Sequence[Step], after: Sequence[Step]) -> Iterator[Start]:
    replaced = {(step.rule, _layer(step)) for step in new}
    named = {label(step) for step in new}
    for step in gone:
        layer = _layer(step)
        if (step.rule, layer) in replaced:
            continue
        if step.rule == "share.segment":
            if any(other.rule == "share.segment" and _layer(other) == layer for other in after):
                yield Start(step.rule, layer, f"{layer}不再用到按 {percent_text(step.data['ratio'])} 的那一段")
            elif ("share.nothing_left", layer) not in replaced:
                yield Start(step.rule, layer, f"{layer}不再支付")
        elif step.rule == "cap.reached":
            yield Start(step.rule, layer, f"{layer}不到封顶线")
        elif not step.rule.startswith(_QUIET) and label(step) not in named:
            yield Start(step.rule, layer, f"不再有“{label(step)}”")


def _turned(before: Sequence[Step], after: Sequence[Step]) -> Iterator[Start]:
    """Steps that are there on both sides, but go another way."""
    earlier = {_key(step): step for step in before}
    for step in after:
        other = earlier.get(_key(step))
        if other is None or step.amount is None or other.amount is None:
            continue
        was, now = line(other.amount), line(step.amount)
        if was.slope == now.slope:
            continue
        turn = _TURNS.get(step.rule.split(".")[0]) or _TURNS.get(step.rule)
        text = turn(_Turn(_layer(step), was, now, step)) if turn else ""
        if text:
            yield Start(step.rule, _layer(step), text)


class _Turn(NamedTuple):
    """A step that goes another way: its line up to here, and from here on."""

    layer: str
    was: Line
    now: Line
    step: Step


def _deductible(turn: _Turn) -> str:
    data = turn.step.data
    if "line" not in data or turn.now.slope or turn.now != line(data["line"] - data.get("already", ZERO)):
        return ""
    return f"过了{turn.layer}的起付线" if turn.was.slope > 0 else f"{turn.layer}的起付线已经付满"


def _guarantee(turn: _Turn) -> str:
    return "前面的保障付得不够，按保底补足" if turn.now.slope else "不用再按保底补"


def _account(turn: _Turn) -> str:
    balance = line(turn.step.data["balance"])
    if turn.now == balance:
        return "个人账户的余额用完了"
    if not turn.now.slope:
        return "个人账户付到了能付的上限"
    if turn.was == Line(Fraction(0), Fraction(0)):
        return "个人账户开始付"
    return "" if turn.was.slope else "个人账户用不完了"


def _total(turn: _Turn) -> str:
    return f"{turn.layer}一点也不再付" if turn.now == Line(Fraction(0), Fraction(0)) else ""


_TURNS: Mapping[str, Callable[[_Turn], str]] = {
    "deductible": _deductible,
    "guarantee": _guarantee,
    "account": _account,
    "layer.total": _total,
}


def _first_other(
    new: Sequence[Step], gone: Sequence[Step], before: Sequence[Step], after: Sequence[Step]
) -> list[Start]:
    """When nothing above tells what begins: the first step that is new, gone, or goes another way."""
    said = [step for step in (*new, *gone) if not step.rule.startswith(("assume.", "rounding"))]
    earlier = {_key(step): step for step in before}
    for step in after:
        other = earlier.get(_key(step))
        if other is None or step.amount is None or other.amount is None or step.rule == "result":
            continue
        if line(step.amount).slope != line(other.amount).slope:
            said.append(step)
    return [Start(step.rule, _layer(step), f"“{label(step)}”从这里起变了") for step in said[:1]]


def label(step: Step) -> str:
    """A step's label on the slip, whatever it was worked out with."""
    return label_and_text(Step(step.rule, _plain(step.amount), _plain(step.data), ()))[0]


def _plain(value: Any) -> Any:
    if isinstance(value, Linear):
        return (Decimal(value.value) / Decimal(value.over)).quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(_plain(inner) for inner in value)
    return value
