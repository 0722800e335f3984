"""What the rules of one edition must have in common: layers that exist, bases that lead somewhere, no circles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from calculator.errors import Path, nearest_word, shown
from calculator.model import Away, BenefitEdition, Branch, Layer
from calculator.reading.ground import refuse_bad_ground
from calculator.rules import filings, leaves
from calculator.shape import FAILED, Reading


def refuse_bad_layers(values: Mapping[str, Any], reading: Reading) -> None:
    """Layer ids are unique; a base needs what it names; out-of-area rules name layers that exist."""
    for b, benefit in enumerate(values["benefits"] if values["benefits"] is not FAILED else ()):
        for e, edition in enumerate(benefit.editions):
            place: Path = ("benefits", b, "editions", e)
            ids = [layer.id for layer in edition.layers]
            for n, layer in enumerate(edition.layers):
                if layer.id in ids[:n]:
                    reading.refuse((*place, "layers", n, "id"), f"这一版里已经有叫“{layer.id}”的层", "duplicate")
                at = (*place, "layers", n)
                refuse_bad_ground(layer, n, edition.layers, at, reading)
            _refuse_unknown_layers(edition.away, ids, place, reading)
            _refuse_circles(edition.away, place, reading)
            _refuse_ranges_beside_whole(edition, place, reading)
            _refuse_idle_items_share(edition, place, reading)
            _refuse_two_renewals(edition, place, reading)


def refuse_lonely_lines(values: Mapping[str, Any], reading: Reading) -> None:
    """A deductible in common (``shared``) has at least two layers of one scheme, all counting over the same period."""
    found: dict[tuple[str, str], list[tuple[Path, str, Any, bool]]] = {}
    for b, benefit in enumerate(values["benefits"] if values["benefits"] is not FAILED else ()):
        for e, edition in enumerate(benefit.editions):
            for n, layer in enumerate(edition.layers):
                name = layer.deductible.shared
                if name:
                    place: Path = ("benefits", b, "editions", e, "layers", n, "deductible")
                    clash = any(other.id == name for other in edition.layers)
                    use = (place, f"{benefit.care}/{layer.id}", layer.deductible.per, clash)
                    found.setdefault((benefit.scheme, name), []).append(use)
    for (_, name), uses in found.items():
        for place, _, per, clash in uses:
            if clash:
                message = f"“{name}”已经是一层的 id，共用的起付线要另起名字"
                reading.refuse((*place, "shared"), message, "deductible")
            elif len({user for _, user, _, _ in uses}) == 1:
                message = f"只有这一层写了 shared: {name}，没有和它共用的；在另一层或另一种就医里也写上，或者去掉"
                reading.refuse((*place, "shared"), message, "deductible")
            elif isinstance(per, str) and isinstance(uses[0][2], str) and per != uses[0][2]:
                message = f"共用“{name}”的起付线要按同样的时间累计：这里写的是 {per}，别处是 {uses[0][2]}"
                reading.refuse((*place, "per"), message, "deductible")


def refuse_lonely_counts(values: Mapping[str, Any], reading: Reading) -> None:
    """What counts together (``counts_into``) has at least two layers of one scheme, and brackets that go by it."""
    found: dict[tuple[str, str], list[tuple[Path, str, Layer]]] = {}
    ids: set[str] = set()
    for b, benefit in enumerate(values["benefits"] if values["benefits"] is not FAILED else ()):
        for e, edition in enumerate(benefit.editions):
            for n, layer in enumerate(edition.layers):
                ids.add(layer.id)
                if layer.counts_into:
                    place: Path = ("benefits", b, "editions", e, "layers", n, "counts_into")
                    use = (place, f"{benefit.care}/{layer.id}", layer)
                    found.setdefault((benefit.scheme, layer.counts_into), []).append(use)
    for (_, name), uses in found.items():
        place = uses[0][0]
        brackets = [table for _, _, layer in uses if layer.brackets is not None for table in leaves(layer.brackets)]
        if name in ids:
            reading.refuse(place, f"“{name}”是一层的 id，合起来累计的要另起名字", "duplicate")
        elif len({user for _, user, _ in uses}) == 1:
            message = f"只有这一层写了 counts_into: {name}，没有和它合起来的；在另一层或另一种就医里也写上，或者去掉"
            reading.refuse(place, message, "shared")
        elif not any(table.axis == "year" for table in brackets):
            message = f"没有哪张分段表按“{name}”分段；在其中一张分段表里写 axis: year，或者去掉 counts_into"
            reading.refuse(place, message, "shared")


def _refuse_unknown_layers(away: Away | None, ids: Sequence[str], place: Path, reading: Reading) -> None:
    if away is None:
        return
    if not away.layers and len(ids) > 1:
        reading.refuse(
            (*place, "away"), f"有 {len(ids)} 层，要写 layers，说明异地规则改哪几层：{'、'.join(ids)}", "layer"
        )
    for n, name in enumerate(away.layers):
        if name not in ids:
            near = nearest_word(name, ids)
            reading.refuse((*place, "away", "layers", n), f"这一版没有叫{shown(name)}的层{near}", "layer")


def _refuse_circles(away: Away | None, place: Path, reading: Reading) -> None:
    """``same_as`` must end somewhere: no case may lead back to itself, and the case it leads to must have a rule."""
    if away is None:
        return
    targets = dict(_same_as(away.cases))
    known = {"local", *filings(away.cases)}
    for filing, leads_to in targets.items():
        for target in sorted(leads_to):
            if target not in known:
                message = f"same_as 写的是“{target}”，但这里没有 {target} 的规则"
                reading.refuse((*place, "away", "cases"), message, "away")
        seen, todo = set(), set(leads_to)
        while todo:
            seen |= todo
            todo = set().union(*(targets.get(name, set()) for name in todo)) - seen
        if filing in seen:
            reading.refuse((*place, "away", "cases"), f"same_as 绕回了自己：{filing}", "away")


def _same_as(table: Any, filing: str = "") -> Iterator[tuple[str, set[str]]]:
    """Each filing with the filings it is treated as, anywhere in the table."""
    found: dict[str, set[str]] = {}
    for name, choice in _leaves(table, filing):
        for treatment in choice.treatments:
            if treatment.same_as is not None:
                found.setdefault(name, set()).update(map(str, treatment.same_as.values))
    yield from found.items()


def _leaves(table: Any, filing: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(table, Branch):
        yield filing, table
        return
    for word, entry in table.entries.items():
        yield from _leaves(entry, word if table.dimension == "filing" else filing)


def _refuse_ranges_beside_whole(edition: BenefitEdition, place: Path, reading: Reading) -> None:
    """Where paying can drop as an amount rises, the two ends of a range are not the ends of the estimate."""
    if any("whole" in figure.values for figure in edition.figures):
        for figure in edition.figures:
            if figure.kind == "range" and figure.unit == "yuan":
                message = f"有全额按一个比例（whole）的分段表时，{figure.reference} 不能是范围；写成 disputed 或一个数"
                reading.refuse(place, message, "range")


def _refuse_idle_items_share(edition: BenefitEdition, place: Path, reading: Reading) -> None:
    """Where no class of items has a ratio of its own, it makes no difference where they lie."""
    moved = [item for item in edition.items.values() if not item.no_deductible and (item.ratio or item.changes)]
    if edition.items_share and not moved:
        message = "没有哪一类项目另有比例（ratio、changes），items_share 没有用；删掉它，或者写明那一类的比例"
        reading.refuse((*place, "items_share"), message, "item")


def _refuse_two_renewals(edition: BenefitEdition, place: Path, reading: Reading) -> None:
    """A long stay is either settled in parts, each with its deductible, or as a whole with several deductibles."""
    if edition.periods is None:
        return
    for n, layer in enumerate(edition.layers):
        if layer.deductible.renewal is not None:
            message = "这一版写了 periods（分段结算，每段另算起付线），不能再写 every_days；同一道规定只写一处"
            reading.refuse((*place, "layers", n, "deductible", "every_days"), message, "deductible")
