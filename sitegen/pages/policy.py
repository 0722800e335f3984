"""The parsed model of a policy → blocks of facts and tables.

The walk goes by the fields of the dataclasses: a structure it has never seen becomes a block under the field's name,
so nothing of a policy can stay invisible. Only what reads better in its own words has a function of its own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from calculator.model import (
    NOT_TOLD,
    OTHER,
    STATUS_ORDER,
    AccountCredit,
    AccountRule,
    Amount,
    Amounts,
    Assistance,
    Away,
    BenefitEdition,
    Brackets,
    Branch,
    ContributionBase,
    ContributionEdition,
    ContributionPart,
    Edition,
    Figure,
    Guarantee,
    Layer,
    NoLimit,
    PercentOf,
    PoolingArea,
    Rounding,
    RoundTo,
    Treatment,
    TreatmentChoice,
)
from calculator.model import Item as ItemClass
from calculator.programs import WaitingGap
from sitegen.pages.edition_rules import FIELDS as RULES
from sitegen.pages.edition_rules import edition_rules, rounding_text
from sitegen.pages.figures import NoteBook, mark_of
from sitegen.pages.items import item_blocks
from sitegen.pages.layers import layer_blocks
from sitegen.pages.tables import Words, amount_lines, figure_cell, lay_out, plain, rounding_words, spread
from sitegen.pages.words import field_words, figure_words, option_words, period_words
from sitegen.views import Block, Cell, EditionView, Fact, Item, Line, Row, RowGroup, TableView

_HEAD = {field.name for field in fields(Edition)}
_SMALL = ("account", "away", "coverage_year", "guarantee", "notice_year", "rounding")
"""Fields that need no heading of their own where they come down to a line or two."""
_UNSAID: tuple[object, ...] = (None, (), "", False)
"""What a field holds when the policy says nothing there."""
_INLINE = 4
"""A rule of an out-of-area case with more figures than this gets a table of its own."""


class Walker:
    """Lays out one edition; keeps the area's words and the edition's notes at hand."""

    def __init__(self, area: PoolingArea, book: NoteBook, edition: Edition) -> None:
        self.area = area
        self.words: Words = area.words
        self.book = book
        self.edition = edition
        self.layer_names = {layer.id: layer.name for layer in getattr(edition, "layers", ())}
        self.special: dict[type, Callable[[str, object], Block]] = {
            AccountCredit: self._credit,
            Away: self._away,
            ContributionBase: self._contribution_base,
            Layer: self._layer,
            AccountRule: self._account,
            Rounding: self._rounding,
            RoundTo: self._round_to,
            Guarantee: self._guarantee,
        }

    def blocks(self) -> tuple[Block, ...]:
        """Every field of the edition but its head, in the order of the model; small print comes last, together."""
        edition = self.edition
        blocks: list[Block] = []
        small: list[Block] = []
        rules: tuple[str, ...] = ()
        if isinstance(edition, BenefitEdition):
            rules = RULES
            small.append(facts_block("", *(said(label, text) for label, text in edition_rules(edition))))
        for field in fields(edition):
            if field.name in _HEAD or field.name in rules:
                continue
            silent = field.name in _MAY_BE_SILENT and not _yearly(edition)
            if not silent and getattr(edition, field.name) in _UNSAID:
                continue
            found = self._field(edition, field.name)
            if all(_only_facts(block) for block in found) and (field.name in _SMALL or _only_one(edition, found)):
                small += found
            else:
                blocks += found
        last = merged("其他" if blocks else "规则", small)
        return tuple(block for block in (*blocks, last) if block.items)

    def _field(self, edition: Edition, name: str) -> list[Block]:
        value = getattr(edition, name)
        if name == "parts":
            return [self._parts(value)]
        if name == "layers":
            titles = [f"第 {n} 层：{x.name}" if len(value) > 1 else x.name for n, x in enumerate(value, start=1)]
            return [replace(self.walk(name, x), title=title) for x, title in zip(value, titles, strict=True)]
        if name == "items":
            return [merged("另有规定的项目", [self._item(item) for item in value.values()])] if value else []
        if name == "account" and isinstance(edition, ContributionEdition):
            return [self.walk("account_rate", value)]
        return [self.walk(name, value)]

    def walk(self, field: str, value: object) -> Block:
        """Any part of a policy as a block; its title is the field in words."""
        title = field_words(field)
        if value is None:
            return _silent(field) if field in _MAY_BE_SILENT else Block(title=title)
        if special := self.special.get(type(value)):
            return special(title, value)
        if isinstance(value, Figure):
            return facts_block(title, self._figure_fact(field, value))
        if field == "assistance":
            return self._assistance(title, value)
        if isinstance(value, Branch | Amounts | Brackets | PercentOf):
            return self._table(field, value)
        if isinstance(value, tuple):
            return self._parts(value) if field == "parts" else self._several(field, value)
        if isinstance(value, Mapping):
            return merged(title, [self.walk(str(name), inner) for name, inner in value.items()])
        if is_dataclass(value):
            return self._record(title, value)
        return facts_block(title, said(title, self._plain_words(field, value)))

    def _several(self, field: str, value: tuple[object, ...]) -> Block:
        title = field_words(field)
        if all(isinstance(item, str) for item in value):
            options = "own" if field in ("account", "count") else field
            text = "、".join(option_words(options, str(item)) for item in value)
            return facts_block(title, said(title, text)) if text else Block(title=title)
        if all(isinstance(item, Figure | PercentOf) for item in value):
            amounts = [item for item in value if isinstance(item, Figure | PercentOf)]
            lines = tuple(line for item in amounts for line in amount_lines(item, field, self.book))
            return facts_block(title, Fact(label=title, cell=Cell(lines=lines))) if lines else Block(title=title)
        return Block(title=title, items=tuple(Item(block=self._titled(field, item)) for item in value))

    def _titled(self, field: str, item: object) -> Block:
        """One of several; what has a name of its own goes by it."""
        block = self.walk(field, item)
        if isinstance(item, WaitingGap):
            until = item.up_to and f"中断不超过 {figure_words('up_to', item.up_to)}"
            return replace(block, title=until or "中断更久")
        name = str(getattr(item, "name", block.title))
        return replace(block, title=f"{block.title}：{name}" if field == "deductions" else name)

    def _record(self, title: str, value: Any) -> Block:
        """Whatever a rule says, field by field; what it leaves out is left out."""
        stated = [f.name for f in fields(value) if f.name not in ("id", "name")]
        inner = [self.walk(name, getattr(value, name)) for name in stated if getattr(value, name) not in _UNSAID]
        return merged(title, inner)

    def _assistance(self, title: str, table: object) -> Block:
        """资助参保: a line for each class of people."""
        facts = []
        for names, rule in leaves(table, self.words):
            assert isinstance(rule, Assistance)
            label = "，".join(names) or title
            figure, field = (rule.ratio, "rate") if rule.ratio is not None else (rule.amount, "amount")
            facts.append(said(label, "没有资助") if figure is None else self._figure_fact(field, figure, label))
        return facts_block(title, *facts)

    @staticmethod
    def _plain_words(field: str, value: object) -> str:
        if isinstance(value, bool):
            return "是" if value else "否"
        return value.isoformat() if isinstance(value, date) else option_words(field, str(value))

    def _figure_fact(self, field: str, figure: Amount | None, label: str = "") -> Fact:
        return Fact(label=label or field_words(field), cell=figure_cell(figure, field, self.book))

    def _table(self, field: str, table: object, caption: str = "") -> Block:
        """A table, or a fact when it turns out to be a single figure."""
        title = caption or field_words(field)
        if (
            isinstance(table, Amounts | Figure | NoLimit | PercentOf)
            and len(list(spread(table, field, self.words, self.book))) == 1
        ):
            (entry,) = spread(table, field, self.words, self.book)
            figure = entry.figure
            return facts_block(title, self._figure_fact(field, figure, title))
        if table is NOT_TOLD:
            return facts_block(title, self._figure_fact(field, None, title))
        items = [Item(table=lay_out(title, table, field, self.words, self.book))]
        if facts := tuple(fact for where, leaf in leaves(table, self.words) for fact in self._reading(where, leaf)):
            items.append(Item(facts=facts))
        return Block(title=title, items=tuple(items))

    def _reading(self, where: tuple[str, ...], leaf: object) -> Iterator[Fact]:
        """How a table of brackets is to be read: what its other fields say."""
        if not isinstance(leaf, Brackets):
            return
        prefix = "，".join(where) + "：" if where else ""
        for field in fields(leaf):
            value = getattr(leaf, field.name)
            if isinstance(value, Figure):
                yield self._figure_fact(field.name, value, prefix + field_words(field.name))
            elif isinstance(value, str) and value != "stay":
                yield said(prefix + field_words(field.name), option_words(field.name, value))

    def _layer(self, title: str, value: object) -> Block:
        assert isinstance(value, Layer)
        return merged(title, list(layer_blocks(self, value)))

    def fact(self, label: str, text: str) -> Fact:
        """A fact in words."""
        return said(label, text)

    def facts(self, title: str, facts: list[Fact]) -> Block:
        """A block of facts only."""
        return facts_block(title, *facts)

    def table(self, field: str, table: object, caption: str) -> Block:
        """A table under a caption, or a fact when it is a single figure."""
        return self._table(field, table, caption)

    def dimension(self, name: str) -> str:
        """What a dimension is called."""
        return self.area.dimensions.get(name, name)

    def number(self, name: str) -> tuple[str, str]:
        """What a number is called, and its unit."""
        return self.area.numbers[name]

    def _item(self, item: ItemClass) -> Block:
        return Block(title="", items=(Item(block=merged(item.name, list(item_blocks(self, item)))),))

    def each(self, label: str, table: object, unit: str = "", options: str = "") -> list[Fact]:
        """A table of words or numbers as facts."""
        return [
            said("，".join((label, *where)), option_words(options, str(leaf)) + unit)
            for where, leaf in leaves(table, self.words)
        ]

    def _account(self, title: str, value: object) -> Block:
        """个人账户: what each pot may pay, in their order."""
        assert isinstance(value, AccountRule)
        facts = []
        for pot in value.pots:
            text = "、".join(option_words("own", part) for part in pot.may_pay)
            if pot.id == value.first:
                counts = "，算进起付线" if value.counts_to_deductible else ""
                text = "、".join(filter(None, (f"先付政策范围内费用{counts}", text)))
            facts.append(said(title if len(value.pots) == 1 else f"个人账户：{pot.name}", text))
        return facts_block(title, *facts)

    def _contribution_base(self, title: str, value: object) -> Block:
        assert isinstance(value, ContributionBase)
        stated = [f.name for f in fields(value) if f.name != "index" and getattr(value, f.name) not in _UNSAID]
        inner = [self.walk(name, getattr(value, name)) for name in stated]
        if value.index:
            inner.append(facts_block("", said(field_words("index"), self.book.index_words(value.index))))
        return replace(merged(title, inner), title="每月缴费基数")

    def _credit(self, title: str, value: object) -> Block:
        """划入个人账户: the forms it has; none of them is a rule too."""
        assert isinstance(value, AccountCredit)
        if value.none:
            return facts_block(title, said("个人账户", "没有"))
        inner = [self.walk(f.name, getattr(value, f.name)) for f in fields(value) if getattr(value, f.name)]
        return merged(title, inner)

    def _rounding(self, title: str, value: object) -> Block:
        assert isinstance(value, Rounding)
        return Block(title=title) if value == Rounding() else facts_block(title, said(title, rounding_text(value)))

    def _round_to(self, title: str, value: object) -> Block:
        assert isinstance(value, RoundTo)
        return facts_block(title, said(title, rounding_words(value)))

    def _guarantee(self, title: str, value: object) -> Block:
        assert isinstance(value, Guarantee)
        return replace(self._table("ratio", value.ratio, f"{title}，至少报"), title=title)

    def _parts(self, parts: tuple[ContributionPart, ...]) -> Block:
        """What each side pays: one row a figure."""
        groups = []
        for part in parts:
            rows = []
            payer = option_words("payer", part.payer) if part.payer else "几方分担"
            for name in ("rate", "amount"):
                table = getattr(part, name)
                for entry in spread(table, name, self.words, self.book) if table is not None else ():
                    head = "，".join(c.head.lines[0].before for c in entry.at) or payer + "缴"
                    head += _PER.get(part.per, "") if name == "amount" else ""
                    rows.append(Row(head=plain(head), cells=(figure_cell(entry.figure, name, self.book),)))
            for who, share in (part.split or {}).items():
                rows.append(
                    Row(head=plain(f"其中{option_words('payer', who)}"), cells=(figure_cell(share, "rate", self.book),))
                )
            silent = Row(head=plain(payer), cells=(plain("没有收录"),))
            title = part.name if part.name.endswith(f"（{payer}）") else f"{part.name}（{payer}）"
            groups.append(RowGroup(title=title, rows=tuple(rows) or (silent,)))
        title = field_words("parts")
        table = TableView(caption=title, corner="谁的", columns=("缴多少",), groups=tuple(groups))
        return Block(title=title, items=(Item(table=table),))

    def _away(self, title: str, value: object) -> Block:
        """异地就医: a row a case, in sentences; large tables of a case stand below."""
        assert isinstance(value, Away)
        rows, blocks = [], []
        for names, choice in leaves(value.cases, self.words):
            assert isinstance(choice, TreatmentChoice)
            head = "，".join(names) or "所有异地情形"
            lines: list[Line] = []
            if choice.dispute:
                lines.append(Line(figures=(self.book.view(choice.dispute, "cases"),)))
            for n, treatment in enumerate(choice.treatments, start=1):
                side = f"说法 {n}：" if len(choice.treatments) > 1 else ""
                own, tables = self._treatment(treatment, f"{head}{'，' + side if side else '：'}")
                lines += [replace(line, before=side + line.before) for line in own]
                blocks += tables
            rows.append(Row(head=plain(head), cells=(Cell(lines=tuple(lines)),)))
        table = TableView(
            caption="异地就医，各种情形怎么算",
            corner="情形",
            columns=("和参保地有什么不同",),
            groups=(RowGroup(title="", rows=tuple(rows)),),
        )
        changed = "、".join(self.layer_names[name] for name in value.layers)
        facts = [said(field_words("layers"), changed)] if changed else []
        if value.exempt_places:
            facts.append(said("去哪里不用备案", "、".join(value.exempt_places)))
        rules = [Item(facts=tuple(facts))] if facts else []
        return Block(title=title, items=(Item(table=table), *rules, *(Item(block=b) for b in blocks)))

    def _treatment(self, treatment: Treatment, prefix: str) -> tuple[list[Line], list[Block]]:
        """The rules of one case: as lines where they are few, as tables where they are many."""
        lines: list[Line] = []
        blocks: list[Block] = []
        for field in fields(treatment):
            value = getattr(treatment, field.name)
            if value is None or isinstance(value, str):
                continue
            if field.name == "level_as":
                names = self.words("level")
                lines += [Line(before=f"那边的{names[a]}，按这里的{names[b]}算") for a, b in value.items()]
                continue
            entries = list(_entries(value, field.name, self))
            if not entries or len(entries) > _INLINE:
                title = f"{prefix}{field_words(field.name)}"
                blocks.append(self._table(field.name, value, title))
                lines.append(Line(before=f"{field_words(field.name)}另有一张表，见下"))
                continue
            for where, figure in entries:
                before = "，".join((*where, field_words(field.name)))
                after = option_words("first_pay_when", treatment.first_pay_when) if field.name == "first_pay" else ""
                if figure is None:
                    lines.append(Line(before=f"{before}没有收录"))
                else:
                    lines += [replace(x, after=after) for x in amount_lines(figure, field.name, self.book, before)]
        return lines, blocks


_PER = {"month": "（每月）", "year": "（每年）"}


_MAY_BE_SILENT = ("account", "account_rate", "away")
"""Rules that every place has; where nobody told us, that is said."""


def _yearly(edition: Edition) -> bool:
    """Contributions by the year are those of residents, who have no account."""
    return isinstance(edition, ContributionEdition) and edition.base is None


def _silent(field: str) -> Block:
    """A rule nobody told us, said in words."""
    title = field_words(field)
    return facts_block(title, said(title, "本站没有收录这项规定"))


def _entries(value: object, field: str, walker: Walker) -> Iterator[tuple[tuple[str, ...], Amount | None]]:
    """The figures of a small table with the words of their places; none for brackets, which need a table."""
    if any(isinstance(leaf, Brackets) for _, leaf in leaves(value, walker.words)):
        return
    for entry in spread(value, field, walker.words, walker.book):
        yield tuple(c.head.lines[0].before for c in entry.at), entry.figure


def leaves(table: object, words: Words) -> Iterator[tuple[tuple[str, ...], object]]:
    """Each leaf of a table behind the words that lead to it."""
    if isinstance(table, Branch):
        names = words(table.dimension)
        for word, inner in table.entries.items():
            for rest, leaf in leaves(inner, words):
                yield (names.get(word, "其他" if word == OTHER else word), *rest), leaf
    else:
        yield (), table


def said(label: str, text: str) -> Fact:
    """A fact in words, without a figure."""
    return Fact(label=label, cell=plain(text))


def facts_block(title: str, *facts: Fact) -> Block:
    """A block of facts only."""
    return Block(title=title, items=(Item(facts=facts),))


def _only_facts(block: Block) -> bool:
    return bool(block.items) and all(item.facts for item in block.items)


def _only_one(edition: Edition, blocks: list[Block]) -> bool:
    """Whether a rule of participation (等待期, 生育 …) is one line, which needs no heading above it."""
    alone = [fact for block in blocks for item in block.items for fact in item.facts]
    return not isinstance(edition, BenefitEdition | ContributionEdition) and len(alone) == 1


def merged(title: str, blocks: list[Block]) -> Block:
    """Blocks as one, in their order; neighbouring facts become one list."""
    items: list[Item] = []
    for item in (item for block in blocks for item in block.items):
        if item.facts and items and items[-1].facts:
            items[-1] = Item(facts=(*items[-1].facts, *item.facts))
        else:
            items.append(item)
    return Block(title=title, items=tuple(items))


def edition_view(area: PoolingArea, edition: Edition, anchor: str, current: bool, source_href: str) -> EditionView:
    """One edition with everything it says and the notes that say where from."""
    book = NoteBook(area, anchor, source_href)
    walker = Walker(area, book, edition)
    blocks = walker.blocks()
    return EditionView(
        id=anchor,
        title=f"{edition.since.year} 年 {edition.since.month} 月起的标准",
        period=period_words(edition.since, edition.until),
        current=current,
        mark=mark_of(edition.status),
        note=edition.note,
        blocks=blocks,
        notes=book.notes(),
    )


def weakest_first(edition: Edition) -> tuple[str, ...]:
    """The statuses of an edition's figures, weakest first."""
    found = {figure.status for figure in edition.figures} or {edition.status}
    return tuple(sorted(found, key=lambda status: -STATUS_ORDER[status]))
