"""Addresses: from the root of the site to relative ones, so that the site works under any sub-path."""

from dataclasses import dataclass
from posixpath import dirname, relpath


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands; turns addresses from the root into addresses from here."""

    path: str
    """The page's file: ``areas/beijing/index.html``."""

    def to(self, target: str) -> str:
        """An address as written on this page.

        >>> Place("areas/beijing/index.html").to("calc/inpatient/beijing/#form")
        '../../calc/inpatient/beijing/#form'
        >>> Place("index.html").to("areas/"), Place("areas/index.html").to(""), Place("index.html").to("")
        ('areas/', '../', './')
        """
        path, sharp, fragment = target.partition("#")
        folder = path == "" or path.endswith("/")
        relative = relpath(path or ".", dirname(self.path) or ".")
        return relative + ("/" if folder else "") + sharp + fragment
