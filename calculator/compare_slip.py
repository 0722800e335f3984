"""城市对比 as a page: the difference in yuan first, bars, a card for each place (a table where there is room), what
makes the difference, and each settlement in full. The same bytes at build and in the browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from calculator.answer import Answer, Difference, Part
from calculator.chart import Bar, areas_chart, chart_html, unbroken
from calculator.coverage import coverage_sentences
from calculator.estimate import Interval
from calculator.explain import bare_interval, bare_less, interval_text, less_text, yuan
from calculator.money import ZERO, Yuan
from calculator.slip import single_html, splits_html, status_mark

NOT_COVERED = "没有收录"
_UNTOLD = "未收录。"


def compare_html(answer: Answer, links: Mapping[str, Mapping[str, str]], label: str = "") -> str:
    """The whole comparison. ``links`` gives the addresses of the sources for each part, since two areas may call
    different sources by one id; ``label`` names the region."""
    first, *others = difference_lines(answer)
    lines = "".join(f'<p class="compare-line">{unbroken(line)}</p>' for line in others)
    notices = "".join(f"<li>{escape(notice)}</li>" for notice in answer.notices)
    details = "".join(
        f'<details class="slip-details"><summary>{escape(part.label)}：怎么算的</summary>'
        f"{single_html(part, links.get(part.id, {}))}</details>"
        for part in answer.parts
    )
    exact = "exact" if all(part.estimate.exact for part in answer.parts) else "interval"
    return (
        f'<section class="slip slip--{exact} slip--compare" aria-label="{escape(label or answer.title)}">'
        f'<p class="slip-answer">{unbroken(first)}</p>{lines}{_bars(answer)}{_cards(answer)}{_table(answer)}'
        f"{splits_html(answer)}{_coverage(answer)}"
        + (f'<ul class="slip-notices">{notices}</ul>' if notices else "")
        + f"{details}</section>"
    )


def _coverage(answer: Answer) -> str:
    return "".join(f'<p class="slip-coverage">{escape(said)}</p>' for said in coverage_sentences(answer))


def difference_lines(answer: Answer) -> tuple[str, ...]:
    """The difference in yuan, the widest first; and which side could not be settled."""
    first, *others = answer.parts
    total = yuan(first.estimate.amounts["total"].low)
    by_id = {difference.id: difference for difference in answer.differences}
    widest = sorted(others, key=lambda part: -_width(by_id.get(part.id)))
    said = [_line(total, part, first, by_id.get(part.id)) for part in widest]
    if not said:
        paid = first.estimate.amounts
        said.append(
            f"只有{_where(first)}能算：花 {total}，医保付 {interval_text(*paid['fund'])}，"
            f"您自己付 {interval_text(*paid['person'])}。"
        )
    if answer.missing:
        names = "、".join(missing.label for missing in answer.missing)
        said.append(f"{names}：{NOT_COVERED}，比不出来；缺什么写在下面。没有收录不是不报。")
    return tuple(said)


def _width(difference: Difference | None) -> Yuan:
    return max(abs(difference.less.low), abs(difference.less.high)) if difference else ZERO


def _line(total: str, part: Part, first: Part, difference: Difference | None) -> str:
    if difference is None:
        return f"同样花 {total}，{_where(part)}和{_where(first)}没有能放在一起比的情形。"
    person = Interval(-difference.more.high, -difference.more.low)
    if difference.less == (ZERO, ZERO) and person == (ZERO, ZERO):
        return f"同样花 {total}，{_where(part)}和{_where(first)}付的一样多。"
    fund = "付的一样多" if difference.less == (ZERO, ZERO) else less_text(difference.less)
    own = "付的一样多" if person == (ZERO, ZERO) else less_text(person)
    return f"同样花 {total}，{_where(part)}比{_where(first)}，医保{fund}，您自己{own}。"


def _where(part: Part) -> str:
    """「在北京市参保」, 「按 2026 年 3 月 1 日的规定」."""
    return f"按 {part.label}的规定" if part.id.startswith("date-") else f"在{part.label}参保"


def _bars(answer: Answer) -> str:
    total = answer.parts[0].estimate.amounts["total"].low
    bars = [Bar(part.label, part.estimate.amounts["fund"], part.estimate.amounts["person"]) for part in answer.parts]
    bars += [Bar(missing.label) for missing in answer.missing]
    return chart_html(areas_chart(bars, total), "areas", table=False)


def _facts(answer: Answer, part: Part) -> Iterator[tuple[str, str]]:
    """What a card says of a part: names and finished HTML."""
    amounts = part.estimate.amounts
    yield "医保付（元）", bare_interval(*amounts["fund"])
    if any("account" in other.estimate.amounts for other in answer.parts):
        account = amounts.get("account")
        yield "个人账户付（元）", bare_interval(*account) if account else "—"
    yield "您自己付（元）", bare_interval(*amounts["person"])
    first = answer.parts[0]
    if len(answer.parts) > 1:
        difference = next((one for one in answer.differences if one.id == part.id), None)
        told = "拿它作比" if part is first else bare_less(difference.less) if difference else "比不出来"
        yield f"医保比{first.label}（元）", told
    yield "数字的可信程度", status_mark(part.estimate.status)
    if part.estimate.gaps:
        yield "没有算进去的", "有的情形没有收录"


def _missing(reason: str) -> str:
    return f'<strong class="compare-missing">{NOT_COVERED}</strong> {escape(reason.removeprefix(_UNTOLD))}'


def _cards(answer: Answer) -> str:
    cards = [
        f'<li class="compare-card"><h3>{escape(part.label)}</h3><dl>'
        + "".join(f"<div><dt>{escape(name)}</dt><dd>{told}</dd></div>" for name, told in _facts(answer, part))
        + "</dl></li>"
        for part in answer.parts
    ]
    cards += [
        f'<li class="compare-card"><h3>{escape(missing.label)}</h3><p>{_missing(missing.reason)}</p></li>'
        for missing in answer.missing
    ]
    return f'<ul class="compare-cards">{"".join(cards)}</ul>'


def _table(answer: Answer) -> str:
    facts = [dict(_facts(answer, part)) for part in answer.parts]
    names = list(dict.fromkeys(name for one in facts for name in one))
    labels = [part.label for part in answer.parts] + [missing.label for missing in answer.missing]
    head = "".join(f'<th scope="col">{escape(label)}</th>' for label in labels)
    corner = '<th scope="col"><span class="visually-hidden">比什么</span></th>'
    rows = []
    for number, name in enumerate(names):
        cells = "".join(f'<td class="num">{one.get(name, "—")}</td>' for one in facts)
        if number == 0:
            cells += "".join(
                f'<td class="compare-silent" rowspan="{len(names)}">{_missing(missing.reason)}</td>'
                for missing in answer.missing
            )
        rows.append(f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>')
    return (
        '<table class="compare-table"><caption class="visually-hidden">各处付多少</caption>'
        f"<thead><tr>{corner}{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )
