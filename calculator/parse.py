"""A policy document → the domain model. Every key a policy file may have is defined here, once.

The same definitions print the JSON Schema that editors complete and check with (``area_schema``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from calculator.errors import InvalidData, Path, nearest_word, shown
from calculator.layers import away_shape, guarantee_shape, layer_shape
from calculator.model import (
    CARE_WORDS,
    DISTANCE_WORDS,
    FILING_WORDS,
    LEVEL_WORDS,
    SCHEME_WORDS,
    Away,
    Benefit,
    BenefitEdition,
    Branch,
    Care,
    Contribution,
    ContributionBase,
    ContributionEdition,
    ContributionPart,
    Edition,
    Layer,
    PoolingArea,
    Rounding,
    Scheme,
    Source,
    Status,
)
from calculator.money import MODES, UNITS
from calculator.rules import filings
from calculator.shape import (
    FAILED,
    Annotation,
    Day,
    FigureOf,
    Flag,
    Key,
    ListOf,
    MapOf,
    Provenance,
    Reading,
    Record,
    Schema,
    Shape,
    SourceIds,
    TableOf,
    Text,
    Word,
    covers,
    identifier,
    refuse_unknown_keys,
)

OWN_PARTS = ("deductible", "share", "over_cap", "first_pay", "away_first_pay", "self_funded", "over_limit")
"""The parts of what a person pays, as data name them; see ``stages``."""

_URL = r"https?://[^\s\"'<>]+"
SOURCE_KEYS: Mapping[str, Key] = {
    "title": Key(Text("标题"), required=True),
    "issuer": Key(Text("发布者"), required=True),
    "kind": Key(Word(("official", "secondary")), required=True, help="official 官方文件，secondary 转述"),
    "document": Key(Text("文号"), default=""),
    "published_on": Key(Day(), help="发布日期"),
    "url": Key(Text("网址", pattern=_URL, example="https://example.org/notice"), default=""),
    "archived_url": Key(Text("网址", pattern=_URL, example="https://example.org/notice"), default=""),
    "note": Key(Text("一句说明"), default=""),
}
_SOURCES = MapOf(Record(dict, SOURCE_KEYS, "一个出处"), "出处")

_ROUNDING = Record(
    Rounding,
    {
        "at": Key(Word(("end", "layer", "segment")), default="end", help="在哪一步取整"),
        "unit": Key(Word(tuple(UNITS)), default="fen"),
        "mode": Key(Word(tuple(MODES)), default="half_up"),
    },
    "取整规则",
)

_BENEFIT_RULES: Mapping[str, Key] = {
    "date_by": Key(Word(("discharge", "admission")), default="discharge", help="按出院日还是入院日选用标准"),
    "layers": Key(ListOf(layer_shape(OWN_PARTS)), required=True, help="保障层，按结算顺序"),
    "away": Key(away_shape(), help="异地就医规则"),
    "guarantee": Key(guarantee_shape(), help="保底比例"),
    "account": Key(
        Record(
            lambda may_pay: may_pay,
            {"may_pay": Key(ListOf(Word(OWN_PARTS), distinct=True), required=True)},
            "个人账户可支付的部分",
        )
    ),
    "rounding": Key(_ROUNDING, default=Rounding()),
}

_PART = Record(
    ContributionPart,
    {
        "id": Key(identifier("这一项的 id", "employer"), required=True),
        "name": Key(Text("这一项的名字"), required=True),
        "payer": Key(Word(("employer", "person", "government")), required=True),
        "rate": Key(TableOf(FigureOf("percent"), "percent")),
        "amount": Key(TableOf(FigureOf("yuan"), "yuan")),
    },
    "缴费的一项",
)
_CONTRIBUTION_RULES: Mapping[str, Key] = {
    "base": Key(
        Record(
            ContributionBase,
            {"floor": Key(FigureOf("yuan"), required=True), "ceiling": Key(FigureOf("yuan"), required=True)},
            "缴费基数的下限和上限",
        ),
        help="缴费基数（元/月），职工医保要写",
    ),
    "parts": Key(ListOf(_PART), required=True),
    "account": Key(
        Record(lambda rate: rate, {"rate": Key(TableOf(FigureOf("percent"), "percent"), required=True)}, "划入比例"),
        help="划入个人账户的比例",
    ),
    "rounding": Key(_ROUNDING, default=Rounding()),
}

_ANNOTATION_KEYS: Mapping[str, Key] = {
    "field": Key(Text("字段名", longest=200), required=True),
    "status": Key(Word(tuple(Status)), required=True),
    "sources": Key(SourceIds(), required=True),
    "note": Key(Text("一句说明"), default=""),
}
_HEAD_KEYS: Mapping[str, Key] = {
    "from": Key(Day(), required=True, help="从哪一天起执行"),
    "until": Key(Day(), help="执行到哪一天，含当天"),
    "status": Key(Word(tuple(Status)), required=True, help="这一版的可信程度"),
    "sources": Key(SourceIds(), required=True),
    "note": Key(Text("一句说明"), default=""),
    "annotations": Key(ListOf(Record(dict, _ANNOTATION_KEYS, "一条批注")), default=()),
}


@dataclass(frozen=True, slots=True)
class EditionOf(Shape):
    """One edition: a head that says from when and from where, then rules whose figures inherit that provenance."""

    build: type[Edition]
    rules: Mapping[str, Key]

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, Mapping):
            return reading.refuse(path, f"写的是{shown(found)}，应是一版标准（from、status、sources …）", "type")
        refuse_unknown_keys(found, {**_HEAD_KEYS, **self.rules}, path, reading)
        head = self._keys(found, _HEAD_KEYS, path, reading)
        outer = (reading.root, reading.document, reading.annotations, reading.figures)
        reading.root, reading.document, reading.figures = path, found, []
        reading.annotations = self._annotations(head, path)
        status = Status.ILLUSTRATIVE if head["status"] is FAILED else Status(head["status"])
        sources = () if head["sources"] is FAILED else head["sources"]
        with reading.under(Provenance(status, sources, "" if head["note"] is FAILED else head["note"])):
            rules = self._keys(found, self.rules, path, reading)
        figures, broken = tuple(reading.figures), any(value is FAILED for value in (*head.values(), *rules.values()))
        if not broken:
            self._refuse_unused(reading.annotations, figures, reading)
        reading.root, reading.document, reading.annotations, reading.figures = outer
        reading.figures.extend(figures)
        if broken:
            return FAILED
        if head["until"] and head["until"] < head["from"]:
            return reading.refuse((*path, "until"), f"结束日 {head['until']} 早于开始日 {head['from']}", "edition")
        return self.build(
            since=head["from"], until=head["until"], status=status, sources=sources, note=head["note"],
            figures=figures, **rules,
        )  # fmt: skip

    @staticmethod
    def _keys(found: Mapping[str, Any], keys: Mapping[str, Key], path: Path, reading: Reading) -> dict[str, Any]:
        known = {name: value for name, value in found.items() if name in keys}
        values: dict[str, Any] = {}
        for name, key in keys.items():
            if name in known:
                values[name] = key.shape.read(known[name], (*path, name), reading)
            elif key.required:
                values[name] = reading.refuse(path, f"缺少 {name}{key.help and f'（{key.help}）'}", "missing")
            else:
                values[name] = key.default
        return values

    @staticmethod
    def _annotations(head: Mapping[str, Any], path: Path) -> Sequence[Annotation]:
        if head["annotations"] is FAILED:
            return ()
        return tuple(
            Annotation(a["field"], Status(a["status"]), a["sources"], a["note"], (*path, "annotations", i, "field"))
            for i, a in enumerate(head["annotations"])
        )

    @staticmethod
    def _refuse_unused(annotations: Sequence[Annotation], figures: Sequence[Any], reading: Reading) -> None:
        """An annotation must name a field that holds a figure."""
        names = [figure.reference[len(reading.prefix) :] for figure in figures]
        for number, annotation in enumerate(annotations):
            if annotation.field in [other.field for other in annotations[:number]]:
                reading.refuse(annotation.path, f"{shown(annotation.field)} 已经批注过", "duplicate")
            if not any(covers(annotation.field, name) for name in names):
                near = nearest_word(annotation.field, names)
                reading.refuse(annotation.path, f"这一版里没有{shown(annotation.field)}这个字段{near}", "annotation")

    def schema(self) -> Schema:
        keys = {**_HEAD_KEYS, **self.rules}
        return Record(dict, keys).schema()


@dataclass(frozen=True, slots=True)
class EditionsOf(Shape):
    """A benefit or contribution: what it is for, then editions, oldest first, that never overlap."""

    build: type[Benefit | Contribution]
    head: Mapping[str, Key]
    edition: EditionOf

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, Mapping):
            return reading.refuse(
                path, f"写的是{shown(found)}，应是一组键值（{'、'.join(self.head)}、editions）", "type"
            )
        keys = {**self.head, "editions": Key(ListOf(self.edition), required=True)}
        scheme, care = found.get("scheme"), found.get("care", "contribution")
        outer_words, outer_prefix = reading.words, reading.prefix
        groups = outer_words.get(f"group:{scheme}", {})
        reading.words = {d: w for d, w in outer_words.items() if not d.startswith("group:")} | {"group": groups}
        reading.prefix = f"{scheme}/{care}/"
        result = Record(lambda **values: values, keys).read(found, path, reading)
        reading.words, reading.prefix = outer_words, outer_prefix
        if result is FAILED:
            return FAILED
        self._refuse_disorder(result["editions"], path, reading)
        enums = {"scheme": Scheme(result["scheme"])} | ({"care": Care(result["care"])} if "care" in result else {})
        return self.build(**(result | enums))

    @staticmethod
    def _refuse_disorder(editions: Sequence[Edition], path: Path, reading: Reading) -> None:
        for index, (older, newer) in enumerate(pairwise(editions), start=1):
            place = (*path, "editions", index, "from")
            if newer.since <= older.since:
                reading.refuse(place, f"各版要从旧到新排列：{newer.since} 不晚于上一版的 {older.since}", "edition")
            elif older.until and older.until >= newer.since:
                last = newer.since - timedelta(days=1)
                reading.refuse(place, f"和上一版重叠：上一版到 {older.until}，应不晚于 {last}", "edition")

    def schema(self) -> Schema:
        return Record(dict, {**self.head, "editions": Key(ListOf(self.edition), required=True)}).schema()


_BENEFIT = EditionsOf(
    Benefit,
    {"scheme": Key(Word(tuple(SCHEME_WORDS)), required=True), "care": Key(Word(tuple(CARE_WORDS)), required=True)},
    EditionOf(BenefitEdition, _BENEFIT_RULES),
)
_CONTRIBUTION = EditionsOf(
    Contribution,
    {"scheme": Key(Word(tuple(SCHEME_WORDS)), required=True)},
    EditionOf(ContributionEdition, _CONTRIBUTION_RULES),
)
_NAMES = MapOf(Text("显示的名字", longest=40), "id: 名字")

AREA_KEYS: Mapping[str, Key] = {
    "id": Key(identifier("统筹区的 id", "guangdong-guangzhou"), required=True, help="与文件名相同"),
    "name": Key(Text("统筹区的名字", longest=40), required=True),
    "province": Key(Text("省份的名字", longest=40), required=True),
    "pooled_at": Key(Word(("city", "province")), required=True, help="统筹层次：city 市级，province 省级"),
    "fictional": Key(Flag(), default=False, help="虚构的地区，只作示例"),
    "checked_on": Key(Day(), required=True, help="有人把本文件和出处逐项核对过的日子"),
    "phone": Key(Text("电话", pattern=r"[0-9-]{5,20}", example="12393"), default="12393"),
    "levels": Key(_NAMES, default=LEVEL_WORDS, help="医院等级"),
    "groups": Key(
        Record(
            lambda employee, resident: {"employee": employee, "resident": resident},
            {
                "employee": Key(_NAMES, default={"in_service": "在职", "retired": "退休"}),
                "resident": Key(_NAMES, default={"everyone": "居民"}),
            },
            "各险种的人员类别",
        ),
        default={"employee": {"in_service": "在职", "retired": "退休"}, "resident": {"everyone": "居民"}},
        help="人员类别",
    ),
    "gaps": Key(ListOf(Text("一句话")), default=(), help="本站还没有收录什么"),
    "sources": Key(_SOURCES, default={}),
    "benefits": Key(ListOf(_BENEFIT), default=()),
    "contributions": Key(ListOf(_CONTRIBUTION), default=()),
}


def parse_area(document: object, shared_sources: Mapping[str, Mapping[str, Any]] | None = None) -> PoolingArea:
    """The policy of one pooling area. Raises InvalidData with every problem of the document.

    ``shared_sources`` are documents cited by many areas, in the same form as the file's own ``sources``.
    """
    reading = Reading()
    if not isinstance(document, Mapping):
        reading.refuse((), f"整个文件写的是{shown(document)}，应是一组键值（id、name、province …）", "type")
        raise InvalidData(reading.problems)
    shared = parse_sources(shared_sources or {}, reading)
    refuse_unknown_keys(document, AREA_KEYS, (), reading)
    words_ok = _read_words(document, reading)
    reading.known_sources = frozenset(shared) | frozenset(_keys_of(document.get("sources")))
    values: dict[str, Any] = {}
    for name, key in AREA_KEYS.items():
        if name in document and (words_ok or name not in ("benefits", "contributions")):
            values[name] = key.shape.read(document[name], (name,), reading)
        elif name not in document and key.required:
            values[name] = reading.refuse((), f"缺少 {name}{key.help and f'（{key.help}）'}", "missing")
        else:
            values[name] = key.default
    _refuse_repeats(values, reading)
    _refuse_bad_layers(values, reading)
    _refuse_odd_contributions(values, reading)
    own, unused = values["sources"], []
    if own is not FAILED:
        for name in own:
            # after other problems nobody knows what the rest would have cited
            if name not in reading.cited and not reading.problems:
                unused.append(name)
            if name in shared:
                reading.refuse(("sources", name), f"“{name}”与共用出处同名", "source")
        _refuse_unofficial(values, {**shared, **_sources(own)}, reading)
        for name in unused:
            reading.refuse(("sources", name), f"没有任何数字引用出处“{name}”", "source")
    if reading.problems:
        raise InvalidData(_unique(reading.problems))
    cited = {name: source for name, source in {**shared, **_sources(own)}.items() if name in reading.cited}
    return PoolingArea(**(values | {"sources": cited}))


def parse_sources(found: Mapping[str, Mapping[str, Any]], reading: Reading | None = None) -> dict[str, Source]:
    """Shared sources → ``Source`` by id. Raises InvalidData unless a ``reading`` collects the problems."""
    own = reading or Reading()
    read = _SOURCES.read(found, (), own) if found else {}
    if reading is None and own.problems:
        raise InvalidData(own.problems)
    return {} if read is FAILED else _sources(read)


def _sources(read: Mapping[str, Mapping[str, Any]]) -> dict[str, Source]:
    return {name: Source(id=name, **values) for name, values in read.items()}


def _keys_of(found: object) -> list[str]:
    return [str(key) for key in found] if isinstance(found, Mapping) else []


def _unique(problems: Sequence[Any]) -> list[Any]:
    return list(dict.fromkeys(problems))


def _read_words(document: Mapping[str, Any], reading: Reading) -> bool:
    """The words that tables of this area may use: its levels and groups, the filings and distances. None may clash."""
    trial = Reading()
    levels = AREA_KEYS["levels"].shape.read(document.get("levels", LEVEL_WORDS), ("levels",), trial)
    groups = AREA_KEYS["groups"].shape.read(document.get("groups", {}), ("groups",), trial)
    if FAILED in (levels, groups):
        return False
    taken = {**FILING_WORDS, **DISTANCE_WORDS}
    clashes = False
    for name in levels:
        if name in taken or name == "all":
            reading.refuse(("levels", name), f"“{name}”已经另有意思，换一个名字", "words")
            clashes = True
    for scheme, names in groups.items():
        for name in names:
            if name in taken or name in levels or name == "all":
                reading.refuse(("groups", scheme, name), f"“{name}”已经另有意思，换一个名字", "words")
                clashes = True
    reading.words = {
        "level": levels,
        "filing": {name: words for name, words in FILING_WORDS.items() if name != "local"},
        "distance": DISTANCE_WORDS,
        **{f"group:{scheme}": names for scheme, names in groups.items()},
    }
    return not clashes


def _refuse_repeats(values: Mapping[str, Any], reading: Reading) -> None:
    """One benefit for a scheme and a kind of care, one contribution for a scheme."""
    for name in ("benefits", "contributions"):
        seen: dict[tuple[str, ...], int] = {}
        for index, item in enumerate(values[name] if values[name] is not FAILED else ()):
            identity = (item.scheme, item.care) if isinstance(item, Benefit) else (item.scheme,)
            if identity in seen:
                reading.refuse(
                    (name, index), f"{' / '.join(identity)} 在 {name}[{seen[identity]}] 已经写过", "duplicate"
                )
            seen.setdefault(identity, index)


def _refuse_bad_layers(values: Mapping[str, Any], reading: Reading) -> None:
    """Layer ids are unique; a base needs what it names; out-of-area rules name layers that exist."""
    for b, benefit in enumerate(values["benefits"] if values["benefits"] is not FAILED else ()):
        for e, edition in enumerate(benefit.editions):
            place: Path = ("benefits", b, "editions", e)
            ids = [layer.id for layer in edition.layers]
            for n, layer in enumerate(edition.layers):
                if layer.id in ids[:n]:
                    reading.refuse((*place, "layers", n, "id"), f"这一版里已经有叫“{layer.id}”的层", "duplicate")
                _refuse_bad_base(layer, n, edition.layers, (*place, "layers", n), reading)
            _refuse_unknown_layers(edition.away, ids, place, reading)
            _refuse_circles(edition.away, place, reading)
            _refuse_ranges_beside_whole(edition, place, reading)


def _refuse_bad_base(layer: Layer, number: int, layers: Sequence[Layer], place: Path, reading: Reading) -> None:
    if layer.base.kind == "eligible" and number > 0:
        reading.refuse((*place, "base"), "只有第一层按 eligible 计算；后面的层写 excess 或 {own: […]}", "layer")
    elif layer.base.kind == "excess" and number == 0:
        reading.refuse((*place, "base"), "第一层前面没有别的层，不能算“超过封顶线的部分”；应是 eligible", "layer")
    elif layer.base.kind == "excess" and layers[number - 1].base.kind == "own":
        name = layers[number - 1].id
        message = f"上一层“{name}”按个人负担计算，没有超过封顶线的费用；excess 要紧跟在按费用计算的层后面"
        reading.refuse((*place, "base"), message, "layer")
    elif layer.base.kind == "excess" and layers[number - 1].cap.amount is None and layers[number - 1].cap.known:
        name = layers[number - 1].id
        reading.refuse((*place, "base"), f"上一层“{name}”没有封顶线，没有超过的部分可算", "layer")


def _refuse_unknown_layers(away: Away | None, ids: Sequence[str], place: Path, reading: Reading) -> None:
    if away is None:
        return
    if not away.layers and len(ids) > 1:
        reading.refuse(
            (*place, "away"), f"有 {len(ids)} 层，要写 layers，说明异地规则改哪几层：{'、'.join(ids)}", "layer"
        )
    for n, name in enumerate(away.layers):
        if name not in ids:
            near = nearest_word(name, ids)
            reading.refuse((*place, "away", "layers", n), f"这一版没有叫{shown(name)}的层{near}", "layer")


def _refuse_circles(away: Away | None, place: Path, reading: Reading) -> None:
    """``same_as`` must end somewhere: no case may lead back to itself, and the case it leads to must have a rule."""
    if away is None:
        return
    targets = dict(_same_as(away.cases))
    known = {"local", *filings(away.cases)}
    for filing, leads_to in targets.items():
        for target in sorted(leads_to):
            if target not in known:
                message = f"same_as 写的是“{target}”，但这里没有 {target} 的规则"
                reading.refuse((*place, "away", "cases"), message, "away")
        seen, todo = set(), set(leads_to)
        while todo:
            seen |= todo
            todo = set().union(*(targets.get(name, set()) for name in todo)) - seen
        if filing in seen:
            reading.refuse((*place, "away", "cases"), f"same_as 绕回了自己：{filing}", "away")


def _same_as(table: Any, filing: str = "") -> Iterator[tuple[str, set[str]]]:
    """Each filing with the filings it is treated as, anywhere in the table."""
    found: dict[str, set[str]] = {}
    for name, choice in _leaves(table, filing):
        for treatment in choice.treatments:
            if treatment.same_as is not None:
                found.setdefault(name, set()).update(map(str, treatment.same_as.values))
    yield from found.items()


def _leaves(table: Any, filing: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(table, Branch):
        yield filing, table
        return
    for word, entry in table.entries.items():
        yield from _leaves(entry, word if table.dimension == "filing" else filing)


def _refuse_ranges_beside_whole(edition: BenefitEdition, place: Path, reading: Reading) -> None:
    """Where paying can drop as an amount rises, the two ends of a range are not the ends of the estimate."""
    if any("whole" in figure.values for figure in edition.figures):
        for figure in edition.figures:
            if figure.kind == "range" and figure.unit == "yuan":
                message = f"有全额按一个比例（whole）的分段表时，{figure.reference} 不能是范围；写成 disputed 或一个数"
                reading.refuse(place, message, "range")


def _refuse_odd_contributions(values: Mapping[str, Any], reading: Reading) -> None:
    """A rate needs a base; a part is a rate or an amount; the floor is below the ceiling."""
    for c, contribution in enumerate(values["contributions"] if values["contributions"] is not FAILED else ()):
        for e, edition in enumerate(contribution.editions):
            place: Path = ("contributions", c, "editions", e)
            ids = [part.id for part in edition.parts]
            for n, part in enumerate(edition.parts):
                if part.id in ids[:n]:
                    reading.refuse((*place, "parts", n, "id"), f"这一版里已经有叫“{part.id}”的一项", "duplicate")
                if (part.rate is None) == (part.amount is None):
                    reading.refuse((*place, "parts", n), "要写 rate 或 amount，而且只写一个", "contribution")
                elif part.rate is not None and edition.base is None:
                    reading.refuse((*place, "parts", n, "rate"), "按比例缴费要先写 base（缴费基数）", "contribution")
            if edition.account is not None and edition.base is None:
                reading.refuse((*place, "account"), "按比例划入要先写 base（缴费基数）", "contribution")
            base = edition.base
            if base and min(base.ceiling.values) <= max(base.floor.values):
                reading.refuse((*place, "base"), "上限应高于下限", "contribution")


def _refuse_unofficial(values: Mapping[str, Any], sources: Mapping[str, Source], reading: Reading) -> None:
    """An ``official`` figure has an official source; invented figures belong to fictional areas alone."""
    for name in ("benefits", "contributions"):
        for i, item in enumerate(values[name] if values[name] is not FAILED else ()):
            for e, edition in enumerate(item.editions):
                place: Path = (name, i, "editions", e, "status")
                stated = [("这一版", edition.status, edition.sources)]
                stated += [
                    (f"“{f.reference}”", f.status, f.sources)
                    for f in edition.figures
                    if (f.status, f.sources) != (edition.status, edition.sources)
                ]
                for what, status, ids in stated:
                    message = _provenance_fault(status, ids, values["fictional"], sources)
                    if message:
                        reading.refuse(place, f"{what}{message}", "provenance")


def _provenance_fault(status: Status, ids: Sequence[str], fictional: object, sources: Mapping[str, Source]) -> str:
    if status is Status.OFFICIAL and not any(sources[s].kind == "official" for s in ids if s in sources):
        return "标为 official，却没有官方出处"
    if fictional is True and status is not Status.ILLUSTRATIVE:
        return f"标为 {status}；虚构地区的数字都应标为 illustrative"
    if fictional is False and status is Status.ILLUSTRATIVE:
        return "标为 illustrative；真实地区不能有虚构的数字"
    return ""


def edition_days(edition: Edition, newer: Edition | None) -> tuple[date, date | None]:
    """First and last day on which an edition holds; it ends where the next begins."""
    last = edition.until or (newer.since - timedelta(days=1) if newer else None)
    return edition.since, last


def area_schema() -> Schema:
    """JSON Schema (2020-12) of a policy file."""
    from calculator.schema import policy_schema  # only editors' tools need it: not loaded in the browser

    return policy_schema()
