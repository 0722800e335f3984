"""`content/disputes.yaml` → disputes (说法不一): what each side says, what the site goes by, and where that matters.

Texts stay as written here, roles and all; `disputes_told` makes HTML of them, `checks.disputes` sees whether what they
name exists. Ids are the order of the file, without a gap, so that a dispute once cited keeps its address.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from calculator.errors import Path, shown
from calculator.shape import FAILED, IDENTIFIER, Day, Key, ListOf, Reading, Record, Text, Word
from sitegen.load import Tree
from sitegen.problems import Problem
from sitegen.shapes import SLUG
from sitegen.world import SourceEntry
from sitegen.yamlfile import Document, read_yaml

DISPUTES = "content/disputes.yaml"
WEIGHTS = {"high": "影响钱和期限", "medium": "容易误会", "low": "字句上的"}
"""How much hangs on a dispute, in words; the heaviest first."""
STATUSES = {"settled": "已弄清", "open": "没弄清", "outdated": "过时的说法"}
"""How a dispute stands, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a dispute, as written: what it says, and who says so."""

    says: str
    sources: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Where the disputed figure or rule is used."""

    guides: tuple[str, ...] = ()
    """`slug` or `slug#heading`."""
    figures: tuple[str, ...] = ()
    """`area`, `area/scheme/care` with or without a field, `area/services/key`, `national/id`.

    `*` stands for any area or any scheme; an area alone for what the site has not collected of it."""
    calculators: tuple[str, ...] = ()
    """`kind`, or `kind/area` when only one place is meant."""
    terms: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Sources that are in doubt as a whole."""

    def anything(self) -> bool:
        """Whether any place is named."""
        return bool(self.guides or self.figures or self.calculators or self.terms or self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One dispute as written (说法不一)."""

    id: str
    title: str
    short: str
    weight: str
    status: str
    checked_on: date
    sides: tuple[Side, ...]
    uses: str
    why: str
    text: str = ""
    about: About = field(default_factory=About)

    @property
    def href(self) -> str:
        """Its address in the site, from the root."""
        return f"disputes/#{self.id}"


def texts_of(item: Dispute) -> Iterator[str]:
    """Every text of a dispute that may hold roles."""
    yield from (item.uses, item.why, item.text)
    for side in item.sides:
        yield from (side.says, side.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSide:
    """A side as HTML, with its sources."""

    says: str
    note: str
    sources: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDispute:
    """A dispute whose texts are HTML, safe to print as it is; links are relative to `disputes/`."""

    dispute: Dispute
    sides: tuple[ToldSide, ...]
    uses: str
    why: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputes:
    """All of the file that could be read."""

    items: tuple[Dispute, ...] = ()
    places: tuple[int, ...] = ()
    """Where in the list of the file each of them stands."""
    document: Document | None = None
    complete: bool = True
    """Whether the whole file could be read."""

    def placed(self) -> Iterator[tuple[int, Dispute]]:
        """Every dispute with its place in the list of the file."""
        return zip(self.places, self.items, strict=True)

    def get(self, name: str) -> Dispute | None:
        """The dispute of this id."""
        return next((item for item in self.items if item.id == name), None)

    def line(self, path: Path) -> int:
        """The line on which the text of this path begins; that of a block scalar is the one below its key."""
        if self.document is None:
            return 0
        found: Any = self.document.data
        for step in path:
            found = found[step]
        return self.document.line_of(path) + ("\n" in found if isinstance(found, str) else 0)


_SIDE = Record(
    Side,
    {
        "says": Key(Text("一两句话", longest=300), required=True, help="这一方怎么说"),
        "sources": Key(ListOf(Text("出处的 id")), default=(), help="谁说的；没有找到文件的不写，在 note 里说明"),
        "note": Key(Text("一句说明", longest=300), default=""),
    },
    "一方的说法",
)
_ABOUT = Record(
    About,
    {
        "guides": Key(
            ListOf(Text("指南的文件名，可以加 #锚点", pattern=rf"{SLUG}(?:#\S+)?", example="kua-sheng-zhu-yuan#class")),
            default=(),
        ),
        "figures": Key(ListOf(Text("政策里的一处", example="beijing/employee/inpatient")), default=()),
        "calculators": Key(ListOf(Text("计算器的种类", example="inpatient")), default=()),
        "terms": Key(ListOf(Text("名词的 id", pattern=IDENTIFIER, example="deductible")), default=()),
        "sources": Key(ListOf(Text("出处的 id")), default=()),
    },
    "用到的地方",
)
_DISPUTE = Record(
    Dispute,
    {
        "id": Key(Text("编号", pattern=r"d-\d{2,3}", example="d-01"), required=True, help="d-01 起，按顺序"),
        "title": Key(Text("一句话", longest=40), required=True, help="读者会问的一句话"),
        "short": Key(Text("几个字", longest=16), required=True, help="链接上的几个字"),
        "weight": Key(Word(tuple(WEIGHTS)), required=True, help="high 影响钱和期限，medium 容易误会，low 字句上的"),
        "status": Key(Word(tuple(STATUSES)), required=True, help="settled 已弄清，open 没弄清，outdated 过时的说法"),
        "checked_on": Key(Day(), required=True, help="哪一天对照过出处"),
        "sides": Key(ListOf(_SIDE, shortest=2, longest=8), required=True, help="各方的说法，至少两方"),
        "uses": Key(Text("一两句话", longest=300), required=True, help="本站用哪一种"),
        "why": Key(Text("一两句话", longest=400), required=True, help="为什么"),
        "text": Key(Text("两到五句话", longest=400), default="", help="给读者看的几句话，要说怎么办"),
        "about": Key(_ABOUT, default=About()),
    },
    "一处说法不一",
)


def read_disputes(tree: Tree) -> tuple[Disputes, tuple[Problem, ...]]:
    """The disputes of a tree, and what is wrong with them; a tree may have none."""
    if DISPUTES not in tree.texts:
        return Disputes(complete=not any(p.path == DISPUTES for p in tree.problems)), ()
    document, problems = read_yaml(tree.texts[DISPUTES], DISPUTES)
    if document is None:
        return Disputes(complete=False), problems
    reading = Reading()
    if not isinstance(document.data, list):
        ListOf(_DISPUTE).read(document.data, (), reading)  # says what is wrong
    items = document.data if isinstance(document.data, list) else ()
    read = [_DISPUTE.read(item, (index,), reading) for index, item in enumerate(items)]
    good = [(index, item) for index, item in enumerate(read) if item is not FAILED]
    for index, item in good:
        _whole(item, (index,), reading)
    _numbered(items, reading)
    found = tuple(document.problem(p.path, p.message, p.check) for p in dict.fromkeys(reading.problems))
    disputes = Disputes(
        items=tuple(item for _, item in good),
        places=tuple(index for index, _ in good),
        document=document,
        complete=not (problems or found),
    )
    return disputes, (*problems, *found)


def _whole(item: Dispute, path: Path, reading: Reading) -> None:
    """What a dispute must have that its weight and its sides decide."""
    if item.weight != "low" and not item.text:
        message = f"缺少 text：weight 是 {item.weight} 的要有给读者看的几句话，说清怎么办"
        reading.refuse((*path, "text"), message, "missing")
    for index, side in enumerate(item.sides):
        if not side.sources and not side.note:
            message = "没有写 sources，就要在 note 里说明没有找到文件"
            reading.refuse((*path, "sides", index), message, "missing")


def _numbered(items: Any, reading: Reading) -> None:
    """Ids count from d-01 in the order of the file; after a slip they are counted on from what stands there."""
    seen: dict[str, int] = {}
    expected = 1
    for index, item in enumerate(items):
        name = item.get("id") if isinstance(item, dict) else None
        number = name.removeprefix("d-") if isinstance(name, str) else ""
        if not isinstance(name, str) or not number.isdecimal():
            expected += 1  # told by its shape
            continue
        if name in seen:
            reading.refuse((index, "id"), f"“{name}”在第 {seen[name] + 1} 条已经用过", "duplicate")
        elif int(number) != expected:
            message = f"写的是{shown(name)}，这里应是“d-{expected:02}”：编号从 d-01 起，按顺序，不跳号"
            reading.refuse((index, "id"), message, "order")
        seen.setdefault(name, index)
        expected = int(number) + 1
