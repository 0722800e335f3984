"""Documents and words → the files the browser fetches, each of at most `LIMIT` bytes when gzip has packed it.

`search/first.json` is fetched first and is enough for first results; its name is fixed, so it is asked for anew each
time, like a page. It names the version of all the others, which lie under `data/search/`:

- `rows`: documents `[kind, address, title, context, also]` and entries `[document, anchor, title, also, brief]`, most
  wanted first; the number of a row is its place in all of them, and the text index below counts in rows;
- `words`: groups of words for one thing, `@` before a place, `~` before a word too wide to be looked for when another
  one is typed; `said>find` for words that lead to a group; `-` before words that are not looked for;
- `pinyin`: the characters of those words by syllable; `sound`: others that are read alike, sharded by character;
- `text`: for each pair of characters or word in letters the rows whose text has it, sharded by its hash.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sitegen.compress import gzipped
from sitegen.search.documents import Document, documents
from sitegen.search.readings import READINGS
from sitegen.search.texts import tokens
from sitegen.search.words import Lexicon, lexicon
from sitegen.world import World

FIRST = "search/first.json"
FOLDER = "data/search/"
LIMIT = 5000
"""Bytes of one file as gzip sends it; brotli makes it smaller still."""
VERSION = 1
"""Of the format; `rank.js` refuses another one."""
SOUND_SHARDS = 8
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_MANIFEST_ROOM = 300


def search_files(world: World, pages: Mapping[str, str]) -> dict[str, bytes]:
    """All files of the search, by path in the site; `pages` holds the finished HTML by path."""
    return packed(documents(world, pages), lexicon(world))


def packed(found: Sequence[Document], words: Lexicon) -> dict[str, bytes]:
    """The files that hold these documents and words."""
    rows, texts = _rows(found)
    parts = {
        **_numbered("rows", chunks(rows, LIMIT, LIMIT - _MANIFEST_ROOM)),
        **_numbered("words", chunks(_words(words), LIMIT)),
        **_numbered("sound", _sounds(words)),
        **_numbered("text", _postings(texts, len(rows))),
    }
    counts = {
        kind: sum(name.rstrip("0123456789") == kind for name in parts) for kind in ("rows", "words", "sound", "text")
    }
    first = parts.pop("rows0")
    contents = {name: _json(content) for name, content in {**parts, "pinyin0": _pinyin(words)}.items()}
    version = hashlib.sha256(b"".join(name.encode() + data for name, data in sorted(contents.items()))).hexdigest()[:8]
    manifest = {"format": VERSION, "version": version, "count": counts | {"total": len(rows)}, "rows": first}
    return {FIRST: _json(manifest)} | {
        f"{FOLDER}{name}.{version}.json": data for name, data in sorted(contents.items())
    }


def _rows(found: Sequence[Document]) -> tuple[list[list[Any]], list[str]]:
    """The rows and, in the same order, the text of each: pages and questions first, then words, then headings."""
    rows: list[list[Any]] = []
    texts: list[str] = []
    number: dict[int, int] = {}

    def add(row: list[Any], *text: str) -> None:
        rows.append(row)
        texts.append("\n".join(text))

    for n, one in enumerate(found):
        number[n] = len(rows)
        add([one.kind, one.address, one.title, one.context, "|".join(one.also)], one.title, *one.also, one.text)
        for entry in one.entries:
            if entry.asked:
                row = [number[n], entry.anchor, entry.title, "|".join(entry.also), entry.brief]
                add(row, entry.title, *entry.also, entry.text)
    for n, one in enumerate(found):
        for entry in one.entries:
            if not entry.asked:
                add([number[n], entry.anchor, entry.title], entry.title, entry.text)
    return rows, texts


def _words(words: Lexicon) -> list[str]:
    wide = set(words.wide)
    return [
        *(
            ("@" if group.place else "") + "|".join(f"~{word}" if word in wide else word for word in group.words)
            for group in words.groups
        ),
        *(f"{said}>{find}" for said, find in words.leads),
        f"-{'|'.join(words.filler)}",
    ]


def _pinyin(words: Lexicon) -> dict[str, str]:
    """Syllable → the characters of known words that are read so."""
    used = set("".join(words.known()))
    read = ((syllable, "".join(char for char in chars if char in used)) for syllable, chars in READINGS.items())
    return {syllable: chars for syllable, chars in read if chars}


def _sounds(words: Lexicon) -> list[dict[str, str]]:
    """For characters that are in no known word: the same, only of syllables that are in some; by character code."""
    known = _pinyin(words)
    used = set("".join(known.values()))
    shards: list[dict[str, str]] = [{} for _ in range(SOUND_SHARDS)]
    for syllable in known:
        for char in READINGS[syllable]:
            if char not in used:
                shard = shards[ord(char) % SOUND_SHARDS]
                shard[syllable] = shard.get(syllable, "") + char
    return shards


def _postings(texts: Sequence[str], total: int) -> list[dict[str, str]]:
    """Token → rows, in as few shards as keep every one within the limit."""
    rows: dict[str, list[int]] = {}
    for n, text in enumerate(texts):
        for token in dict.fromkeys(tokens(text)):
            rows.setdefault(token, []).append(n)
    coded = {token: _coded(found, total) for token, found in sorted(rows.items())}
    size = 1
    while True:
        shards: list[dict[str, str]] = [{} for _ in range(size)]
        for token, code in coded.items():
            shards[shard_of(token, size)][token] = code
        if all(_fits(shard, LIMIT) for shard in shards):
            return shards
        size *= 2


def shard_of(token: str, size: int) -> int:
    """The shard that holds a token; `rank.js` computes the same.

    >>> shard_of("起付", 64), shard_of("ct", 64)
    (8, 39)
    """
    value = 0
    for char in token:
        value = (value * 31 + ord(char)) % 65521
    return value % size


def _coded(rows: Sequence[int], total: int) -> str:
    """Rows as differences, in digits of five bits; if most have the token, those that lack it, after `!`."""
    if len(rows) * 2 > total:
        return "!" + _coded_list([n for n in range(total) if n not in set(rows)])
    return _coded_list(rows)


def _coded_list(rows: Iterable[int]) -> str:
    """Each digit holds five bits, the lowest first; all but the last of a number are 32 higher.

    >>> _coded_list([0, 1, 40])
    '00c1'
    """
    code, before = "", -1
    for row in rows:
        rest, before = row - before - 1, row
        while rest > 31:
            code += _DIGITS[32 + rest % 32]
            rest //= 32
        code += _DIGITS[rest]
    return code


def chunks(rows: Sequence[Any], limit: int, first: int = 0) -> Iterator[list[Any]]:
    """Rows in as few parts as keep each within the limit (that of the first may differ); one row may exceed it."""
    start = 0
    while True:
        most = limit if start else first or limit
        rest = rows[start:]
        count = _largest(lambda n, rest=rest, most=most: _fits(rest[:n], most), len(rest))  # type: ignore[misc]
        yield list(rest[:count])
        start += count
        if start >= len(rows):
            return


def _largest(good: Callable[[int], bool], most: int) -> int:
    """The largest number up to `most` that is good, when all smaller ones are; at least 1."""
    low, high = min(1, most), most
    while low < high:
        middle = (low + high + 1) // 2
        if good(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _numbered(name: str, parts: Iterable[Any]) -> dict[str, Any]:
    return {f"{name}{n}": part for n, part in enumerate(parts)}


def _fits(content: Any, limit: int) -> bool:
    return len(gzipped(_json(content))) <= limit


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
