"""A policy document → the domain model: the file's own keys; ``reading`` has those of each mechanism.

The same definitions print the JSON Schema that editors complete and check with (``area_schema``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from calculator.errors import InvalidData, shown
from calculator.model import (
    DIMENSION_WORDS,
    DISTANCE_WORDS,
    FILING_WORDS,
    LEVEL_WORDS,
    PLACE_WORDS,
    Benefit,
    Edition,
    PoolingArea,
    Source,
    Trait,
)
from calculator.reading.benefit import BENEFIT
from calculator.reading.coherence import refuse_bad_layers, refuse_lonely_counts, refuse_lonely_lines
from calculator.reading.contribution import CONTRIBUTION, refuse_odd_contributions
from calculator.reading.ground import refuse_lonely_shares
from calculator.reading.hospitals import GRADES, HOSPITALS, refuse_bad_hospitals
from calculator.reading.idle import refuse_idle_rules
from calculator.reading.indices import INDICES
from calculator.reading.like import with_likes
from calculator.reading.programs import PROGRAM_KEYS, programs_of, refuse_odd_programs
from calculator.reading.provenance import refuse_unofficial
from calculator.reading.published import refuse_wrong_published
from calculator.reading.services import SERVICES, refuse_bad_services
from calculator.reading.traits import NUMBERS, RESERVED, TRAITS, read_traits
from calculator.rules import dimensions_of
from calculator.services import NO_SERVICES
from calculator.shape import (
    FAILED,
    Day,
    Flag,
    Key,
    ListOf,
    MapOf,
    MonthDay,
    Reading,
    Record,
    Schema,
    Text,
    Word,
    identifier,
    refuse_unknown_keys,
)

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

_NAMES = MapOf(Text("显示的名字", longest=40), "id: 名字")

AREA_KEYS: Mapping[str, Key] = {
    "id": Key(identifier("统筹区的 id", "guangdong-guangzhou"), required=True, help="与文件名相同"),
    "name": Key(Text("统筹区的名字", longest=40), required=True),
    "province": Key(Text("省份的名字", longest=40), required=True),
    "pooled_at": Key(
        Word(("city", "province", "units", "cities")),
        required=True,
        help="统筹层次：city 市级，province 省级，units 省直单位自己一个，cities 由各市统筹，这里只有全省的规定",
    ),
    "fictional": Key(Flag(), default=False, help="虚构的地区，只作示例"),
    "checked_on": Key(Day(), required=True, help="有人把本文件和出处逐项核对过的日子"),
    "phone": Key(Text("电话", pattern=r"[0-9-]{5,20}", example="12393"), default="12393"),
    "levels": Key(_NAMES, default=LEVEL_WORDS, help="医院等级"),
    "hospital_grades": Key(GRADES, default={}, help="定级（三甲、二乙、unrated……）在当地算哪一级"),
    "hospitals": Key(HOSPITALS, default={}, help="点名的医院：等级和特征"),
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
    "year_starts": Key(MonthDay(), default=(1, 1), help="医保年度从每年哪一天开始，不写就是 01-01"),
    "traits": Key(TRAITS, default={}, help="特征：表头和条件可以用的其他分类"),
    "numbers": Key(NUMBERS, default={}, help="关于人或者住院的数，特征可以由它决定"),
    "indices": Key(INDICES, default={}, help="指标：逐年公布的数，比例可以引用"),
    "gaps": Key(ListOf(Text("一句话")), default=(), help="本站还没有收录什么"),
    "sources": Key(_SOURCES, default={}),
    "benefits": Key(ListOf(BENEFIT), default=()),
    "contributions": Key(ListOf(CONTRIBUTION), default=()),
    **PROGRAM_KEYS,
    "services": Key(SERVICES, default=NO_SERVICES, help="办事规则"),
}
WITH_EDITIONS = ("benefits", "contributions", *PROGRAM_KEYS)
"""The keys whose items have editions."""


_BY_WORDS = (*WITH_EDITIONS, "hospital_grades", "hospitals")
"""Keys that can only be read once the words of tables are known."""


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
    traits, reading.numbers = read_traits(document, reading)
    words_ok = _read_words(document, traits, reading)
    reading.known_sources = frozenset(shared) | frozenset(_keys_of(document.get("sources")))
    reading.indices = frozenset(_keys_of(document.get("indices")))
    values: dict[str, Any] = {}
    for name, key in AREA_KEYS.items():
        if name in ("traits", "numbers"):
            continue  # read with the words
        if name in document and (words_ok or name not in _BY_WORDS):
            values[name] = key.shape.read(document[name], (name,), reading)
        elif name not in document and key.required:
            values[name] = reading.refuse((), f"缺少 {name}{key.help and f'（{key.help}）'}", "missing")
        else:
            values[name] = key.default
    _refuse_repeats(values, reading)
    values["benefits"] = with_likes(values, reading)
    refuse_bad_layers(values, reading)
    refuse_idle_rules(values, reading)
    refuse_lonely_lines(values, reading)
    refuse_lonely_counts(values, reading)
    refuse_wrong_published(values, reading)
    refuse_lonely_shares(values, reading)
    refuse_bad_hospitals(values, reading)
    refuse_odd_contributions(values, reading)
    refuse_odd_programs(values, reading)
    own, unused = values["sources"], []
    if own is not FAILED:
        for name in own:
            # after other problems nobody knows what the rest would have cited
            if name not in reading.cited and not reading.problems:
                unused.append(name)
            if name in shared:
                reading.refuse(("sources", name), f"“{name}”与共用出处同名", "source")
        refuse_unofficial(values, WITH_EDITIONS, {**shared, **_sources(own)}, reading)
        refuse_bad_services(values["services"], values["fictional"], {**shared, **_sources(own)}, reading)
        for name in unused:
            reading.refuse(("sources", name), f"没有任何数字引用出处“{name}”", "source")
    _refuse_unused_traits(values, traits, reading)
    if reading.problems:
        raise InvalidData(_unique(reading.problems))
    cited = {name: source for name, source in {**shared, **_sources(own)}.items() if name in reading.cited}
    own_words = {"sources": cited, "traits": traits, "numbers": reading.numbers}
    return PoolingArea(programs=programs_of(values), **(values | own_words))


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


def _read_words(document: Mapping[str, Any], traits: Mapping[str, Trait], reading: Reading) -> bool:
    """The words that tables of this area may use: its levels, groups and traits, filings, distances. None may clash."""
    trial = Reading()
    levels = AREA_KEYS["levels"].shape.read(document.get("levels", LEVEL_WORDS), ("levels",), trial)
    groups = AREA_KEYS["groups"].shape.read(document.get("groups", {}), ("groups",), trial)
    if FAILED in (levels, groups):
        return False
    taken = {**FILING_WORDS, **DISTANCE_WORDS}
    clashes = False
    for name in levels:
        if name in taken or name in RESERVED:
            reading.refuse(("levels", name), f"“{name}”已经另有意思，换一个名字", "words")
            clashes = True
    for scheme, names in groups.items():
        for name in names:
            if name in taken or name in levels or name in RESERVED:
                reading.refuse(("groups", scheme, name), f"“{name}”已经另有意思，换一个名字", "words")
                clashes = True
    taken |= {**levels, **{name: words for names in groups.values() for name, words in names.items()}}
    for trait in traits.values():
        for name in trait.words:
            if name in taken or name in RESERVED:
                part = "bands" if trait.of else "words"
                reading.refuse(("traits", trait.id, part, name), f"“{name}”已经另有意思，换一个名字", "words")
                clashes = True
        taken |= trait.words
    reading.dimensions = DIMENSION_WORDS | {name: trait.name for name, trait in traits.items()}
    reading.words = {
        "level": levels,
        "filing": {name: words for name, words in FILING_WORDS.items() if name != "local"},
        "distance": PLACE_WORDS,
        **{name: trait.words for name, trait in traits.items()},
        **{f"group:{scheme}": names for scheme, names in groups.items()},
    }
    return not clashes


def _refuse_repeats(values: Mapping[str, Any], reading: Reading) -> None:
    """One benefit for a scheme and a kind of care, one of everything else for a scheme."""
    for name in WITH_EDITIONS:
        seen: dict[tuple[str, ...], int] = {}
        for index, item in enumerate(values[name] if values[name] is not FAILED else ()):
            identity = (item.scheme, item.care) if isinstance(item, Benefit) else (item.scheme,)
            if identity in seen:
                reading.refuse(
                    (name, index), f"{' / '.join(identity)} 在 {name}[{seen[identity]}] 已经写过", "duplicate"
                )
            seen.setdefault(identity, index)


def _refuse_unused_traits(values: Mapping[str, Any], traits: Mapping[str, Trait], reading: Reading) -> None:
    """A trait that no table and no condition asks about would be asked of readers for nothing."""
    if reading.problems:
        return  # nobody knows what the rest would have asked
    used = dimensions_of(tuple(values.values()))
    for name in traits:
        if name not in used:
            reading.refuse(("traits", name), f"没有任何表或条件用到特征“{name}”", "trait")


def edition_days(edition: Edition, newer: Edition | None) -> tuple[date, date | None]:
    """First and last day on which an edition holds; it ends where the next begins."""
    last = edition.until or (newer.since - timedelta(days=1) if newer else None)
    return edition.since, last


def area_schema() -> Schema:
    """JSON Schema (2020-12) of a policy file."""
    from calculator.schema import policy_schema  # only editors' tools need it: not loaded in the browser

    return policy_schema()
