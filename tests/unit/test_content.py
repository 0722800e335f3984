"""What the guide as a whole has to hold, counted on the real content: words, questions, errands, disputes, examples."""

from functools import cache

import pytest

from sitegen.build import Prepared, prepare
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
