"""What a report of an error (有误) begins with, and where the link 「有误？」 of a page leads."""

from urllib.parse import quote, urlencode

from sitegen.pages.links import Place
from sitegen.settings import filled
from sitegen.world import World

FEEDBACK = "feedback/"


def report(page: str, version: str) -> dict[str, str]:
    """What a report begins with: its title, and its place and the version of the data to go on from."""
    place = page or "首页"
    return {
        "title": f"有误：{place}",
        "body": f"位置：{place}\n数据版本：{version}\n\n哪里不对，应该是什么，依据是什么：\n",
    }


def page_href(here: Place, world: World) -> str:
    """Where 「有误？」 of this page leads: to a new issue or mail that is begun, else to the page that explains."""
    page = here.path.removesuffix("index.html")
    begun = report(page, world.version)
    if world.settings.issues:
        return filled(world.settings.issues, begun)
    if world.settings.mail:
        return f"mailto:{world.settings.mail}?subject={quote(begun['title'])}&body={quote(begun['body'])}"
    return f"{here.to(FEEDBACK)}?{urlencode({'page': page, 'data': world.version})}"
