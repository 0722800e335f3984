"""Before stage 2, 医院等级: how a hospital's grade, or its name, counts here (R31, R34, G5)."""

from __future__ import annotations

from calculator.ledger import Ledger
from calculator.model import GRADE_WORDS


def note_hospital(ledger: Ledger) -> None:
    """Tell which of the area's levels the hospital counts as."""
    case, area = ledger.case, ledger.situation.area
    level = area.levels[case.level]
    if case.hospital:
        ledger.step("hospital.named", hospital=area.hospitals[case.hospital].name, level=level)
    elif case.hospital_grade:
        ledger.step("hospital.grade", grade=GRADE_WORDS[case.hospital_grade], level=level)
