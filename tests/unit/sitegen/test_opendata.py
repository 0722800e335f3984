"""What can be downloaded: rows counted by hand, a schema that fits, hashes that agree, equal bytes, harmless cells."""

import csv
import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sitegen.build import pages_of, prepare
from sitegen.opendata import COLUMNS, HOME, archived, csv_of, publish, rows_of, schema
from tests.build.tree import AREA, FILES, ROOT, miniature

REAL = "policies/areas/real-city.yaml"
TEXT = (
    FILES[AREA]
    .replace("id: test-city", "id: real-city")
    .replace("试验市", "真实市")
    .replace("fictional: true\n", "")
    .replace("status: illustrative", "status: secondary")
    .replace("tertiary: [1000, 500]", "tertiary: [1000, unknown]")
    .replace(
        "ratio: {tertiary: 85%, secondary: 90%}",
        "ratio: {tertiary: {disputed: [{value: 90%, sources: [notice]}, {value: 85%, sources: [article], note: 报道}]}, "
        "secondary: {range: [80%, 85%], note: '=1+1'}}",
    )
)


@pytest.fixture(scope="module")
def prepared() -> Any:
    made = prepare(miniature({REAL: TEXT}))
    assert made.problems == ()
    return made


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_row_for_every_figure_and_for_what_is_unknown(prepared: Any) -> None:
    content = prepared.files[f"{HOME}areas/real-city.csv"]
    rows = {row["path"]: row for row in read(content)}

    assert content.startswith(b"\xef\xbb\xbfarea,area_name,province,fictional,scheme,care,from,until,path,label,")
    assert content.count(b"\r\n") == content.count(b"\n") == 9
    # 1000, 600, 85–90 %, 80–85 %, 100000, 20 points, same as at home; and one unknown
    assert len(rows) == 8
    line = rows["layers.basic.deductible.amount.tertiary[0]"]
    assert line == dict.fromkeys(COLUMNS, "") | {
        "area": "real-city", "area_name": "真实市", "province": "试验省", "fictional": "false", "scheme": "employee",
        "care": "inpatient", "from": "2026-01-01", "path": "layers.basic.deductible.amount.tertiary[0]",
        "label": "职工医保住院，统筹基金，三级：起付线（第 1 次）", "kind": "exact", "value": "1000", "unit": "yuan",
        "text": "1,000 元", "status": "secondary", "sources": "notice", "source_titles": "真实市医保待遇通知",
        "checked_on": "2026-01-02",
    }  # fmt: skip
    disputed = rows["layers.basic.ratio.tertiary"]
    assert (disputed["kind"], disputed["value"], disputed["low"], disputed["high"]) == ("disputed", "", "0.85", "0.9")
    assert disputed["alternatives"] == "90%（notice）；85%（article）"
    assert disputed["sources"] == "notice；article"
    ranged = rows["layers.basic.ratio.secondary"]
    assert (ranged["kind"], ranged["low"], ranged["high"], ranged["unit"]) == ("range", "0.8", "0.85", "percent")
    unknown = rows["layers.basic.deductible.amount.tertiary[1]"]
    assert (unknown["kind"], unknown["status"], unknown["value"]) == ("unknown", "", "")
    assert rows["away.cases.referral.same_as"]["value"] == "local"


def test_no_cell_is_a_formula(prepared: Any) -> None:
    rows = read(prepared.files[f"{HOME}areas/real-city.csv"])

    assert next(row for row in rows if row["path"] == "layers.basic.ratio.secondary")["note"] == "'=1+1"
    row = dict.fromkeys(COLUMNS, "") | {"label": "+86", "note": "-1", "text": "@x", "value": "-1", "area": "\tx"}
    (made,) = read(csv_of([row]))
    assert [made[name] for name in ("label", "note", "text", "value", "area")] == ["'+86", "'-1", "'@x", "-1", "'\tx"]


def test_the_edition_before_ends_where_the_next_begins() -> None:
    edition = TEXT.split("    editions:\n")[1]
    world = prepare(miniature({REAL: TEXT + edition.replace("2026-01-01", "2026-07-01")})).world
    rows = list(rows_of(world.areas["real-city"]))

    assert {(row["from"], row["until"]) for row in rows} == {("2026-01-01", "2026-06-30"), ("2026-07-01", "")}


def test_the_json_has_the_document_and_its_sources_and_fits_the_schema(prepared: Any) -> None:
    document = json.loads(prepared.files[f"{HOME}areas/real-city.json"])

    assert document["area"] == prepared.world.areas["real-city"].document
    assert document["sources"]["article"] == {
        "title": "住院能报多少", "issuer": "试验日报", "kind": "secondary", "published_on": "2026-01-03",
        "url": "https://example.org/article",
    }  # fmt: skip
    assert sorted(document["sources"]) == ["article", "notice"]
    assert json.loads(prepared.files[f"{HOME}schema.json"]) == schema()
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(document, schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document | {"more": 1}, schema())


def test_the_index_lists_every_file_with_its_hash(prepared: Any) -> None:
    index = json.loads(prepared.files[f"{HOME}index.json"])
    listed = {entry["path"]: entry for entry in (*index["files"], index["archive"])}

    assert set(listed) == {path.removeprefix(HOME) for path in prepared.files if path.startswith(HOME)} - {"index.json"}
    for path, entry in listed.items():
        content = prepared.files[HOME + path]
        assert (entry["size"], entry["sha256"]) == (len(content), sha256(content).hexdigest())
    assert listed["areas/real-city.csv"]["rows"] == 8
    assert listed["illustrative/test-city.json"]["fictional"] is True
    assert index["licence"]["id"] == "CC-BY-4.0"
    assert index["version"] in index["cite"]


def test_the_version_is_of_the_data(prepared: Any) -> None:
    version = publish(prepared.world).version
    other = publish(prepare(miniature({REAL: TEXT.replace("100000", "100001")})).world).version

    assert version.startswith("2026-01-02.")
    assert publish(prepare(miniature({REAL: TEXT})).world).version == version
    assert other != version


def test_the_archive_holds_it_all_and_nothing_of_the_moment(prepared: Any) -> None:
    data = publish(prepared.world)
    with zipfile.ZipFile(io.BytesIO(data.archive.content)) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("areas/real-city.csv") == prepared.files[f"{HOME}areas/real-city.csv"]
        assert "archive" not in json.loads(archive.read("index.json"))
        assert data.version in archive.read("README.txt").decode()
        assert set(names) == {file.path for file in data.files} | {"index.json", "README.txt"}
    assert archived(data.files) == archived(tuple(reversed(data.files)))


def test_the_page_leads_to_every_file(prepared: Any) -> None:
    html = next(page.html for page in pages_of(prepared.world) if page.path == "open-data/index.html")

    for file in (*publish(prepared.world).files, publish(prepared.world).archive):
        assert f'href="{file.path}"' in html
    assert publish(prepared.world).version in html
    assert all(f"<code>{name}</code>" in html for name in COLUMNS)


def test_the_document_tells_every_column() -> None:
    text = (Path(ROOT) / "docs/open-data.md").read_text(encoding="utf-8")

    assert [line for line in text.split("\n") if line.startswith("| `") and "`open-data" not in line][2:] == [
        f"| `{name}` | {words} |" for name, words in COLUMNS.items()
    ]
