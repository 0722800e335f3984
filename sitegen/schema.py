"""The JSON Schema of the policy format for editors: `policies/area.schema.json`, from the parser's shapes."""

import json
from pathlib import Path

from calculator.parse import area_schema
from sitegen.load import reason

SCHEMA = "policies/area.schema.json"
SCHEMA_LINE = "# yaml-language-server: $schema=../area.schema.json"
"""The first line of every policy file: VS Code's YAML extension and others complete and check by it."""


def schema_text() -> str:
    """The text of the schema file."""
    return json.dumps(area_schema(), ensure_ascii=False, indent=2) + "\n"


def write_schema(root: Path) -> str:
    """Write the schema file; gives a line for the terminal. Raises OSError."""
    target = root / SCHEMA
    target.write_text(schema_text(), encoding="utf-8", newline="\n")
    return f"写好了 {SCHEMA}。"


def schema_is_current(root: Path) -> str | None:
    """None when the file is as the parser has it, else a line that says what to do."""
    try:
        found = (root / SCHEMA).read_text(encoding="utf-8")
    except FileNotFoundError:
        return f"没有 {SCHEMA}，请运行 python -m sitegen schema。"
    except OSError as error:
        return f"{SCHEMA} 读不出来：{reason(error)}。"
    return None if found == schema_text() else f"{SCHEMA} 和解析器不一致，请运行 python -m sitegen schema。"
