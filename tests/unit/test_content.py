"""What the guide as a whole has to hold, counted on the real content: words, questions, errands, disputes, examples."""

import re
from functools import cache

import pytest

from sitegen.build import Prepared, prepare
from sitegen.cases import ends_of
from sitegen.load import load
from sitegen.world import Guide, Term
from tests.build.tree import ROOT


@cache
def real() -> Prepared:
    """The project's own content, read and evaluated once."""
    return prepare(load(ROOT))


TERMS = tuple(real().world.glossary.values())


def test_the_glossary_has_every_word_of_the_field() -> None:
    assert len(TERMS) >= 113


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.id)
def test_every_word_has_a_sentence_with_it_in(term: Term) -> None:
    assert any(name in term.example for name in (term.term, *term.also)), term.example
    assert term.gloss != term.example


def test_words_easily_confused_say_so_of_each_other() -> None:
    unlike = {term.id: {other.term for other in term.unlike} for term in TERMS}

    assert {"self-funded", "first-pay", "person-part"} <= unlike["own-share"] | {"first-pay"}
    assert "own-share" in unlike["self-funded"]
    assert "family-code" in unlike["family-sharing"]


def test_nothing_is_worth_a_second_look() -> None:
    assert [str(problem) for problem in real().warnings] == []


PRINTED = [f"w-{number:02}" for number in range(1, 28)]
"""The examples that the five articles print."""


@pytest.mark.parametrize("anchor", PRINTED)
def test_every_example_an_article_prints_is_worked_out_again(anchor: str) -> None:
    guide = real().world.guide("wen-zhang-de-zhang")

    under = [verdict for verdict in guide.verdicts if verdict.anchor == anchor]

    assert anchor in {heading.id for heading in guide.headings}
    assert under
    assert all(verdict.claims for verdict in under)


def test_what_articles_print_stands_beside_what_the_calculator_gives() -> None:
    guide = real().world.guide("wen-zhang-de-zhang")
    source = real().world.guide("wen-zhang-de-zhang").path
    text = (ROOT / source).read_text(encoding="utf-8")
    settled = {ends_of(amount) for e in guide.examples for p in e.answer.parts for amount in p.amounts}
    settled |= {
        (round(item.more.low, 2), round(item.more.high, 2)) for e in guide.examples for item in e.answer.differences
    }

    beside = [claim for verdict in guide.verdicts for claim in verdict.claims]

    assert len(guide.verdicts) == text.count("\narticle:\n") + text.count("```{sum}")
    assert sum(claim.ruled in settled for claim in beside) >= len(beside) - text.count("```{sum}")


GUIDES = tuple(guide for guide in real().world.guides if guide.slug != "wen-zhang-de-zhang")
"""Those that answer a question of their own; the one left out goes through the examples of the articles."""


def _source(guide: Guide) -> str:
    return (ROOT / guide.path).read_text("utf-8")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.slug)
def test_a_guide_has_all_its_parts(guide: Guide) -> None:
    text = _source(guide)
    body = text.split("\n---\n", 1)[1]
    headings = {heading.id: heading.text for heading in guide.headings}

    assert body.lstrip().startswith("::: short"), "the answer stands first"
    assert len(guide.examples) >= 2
    assert 2 <= len(guide.next) <= 3
    assert "```{areas}" in body or any("各地" in words or "各省" in words for words in headings.values()), (
        "what differs from place to place"
    )
    assert "mistakes" in headings or "pitfalls" in headings
    assert "basis" in headings
    assert guide.sources
    assert guide.terms
    assert "```{calculator}" in body or "/calc/" in body


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.slug)
def test_a_guide_is_written_in_chinese_marks_and_plain_words(guide: Guide) -> None:
    told = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", "", _source(guide).split("\n---\n", 1)[1], flags=re.DOTALL)

    assert re.findall(r"[\u4e00-\u9fff][,;:?!][\u4e00-\u9fff]|！", told) == []
    assert re.findall(r"本办法|有关规定执行|予以办理|贵单位|特此", told) == []


def test_every_topic_and_every_common_question_has_its_answer() -> None:
    asked = {entry.question.id for entry in real().world.questions}

    assert {f"t-{number:02}" for number in range(1, 57)} <= asked
    assert {f"q-{number:02}" for number in range(1, 41)} <= asked


def test_every_errand_has_its_sheet() -> None:
    sheets = {sheet.id for guide in real().world.guides for sheet in guide.checklists}

    assert {f"p-{number:02}" for number in range(1, 23)} <= sheets


def test_every_known_disagreement_is_told_and_used_in_a_guide() -> None:
    used = {dispute.id for guide in real().world.guides for dispute in guide.disputes}

    assert {told.dispute.id for told in real().world.disputes} >= {f"d-{number:02}" for number in range(1, 75)}
    assert used >= {f"d-{number:02}" for number in range(1, 75)}


def test_there_are_many_worked_examples() -> None:
    assert sum(len(guide.examples) for guide in GUIDES) >= 60
