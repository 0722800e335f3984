"""`content/redirects.yaml` → pages that moved: where each stood, and where its readers are sent now.

Whoever kept the old address keeps a working one. `checks.redirects` refuses what would lead nowhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from calculator.shape import FAILED, Key, ListOf, Reading, Record, Text
from sitegen.load import Tree
from sitegen.problems import Problem
from sitegen.shapes import SLUG, read_shaped
from sitegen.world import Moved
from sitegen.yamlfile import Document, read_yaml

REDIRECTS = "content/redirects.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """One line of the file: `/guides/old/` → a link as questions write it."""

    old: str
    to: str


def _redirect(**keys: str) -> Redirect:
    return Redirect(old=keys["from"], to=keys["to"])


_REDIRECT = Record(
    _redirect,
    {
        "from": Key(
            Text("原来的地址", pattern=rf"/{SLUG}(?:/{SLUG})*/", example="/guides/jiu-de/", longest=200),
            required=True,
            help="搬走以前的地址，从网站的根写起，以“/”结尾",
        ),
        "to": Key(Text("现在的地址", example="xin-de.md", longest=200), required=True, help="现在在哪一页哪一节"),
    },
    "一个搬走的页面",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirects:
    """All of the file that could be read, by place in its list."""

    items: Mapping[int, Redirect]
    document: Document | None = None


def read_redirects(tree: Tree) -> tuple[Redirects, tuple[Problem, ...]]:
    """The pages that moved, and what is wrong with their file; a site need not have any."""
    if REDIRECTS not in tree.texts:
        return Redirects(items={}), ()
    document, problems = read_yaml(tree.texts[REDIRECTS], REDIRECTS)
    if document is None:
        return Redirects(items={}), problems
    value, found = read_shaped(ListOf(_REDIRECT), document)
    entries = document.data if isinstance(document.data, list) else []
    if value is not None:
        items = dict(enumerate(value))
    else:
        read = ((n, _REDIRECT.read(entry, (), Reading())) for n, entry in enumerate(entries))
        items = {n: item for n, item in read if item is not FAILED}
    return Redirects(items=items, document=document), (*problems, *found)


def redirect_files(moved: tuple[Moved, ...], base_path: str) -> Iterator[tuple[str, str]]:
    """The list of moves for hosts that read one (`_redirects`); `base_path` is where the site stands on its host."""
    if moved:
        rows = (f"{base_path}{move.old} {base_path}{quote(move.new, safe='/#')} 301" for move in moved)
        yield "_redirects", "".join(f"{row}\n" for row in rows)
