"""The lines of ``told`` as HTML for the slip. Everything shown is escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from calculator.answer import Answer
from calculator.model import Source, Status
from calculator.told import Block, Line, blocks, source_title

Mark = Callable[[Status], str]


def told_html(answer: Answer, links: Mapping[str, str], mark: Mark) -> str:
    """All blocks; nothing for an answer that has amounts alone."""
    return "".join(_block(block, links, mark) for block in blocks(answer))


def _block(block: Block, links: Mapping[str, str], mark: Mark) -> str:
    lines = "".join(_line(line, links, mark) for line in block.lines)
    shape = "ol" if block.kind == "reasons" else "ul"
    return (
        f'<section class="slip-told slip-told--{block.kind}"><h3>{escape(block.title)}</h3>'
        f"<{shape}>{lines}</{shape}></section>"
    )


def _line(line: Line, links: Mapping[str, str], mark: Mark) -> str:
    head = f"<strong>{escape(line.mark)}</strong>：" if line.mark else ""
    told = ""
    if line.ground is not None:
        told = "".join(_cite(source, links) for source in line.ground.sources)
        told += "" if line.ground.status is Status.OFFICIAL else f" {mark(line.ground.status)}"
    return f"<li>{head}{escape(line.text)}{told}</li>"


def _cite(source: Source, links: Mapping[str, str]) -> str:
    title = escape(source_title(source))
    if source.id in links:
        return f' <a class="cite" href="{escape(links[source.id])}" title="{title}">出处</a>'
    return f' <span class="cite">出处：{title}</span>'
