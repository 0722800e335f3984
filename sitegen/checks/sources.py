"""Shared sources that nobody cites, neither a policy file nor a guide nor a dispute."""

import re
from collections.abc import Iterator

from calculator.national import SOURCES as SERVICE_SOURCES
from sitegen.areas import SOURCES
from sitegen.disputes import texts_of
from sitegen.material import Material
from sitegen.news import NEWS
from sitegen.problems import Problem

_ROLE = re.compile(r"\{source\}`([^`]+)`")


def check(material: Material) -> Iterator[Problem]:
    """Uncited entries of `policies/sources.yaml`; waits until every file can be read, lest it accuse the wrong one."""
    areas, content = material.areas, material.content
    if (
        not (areas.complete and areas.national.complete)
        or len(areas.files) < len(areas.ids)
        or len(content.drafts) < len(content.slugs)
        or not material.disputes.complete
    ):
        return
    cited = {name for entry in areas.files.values() for name in entry.area.sources}
    cited |= set(SERVICE_SOURCES)
    cited |= {name for entry in areas.national.figures.values() for name in entry.figure.sources}
    for item in material.disputes.items:
        cited.update((*item.about.sources, *(name for side in item.sides for name in side.sources)))
        cited.update(name for text in texts_of(item) for name in _ROLE.findall(text))
    # Read where the news are; whether the name is right is told there.
    cited.update(re.findall(r"[\w-]+", material.tree.texts.get(NEWS, "")))
    for draft in content.drafts:
        cited.update(draft.front.sources)
        cited.update(role.content for role in draft.body.roles if role.name == "source")
        # Sources named inside examples are YAML that is read later; the word is enough here.
        cited.update(word for d in draft.body.directives for word in d.body.replace(",", " ").replace("}", " ").split())
    for name in areas.shared_sources:
        if name not in cited:
            message = f"没有人引用出处“{name}”，请在用到它的地方引用，或者删掉"
            yield areas.documents[SOURCES].problem((name,), message, "source")
