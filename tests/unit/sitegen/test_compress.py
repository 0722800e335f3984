"""Compressed neighbours: only where they help, the same every time, never from a damaged cache."""

import gzip
from pathlib import Path

import brotli
import pytest

from sitegen.compress import gzipped, precompress

TEXT = "医保明白账".encode() * 200


def test_a_file_gets_a_brotli_and_a_gzip_neighbour_with_the_same_content() -> None:
    made = precompress({"a/index.html": TEXT})

    assert set(made) == {"a/index.html.br", "a/index.html.gz"}
    assert brotli.decompress(made["a/index.html.br"]) == TEXT
    assert gzip.decompress(made["a/index.html.gz"]) == TEXT


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("short.html", b"x" * 499),
        ("picture.png", TEXT),
        ("packed.zip", gzipped(bytes(range(256)) * 3)),
        ("without-suffix", TEXT),
    ],
)
def test_what_gains_nothing_has_no_neighbours(path: str, content: bytes) -> None:
    assert precompress({path: content}) == {}


def test_what_is_in_the_cache_is_not_compressed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = precompress({"a.css": TEXT}, tmp_path)
    monkeypatch.setattr("sitegen.compress.smallest", None)
    monkeypatch.setattr("sitegen.compress.gzipped", None)

    assert precompress({"b.css": TEXT}, tmp_path) == {f"b.css{Path(path).suffix}": data for path, data in first.items()}


@pytest.mark.parametrize("damage", [b"", b"not compressed at all", gzipped(b"other") + b"", brotli.compress(b"other")])
def test_a_damaged_cache_is_made_good(tmp_path: Path, damage: bytes) -> None:
    good = precompress({"a.css": TEXT}, tmp_path)
    for file in tmp_path.iterdir():
        file.write_bytes(damage)

    assert precompress({"a.css": TEXT}, tmp_path) == good
    assert precompress({"a.css": TEXT}, tmp_path) == good


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")

    assert set(precompress({"a.css": TEXT}, blocked / "cache")) == {"a.css.br", "a.css.gz"}


def test_gzip_neighbours_carry_no_time_and_no_name() -> None:
    assert gzipped(TEXT)[:10] == bytes((0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255))
    assert gzipped(TEXT) == gzipped(TEXT)
