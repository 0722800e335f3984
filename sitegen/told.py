"""Findings, days and checklists of a trace, for the terminal: the texts are the calculator's own."""

from collections.abc import Iterator, Mapping
from typing import Any

from calculator.findings import ITEM_WORDS
from calculator.model import Status


def told_lines(trace: Mapping[str, Any]) -> Iterator[str]:
    """What a trace tells besides amounts."""
    finding = trace["finding"]
    for reason in finding["reasons"] if finding else ():
        yield f"  理由：{reason['text']}{_ground(reason)}"
    for day in trace["dates"]:
        safe = "（按这一天办最稳妥）" if day["safe"] else ""
        yield f"  {day['label']}：{day['words']}{safe}。{day['text']}{_ground(day)}"
    for found in finding["unknown"] if finding else ():
        yield f"  还不知道的：{found['text']}{found['ask']}"
    for checklist in trace["checklists"]:
        yield f"  {checklist['title']}："
        for item in checklist["items"]:
            mark = f"{ITEM_WORDS[item['state']]}：" if item["state"] else ""
            yield f"    - {mark}{item['text']}{_ground(item)}"
    if trace["status"]:
        yield f"  可信程度：{Status(trace['status']).words}"


def _ground(told: Mapping[str, Any]) -> str:
    return f"（出处：{'、'.join(told['sources'])}）" if told["sources"] else ""
