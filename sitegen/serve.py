"""A small web server for the built site, on this machine only: to look at it and to test it.

It answers as a good host of the site would: MIME types, compressed neighbours, caching by hashed names, the
Content-Security-Policy as a header. Nothing is read but files below the root; nothing is written.
"""

import errno
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from urllib.parse import unquote

HOST = "127.0.0.1"
PORT = 8000
PORTS_TRIED = 20
PORT_REFUSED = (errno.EADDRINUSE, errno.EACCES)

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self'; img-src 'self' data:; manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
ALWAYS_SENT = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}

# Spelled out, because the tables of the system differ.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".webp": "image/webp",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}
UNKNOWN_TYPE = "application/octet-stream"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
"""In the order of our preference, with the suffix of the compressed neighbour."""

HASHED = re.compile(r"^/runtime/[0-9a-f]{8,}/|\.[0-9a-f]{8,}\.[a-z0-9]+$")
FOREVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"


class SiteServer(ThreadingHTTPServer):
    """Serves the files below `root`; with port 0 the system chooses one."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, root: Path, port: int, host: str = HOST, *, quiet: bool = True) -> None:
        self.root = root
        self.quiet = quiet
        super().__init__((host, port), Handler)

    @property
    def address(self) -> str:
        """What to type into a browser, with a closing slash."""
        host, port = self.server_address[:2]
        return f"http://{host if isinstance(host, str) else host.decode()}:{port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader who goes away in the middle is no event; anything else is a bug and shown."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typeshed: any request


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: SiteServer
    protocol_version = "HTTP/1.1"
    server_version = "sitegen"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        raw, mark, query = self.path.partition("?")
        path = safe_path(raw)
        found = path is not None and file_for(self.server.root, path)
        if found:
            self._send(found, HTTPStatus.OK, with_body=with_body)
        elif path and not path.endswith("/") and file_for(self.server.root, path + "/"):
            # Relative, so that a path such as //elsewhere.example cannot lead away.
            headers = {"Location": f"./{raw.rsplit('/', 1)[-1]}/{mark}{query}", "Cache-Control": ASK_FIRST}
            self._send_nothing(HTTPStatus.MOVED_PERMANENTLY, headers)
        elif missing := file_for(self.server.root, "/404.html"):
            self._send(missing, HTTPStatus.NOT_FOUND, with_body=with_body)
        else:
            self._send_nothing(HTTPStatus.NOT_FOUND, {})

    def _send(self, file: Path, status: HTTPStatus, *, with_body: bool) -> None:
        headers = {"Content-Type": TYPES.get(file.suffix, UNKNOWN_TYPE), "Cache-Control": self._caching(status)}
        encoding, sent = best_neighbour(file, self.headers.get("Accept-Encoding", ""))
        if has_neighbours(file):
            headers["Vary"] = "Accept-Encoding"
        if encoding:
            headers["Content-Encoding"] = encoding
        with sent.open("rb") as body:
            facts = sent.stat()
            tag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}{encoding}"'
            headers["ETag"] = tag
            if status is HTTPStatus.OK and tag in self.headers.get("If-None-Match", ""):
                self._send_nothing(HTTPStatus.NOT_MODIFIED, headers, length=False)
                return
            self._send_head(status, headers | {"Content-Length": str(facts.st_size)})
            if with_body:
                copyfileobj(body, self.wfile)

    def _caching(self, status: HTTPStatus) -> str:
        return FOREVER if status is HTTPStatus.OK and HASHED.search(self.path.partition("?")[0]) else ASK_FIRST

    def _send_nothing(self, status: HTTPStatus, headers: dict[str, str], *, length: bool = True) -> None:
        self._send_head(status, headers | ({"Content-Length": "0"} if length else {}))

    def _send_head(self, status: HTTPStatus, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (ALWAYS_SENT | headers).items():
            self.send_header(name, value)
        self.end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Only what went wrong is worth a line."""
        if not self.server.quiet and isinstance(code, int) and code >= HTTPStatus.BAD_REQUEST:
            super().log_request(code, size)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        if not self.server.quiet:
            super().log_message(format, *args)


def safe_path(raw: str) -> str | None:
    """The decoded path of a URL, beginning with a slash; None for one that is not a plain path inside the site."""
    try:
        path = unquote(raw, errors="strict")
    except UnicodeDecodeError:
        return None
    parts = path.split("/")
    if (
        not path.startswith("/")
        or "\\" in path
        or not path.isprintable()
        or any(part.startswith(".") for part in parts)
    ):
        return None
    return path


def file_for(root: Path, path: str) -> Path | None:
    """The file that a decoded path names, index.html for a folder; None when there is none inside the root."""
    here = root.resolve()
    wanted = here.joinpath(*PurePosixPath(path).parts[1:])
    if path.endswith("/"):
        wanted /= "index.html"
    try:
        file = wanted.resolve(strict=True)
        return file if file.is_relative_to(here) and file.is_file() else None
    except (OSError, ValueError):
        return None


def best_neighbour(file: Path, accepted: str) -> tuple[str, Path]:
    """The encoding and file to send for this Accept-Encoding; encoding is empty for the file as it is."""
    weights = accepted_encodings(accepted)
    for encoding, suffix in ENCODINGS:
        packed = file.with_name(file.name + suffix)
        if weights.get(encoding, 0) > 0 and packed.is_file():
            return encoding, packed
    return "", file


def has_neighbours(file: Path) -> bool:
    return any(file.with_name(file.name + suffix).is_file() for _, suffix in ENCODINGS)


def accepted_encodings(header: str) -> dict[str, float]:
    """`gzip, br;q=0.5` → {"gzip": 1.0, "br": 0.5}; what cannot be read is not accepted."""
    weights: dict[str, float] = {}
    for item in header.split(","):
        name, _, parameter = item.partition(";")
        match = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", parameter)
        weights[name.strip().lower()] = float(match[1]) if match else float(not parameter.strip())
    return weights


def serve(root: Path, port: int = PORT, host: str = HOST) -> int:
    """Serve the site until interrupted; prints its address. Gives the exit code: 1 when there is nothing to serve."""
    if not (root / "index.html").is_file():
        print(f"没有建好的网站：找不到 {root / 'index.html'}，请先运行 make site。", file=sys.stderr)
        return 1
    try:
        server = first_free(root, port, host)
    except OSError as error:
        print(f"没法在 {host} 打开端口 {port}：{error.strerror or error}。", file=sys.stderr)
        return 1
    with server:
        print(f"网站在 {server.address} （按 Ctrl+C 停止）", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


def first_free(root: Path, port: int, host: str = HOST) -> SiteServer:
    """A server on this port or, when it is taken, on one of the next, or on any that is free."""
    for candidate in (*range(port, min(port + PORTS_TRIED, 65536)), 0):
        try:
            return SiteServer(root, candidate, host, quiet=False)
        except OSError as error:
            if candidate == 0 or error.errno not in PORT_REFUSED:
                raise
    raise AssertionError("port 0 is always tried")


@contextmanager
def served(root: Path, port: int = 0, host: str = HOST) -> Iterator[str]:
    """The site served in the background for the length of a `with` block; gives its address."""
    with SiteServer(root, port, host) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.address
        finally:
            server.shutdown()
            thread.join()
