"""新建: the text of a new policy file, guide or edition, right in every part but what only its author can know.

What is to be filled in is marked 【请填写：…】; `checks.unfilled` names every mark that is left, so that a file made
here passes `check` as soon as nothing is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from calculator.parse import edition_days
from calculator.shape import IDENTIFIER
from sitegen.areas import REAL, Areas
from sitegen.guides import GUIDES, Content
from sitegen.problems import nearest
from sitegen.references import parts_of
from sitegen.schema import SCHEMA_LINE
from sitegen.shapes import SLUG


class CannotMake(Exception):
    """What was asked for cannot be made; the message says why and what to do instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file to write: its path in the project and its whole text; ``line`` is where to go on."""

    path: str
    text: str
    line: int = 1


def new_area(name_id: str, name: str, province: str, today: date, areas: Areas) -> Made:
    """A policy file with one benefit to fill in (新的统筹区)."""
    if not re.fullmatch(IDENTIFIER, name_id):
        raise CannotMake(f"“{name_id}”只能用小写英文字母、数字和连字符，例如 guangdong-foshan")
    if name_id in areas.ids:
        raise CannotMake(f"“{name_id}”已经有了。要加新的一版标准，用 new edition")
    return Made(path=f"{REAL}{name_id}.yaml", text=_AREA.format(
        schema=SCHEMA_LINE, id=name_id, name=name, province=province, today=today))  # fmt: skip


def new_guide(slug: str, title: str, group: str, today: date, content: Content) -> Made:
    """A guide with the parts every guide has (新的指南)."""
    if not re.fullmatch(SLUG, slug):
        raise CannotMake(f"“{slug}”只能用小写英文字母、数字和连字符，例如 yao-dian-mai-yao")
    if slug in content.slugs:
        raise CannotMake(f"“{slug}”这篇指南已经有了")
    groups = [known.id for known in content.groups]
    if group not in groups:
        raise CannotMake(f"没有“{group}”这个分组{nearest(group, groups)}")
    return Made(path=f"{GUIDES}{slug}.md", text=_GUIDE.format(title=title, group=group, today=today))


def new_edition(area_id: str, part: str, since: date, areas: Areas, texts: Mapping[str, str]) -> Made:
    """The policy file with the newest edition of a part copied behind it, from another day on (新的一版标准).

    ``part`` is ``employee/inpatient`` or ``resident/contribution``; ``texts`` the files as they are.
    """
    entry = areas.files.get(area_id)
    if entry is None:
        raise CannotMake(f"没有“{area_id}”这个统筹区，或者它的文件有问题{nearest(area_id, areas.ids)}")
    places = dict(_places(entry.document))
    if part not in places:
        raise CannotMake(f"“{area_id}”没有 {part} 这一部分{nearest(part, places)}")
    key, index, count = places[part]
    newest = next(p.editions[-1] for p in parts_of(entry.area) if _named(p.editions[-1].figures[0].reference) == part)
    _, last = edition_days(newest, None)
    if since <= newest.since or (last is not None and since <= last):
        end = f"，执行到 {last}" if last else ""
        raise CannotMake(f"{part} 最新的一版从 {newest.since} 起{end}，新的一版要在它之后")
    document = areas.documents[entry.path]
    first = document.line_of((key, index, "editions", count - 1))
    lines = texts[entry.path].split("\n")
    block = _block(lines, first)
    copied = _copied(block, since)
    at = first - 1 + len(block)
    return Made(path=entry.path, text="\n".join([*lines[:at], *copied, *lines[at:]]), line=at + 1)


def _named(reference: str) -> str:
    return "/".join(reference.split("/")[:2])


def _places(document: Mapping[str, object]) -> list[tuple[str, tuple[str, int, int]]]:
    """Each part that has editions: its name → key, index and number of editions in the document."""
    found = []
    for key, entries in document.items():
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict) and isinstance(entry.get("editions"), list):
                care = entry.get("care") or {"contributions": "contribution"}.get(key, key)
                found.append((f"{entry.get('scheme')}/{care}", (key, index, len(entry["editions"]))))
    return found


def _block(lines: list[str], first: int) -> list[str]:
    """The lines of the list item that begins on this line: up to the next line indented no deeper."""
    start = lines[first - 1]
    indent = len(start) - len(start.lstrip())
    block = [start]
    for line in lines[first:]:
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        block.append(line)
    while not block[-1].strip():
        block.pop()
    return block


def _copied(block: list[str], since: date) -> list[str]:
    """The edition from another day: without its end, with the author's part marked."""
    indent = " " * (len(block[0]) - len(block[0].lstrip()))
    inner = f"{indent}  "
    own = re.compile(rf"{inner}(from|until|note): ")
    copied = [line for line in [f"{inner}{block[0].lstrip()[2:]}", *block[1:]] if not own.match(line)]
    head = [
        f"{indent}- from: {since}",
        f"{inner}note: 【请填写：和上一版比改了什么，依据哪份文件；数字和出处逐个改过、对过，再删掉这句话】",
    ]
    return [*head, *copied]


_AREA = """\
{schema}
id: {id}
name: {name}
province: {province}
pooled_at: city
checked_on: {today}

sources:
  notice:
    title: 【请填写：文件的标题，照抄】
    issuer: 【请填写：发布的单位】
    document: 【请填写：文号，没有就删掉这一行】
    published_on: 【请填写：发布的日期，如 2026-01-31，没有就删掉这一行】
    url: 【请填写：https:// 开头的官方网址，没有就删掉这一行】
    kind: official

gaps:
  - 【请填写：哪些还没有查到，一条一句话；都查到了，连 gaps 一起删掉】

benefits:
  - scheme: employee
    care: inpatient
    editions:
      - from: 【请填写：从哪一天起执行，如 2026-01-01】
        status: official
        sources: [notice]
        layers:
          - id: basic
            name: 统筹基金
            deductible:
              per: admission
              amount:
                primary: 【请填写：一级医院的起付线，元；不知道写 unknown】
                secondary: 【请填写：二级医院的起付线】
                tertiary: 【请填写：三级医院的起付线】
            ratio:
              primary: 【请填写：一级医院的报销比例，如 90%】
              secondary: 【请填写：二级医院的报销比例】
              tertiary: 【请填写：三级医院的报销比例】
            cap:
              amount: 【请填写：一年的封顶线，元；不知道把 cap 写成 cap: unknown】
              of: fund_payment
              per: year
"""
"""What else may be written: docs/policy-format.md, and filled in policies/illustrative/example-city.yaml."""

_GUIDE = """\
---
title: {title}
as_of: {today}
reviewed_on: {today}
for_whom: 【请填写：适用于谁，一句话】
group: {group}
summary: 【请填写：一两句话，先说结论】
---

::: short
【请填写：结论，第一句最多 60 个字】
:::

## 怎么办 {{#steps}}

1. 【请填写：第一步，谁、在哪里、带什么、要多久】

## 算一笔账 {{#example}}

```{{example}} 【请填写：这是什么情形】
area: example-city
case:
  scheme: employee
  group: in_service
  level: tertiary
  filing: local
  date: 2026-03-01
  bill: {{total: 50000, self_funded: 2000, first_pay: 3000}}
expect: {{fund: 38400.00, person: 11600.00}}
note: 【请填写：换成这篇要说的情形，先用手算出预期的得数】
```

## 各地哪里不一样 {{#places}}

```{{areas}} 职工医保在三级医院住院
scheme: employee
care: inpatient
columns:
  - {{label: 起付线, fields: [layers.basic.deductible.amount], at: [tertiary, in_service]}}
note: 【请填写：换成这篇要说的数字，或者删掉这一节】
```

## 容易吃亏的地方 {{#mistakes}}

- 【请填写：大家常弄错的事】

## 依据和没查到的 {{#basis}}

- 【请填写：依据哪些出处，用 source 角色；哪些没有查到，找谁问】
"""
