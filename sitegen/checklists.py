"""办事清单: the steps of one errand, written once in the guide that explains it, printed on a sheet of their own.

The sheet (`checklists/<id>/`) is for the counter of an office: who, where, how long, what to bring, step by step, and,
where a calculator knows the reader's days, its form above them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from calculator.shape import IDENTIFIER, Key, ListOf, Record, Text
from sitegen.addresses import UP
from sitegen.yamlfile import Document

_LINE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The YAML of the directive; every text may hold roles and links."""

    id: str
    steps: tuple[str, ...]
    who: str = ""
    where: str = ""
    time: str = ""
    bring: tuple[str, ...] = ()
    say: str = ""
    note: str = ""
    calculator: str = ""
    area: str = ""


CHECKLIST = Record(
    Steps,
    {
        "id": Key(Text("清单的 id", pattern=IDENTIFIER, example="p-07", longest=60), required=True, help="清单的 id"),
        "steps": Key(ListOf(Text("一步", longest=_LINE), longest=15), required=True, help="一步一步怎么办"),
        "who": Key(Text("谁去办", longest=_LINE), default=""),
        "where": Key(Text("在哪里办", longest=_LINE), default=""),
        "time": Key(Text("什么时候办、要多久", longest=_LINE), default=""),
        "bring": Key(ListOf(Text("带什么", longest=_LINE), longest=15), default=()),
        "say": Key(Text("怎么开口问", longest=_LINE), default=""),
        "note": Key(Text("一句话", longest=_LINE), default=""),
        "calculator": Key(Text("计算的种类", example="emergency_filing"), default=""),
        "area": Key(Text("统筹区的 id", pattern=IDENTIFIER), default=""),
    },
    "一张办事清单",
)

_HEADS = (("who", "谁去办"), ("where", "在哪里办"), ("time", "什么时候，多久"))
Inline = Callable[[str, int], str]


def in_guide(title: str, steps: Steps, document: Document, inline: Inline) -> str:
    """The errand inside its guide, with a link to the sheet."""
    shown = escape(title, quote=False)
    return (
        f'<div class="checklist">\n<p class="checklist-title"><span>办事清单：</span>{shown}</p>\n'
        f"{_body(steps, document, inline, ticks=False)}"
        f'<p class="no-print"><a href="{UP}checklists/{steps.id}/">打印这张清单</a></p>\n</div>\n'
    )


def on_sheet(steps: Steps, document: Document, inline: Inline) -> str:
    """The errand on its own sheet, with boxes to tick."""
    return _body(steps, document, inline, ticks=True)


def _body(steps: Steps, document: Document, inline: Inline, *, ticks: bool) -> str:
    def text(key: str) -> str:
        return inline(getattr(steps, key), document.line_of((key,)))

    facts = "".join(
        f'<div class="fact"><dt>{head}</dt><dd>{text(key)}</dd></div>\n' for key, head in _HEADS if getattr(steps, key)
    )
    made = f'<dl class="facts">\n{facts}</dl>\n' if facts else ""
    if steps.bring:
        made += f"<p><strong>带什么</strong></p>\n{_list('ul', 'bring', steps.bring, document, inline, ticks)}"
    made += f"<p><strong>一步一步</strong></p>\n{_list('ol', 'steps', steps.steps, document, inline, ticks)}"
    if steps.say:
        made += f"<p><strong>打电话、到窗口这样问</strong>：{text('say')}</p>\n"
    if steps.note:
        made += f'<p class="example-note">{text("note")}</p>\n'
    return made


def _list(tag: str, key: str, items: Sequence[str], document: Document, inline: Inline, ticks: bool) -> str:
    lines = "".join(f"<li>{inline(item, document.line_of((key, n)))}</li>\n" for n, item in enumerate(items))
    boxes = ' class="ticks"' if ticks else ""
    return f"<{tag}{boxes}>\n{lines}</{tag}>\n"


def repeated(found: Sequence[tuple[str, str, int]]) -> Iterator[tuple[str, int, str]]:
    """Ids used twice: (path, line, message) of the later one; ``found`` holds (id, path, line)."""
    seen: dict[str, str] = {}
    for name, path, line in found:
        if name in seen:
            yield path, line, f"清单“{name}”在 {seen[name]} 已经写过"
        seen.setdefault(name, f"{path}:{line}")
