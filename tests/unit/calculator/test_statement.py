"""The trace, the slip and the printed statement carry the same content, and a pocket calculator can follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from math import prod
from typing import Any

import pytest

from calculator.answer import Answer
from calculator.errors import InvalidData, NotCovered
from calculator.model import Status
from calculator.slip import slip_html
from calculator.statement import statement
from calculator.trace import to_json
from tests.unit.test_cases import CASES, answer_of

Row = tuple[str, str, str, tuple[str, ...]]
"""A line: its label, what stands in the column of amounts, its sentence, and its figures with status and sources."""


def answers() -> Iterator[Any]:
    """The answer of every case that is not to be refused."""
    for param in CASES:
        case = param.values[0]
        with suppress(NotCovered, InvalidData):
            yield pytest.param(answer_of(case), id=case["id"])


ANSWERS = list(answers())


def rows_of_trace(answer: Answer) -> list[Row]:
    """The lines as data gives them; the words for status and sources looked up."""
    rows = []
    for part, told in zip(answer.parts, to_json(answer)["estimates"], strict=True):
        sources = part.estimate.area.sources
        for end in ("low", "high"):
            for step in told[end]["steps"] if end in told else ():
                figures = tuple(
                    f"{f['name']}：{f['value']}（{Status(f['status']).words}；出处："
                    + "".join(f"《{sources[name].title}》" for name in f["sources"])
                    + "）"
                    for f in step["figures"]
                )
                rows.append((step["label"], step["shown"], step["text"], figures))
    return rows


class _Slip(HTMLParser):
    """Reads the lines of a slip."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, Any]] = []
        self.lists: dict[str, list[str]] = {"slip-questions": [], "slip-split": [], "slip-assumptions": []}
        self._inside: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        name = (dict(attrs).get("class") or "").split(" ")[0]
        self._inside.append((tag, name))
        if name == "slip-line":
            self.rows.append({"slip-label": "", "slip-amount": "", "slip-why": "", "figures": []})
        elif tag == "li":
            if self._within("slip-figures"):
                self.rows[-1]["figures"].append("")
            for known, items in self.lists.items():
                if self._within(known):
                    items.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop()[0] != tag:
            pass

    def _within(self, name: str) -> bool:
        return any(inner == name for _, inner in self._inside)

    def handle_data(self, data: str) -> None:
        tag, name = self._inside[-1] if self._inside else ("", "")
        if name in ("slip-label", "slip-amount", "slip-why"):
            self.rows[-1][name] += data
        elif tag == "li" and self._within("slip-figures"):
            self.rows[-1]["figures"][-1] += data
        elif tag == "li":
            for known, items in self.lists.items():
                if self._within(known):
                    items[-1] += data.replace("\N{NO-BREAK SPACE}", " ")


def read_slip(answer: Answer) -> _Slip:
    slip = _Slip()
    slip.feed(slip_html(answer))
    return slip


def rows_of_slip(answer: Answer) -> list[Row]:
    return [
        (row["slip-label"], row["slip-amount"], unescape(row["slip-why"]).strip(), tuple(row["figures"]))
        for row in read_slip(answer).rows
    ]


def rows_of_statement(answer: Answer) -> list[Row]:
    """The lines as printed: a number, a label and perhaps an amount; below them the sentence and the figures."""
    rows: list[Row] = []
    lines = iter(statement(answer).split("\n"))
    for line in lines:
        head = re.fullmatch(r" {2,3}\d+ (.*?)(?: {2,}(−?[\d,.]+))?", line)
        if head:
            rows.append((head[1], head[2] or "", next(lines).strip(), ()))
        elif line.startswith("       用到："):
            label, amount, text, figures = rows[-1]
            rows[-1] = (label, amount, text, (*figures, line.strip().removeprefix("用到：")))
    return rows


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_three_forms_carry_the_same_lines(answer: Answer) -> None:
    data = rows_of_trace(answer)

    assert rows_of_slip(answer) == data
    assert rows_of_statement(answer) == data
    assert data or not answer.parts


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_three_forms_say_the_same_of_what_is_uncertain_and_what_differs(answer: Answer) -> None:
    told, slip, printed = to_json(answer), read_slip(answer), statement(answer).split("\n")
    ends = [part[end] for part in told["estimates"] for end in ("low", "high") if end in part]
    splits = [found[end] for found in told["differences"] for end in ("low", "high") if end in found]

    questions = [question["text"] for part in told["estimates"] for question in part["questions"]]
    causes = [step["text"] for split in splits for step in split["steps"]]
    assumptions = [assumed["text"] for end in ends for assumed in end["assumptions"]]

    assert slip.lists == {"slip-questions": questions, "slip-split": causes, "slip-assumptions": assumptions}
    assert [line.strip() for line in printed if line.strip() in questions] == questions
    assert [line.strip() for line in printed if line.strip() in causes] == causes
    assert [line.removeprefix("  假定：") for line in printed if line.startswith("  假定：")] == assumptions


FACTOR = r"[\d,.]+(?:%| ?[元小时天月个次年人份]+)?"
PRODUCT = re.compile(rf"(?<![\d,.])(?<![÷−] )({FACTOR}(?: × {FACTOR})+) = ([\d,.]+) 元")


def factors(text: str) -> Iterator[Decimal]:
    """The factors of a printed product: amounts, counts and percentages."""
    for number, percent in re.findall(r"([\d,.]+)(%?)", text):
        yield Decimal(number.replace(",", "")) / (100 if percent else 1)


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_multiplication_comes_out_as_printed(answer: Answer) -> None:
    for line in statement(answer).split("\n"):
        for left, right in PRODUCT.findall(line):
            product, printed = prod(factors(left)), Decimal(right.replace(",", ""))
            if len(right.partition(".")[2]) < 6:
                assert product == printed, line
            else:  # shown to a millionth
                assert abs(product - printed) <= Decimal("0.000001"), line


AMOUNT = re.compile(r"([\d,]+(?:\.\d+)?) 元")


def printed_amounts(text: str) -> list[Decimal]:
    return [Decimal(found.replace(",", "")) for found in AMOUNT.findall(text)]


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_layer_pays_what_its_lines_add_up_to(answer: Answer) -> None:
    """From one total to the next, what the sentences of the lines pay, exactly as printed, is the layer's total."""
    for part in to_json(answer)["estimates"]:
        for end in ("low", "high"):
            paid: list[Decimal] = []
            before = ""
            for step in part[end]["steps"] if end in part else ():
                amounts = printed_amounts(step["text"])
                if step["rule"] == "layer.total":
                    assert amounts[0] == sum(paid), step["text"]
                    paid = []
                elif step["rule"] == "rounding" and paid:
                    paid = [amounts[-1]]
                elif step["rule"] == "items.cap":
                    paid[-1] = amounts[-1]
                elif step["rule"] == "items.fund_pays":
                    paid.append(printed_amounts(step["text"].partition("一共付")[2])[0])
                elif step["rule"] == "cap.reached" and before in ("lump_sum.paid", "true_up.paid"):
                    paid = [Decimal(step["numbers"]["paid"])]  # what is due is told first, then what the cap leaves
                elif step["rule"] in ("share.segment", "items.apart", "lump_sum.paid", "true_up.paid"):
                    paid.append(amounts[-1])
                before = before if step["rule"].startswith("assume.") else step["rule"]


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_last_line_adds_up_what_all_layers_pay(answer: Answer) -> None:
    for part in to_json(answer)["estimates"]:
        for end in ("low", "high"):
            paid: list[tuple[str, Decimal]] = []
            for step in part[end]["steps"] if end in part else ():
                shown = Decimal(step["shown"].replace(",", "").replace("−", "-") or "0")
                name = step["numbers"].get("layer", "保底")
                if step["rule"] in ("rounding", "layer.limited") and name in dict(paid):
                    paid = [(layer, shown if layer == name else amount) for layer, amount in paid]
                elif step["rule"] in ("layer.total", "guarantee"):
                    paid.append((name, shown))
                elif step["rule"] == "result" and part[end]["steps"][0]["rule"] != "year.sums":
                    assert shown == sum(amount for _, amount in paid)
