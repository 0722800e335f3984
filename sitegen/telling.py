"""Changes told by hand, as written → with their figures filled in and their sources found (see `sitegen.news`)."""

from collections.abc import Iterator, Mapping

from calculator.model import STATUS_ORDER, Status
from sitegen.areas import source_entries
from sitegen.checks import bare_figures, emphasis
from sitegen.evaluate import Evaluation, plain_text
from sitegen.guides import Draft, FrontMatter
from sitegen.markup import Markup, parse
from sitegen.material import Material
from sitegen.news import NATIONAL, NEWS, Item, News, Written, first_day
from sitegen.problems import Problem, nearest, shorten
from sitegen.world import SourceEntry
from sitegen.yamlfile import Document

_ROLES = ("value", "plain")
_TEXTS = ("title", "for_whom", "text", "effect")


def told(written: Written, material: Material) -> tuple[tuple[News, ...], tuple[Problem, ...]]:
    """Every change, in the order of the file, and what in it finds nothing or disagrees."""
    if written.document is None:
        return (), ()
    problems: list[Problem] = []
    news = [_Telling(material, written.document, n, item, problems).news() for n, item in written.items.items()]
    return tuple(news), (*problems, *_repeated(written.items, written.document))


def _repeated(items: Mapping[int, Item], document: Document) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, item in items.items():
        if item.id in seen:
            yield document.problem((index, "id"), f"“{item.id}”在第 {seen[item.id]} 行已经用过", "duplicate")
        seen.setdefault(item.id, document.line_of((index, "id")))


class _Telling:
    """One item, evaluated as a small guide of its own."""

    def __init__(self, material: Material, document: Document, index: int, item: Item, problems: list[Problem]) -> None:
        self.material = material
        self.document = document
        self.index = index
        self.item = item
        self.problems = problems
        self.inline = {key: self._parsed(key) for key in _TEXTS}
        self.evaluation = Evaluation(
            draft=self._draft(), material=material, entries=source_entries(material.areas), assets={}, problems=problems
        )

    def news(self) -> News:
        """The item with its figures and sources; problems are noted on the way."""
        item = self.item
        texts = {key: plain_text(self.evaluation, key) for key in _TEXTS}
        figures = self._figures()
        sources = self._sources()
        self._check_where()
        self._check_status(Status(item.status), sources, figures)
        return News(
            id=item.id,
            title=texts["title"],
            since=item.since,
            for_whom=texts["for_whom"],
            areas=tuple(name for name in item.where if name != NATIONAL) if NATIONAL not in item.where else (),
            text=texts["text"],
            effect=texts["effect"],
            status=Status(item.status),
            sources=sources,
            checked_on=item.checked_on,
        )

    def _line(self, *path: str | int) -> int:
        return self.document.line_of((self.index, *path))

    def _refuse(self, path: tuple[str | int, ...], message: str, check: str) -> None:
        self.problems.append(self.document.problem((self.index, *path), message, check))

    def _parsed(self, key: str) -> Markup:
        markup, found = parse(getattr(self.item, key), NEWS, self._line(key))
        self.problems += [*found, *bare_figures.in_markup(markup), *emphasis.in_markup(markup)]
        for role in markup.roles:
            if role.name not in _ROLES:
                self._refuse((key,), f"这里只能用 {{value}} 和 {{plain}}，不能用 {{{role.name}}}", "role")
        if any(token.type not in ("paragraph_open", "inline", "paragraph_close") for token in markup.tokens):
            self._refuse((key,), "这里只写一段话，不分段，不用列表和标题", "news")
        return markup

    def _draft(self) -> Draft:
        own = [name for name in self.item.where if name != NATIONAL]
        day = self.item.as_of or first_day(self.item.since)
        front = FrontMatter(
            title=self.item.title, as_of=day, reviewed_on=self.item.checked_on, for_whom=self.item.for_whom,
            group="", summary="", area=own[0] if len(own) == 1 else "",
        )  # fmt: skip
        body, _ = parse("", NEWS, 1)
        return Draft(slug="", path=NEWS, front=front, document=self.document, inline=self.inline, body=body)

    def _figures(self) -> list[Status]:
        quiet = Evaluation(draft=self.evaluation.draft, material=self.material, entries=(), assets={})
        named = [role.content for markup in self.inline.values() for role in markup.roles if role.name == "value"]
        found = [quiet.figure(content, 0) for content in named]
        return [one.figure.status for one in found if one is not None]

    def _sources(self) -> tuple[SourceEntry, ...]:
        found = [
            self.evaluation.named_source(name, self._line("sources", n)) for n, name in enumerate(self.item.sources)
        ]
        return tuple(entry for entry in found if entry is not None)

    def _check_where(self) -> None:
        if NATIONAL in self.item.where and len(self.item.where) > 1:
            self._refuse(("where",), "写了 national 就是全国，不用再写别的地方", "news")
        known = [NATIONAL, *sorted(self.material.areas.ids)]
        for n, name in enumerate(self.item.where):
            if name not in known:
                self._refuse(("where", n), f"没有“{shorten(name)}”这个统筹区{nearest(name, known)}", "reference")

    def _check_status(self, status: Status, sources: tuple[SourceEntry, ...], figures: list[Status]) -> None:
        if status is Status.OFFICIAL and sources and not any(e.source.kind == "official" for e in sources):
            self._refuse(("status",), "写了 official，出处里至少要有一个官方文件", "status")
        weakest = max(figures, key=STATUS_ORDER.__getitem__, default=Status.OFFICIAL)
        if STATUS_ORDER[weakest] > STATUS_ORDER[status]:
            message = f"写的是 {status.value}，可是用到的数字里最弱的是 {weakest.value}；照最弱的写"
            self._refuse(("status",), message, "status")
