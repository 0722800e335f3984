"""Every page of the site from the world; pure and deterministic, one module per page kind."""

from collections.abc import Callable, Iterator

from sitegen.pages.areas import area_drafts
from sitegen.pages.calculators import calculator_drafts
from sitegen.pages.checklists import checklist_drafts
from sitegen.pages.compare import compare_drafts
from sitegen.pages.coverage import coverage_drafts
from sitegen.pages.design import design_drafts
from sitegen.pages.disputes import dispute_drafts
from sitegen.pages.embed import embed_drafts
from sitegen.pages.feedback import feedback_drafts
from sitegen.pages.frame import Draft, page_of
from sitegen.pages.guides import guide_drafts
from sitegen.pages.home import home_drafts
from sitegen.pages.moved import moved_drafts
from sitegen.pages.offline import offline_drafts
from sitegen.pages.opendata import opendata_drafts
from sitegen.pages.policy_changes import change_drafts
from sitegen.pages.questions import question_drafts
from sitegen.pages.reference import reference_drafts
from sitegen.pages.search import search_drafts
from sitegen.world import Page, World

KINDS_OF_PAGES: tuple[Callable[[World], Iterator[Draft]], ...] = (
    home_drafts,
    guide_drafts,
    area_drafts,
    calculator_drafts,
    compare_drafts,
    checklist_drafts,
    question_drafts,
    reference_drafts,
    dispute_drafts,
    search_drafts,
    coverage_drafts,
    change_drafts,
    opendata_drafts,
    moved_drafts,
    feedback_drafts,
    offline_drafts,
    embed_drafts,
    design_drafts,
)


def all_pages(world: World) -> Iterator[Page]:
    """The pages one by one, so that they can be written as they come."""
    for drafts in KINDS_OF_PAGES:
        for draft in drafts(world):
            yield page_of(draft, world)
