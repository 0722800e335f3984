"""Files next to the files of the site, compressed in advance: `index.html.br`, `index.html.gz`.

A server that can send them (`sitegen serve`, nginx, Caddy) saves its readers bytes and itself time. Brotli at its
highest level takes half a minute for Pyodide alone, so what has been compressed once is kept in a cache, named by
what went in. The cache may be deleted at any time.
"""

import hashlib
import os
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile

import brotli

COMPRESSIBLE = frozenset(
    {".css", ".csv", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".webmanifest", ".whl", ".xml", ".zip"}
)
SMALLEST = 500
"""Shorter files fit into one packet either way."""
GZIP_HEADER = bytes((0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255))
"""No name and no time: equal content gives equal bytes."""


def precompress(files: Mapping[str, bytes], cache: Path | None = None) -> dict[str, bytes]:
    """The compressed neighbours of these files, by path in the site; `cache` is a folder to keep them in."""
    worth = [(path, content) for path, content in files.items() if is_compressible(path, content)]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        found = threads.map(lambda item: list(neighbours(item[0], item[1], cache)), worth)
        return dict(pair for pairs in found for pair in pairs)


def is_compressible(path: str, content: bytes) -> bool:
    return len(content) >= SMALLEST and PurePosixPath(path).suffix in COMPRESSIBLE


def neighbours(path: str, content: bytes, cache: Path | None = None) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each compressed form of one file that is at least a twentieth shorter than the file."""
    page = path.endswith(".html")
    brotlied = paged if page else smallest
    name = hashlib.sha256(content).hexdigest() + ("-page" if page else "")
    for suffix, compress, expand in ((".br", brotlied, brotli.decompress), (".gz", gzipped, gunzipped)):
        kept = cache / f"{name}{suffix}" if cache else None
        packed = _read(kept)
        if packed is None or not _expands_to(packed, content, expand):
            packed = compress(content)
            _keep(kept, packed)
        if len(packed) * 20 <= len(content) * 19:
            yield path + suffix, packed


def smallest(content: bytes) -> bytes:
    """Brotli at its highest level with the largest window every browser takes: for what is kept for a year."""
    packed: bytes = brotli.compress(content, quality=11, lgwin=22)
    return packed


def paged(content: bytes) -> bytes:
    """Brotli at a level thirty times as fast and a twelfth larger: for thousands of pages that change at each build."""
    packed: bytes = brotli.compress(content, quality=7, lgwin=22)
    return packed


def gzipped(content: bytes) -> bytes:
    """Gzip at its highest level; another zlib may give other bytes of the same content."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    body = deflate.compress(content) + deflate.flush()
    return GZIP_HEADER + body + struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)


def gunzipped(packed: bytes) -> bytes:
    return zlib.decompress(packed, zlib.MAX_WBITS | 16)


def _expands_to(packed: bytes, content: bytes, expand: Callable[[bytes], bytes]) -> bool:
    """False for a cache file that a full disk or a crash left damaged."""
    try:
        return expand(packed) == content
    except (brotli.error, zlib.error):
        return False


def _read(kept: Path | None) -> bytes | None:
    if kept is None:
        return None
    try:
        return kept.read_bytes()
    except OSError:
        return None


def _keep(kept: Path | None, packed: bytes) -> None:
    """Write into the cache as a whole or not at all; a cache that cannot be written only costs time."""
    if kept is None:
        return
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=kept.parent, delete=False) as file:
            file.write(packed)
        Path(file.name).replace(kept)
