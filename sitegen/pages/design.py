"""这个网站怎么长的: the design of the site, shown with the very colours, sizes and parts the pages are made of."""

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.model import Status
from sitegen.pages.figures import mark_of
from sitegen.pages.frame import Draft
from sitegen.pages.home import showcase
from sitegen.pages.links import Place
from sitegen.pages.tables import plain
from sitegen.pages.words import STATUS_TEXT
from sitegen.tokens import FACES, PIXELS, Tokens, contrast
from sitegen.views import ExampleSlip, Fact, Link, Row, RowGroup, StatusLine, TableView
from sitegen.world import World

COLOURS = {
    "paper": ("纸", "页面的底色", ""),
    "sheet": ("账页", "结算单和要紧的话，垫一张白纸", ""),
    "tint": ("淡绿", "选中的、指到的、提醒的底色", ""),
    "ink": ("墨", "正文", "paper"),
    "ink-soft": ("淡墨", "说明、注解", "paper"),
    "rule": ("格线", "行与行之间，只是装饰", ""),
    "rule-strong": ("粗线", "表头、输入框、要看得见的边", "paper"),
    "ledger": ("账簿红", "金额前面的双线，只是装饰", ""),
    "band": ("封面绿", "每页最上面的一条", ""),
    "on-band": ("封面上的字", "站名和字号按钮", "band"),
    "accent": ("绿", "能按的：链接和按钮", "paper"),
    "accent-press": ("深绿", "指到、按下的时候", "paper"),
    "on-accent": ("按钮上的字", "写在绿底上", "accent"),
    "error": ("红", "填错了、不要做的", "paper"),
    "focus": ("焦点", "用键盘走到哪里，哪里有一圈", "paper"),
    "status-official": ("官方", "有官方文件的数字", "paper"),
    "status-secondary": ("转述", "只见于转述的数字", "paper"),
    "status-disputed": ("有争议", "材料说法不同的数字", "paper"),
    "status-illustrative": ("示例", "编出来演示的数字", "paper"),
    "bar-fund": ("统筹", "图里统筹基金的一段", "sheet"),
    "bar-layer": ("别的保障", "图里大病保险、救助的一段", "sheet"),
    "bar-account": ("账户", "图里个人账户的一段", "sheet"),
}
"""Every colour: its name for people, what it is for, and what it stands on where it must be told apart from it."""
_SIZES = (
    ("size-h1", "页面的题目"),
    ("size-h2", "一节的题目"),
    ("size-h3", "一小段的题目"),
    ("size-lead", "金额、导语"),
    ("size-body", "正文"),
    ("size-note", "说明"),
    ("size-small", "记号"),
)
_TEXTS = (("", "标准"), ("large", "大"), ("elder", "特大（长辈模式）"))
_SPACES = tuple(f"space-{n}" for n in range(1, 9))


@dataclass(frozen=True, slots=True, kw_only=True)
class Swatch:
    """A colour in one of its faces, on the paper of that face."""

    face: str
    paper: str
    colour: str
    ratio: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourLine:
    """A colour in all its faces."""

    name: str
    use: str
    token: str
    on: str
    swatches: tuple[Swatch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeLine:
    """One step of the type scale."""

    token: str
    use: str
    length: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceLine:
    """One step of the space between things."""

    token: str
    pixels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignPage:
    """The whole page."""

    sizes: tuple[SizeLine, ...]
    texts: TableView
    spaces: tuple[SpaceLine, ...]
    colours: tuple[ColourLine, ...]
    statuses: tuple[StatusLine, ...]
    rows: tuple[Link, ...]
    facts_shown: tuple[Fact, ...]
    slip_title: str
    slip: ExampleSlip | None


def design_drafts(world: World) -> Iterator[Draft]:
    """The one page."""
    here = Place("design/index.html")
    entry, slip = showcase(here, world)
    yield Draft(
        path=here.path,
        title="这个网站怎么长的？",
        description="一张账页：字号、行、颜色、间距、记号和每一个零件，为谁这样做，怎么检查。",
        template="design.html",
        view=DesignPage(
            sizes=tuple(_size(token, use, world.tokens) for token, use in _SIZES),
            texts=_texts(world.tokens),
            spaces=tuple(
                SpaceLine(token=token, pixels=round(world.tokens.largest(token) * PIXELS)) for token in _SPACES
            ),
            colours=tuple(_colour(token, world.tokens) for token in COLOURS),
            statuses=tuple(StatusLine(mark=mark_of(status), text=STATUS_TEXT[status]) for status in Status),
            rows=(
                Link(href=here.to("calc/"), text="一行就是一个去处", note="题目下面，用一句话说那里有什么"),
                Link(href=here.to("areas/"), text="整行都能按", note="手指不用对准字"),
            ),
            facts_shown=(
                Fact(label="名目在左", cell=plain("内容在右，窄屏上也不换位置")),
                Fact(label="线", cell=plain("只用横线，不套框")),
            ),
            slip_title=f"{entry.area.name}的一张明白账" if entry else "",
            slip=slip,
        ),
        crumbs=(("method/", "方法"), ("design/", "这个网站怎么长的")),
    )


def _pixels(rem: float) -> str:
    return f"{rem * PIXELS:.4g}"


def _size(token: str, use: str, tokens: Tokens) -> SizeLine:
    return SizeLine(token=token, use=use, length=f"{_pixels(tokens.largest(token))} px")


def _texts(tokens: Tokens) -> TableView:
    """What each of the three sizes makes of text and targets, to the pixel."""
    body, target = tokens.largest("size-body"), tokens.largest("target")
    rows = (
        Row(
            head=plain(words),
            cells=tuple(
                plain(f"{round(size * tokens.texts.get(name, 100) / 100 * PIXELS)} px") for size in (body, target)
            ),
        )
        for name, words in _TEXTS
    )
    return TableView(
        caption="三种字号",
        corner="字号",
        columns=("正文", "能按的，至少"),
        groups=(RowGroup(title="", rows=tuple(rows)),),
    )


def _colour(token: str, tokens: Tokens) -> ColourLine:
    name, use, on = COLOURS[token]
    ground = tokens.colours[on or "paper"]
    swatches = (
        Swatch(face=face, paper=under, colour=colour, ratio=f"{contrast(colour, under):.1f}" if on else "")
        for face, colour, under in zip(FACES, tokens.colours[token], ground, strict=True)
    )
    return ColourLine(name=name, use=use, token=token, on=COLOURS[on][0] if on else "", swatches=tuple(swatches))
