"""The first page: what this is, the two ways in, a real slip to look at, and questions people come with."""

from collections.abc import Iterator

from calculator.kinds import KINDS
from sitegen.changes import entries_of, public
from sitegen.feeds import anchor
from sitegen.pages.calculators import kinds_in
from sitegen.pages.figures import mark_of
from sitegen.pages.frame import SITE, Draft, data_date
from sitegen.pages.groups import grouped
from sitegen.pages.linked import website
from sitegen.pages.links import Place
from sitegen.pages.listing import calculator_href, guide_line
from sitegen.pages.policy_changes import HOME as CHANGES
from sitegen.pages.policy_changes import since_words
from sitegen.pages.words import date_words
from sitegen.pages.worked import Examples
from sitegen.questions import HOME_QUESTIONS
from sitegen.references import all_figures
from sitegen.views import ExampleSlip, HomePage, Link, NewsLine
from sitegen.world import AreaFile, World

_DESCRIPTION = (
    "看病花的钱，医保能报多少？填上费用就算，每一步写明规则和出处；各地的起付线、报销比例、封顶线逐个标明可信程度。"
)
_SHOWCASE = "inpatient"
_NEWS = 3


def home_drafts(world: World) -> Iterator[Draft]:
    """The one first page."""
    here = Place("index.html")
    kinds = kinds_in(world)
    day = data_date(world)
    places = len(world.real_areas())
    entry, slip = showcase(here, world)
    yield Draft(
        path=here.path,
        title=SITE,
        description=_DESCRIPTION,
        template="home.html",
        modified=day,
        data=website(here, world, _DESCRIPTION),
        view=HomePage(
            calculators=Link(href=here.to("calc/"), text="算一算", note="填上费用，看各方付多少"),
            areas=Link(
                href=here.to("areas/"),
                text="选地区",
                note=f"{places} 个地方的数字和出处" if places else "各地的数字和出处",
            ),
            kinds=grouped(kinds, lambda name: Link(href=here.to(f"calc/{name}/"), text=KINDS[name].title)),
            questions=_questions(here, world),
            all_questions=Link(href=here.to("questions/"), text=f"全部 {len(world.questions)} 个常问的问题")
            if world.questions
            else Link(href=here.to("guides/"), text="全部指南"),
            news=tuple(_news(here, world)),
            all_news=Link(href=here.to(CHANGES), text="全部变化"),
            slip_title=f"{entry.area.name}的一张明白账" if entry else "",
            slip=slip,
            slip_link=Link(href=here.to(calculator_href(_SHOWCASE, entry.id)), text="换成您自己的数")
            if entry
            else None,
            data_date=date_words(day) if day else "",
            coverage=Link(href=here.to("coverage/"), text="收录了什么，缺什么"),
            method=Link(href=here.to("method/"), text="怎么算、算不了什么"),
        ),
    )


def _questions(here: Place, world: World) -> tuple[Link, ...]:
    chosen = [asked for asked in world.questions if asked.question.home]
    if not chosen:
        lines = (guide_line(guide, here) for guide in world.guides[: HOME_QUESTIONS[-1]])
        return tuple(Link(href=line.href, text=line.title, note=line.summary or line.for_whom) for line in lines)
    order = [group.id for group in world.groups]
    return tuple(
        Link(href=here.to(asked.address), text=asked.question.ask, note=asked.question.brief)
        for asked in sorted(chosen, key=lambda asked: order.index(asked.question.group))
    )


def _news(here: Place, world: World) -> Iterator[NewsLine]:
    for entry in public(entries_of(world), world)[:_NEWS]:
        yield NewsLine(
            link=Link(href=here.to(f"{CHANGES}#{anchor(entry)}"), text=entry.title, note=f"对谁：{entry.for_whom}"),
            since=f"{since_words(entry.since)}起",
            mark=mark_of(entry.status),
        )


def showcase(here: Place, world: World) -> tuple[AreaFile, ExampleSlip] | tuple[None, None]:
    """A slip to look at: of the real place of which most is known, else of an invented one, marked as such."""
    entries = kinds_in(world).get(_SHOWCASE, ())
    for entry in sorted(entries, key=lambda entry: (entry.fictional, -sum(1 for _ in all_figures(entry.area)))):
        links = {name: here.to(world.source(entry.id, name).href) for name in entry.area.sources}
        slip = Examples(KINDS[_SHOWCASE], entry.area).slip(links)
        if slip is not None:
            return entry, slip
    return None, None
