"""开放数据: every area as JSON and as CSV under addresses that stay, described, listed with hashes, and as one archive.

The version is made of the data: the newest day on which a file was checked, and a hash of everything published. The
archive is stored, not deflated, with one fixed time: equal data give equal bytes whatever compressor is at hand.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any

from calculator.coverage import PART_WORDS, named_parts
from calculator.explain import figure_name, figure_text, value_text
from calculator.model import CARE_WORDS, SCHEME_WORDS, Figure, Source
from calculator.parse import area_schema, edition_days
from sitegen.world import AreaFile, World

HOME = "open-data/"
FORMAT = 1
"""Changes when a reader of the files must change: a key or column renamed, removed or given another meaning."""
NAME = "医保明白账：各统筹区的医保政策数据"
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
ARCHIVE, INDEX, SCHEMA, COLUMNS_FILE, README = "all.zip", "index.json", "schema.json", "columns.json", "README.txt"
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive: the earliest one that the format can say."""
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it Excel on Chinese Windows reads the file as GBK."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

COLUMNS: Mapping[str, str] = {
    "area": "统筹区的 id",
    "area_name": "统筹区的名字",
    "province": "省份",
    "fictional": "true：虚构的示例，不是任何真实地方的标准；false：真实的地方",
    "scheme": "险种：employee 职工医保，resident 居民医保；指标和办事规则是空的",
    "care": "哪种就医或哪种规则：inpatient 住院、outpatient 普通门诊、chronic 门诊慢特病、rescue 门诊急诊抢救、"
    "special_drug 双通道药品、contribution 缴费、waiting 等待期、retirement 缴费年限、maternity 生育、"
    "care_insurance 长护险、payroll 五险、cap_by_income 按收入定的封顶线、index 指标、services 办事规则",
    "from": "这一版标准从哪一天起，含当天；指标和办事规则是空的",
    "until": "到哪一天为止，含当天；空的是还在执行",
    "path": "数字在政策文件里的位置：同一份文件、同一版里不重复",
    "label": "这是什么数字，给人看",
    "kind": "exact 一个数，range 范围，disputed 说法不一，unknown 没有查到",
    "value": "exact 的数：纯数字，没有千分位和单位；是词的写词",
    "low": "range 和 disputed 的最小值",
    "high": "range 和 disputed 的最大值",
    "unit": "yuan 元；percent 比例，写小数，0.85 就是 85%；multiple 倍数，2 就是 200%；days 天、hours 小时、"
    "months 个月、years 年、year 年份；word 词，rule 一种规则",
    "text": "这个数字的说法，给人看",
    "status": "可信程度：official 官方，secondary 转述，disputed 有争议，illustrative 示例；unknown 的是空的",
    "sources": "出处的 id，用分号隔开；全文在同一个地方的 JSON 里",
    "source_titles": "出处的标题，用分号隔开",
    "alternatives": "disputed 的每一种说法：说法（出处的 id），用分号隔开",
    "note": "说明",
    "checked_on": "整份文件最近一次和出处核对的日子",
}
"""The columns of the CSV in their order, each with what stands in it."""
_TEXTS = frozenset(COLUMNS) - {"value", "low", "high"}

Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One published file: its path below `open-data/`, whose it is, its bytes."""

    path: str
    content: bytes
    area: AreaFile | None = None
    rows: int = 0
    """How many figures it holds, of a CSV."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Everything there is to download."""

    version: str
    files: tuple[File, ...]
    """Without index and archive."""
    index: File
    archive: File

    def by_path(self) -> dict[str, bytes]:
        """All of it by address in the site."""
        return {HOME + file.path: file.content for file in (*self.files, self.index, self.archive)}


def publish(world: World) -> Published:
    """The open data of a site."""
    files = (*_area_files(world), _schema(), _columns())
    version = version_of(files, (entry.area.checked_on for entry in world.areas.values()))
    inside = (*files, _readme(version), File(path=INDEX, content=_index(files, version, None)))
    archive = File(path=ARCHIVE, content=archived(inside))
    index = File(path=INDEX, content=_index(files, version, archive))
    return Published(version=version, files=files, index=index, archive=archive)


def version_of(files: Iterable[File], days: Iterable[date]) -> str:
    """「2026-11-24.1a2b3c4d」: the newest day of the data, and a hash of all files by name and content."""
    digest = sha256()
    for file in sorted(files, key=lambda file: file.path):
        digest.update(f"{file.path}\n{sha256(file.content).hexdigest()}\n".encode())
    return f"{max(days, default=date.min)}.{digest.hexdigest()[:8]}"


def cite(version: str) -> str:
    """How to name the data in a text."""
    return f"医保明白账，《各统筹区的医保政策数据》，数据版本 {version}，{LICENCE} 许可（{LICENCE_URL}）"


def path_of(entry: AreaFile, suffix: str) -> str:
    """Where the file of an area stands: the invented ones apart, so that nobody takes them for real."""
    return f"{'illustrative' if entry.fictional else 'areas'}/{entry.id}.{suffix}"


def _area_files(world: World) -> Iterator[File]:
    for entry in world.areas.values():
        rows = tuple(rows_of(entry))
        yield File(path=path_of(entry, "json"), content=_document(entry), area=entry)
        yield File(path=path_of(entry, "csv"), content=csv_of(rows), area=entry, rows=len(rows))


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _document(entry: AreaFile) -> bytes:
    """The policy file as written, with every source it cites in full."""
    sources = {name: _source(source) for name, source in entry.area.sources.items()}
    return _json({"format": FORMAT, "area": entry.document, "sources": sources})


def _source(source: Source) -> dict[str, str]:
    found = {
        "title": source.title,
        "issuer": source.issuer,
        "kind": source.kind,
        "document": source.document,
        "published_on": source.published_on.isoformat() if source.published_on else "",
        "url": source.url,
        "archived_url": source.archived_url,
        "note": source.note,
    }
    return {key: text for key, text in found.items() if text}


def rows_of(entry: AreaFile) -> Iterator[Row]:
    """One row for every figure of an area, and for every one that its file calls unknown."""
    area = entry.area
    for name, part in named_parts(area):
        newer = (*part.editions[1:], None)
        for edition, following in zip(part.editions, newer, strict=True):
            first, last = edition_days(edition, following)
            days = {"from": first.isoformat(), "until": last.isoformat() if last else ""}
            head = {"scheme": str(part.scheme), "care": name, **days}
            for figure in edition.figures:
                yield _row(entry, figure, head)
            for field in edition.unknown:
                label = f"{SCHEME_WORDS[head['scheme']]}{PART_WORDS[name]}：没有查到"
                yield _base(entry) | head | {"path": field, "label": label, "kind": "unknown"}
    for index in area.indices.values():
        for figure in index.values.values():
            yield _row(entry, figure, {"care": "index"})
    for _, _, statement in area.services.statements():
        amount = getattr(statement, "amount", None)
        if isinstance(amount, Figure):
            yield _row(entry, amount, {"care": "services"})


def _base(entry: AreaFile) -> Row:
    area = entry.area
    return dict.fromkeys(COLUMNS, "") | {
        "area": area.id,
        "area_name": area.name,
        "province": area.province,
        "fictional": "true" if area.fictional else "false",
        "checked_on": area.checked_on.isoformat(),
    }


def _row(entry: AreaFile, figure: Figure, head: Row) -> Row:
    area = entry.area
    values = [_plain(value) for value in figure.values]
    numbers = sorted(value for value in figure.values if isinstance(value, Decimal))
    one = figure.kind == "exact"
    sides = "；".join(f"{value_text(figure, s.value)}（{'、'.join(s.sources)}）" for s in figure.sides)
    return _base(entry) | head | {
        "path": figure.reference.split("/", 2)[-1],
        "label": figure_name(area, figure),
        "kind": figure.kind,
        "value": values[0] if one else "",
        "low": "" if one or not numbers else _plain(numbers[0]),
        "high": "" if one or not numbers else _plain(numbers[-1]),
        "unit": figure.unit,
        "text": figure_text(figure),
        "status": figure.status.value,
        "sources": "；".join(figure.sources),
        "source_titles": "；".join(area.sources[name].title for name in figure.sources),
        "alternatives": sides,
        "note": figure.note,
    }  # fmt: skip


def _plain(value: object) -> str:
    """A number without exponent or trailing zeros; a word as it is; a rule has no plain form."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value if isinstance(value, str) else ""


def csv_of(rows: Iterable[Row]) -> bytes:
    """RFC 4180, in UTF-8 with a byte order mark."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _harmless(value) if name in _TEXTS else value for name, value in row.items()})
    return (BOM + text.getvalue()).encode()


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


@cache
def schema() -> dict[str, Any]:
    """JSON Schema of an area's JSON: the schema of policy files, and the sources beside it."""
    area = dict(area_schema())
    definitions, draft = area.pop("$defs", {}), area.pop("$schema")
    one = area["properties"]["sources"]
    sources = {key: value for key, value in one.items() if key != "minProperties"}
    return {
        "$schema": draft,
        "title": NAME,
        "type": "object",
        "properties": {"format": {"const": FORMAT}, "area": area, "sources": sources},
        "required": ["format", "area", "sources"],
        "additionalProperties": False,
        "$defs": definitions,
    }


def _schema() -> File:
    return File(path=SCHEMA, content=_json(schema()))


def _columns() -> File:
    listed = [{"name": name, "description": text} for name, text in COLUMNS.items()]
    document = {
        "format": FORMAT,
        "encoding": "UTF-8, BOM",
        "delimiter": ",",
        "line_end": "CRLF",
        "columns": listed,
        "care": {**CARE_WORDS, **PART_WORDS},
    }
    return File(path=COLUMNS_FILE, content=_json(document))


def _readme(version: str) -> File:
    text = (
        f"{NAME}\n\n数据版本：{version}\n许可：{LICENCE}，{LICENCE_URL}\n引用：{cite(version)}\n\n"
        "areas/ 是真实的地方，illustrative/ 是虚构的示例，不是任何地方的标准。\n"
        "每个地方一份 JSON（schema.json 说明它的结构）、一份 CSV（columns.json 说明每一列）；"
        "index.json 列出全部文件和散列。\n"
        "数字会过时，也有转述的和有争议的：请连同可信程度、出处、核对日期一起用。\n"
    )
    return File(path=README, content=text.encode())


def _index(files: Iterable[File], version: str, archive: File | None) -> bytes:
    document: dict[str, Any] = {
        "format": FORMAT,
        "name": NAME,
        "version": version,
        "licence": {"id": "CC-BY-4.0", "url": LICENCE_URL},
        "cite": cite(version),
        "schema": SCHEMA,
        "columns": COLUMNS_FILE,
    }
    if archive is not None:
        document["archive"] = _listed(archive)
        document["coverage"] = "../coverage.json"
        document["changes"] = "../changes/feed.xml"
    return _json(document | {"files": [_listed(file) for file in files]})


def _listed(file: File) -> dict[str, Any]:
    found: dict[str, Any] = {"path": file.path}
    if file.area is not None:
        area = file.area.area
        found |= {"area": area.id, "name": area.name, "province": area.province, "fictional": area.fictional}
        found |= {"checked_on": area.checked_on.isoformat()}
    if file.path.endswith(".csv"):
        found["rows"] = file.rows
    return found | {"size": len(file.content), "sha256": sha256(file.content).hexdigest()}


def archived(files: Iterable[File]) -> bytes:
    """One archive of these files, in the order of their names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(files, key=lambda file: file.path):
            info = zipfile.ZipInfo(file.path, _MOMENT)
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, file.content)
    return target.getvalue()
