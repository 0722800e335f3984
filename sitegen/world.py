"""All that the pages are made from, as frozen data: the types the steps of the build share.

No logic beyond look-ups. `areas`, `guides` and `evaluate` fill these in; `checks` and `pages` read them.
Addresses are paths inside the site without a leading slash, folders with a trailing one: `areas/beijing/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from calculator.answer import Answer
    from calculator.model import PoolingArea, Source
    from sitegen.comparisons import Comparison
    from sitegen.disputes import Dispute, ToldDispute
    from sitegen.national import NationalFigure
    from sitegen.news import News
    from sitegen.questions import Question
    from sitegen.tokens import Tokens
    from sitegen.verdicts import Verdict

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One text file of the site: `path` such as `guides/index.html`, and its whole text."""

    path: str
    html: str
    listed: bool = True
    """Whether search engines are told of it."""
    modified: date | None = None
    """The data's day on which what it says was last compared or reviewed, where it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is true of this site alone (`[tool.sitegen]` of pyproject.toml); each may be empty."""

    base_url: str = ""
    """Where the site will stand, with a closing slash: `https://example.org/yibao/`."""
    issues: str = ""
    """Where a new issue is opened: an address with `{title}` and `{body}` in it."""
    mail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A page that moved (搬走的页面): its old address from the root, and the new one with its anchor."""

    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFile:
    """One policy file (统筹区文件): the document as written and what the calculator made of it."""

    id: str
    path: str
    fictional: bool
    document: dict[str, Json]
    area: "PoolingArea"

    @property
    def tells_changes(self) -> bool:
        """Whether it has a page of changes: every place that exists, an invented one with editions to compare."""
        return not self.fictional or any(len(part.editions) > 1 for part in self.area.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """One source (出处) of the site, either shared (`area` is None) or of one policy file."""

    id: str
    area: str | None
    path: str
    line: int
    source: "Source"
    document: dict[str, Json]
    cited_by_areas: tuple[str, ...] = ()
    cited_by_guides: tuple[str, ...] = ()
    national: bool = False
    """Whether a figure of the whole country rests on it."""

    @property
    def anchor(self) -> str:
        """Its id on the page of sources: shared ids as they are, an area's own behind the area's id."""
        return self.id if self.area is None else f"{self.area}--{self.id}"

    @property
    def href(self) -> str:
        """Its address in the site, from the root."""
        return f"sources/#{self.anchor}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlike:
    """Another word that people take for this one (容易弄混的词), by its id, and how the two differ."""

    term: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One glossary word (名词): `gloss` is one or two plain sentences, `also` other names of the same thing."""

    id: str
    term: str
    gloss: str
    also: tuple[str, ...] = ()
    example: str = ""
    """A sentence one might say with it."""
    unlike: tuple[Unlike, ...] = ()

    @property
    def href(self) -> str:
        """Its address in the site, from the root."""
        return f"glossary/#{self.id}"

    @property
    def anchor(self) -> str:
        """Its id in the list of words beside a guide that uses it."""
        return f"word-{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideGroup:
    """One shelf of the guide index (分组), in the order of `content/groups.yaml`."""

    id: str
    title: str
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One heading inside a guide: level 2 to 4, its id on the page and its text."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Html:
    """A run of finished HTML, safe to print as it is; links are relative to `guides/<slug>/`."""

    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculatorForm:
    """A place in a guide where a form belongs (计算器); the page template makes the form."""

    kind: str
    area: str
    title: str
    defaults: Mapping[str, str] = field(default_factory=dict)
    """Dotted field name → the value the form starts with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedExample:
    """One example of a guide, settled by the calculator."""

    path: str
    line: int
    title: str
    kind: str
    area: str
    case: dict[str, Json]
    answer: "Answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistSheet:
    """The sheet of one errand (办事清单): what a guide says of it, on a page of its own to print."""

    id: str
    path: str
    line: int
    title: str
    guide: str
    """The guide's slug."""
    html: str
    """Links are relative to `checklists/<id>/`."""
    form: CalculatorForm | None = None
    """Of the calculator that knows the reader's days, if there is one."""

    @property
    def href(self) -> str:
        """Its address in the site, from the root."""
        return f"checklists/{self.id}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """One guide (指南), evaluated: every figure and example in `body` is already computed."""

    slug: str
    path: str
    title: str
    area: str
    as_of: date
    reviewed_on: date
    for_whom: str
    group: str
    summary: str
    next: tuple[str, ...]
    headings: tuple[Heading, ...]
    body: tuple[Html | CalculatorForm, ...]
    examples: tuple[WorkedExample, ...]
    sources: tuple[SourceEntry, ...]
    """In the order of first mention: the n-th is printed as n behind a figure."""
    terms: tuple[Term, ...]
    """The glossary words used, in the order of first mention."""
    statuses: tuple[str, ...]
    """The status words of all figures and examples used, weakest first, each once."""
    checklists: tuple[ChecklistSheet, ...] = ()
    verdicts: "tuple[Verdict, ...]" = ()
    """What its examples of articles came to, in reading order."""
    disputes: "tuple[Dispute, ...]" = ()
    """Those the text names, in the order of first mention, then those that name this guide."""

    @property
    def href(self) -> str:
        """Its address in the site, from the root."""
        return f"guides/{self.slug}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A reader's question (读者的问题) and the address of its answer, from the root of the site."""

    question: "Question"
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWords:
    """How readers say it (搜索用的词): groups of words for one thing, and words that are not looked for."""

    same: tuple[tuple[str, ...], ...] = ()
    leads: tuple[tuple[str, ...], ...] = ()
    """The first is looked for when one of the others is typed, but not the other way round."""
    wide: tuple[str, ...] = ()
    """Names so wide that they are only looked for when they are typed."""
    filler: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything known when the pages are made."""

    areas: Mapping[str, AreaFile]
    """By id, sorted; real and fictional, see `AreaFile.fictional`."""
    shared_sources: dict[str, Json]
    """`policies/sources.yaml` as written, as `calculator.parse` wants it."""
    sources: tuple[SourceEntry, ...]
    """Shared ones first, then by area; each once."""
    glossary: Mapping[str, Term]
    """By id, in the order of `content/glossary.yaml`."""
    groups: tuple[GuideGroup, ...]
    national: "tuple[NationalFigure, ...]"
    """The figures of the whole country, in the order of their file."""
    guides: tuple[Guide, ...]
    """In the order of the groups, inside a group in reading order."""
    assets: Mapping[str, str]
    """Source path (`templates/css/site.css`) → address in the site (`assets/site.1a2b3c4d.css`)."""
    area_data: Mapping[str, str]
    """Area id → address of its JSON document: `data/areas/beijing.1a2b3c4d.json`."""
    runtime: str
    """Address of the folder with Pyodide and the calculator: `runtime/1a2b3c4d/`."""
    tokens: "Tokens"
    """The colours and sizes of the style sheet."""
    questions: tuple[AskedQuestion, ...] = ()
    """In the order of `content/questions.yaml`."""
    disputes: "tuple[ToldDispute, ...]" = ()
    """In the order of their file."""
    comparisons: "tuple[Comparison, ...]" = ()
    """In the order of their file."""
    news: "tuple[News, ...]" = ()
    """In the order of `content/news.yaml`."""
    settings: Settings = field(default_factory=Settings)
    build: str = ""
    """The id of this very build, in each of its pages and in its service worker."""
    version: str = ""
    """The version of the data, as the open data name it."""
    moved: tuple[Moved, ...] = ()
    """In the order of `content/redirects.yaml`."""
    counted_on: date | None = None
    """The day the build was told to count overdue checks for; None: the newest known to the data."""
    search_words: SearchWords = field(default_factory=SearchWords)

    def real_areas(self) -> tuple[AreaFile, ...]:
        """The places that exist, by id."""
        return tuple(entry for entry in self.areas.values() if not entry.fictional)

    def fictional_areas(self) -> tuple[AreaFile, ...]:
        """The invented places (示例), by id."""
        return tuple(entry for entry in self.areas.values() if entry.fictional)

    def guide(self, slug: str) -> Guide:
        """The guide of this slug; raises KeyError for an unknown one."""
        for guide in self.guides:
            if guide.slug == slug:
                return guide
        raise KeyError(slug)

    def source(self, area: str | None, source_id: str) -> SourceEntry:
        """What this id means in this area: the area's own source first, else the shared one; raises KeyError."""
        for owner in (area, None):
            for entry in self.sources:
                if entry.area == owner and entry.id == source_id:
                    return entry
        raise KeyError(source_id)
