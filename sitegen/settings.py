"""`[tool.sitegen]` of pyproject.toml → what is true of this site and of no other: where it stands, who hears of errors.

Everything may be left out: the site then names no address of its own, and readers get a page to copy from.
"""

import re
import tomllib
from collections.abc import Mapping
from urllib.parse import quote

from sitegen.problems import Problem, nearest, shorten
from sitegen.world import Settings

PROJECT = "pyproject.toml"
BASE_URL = re.compile(r"https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d+)?(/[A-Za-z0-9._~-]+)*/?")
_ISSUES = re.compile(r"https://[^\s<>\"]+")
_MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_FIELDS = ("{title}", "{body}")
_KEYS = {"base-url": "base_url", "issues": "issues", "mail": "mail"}


def read_settings(text: str) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings, and what is wrong with them; a text without the table has none."""
    try:
        project = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(), (Problem(path=PROJECT, message=f"不是合格的 TOML：{error}", check="toml"),)
    table = project.get("tool", {}).get("sitegen", {})
    problems = []
    values: dict[str, str] = {}
    for key, value in table.items():
        message = _wrong(key, value)
        if message:
            line = next((n for n, row in enumerate(text.split("\n"), 1) if re.match(rf"{re.escape(key)}\s*=", row)), 0)
            problems.append(
                Problem(path=PROJECT, line=line, where=f"tool.sitegen.{key}", message=message, check="setting")
            )
        else:
            values[_KEYS[key]] = value
    return made(**values), tuple(problems)


def made(base_url: str = "", issues: str = "", mail: str = "") -> Settings:
    """Settings from values that have been checked; the address gets its closing slash."""
    return Settings(base_url=f"{base_url.rstrip('/')}/" if base_url else "", issues=issues, mail=mail)


def _wrong(key: str, value: object) -> str:
    """What is wrong with one entry, as a sentence; empty when nothing is."""
    if key not in _KEYS:
        return f"不认识“{shorten(key)}”{nearest(key, _KEYS)}"
    if not isinstance(value, str):
        return "要写成引号里的文字"
    found = shorten(value)
    if key == "base-url" and not BASE_URL.fullmatch(value):
        return f"写的是“{found}”，应是网站的网址，例如 https://example.org/yibao/"
    if key == "issues" and not (_ISSUES.fullmatch(value) and all(field in value for field in _FIELDS)):
        return f"写的是“{found}”，应是新建问题的网址，里面有 {{title}} 和 {{body}}"
    if key == "mail" and not _MAIL.fullmatch(value):
        return f"写的是“{found}”，应是一个邮箱地址"
    return ""


def filled(template: str, fields: Mapping[str, str]) -> str:
    """An address with its fields filled in, each percent-encoded."""
    return re.sub(r"\{(title|body)\}", lambda match: quote(fields[match[1]], safe=""), template)
