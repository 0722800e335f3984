"""A calculator's own description, inputs and outputs → words for the command line and for docs/calculators.md."""

from collections.abc import Iterator, Mapping
from typing import Any

from calculator.kinds import KINDS
from calculator.kinds.form import Field
from calculator.kinds.outputs import OUTPUTS, Output
from calculator.model import PoolingArea

INVENTORY: Mapping[str, tuple[str, ...]] = {
    "C-01 住院报销": ("inpatient",),
    "C-02 异地住院": ("inpatient",),
    "C-03 备案与未备案": ("filing_comparison",),
    "C-04 居民省外报销区间": ("inpatient",),
    "C-05 文章算法对照": ("article_formulas",),
    "C-06 甲类、乙类、自费": ("bill_split",),
    "C-07 普通门诊": ("outpatient",),
    "C-08 门诊慢特病": ("chronic",),
    "C-09 职工缴费与个账划入": ("employee_contribution",),
    "C-10 社保五险扣款": ("payroll",),
    "C-11 基数档次": ("base_tiers",),
    "C-12 灵活就业缴费": ("flexible_contribution",),
    "C-13 居民筹资": ("resident_contribution",),
    "C-14 转移接续": ("transfer",),
    "C-15 备案有效期": ("filing_validity",),
    "C-16 急诊补备案期限": ("emergency_filing",),
    "C-17 断缴影响": ("coverage_break",),
    "C-18 我要不要备案": ("need_filing",),
    "C-19 共济扣款分配": ("sharing_split",),
    "C-20 能不能共济": ("may_share",),
    "C-21 居民封顶线估算": ("resident_cap",),
    "C-22 城市对比": ("comparison",),
    "C-23 手工报销材料": ("manual_claim",),
    "C-24 慢特病复审日期": ("chronic_review",),
    "C-25 药店能不能报": ("pharmacy",),
    "C-26 个人账户在外地能不能用": ("account_away",),
    "C-27 手术能不能报": ("operation",),
    "一年的账": ("year",),
    "结算单对账": ("reconciliation",),
}
"""The calculators readers were promised, and the kinds that answer them."""

_TYPES = {
    "amount": "金额",
    "number": "数",
    "integer": "整数",
    "choice": "选择",
    "date": "日期",
    "finding": "判断",
    "checklist": "清单",
}


def as_json(kind: str, area: PoolingArea | None) -> dict[str, Any]:
    """The whole description; without an area, or where it has nothing for it, no inputs."""
    form = KINDS[kind].form(area) if area is not None else None
    return {
        "kind": kind,
        "title": KINDS[kind].title,
        "summary": KINDS[kind].summary,
        "area": area.id if area is not None else None,
        "inputs": [_input(field) for field in form.fields] if form else [],
        "outputs": [{"name": o.name, "words": o.words, "type": o.type} for o in OUTPUTS[kind]],
    }


def _input(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": field.label,
        "type": field.type,
        "unit": field.unit,
        "required": field.required,
        "may_be_unknown": field.may_be_unknown,
        "default": field.default,
        "choices": {choice.value: choice.label for choice in field.choices},
        "when": {name: list(values) for name, values in field.when.items()},
        "help": field.help,
    }


def as_text(kind: str, area: PoolingArea | None) -> str:
    """The description for a terminal."""
    return "\n".join(_lines(kind, area))


def _lines(kind: str, area: PoolingArea | None) -> Iterator[str]:
    yield f"{KINDS[kind].title}（{kind}）：{KINDS[kind].summary}"
    form = KINDS[kind].form(area) if area is not None else None
    if form is None:
        yield "  要填的：见 docs/policy-format.md 第 11 节"
    for field in form.fields if form else ():
        yield f"  要填的  {field.name}：{input_words(field)}"
    for output in OUTPUTS[kind]:
        yield f"  得到的  {output.name}：{output_words(output)}"


def input_words(field: Field) -> str:
    """One question in words."""
    options = "、".join(f"{choice.value} {choice.label}" for choice in field.choices)
    notes = [
        _TYPES.get(field.type, field.type) + (f"，{field.unit}" if field.unit else ""),
        "必填" if field.required and not field.default else "",
        f"不填按 {field.default}" if field.default else "",
        "可以不知道" if field.may_be_unknown else "",
    ]
    listed = f"：{options}" if options else ""
    return f"{field.label}（{'；'.join(note for note in notes if note)}）{listed}"


def output_words(output: Output) -> str:
    """One thing an answer holds, in words."""
    return f"{output.words}（{_TYPES[output.type]}）"
