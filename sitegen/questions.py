"""`content/questions.yaml` → what readers ask (读者的问题), each with the place on the site that answers it.

The build refuses one that leads nowhere (`checks.questions`), so that no question is a promise.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.model import SCHEME_WORDS
from calculator.shape import FAILED, IDENTIFIER, Flag, Key, ListOf, Reading, Record, Text, Word
from sitegen.load import Tree
from sitegen.problems import Problem
from sitegen.shapes import read_shaped
from sitegen.yamlfile import Document, read_yaml

QUESTIONS = "content/questions.yaml"
HOME_QUESTIONS = range(6, 9)
"""How many stand on the first page, if any do: enough to find one's own, few enough to read them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question as a reader would put it: `answer` is a link as in guides, `also` words people type instead.

    The few that are `home` stand on the first page, see `HOME_QUESTIONS`.
    """

    id: str
    ask: str
    answer: str
    group: str
    brief: str = ""
    also: tuple[str, ...] = ()
    scheme: str = ""
    area: str = ""
    home: bool = False


_QUESTION = Record(
    Question,
    {
        "id": Key(Text("问题的 id", pattern=IDENTIFIER, example="q-01", longest=60), required=True),
        "ask": Key(Text("读者会问的一句话", longest=80), required=True, help="读者会问的一句话"),
        "answer": Key(
            Text("答案在哪里", example="kua-sheng-zhu-yuan.md#emergency"), required=True, help="答案在哪一页哪一节"
        ),
        "group": Key(Text("分组的 id", pattern=IDENTIFIER, example="away"), required=True, help="遇到了什么事"),
        "brief": Key(Text("一句话的答案", longest=80), default=""),
        "also": Key(ListOf(Text("大家会打的词", longest=30)), default=()),
        "scheme": Key(Word(tuple(SCHEME_WORDS)), default=""),
        "area": Key(Text("统筹区的 id", pattern=IDENTIFIER), default=""),
        "home": Key(Flag(), default=False, help="放在首页；首页放 6 到 8 个"),
    },
    "一个问题",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """All of the file that could be read, by place in its list."""

    items: Mapping[int, Question]
    document: Document | None = None


def read_questions(tree: Tree) -> tuple[Questions, tuple[Problem, ...]]:
    """The questions, and what is wrong with their file; a site need not have any."""
    if QUESTIONS not in tree.texts:
        return Questions(items={}), ()
    document, problems = read_yaml(tree.texts[QUESTIONS], QUESTIONS)
    if document is None:
        return Questions(items={}), problems
    value, found = read_shaped(ListOf(_QUESTION), document)
    entries = document.data if isinstance(document.data, list) else []
    if value is not None:
        items = dict(enumerate(value))
    else:  # the good ones stay, so that a bad one is not followed by complaints about all the others
        read = ((n, _QUESTION.read(entry, (), Reading())) for n, entry in enumerate(entries))
        items = {n: question for n, question in read if question is not FAILED}
    return Questions(items=items, document=document), (*problems, *found)
