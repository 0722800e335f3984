"""您想问什么: every question of the readers by life situation, each leading to the heading that answers it."""

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.model import SCHEME_WORDS
from sitegen.pages.frame import Draft
from sitegen.pages.linked import faq
from sitegen.pages.links import Place
from sitegen.views import Link
from sitegen.world import AskedQuestion, World


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """A question with its answer in a sentence, if it has one, and for whom it holds."""

    link: Link
    brief: str
    holds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionShelf:
    """The questions of one situation."""

    id: str
    title: str
    lines: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionIndex:
    """All questions."""

    shelves: tuple[QuestionShelf, ...]
    count: int


def question_drafts(world: World) -> Iterator[Draft]:
    """The one index, when anybody asks anything."""
    if not world.questions:
        return
    here = Place("questions/index.html")
    shelves = (
        QuestionShelf(
            id=group.id,
            title=group.title,
            lines=tuple(_line(asked, here, world) for asked in world.questions if asked.question.group == group.id),
        )
        for group in world.groups
    )
    answered = [(asked.question.ask, asked.question.brief) for asked in world.questions if asked.question.brief]
    yield Draft(
        path=here.path,
        title="您想问什么？",
        description="没备案能报吗，断缴怎么办，卡里的钱能取吗：大家常问的话，一句一句领您到答案那一段。",
        template="questions.html",
        data=faq(answered) if answered else None,
        view=QuestionIndex(shelves=tuple(shelf for shelf in shelves if shelf.lines), count=len(world.questions)),
        crumbs=(("questions/", "您想问什么"),),
    )


def _line(asked: AskedQuestion, here: Place, world: World) -> QuestionLine:
    item = asked.question
    holds = [world.areas[item.area].area.name] if item.area in world.areas else []
    holds += [SCHEME_WORDS[item.scheme]] if item.scheme else []
    return QuestionLine(link=Link(href=here.to(asked.address), text=item.ask), brief=item.brief, holds="，".join(holds))
