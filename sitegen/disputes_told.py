"""Disputes → HTML: their texts take the roles of guides, so that a figure in them has the same one home."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from calculator.errors import Path
from sitegen.addresses import Wrong, target_of
from sitegen.areas import source_entries
from sitegen.checks import bare_figures, emphasis
from sitegen.disputes import DISPUTES, Dispute, Side, ToldDispute, ToldSide
from sitegen.evaluate import Evaluation
from sitegen.guides import Draft, FrontMatter
from sitegen.markup import Markup, parse
from sitegen.markup_html import write_inline
from sitegen.material import Material
from sitegen.national import PREFIX
from sitegen.problems import Problem
from sitegen.references import Found
from sitegen.world import SourceEntry, Term

UP = "../"
_ONE_PARAGRAPH = ["paragraph_open", "inline", "paragraph_close"]


@dataclass(slots=True, kw_only=True)
class _Texts(Evaluation):
    """The texts of one dispute, as if they were those of a guide without an area of its own."""

    up: str = UP

    def cite(self, entry: SourceEntry) -> str:
        """Sources are not numbered here: the sides name them in full."""
        title = escape(entry.source.title)
        return (
            f'<a class="cite" href="{self.up}{entry.href}" title="{title}">出处'
            f'<span class="visually-hidden">：{title}</span></a>'
        )

    def term(self, content: str, line: int) -> str:
        """A glossary word; the page has no list of words beside it, so it leads to the glossary."""
        shown = Evaluation.term(self, content, line)
        words: dict[str, Term] = {term.anchor: term for term in self.terms}
        for anchor, term in words.items():
            shown = shown.replace(f'href="#{anchor}"', f'href="{self.up}{term.href}"')
        return shown

    def figure(self, content: str, line: int) -> Found | None:
        """A figure; one of the whole country is meant as such, whether or not it still holds."""
        national = self.material.areas.national.figures.get(content.removeprefix(PREFIX))
        if content.startswith(PREFIX) and national is not None:
            return Found(area=None, figure=national.figure, spoken=national.spoken)
        return Evaluation.figure(self, content, line)

    def paragraph(self, text: str, line: int) -> str:
        """The HTML of one paragraph, without the paragraph."""
        markup, problems = parse(text, DISPUTES, line)
        self.problems += [*problems, *bare_figures.in_markup(markup), *emphasis.in_markup(markup)]
        if [token.type for token in markup.tokens] != _ONE_PARAGRAPH:
            return self.refuse(line, "这里只能写一段话，不能有标题、列表、表格、方框或者空行", "text")
        self._links(markup)
        return write_inline(markup.tokens, self)

    def _links(self, markup: Markup) -> None:
        for link in markup.links:
            target = target_of(link.href, self.draft, self.material)
            if link.image:
                self.refuse(link.line, "这里不能放图片", "image")
            elif isinstance(target, Wrong):
                self.refuse(link.line, target.message, target.check)


def tell_disputes(material: Material, assets: Mapping[str, str]) -> tuple[tuple[ToldDispute, ...], tuple[Problem, ...]]:
    """Every dispute with its texts as HTML, and what in them is wrong."""
    entries = source_entries(material.areas)
    told: list[ToldDispute] = []
    problems: list[Problem] = []
    for place, item in material.disputes.placed():
        texts = _Texts(draft=_draft(item, material), material=material, entries=entries, assets=assets)
        told.append(_told(item, (place,), texts))
        problems += texts.problems
    return tuple(told), tuple(problems)


def _draft(item: Dispute, material: Material) -> Draft:
    """What an evaluation wants to know of a guide: here only the path and the day of the figures."""
    day = item.checked_on
    front = FrontMatter(title=item.title, as_of=day, reviewed_on=day, for_whom="", group="", summary="")
    body, _ = parse("", DISPUTES)
    assert material.disputes.document is not None
    return Draft(slug="", path=DISPUTES, front=front, document=material.disputes.document, inline={}, body=body)


def _told(item: Dispute, path: Path, texts: _Texts) -> ToldDispute:
    line = texts.material.disputes.line

    def html(text: str, *key: str | int) -> str:
        return texts.paragraph(text, line((*path, *key))) if text else ""

    return ToldDispute(
        dispute=item,
        sides=tuple(_side(side, (*path, "sides", n), texts) for n, side in enumerate(item.sides)),
        uses=html(item.uses, "uses"),
        why=html(item.why, "why"),
        text=html(item.text, "text"),
    )


def _side(side: Side, path: Path, texts: _Texts) -> ToldSide:
    line = texts.material.disputes.line
    named = (_named(name, texts) for name in side.sources)
    return ToldSide(
        says=texts.paragraph(side.says, line((*path, "says"))),
        note=texts.paragraph(side.note, line((*path, "note"))) if side.note else "",
        sources=tuple(entry for entry in named if entry is not None),
    )


def _named(name: str, texts: _Texts) -> SourceEntry | None:
    """The source a side names, shared or `area/id`; None for one that is not there, which its check tells."""
    area, _, short = name.rpartition("/")
    return texts.entry(area or None, short)
