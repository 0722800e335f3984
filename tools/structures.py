"""docs/structures.md from docs/structures.yaml and the cases: which rules of real areas can be written, how, and where
that is proved.

    .venv/bin/python tools/structures.py            # write it
    .venv/bin/python tools/structures.py --check    # only say whether it is current

A case names the rows it proves in ``structures``. Of its policy the keys named under ``show`` are quoted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sitegen.yamlfile import read_yaml  # noqa: E402 - the project is not installed

CATALOGUE, PAGE = ROOT / "docs/structures.yaml", ROOT / "docs/structures.md"
MOST_OUT_OF_REACH = 5
LONGEST = 260
HEAD = """# 规定的写法

真实地区的医保规定有哪些不同的写法，在政策文件里怎么写，哪个案例证明它真的这样算。由 `tools/structures.py` 从
[structures.yaml](structures.yaml) 和 `tests/cases/` 生成，不要直接改。键的意思见 [政策文件怎么写](policy-format.md)。
"""


def read(path: Path) -> Any:
    """A YAML file of the project, read as strictly as everything else."""
    document, problems = read_yaml(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
    if document is None:
        raise SystemExit("\n".join(str(problem) for problem in problems))
    return document.data


def cases() -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Every case that names structures, with its file; those written for the catalogue come first."""
    paths = (ROOT / "tests/cases").rglob("*.yaml")
    for path in sorted(paths, key=lambda path: (path.parent.name != "structures", path)):
        found = read(path)
        for case in found if isinstance(found, list) else [found]:
            if case.get("structures"):
                yield path.relative_to(ROOT), case


def policy_of(case: Mapping[str, Any]) -> Mapping[str, Any]:
    """The policy document of a case."""
    area = case["area"]
    if isinstance(area, list):
        area = area[0]
    if not isinstance(area, str):
        return dict(area)
    for folder in ("areas", "illustrative"):
        path = ROOT / "policies" / folder / f"{area}.yaml"
        if path.exists():
            return dict(read(path))
    return {}


def quoted(policy: Mapping[str, Any], case: Mapping[str, Any], show: list[str]) -> str:
    """The keys to show, in flow style, each from where it stands first; those of the case's kind of care go before."""
    parts = []
    for key in show:
        for place in (*_own_benefits(policy, case), *_own_edition(policy, case), policy):
            found = next(_find(place, key), None)
            if found is not None:
                parts.append(f"{key}: {flow(found)}")
                break
    return "　".join(part if len(part) <= LONGEST else part[:LONGEST] + " …" for part in parts)


def _own_benefits(policy: Mapping[str, Any], case: Mapping[str, Any]) -> list[Any]:
    care = case.get("kind", "inpatient")
    return [benefit for benefit in policy.get("benefits", ()) if benefit.get("care") == care]


_PARTS = {
    "employee_contribution": ("contributions", "employee"),
    "flexible_contribution": ("contributions", "employee"),
    "resident_contribution": ("contributions", "resident"),
    "coverage_break": ("waiting", ""),
    "retirement_years": ("retirement", "employee"),
    "maternity": ("maternity", "employee"),
    "care_insurance": ("care_insurance", "employee"),
}
"""Calculators without a bill: the key of the policy they read, and the scheme unless the case says it."""


def _own_edition(policy: Mapping[str, Any], case: Mapping[str, Any]) -> list[Any]:
    """The edition that a case without a bill goes by."""
    key, scheme = _PARTS.get(case.get("kind", ""), ("", ""))
    scheme = case["case"].get("scheme", scheme)
    editions = [e for item in policy.get(key, ()) if item["scheme"] == scheme for e in item["editions"]]
    return [e for e in editions if e["from"] <= str(case["case"].get("date", ""))][-1:]


def _find(part: Any, key: str) -> Iterator[Any]:
    if isinstance(part, Mapping):
        if key in part:
            yield part[key]
        for value in part.values():
            yield from _find(value, key)
    elif isinstance(part, list):
        for value in part:
            yield from _find(value, key)


def flow(value: Any) -> str:
    """A value as YAML on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return "null" if value is None else str(value)


def page() -> str:
    """The whole page."""
    proved: dict[str, list[tuple[Path, Mapping[str, Any]]]] = {}
    for path, case in cases():
        for row in case["structures"]:
            proved.setdefault(row, []).append((path, case))
    lines = [HEAD]
    known: set[str] = set()
    for section in read(CATALOGUE):
        lines += [f"## {section['section']}\n", "| 编号 | 写法 | YAML | 案例 |", "|---|---|---|---|"]
        for row, entry in section["rows"].items():
            known.add(row)
            lines.append(_row(row, entry, proved.get(row, [])))
        lines.append("")
    unknown = sorted(set(proved) - known)
    if unknown:
        raise SystemExit(f"这些编号不在 docs/structures.yaml 里：{'、'.join(unknown)}")
    return "\n".join(lines).rstrip() + "\n"


def _row(row: str, entry: Mapping[str, Any], found: list[tuple[Path, Mapping[str, Any]]]) -> str:
    if "out_of_reach" in entry:
        return f"| {row} | {entry['title']} | 写不出来：{entry['out_of_reach']} | |"
    named = "<br>".join(f"`{case['id']}`（[{path.name}](../{path.as_posix()})）" for path, case in found[:3])
    snippet = next((text for _, case in found if (text := quoted(policy_of(case), case, entry["show"]))), "")
    code = f"`{snippet.replace('|', chr(92) + '|')}`" if snippet else ""
    return f"| {row} | {entry['title']} | {code} | {named} |"


def unproved() -> list[str]:
    """The rows that no case proves and that are not declared out of reach."""
    named = {row for _, case in cases() for row in case["structures"]}
    return [
        row
        for section in read(CATALOGUE)
        for row, entry in section["rows"].items()
        if row not in named and "out_of_reach" not in entry
    ]


def out_of_reach() -> list[str]:
    """The rows that cannot be written."""
    return [row for section in read(CATALOGUE) for row, entry in section["rows"].items() if "out_of_reach" in entry]


def main() -> None:
    """Write the page, or check it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    text = page()
    if parser.parse_args().check:
        current = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
        raise SystemExit(0 if current else "docs/structures.md 不是最新的；运行 tools/structures.py")
    PAGE.write_text(text, encoding="utf-8")
    missing = unproved()
    print(f"写好了 {PAGE.relative_to(ROOT)}。" + (f"还没有案例的：{'、'.join(missing)}" if missing else ""))


if __name__ == "__main__":
    main()
