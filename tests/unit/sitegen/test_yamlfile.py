"""Strict YAML: what a value becomes, where it stands, and that both parsers agree. Broken files are in tests/bad."""

import pytest
import yaml

from sitegen import yamlfile
from sitegen.yamlfile import MAX_PROBLEMS, read_yaml, syntax_message


def data(text: str) -> object:
    document, problems = read_yaml(text, "a.yaml")
    assert problems == ()
    assert document is not None
    return document.data


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null", None),
        ("", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("1300", 1300),
        ("-5", -5),
        ("~", "~"),
        ("True", "True"),
        ("NULL", "NULL"),
        ("no", "no"),
        ("on", "on"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("+5", "+5"),
        ("-0", "-0"),
        ("12:30", "12:30"),
        ("85.0", "85.0"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("2026-01-01", "2026-01-01"),
        ("85%", "85%"),
        ("'1300'", "1300"),
        ('"null"', "null"),
        ("9" * 18, int("9" * 18)),
        ("9" * 19, "9" * 19),
        ("５", "５"),
        ("=", "="),
        ("|-\n  一\n  二", "一\n二"),
    ],
)
def test_only_null_true_false_and_integers_are_resolved(text: str, value: object) -> None:
    assert data(f"a: {text}\n") == {"a": value}


def test_keys_are_text_as_written() -> None:
    assert data("2025: a\nnull: b\ntrue: c\n'x': d\n010: e\n") == {
        "2025": "a",
        "null": "b",
        "true": "c",
        "x": "d",
        "010": "e",
    }


def test_every_path_has_the_line_it_begins_on() -> None:
    document, _ = read_yaml("# 说明\na:\n  - {b: 1,\n     c: [2, 3]}\n  - 4\nd:\n  e\n", "a.yaml", first_line=10)

    assert document is not None
    assert document.lines == {
        (): 11,
        ("a",): 11,
        ("a", 0): 12,
        ("a", 0, "b"): 12,
        ("a", 0, "c"): 13,
        ("a", 0, "c", 0): 13,
        ("a", 0, "c", 1): 13,
        ("a", 1): 14,
        ("d",): 15,
    }


def test_a_path_that_is_not_in_the_text_has_the_line_of_its_nearest_ancestor() -> None:
    document, _ = read_yaml("a:\n  - b: 1\n", "a.yaml")

    assert document is not None
    assert document.line_of(("a", 0, "missing", "deeper")) == 2
    assert document.line_of(("nothing",)) == 1


TEXTS = [
    "a: [1, 2\nb: 3\n",
    "a: {x: 1\nb: 2\n",
    "a: 'x\nb: 2\n",
    "a: b: c\n",
    "a:\n  - 1\n 2\n",
    "a\nb: 1\n",
    "a: @x\n",
    "a: - 1\n",
    'a: "\\q"\n',
    "a: &\n",
    "--- 1\n--- 2\n",
    "a: |x\n b\n",
    "a: ]\n",
    "- 1\nb: 2\n",
    "a: 1\n- 2\n",
    "a: &b [*b]\n",
    "<<: {a: 1}\n",
    "",
    "a: 1\na: 2\n",
    "[1,2]: 3",
    "a: 010\nb: 12:30\nc:\n  - no\n",
    "[" * 50,
    "a: !<x",
    "a: !!python/object:os.system x",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_pure_parser_says_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = read_yaml(text, "a.yaml")
    monkeypatch.setattr(yamlfile, "LOADER", yaml.SafeLoader)

    assert read_yaml(text, "a.yaml") == fast


@pytest.mark.parametrize("loader", [yaml.SafeLoader, yamlfile.LOADER])
def test_an_impossible_escape_is_a_problem_and_no_traceback(loader: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlfile, "LOADER", loader)

    for text in ('a: "\\U99999999"', 'a: "\\ud800"', 'a: "\\u0000"', 'a: "\\x1b"'):
        _, problems = read_yaml(text, "a.yaml")
        assert len(problems) == 1


def test_the_first_of_two_equal_keys_counts_and_keeps_its_lines() -> None:
    document, problems = read_yaml("a: {x: 1}\nb: 2\na:\n  x: &n 3\n", "a.yaml")

    assert document is not None
    assert document.data == {"a": {"x": 1}, "b": 2}
    assert document.line_of(("a", "x")) == 1
    assert [str(problem) for problem in problems] == [
        "a.yaml:3: a: “a”写了两次（第 1 行已经写过），请只留一处 [yaml-duplicate]",
        "a.yaml:4: a.x: 这里写了锚点“&n”，本站的文件不用锚点，每处都要写全 [yaml-anchor]",
    ]


def test_a_bomb_of_aliases_expands_to_nothing() -> None:
    levels = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))

    document, problems = read_yaml(f"a0: &a0 x\n{levels}\n", "a.yaml")

    assert document is None
    assert len(problems) == MAX_PROBLEMS + 1


def test_a_flood_of_problems_ends() -> None:
    _, problems = read_yaml("a: 1\n" * 10_000, "a.yaml")

    assert len(problems) == MAX_PROBLEMS + 1
    assert str(problems[-1]) == "a.yaml:51: 这份文件的问题超过 50 处，后面的没有再看 [too-many]"


def test_what_the_parser_says_of_a_text_with_tabs_is_not_repeated() -> None:
    _, problems = read_yaml("a:\n\tb: 1\n", "a.yaml")

    assert [str(problem) for problem in problems] == ["a.yaml:2: 这一行有制表符（Tab），缩进和间隔都要用空格 [tab]"]


def test_an_unknown_complaint_of_the_parser_is_passed_on() -> None:
    assert syntax_message("something\nnew", "", 3) == "YAML 写法有误：something new"
