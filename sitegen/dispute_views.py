"""View models of the page of disputes; see `views` for what they may hold."""

from dataclasses import dataclass

from markupsafe import Markup

from sitegen.views import Link, SourceLink


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeSide:
    """One side of a dispute."""

    says: Markup
    sources: tuple[SourceLink, ...]
    note: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeView:
    """One dispute in full."""

    id: str
    number: str
    title: str
    short: str
    status: str
    """The English word, for the class name."""
    status_word: str
    checked_on: str
    text: Markup
    sides: tuple[DisputeSide, ...]
    uses: Markup
    why: Markup
    places: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeShelf:
    """The disputes of one weight."""

    id: str
    title: str
    disputes: tuple[DisputeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCount:
    """How many disputes stand like this."""

    status: str
    word: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputesPage:
    """All disputes."""

    count: int
    statuses: tuple[StatusCount, ...]
    shelves: tuple[DisputeShelf, ...]
    method: Link
    sources: Link
    questions: tuple[str, ...]
