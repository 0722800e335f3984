"""What the guide as a whole has to hold, counted on the real content: words, questions, errands, disputes, examples."""

from functools import cache

import pytest

from sitegen.build import Prepared, prepare
from sitegen.cases import ends_of
from sitegen.load import load
from sitegen.world import Term
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
