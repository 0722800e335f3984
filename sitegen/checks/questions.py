"""Questions of readers: each leads to a place, belongs to a group, is put once; 6 to 8 stand on the first page."""

from collections.abc import Iterator

from sitegen.addresses import Wrong, target_of
from sitegen.material import Material
from sitegen.problems import Problem, nearest, shorten
from sitegen.questions import HOME_QUESTIONS


def check(material: Material) -> Iterator[Problem]:
    """Answers that lead nowhere, unknown groups and places, ids and questions written twice."""
    questions = material.questions
    document = questions.document
    if document is None:
        return
    groups = [group.id for group in material.content.groups]
    seen: dict[str, int] = {}
    for index, item in questions.items.items():
        target = target_of(item.answer, None, material)
        if isinstance(target, Wrong):
            yield document.problem((index, "answer"), target.message, target.check)
        elif target.outside:
            yield document.problem((index, "answer"), "答案要在本站里", "link")
        if groups and item.group not in groups:
            message = f"没有“{shorten(item.group)}”这个分组{nearest(item.group, groups)}"
            yield document.problem((index, "group"), message, "reference")
        if item.area and item.area not in material.areas.ids:
            message = f"没有“{shorten(item.area)}”这个统筹区{nearest(item.area, material.areas.ids)}"
            yield document.problem((index, "area"), message, "reference")
        for key, text in (("id", item.id), ("ask", item.ask)):
            if text in seen:
                yield document.problem((index, key), f"“{shorten(text)}”在第 {seen[text]} 行已经写过", "duplicate")
            else:
                seen[text] = document.line_of((index, key))
    chosen = [index for index, item in questions.items.items() if item.home]
    if chosen and len(chosen) not in HOME_QUESTIONS:
        fewest, most = HOME_QUESTIONS[0], HOME_QUESTIONS[-1]
        message = f"首页的问题（home: true）有 {len(chosen)} 个，应有 {fewest} 到 {most} 个"
        yield document.problem((chosen[min(len(chosen) - 1, most)], "home"), message, "home")
