"""What readers call things: `content/search.yaml`, and the words the search knows from everywhere else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from calculator.shape import Key, ListOf, Record, Text
from sitegen.load import Tree
from sitegen.problems import Problem
from sitegen.search.texts import normal
from sitegen.shapes import read_shaped
from sitegen.world import SearchWords, World
from sitegen.yamlfile import read_yaml

SEARCH = "content/search.yaml"

_WORD = Text("一个词", longest=20)
_WORDS = Record(
    SearchWords,
    {
        "same": Key(ListOf(ListOf(_WORD)), default=(), help="意思一样的说法，一组一行"),
        "leads": Key(ListOf(ListOf(_WORD)), default=(), help="打后面的词，也找第一个"),
        "wide": Key(ListOf(_WORD), default=(), help="太宽的别名"),
        "filler": Key(ListOf(_WORD), default=(), help="找的时候不看的词"),
    },
    "搜索用的词",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Words for one thing; `place` when they name an area, which is also found by its initials."""

    words: tuple[str, ...]
    place: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Every word the search knows."""

    groups: tuple[Group, ...]
    leads: tuple[tuple[str, str], ...] = ()
    """What is said, and the word that is looked for besides."""
    wide: tuple[str, ...] = ()
    filler: tuple[str, ...] = ()

    def known(self) -> Iterator[str]:
        """The words one can look for."""
        yield from (word for group in self.groups for word in group.words)
        yield from (said for said, _ in self.leads)


def read_search_words(tree: Tree) -> tuple[SearchWords, tuple[Problem, ...]]:
    """The file, and what is wrong with it; a site need not have one."""
    if SEARCH not in tree.texts:
        return SearchWords(), ()
    document, problems = read_yaml(tree.texts[SEARCH], SEARCH)
    if document is None:
        return SearchWords(), problems
    value, found = read_shaped(_WORDS, document)
    if value is None:
        return SearchWords(), (*problems, *found)
    words: SearchWords = value
    found = (*found, *(document.problem(path, message, "search") for path, message in _wrong(words)))
    return words, (*problems, *found)


def _wrong(words: SearchWords) -> Iterator[tuple[tuple[str | int, ...], str]]:
    seen: dict[str, str] = {}
    for n, group in enumerate(words.leads):
        if len(group) < 2:
            yield ("leads", n), "第一个是要找的词，后面至少还要有一个大家打的词"
    for n, group in enumerate(words.same):
        if len(group) < 2:
            yield ("same", n), "一组至少要有两个词"
        for word in group:
            if word in seen:
                yield ("same", n), f"“{word}”已经在另一组（{seen[word]}）里写过，意思一样就并成一组"
            seen.setdefault(word, "、".join(group))
    counted: set[str] = set()
    for n, word in enumerate(words.filler):
        if word in seen:
            yield ("filler", n), f"“{word}”在 same 里也有，找的时候到底看不看它"
        if word in counted:
            yield ("filler", n), f"“{word}”写了两遍"
        counted.add(word)


def lexicon(world: World) -> Lexicon:
    """The words of the glossary, of places, of questions and of `content/search.yaml`; those for one thing together."""
    said = world.search_words
    names = dict.fromkeys(name for entry in world.real_areas() for name in (entry.area.name, entry.area.province))
    lists = (
        *((name, name.rstrip("市省")) for name in names),
        *said.same,
        *((term.term, *term.also) for term in world.glossary.values()),
        *((word,) for asked in world.questions for word in asked.question.also),
        *((group[0],) for group in said.leads),
    )
    merged = _merged(tuple(dict.fromkeys(normal(word) for word in words)) for words in lists)
    return Lexicon(
        groups=tuple(Group(words=words, place=any(word in names for word in words)) for words in merged),
        leads=tuple((normal(word), normal(group[0])) for group in said.leads for word in group[1:]),
        wide=tuple(map(normal, said.wide)),
        filler=tuple(map(normal, said.filler)),
    )


def _merged(lists: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Lists that share a word become one."""
    home: dict[str, list[str]] = {}
    for words in lists:
        group: list[str] = []
        for other in [home[word] for word in words if word in home]:
            if other is not group:
                group, grown = other, group
                group += [word for word in grown if word not in group]
        group += [word for word in words if word not in group]
        home |= dict.fromkeys(group, group)
    unique: dict[int, list[str]] = {id(group): group for group in home.values()}
    return [tuple(group) for group in unique.values()]
