"""The Markdown dialect: Markdown and its HTML in fixtures/markup.md; what is refused is in tests/bad."""

import time
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sitegen.markup import parse
from sitegen.markup_html import joins, write
from sitegen.world import CalculatorForm, Html

FIXTURES = Path(__file__).parent / "fixtures" / "markup.md"
PAIRS = FIXTURES.read_text(encoding="utf-8").rstrip("\n").split("\n~~~\n")


class Echo:
    """Answers every question with the question."""

    def role(self, name: str, content: str, line: int) -> str:
        return f"[{name} {content} {line}]"

    def directive(self, name: str, title: str, body: str, line: int) -> str | CalculatorForm:
        if name == "calculator":
            return CalculatorForm(kind=title, area="x", title=body)
        return f"[{name} {title} {line}]\n"

    def link(self, href: str) -> str:
        return f"to:{href}"

    def image(self, src: str) -> str:
        return f"at:{src}"


@pytest.mark.parametrize(
    ("source", "html"), list(zip(PAIRS[::2], PAIRS[1::2], strict=True)), ids=lambda text: text[:20]
)
def test_markdown_and_its_html(source: str, html: str) -> None:
    markup, problems = parse(source, "a.md")

    assert problems == ()
    assert write(markup.tokens, Echo()) == (Html(html=html + "\n"),)


def test_a_calculator_parts_the_html() -> None:
    markup, _ = parse("一\n\n```{calculator} inpatient\n```\n\n二\n", "a.md")

    assert write(markup.tokens, Echo()) == (
        Html(html="<p>一</p>\n"),
        CalculatorForm(kind="inpatient", area="x", title=""),
        Html(html="<p>二</p>\n"),
    )


def test_lines_count_from_the_file_s_first() -> None:
    markup, _ = parse(
        "一\n{plain}`a`\n\n- {plain}`b`\n\n```{example} x\n```\n\n| a |\n|---|\n| {plain}`c` |\n", "a.md", 10
    )

    assert [(role.content, role.line) for role in markup.roles] == [("a", 11), ("b", 13), ("c", 20)]
    assert [(directive.name, directive.line) for directive in markup.directives] == [("example", 15)]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("文", "字", True),
        ("，", "C", True),
        ("C", "。", True),
        ("T", "报", False),
        ("a", "b", False),
        ("", "x", True),
        ("”", "a", True),
    ],
)
def test_a_line_break_in_chinese_leaves_no_space(before: str, after: str, joined: bool) -> None:
    assert joins(before, after) is joined


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "{plain}`<script>alert(1)</script>`",
    "`<script>alert(1)</script>`",
    "```text\n<script>alert(1)</script>\n```",
    "::: note <script>alert(1)</script>\nx\n:::",
    '::: note" onclick="alert(1)\nx\n:::',
    "## <script>alert(1)</script>",
    '## x {#"onclick=alert}',
    "| <b>x</b> |\n|---|\n| <i>y</i> |",
    '[x](https://example.org/"onmouseover="alert(1))',
    '!["onerror="alert(1)](a.png)',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<https://example.org/<script>>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_the_author_s_becomes_mark_up(text: str) -> None:
    class Real(Echo):
        def role(self, name: str, content: str, line: int) -> str:
            return escape(super().role(name, content, line))

    markup, _ = parse(text, "a.md")
    tags: list[tuple[str, tuple[str, ...]]] = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attrs: tags.append((tag, tuple(name for name, _ in attrs)))  # type: ignore[method-assign]
    for block in write(markup.tokens, Real()):
        assert isinstance(block, Html)
        reader.feed(block.html)

    assert {tag for tag, _ in tags} <= {
        "p",
        "h2",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "img",
        "pre",
        "code",
    }
    names = {name for _, attributes in tags for name in attributes}
    assert names <= {"href", "src", "alt", "loading", "class", "rel", "role", "aria-label", "tabindex", "scope", "id"}


@pytest.mark.parametrize(
    "text",
    [
        "*a " * 20_000,
        "[" * 30_000,
        "`" * 50_000,
        "{a}`" * 10_000,
        "> " * 20_000,
        "- " * 3_000,
        "*a**b" * 10_000,
        "{" * 50_000,
    ],
    ids=["stars", "brackets", "ticks", "roles", "quotes", "lists", "mixed", "braces"],
)
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()

    parse(text, "a.md")

    assert time.process_time() - start < 10
