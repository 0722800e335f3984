"""Ids and words of the glossary and of the groups: each names one thing."""

from collections.abc import Iterator

from sitegen.guides import GLOSSARY, GROUPS
from sitegen.material import Material
from sitegen.problems import Problem


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
