"""医院等级: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.sentences.forms import Sentence, Template

FUNCTIONS: Mapping[str, Sentence] = {}

TEMPLATES: Mapping[str, Template] = {
    "hospital.grade": ("医院等级", "{grade}的医院，当地按“{level}”算。"),
    "hospital.named": ("医院等级", "{hospital}，当地按“{level}”算。"),
}
