"""Drafts → guides: every figure looked up, every example settled, every word linked, as HTML.

The classes that the HTML carries, for the style sheet:

- `value value--<status>`: a figure, inside it `<data>`, a mark unless official, `a.cite` per source;
- `a.cite.cite--named`: a source by its title; `a.gloss`: a glossary word; `plain`: a figure of no policy;
- `a.dispute`: a dispute (说法不一), by its few words;
- `box box--<name>` with `box-title`; `table-scroll` around tables; `align-right` and `align-center` in cells;
- `example`, `example-title`, `example-note`, `article` (the table of three rows), `article-how`, `compare`;
- `verdicts` (the table of all examples of articles), `verdict verdict--<word>`, `verdict-gap`, `sum`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape

from calculator.model import STATUS_ORDER, Status
from sitegen.addresses import UP, Wrong, target_of
from sitegen.areas import source_entries
from sitegen.checklists import repeated
from sitegen.checks.links import image_path
from sitegen.disputes import Dispute
from sitegen.examples import Examples
from sitegen.guides import Draft
from sitegen.markup import parse
from sitegen.markup_html import write, write_inline
from sitegen.material import Material
from sitegen.national import PREFIX
from sitegen.pages.words import figure_words, machine_value
from sitegen.problems import Problem, nearest, shorten
from sitegen.references import Found, NoSuchFigure, figure_for, national_figure
from sitegen.verdicts import PLACEHOLDER, Verdict, table
from sitegen.world import CalculatorForm, ChecklistSheet, Guide, Html, SourceEntry, Term, WorkedExample

_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


@dataclass(slots=True, kw_only=True)
class Evaluation:
    """One draft being evaluated; answers what its text asks (see `markup_html.Resolver`) and notes what it used."""

    draft: Draft
    material: Material
    entries: tuple[SourceEntry, ...]
    assets: Mapping[str, str]
    up: str = UP
    """From the page to the root of the site."""
    problems: list[Problem] = field(default_factory=list)
    sources: list[SourceEntry] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    statuses: set[Status] = field(default_factory=set)
    examples: list[WorkedExample] = field(default_factory=list)
    checklists: list[ChecklistSheet] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    verdict_lines: list[int] = field(default_factory=list)
    """Where the table of them was asked for."""
    apart: bool = False
    """Whether the text stands on a page of its own: what links into the guide leads to its pages instead."""

    def refuse(self, line: int, message: str, check: str) -> str:
        """Note a problem; gives the empty HTML that stands in its place."""
        self.problems.append(Problem(path=self.draft.path, line=line, message=message, check=check))
        return ""

    def role(self, name: str, content: str, line: int) -> str:
        """The HTML of a role."""
        roles: Mapping[str, Callable[[str, int], str]] = {
            "value": self.value,
            "source": self.source,
            "term": self.term,
            "plain": self.plain,
            "dispute": self.dispute,
        }
        return roles[name](content, line) if name in roles else ""

    def value(self, content: str, line: int) -> str:
        """A figure with its unit, a mark unless official, and where it comes from."""
        found = self.figure(content, line)
        if found is None:
            return ""
        figure, area = found.figure, found.area
        self.statuses.add(figure.status)
        words, plain = escape(words_of(found)), machine_value(figure)
        shown = f'<data value="{escape(plain)}">{words}</data>' if plain else words
        mark = "" if figure.status is Status.OFFICIAL else status_mark(figure.status)
        cites = "".join(
            self.cite(entry) for name in figure.sources if (entry := self.entry(area.id if area else None, name))
        )
        return f'<span class="value value--{figure.status.value}">{shown}{mark}{cites}</span>'

    def figure(self, content: str, line: int) -> Found | None:
        """The figure a reference names, or a problem noted; `…@2024-06-01` is that of another day than `as_of`."""
        content, at, day = content.partition("@")
        if at and not _DAY.fullmatch(day):
            self.refuse(line, f"“@”后面要写日期，例如 2024-06-01，这里写的是“{shorten(day)}”", "reference")
            return None
        as_of = date.fromisoformat(day) if at else self.draft.front.as_of
        areas = self.material.areas
        if content.startswith(PREFIX):
            return self._national(content, line, as_of)
        named = content.split("/", maxsplit=1)[0] if content.count("/") == 3 else self.draft.front.area
        if named not in areas.files and (named in areas.ids or named == self.draft.front.area != ""):
            return None  # told already, as a problem of that file or of this one's head
        try:
            return figure_for(content, self.draft.front.area, as_of, areas.files)
        except NoSuchFigure as error:
            self.refuse(line, str(error), "reference")
            return None

    def _national(self, content: str, line: int, as_of: date) -> Found | None:
        national = self.material.areas.national
        try:
            return national_figure(content, as_of, national.figures)
        except NoSuchFigure as error:
            if national.complete:
                self.refuse(line, str(error), "reference")
            return None

    def words(self, found: Found) -> str:
        """A figure in words."""
        return words_of(found)

    def entry(self, area: str | None, name: str) -> SourceEntry | None:
        """The source that an id means in an area: the area's own or a shared one."""
        for owner in (area, None):
            for entry in self.entries:
                if entry.area == owner and entry.id == name:
                    return entry
        return None

    def cite(self, entry: SourceEntry) -> str:
        """A small link to a source, numbered in the order of first mention."""
        number = self.mention(entry)
        title = escape(entry.source.title)
        return (
            f'<a class="cite" href="{self.up}{entry.href}" title="{title}">'
            f'<span class="visually-hidden">出处：{title}</span><span aria-hidden="true">{number}</span></a>'
        )

    def mention(self, entry: SourceEntry) -> int:
        """The number of a source in this guide."""
        if entry not in self.sources:
            self.sources.append(entry)
        return self.sources.index(entry) + 1

    def named_source(self, content: str, line: int) -> SourceEntry | None:
        """The source a role or a key names: `id`, or `area/id`; else a problem noted."""
        area, _, name = content.rpartition("/")
        entry = self.entry(area or self.draft.front.area, name)
        if entry is None:
            owner = area or self.draft.front.area
            if owner not in self.material.areas.files and (owner in self.material.areas.ids or (owner and not area)):
                return None  # told already, as a problem of that file or of this one's head
            if not self.material.areas.complete:
                return None  # it may be one of those that could not be read
            known = [e.id for e in self.entries if e.area in (area or self.draft.front.area, None)]
            close = nearest(name, known)
            close = close if "是不是" in close else ""
            self.refuse(line, f"没有“{shorten(content)}”这个出处{close}", "source")
        return entry

    def source(self, content: str, line: int) -> str:
        """A source by its title."""
        entry = self.named_source(content, line)
        if entry is None:
            return ""
        self.mention(entry)
        title = escape(entry.source.title, quote=False)
        return f'<a class="cite cite--named" href="{self.up}{entry.href}">《{title}》</a>'

    def term(self, content: str, line: int) -> str:
        """A glossary word, printed as typed when it was named by the word itself."""
        for term in self.material.content.glossary.values():
            if content in (term.id, term.term, *term.also):
                if term not in self.terms:
                    self.terms.append(term)
                shown = term.term if content == term.id else content
                # To the list beside this guide, which keeps the reader's place; that leads on to the glossary.
                href = f"{UP}{term.href}" if self.apart else f"#{term.anchor}"
                return f'<a class="gloss" href="{href}">{escape(shown, quote=False)}</a>'
        if not self.material.content.glossary_complete:
            return ""  # told already, as a problem of the glossary
        words = [word for term in self.material.content.glossary.values() for word in (term.id, term.term, *term.also)]
        close = nearest(content, words)
        close = close if "是不是" in close else ""
        return self.refuse(line, f"名词解释里没有“{shorten(content)}”{close}", "reference")

    def plain(self, content: str, line: int) -> str:  # noqa: ARG002  as all roles
        """A figure of no policy, as typed."""
        return f'<span class="plain">{escape(content, quote=False)}</span>'

    def dispute(self, content: str, line: int) -> str:
        """A dispute by its few words, leading to both sides of it."""
        found = self.material.disputes.get(content)
        if found is not None:
            if found not in self.disputes:
                self.disputes.append(found)
            return f'<a class="dispute" href="{self.up}{found.href}">说法不一：{escape(found.short, quote=False)}</a>'
        if not self.material.disputes.complete:
            return ""  # told already, as a problem of that file
        known = [item.id for item in self.material.disputes.items]
        return self.refuse(
            line, f"content/disputes.yaml 里没有“{shorten(content)}”{nearest(content, known)}", "dispute"
        )

    def directive(self, name: str, title: str, body: str, line: int) -> str | CalculatorForm:
        """The HTML of an example or a comparison; the form of a calculator."""
        made, problems, examples = Examples(self).directive(name, title, body, line)
        self.problems += problems
        self.examples += examples
        return made

    def link(self, href: str) -> str:
        """The address of a link; a wrong one has been told by its check."""
        target = target_of(href, self.draft, self.material)
        if isinstance(target, Wrong):
            return "#"
        if target.anchor and target.page == f"guides/{self.draft.slug}/" and not self.apart:
            return f"#{target.anchor}"
        return target.outside or f"{self.up}{target.address}" or "./"

    def image(self, src: str) -> str:
        """The address of an image; a missing one has been told by its check."""
        return self.up + self.assets.get(image_path(src, self.draft), "")

    def elsewhere(self) -> Callable[[str, int], str]:
        """`inline` for a text that also stands in the guide: with links for another page, its problems told once."""
        return replace(self, apart=True, problems=[], sources=list(self.sources)).inline

    def inline(self, text: str, line: int) -> str:
        """The HTML of a short text with roles, from a directive; its form is checked as that of any text."""
        from sitegen.checks import bare_figures, emphasis

        markup, problems = parse(text, self.draft.path, line)
        self.problems += [*problems, *bare_figures.in_markup(markup), *emphasis.in_markup(markup)]
        return write_inline(markup.tokens, self)


def words_of(found: Found) -> str:
    """A figure in words; the last name of its reference says how it is spoken of, if nothing else does."""
    figure = found.figure
    if found.spoken:
        return figure_words(found.spoken, figure)
    names = [part.split("[")[0] for part in figure.reference.rsplit("/", 1)[-1].split(".")]
    spoken = next((name for name in reversed(names) if name in _SPOKEN), names[-1])
    return figure_words(spoken, figure)


_SPOKEN = frozenset({"reduce_points", "multiply", "count_from", "apply", "same_as", "pays"})


def status_mark(status: Status) -> str:
    """The mark of a status, as everywhere on the site."""
    return f'<span class="status status--{status.value}">{status.words}</span>'


def evaluate(material: Material, assets: Mapping[str, str]) -> tuple[tuple[Guide, ...], tuple[Problem, ...]]:
    """Every guide, in the order of the groups, and what in them finds nothing or disagrees."""
    entries = source_entries(material.areas)
    order = {group.id: rank for rank, group in enumerate(material.content.groups)}
    guides: list[Guide] = []
    problems: list[Problem] = []
    for draft in sorted(material.content.drafts, key=lambda draft: (draft.front.order, draft.slug)):
        guide, found = evaluated(Evaluation(draft=draft, material=material, entries=entries, assets=assets))
        guides.append(guide)
        problems += found
    sheets = [(sheet.id, sheet.path, sheet.line) for guide in guides for sheet in guide.checklists]
    for path, line, message in repeated(sheets):
        problems.append(Problem(path=path, line=line, message=message, check="duplicate"))
    guides.sort(key=lambda guide: order.get(guide.group, len(order)))
    return tuple(guides), tuple(problems)


def evaluated(evaluation: Evaluation) -> tuple[Guide, tuple[Problem, ...]]:
    """One guide, and its problems."""
    draft, front = evaluation.draft, evaluation.draft.front
    body = _with_verdicts(write(draft.body.tokens, evaluation), evaluation)
    texts = {key: plain_text(evaluation, key) for key in draft.inline}
    for index, name in enumerate(front.sources):
        entry = evaluation.named_source(name, draft.document.line_of(("sources", index)))
        if entry is not None:
            evaluation.mention(entry)
    weakest = sorted(evaluation.statuses, key=STATUS_ORDER.__getitem__, reverse=True)
    guide = Guide(
        slug=draft.slug,
        path=draft.path,
        title=texts["title"],
        area=front.area,
        as_of=front.as_of,
        reviewed_on=front.reviewed_on,
        for_whom=texts["for_whom"],
        group=front.group,
        summary=texts["summary"],
        next=front.next,
        headings=draft.body.headings,
        body=body,
        examples=tuple(evaluation.examples),
        sources=tuple(evaluation.sources),
        terms=tuple(evaluation.terms),
        statuses=tuple(status.value for status in weakest),
        checklists=tuple(evaluation.checklists),
        verdicts=tuple(evaluation.verdicts),
        disputes=tuple(dict.fromkeys((*evaluation.disputes, *_of_guide(evaluation)))),
    )
    return guide, tuple(evaluation.problems)


def _with_verdicts(
    body: tuple[Html | CalculatorForm, ...], evaluation: Evaluation
) -> tuple[Html | CalculatorForm, ...]:
    """The text with its table of verdicts, which can only be made when every example is settled."""
    for line in evaluation.verdict_lines:
        if not evaluation.verdicts:
            evaluation.refuse(line, "这篇指南里没有写了 article 的例子，“{verdicts}”没有可列的", "directive")
    made = table(evaluation.verdicts) if evaluation.verdict_lines else ""
    return tuple(
        Html(html=block.html.replace(PLACEHOLDER, made)) if isinstance(block, Html) else block for block in body
    )


def _of_guide(evaluation: Evaluation) -> Iterator[Dispute]:
    """The disputes that name this guide as a place where they matter."""
    for item in evaluation.material.disputes.items:
        if evaluation.draft.slug in (place.partition("#")[0] for place in item.about.guides):
            yield item


def plain_text(evaluation: Evaluation, key: str) -> str:
    """A line of the front matter, or of another short text, as plain text, its figures filled in."""
    parts = []
    for token in evaluation.draft.inline[key].tokens:
        for child in token.children or () if token.type == "inline" else ():
            if child.type == "role" and child.meta["name"] == "value":
                found = evaluation.figure(child.content, token.map[0] if token.map else 0)
                parts.append(words_of(found) if found else "")
            elif child.type == "role" or child.type in ("text", "text_special", "code_inline"):
                parts.append(child.content)
    return "".join(parts).strip()


def with_citations(entries: tuple[SourceEntry, ...], guides: tuple[Guide, ...]) -> tuple[SourceEntry, ...]:
    """The sources of the site, each knowing the guides that cite it."""
    return tuple(
        replace(entry, cited_by_guides=tuple(sorted(g.slug for g in guides if _cites(g, entry)))) for entry in entries
    )


def _cites(guide: Guide, entry: SourceEntry) -> bool:
    return any(source.anchor == entry.anchor for source in guide.sources)
