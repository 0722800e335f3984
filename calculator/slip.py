"""An answer → the settlement slip as HTML, the same bytes at build and in the browser. Everything shown is escaped.

The wording is ``explain``'s; this module only lays it out: label left, amount right, one line a step, the reason below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape

from calculator.answer import Amount, Answer, Difference, Part
from calculator.chart import chart_html, payers_chart, unbroken
from calculator.coverage import coverage_sentences
from calculator.estimate import End
from calculator.explain import (
    STATUS_WHY,
    bare_interval,
    bare_less,
    choice_text,
    end_titles,
    interval_text,
    interval_words,
    not_covered_text,
    question_text,
)
from calculator.lines import Line, Used, lines_of
from calculator.model import PoolingArea, Status
from calculator.sentences.compare import cause_text, split_titles
from calculator.told_html import told_html


def slip_html(answer: Answer, links: Mapping[str, str] | None = None, label: str = "") -> str:
    """The slip. ``links`` gives each source id the address a citation leads to; without one it is named, not linked.

    ``label`` names the slip for screen readers; a page with several gives each its own.
    """
    known = links or {}
    single = len(answer.parts) == 1
    exact = all(part.estimate.exact for part in answer.parts)
    body = single_html(answer.parts[0], known) if single else _comparison(answer, known) if answer.parts else ""
    if answer.status is not None and not answer.parts:
        body += _status_line(answer.status)
    if answer.marginal is not None:
        body += f'<p class="slip-marginal">{unbroken(answer.marginal.text)}</p>'
    body += told_html(answer, known, status_mark)
    body += "".join(f'<p class="slip-coverage">{escape(said)}</p>' for said in coverage_sentences(answer))
    notices = "".join(f"<li>{escape(notice)}</li>" for notice in answer.notices)
    listed = f'<ul class="slip-notices">{notices}</ul>' if notices else ""
    certainty = "exact" if exact else "interval"
    name = escape(label or f"{answer.title}的结果")
    return (
        f'<section class="slip slip--{certainty}" aria-label="{name}">'
        f'<p class="slip-answer">{unbroken(answer.headline)}</p>'
        f"{body}{listed}</section>"
    )


def single_html(part: Part, links: Mapping[str, str]) -> str:
    """One estimate: how sure it is, who pays, the steps."""
    return _status(part) + _bar(part) + _gaps(part) + _sums(part) + _questions(part) + _lines(part, links)


def _status(part: Part) -> str:
    return _status_line(part.estimate.status)


def _status_line(status: Status) -> str:
    why = f'<span class="slip-status-why">{STATUS_WHY[status.value]}</span>'
    return f'<p class="slip-status">{status_mark(status)} {why}</p>'


def status_mark(status: Status) -> str:
    """The mark of a status: a word with a shape and a colour (both from the style sheet)."""
    return f'<span class="status status--{status.value}">{status.words}</span>'


def _bar(part: Part) -> str:
    chart = payers_chart(part.amounts)
    return chart_html(chart, "payers") if chart else ""


def _gaps(part: Part) -> str:
    if not part.estimate.gaps:
        return ""
    items = []
    for gap in part.estimate.gaps:
        assumed = "，".join(choice_text(part.estimate.area, choice) for choice in gap.choices if choice.figure is None)
        lead = f"如果{assumed}：" if assumed else ""
        items.append(f"<li>{escape(lead + not_covered_text(gap.reason))}</li>")
    listed = "".join(dict.fromkeys(items))
    return f'<ul class="slip-notices">{listed}</ul>'


def _sums(part: Part) -> str:
    """The amounts in one short table; needed where there is no single column of steps to read them from."""
    if part.estimate.low is part.estimate.high:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escape(amount.words)}</th><td class="num">{_range(amount)}</td></tr>'
        for amount in part.amounts
        if amount.role != "info" or not amount.interval.exact
    )
    return f'<table class="slip-sums"><caption>金额范围</caption><tbody>{rows}</tbody></table>'


def _range(amount: Amount) -> str:
    if amount.unit == "yuan":
        return interval_text(*amount.interval)
    low, high = amount.interval
    return interval_words(low, high)


def _lines(part: Part, links: Mapping[str, str]) -> str:
    result = part.estimate
    if result.low is result.high:
        return _assumed(result.area, result.low) + _steps(result.area, result.low, links)
    ends = zip(end_titles(result), (result.low, result.high), strict=True)
    return '<div class="slip-ends">' + "".join(_end(result.area, title, end, links) for title, end in ends) + "</div>"


def _end(area: PoolingArea, title: str, end: End, links: Mapping[str, str]) -> str:
    return f'<section class="slip-end"><h3>{title}</h3>{_assumed(area, end)}{_steps(area, end, links)}</section>'


def _assumed(area: PoolingArea, end: End) -> str:
    assumed = "".join(f"<li>{escape(choice_text(area, choice))}</li>" for choice in end.assumptions)
    return f'<ul class="slip-assumptions">{assumed}</ul>' if assumed else ""


def _steps(area: PoolingArea, end: End, links: Mapping[str, str]) -> str:
    lines = "".join([_line(area, line, links) for line in lines_of(area, end)])
    return f'<ol class="slip-lines">{lines}</ol>'


def _line(area: PoolingArea, line: Line, links: Mapping[str, str]) -> str:
    stage = line.rule.split(".", 1)[0]
    total = " slip-line--total" if line.total else ""
    amount = "" if line.note else f'<span class="slip-amount">{line.amount}</span>'
    extra = " slip-line--note" if line.note else ""
    cites = "".join(_cites(area, line, links))
    return (
        f'<li class="slip-line{total}{extra}" data-stage="{stage}">'
        f'<span class="slip-label">{escape(line.label)}</span>{amount}'
        f'<span class="slip-why">{escape(line.text)}{cites}</span>{_figures(line)}</li>'
    )


def _figures(line: Line) -> str:
    """Every figure the line used, folded."""
    if not line.used:
        return ""
    items = "".join([_figure(used) for used in line.used])
    return f'<details class="slip-figures"><summary>用到的数字</summary><ul>{items}</ul></details>'


@lru_cache(maxsize=4096)
def _figure(used: Used) -> str:
    return f"<li>{escape(used.text)}</li>"


def _cites(area: PoolingArea, line: Line, links: Mapping[str, str]) -> Iterator[str]:
    """The sources of the figures a line used, each once, with a mark unless the figures are official."""
    for name in dict.fromkeys(name for used in line.used for name in used.figure.sources):
        source = area.sources.get(name)
        yield _cite(source.title if source else name, links.get(name))
    if line.status not in (None, Status.OFFICIAL):
        yield f" {status_mark(line.status)}"


@lru_cache(maxsize=1024)
def _cite(title: str, link: str | None) -> str:
    if link is None:
        return f' <span class="cite">出处：{escape(title)}</span>'
    return f' <a class="cite" href="{escape(link)}" title="{escape(title)}">出处</a>'


def _questions(part: Part) -> str:
    """What to find out first, where the result is a range."""
    area = part.estimate.area
    items = "".join(f"<li>{unbroken(question_text(area, question))}</li>" for question in part.estimate.questions)
    return f'<ul class="slip-questions">{items}</ul>' if items else ""


def splits_html(answer: Answer) -> str:
    """What makes the difference between the variants, step by step."""
    return "".join(_split(difference) for difference in answer.differences)


def _split(difference: Difference) -> str:
    low, high = difference.splits
    lists = ""
    for title, split in split_titles(low, high):
        items = "".join(f"<li>{unbroken(cause_text(cause)[1])}</li>" for cause in split.causes)
        lists += f"<p>{escape(title)}</p><ul>{items}</ul>" if items else ""
    if not lists:
        return ""
    return f'<section class="slip-split"><h3>{escape(difference.label)}，差在哪里</h3>{lists}</section>'


def _comparison(answer: Answer, links: Mapping[str, str]) -> str:
    """One row per variant with the difference to the first one, then each slip in full."""
    less = {difference.id: bare_less(difference.less) for difference in answer.differences}
    rows = "".join(_row(part, "" if number == 0 else less.get(part.id, "")) for number, part in enumerate(answer.parts))
    rows += "".join(
        f'<tr><th scope="row">{escape(m.label)}</th><td colspan="3">{escape(m.reason)}</td></tr>'
        for m in answer.missing
    )
    details = "".join(
        f'<details class="slip-details"><summary>{escape(part.label)}：怎么算的</summary>'
        f"{single_html(part, links)}</details>"
        for part in answer.parts
    )
    columns = ("情形", "医保付（元）", "您自己付（元）", "医保比第一行（元）")
    head = "<tr>" + "".join(f'<th scope="col">{escape(words)}</th>' for words in columns) + "</tr>"
    return (
        '<div class="table-scroll" role="region" aria-label="各种情形对比" tabindex="0"><table class="slip-compare">'
        f"<caption>同一笔费用，不同情形</caption><thead>{head}</thead><tbody>{rows}</tbody></table></div>{splits_html(answer)}{details}"
    )


def _row(part: Part, less: str) -> str:
    fund, person = part.estimate.amounts["fund"], part.estimate.amounts["person"]
    return (
        f'<tr><th scope="row">{escape(part.label)} {status_mark(part.estimate.status)}</th>'
        f'<td class="num">{bare_interval(*fund)}</td><td class="num">{bare_interval(*person)}</td>'
        f'<td class="num">{less or "—"}</td></tr>'
    )
