"""What a layer stands on: the base, the layers it names, the accumulators it shares. All of it must be there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from calculator.errors import Path, nearest_word, shown
from calculator.model import ALWAYS, Layer
from calculator.shape import FAILED, Reading


def refuse_bad_ground(layer: Layer, number: int, layers: Sequence[Layer], place: Path, reading: Reading) -> None:
    """Every layer that a layer names stands before it and has what is asked of it."""
    _refuse_bad_base(layer, number, layers, place, reading)
    _refuse_bad_reach(layer, layers[:number], place, reading)
    _refuse_bad_year_end(layer, number, layers, place, reading)


def _refuse_bad_base(layer: Layer, number: int, layers: Sequence[Layer], place: Path, reading: Reading) -> None:
    kind, earlier = layer.base.kind, layers[:number]
    if kind == "eligible" and any(other.base.kind != "eligible" for other in earlier):
        reading.refuse((*place, "base"), "按 eligible 计算的层要写在最前面；后面的层写 excess 或 {own: […]}", "layer")
    elif kind == "eligible" and any(other.when is ALWAYS for other in earlier):
        reading.refuse((*place, "base"), "只有第一层按 eligible 计算；后面的层写 excess 或 {own: […]}", "layer")
    elif kind == "excess" and number == 0:
        reading.refuse((*place, "base"), "第一层前面没有别的层，不能算“超过封顶线的部分”；应是 eligible", "layer")
    elif kind == "excess" and layer.base.of:
        _refuse_bad_excess(layer, earlier, place, reading)
    elif kind == "excess" and layers[number - 1].base.kind == "own":
        name = layers[number - 1].id
        message = f"上一层“{name}”按个人负担计算，没有超过封顶线的费用；excess 要紧跟在按费用计算的层后面"
        reading.refuse((*place, "base"), message, "layer")
    elif kind == "excess" and _endless(layers[number - 1]):
        name = layers[number - 1].id
        reading.refuse((*place, "base"), f"上一层“{name}”没有封顶线，没有超过的部分可算", "layer")
    elif layer.base.before:
        _refuse_bad_before(layer, earlier, place, reading)


def _endless(layer: Layer) -> bool:
    """Whether nothing can ever lie beyond a layer's caps."""
    return all(cap.amount is None and cap.known for cap in layer.caps)


def _refuse_bad_excess(layer: Layer, earlier: Sequence[Layer], place: Path, reading: Reading) -> None:
    """The layer gone beyond stands before, has a cap, and nobody else has taken or paid back what is beyond it."""
    at, name = (*place, "base", "excess_of"), layer.base.of
    ids = [other.id for other in earlier]
    if name not in ids:
        near = nearest_word(name, ids)
        reading.refuse(at, f"前面没有叫{shown(name)}的层{near}", "layer")
        return
    source, between = earlier[ids.index(name)], earlier[ids.index(name) + 1 :]
    if source.base.kind == "own":
        reading.refuse(at, f"“{name}”按个人负担计算，没有超过封顶线的费用", "layer")
    elif _endless(source):
        reading.refuse(at, f"“{name}”没有封顶线，没有超过的部分可算", "layer")
    for other in between:
        if other.base.kind == "excess" and other.base.of in ("", name):
            reading.refuse(at, f"“{name}”封顶线以上的部分已经由“{other.id}”接着算", "layer")
        elif "over_cap" in other.base.count:
            reading.refuse(at, f"中间的“{other.id}”已经按 over_cap 算过封顶线以上的部分；把它写到后面", "layer")


def _refuse_bad_before(layer: Layer, earlier: Sequence[Layer], place: Path, reading: Reading) -> None:
    known = [other.id for other in earlier if other.base.kind != "eligible"]
    if layer.base.before not in known:
        near = nearest_word(layer.base.before, known)
        listed = f"；可以写 {'、'.join(known)}" if known else ""
        message = f"before 写的是{shown(layer.base.before)}，应是前面的一层（按 eligible 计算的除外）{near}{listed}"
        reading.refuse((*place, "base", "before"), message, "layer")


def _refuse_bad_reach(layer: Layer, earlier: Sequence[Layer], place: Path, reading: Reading) -> None:
    """A layer that depends on another's deductible names an earlier one that has something to pass."""
    ids = [other.id for other in earlier]
    for key, name in (("if_reached", layer.if_reached), ("if_not_reached", layer.if_not_reached)):
        if name and name not in ids:
            reading.refuse((*place, key), f"前面没有叫{shown(name)}的层{nearest_word(name, ids)}", "layer")
        elif name and not _has_threshold(earlier[ids.index(name)]):
            reading.refuse((*place, key), f"“{name}”没有起付线，说不上过没过", "layer")
    if layer.if_reached and layer.if_reached == layer.if_not_reached:
        reading.refuse(place, "if_reached 和 if_not_reached 写了同一层，永远不会适用", "layer")


def _has_threshold(layer: Layer) -> bool:
    fixed = layer.lump_sum is not None or layer.true_up is not None
    return fixed or layer.deductible.amount is not None or not layer.deductible.known


def _refuse_bad_year_end(layer: Layer, number: int, layers: Sequence[Layer], place: Path, reading: Reading) -> None:
    if layer.settles == "year_end" and layer.base.kind != "own":
        message = "年底结算（settles: year_end）的层按全年个人负担计算，base 要写 {own: […]}"
        reading.refuse((*place, "settles"), message, "layer")
    elif layer.settles == "event" and any(other.settles == "year_end" for other in layers[:number]):
        reading.refuse(place, "年底结算的层要写在最后，后面不能再有每次结算的层", "layer")


def refuse_lonely_shares(values: Mapping[str, Any], reading: Reading) -> None:
    """A cap in common (``shared``) is named by at least two rules of one scheme, and is not the id of a layer."""
    used: dict[tuple[str, str], set[tuple[str, str]]] = {}
    first: dict[tuple[str, str], Path] = {}
    ids: set[str] = set()
    for b, benefit in enumerate(values["benefits"] if values["benefits"] is not FAILED else ()):
        for e, edition in enumerate(benefit.editions):
            for n, layer in enumerate(edition.layers):
                ids.add(layer.id)
                place: Path = ("benefits", b, "editions", e, "layers", n, "cap")
                for name in (cap.shared for cap in layer.caps if cap.shared):
                    first.setdefault((benefit.scheme, name), place)
                    used.setdefault((benefit.scheme, name), set()).add((benefit.care, layer.id))
    for (scheme, name), where in used.items():
        if name in ids:
            reading.refuse(first[scheme, name], f"shared 写的“{name}”是一个层的 id，换一个名字", "duplicate")
        elif len(where) < 2:
            message = f"只有一处写 shared: {name}；合起来算的各处要写同一个名字，只有一处就不用写"
            reading.refuse(first[scheme, name], message, "shared")
