"""Links and images of the guides: what they point at exists, and is something the site may point at."""

from collections.abc import Iterator
from posixpath import dirname, normpath

from sitegen.addresses import Wrong, target_of
from sitegen.guides import Draft
from sitegen.markup import Link, inlines, line_of
from sitegen.material import Material
from sitegen.problems import Problem, nearest, shorten

_IMAGES = "content/images/"


def check(material: Material) -> Iterator[Problem]:
    """Every link and image of every guide."""
    for draft in material.content.drafts:
        for link in draft.body.links:
            yield from _image(link, draft, material) if link.image else _link(link, draft, material)
        for child, line in inlines(draft.body.tokens):
            if child.type == "text":
                yield from _unread(child.content, line, draft)
        yield from _definitions(draft)


def _link(link: Link, draft: Draft, material: Material) -> Iterator[Problem]:
    target = target_of(link.href, draft, material)
    if isinstance(target, Wrong):
        yield Problem(path=draft.path, line=link.line, message=target.message, check=target.check)
    if not link.text:
        message = f"链接“{shorten(link.href)}”没有文字"
        yield Problem(path=draft.path, line=link.line, message=message, check="link")


def _image(link: Link, draft: Draft, material: Material) -> Iterator[Problem]:
    path = image_path(link.href, draft)
    images = [p for p in (*material.tree.blobs, *material.tree.texts) if p.startswith(_IMAGES)]
    if path not in images:
        message = f"没有图片“{shorten(link.href)}”，图片放在 {_IMAGES}，写成“../images/文件名”{_near(path, images)}"
        yield Problem(path=draft.path, line=link.line, message=message, check="image")
    if not link.text:
        message = f"图片“{shorten(link.href)}”没有写说明，看不见图的人靠它知道图上是什么"
        yield Problem(path=draft.path, line=link.line, message=message, check="image")


def _near(path: str, images: list[str]) -> str:
    near = nearest(path, images)
    return near if "是不是" in near else ""


def image_path(href: str, draft: Draft) -> str:
    """The path in the tree that an image of a guide means."""
    return normpath(f"{dirname(draft.path)}/{href}")


def _unread(text: str, line: int, draft: Draft) -> Iterator[Problem]:
    """Brackets that were meant as a link and would print."""
    if "](" in text:
        message = "链接写法有误，会照原样印出来：写成“[文字](地址)”，地址里不能有空格"
        yield Problem(path=draft.path, line=line, message=message, check="link")
    elif "][" in text or "[^" in text:
        message = "不支持引用式链接和脚注，请把地址直接写在链接里：“[文字](地址)”"
        yield Problem(path=draft.path, line=line, message=message, check="link")


def _definitions(draft: Draft) -> Iterator[Problem]:
    for token in draft.body.tokens:
        if token.type == "inline" and token.content.startswith("[") and "]: " in token.content.split("\n")[0]:
            message = "不支持引用式链接和脚注，请把地址直接写在链接里：“[文字](地址)”"
            yield Problem(path=draft.path, line=line_of(token), message=message, check="link")
