"""What the head of a guide names must exist: its area, its group, the guides to read next; its days must agree."""

from collections.abc import Iterator

from sitegen.guides import Draft
from sitegen.material import Material
from sitegen.problems import Problem, nearest


def check(material: Material) -> Iterator[Problem]:
    """The front matter of every guide against the rest of the tree."""
    titles: dict[str, str] = {}
    for draft in material.content.drafts:
        yield from _names(draft, material)
        front = draft.front
        if front.as_of > front.reviewed_on:
            message = f"as_of 是 {front.as_of}，晚于对照出处的日子 reviewed_on {front.reviewed_on}"
            yield draft.problem("as_of", message, "guide-value")
        if front.title in titles:
            yield draft.problem("title", f"标题和 {titles[front.title]} 相同", "duplicate")
        titles.setdefault(front.title, draft.path)


def _names(draft: Draft, material: Material) -> Iterator[Problem]:
    front, areas = draft.front, material.areas
    if front.area and front.area not in areas.ids:
        message = f"没有“{front.area}”这个统筹区{nearest(front.area, areas.ids)}"
        yield draft.problem("area", message, "guide-value")
    groups = [group.id for group in material.content.groups]
    if groups and front.group not in groups:
        message = f"content/groups.yaml 里没有“{front.group}”这一组{nearest(front.group, groups)}"
        yield draft.problem("group", message, "guide-value")
    for index, slug in enumerate(front.next):
        place = ("next", index)
        if slug == draft.slug:
            yield draft.document.problem(place, "“接着看”里写了自己", "guide-value")
        elif slug not in material.content.slugs:
            message = f"没有“{slug}”这篇指南{nearest(slug, material.content.slugs)}"
            yield draft.document.problem(place, message, "guide-value")
        elif slug in front.next[:index]:
            yield draft.document.problem(place, f"“{slug}”写了两次", "guide-value")
