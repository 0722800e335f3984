"""Disputes: what they name exists, their titles hold no figures, and each has a place where it matters."""

from collections.abc import Iterator

from calculator.errors import Path
from calculator.kinds import KINDS
from calculator.shape import covers
from sitegen.checks import bare_figures
from sitegen.disputes import DISPUTES, Dispute
from sitegen.material import Material
from sitegen.national import PREFIX
from sitegen.problems import Problem, nearest, shorten
from sitegen.references import all_figures
from sitegen.world import AreaFile

ANY = "*"


def check(material: Material) -> Iterator[Problem]:
    """Every dispute against the rest of the tree."""
    named = set(_named_in_guides(material))
    everything_read = len(material.content.drafts) == len(material.content.slugs)
    for place, item in material.disputes.placed():
        path: Path = (place,)
        for key in ("title", "short"):
            line = material.disputes.line((*path, key))
            for problem in bare_figures.in_text(getattr(item, key), DISPUTES, line):
                message = f"{problem.message.split('：', maxsplit=1)[0]}：{key} 里不写金额和比例，写在 text 里"
                yield Problem(path=DISPUTES, line=line, message=message, check="bare-figure")
        yield from _sources(item, path, material)
        yield from _about(item, path, material)
        if not item.about.anything() and item.id not in named and everything_read:
            message = f"哪里都没有用到“{item.id}”：在 about 里写明用在哪里，或者在指南里用 {{dispute}}`{item.id}` 点到"
            yield _problem(material, (*path, "about"), message, "unused")


def _problem(material: Material, path: Path, message: str, check: str) -> Problem:
    assert material.disputes.document is not None
    return material.disputes.document.problem(path, message, check)


def _named_in_guides(material: Material) -> Iterator[str]:
    for draft in material.content.drafts:
        for markup in (*draft.inline.values(), draft.body):
            yield from (role.content for role in markup.roles if role.name == "dispute")
        # Notes inside examples are YAML that is read later; the word is enough here.
        for directive in draft.body.directives:
            yield from (item.id for item in material.disputes.items if f"`{item.id}`" in directive.body)


def _sources(item: Dispute, path: Path, material: Material) -> Iterator[Problem]:
    for n, side in enumerate(item.sides):
        for m, name in enumerate(side.sources):
            wrong = unknown_source(name, material)
            if wrong:
                yield _problem(material, (*path, "sides", n, "sources", m), wrong, "source")


def _about(item: Dispute, path: Path, material: Material) -> Iterator[Problem]:
    wrongs = {
        "guides": _no_guide,
        "figures": _no_figure,
        "calculators": _no_calculator,
        "terms": _no_term,
        "sources": unknown_source,
    }
    for key, wrong in wrongs.items():
        for n, name in enumerate(getattr(item.about, key)):
            message = wrong(name, material)
            if message:
                yield _problem(material, (*path, "about", key, n), message, "about")


def unknown_source(name: str, material: Material) -> str:
    """What is wrong with the name of a source; empty when it is there, or may be in a file that cannot be read."""
    area, _, short = name.rpartition("/")
    areas = material.areas
    if not area:
        if short in areas.shared_sources or not areas.complete:
            return ""
        return f"policies/sources.yaml 里没有“{shorten(name)}”这个出处{_near(short, areas.shared_sources)}"
    if area not in areas.files:
        return "" if area in areas.ids else f"没有“{shorten(area)}”这个统筹区{nearest(area, areas.ids)}"
    own = areas.files[area].area.sources
    return "" if short in own else f"“{area}”没有“{shorten(short)}”这个出处{nearest(short, own)}"


def _near(word: str, known: object) -> str:
    close = nearest(word, known)  # type: ignore[arg-type]
    return close if "是不是" in close else ""


def _no_guide(name: str, material: Material) -> str:
    slug, _, anchor = name.partition("#")
    content = material.content
    if slug not in content.slugs:
        return f"没有“{shorten(slug)}”这篇指南{nearest(slug, content.slugs)}"
    draft = next((draft for draft in content.drafts if draft.slug == slug), None)
    headings = [heading.id for heading in draft.body.headings] if draft else []
    if anchor and draft and anchor not in headings:
        return f"“{slug}”没有“#{shorten(anchor)}”这个锚点{nearest(anchor, headings)}"
    return ""


def _no_term(name: str, material: Material) -> str:
    glossary = material.content.glossary
    if name in glossary or not material.content.glossary_complete:
        return ""
    return f"名词解释里没有“{shorten(name)}”{_near(name, glossary)}"


def _no_calculator(name: str, material: Material) -> str:
    kind, slash, area = name.partition("/")
    areas = material.areas
    if kind not in KINDS:
        return f"没有“{shorten(kind)}”这种计算器{_near(kind, KINDS)}"
    if not slash:
        offered = any(KINDS[kind].form(entry.area) is not None for entry in areas.files.values())
        return "" if offered or len(areas.files) < len(areas.ids) else f"没有一个统筹区有“{kind}”这种计算器"
    if area not in areas.files:
        return "" if area in areas.ids else f"没有“{shorten(area)}”这个统筹区{nearest(area, areas.ids)}"
    return "" if KINDS[kind].form(areas.files[area].area) is not None else f"“{area}”没有“{kind}”这种计算器"


def _no_figure(name: str, material: Material) -> str:
    areas = material.areas
    if name.startswith(PREFIX):
        known, short = areas.national.figures, name.removeprefix(PREFIX)
        found = short in known or not areas.national.complete
        return "" if found else f"全国规定里没有“{shorten(short)}”{_near(short, known)}"
    area, _, rest = name.partition("/")
    if area == ANY and rest:
        some = any(matches(name, entry) for entry in areas.files.values()) or len(areas.files) < len(areas.ids)
        return "" if some else f"没有一个统筹区有“{shorten(rest)}”"
    if area not in areas.files:
        near = nearest(area, areas.ids)
        return "" if area in areas.ids else f"没有“{shorten(area)}”这个统筹区{near}；写成“统筹区/险种/就医类型”"
    return "" if matches(name, areas.files[area]) else f"“{area}”的政策里没有“{shorten(rest)}”"


def matches(name: str, entry: AreaFile) -> bool:
    """Whether a place such as `beijing/employee/inpatient/layers` is somewhere in this file."""
    area, _, rest = name.partition("/")
    if area not in (ANY, entry.id) or not rest:
        return area == entry.id and not rest
    head, _, key = rest.partition("/")
    if head == "services":
        return any(key in ("", found) for found, _, _ in entry.area.services.statements())
    return any(_covers(rest, figure.reference) for figure in all_figures(entry.area))


def _covers(name: str, reference: str) -> bool:
    if name.startswith(f"{ANY}/"):
        name = f"{reference.partition('/')[0]}/{name.partition('/')[2]}"
    return covers(name, reference) or reference.startswith(f"{name}/")
