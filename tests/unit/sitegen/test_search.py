"""The search over the miniature tree: what can be found, how it is packed, and what the ranking makes of it in Node."""

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import pages_of, prepare, search_of
from sitegen.compress import gzipped
from sitegen.search.documents import Document, Entry, documents
from sitegen.search.index import FIRST, LIMIT, chunks, packed, shard_of
from sitegen.search.texts import sections, tokens
from sitegen.search.words import Group, Lexicon, lexicon
from tests.build.tree import AREA, FILES, ROOT, miniature

NODE = shutil.which("node")
RANK = ROOT / "templates/js/rank.js"
QUESTIONS = """\
- {id: q-01, ask: 住院能报几成？, answer: zhu-yuan.md#怎么算, group: home, brief: 看医院等级。, also: [报销多少]}
"""
WORDS = """\
same:
  - [报销, 报帐]
leads:
  - [住院, 住医院]
filler: [怎么, 能, 吗]
"""
REAL = FILES[AREA].replace("fictional: true\n", "").replace("status: illustrative", "status: official")


def test_a_page_is_cut_at_headings_that_can_be_linked_to() -> None:
    found = sections(
        "<header>不要</header><main><p>开头</p><nav>目录</nav><h2 id='a'>甲</h2><p>一<span class='status'>官方</span></p>"
        "<section id='b'><h2>乙</h2>二<br>三<form>表单</form><h3>丙</h3>四</section></main><footer>不要</footer>"
    )

    assert [(one.anchor, one.title, "".join(one.text.split())) for one in found] == [
        ("", "", "开头"),
        ("a", "甲", "一"),
        ("b", "乙", "二三丙四"),
    ]


def world_of(changes: Mapping[str, str | None]) -> tuple[Any, dict[str, str]]:
    prepared = prepare(miniature(changes))
    assert [str(problem) for problem in prepared.problems] == []
    return prepared.world, {page.path: page.html for page in pages_of(prepared.world)}


def test_what_can_be_found_in_a_small_site() -> None:
    world, pages = world_of({"content/questions.yaml": QUESTIONS})
    found = {one.address: one for one in documents(world, pages)}

    assert list(found) == [
        "guides/zhu-yuan/",
        "calc/inpatient/",
        "calc/filing_comparison/",
        "calc/reconciliation/",
        "glossary/#deductible",
        "method/",
        "changes/",
        "coverage/",
        "open-data/",
    ]
    guide = found["guides/zhu-yuan/"]
    assert [(entry.title, entry.anchor, entry.asked) for entry in guide.entries] == [
        ("住院能报几成？", "怎么算", True),
        ("怎么算", "怎么算", False),
    ]
    assert "先减起付线" in guide.text
    assert "7,650" in guide.entries[1].text
    assert found["glossary/#deductible"].also == ("门槛费",)


def test_a_place_is_found_by_its_name_and_invented_ones_are_not() -> None:
    real = "policies/areas/test-city.yaml"
    world, pages = world_of({AREA: None, real: REAL})
    area = next(one for one in documents(world, pages) if one.kind == "area")

    assert (area.kind, area.address, area.also) == ("area", "areas/test-city/", ("试验市", "试验"))
    assert "试验市 试验省" in area.text
    assert any("85%" in entry.text for entry in area.entries)
    assert all(one.kind != "area" for one in documents(*world_of({})))


def test_words_for_one_thing_come_together() -> None:
    world, _ = world_of({"content/search.yaml": "same:\n  - [起付标准, 门槛费]\n  - [备案, 报备]\n"})

    assert [group.words for group in lexicon(world).groups] == [("起付标准", "门槛费", "起付线"), ("备案", "报备")]


def test_every_file_keeps_within_the_limit() -> None:
    """Many pages of different text: more shards, none larger."""
    found = [
        Document(
            kind="guide",
            address=f"guides/{n}/",
            title=f"第{n}页",
            context="",
            text="".join(chr(0x4E00 + (n * 7919 + i * i * 31) % 4000) for i in range(200)),
        )
        for n in range(200)
    ]
    files = packed(found, Lexicon(groups=()))

    assert max(len(gzipped(data)) for data in files.values()) <= LIMIT
    assert sum("/text" in path for path in files) > 16


def test_rows_are_packed_in_order_into_as_few_parts_as_fit() -> None:
    rows = [f"{n:05}" * 40 for n in range(300)]
    parts = list(chunks(rows, 1000, 500))

    assert [row for part in parts for row in part] == rows
    assert all(len(gzipped(json.dumps(part).encode())) <= 1000 for part in parts)
    assert list(chunks([], 1000)) == [[]]


def test_equal_worlds_give_equal_files() -> None:
    prepared = prepare(miniature({"content/questions.yaml": QUESTIONS}))
    pages = tuple(pages_of(prepared.world))

    assert search_of(prepared.world, pages) == search_of(prepared.world, reversed(pages))
    assert FIRST in search_of(prepared.world, pages)


# The ranking, in Node: what a browser does with these files.

SCRIPT = """
import {readFileSync} from "node:fs";
const {Search, tokens, shardOf} = await import("./rank.mjs");
const {files, queries, texts} = JSON.parse(readFileSync(0, "utf8"));
const version = JSON.parse(files["search/first.json"]).version;
const fetched = [];
const search = new Search(async (name) => {
  fetched.push(name);
  return JSON.parse(files[name === "first" ? "search/first.json" : `data/search/${name}.${version}.json`]);
});
await search.start();
const answers = [];
for (const query of queries) {
  const early = search.find(query).results.map((hit) => hit.address);
  let answer = search.find(query);
  for (let turn = 0; answer.wants.length && turn < 6; turn += 1) {
    await search.take(answer.wants);
    answer = search.find(query);
  }
  answers.push({early, found: answer.results.map((hit) => [hit.address, hit.title]), instead: answer.instead});
}
const cut = texts.map((text) => tokens(text).map((token) => [token, shardOf(token, 64)]));
process.stdout.write(JSON.stringify({answers, cut, fetched}));
"""
SMALL = (
    Document(
        kind="guide",
        address="guides/bei-an/",
        title="去外省看病，备案怎么办？",
        context="出门前办。",
        text="不花钱。",
        entries=(
            Entry(anchor="who", title="备案能管多久？", also=("有效期",), brief="长期的一直有效", asked=True),
            Entry(anchor="how", title="在哪里办", text="用医保码登录 App，填就医的城市。起付线不变。"),
        ),
    ),
    Document(
        kind="area", address="areas/cq/", title="重庆市医保报多少？", context="", also=("重庆市", "重庆"), text="备案。"
    ),
    Document(
        kind="term", address="glossary/#ded", title="起付线", context="先付的一段", also=("门槛费",), text="先付。"
    ),
    Document(kind="dispute", address="disputes/#d-01", title="备案要多久", context="", text="一到三个工作日。"),
)
KNOWN = Lexicon(
    groups=(
        Group(words=("重庆市", "重庆"), place=True),
        Group(words=("起付线", "门槛费")),
        Group(words=("备案",)),
        Group(words=("医保码",)),
    ),
    leads=(("报备", "备案"),),
    filler=("怎么", "怎么办", "多久", "能", "吗", "的"),
)

Ranking = Callable[..., dict[str, Any]]


@pytest.fixture
def ranking(tmp_path: Path) -> Ranking:
    """Runs queries, from the first file on, over the small documents."""
    if NODE is None:
        pytest.skip("no Node")

    def run(*queries: str, texts: Sequence[str] = ()) -> dict[str, Any]:
        shutil.copy(RANK, tmp_path / "rank.mjs")
        (tmp_path / "run.mjs").write_text(SCRIPT, encoding="utf-8")
        files = {path: data.decode() for path, data in packed(SMALL, KNOWN).items()}
        done = subprocess.run(
            [str(NODE), "run.mjs"],
            cwd=tmp_path,
            input=json.dumps({"files": files, "queries": queries, "texts": texts}),
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
        )
        read: dict[str, Any] = json.loads(done.stdout)
        return read

    return run


def found(answer: dict[str, Any]) -> list[str]:
    return [address for address, _ in answer["found"]]


def test_both_sides_cut_texts_alike(ranking: Ranking) -> None:
    texts = ["起付线，ＣＴ 12393", "A市（三甲）2 个月、约 1,300.00 元", "", "𠮷野家〇二", "医保App\n报 85%"]

    assert ranking(texts=texts)["cut"] == [[[token, shard_of(token, 64)] for token in tokens(text)] for text in texts]


def test_the_best_comes_first(ranking: Ranking) -> None:
    """Exact name before title, title before text; a question leads to its section."""
    answers = ranking("起付线", "备案", "备案能管多久", "App", "重庆")["answers"]

    assert found(answers[0]) == ["glossary/#ded", "guides/bei-an/#how"]
    assert found(answers[1])[0] == "guides/bei-an/"
    assert set(found(answers[1])) == {"guides/bei-an/", "disputes/#d-01", "areas/cq/"}
    assert answers[2]["found"][0] == ["guides/bei-an/#who", "备案能管多久？"]
    assert found(answers[3]) == ["guides/bei-an/#how"]
    assert found(answers[4]) == ["areas/cq/"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("门槛费", "glossary/#ded"),  # another name
        ("报备", "guides/bei-an/"),  # what people say
        ("chongqing", "areas/cq/"),  # pinyin, in one of its readings
        ("cq", "areas/cq/"),  # initials of a place
        ("qi fu xian", "glossary/#ded"),
        ("qifux", "glossary/#ded"),  # the beginning of one
        ("ＢＥＩＡＮ", "guides/bei-an/"),
        ("有效期", "guides/bei-an/#who"),
    ],
)
def test_other_ways_to_write_it(ranking: Ranking, query: str, first: str) -> None:
    assert found(ranking(query)["answers"][0])[0] == first


@pytest.mark.parametrize(
    ("query", "instead"),
    [("起伏线", "起付线"), ("備案", "备案"), ("起付钱", "起付线"), ("被案怎么办", "备案怎么办"), ("门坎费", "门槛费")],
)
def test_a_slip_is_put_right_and_said(ranking: Ranking, query: str, instead: str) -> None:
    [answer] = ranking(query)["answers"]

    assert answer["instead"] == instead
    assert answer["found"]


def test_what_is_not_there_is_not_found(ranking: Ranking) -> None:
    answers = ranking("火车票", "xyz", "，。", "   ", "99999")["answers"]

    assert [answer["found"] for answer in answers] == [[], [], [], [], []]


def test_titles_are_found_with_the_first_file_alone(ranking: Ranking) -> None:
    read = ranking("备案")

    assert read["answers"][0]["early"][0] == "guides/bei-an/"
    assert read["fetched"][0] == "first"
    assert len(read["fetched"]) == len(set(read["fetched"]))
