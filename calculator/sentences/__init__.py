"""A step → its label on the slip and its sentence in plain Chinese, one module per mechanism as in ``stages``.

A sentence says the rule first, then the sum.
"""

from __future__ import annotations

from collections.abc import Mapping

from calculator.explain import tidy
from calculator.ledger import Step
from calculator.money import ZERO
from calculator.sentences import (
    account,
    amount,
    articles,
    away,
    cap,
    care_insurance,
    changes,
    contribution,
    cost,
    deductible,
    hospital,
    items,
    layer,
    maternity,
    payroll,
    retirement,
    share,
    sharing,
    transfer,
    waiting,
    year,
)
from calculator.sentences.forms import Blanks, Sentence, Template

_MODULES = (
    amount,
    changes,
    cost,
    items,
    deductible,
    hospital,
    share,
    cap,
    layer,
    away,
    account,
    contribution,
    transfer,
    year,
    sharing,
    waiting,
    retirement,
    maternity,
    care_insurance,
    payroll,
    articles,
)
_FUNCTIONS: Mapping[str, Sentence] = {rule: form for module in _MODULES for rule, form in module.FUNCTIONS.items()}
_TEMPLATES: Mapping[str, Template] = {rule: form for module in _MODULES for rule, form in module.TEMPLATES.items()}

RULES = (*_FUNCTIONS, *_TEMPLATES)
"""Every rule a step may carry; a step without a sentence is a bug that the tests find."""


def label_and_text(step: Step) -> tuple[str, str]:
    """A step's short label for the slip and its full sentence."""
    amount = step.amount if step.amount is not None else ZERO
    if step.rule in _FUNCTIONS:
        label, text = _FUNCTIONS[step.rule](step.data, amount)
        return label, tidy(text)
    blanks = Blanks(step.data, amount=amount)
    label, text = _TEMPLATES[step.rule]
    return label.format_map(blanks), tidy(text.format_map(blanks))
