"""何时适用 as written: ``when: {group: retired, tier: [high, middle]}``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calculator.errors import Path, nearest_word, shown
from calculator.model import ALWAYS, Condition
from calculator.shape import FAILED, Key, Reading, Schema, Shape


@dataclass(frozen=True, slots=True)
class ConditionOf(Shape):
    """Dimensions with the words for which a rule holds; all must hold."""

    def read(self, found: object, path: Path, reading: Reading) -> Any:
        if not isinstance(found, Mapping) or not found:
            return reading.refuse(path, f"写的是{shown(found)}，应是一组条件，例如 {{group: retired}}", "type")
        words: dict[str, tuple[str, ...]] = {}
        failed = False
        for dimension, value in found.items():
            known = reading.words.get(dimension)
            if not known:
                near = nearest_word(str(dimension), reading.words)
                listed = "、".join(f"{d}（{reading.dimensions.get(d, d)}）" for d, w in reading.words.items() if w)
                reading.refuse((*path, str(dimension)), f"不认识的条件{shown(dimension)}{near}；可用：{listed}", "key")
                failed = True
                continue
            stated = tuple(value) if isinstance(value, list | tuple) else (value,)
            if not stated:
                message = f"列表是空的，永远不会适用；应是 {'、'.join(known)} 里的至少一个"
                reading.refuse((*path, dimension), message, "empty")
                failed = True
            for word in stated:
                if not isinstance(word, str) or word not in known:
                    near = nearest_word(word, known) if isinstance(word, str) else ""
                    listed = "、".join(known)
                    reading.refuse((*path, dimension), f"写的是{shown(word)}，应是 {listed} 里的{near}", "word")
                    failed = True
            words[dimension] = stated
        return FAILED if failed or not words else Condition(words)

    def schema(self) -> Schema:
        word: Schema = {"type": "string"}
        item: Schema = {"anyOf": [word, {"type": "array", "items": word, "minItems": 1}]}
        return {"type": "object", "minProperties": 1, "additionalProperties": item}


WHEN = Key(ConditionOf(), default=ALWAYS, help="只在这些条件都成立时适用，例如 {group: retired}；不写就总是适用")
