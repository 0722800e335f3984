"""The local server, asked over HTTP: types, compression, caching, and nothing outside the site."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from sitegen.serve import CONTENT_SECURITY_POLICY, accepted_encodings, first_free, safe_path, serve, served

FILES = {
    "index.html": b"home",
    "404.html": b"not here",
    "calc/index.html": b"calc",
    "名词/index.html": "名词".encode(),
    "assets/site.1a2b3c4d.css": b"plain css",
    "assets/site.1a2b3c4d.css.br": b"brotli css",
    "assets/site.1a2b3c4d.css.gz": b"gzip css",
    "runtime/1a2b3c4d5e6f/pyodide.asm.wasm": b"wasm",
    "runtime/1a2b3c4d5e6f/pyodide.mjs": b"module",
    "runtime/1a2b3c4d5e6f/x.whl": b"wheel",
    "site.webmanifest": b"{}",
    "icon.svg": b"<svg/>",
    "data/areas/beijing.1a2b3c4d.json": b"{}",
    "SHA256SUMS": b"sums",
    ".hidden/index.html": b"secret",
}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    (folder / "outside.txt").write_bytes(b"outside")
    for path, content in FILES.items():
        file = folder / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (folder / "site/leak.txt").symlink_to(folder / "outside.txt")
    return folder / "site"


@pytest.fixture(scope="module")
def connection(root: Path) -> Iterator[HTTPConnection]:
    with served(root) as address:
        connection = HTTPConnection(address.removeprefix("http://").rstrip("/"))
        yield connection
        connection.close()


def ask(connection: HTTPConnection, path: str, method: str = "GET", **headers: str) -> Reply:
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    return Reply(response.status, dict(response.getheaders()), response.read())


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/icon.svg", "image/svg+xml; charset=utf-8"),
        ("/site.webmanifest", "application/manifest+json; charset=utf-8"),
        ("/data/areas/beijing.1a2b3c4d.json", "application/json; charset=utf-8"),
        ("/runtime/1a2b3c4d5e6f/pyodide.asm.wasm", "application/wasm"),
        ("/runtime/1a2b3c4d5e6f/pyodide.mjs", "text/javascript; charset=utf-8"),
        ("/runtime/1a2b3c4d5e6f/x.whl", "application/zip"),
        ("/SHA256SUMS", "application/octet-stream"),
    ],
)
def test_every_file_has_its_type_and_the_headers_of_a_good_host(
    connection: HTTPConnection, path: str, kind: str
) -> None:
    reply = ask(connection, path)

    assert reply.status == 200
    assert reply.headers["Content-Type"] == kind
    assert reply.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("/", "no-cache"),
        ("/calc/", "no-cache"),
        ("/icon.svg", "no-cache"),
        ("/assets/site.1a2b3c4d.css", FOREVER),
        ("/data/areas/beijing.1a2b3c4d.json", FOREVER),
        ("/runtime/1a2b3c4d5e6f/pyodide.mjs", FOREVER),
        ("/runtime/1a2b3c4d5e6f/gone.js", "no-cache"),
    ],
)
def test_hashed_names_are_kept_for_ever_and_everything_else_is_asked_for_again(
    connection: HTTPConnection, path: str, caching: str
) -> None:
    assert ask(connection, path).headers["Cache-Control"] == caching


@pytest.mark.parametrize(
    ("accepted", "encoding", "body"),
    [
        ("gzip, deflate, br, zstd", "br", b"brotli css"),
        ("gzip", "gzip", b"gzip css"),
        ("br;q=0, gzip;q=0.5", "gzip", b"gzip css"),
        ("identity", None, b"plain css"),
        ("", None, b"plain css"),
    ],
)
def test_a_compressed_neighbour_is_sent_to_whoever_takes_it(
    connection: HTTPConnection, accepted: str, encoding: str | None, body: bytes
) -> None:
    reply = ask(connection, "/assets/site.1a2b3c4d.css", Accept_Encoding=accepted)

    assert reply.headers.get("Content-Encoding") == encoding
    assert reply.headers["Vary"] == "Accept-Encoding"
    assert reply.headers["Content-Type"] == "text/css; charset=utf-8"
    assert reply.body == body


def test_a_folder_without_its_slash_leads_to_the_one_with_it(connection: HTTPConnection) -> None:
    reply = ask(connection, "/calc?a=1")

    assert (reply.status, reply.headers["Location"]) == (301, "./calc/?a=1")


def test_chinese_names_are_found(connection: HTTPConnection) -> None:
    assert ask(connection, "/%E5%90%8D%E8%AF%8D/").body == "名词".encode()


def test_what_is_not_there_answers_404_with_the_sites_own_page(connection: HTTPConnection) -> None:
    reply = ask(connection, "/nowhere/at/all")

    assert (reply.status, reply.body) == (404, b"not here")


@pytest.mark.parametrize(
    "path",
    [
        "/../outside.txt",
        "/%2e%2e/outside.txt",
        "/..%2foutside.txt",
        "/calc/..%5c..%5coutside.txt",
        "/leak.txt",
        "/.hidden/",
        "/%00",
        "/%ff",
        "/[",
        "//example.org/..",
    ],
)
def test_nothing_outside_the_site_is_served(connection: HTTPConnection, path: str) -> None:
    reply = ask(connection, path)

    assert (reply.status, reply.body) == (404, b"not here")


def test_head_has_the_headers_and_no_body(connection: HTTPConnection) -> None:
    reply = ask(connection, "/", "HEAD")

    assert (reply.status, reply.headers["Content-Length"], reply.body) == (200, "4", b"")


def test_what_has_not_changed_is_not_sent_again(connection: HTTPConnection) -> None:
    tag = ask(connection, "/").headers["ETag"]

    reply = ask(connection, "/", If_None_Match=tag)

    assert (reply.status, reply.body) == (304, b"")


def test_other_methods_are_refused(root: Path) -> None:
    with served(root) as address:
        connection = HTTPConnection(address.removeprefix("http://").rstrip("/"))
        reply = ask(connection, "/", "POST")
        connection.close()

    assert reply.status == 501


def test_a_taken_port_gives_way_to_the_next_free_one(root: Path) -> None:
    with served(root) as address:
        taken = int(address.rstrip("/").rpartition(":")[2])
        with first_free(root, taken) as server:
            assert server.address != address


def test_without_a_site_there_is_one_line_and_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(tmp_path) == 1

    assert capsys.readouterr().err == f"没有建好的网站：找不到 {tmp_path / 'index.html'}，请先运行 make site。\n"


@pytest.mark.parametrize(
    ("header", "weights"),
    [
        ("gzip, br;q=0.5", {"gzip": 1.0, "br": 0.5}),
        ("BR ; q=0", {"br": 0.0}),
        ("br;q=much", {"br": 0.0}),
        ("", {"": 1.0}),
    ],
)
def test_encodings_are_read_with_their_weights(header: str, weights: dict[str, float]) -> None:
    assert accepted_encodings(header) == weights


@pytest.mark.parametrize(("raw", "path"), [("/a%20b/", "/a b/"), ("/a/../b", None), ("a", None), ("/%0a", None)])
def test_a_path_is_decoded_or_refused(raw: str, path: str | None) -> None:
    assert safe_path(raw) == path
