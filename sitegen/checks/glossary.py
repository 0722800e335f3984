"""Ids and words of the glossary and of the groups: each names one thing."""

from collections.abc import Iterator

from sitegen.guides import GLOSSARY, GROUPS
from sitegen.material import Material
from sitegen.problems import Problem, nearest, shorten


def check(material: Material) -> Iterator[Problem]:
    """Repeated ids in both files, repeated words in the glossary."""
    for path, keys in ((GLOSSARY, ("id", "term", "also")), (GROUPS, ("id", "title"))):
        document = material.content.lines.get(path)
        if document is None or not isinstance(document.data, list):
            continue
        ids: dict[str, int] = {}
        words: dict[str, int] = {}
        for index, item in enumerate(document.data):
            for key in keys if isinstance(item, dict) else ():
                seen = ids if key == "id" else words
                value = item.get(key)  # type: ignore[union-attr]  # keys is empty for anything but a mapping
                for word in value if isinstance(value, list) else [value]:
                    line = document.line_of((index, key))
                    if isinstance(word, str) and word in seen:
                        message = f"“{word}”在第 {seen[word]} 行已经写过"
                        yield document.problem((index, key), message, "duplicate")
                    elif isinstance(word, str):
                        seen[word] = line
    yield from _unlike(material)


def _unlike(material: Material) -> Iterator[Problem]:
    """Words said to be unlike themselves or a word that is not there."""
    document = material.content.lines.get(GLOSSARY)
    if document is None or not material.content.glossary_complete or not isinstance(document.data, list):
        return
    places = {item.get("id"): index for index, item in enumerate(document.data) if isinstance(item, dict)}
    for term in material.content.glossary.values():
        for n, unlike in enumerate(term.unlike):
            path = (places[term.id], "unlike", n, "term")
            if unlike.term == term.id:
                yield document.problem(path, f"“{term.term}”不会和自己弄混", "reference")
            elif unlike.term not in material.content.glossary:
                near = nearest(unlike.term, material.content.glossary)
                message = f"名词解释里没有“{shorten(unlike.term)}”{near if '是不是' in near else ''}"
                yield document.problem(path, message, "reference")
