"""How a place tells hospitals and people apart, and the indices its rules refer to (名词和指标), as blocks."""

from collections.abc import Iterator

from calculator.model import GRADE_WORDS, Hospital, PoolingArea, Trait
from sitegen.pages.figures import NoteBook
from sitegen.pages.tables import figure_cell, plain
from sitegen.views import Block, Fact, Item, Row, RowGroup, TableView


def term_blocks(area: PoolingArea, book: NoteBook) -> Iterator[Block]:
    """Each kind of term that the area has, under a heading of its own."""
    month, day = area.year_starts
    if (month, day) != (1, 1):
        yield _facts("医保年度", _fact("从哪一天开始", f"每年 {month} 月 {day} 日"))
    if area.hospital_grades:
        yield _facts("医院定级，在这里算哪一级", *_grades(area))
    if area.hospitals:
        yield _facts("另有规定的医院", *(_fact(h.name, _hospital_words(area, h)) for h in area.hospitals.values()))
    if area.traits:
        yield _facts(
            "规定还按这些来分", *(_fact(trait.name, _trait_words(area, trait)) for trait in area.traits.values())
        )
    for index in area.indices.values():
        rows = tuple(
            Row(head=plain(f"{year} 年"), cells=(figure_cell(figure, "amount", book),))
            for year, figure in index.values.items()
        )
        table = TableView(
            caption=index.name, corner="用在哪一年", columns=("金额",), groups=(RowGroup(title="", rows=rows),)
        )
        yield Block(title=index.name, items=(Item(table=table),))


def _grades(area: PoolingArea) -> Iterator[Fact]:
    for level, name in area.levels.items():
        grades = [GRADE_WORDS[grade] for grade, counts_as in area.hospital_grades.items() if counts_as == level]
        if grades:
            yield _fact("、".join(grades), f"算{name}")


def _hospital_words(area: PoolingArea, hospital: Hospital) -> str:
    counts_as = hospital.level or area.hospital_grades.get(hospital.grade, "")
    level = f"算{area.levels[counts_as]}" if counts_as else ""
    grade = GRADE_WORDS[hospital.grade] if hospital.grade else ""
    traits = [f"{area.traits[name].name}：{area.traits[name].words[word]}" for name, word in hospital.traits.items()]
    return "，".join(filter(None, (grade, level, *traits)))


def _trait_words(area: PoolingArea, trait: Trait) -> str:
    """Its words, what decides between them, what holds when nobody says."""
    words = []
    for word, name in trait.words.items():
        start = trait.bands.get(word)
        _, unit = area.numbers.get(trait.of, ("", ""))
        words.append(name if not start or f"{start:f}" in name else f"{name}（{start:f} {unit}起）")
    decided = f"由{area.numbers[trait.of][0]}决定" if trait.of else ""
    default = f"没有说明，就按“{trait.words[trait.default]}”" if trait.default else ""
    return "；".join(filter(None, ("、".join(words), decided, default, trait.help.removesuffix("。"))))


def _fact(label: str, text: str) -> Fact:
    return Fact(label=label, cell=plain(text))


def _facts(title: str, *facts: Fact) -> Block:
    return Block(title=title, items=(Item(facts=facts),))
