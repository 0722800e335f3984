"""Directives of the guides: their YAML read, their cases settled, their HTML.

Every amount in the HTML comes from the calculator, except what an article printed, which stands in a row of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

from calculator.answer import Answer
from calculator.errors import Path
from calculator.explain import not_covered_text
from calculator.model import STATUS_ORDER, Status
from calculator.shape import Key, ListOf, Record, Text, Whole, Word
from calculator.slip import slip_html
from sitegen.across import ACROSS, rows_of, table, unknown_areas, wrong
from sitegen.addresses import UP
from sitegen.cases import CASE, EXPECT, KIND, Expectation, Range, Settled, differences, ends_of, settle
from sitegen.checklists import CHECKLIST, in_guide, on_sheet
from sitegen.problems import Problem, nearest, shorten
from sitegen.shapes import Anything, read_shaped_text
from sitegen.sums import SAID, SUM, Sum
from sitegen.sums import Term as SumTerm
from sitegen.sums import claim_of as sum_claim
from sitegen.sums import line as sum_line
from sitegen.verdicts import (
    PLACEHOLDER,
    WORDS,
    Claim,
    Verdict,
    allowed,
    anchor_at,
    badge,
    claim_of,
    claimable,
    shown,
)
from sitegen.world import AreaFile, CalculatorForm, ChecklistSheet, WorkedExample
from sitegen.yamlfile import Document

if TYPE_CHECKING:
    from sitegen.evaluate import Evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What an article says of an example (文章说法)."""

    says: Expectation
    difference: str
    how: str = ""
    source: str = ""
    rounded_to: int = 0
    verdict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The YAML of an example, or of one column of a comparison."""

    case: Mapping[str, Any]
    expect: Expectation
    kind: str = ""
    area: str = ""
    label: str = ""
    note: str = ""
    article: Article | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The YAML of a comparison: columns, and what they have in common."""

    columns: tuple[Example, ...]
    kind: str = ""
    area: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSetting:
    """The YAML of a calculator."""

    area: str = ""
    defaults: Mapping[str, Any] = field(default_factory=dict)


_AREA = Key(Text("统筹区的 id"), default="")
_NOTE = Key(Text("一句话", longest=400), default="")
_ARTICLE = Record(
    Article,
    {
        "says": Key(EXPECT, required=True, help="文章印出来的数"),
        "difference": Key(Text("一两句话", longest=400), required=True, help="差在哪一步"),
        "how": Key(Text("一句话", longest=400), default=""),
        "source": Key(Text("出处的 id"), default=""),
        "rounded_to": Key(Whole("约到多少元", 1, 100000), default=0),
        "verdict": Key(Word(tuple(WORDS)), default=""),
    },
    "文章说法",
)
_CASE_KEYS: dict[str, Key] = {
    "case": Key(CASE, required=True, help="就医情形"),
    "expect": Key(EXPECT, required=True, help="预期的得数"),
    "kind": Key(KIND, default=""),
    "area": _AREA,
}
_EXAMPLE = Record(Example, {**_CASE_KEYS, "note": _NOTE, "article": Key(_ARTICLE)}, "一个例子")
_COLUMN = Record(
    Example,
    {"label": Key(Text("列的名字", longest=30), required=True, help="列的名字"), **_CASE_KEYS},
    "一列",
)
_COMPARISON = Record(
    Comparison,
    {
        "columns": Key(ListOf(_COLUMN, shortest=2, longest=4), required=True, help="二到四列"),
        "kind": Key(KIND, default=""),
        "area": _AREA,
        "note": _NOTE,
    },
    "几种情形的对比",
)
_FORM = Record(FormSetting, {"area": _AREA, "defaults": Key(Anything("各项的初始值"), default={})}, "计算器的设置")

DEFAULT_KIND = "inpatient"


class Examples:
    """The directives of one guide."""

    def __init__(self, evaluation: "Evaluation") -> None:
        self.evaluation = evaluation
        self.draft = evaluation.draft
        self.problems: list[Problem] = []
        self.examples: list[WorkedExample] = []

    def directive(
        self, name: str, title: str, body: str, line: int
    ) -> tuple[str | CalculatorForm, list[Problem], list[WorkedExample]]:
        """The HTML or the form of a directive, what is wrong with it, and the examples in it."""
        makers = {
            "example": self._example,
            "compare": self._compare,
            "calculator": self._calculator,
            "areas": self._areas,
            "checklist": self._checklist,
            "sum": self._sum,
            "verdicts": self._verdicts,
        }
        made = makers[name](title, body, line) if name in makers else ""
        return made, self.problems, self.examples

    def _refuse(self, line: int, message: str, check: str) -> None:
        self.problems.append(Problem(path=self.draft.path, line=line, message=message, check=check))

    def _read(self, shape: Record, body: str, line: int) -> tuple[Any, Document | None]:
        value, document, problems = read_shaped_text(shape, body, self.draft.path, line + 1)
        self.problems += problems
        return value, document

    def _title(self, name: str, title: str, line: int) -> None:
        if not title:
            self._refuse(line, f"“{{{name}}}”后面要写标题，说明这是什么情形", "directive")

    def _example(self, title: str, body: str, line: int) -> str:
        self._title("example", title, line)
        example, document = self._read(_EXAMPLE, body, line)
        if example is None or document is None:
            return ""
        settled = self._settled(example, (), document, "", "")
        if settled is None:
            return ""
        self._keep(title, line, example, settled)
        article = self._article(title, example.article, settled, document) if example.article else ""
        slip = self._slip(title, example, settled)
        if settled.answer is None:
            return _section("example", title, slip + self._note(example.note, document))
        # The slip is the proof; a screen of it after every example would hide the guide.
        shown = article or _answer(settled.answer)
        proof = _folded("按规则一步一步怎么算", slip)
        return _section("example", title, shown + self._note(example.note, document) + proof)

    def _compare(self, title: str, body: str, line: int) -> str:
        self._title("compare", title, line)
        comparison, document = self._read(_COMPARISON, body, line)
        if comparison is None or document is None:
            return ""
        found = []
        for index, column in enumerate(comparison.columns):
            place: Path = ("columns", index)
            settled = self._settled(column, place, document, comparison.kind, comparison.area)
            if settled is not None and settled.answer is not None:
                found.append((column, settled.answer))
                self._keep(f"{title}：{column.label}", document.line_of(place), column, settled)
        if len(found) < len(comparison.columns):
            return ""
        single = all(len(answer.parts) == 1 for _, answer in found)
        if not single or not _common([answer.parts[0] for _, answer in found]):
            self._refuse(line, "对比的每一列都要是同一种、只有一个得数的计算", "directive")
            return ""
        slips = "".join(
            _folded(f"{column.label}：怎么算的", self._column(title, column, comparison, answer))
            for column, answer in found
        )
        table = _compare_table(title, [(column.label, answer) for column, answer in found])
        return _section("compare", title, table + self._note(comparison.note, document) + slips)

    def _areas(self, title: str, body: str, line: int) -> str:
        self._title("areas", title, line)
        across, document = self._read(ACROSS, body, line)
        if across is None or document is None:
            return ""
        areas = self.evaluation.material.areas
        for index, message in unknown_areas(across, areas.ids):
            self._refuse(document.line_of(("areas", index)), message, "directive")
        every = (entry.id for entry in areas.files.values() if not entry.fictional)
        entries = [areas.files[name] for name in across.areas or every if name in areas.files]
        rows = rows_of(across, entries, self.draft.front.as_of, self.evaluation.words)
        found: tuple[Problem, ...] = ()
        if len(areas.files) == len(areas.ids):  # with a place unread, an empty column may be that place's fault
            found = tuple(wrong(across, rows, tuple(areas.files.values()), document.problem))
        self.problems += found
        if found:
            return ""
        return _section("areas", title, table(title, across, rows, UP) + self._note(across.note, document))

    def _column(self, title: str, column: Example, comparison: Comparison, answer: Answer) -> str:
        entry = self._area(column.area or comparison.area)
        return slip_html(answer, self._links(entry), f"{title}：{column.label}")

    def _calculator(self, kind: str, body: str, line: int) -> str | CalculatorForm:
        from calculator.kinds import KINDS

        setting, document = self._read(_FORM, body, line) if body.strip() else (FormSetting(), None)
        if kind not in KINDS:
            self._refuse(line, f"没有“{shorten(kind)}”这种计算{nearest(kind, KINDS)}", "directive")
            return ""
        if setting is None:
            return ""
        at = document.line_of(("area",)) if document else line
        entry = self._area_file(setting.area or self.draft.front.area, at)
        if entry is None:
            return ""
        form = KINDS[kind].form(entry.area)
        if form is None:
            self._refuse(line, f"“{entry.id}”没有{KINDS[kind].title}要用的规定", "directive")
            return ""
        defaults = {}
        for name, value in setting.defaults.items():
            where = document.line_of(("defaults", name)) if document else line
            fields = {f.name: f for f in form.fields}
            if name not in fields:
                near = nearest(str(name), fields)
                self._refuse(where, f"表单里没有“{shorten(str(name))}”这一项{near}", "directive")
            elif not isinstance(value, str | int) or isinstance(value, bool):
                self._refuse(where, f"“{name}”的初始值要写成一个词或一个数", "directive")
            elif (choices := [c.value for c in fields[name].choices]) and str(value) not in choices:
                message = f"“{name}”没有“{shorten(str(value))}”这个选项{nearest(str(value), choices)}"
                self._refuse(where, message, "directive")
            else:
                defaults[name] = str(value)
        return CalculatorForm(kind=kind, area=entry.id, title=KINDS[kind].title, defaults=defaults)

    def _checklist(self, title: str, body: str, line: int) -> str:
        self._title("checklist", title, line)
        steps, document = self._read(CHECKLIST, body, line)
        if steps is None or document is None:
            return ""
        evaluation = self.evaluation
        form = None
        if steps.calculator:
            setting = f"area: {steps.area}" if steps.area else ""
            made = self._calculator(steps.calculator, setting, document.line_of(("calculator",)))
            form = made if isinstance(made, CalculatorForm) else None
        shown = in_guide(title, steps, document, evaluation.inline)
        evaluation.checklists.append(
            ChecklistSheet(
                id=steps.id,
                path=self.draft.path,
                line=line,
                title=title,
                guide=self.draft.slug,
                html=on_sheet(steps, document, evaluation.elsewhere()),
                form=form,
            )
        )
        return shown

    def _area_file(self, area_id: str, line: int) -> AreaFile | None:
        areas = self.evaluation.material.areas
        if not area_id:
            self._refuse(line, "没有写统筹区：在这里或文件开头写上 area", "directive")
        elif area_id not in areas.ids and area_id != self.draft.front.area:  # the head's has been told already
            self._refuse(line, f"没有“{shorten(area_id)}”这个统筹区{nearest(area_id, areas.ids)}", "directive")
        return areas.files.get(area_id)

    def _area(self, area_id: str) -> AreaFile:
        return self.evaluation.material.areas.files[area_id or self.draft.front.area]

    def _settled(self, example: Example, place: Path, document: Document, kind: str, area_id: str) -> Settled | None:
        """The case settled and compared; None when there is nothing to show."""
        line = document.line_of((*place, "area")) or document.line_of(place)
        entry = self._area_file(example.area or area_id or self.draft.front.area, line)
        if entry is None:
            return None
        settled = settle(example.kind or kind or DEFAULT_KIND, entry.area, example.case)
        self.problems += differences(settled, example.expect, place, document)
        return settled if settled.answer is not None or settled.silent is not None else None

    def _keep(self, title: str, line: int, example: Example, settled: Settled) -> None:
        if settled.answer is None:
            return
        self.evaluation.statuses |= {Status(part.estimate.status) for part in settled.answer.parts}
        if settled.answer.status is not None:
            self.evaluation.statuses.add(settled.answer.status)
        parts = settled.answer.parts
        area = parts[0].estimate.area.id if parts else self._area(example.area).id
        self.examples.append(
            WorkedExample(
                path=self.draft.path,
                line=line,
                title=title,
                kind=settled.answer.kind,
                area=area,
                case=dict(example.case),
                answer=settled.answer,
            )
        )

    def _links(self, entry: AreaFile) -> dict[str, str]:
        found = {name: self.evaluation.entry(entry.id, name) for name in entry.area.sources}
        return {name: f"{UP}{source.href}" for name, source in found.items() if source is not None}

    def _slip(self, title: str, example: Example, settled: Settled) -> str:
        if settled.answer is None:
            return f'<p class="notice">{escape(not_covered_text(settled.silent))}</p>\n' if settled.silent else ""
        # Several slips on one page must differ in name for who reads by landmarks.
        return slip_html(settled.answer, self._links(self._area(example.area)), title) + "\n"

    def _note(self, note: str, document: Document) -> str:
        if not note:
            return ""
        return f'<p class="example-note">{self.evaluation.inline(note, document.line_of(("note",)))}</p>\n'

    def _article(self, title: str, article: Article, settled: Settled, document: Document) -> str:
        """The table of three rows: what the article says, what the rules give, at which step they part."""
        if settled.answer is None:
            return ""
        amounts = claimable(settled.answer)
        told: list[Claim] = []
        for path, ends in _said(article.says):
            if ".".join(path) in amounts:
                told.append(claim_of(amounts[".".join(path)], ends, article.rounded_to))
            else:
                where, name = document.line_of(("article", "says", *path)), shorten(".".join(path))
                several = len(settled.answer.parts) > 1 and len(path) == 1
                near = "，得数有几份，要写是哪一份的" if several else nearest(".".join(path), amounts)
                self._refuse(where, f"得数里没有“{name}”{near}", "directive")
        if not told:
            return ""
        return self._judged(title, article, tuple(told), document, ("article",))

    def _judged(self, title: str, said: Article | Sum, claims: tuple[Claim, ...], document: Document, at: Path) -> str:
        """The table, noted for the one at the head of the guide."""
        fitting = allowed(claims)
        if said.verdict and said.verdict not in fitting:
            words = "、".join(fitting)
            message = f"照算出来的，verdict 不能写 {said.verdict}，可以写 {words}"
            self._refuse(document.line_of((*at, "verdict")), message, "disagrees")
        word = said.verdict or fitting[0]
        line = document.line_of(at)
        anchor, heading = anchor_at(self.draft.body.tokens, line)
        known = {verdict.anchor for verdict in self.evaluation.verdicts}
        named = heading if heading and anchor not in known else title
        verdict = Verdict(anchor=anchor, title=named, claims=claims, word=word, how=said.how)
        self.evaluation.verdicts.append(verdict)
        cite = ""
        if said.source:
            entry = self.evaluation.named_source(said.source, document.line_of((*at, "source")))
            cite = self.evaluation.cite(entry) if entry else ""
        how = f'<span class="article-how">{escape(said.how, quote=False)}</span>' if said.how else ""
        step = self.evaluation.inline(said.difference, document.line_of((*at, "difference")))
        # The word stands where a table at the head of the guide explains it.
        mark = badge(word) if self.evaluation.verdict_lines else ""
        return _article_table(f"文章说法和按规则计算，{title}", claims, cite, how, mark + step)

    def _sum(self, title: str, body: str, line: int) -> str:
        self._title("sum", title, line)
        added, document = self._read(SUM, body, line)
        if added is None or document is None:
            return ""
        if added.says is not None and set(added.says.amounts) != {SAID}:
            self._refuse(document.line_of(("says",)), f"says 里只写得数：{{{SAID}: 12}}", "directive")
            return ""
        claim = sum_claim(added, lambda index, term: self._number(term, document.line_of(("terms", index))))
        if claim is None:
            return ""
        lines = {index: document.line_of(("terms", index)) for index in range(len(added.terms))}
        shown_sum = sum_line(added, claim, lambda index, term: self.evaluation.value(term.figure, lines[index]))
        return _section("sum", title, shown_sum + self._judged(title, added, (claim,), document, ()))

    def _number(self, term: SumTerm, line: int) -> Decimal | None:
        """What a term of a sum is; the article's number is a number of the article's, a figure one of the policies."""
        if bool(term.value) == bool(term.figure):
            self._refuse(line, "一个数要写 value（文章印的数）或 figure（政策里的数字），写一样", "directive")
            return None
        if term.value:
            return Decimal(term.value)
        found = self.evaluation.figure(term.figure, line)
        if found is None:
            return None
        if len(found.figure.values) != 1 or not isinstance(found.figure.values[0], Decimal):
            self._refuse(line, f"“{shorten(term.figure)}”不是一个确定的数，不能拿来加", "directive")
            return None
        return found.figure.values[0]

    def _verdicts(self, title: str, body: str, line: int) -> str:
        self._title("verdicts", title, line)
        if body.strip():
            self._refuse(line, "“{verdicts}”里什么也不用写，表从例子里来", "directive")
        self.evaluation.verdict_lines.append(line)
        return _section("verdict-list", title, PLACEHOLDER)


def _said(says: Expectation, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Range]]:
    """What the article prints, with where it stands in `says`."""
    for name, ends in says.amounts.items():
        yield (*path, name), ends
    for name, inner in says.parts.items():
        yield from _said(inner, (*path, name))


def _answer(answer: Answer) -> str:
    """What came out, in one sentence, and how sure it is."""
    statuses = [part.estimate.status for part in answer.parts] + ([answer.status] if answer.status else [])
    worst = max(statuses, key=STATUS_ORDER.__getitem__)
    mark = f'<span class="status status--{worst.value}">{worst.words}</span>'
    return f'<p class="example-answer">{escape(answer.headline, quote=False)} {mark}</p>\n'


def _folded(summary: str, slip: str) -> str:
    return f'<details class="slip-details"><summary>{escape(summary)}</summary>{slip}</details>\n'


def _section(kind: str, title: str, inside: str) -> str:
    label = {"example": "例子", "compare": "对比", "areas": "各地", "sum": "加减", "verdict-list": "一览"}[kind]
    shown = escape(title, quote=False)
    return f'<div class="{kind}">\n<p class="{kind}-title"><span>{label}：</span>{shown}</p>\n{inside}</div>\n'


def _article_table(label: str, claims: tuple[Claim, ...], cite: str, how: str, step: str) -> str:
    heads = "".join(f'<th scope="col" class="num">{escape(claim.words)}</th>' for claim in claims)
    printed = "".join(f'<td class="num">{claim.said_words()}</td>' for claim in claims)
    ruled = "".join(f'<td class="num">{shown(claim.ruled)}</td>' for claim in claims)
    gaps = "".join(f"<li>{escape(claim.words)}：{escape(gap)}。</li>" for claim in claims if (gap := claim.gap()))
    listed = f'<ul class="article-gaps">{gaps}</ul>' if gaps else ""
    # The last row takes the whole width: it holds sentences, and the columns of a phone are narrow.
    return (
        f'<div class="table-scroll" role="region" aria-label="表格：{escape(label)}" tabindex="0">\n'
        f'<table class="article">\n<thead><tr><td></td>{heads}</tr></thead>\n<tbody>\n'
        f'<tr><th scope="row">文章说法{cite}{how}</th>{printed}</tr>\n'
        f'<tr><th scope="row">按规则计算</th>{ruled}</tr>\n'
        f'<tr><td colspan="{len(claims) + 1}"><strong>差在哪一步：</strong>{step}{listed}</td></tr>\n'
        "</tbody>\n</table>\n</div>\n"
    )


def _common(parts: list[Any]) -> list[str]:
    """The names of the amounts that all columns have, in the order of the first."""
    names = [amount.name for amount in parts[0].amounts if amount.role in ("payer", "total") or amount.name == "fund"]
    return [name for name in names if all(name in {a.name for a in part.amounts} for part in parts)]


def _compare_table(title: str, columns: list[tuple[str, Answer]]) -> str:
    parts = [answer.parts[0] for _, answer in columns]
    heads = "".join(f'<th scope="col" class="num">{escape(label)}</th>' for label, _ in columns)
    rows = [
        f'<tr><th scope="row">{words}</th>{"".join(f"""<td class="num">{shown(end)}</td>""" for end in ends)}</tr>\n'
        for words, ends in _telling_rows(parts)
    ]
    rows.append(_gap_row(parts))
    return (
        f'<div class="table-scroll" role="region" aria-label="表格：{escape(title)}" tabindex="0">\n'
        f"<table>\n<thead><tr><td></td>{heads}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table>\n</div>\n"
    )


def _telling_rows(parts: list[Any]) -> Iterator[tuple[str, list[Range]]]:
    """The rows that tell columns apart: no total that all share, no layer that is all of what the fund pays."""
    found = {name: [next(a for a in part.amounts if a.name == name) for part in parts] for name in _common(parts)}
    fund = [ends_of(amount) for amount in found.get("fund", ())]
    for name, amounts in found.items():
        ends = [ends_of(amount) for amount in amounts]
        same_total = amounts[0].role == "total" and len(set(ends)) == 1
        if not same_total and (name == "fund" or ends != fund):
            yield escape(amounts[0].words), ends


def _gap_row(parts: list[Any]) -> str:
    """How much more the fund pays in the first column than in each other."""
    fund = [next((a for a in part.amounts if a.name == "fund"), None) for part in parts]
    first = fund[0]
    if first is None or any(amount is None for amount in fund):
        return ""
    cells = "<td></td>"
    for amount in fund[1:]:
        if amount is not None:
            (low, high), (least, most) = ends_of(amount), ends_of(first)
            cells += f'<td class="num">{_signed((low - most, high - least))}</td>'
    return f'<tr><th scope="row">医保比第一列</th>{cells}</tr>\n'


def _signed(ends: Range) -> str:
    low, high = ends
    if low == high == 0:
        return "相同"
    if high <= 0:
        return f"最多少 {shown((-low, -low))}" if high == 0 else f"少 {shown((-high, -low))}"
    if low >= 0:
        return f"最多多 {shown((high, high))}" if low == 0 else f"多 {shown(ends)}"
    return f"少 {shown((-low, -low))} 到多 {shown((high, high))}"
