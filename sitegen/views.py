"""View models: all that a template may see. Frozen, already worded, already linked; no logic.

Texts are plain and get escaped by the template; only fields typed ``Markup`` hold finished HTML.
``href`` fields are relative to the page they stand on.
"""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead somewhere; ``note`` says in a few words what waits there."""

    href: str
    text: str
    note: str = ""
    current: bool = False
    """Whether it leads to where the reader is; ``note`` is then ``page`` for the very page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NavLink:
    """A link of the navigation; ``current`` as ``aria-current`` wants it, ``kept`` in the elders' mode."""

    href: str
    text: str
    current: str
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkGroup:
    """Links under a heading."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """可信程度: ``status`` is the English word for the class name, ``word`` what readers see."""

    status: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchBox:
    """Where the search box of a page leads, and the addresses its script needs."""

    page: str
    script: str
    rank: str
    first: str
    files: str
    root: str
    in_header: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundView:
    """What the head of a page says to search engines, browsers and sites that show a link to it."""

    manifest: str
    icons: tuple["IconView", ...]
    canonical: str = ""
    """Absolute, as the card is; both are empty when the site does not know where it stands."""
    card: str = ""
    kind: str = "website"
    hidden: bool = False
    """Whether search engines are asked to leave the page out."""
    data: Markup | None = None
    """JSON-LD, ready for the inside of its element."""
    script: str
    """The script of every page: reports of errors, keeping pages for later."""
    wrong: str
    """Where 「有误？」 of this page leads."""
    feedback: str
    page: str
    """The page's address from the root."""
    version: str
    """Of the data."""
    build: str
    """Of everything: pages, worker, data, runtime."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IconView:
    """One icon of the site for a kind of use."""

    rel: str
    href: str
    sizes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds every page."""

    title: str
    description: str
    home: Link
    nav: tuple[NavLink, ...]
    crumbs: tuple[Link, ...]
    styles: str
    icon: str
    settings: str
    """The script that sets the reader's size of text and colours before the page is drawn."""
    scripts: tuple[str, ...]
    feeds: tuple[Link, ...]
    data_date: str
    """The oldest day on which a real place was compared with its sources, in words; empty without real places."""
    links: tuple[Link, ...]
    privacy: Link
    search: SearchBox
    found: FoundView


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """One figure of a policy: what it says, how sure we are, and the note that names its sources."""

    text: str
    value: str
    """For machines: the plain number; empty when the figure is not one number."""
    mark: Mark
    note: str
    note_href: str
    reference: str
    wordy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words before and after, and the figures between them."""

    before: str = ""
    figures: tuple[FigureView, ...] = ()
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell, a line or several."""

    lines: tuple[Line, ...]
    span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table."""

    head: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """Rows under one heading of their own; an empty title has no heading."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """A table as a notice prints it. ``corner`` names the rows, ``columns`` the columns."""

    caption: str
    corner: str
    columns: tuple[str, ...]
    groups: tuple[RowGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of a list of facts."""

    label: str
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One of: some facts, a table, a block."""

    facts: tuple[Fact, ...] = ()
    table: TableView | None = None
    block: "Block | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of an edition under its own heading, in the order in which it is read."""

    title: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """A source as cited: its title, and where the site lists it."""

    href: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a dispute."""

    text: str
    sources: tuple[SourceLink, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Where some figures of one edition come from."""

    id: str
    number: str
    mark: Mark
    sources: tuple[SourceLink, ...]
    text: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionView:
    """One edition of the rules: from when to when, and everything it says."""

    id: str
    title: str
    period: str
    current: bool
    mark: Mark
    note: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitView:
    """All editions for one scheme and one kind of care (or contribution), newest first."""

    id: str
    title: str
    editions: tuple[EditionView, ...]
    calculators: tuple[Link, ...]
    disputes: tuple[Link, ...] = ()
    """Where sources disagree about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeView:
    """Everything about one scheme (险种)."""

    id: str
    title: str
    benefits: tuple[BenefitView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One source in full."""

    id: str
    title: str
    meta: str
    kind: Mark
    note: str
    url: str
    archived_url: str
    areas: tuple[Link, ...]
    guides: tuple[Link, ...]
    disputes: tuple[Link, ...] = ()
    """Where sources disagree about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPage:
    """A place: every figure we have of it."""

    title: str
    lead: str
    fictional: bool
    phone: str
    summary: tuple[Fact, ...]
    statuses: tuple["StatusLine", ...]
    toc: tuple[Link, ...]
    schemes: tuple[SchemeView, ...]
    terms: tuple[Block, ...]
    """How the place tells hospitals and people apart, and its indices."""
    term_notes: tuple[Note, ...]
    services: tuple["ServiceView", ...]
    gaps: tuple[str, ...]
    calculators: tuple[LinkGroup, ...]
    comparisons: tuple[Link, ...]
    """With other places."""
    sources: tuple[SourceView, ...]
    questions: tuple[str, ...]
    method: Link
    about: tuple[Link, ...]
    """What the site says of this place's data: how much of it is collected."""
    disputes: tuple[Link, ...] = ()
    """Where sources disagree about what has not been collected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceView:
    """One rule of service of a place, in words."""

    title: str
    text: str
    mark: Mark
    sources: tuple["SourceLink", ...]
    disputes: tuple[Link, ...] = ()
    """Where sources disagree about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLine:
    """A place in a list."""

    href: str
    name: str
    note: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """The places of one province."""

    name: str
    areas: tuple[AreaLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaIndex:
    """All places, the invented ones apart."""

    provinces: tuple[Province, ...]
    fictional: tuple[Province, ...]
    national: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalView:
    """One figure of the whole country."""

    id: str
    what: str
    text: str
    mark: Mark
    period: str
    note: str
    sources: "tuple[SourceLink, ...]"
    disputes: tuple[Link, ...] = ()
    """Where sources disagree about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalPage:
    """The figures of the whole country."""

    figures: tuple[NationalView, ...]
    sources: "tuple[SourceView, ...]"
    areas: Link
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """One answer to choose."""

    id: str
    value: str
    label: str
    checked: bool
    unknown: bool = False
    when: str = ""
    """JSON of the condition under which the choice applies, for the script; empty: always."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One question of a form."""

    id: str
    name: str
    label: str
    type: str
    """``text`` | ``date`` | ``radios`` | ``select``."""
    help: str
    unit: str
    optional: bool
    value: str
    today: bool
    """Whether the script fills in the day of the visit."""
    inputmode: str
    choices: tuple[ChoiceView, ...]
    short: bool
    """Whether all choices are short enough to stand side by side."""
    unknown: ChoiceView | None
    """The box 「不知道」 beside a text field."""
    when: str
    """JSON of the condition under which the question applies, for the script; empty: always."""
    condition: str
    """The same condition in words, for readers without the script; empty: always."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A form made from a calculator's description of its inputs."""

    id: str
    kind: str
    area: str
    area_name: str
    area_url: str
    runtime: str
    worker: str
    fields: tuple[FieldView, ...]
    more: tuple[FieldView, ...]
    """Questions few people need, folded."""
    curve: bool = False
    """Whether the answer offers the curve of who pays as the bill grows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleTable:
    """Worked results at a glance: ``rows`` of (what it cost, one text a column)."""

    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    absent: str
    """Columns without a single number, in words; they are left out."""
    mark: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleSlip:
    """One worked result with all its steps."""

    title: str
    given: tuple[tuple[str, str], ...]
    html: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculatorPage:
    """One calculator for one place."""

    title: str
    summary: str
    area_name: str
    fictional: bool
    area: Link
    form: FormView
    tables: tuple[ExampleTable, ...]
    unknown: str
    """What the reader may do who does not know an answer; may be empty."""
    waiting: str
    """What stands where the result will be."""
    premise: str
    assumptions: tuple[tuple[str, str], ...]
    """What all examples have in common: question, answer."""
    silence: tuple[str, ...]
    """Why some people find no example."""
    slip: ExampleSlip | None
    curve: Markup | None
    """Who pays as the bill of that example grows."""
    switch: tuple[Link, ...]
    switch_fictional: tuple[Link, ...]
    others: tuple[LinkGroup, ...]
    checked_on: str
    method: Link
    disputes: tuple[Link, ...] = ()
    """Where sources disagree about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindIndex:
    """One calculator: choose the place."""

    title: str
    summary: str
    provinces: tuple[Province, ...]
    fictional: tuple[Province, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculatorIndex:
    """All calculators, by what people come for."""

    groups: tuple[LinkGroup, ...]
    compare: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChoice:
    """A place to choose."""

    value: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGroup:
    """Places of one province."""

    title: str
    places: tuple[PlaceChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareForm:
    """The form that compares places."""

    id: str
    runtime: str
    worker: str
    places: str
    """JSON of the addresses of the places' data, by place, for the script."""
    names: str
    """JSON of what the answers are called in a link, for the script."""
    mode: FieldView
    days: tuple[FieldView, ...]
    groups: tuple[PlaceGroup, ...]
    fields: tuple[FieldView, ...]
    more: tuple[FieldView, ...]
    """Questions few people need, folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareIndex:
    """Compare places: the form, and what has been compared already."""

    title: str
    form: CompareForm | None
    comparisons: tuple[Link, ...]
    method: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPage:
    """One comparison that people ask for."""

    title: str
    summary: str
    given: tuple[tuple[str, str], ...]
    html: Markup
    table: ExampleTable | None
    own: Link
    places: tuple[Link, ...]
    calculators: tuple[Link, ...]
    others: tuple[Link, ...]
    fictional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideLine:
    """A guide in a list."""

    href: str
    title: str
    for_whom: str
    summary: str
    reviewed_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideShelf:
    """The guides of one group."""

    id: str
    title: str
    summary: str
    guides: tuple[GuideLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideIndex:
    """All guides by group."""

    shelves: tuple[GuideShelf, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlikeView:
    """A word that is easily taken for another, and how they differ."""

    link: Link
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """A glossary word. ``id`` is its place on the page of words, ``anchor`` beside a guide."""

    id: str
    anchor: str
    href: str
    term: str
    gloss: str
    also: str
    guides: tuple[Link, ...]
    example: str = ""
    unlike: tuple[UnlikeView, ...] = ()
    disputes: tuple[Link, ...] = ()
    """Where sources disagree about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePart:
    """A part of a guide: finished HTML, or a form with a title."""

    html: Markup | None
    title: str
    form: FormView | None
    page: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePage:
    """One guide."""

    title: str
    summary: str
    scope: tuple[Fact, ...]
    marks: tuple[Mark, ...]
    toc: tuple[Link, ...]
    parts: tuple[GuidePart, ...]
    terms: tuple[TermView, ...]
    sources: tuple[SourceView, ...]
    next: tuple[GuideLine, ...]
    questions: tuple[str, ...]
    disputes: tuple[Link, ...] = ()
    """Where sources disagree about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceShelf:
    """The sources of one place, or the shared ones."""

    id: str
    title: str
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage:
    """All sources."""

    shelves: tuple[SourceShelf, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """All glossary words."""

    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLine:
    """A status explained."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodPage:
    """Method and limits."""

    statuses: tuple[StatusLine, ...]
    kinds: tuple[LinkGroup, ...]
    areas: tuple[Link, ...]
    questions: tuple[str, ...]
    sources: Link
    areas_page: Link
    design: Link
    disputes: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsLine:
    """One change lately: from when, what, and how sure we are."""

    link: Link
    since: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """The first page."""

    calculators: Link
    areas: Link
    kinds: tuple[LinkGroup, ...]
    questions: tuple[Link, ...]
    """Six to eight situations of life with their answers in a sentence; without any, the first guides."""
    all_questions: Link
    news: tuple[NewsLine, ...]
    all_news: Link
    slip_title: str
    slip: ExampleSlip | None
    slip_link: Link | None
    data_date: str
    coverage: Link
    method: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPage:
    """404."""

    ways: tuple[Link, ...]
