"""Official figures have official sources; invented figures belong to fictional areas alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from calculator.errors import Path
from calculator.model import Source, Status
from calculator.shape import FAILED, Reading


def refuse_unofficial(
    values: Mapping[str, Any], names: Sequence[str], sources: Mapping[str, Source], reading: Reading
) -> None:
    """An ``official`` figure has an official source; invented figures belong to fictional areas alone."""
    for name in names:
        for i, item in enumerate(values[name] if values[name] is not FAILED else ()):
            for e, edition in enumerate(item.editions):
                place: Path = (name, i, "editions", e, "status")
                stated = [("这一版", edition.status, edition.sources)]
                stated += [
                    (f"“{f.reference}”", f.status, f.sources)
                    for f in edition.figures
                    if (f.status, f.sources) != (edition.status, edition.sources)
                ]
                for what, status, ids in stated:
                    message = provenance_fault(status, ids, values["fictional"], sources)
                    if message:
                        reading.refuse(place, f"{what}{message}", "provenance")


def provenance_fault(status: Status, ids: Sequence[str], fictional: object, sources: Mapping[str, Source]) -> str:
    """What is wrong with a status and its sources, or nothing."""
    if status is Status.OFFICIAL and not any(sources[s].kind == "official" for s in ids if s in sources):
        return "标为 official，却没有官方出处"
    if fictional is True and status is not Status.ILLUSTRATIVE:
        return f"标为 {status}；虚构地区的数字都应标为 illustrative"
    if fictional is False and status is Status.ILLUSTRATIVE:
        return "标为 illustrative；真实地区不能有虚构的数字"
    return ""
