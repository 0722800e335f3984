"""参照另一种就医的规定: a layer that takes rules of a layer of another kind of care gets them when the file is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from calculator.errors import Path, nearest_word
from calculator.model import CARE_WORDS, Benefit, BenefitEdition, Edition, Figure, Layer
from calculator.shape import FAILED, Reading


def with_likes(values: Mapping[str, Any], reading: Reading) -> Any:
    """The benefits with every reference carried out; problems are noted."""
    benefits = values["benefits"]
    if benefits is FAILED:
        return FAILED
    return tuple(
        replace(
            benefit,
            editions=tuple(
                _with_likes(benefits, benefit, e, ("benefits", b, "editions", e), reading)
                for e in range(len(benefit.editions))
            ),
        )
        for b, benefit in enumerate(benefits)
    )


def _with_likes(
    benefits: Sequence[Benefit], benefit: Benefit, number: int, place: Path, reading: Reading
) -> BenefitEdition:
    edition = benefit.editions[number]
    if all(layer.like is None for layer in edition.layers):
        return edition
    until = edition.until or (benefit.editions[number + 1].since if number + 1 < len(benefit.editions) else None)
    layers, figures = [], list(edition.figures)
    for n, layer in enumerate(edition.layers):
        found = _found(benefits, benefit, layer, edition.since, until, (*place, "layers", n, "like"), reading)
        if found is None:
            layers.append(layer)
            continue
        other, theirs = found
        layers.append(_taking(layer, other))
        figures += theirs
    return replace(edition, layers=tuple(layers), figures=tuple(dict.fromkeys(figures)))


def _taking(layer: Layer, other: Layer) -> Layer:
    assert layer.like is not None
    taken: dict[str, Any] = {}
    if "deductible" in layer.like.take:
        taken["deductible"] = other.deductible
    if "ratio" in layer.like.take:
        taken |= {"ratio": other.ratio, "brackets": other.brackets, "changes": other.changes, "clamp": other.clamp}
    if "cap" in layer.like.take:
        taken["caps"] = other.caps
    return replace(layer, **taken)


def _found(
    benefits: Sequence[Benefit],
    benefit: Benefit,
    layer: Layer,
    since: date,
    until: date | None,
    place: Path,
    reading: Reading,
) -> tuple[Layer, list[Figure]] | None:
    """The layer that is meant and its figures; the edition it stands in must hold as long as the one that refers."""
    like = layer.like
    if like is None:
        return None
    words = CARE_WORDS[like.care]
    other = next((b for b in benefits if b.scheme == benefit.scheme and b.care == like.care), None)
    if other is None or like.care == benefit.care:
        reading.refuse((*place, "care"), f"这个险种没有另外的{words}待遇可以参照", "layer")
        return None
    begun = [edition for edition in other.editions if edition.since <= since]
    if not begun:
        first = other.editions[0].since
        reading.refuse(place, f"{since} 还没有{words}的标准可以参照，最早的一版从 {first} 起", "layer")
        return None
    held: BenefitEdition = begun[-1]
    if _changes(other.editions, since, until):
        message = f"{words}的标准在这一版执行期间换了一版，这里也要从那天起另写一版"
        reading.refuse(place, message, "layer")
        return None
    known = {candidate.id: candidate for candidate in held.layers}
    if like.layer not in known or known[like.layer].like is not None:
        near = nearest_word(like.layer, known)
        message = f"{words}没有叫“{like.layer}”的层可以参照{near}；有 {'、'.join(known)}"
        reading.refuse((*place, "layer"), message, "layer")
        return None
    prefix = f"{benefit.scheme}/{like.care}/layers.{like.layer}."
    return known[like.layer], [figure for figure in held.figures if figure.reference.startswith(prefix)]


def _changes(editions: Sequence[Edition], since: date, until: date | None) -> bool:
    return any(since < edition.since and (until is None or edition.since < until) for edition in editions)
