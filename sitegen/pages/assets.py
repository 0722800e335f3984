"""What pages load besides themselves, named by a hash of its bytes: one style sheet, the scripts, the images.

The files under ``templates/js/app/`` are not here: they travel with the calculator (see ``sitegen.runtime``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from sitegen.pages.frame import STYLES

_CSS, _JS, _IMAGES = "templates/css/", "templates/js/", "templates/images/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One file: what it is made from (the key of ``World.assets``), its address in the site, its bytes."""

    source: str
    path: str
    content: bytes


def assets(texts: Mapping[str, str], blobs: Mapping[str, bytes]) -> tuple[Asset, ...]:
    """All assets of a tree. The parts of the style sheet are joined in the order of their names."""
    parts = [text for path, text in sorted(texts.items()) if path.startswith(_CSS) and path.endswith(".css")]
    return (_asset(STYLES, "\n".join(parts).encode()), *_copied(texts, blobs))


def _copied(texts: Mapping[str, str], blobs: Mapping[str, bytes]) -> Iterator[Asset]:
    for path, text in sorted(texts.items()):
        is_script = path.endswith(".js") and str(PurePosixPath(path).parent) + "/" == _JS
        if is_script or path.startswith(_IMAGES):
            yield _asset(path, text.encode())
    for path, content in sorted(blobs.items()):
        if path.startswith(_IMAGES):
            yield _asset(path, content)


def _asset(source: str, content: bytes) -> Asset:
    name = PurePosixPath(source)
    return Asset(
        source=source, path=f"assets/{name.stem}.{sha256(content).hexdigest()[:8]}{name.suffix}", content=content
    )
