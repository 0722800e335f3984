"""How problems print, sort and count."""

import pytest

from sitegen.problems import Problem, Refused, count_line, in_order, nearest, refuse, shorten, where_of


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem(path="a.yaml", line=3, where="b[0]", message="错", check="c"), "a.yaml:3: b[0]: 错 [c]"),
        (Problem(path="a.yaml", line=3, message="错", check="c"), "a.yaml:3: 错 [c]"),
        (Problem(path="a.yaml", message="错", check="c"), "a.yaml: 错 [c]"),
    ],
)
def test_how_a_problem_prints(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_problems_come_by_file_and_line_and_each_once() -> None:
    late = Problem(path="a", line=10, message="x", check="c")
    early = Problem(path="a", line=9, message="x", check="c")
    other = Problem(path="b", line=1, message="x", check="c")

    assert in_order([other, late, early, late]) == (early, late, other)
    assert count_line([early, late, other]) == "共 3 处问题，涉及 2 个文件。"


def test_refuse_raises_only_when_there_is_something() -> None:
    refuse([])
    with pytest.raises(Refused) as error:
        refuse([Problem(path="b", message="二", check="c"), Problem(path="a", message="一", check="c")])
    assert str(error.value) == "a: 一 [c]\nb: 二 [c]"


def test_a_path_in_a_document_as_people_write_it() -> None:
    assert where_of(("benefits", 0, "editions", 1, "from")) == "benefits[0].editions[1].from"
    assert where_of((0, "case")) == "[0].case"
    assert where_of(()) == ""


def test_the_nearest_word_else_the_few_there_are_else_nothing() -> None:
    assert nearest("tertiery", ["tertiary", "primary"]) == "，是不是想写“tertiary”"
    assert nearest("x", ["b", "a"]) == "，可以写的有：a、b"
    assert nearest("x", []) == ""
    assert nearest("x", [f"word{n}" for n in range(20)]) == ""


def test_what_is_quoted_is_one_short_printable_line() -> None:
    assert shorten("a\n b\x00") == "a b�"
    assert shorten("字" * 100) == "字" * 59 + "…"
