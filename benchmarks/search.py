"""How well the search finds what readers type (`search_queries.yaml`), how large its files are, how fast it answers.

    .venv/bin/python benchmarks/search.py            # builds the pages, runs the ranking in Node
    .venv/bin/python benchmarks/search.py --browser  # and types into the search page in Chromium (needs a built site/)
    .venv/bin/python benchmarks/search.py --misses   # and names what was missed or given too much

A document is a page, or one entry of a list (a word of the glossary, a dispute). What is right:

- for `words`, the documents whose text contains what is meant, as when Pagefind was measured on such queries (there,
  pages that contain the string), and the documents expected by hand. Recall is the share of them that is found,
  precision the share of what is found that is among them; both averaged over the queries.
- for `asks`, recall is the share of the pages expected by hand that is found at all; a found document is right when it
  is expected or its text contains what is meant. Here the order matters most, so the place of the first expected
  document is told as well.

- `fresh` are like `asks`, written after the ranking had been tuned on the others.

A query to which nothing is right counts 1 when nothing is found, else 0.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sitegen.build import pages_of, prepare, search_of  # noqa: E402
from sitegen.compress import gzipped, smallest  # noqa: E402
from sitegen.load import load  # noqa: E402
from sitegen.search.documents import Document, documents  # noqa: E402
from sitegen.search.texts import normal  # noqa: E402

QUERIES = Path(__file__).with_name("search_queries.yaml")
KINDS = ("words", "asks", "fresh")
RANK = Path(__file__).with_name("search_rank.mjs")


@dataclass(frozen=True, kw_only=True)
class Query:
    """One line of `search_queries.yaml`."""

    kind: str
    text: str
    means: tuple[str, ...]
    expect: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Score:
    """What came of a query."""

    query: Query
    recall: float
    precision: float
    place: int
    """Of the first expected document, from 1; 0 when there is none."""
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def queries() -> list[Query]:
    """The queries as written."""
    read = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    return [
        Query(
            kind=kind,
            text=str(one["q"]),
            means=tuple(map(str, one.get("means", [one["q"]]))),
            expect=tuple(one["expect"]),
        )
        for kind in KINDS
        for one in read[kind]
    ]


def texts(found: Sequence[Document]) -> dict[str, str]:
    """All the text of each document, by address; blanks count for nothing."""
    parts = {
        one.address: [one.title, *one.also, one.text]
        + [text for entry in one.entries for text in (entry.title, *entry.also, entry.text)]
        for one in found
    }
    return {address: normal("\n".join(texts)).replace(" ", "") for address, texts in parts.items()}


def contains(text: str, meant: str) -> bool:
    """Whether all words of one way to say it are in the text."""
    return all(word in text for word in normal(meant).split())


def judged(query: Query, found: Sequence[str], text: dict[str, str]) -> Score:
    """Recall and precision of one query."""
    holding = {address for address, words in text.items() if any(contains(words, one) for one in query.means)}
    expected = set(query.expect)
    right = holding | expected
    wanted = right if query.kind == "words" else expected
    wrong = tuple(one for one in found if one not in right)
    place = next((n for n, one in enumerate(found, 1) if one in expected), 0)
    if not wanted:
        good = float(not found)
        return Score(query=query, recall=good, precision=good, place=0, missed=(), wrong=wrong)
    return Score(
        query=query,
        recall=len(wanted & set(found)) / len(wanted),
        precision=(len(found) - len(wrong)) / len(found) if found else 0.0,
        place=place,
        missed=tuple(sorted(wanted - set(found))),
        wrong=wrong,
    )


def ranked(folder: Path, asked: Sequence[str]) -> list[dict[str, Any]]:
    """The answers of the site's own ranking code, in Node."""
    done = subprocess.run(
        ["node", str(RANK), str(folder)], input=json.dumps(asked), stdout=subprocess.PIPE, encoding="utf-8", check=True
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def told(scores: Sequence[Score]) -> str:
    """One row of the table."""
    expected = [score for score in scores if score.query.expect]
    first = [sum(0 < score.place <= n for score in expected) / len(expected) for n in (1, 3, 5)]
    recall, precision = mean([s.recall for s in scores]), mean([s.precision for s in scores])
    whole = sum(score.recall == 1 for score in scores)
    return f"{len(scores)} | {recall:.3f} | {precision:.3f} | {whole} | " + " | ".join(f"{n:.2f}" for n in first)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--browser", action="store_true")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    prepared = prepare(load(ROOT))
    if prepared.problems:
        print("\n".join(map(str, prepared.problems)), file=sys.stderr)
        return 1
    pages = tuple(pages_of(prepared.world))
    files = search_of(prepared.world, pages)
    report(files, documents(prepared.world, {page.path: page.html for page in pages}), misses=options.misses)
    if options.browser:
        browse()
    return 0


def report(files: dict[str, bytes], found: Sequence[Document], *, misses: bool) -> list[Score]:
    """Print what was measured of these files."""
    sizes = {path: len(gzipped(data)) for path, data in files.items()}
    small = sum(len(smallest(data)) for data in files.values())
    print(f"{len(found)} documents, {len(files)} files, gzip: largest {max(sizes.values())}, all {sum(sizes.values())}")
    print(f"first.json {sizes['search/first.json']}; all with brotli {small}")
    asked = queries()
    with tempfile.TemporaryDirectory() as folder:
        for path, data in files.items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_bytes(data)
        answers = ranked(Path(folder), [query.text for query in asked])
    text = texts(found)
    scores = [
        judged(query, [hit["document"] for hit in answer["results"]], text)
        for query, answer in zip(asked, answers, strict=True)
    ]
    print("| queries | n | recall | precision | all found | first | of 3 | of 5 |\n|---|---|---|---|---|---|---|---|")
    for kind in KINDS:
        print(f"| {kind} | {told([score for score in scores if score.query.kind == kind])} |")
    print(f"| words and asks | {told([score for score in scores if score.query.kind != 'fresh'])} |")
    fetched = [len(answer["fetched"]) for answer in answers]
    again = sorted(answer["again"] for answer in answers)
    print(f"files a query fetches besides the basic ones: {mean(fetched):.1f}, at most {max(fetched)}")
    print(f"ranking in Node, ms: median {again[len(again) // 2]:.1f}, longest {again[-1]:.1f}")
    if misses:
        for score in scores:
            late = score.query.expect and not 0 < score.place <= 3
            if score.recall < 1 or score.precision < 0.95 or late:
                print(
                    f"{score.query.text}: recall {score.recall:.2f} precision {score.precision:.2f} place {score.place}"
                )
                print(f"    missed {score.missed[:6]}\n    wrong {score.wrong[:8]}")
    return scores


def browse() -> None:
    """The time from a key to the first result in the header of a page of the built site, in Chromium.

    Cold: a fresh profile, the box gets the focus and the letter follows at once. Warm: the first file is there.
    """
    from playwright.sync_api import sync_playwright

    from sitegen.serve import served
    from tools.browser import find_chromium

    cold, warm = [], []
    with served(ROOT / "site") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        for text in ("备案", "起付线", "断缴", "门诊", "共济", "住院", "北京", "退休"):
            page = browser.new_page(base_url=address)
            page.goto("guides/")
            cold.append(page.evaluate(TYPED, text[0]))
            page.wait_for_timeout(500)
            warm.append(page.evaluate(TYPED, text))
            page.close()
        browser.close()
    print("key to first result in Chromium, ms, median and longest:")
    for name, times in (("cold", cold), ("warm", warm)):
        print(f"{name} {sorted(times)[len(times) // 2]:.0f}, {max(times):.0f}")


TYPED = """async (text) => {
  const input = document.querySelector("#site-search");
  const list = document.querySelector("#search-list");
  list.replaceChildren();
  input.focus();
  const start = performance.now();
  const shown = new Promise((done) => {
    new MutationObserver((_, observer) => {
      if (list.querySelector("a[href]")) {
        observer.disconnect();
        done(performance.now() - start);
      }
    }).observe(list, {childList: true});
  });
  input.value = text;
  input.dispatchEvent(new InputEvent("input"));
  return shown;
}"""


if __name__ == "__main__":
    sys.exit(main())
