"""The Markdown dialect: text → tokens with lines, and what in the text is not of the dialect.

CommonMark with tables, roles (`{value}` and a code span), directives (fences whose info starts with `{`) and boxes
(`::: warning`). What a role or directive means is `evaluate`'s business; how tokens print is `markup_html`'s.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from sitegen.problems import Problem, nearest, shorten
from sitegen.world import Heading

ROLES = ("value", "source", "term", "plain", "dispute")
DIRECTIVES = ("example", "compare", "calculator", "areas", "checklist", "sum", "verdicts")
BOXES = {"short": "先说结论", "warning": "注意", "note": "说明", "tip": "小办法"}

MAX_NESTING = 20
ROLE = re.compile(r"\{([^{}`\n]{1,40})\}(`+)([^\n]+?)(?<!`)\2(?!`)")
DIRECTIVE = re.compile(r"\{([^{}]*)\}(.*)")
HEADING_ID = re.compile(r"\s*\{#([^{}]*)\}\s*$")
GOOD_ID = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """`{name}` and a code span, inside a sentence (角色)."""

    name: str
    content: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """A fence with data (指令): its name, the words after it, its YAML and the line that YAML begins on."""

    name: str
    title: str
    body: str
    line: int
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link or an image, as written."""

    href: str
    text: str
    line: int
    image: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """One parsed text: tokens whose maps count lines of the file, and what was found in them."""

    path: str
    tokens: tuple[Token, ...]
    headings: tuple[Heading, ...]
    roles: tuple[Role, ...]
    directives: tuple[Directive, ...]
    links: tuple[Link, ...]


@cache
def parser() -> MarkdownIt:
    """The parser of the dialect; made once, it keeps no state between texts."""
    md = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    md.enable("table")
    # Indented code and underlined headings are what an indent or a row of dashes does by accident;
    # reference definitions vanish without a word; text_join would hide which asterisks were escaped.
    md.disable(["code", "lheading", "reference", "text_join"])
    md.inline.ruler.before("backticks", "role", _role)
    container_plugin(md, "box", validate=lambda params, _markup: bool(params.strip()))
    # Addresses are judged by the check of links, with a message; the parser would print the brackets.
    md.validateLink = _any_address  # type: ignore[method-assign]
    return md


def _any_address(url: str) -> bool:  # noqa: ARG001  the name is the parser's
    return True


def _role(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    match = ROLE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("role", "", 0)
        token.meta = {"name": match[1]}
        token.content = match[3].strip()
    state.pos = match.end()
    return True


def parse(text: str, path: str, first_line: int = 1) -> tuple[Markup, tuple[Problem, ...]]:
    """The text as `Markup`, and everything in it that the dialect does not have."""
    tokens = parser().parse(text)
    lines = text.split("\n")
    _shift(tokens, first_line)
    problems = [
        *_nesting(tokens, path),
        *_open_ends(tokens, lines, path, first_line),
        *_raw_html(tokens, path),
        *_names(tokens, path),
        *_loose_roles(tokens, path),
    ]
    headings, found = _headings(tokens, path)
    problems += found
    markup = Markup(
        path=path,
        tokens=tuple(tokens),
        headings=headings,
        roles=tuple(_roles(tokens)),
        directives=tuple(_directives(tokens)),
        links=tuple(_links(tokens)),
    )
    return markup, tuple(problems)


def _shift(tokens: Sequence[Token], first_line: int) -> None:
    """Let `map` count lines of the file from 1 (start, line after the end); give inlines without one their row's."""
    last = [first_line, first_line + 1]
    for token in tokens:
        if token.map is not None:
            token.map = [token.map[0] + first_line, token.map[1] + first_line]
            last = token.map
        elif token.type == "inline":
            token.map = last


def line_of(token: Token) -> int:
    """The line of the file on which a block token begins."""
    return token.map[0] if token.map else 0


def inlines(tokens: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Every inline child with its line; a line break inside the paragraph counts one further."""
    for token in tokens:
        if token.type == "inline":
            line = line_of(token)
            for child in token.children or ():
                yield child, line
                if child.type in ("softbreak", "hardbreak"):
                    line += 1


def plain_text(tokens: Sequence[Token]) -> str:
    """The words of inline children without any mark-up; roles give their content."""
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in tokens
        if child.type in ("text", "text_special", "code_inline", "role", "softbreak", "hardbreak")
    )


def box_of(token: Token) -> tuple[str, str]:
    """Name and title of a box."""
    name, _, title = token.info.strip().partition(" ")
    return name, title.strip()


def directive_of(token: Token) -> tuple[str, str] | None:
    """Name and title of a fence that is a directive; None for a plain code block."""
    match = DIRECTIVE.match(token.info.strip())
    return (match[1].strip(), match[2].strip()) if match else None


def _roles(tokens: Sequence[Token]) -> Iterator[Role]:
    for child, line in inlines(tokens):
        if child.type == "role":
            yield Role(name=child.meta["name"], content=child.content, line=line)


def _directives(tokens: Sequence[Token]) -> Iterator[Directive]:
    for token in tokens:
        parts = directive_of(token) if token.type == "fence" else None
        if parts:
            line = line_of(token)
            yield Directive(name=parts[0], title=parts[1], body=token.content, line=line, level=token.level)


def _links(tokens: Sequence[Token]) -> Iterator[Link]:
    for token in tokens:
        if token.type != "inline":
            continue
        line, children = line_of(token), token.children or []
        for index, child in enumerate(children):
            if child.type == "link_open":
                end = next((i for i in range(index, len(children)) if children[i].type == "link_close"), index)
                text = plain_text(children[index:end]) or "".join(c.content for c in children[index:end])
                yield Link(href=str(child.attrGet("href") or ""), text=text.strip(), line=line)
            elif child.type == "image":
                yield Link(href=str(child.attrGet("src") or ""), text=child.content.strip(), line=line, image=True)
            elif child.type in ("softbreak", "hardbreak"):
                line += 1


def _nesting(tokens: Sequence[Token], path: str) -> Iterator[Problem]:
    # The parser drops what lies deeper than its limit without a word.
    for token in tokens:
        if token.level >= MAX_NESTING - 2:
            yield Problem(path=path, line=line_of(token), message="列表、引用或方框套得太深", check="nesting")
            return


def _open_ends(tokens: Sequence[Token], lines: list[str], path: str, first_line: int) -> Iterator[Problem]:
    """Fences and boxes that the parser closed on its own at the end of the text."""

    def text_at(line: int) -> str:
        index = line - first_line
        return lines[index] if 0 <= index < len(lines) else ""

    for token in tokens:
        if token.type == "fence" and token.map:
            last = text_at(token.map[1] - 1).strip().lstrip("> ")
            closed = token.map[1] - token.map[0] > 1 and re.fullmatch(_closing(token.markup), last)
            if not closed:
                message = f"这里的围栏“{shorten(token.markup + token.info, 30)}”没有结束，请另起一行写“{token.markup}”"
                yield Problem(path=path, line=token.map[0], message=message, check="unclosed")
        elif token.type == "container_box_open" and token.map:
            last = text_at(token.map[1]).strip().lstrip("> ")
            if not re.fullmatch(_closing(token.markup), last):
                name = shorten(token.markup + token.info, 30)
                message = f"这里的方框“{name}”没有结束，请另起一行写“{token.markup}”"
                yield Problem(path=path, line=token.map[0], message=message, check="unclosed")
    for child, line in inlines(tokens):
        if child.type == "text" and re.fullmatch(r"\s*:{3,}\s*", child.content):
            message = "多了一行“:::”，前面没有打开的方框"
            yield Problem(path=path, line=line, message=message, check="unclosed")
        elif child.type == "text" and re.match(r"\s*:{3,}\s*\w", child.content):
            message = "方框的“:::”要单独起一行，前面空一行"
            yield Problem(path=path, line=line, message=message, check="box")


def _closing(markup: str) -> str:
    return re.escape(markup[0]) + "{" + str(len(markup)) + ",}"


def _raw_html(tokens: Sequence[Token], path: str) -> Iterator[Problem]:
    def refused(content: str, line: int) -> Problem:
        message = f"不能写 HTML：“{shorten(content, 30)}”；要印出尖括号，写成“\\<”"
        return Problem(path=path, line=line, message=message, check="raw-html")

    for token in tokens:
        if token.type == "html_block":
            yield refused(token.content, line_of(token))
    told = 0
    for child, line in inlines(tokens):
        if child.type == "html_inline" and line != told:  # one for a pair of tags
            told = line
            yield refused(child.content, line)


def _names(tokens: Sequence[Token], path: str) -> Iterator[Problem]:
    """Roles, directives and boxes that do not exist."""

    def unknown(kind: str, name: str, known: Sequence[str], line: int, check: str) -> Problem:
        message = f"没有叫“{shorten(name, 30)}”的{kind}{nearest(name, known)}"
        return Problem(path=path, line=line, message=message, check=check)

    for token in tokens:
        if token.type == "container_box_open":
            name, _ = box_of(token)
            if name not in BOXES:
                yield unknown("方框", name, tuple(BOXES), line_of(token), "box")
        elif token.type == "fence":
            parts = directive_of(token)
            if parts and parts[0] not in DIRECTIVES:
                yield unknown("围栏", parts[0], DIRECTIVES, line_of(token), "directive")
            elif parts and parts[0] == "calculator" and token.level > 0:
                message = "计算器要单独成段，不能放在列表、引用或方框里"
                yield Problem(path=path, line=line_of(token), message=message, check="directive")
            elif not parts and token.info.strip().split(" ")[0] in DIRECTIVES:
                message = f"围栏的名字要放在花括号里：“{{{token.info.strip().split(' ')[0]}}}”"
                yield Problem(path=path, line=line_of(token), message=message, check="directive")
    for child, line in inlines(tokens):
        if child.type == "role" and child.meta["name"] not in ROLES:
            yield unknown("角色", child.meta["name"], ROLES, line, "role")


def _loose_roles(tokens: Sequence[Token], path: str) -> Iterator[Problem]:
    """Words in braces that were meant as roles and would print as they are."""
    before = ""
    for child, line in inlines(tokens):
        if child.type == "code_inline" and re.search(r"\{[^{}]*\}\s*$", before):
            message = "角色的花括号和反引号要紧挨着，中间不空格"
            yield Problem(path=path, line=line, message=message, check="role")
        before = child.content if child.type == "text" else ""
        for match in re.finditer(r"\{(\w+)\}", before):
            if match[1] in ROLES and before[match.end() :].strip():
                message = f"“{match[0]}”后面要紧跟一对反引号，写在同一行里"
                yield Problem(path=path, line=line, message=message, check="role")


def _headings(tokens: list[Token], path: str) -> tuple[tuple[Heading, ...], list[Problem]]:
    """Headings with their ids; writes the id on the opening token and takes `{#id}` out of the text."""
    headings: list[Heading] = []
    problems: list[Problem] = []
    taken: dict[str, int] = {}
    level = 1
    for index, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        line, depth = line_of(token), int(token.tag[1])

        def refused(message: str, line: int = line) -> None:
            problems.append(Problem(path=path, line=line, message=message, check="heading"))

        inline = tokens[index + 1]
        given = _given_id(inline)
        text = plain_text(inline.children or ()).strip()
        if depth == 1:
            refused("正文的标题从“##”开始，文章标题写在文件开头的 title 里")
        elif depth > 4:
            refused("标题最多到“####”")
        elif depth > level + 1:
            refused(f"标题跳了一级：上一个是 {level} 级，这里是 {depth} 级")
        level = max(depth, 2)
        if not text:
            refused("标题里没有字")
        if given is not None and not GOOD_ID.fullmatch(given):
            refused(f"锚点“{shorten(given, 30)}”只能用小写英文字母、数字和连字符，以字母开头")
        ident = given or heading_id(text) or "section"
        if ident in taken:
            refused(f"锚点“{ident}”和第 {taken[ident]} 行的标题重复，请改标题，或在后面写上 {{#别的锚点}}")
        taken[ident] = line
        token.attrSet("id", ident)
        headings.append(Heading(level=depth, id=ident, text=text))
    return tuple(headings), problems


def _given_id(inline: Token) -> str | None:
    """The `{#id}` at the end of a heading, taken out of its text; None when there is none."""
    last = inline.children[-1] if inline.children else None
    match = HEADING_ID.search(last.content) if last is not None and last.type == "text" else None
    if last is None or match is None:
        return None
    last.content = last.content[: match.start()]
    return match[1]


def heading_id(text: str) -> str:
    """The id of a heading without a given one: its letters and digits, hyphens for spaces."""
    words = re.sub(r"[^\w\s-]", "", text.lower()).split()
    return "-".join(words)
