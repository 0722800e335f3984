"""「有误？」: the link at the foot of every page, and the page where a report is put together.

The page reads ``page``, ``at``, ``figure`` and ``data`` from its address (docs/architecture.md); these names stay.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.pages.frame import Draft
from sitegen.pages.links import Place
from sitegen.reports import FEEDBACK
from sitegen.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackPage:
    """Where a report can be sent; without either, readers copy it."""

    issues: str
    """An address with ``{title}`` and ``{body}``, which the script fills in."""
    mail: str
    mail_href: str
    version: str
    script: str


def feedback_drafts(world: World) -> Iterator[Draft]:
    """The one page."""
    here = Place(f"{FEEDBACK}index.html")
    mail = world.settings.mail
    yield Draft(
        path=here.path,
        title="哪里有误，怎么告诉我们？",
        description="发现数字或说法有误：把位置和数据版本带上，告诉我们，我们去核对。",
        template="feedback.html",
        view=FeedbackPage(
            issues=world.settings.issues,
            mail=mail,
            mail_href=f"mailto:{mail}" if mail else "",
            version=world.version,
            script=here.to(world.assets["templates/js/feedback.js"]),
        ),
        crumbs=((FEEDBACK, "有误？"),),
    )
