"""A miniature tree: one invented place, one guide, a glossary; small enough to read, whole enough to build."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sitegen.load import Tree, load

ROOT = Path(__file__).resolve().parents[2]

AREA = "policies/illustrative/test-city.yaml"
GUIDE = "content/guides/zhu-yuan.md"

FILES: Mapping[str, str] = {
    "policies/sources.yaml": """\
article:
  title: 住院能报多少
  issuer: 试验日报
  kind: secondary
  published_on: 2026-01-03
  url: https://example.org/article
""",
    AREA: """\
# yaml-language-server: $schema=../area.schema.json
id: test-city
name: 试验市
province: 试验省
pooled_at: city
fictional: true
checked_on: 2026-01-02
sources:
  notice:
    title: 试验市医保待遇通知
    issuer: 试验市医疗保障局
    kind: official
benefits:
  - scheme: employee
    care: inpatient
    editions:
      - from: 2026-01-01
        status: illustrative
        sources: [notice]
        layers:
          - id: basic
            name: 统筹基金
            deductible: {per: admission, amount: {tertiary: [1000, 500], secondary: 600}}
            ratio: {tertiary: 85%, secondary: 90%}
            cap: {amount: 100000, of: fund_payment, per: year}
        away:
          cases:
            unfiled: {reduce_points: 20%}
            referral: {same_as: local}
""",
    "content/glossary.yaml": """\
- id: deductible
  term: 起付线
  gloss: 医保开始报销之前，您自己要先付的那一段。
  also: [门槛费]
""",
    "content/groups.yaml": """\
- {id: home, title: 在家看病, summary: 住院和门诊。}
""",
    GUIDE: """\
---
title: 住院能报多少
area: test-city
as_of: 2026-03-01
reviewed_on: 2026-03-02
for_whom: 参加试验市职工医保的人
group: home
summary: 三级医院按{value}`employee/inpatient/layers.basic.ratio.tertiary`报。
---

::: short
先减{term}`起付线`，再乘比例。
:::

## 怎么算

三级医院第一次住院，{term}`deductible`是{value}`employee/inpatient/layers.basic.deductible.amount.tertiary[0]`（{source}`notice`）。

```{example} 三级医院花了 1 万元
case: {scheme: employee, group: in_service, level: tertiary, date: 2026-03-01, bill: {total: 10000}}
expect: {fund: 7650.00, person: 2350.00}
article:
  source: article
  says: {fund: 8500}
  how: 1 万元 × 85%
  difference: 没有减起付线。
```

```{calculator} inpatient
```

见[上文](#怎么算)和[这个地方](/areas/test-city/)。
""",
}


@cache
def program() -> Tree:
    """The templates and the calculator of this checkout, read once."""
    return load(ROOT, ("templates", "calculator"))


def miniature(changes: Mapping[str, str | None] = {}) -> Tree:
    """The tree in memory with some files replaced, added or, with None, left out."""
    files = {**FILES, **changes}
    own = {path: text for path, text in files.items() if text is not None}
    texts = {**program().texts, **own}
    return Tree(root=ROOT, texts={path: texts[path] for path in sorted(texts)}, blobs=program().blobs)


def on_disk(folder: Path, changes: Mapping[str, str | bytes] = {}) -> Path:
    """The same tree in a folder, with the program's own files beside it as links that stay inside."""
    for path, text in program().texts.items():
        _put(folder / path, text)
    for path, data in program().blobs.items():
        _put(folder / path, data)
    for path, content in {**FILES, **changes}.items():
        _put(folder / path, content)
    _put(folder / "pyproject.toml", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return folder


def _put(file: Path, content: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        file.write_text(content, encoding="utf-8", newline="\n")
