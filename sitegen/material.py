"""The input as read, before anything is computed: what checks look at and `evaluate` works on."""

from dataclasses import dataclass, field

from sitegen.areas import Areas
from sitegen.comparisons import Comparisons
from sitegen.disputes import Disputes
from sitegen.guides import Content
from sitegen.load import Tree
from sitegen.questions import Questions
from sitegen.redirects import Redirects


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Material:
    """All that could be read of one tree. One tree has one: what follows from it is kept by identity."""

    tree: Tree
    areas: Areas
    content: Content
    questions: Questions
    disputes: Disputes = field(default_factory=Disputes)
    redirects: Redirects = field(default_factory=lambda: Redirects(items={}))
    comparisons: Comparisons = field(default_factory=Comparisons)
