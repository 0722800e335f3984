"""甲乙丙拆分 and 文章算法对照: the sentences of these steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculator.explain import yuan
from calculator.money import Yuan, percent_text
from calculator.sentences.forms import Sentence, Template


def _class_b(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    sum_ = f"{yuan(d['of'])} × {percent_text(d['rate'])} = {yuan(amount)}"
    return "乙类先自付", f"乙类先自付 {percent_text(d['rate'])}：{sum_}，剩下的 {yuan(d['left'])} 能算进医保。"


def _base(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    if d["formula"] == "whole_bill":
        return "计算的费用", f"这种算法把总费用 {yuan(amount)} 都当作医保范围内的。"
    if not d["out"]:
        return "医保范围内费用", f"{yuan(amount)} 全部在医保范围内。"
    return "医保范围内费用", f"{yuan(d['total'])} 减去全自费和先自付 {yuan(d['out'])}，是 {yuan(amount)}。"


def _share(d: Mapping[str, Any], amount: Yuan) -> tuple[str, str]:
    return "按比例支付", f"{yuan(d['rest'])} × {percent_text(d['ratio'])} = {yuan(amount)}。"


FUNCTIONS: Mapping[str, Sentence] = {
    "split.class_b": _class_b,
    "article.base": _base,
    "article.share": _share,
}

TEMPLATES: Mapping[str, Template] = {
    "split.total": ("总费用", "几类加起来，总费用是 {amount}。"),
    "split.class_a": ("甲类", "甲类 {amount} 全部能算进医保。"),
    "split.self_funded": ("全自费", "全自费 {amount} 不能算进医保，由您自己付。"),
    "split.eligible": ("能算进医保的", "能算进医保的一共 {amount}，下一步减起付线、按比例报。"),
    "article.no_deductible": ("起付线", "这种算法没有减起付线 {line}。"),
    "article.deductible": ("减：起付线", "减去{where}的起付线 {line}。"),
    "article.result": ("合计", "医保支付 {amount}，您自己付 {person}，加起来等于总费用 {total}。"),
    "article.cap": ("封顶线", "封顶线今年只剩 {left}，付到 {amount} 为止。"),
}
