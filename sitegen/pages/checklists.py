"""办事清单: the index of errands and the sheet of each, made to be printed and taken along."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from calculator.kinds import KINDS
from sitegen.pages.calculators import question
from sitegen.pages.forms import form_view
from sitegen.pages.frame import Draft
from sitegen.pages.links import Place
from sitegen.pages.words import date_words
from sitegen.views import FormView, Link
from sitegen.world import ChecklistSheet, Guide, World

_CRUMBS = (("checklists/", "办事清单"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistShelf:
    """The errands of one situation."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistIndex:
    """All errands."""

    shelves: tuple[ChecklistShelf, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistPage:
    """One sheet."""

    title: str
    for_whom: str
    html: Markup
    form: FormView | None
    form_title: str
    guide: Link
    checked: str


def checklist_drafts(world: World) -> Iterator[Draft]:
    """The index, then one sheet an errand; nothing when no guide has one."""
    sheets = [(sheet, guide) for guide in world.guides for sheet in guide.checklists]
    yield _index(world)
    for sheet, guide in sheets:
        yield _sheet(sheet, guide, world)


def _index(world: World) -> Draft:
    here = Place("checklists/index.html")
    shelves = []
    for group in world.groups:
        links = tuple(
            Link(href=here.to(sheet.href), text=sheet.title)
            for guide in world.guides
            if guide.group == group.id
            for sheet in guide.checklists
        )
        if links:
            shelves.append(ChecklistShelf(title=group.title, links=links))
    return Draft(
        path=here.path,
        title="要办什么事？一事一张清单",
        description="备案、手工报销、转移接续、慢特病认定、家庭共济：谁去办，在哪里办，带什么，一步一步，可以打印。",
        template="checklists.html",
        view=ChecklistIndex(shelves=tuple(shelves)),
        crumbs=_CRUMBS,
    )


def _sheet(sheet: ChecklistSheet, guide: Guide, world: World) -> Draft:
    here = Place(f"{sheet.href}index.html")
    view, title = None, ""
    if sheet.form is not None:
        entry, kind = world.areas[sheet.form.area], KINDS[sheet.form.kind]
        form = kind.form(entry.area)
        title = f"{entry.area.name}：{question(kind)}"
        view = form_view(form, sheet.form.kind, entry, here, world, sheet.form.defaults, "f1") if form else None
    return Draft(
        path=here.path,
        title=sheet.title,
        description=f"{sheet.title}：谁去办，在哪里办，带什么，一步一步。",
        template="checklist.html",
        view=ChecklistPage(
            title=sheet.title,
            for_whom=guide.for_whom,
            html=Markup(sheet.html),
            form=view,
            form_title=title,
            guide=Link(href=here.to(guide.href), text=guide.title),
            checked=date_words(guide.reviewed_on),
        ),
        crumbs=_CRUMBS,
        scripted=view is not None,
    )
