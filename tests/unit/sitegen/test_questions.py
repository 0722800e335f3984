"""The questions of readers: the index that leads to the answers, and every way a question can lead nowhere."""

from sitegen.build import Prepared, pages_of, prepare
from tests.build.tree import miniature

PATH = "content/questions.yaml"
GOOD = """\
- {id: q-01, ask: 住院能报多少？, answer: zhu-yuan.md#怎么算, group: home, brief: 看医院等级。, scheme: employee, area: test-city}
- {id: q-02, ask: 起付线是什么？, answer: /glossary/#deductible, group: home, also: [门槛费]}
"""


def prepared_with(text: str) -> Prepared:
    return prepare(miniature({PATH: text}))


def test_the_index_leads_to_the_answers() -> None:
    prepared = prepared_with(GOOD)
    assert [str(problem) for problem in prepared.problems] == []
    html = {page.path: page.html for page in pages_of(prepared.world)}["questions/index.html"]

    assert '<a href="../guides/zhu-yuan/#怎么算">住院能报多少？</a>' in html
    assert '<span class="asked-holds">试验市，职工医保</span>' in html
    assert '<a href="../glossary/#deductible">起付线是什么？</a>' in html
    assert "2 个常问的问题" in html


def test_a_question_that_leads_nowhere_is_refused() -> None:
    prepared = prepared_with("""\
- {id: q-01, ask: 甲？, answer: zhu-yuan.md#bao-xiao, group: home}
- {id: q-02, ask: 乙？, answer: zhu-yuna.md, group: home}
- {id: q-02, ask: 甲？, answer: "#怎么算", group: away, area: test-ctiy}
- {id: q-03, ask: 丙？, answer: "https://example.org/", group: home}
- {id: q-04, ask: 丁？, group: home, scheme: employe}
""")

    assert [str(problem) for problem in prepared.problems] == [
        f"{PATH}:1: [0].answer: 那一页没有“#bao-xiao”这个锚点，可以写的有：怎么算 [anchor]",
        f"{PATH}:2: [1].answer: 没有“zhu-yuna”这篇指南，是不是想写“zhu-yuan” [link]",
        f"{PATH}:3: [2].answer: 链接“#怎么算”没有写是哪一页 [link]",
        f"{PATH}:3: [2].area: 没有“test-ctiy”这个统筹区，是不是想写“test-city” [reference]",
        f"{PATH}:3: [2].ask: “甲？”在第 1 行已经写过 [duplicate]",
        f"{PATH}:3: [2].group: 没有“away”这个分组，可以写的有：home [reference]",
        f"{PATH}:3: [2].id: “q-02”在第 2 行已经写过 [duplicate]",
        f"{PATH}:4: [3].answer: 答案要在本站里 [link]",
        f"{PATH}:5: [4]: 缺少 answer（答案在哪一页哪一节） [missing]",
        f"{PATH}:5: [4].scheme: 写的是“employe”，应是 employee、resident 之一，是不是想写“employee” [word]",
    ]
