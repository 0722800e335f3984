"""医院等级的对照 and named hospitals as written: from a grade or a name to the area's own level (G5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calculator.errors import Path, nearest_word, shown
from calculator.model import DIMENSION_WORDS, GRADE_WORDS, Hospital
from calculator.shape import FAILED, Key, MapOf, Reading, Record, Schema, Shape, Text, Word


@dataclass(frozen=True, slots=True)
class _GradesOf(Shape):
    """National grades, each with the area's level that it counts as."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, Mapping) or not found:
            return reading.refuse(path, f"写的是{shown(found)}，应是一组 定级: 等级，例如 三甲: tertiary", "type")
        failed = False
        for grade, level in found.items():
            if grade not in GRADE_WORDS:
                message = f"没有{shown(grade)}这一级；可用：{'、'.join(GRADE_WORDS)}"
                reading.refuse((*path, str(grade)), message, "word")
                failed = True
            failed = _level(level, (*path, str(grade)), reading) is FAILED or failed
        return FAILED if failed else dict(found)

    def schema(self) -> Schema:
        return {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"enum": list(GRADE_WORDS)},
            "additionalProperties": {"type": "string"},
        }


def _level(found: object, path: Path, reading: Reading) -> Any:
    levels = reading.words.get("level", {})
    if isinstance(found, str) and found in levels:
        return found
    near = nearest_word(found, levels) if isinstance(found, str) else ""
    return reading.refuse(path, f"没有{shown(found)}这个等级{near}；有 {'、'.join(levels)}", "word")


@dataclass(frozen=True, slots=True)
class _LevelOf(Shape):
    def read(self, found: object, path: Path, reading: Reading) -> Any:
        return _level(found, path, reading)

    def schema(self) -> Schema:
        return {"type": "string"}


_OWN = frozenset(DIMENSION_WORDS)


@dataclass(frozen=True, slots=True)
class _TraitsOf(Shape):
    """What a hospital decides of the area's traits."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, Mapping) or not found:
            return reading.refuse(path, f"写的是{shown(found)}，应是一组 特征: 词", "type")
        known = {name: words for name, words in reading.words.items() if name not in _OWN and ":" not in name}
        for name, word in found.items():
            if name not in known:
                near = nearest_word(str(name), known)
                listed = "、".join(known) or "这里没有特征"
                return reading.refuse((*path, str(name)), f"没有{shown(name)}这个特征{near}；可用：{listed}", "key")
            if word not in known[name]:
                near = nearest_word(str(word), known[name])
                listed = "、".join(known[name])
                return reading.refuse((*path, name), f"写的是{shown(word)}，应是 {listed} 之一{near}", "word")
        return dict(found)

    def schema(self) -> Schema:
        return {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}}


GRADES: Shape = _GradesOf()
HOSPITALS: Shape = MapOf(
    Record(
        Hospital,
        {
            "name": Key(Text("医院的名字", longest=60), required=True),
            "level": Key(_LevelOf(), default="", help="当地等级；和 grade 写一个"),
            "grade": Key(Word(tuple(GRADE_WORDS)), default="", help="定级，例如 三甲；当地等级照 hospital_grades"),
            "traits": Key(_TraitsOf(), default={}, help="这家医院决定的特征"),
        },
        "一家医院（name，level 或 grade）",
    ),
    "医院的 id: 规则",
)


def refuse_bad_hospitals(values: Mapping[str, Any], reading: Reading) -> None:
    """Each named hospital has one level, stated or by its grade."""
    grades, hospitals = values["hospital_grades"], values["hospitals"]
    if grades is FAILED or hospitals is FAILED:
        return
    for name, hospital in hospitals.items():
        if bool(hospital.level) == bool(hospital.grade):
            reading.refuse(("hospitals", name), "要写 level（当地等级）或 grade（定级），而且只写一个", "hospital")
        elif hospital.grade and hospital.grade not in grades:
            message = f"hospital_grades 里没有写 {hospital.grade} 在当地算哪一级；补上，或者直接写 level"
            reading.refuse(("hospitals", name, "grade"), message, "hospital")
