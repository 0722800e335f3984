"""docs/calculators.md from the calculators' own descriptions.

    .venv/bin/python tools/calculators.py            # write it

The questions are those of the first area that offers the calculator; another area may ask less or more.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from calculator.kinds import KINDS  # noqa: E402 - the project is not installed
from calculator.kinds.outputs import OUTPUTS  # noqa: E402
from calculator.model import PoolingArea  # noqa: E402
from calculator.parse import parse_area  # noqa: E402
from sitegen.describe import INVENTORY, input_words, output_words  # noqa: E402
from sitegen.yamlfile import read_yaml  # noqa: E402

PAGE = ROOT / "docs/calculators.md"
HEAD = """# 计算器

每个计算器描述自己要填什么、会得到什么；网页的表单、命令行的 `python -m sitegen describe` 和这一页都从描述生成。这一页由
`tools/calculators.py` 生成，不要直接改。要填的以写出名字的统筹区为例，别的地方可能少问或多问几项；案例文件怎么写，见
[政策文件怎么写](policy-format.md) 第 11 节。
"""


def areas() -> list[PoolingArea]:
    """Every area of the project: real ones first, in the order of their files."""
    shared = _read(ROOT / "policies/sources.yaml")
    paths = [p for folder in ("areas", "illustrative") for p in sorted((ROOT / "policies" / folder).glob("*.yaml"))]
    return [parse_area(_read(path), shared) for path in paths]


def _read(path: Path) -> Any:
    document, _ = read_yaml(path.read_text(encoding="utf-8"), path.name)
    assert document is not None
    return document.data


def page() -> str:
    """The whole page."""
    known = areas()
    lines = [HEAD, "| 要答的问题 | 计算器 |", "|---|---|"]
    lines += [
        f"| {asked} | {'、'.join(f'[{KINDS[kind].title}](#{kind})' for kind in kinds)} |"
        for asked, kinds in INVENTORY.items()
    ]
    for kind in KINDS:
        lines += ["", *_section(kind, known)]
    return "\n".join(lines) + "\n"


def _section(kind: str, known: Sequence[PoolingArea]) -> Iterator[str]:
    calculator = KINDS[kind]
    yield f'## <a id="{kind}"></a>{calculator.title} `{kind}`\n\n{calculator.summary}\n'
    area = next((a for a in known if calculator.form(a) is not None), None)
    form = calculator.form(area) if area else None
    if area is not None and form is not None:
        yield f"要填的（{area.name}）：\n"
        yield from (f"- `{field.name}` {input_words(field)}" for field in form.fields)
        yield ""
    yield "得到的：\n"
    yield from (f"- `{output.name}` {output_words(output)}" for output in OUTPUTS[kind])


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"写好了 {PAGE.relative_to(ROOT)}。")


if __name__ == "__main__":
    main()
