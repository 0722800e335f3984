"""The design of the site: the colours keep the contrast they owe, and the page that shows them shows those very ones."""

import re

import pytest

from sitegen.build import pages_of, prepare
from sitegen.pages.design import COLOURS
from sitegen.render import TEMPLATES
from sitegen.tokens import FACES, contrast, read_tokens
from tests.build.tree import miniature

CSS = (TEMPLATES / "css/10-tokens.css").read_text(encoding="utf-8")
TOKENS = read_tokens(CSS)
GROUNDS = ("paper", "sheet", "tint")
TEXT = ("ink", "ink-soft", "accent", "accent-press", "error", "focus")
STATUS = tuple(name for name in TOKENS.colours if name.startswith("status-"))


def least(one: str, other: str, faces: range) -> float:
    return min(contrast(TOKENS.colours[one][face], TOKENS.colours[other][face]) for face in faces)


@pytest.mark.parametrize(("one", "other", "expected"), [("#000000", "#ffffff", 21), ("#767676", "#ffffff", 4.54)])
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXT + STATUS)
def test_text_can_be_read_on_every_ground(text: str, ground: str) -> None:
    assert least(text, ground, range(4)) >= 4.5
    assert least(text, ground, range(2, 4)) >= 7


@pytest.mark.parametrize(
    ("text", "ground"), [("on-band", "band"), ("on-accent", "accent"), ("on-accent", "accent-press")]
)
def test_text_can_be_read_on_what_is_filled(text: str, ground: str) -> None:
    assert least(text, ground, range(4)) >= 4.5
    assert least(text, ground, range(2, 4)) >= 7


@pytest.mark.parametrize("ground", ["paper", "sheet"])
@pytest.mark.parametrize("line", ["rule-strong", "bar-fund", "bar-layer", "bar-account"])
def test_lines_and_bars_can_be_seen(line: str, ground: str) -> None:
    assert least(line, ground, range(4)) >= 3


def test_every_colour_of_the_style_sheet_is_shown() -> None:
    assert tuple(TOKENS.colours) == tuple(COLOURS)
    assert len(TOKENS.colours) == len(re.findall(r"^ +--[a-z-]+: var\(", CSS, re.MULTILINE))
    assert all(len(faces) == len(FACES) for faces in TOKENS.colours.values())


def test_no_other_part_of_the_style_sheet_has_colours_of_its_own() -> None:
    parts = {file.name: file.read_text(encoding="utf-8") for file in (TEMPLATES / "css").glob("*.css")}
    own = {name for name, text in parts.items() if re.search(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|rgb\(|hsl\(", text)}

    assert own <= {"10-tokens.css", "42-slip.css", "90-print.css"}  # a mask that is not seen, and black on white


def test_the_page_shows_sizes_and_contrasts() -> None:
    html = {page.path: page.html for page in pages_of(prepare(miniature()).world)}
    page = html["design/index.html"]
    ink, paper = TOKENS.colours["ink"][0], TOKENS.colours["paper"][0]

    assert f'fill="{ink}"' in page
    assert f'<span class="swatch-ratio">{contrast(ink, paper):.1f}</span>' in page
    for size in ("18 px", "21 px", "24 px", "48 px", "56 px", "64 px"):
        assert f"<td>{size}</td>" in page
    assert 'href="../design/"' in html["method/index.html"]


def test_the_choice_of_the_reader_is_known_before_the_style_sheet_is_asked_for() -> None:
    for page in pages_of(prepare(miniature()).world):
        if page.path.endswith(".html"):
            head = page.html.partition("<body>")[0]
            assert re.search(
                r'<script src="[^"]*assets/settings\.[0-9a-f]{8}\.js"></script>.*rel="stylesheet"', head, re.DOTALL
            )
