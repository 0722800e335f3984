"""JSON text in, JSON text out: the browser's only door. Never raises, keeps the areas it has loaded.

Requests::

    {"do": "load", "area": <policy document>, "sources": <shared sources>}
    {"do": "estimate", "kind": "inpatient", "area": "<id>", "case": {...}, "links": {"<source id>": "<address>"}}
    {"do": "curve", "kind": "inpatient", "area": "<id>", "case": {...}, "free": "bill.total", "to": "500000"}

    {"do": "compare", "areas": ["<id>", …], "case": {...}, "links": {"<id>": {"<source id>": "<address>"}, …}}

A comparison is answered with ``headline`` and ``html``; with two ``dates`` in the case it is about one area, whose
links then serve both days. A curve is answered with ``curve``; ``"want": ["chart"]`` asks for its drawing as HTML
instead, the bill marked in it.

An estimate is answered with ``headline``, ``html`` and ``trace``; ``"want": ["amounts"]`` asks for only what it names,
and nothing else is made: of these, ``estimates`` (those of the trace, without what it tells besides), and ``amounts``
(those of the estimates, without steps).

``area`` is a list of ids for a calculator about several areas (``comparison``).

Answers have ``ok``; a failure says what kind it is (``invalid``, ``not_covered``, ``bug``) in a sentence for the reader
and, for a wrong case, which fields.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from calculator.along import Curves, curves
from calculator.answer import Answer
from calculator.chart import chart_html
from calculator.compare_slip import compare_html, difference_lines
from calculator.curve_chart import curve_chart, typed_bill
from calculator.curve_told import curves_json
from calculator.errors import InvalidData, NotCovered
from calculator.explain import not_covered_text
from calculator.kinds import ask
from calculator.model import PoolingArea
from calculator.money import Yuan
from calculator.parse import parse_area
from calculator.slip import slip_html
from calculator.trace import amounts_json, estimates_json, to_json

_areas: dict[str, PoolingArea] = {}

_MADE: Mapping[str, Callable[[Answer, Mapping[str, str]], Any]] = {
    "headline": lambda answer, _: answer.headline,
    "html": slip_html,
    "trace": lambda answer, _: to_json(answer),
    "estimates": lambda answer, _: estimates_json(answer),
    "amounts": lambda answer, _: amounts_json(answer),
}
_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)
_USUAL = ("headline", "html", "trace")
_DRAWN: Mapping[str, Callable[[Curves, Yuan | None], Any]] = {
    "curve": lambda along, _: curves_json(along),
    "chart": lambda along, bill: chart_html(curve_chart(along, bill), "curve"),
}

_BUG = "计算时出了差错，不是您填错了。上面已经算好的例子仍然有效，也可以打 12393 询问。"


def answer(request: str) -> str:
    """The answer to one request, as JSON text with sorted keys and no blanks: equal inputs give equal bytes."""
    try:
        reply = _reply(json.loads(request))
    except NotCovered as silent:
        reply = {"ok": False, "error": "not_covered", "message": not_covered_text(silent), "missing": silent.missing}
    except InvalidData as wrong:
        problems = [{"field": problem.where, "message": problem.message} for problem in wrong.problems]
        reply = {"ok": False, "error": "invalid", "message": problems[0]["message"], "problems": problems}
    except Exception as bug:  # noqa: BLE001 - the page must get a sentence whatever happens
        reply = {"ok": False, "error": "bug", "message": _BUG, "detail": f"{type(bug).__name__}: {bug}"}
    return _WRITER.encode(reply)


def _reply(request: Mapping[str, Any]) -> dict[str, Any]:
    if request["do"] == "load":
        area = parse_area(request["area"], request.get("sources") or {})
        _areas[area.id] = area
        return {"ok": True, "area": area.id}
    if request["do"] == "curve":
        along = curves(
            request["kind"], _areas[request["area"]], request["case"], str(request["free"]), request.get("to")
        )
        bill = typed_bill(request["case"])
        return {"ok": True} | {name: _DRAWN[name](along, bill) for name in request.get("want") or ("curve",)}
    if request["do"] == "compare":
        compared = ask("comparison", [_areas[name] for name in request["areas"]], request["case"])
        links = request.get("links") or {}
        own = {part.id: links.get(part.id) or links.get(part.estimate.area.id) or {} for part in compared.parts}
        first = difference_lines(compared)[0]
        return {"ok": True, "headline": first, "html": compare_html(compared, own)}
    named = request["area"]
    areas = [_areas[name] for name in ([named] if isinstance(named, str) else named)]
    result = ask(request["kind"], areas, request["case"])
    links = request.get("links") or {}
    return {"ok": True} | {name: _MADE[name](result, links) for name in request.get("want") or _USUAL}
