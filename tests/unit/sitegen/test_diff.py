"""What a change of the data does to standard bills; every amount worked out by hand from the miniature's rules."""

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from sitegen.__main__ import main
from sitegen.areas import Areas, read_areas
from sitegen.diff import AreaChange, as_markdown, compare
from tests.build.tree import AREA, FILES, miniature, on_disk

HIGHER = FILES[AREA].replace("tertiary: 85%", "tertiary: 80%")
EDITION = (
    FILES[AREA]
    + """\
      - from: 2027-01-01
        status: illustrative
        sources: [notice]
        layers:
          - id: basic
            name: 统筹基金
            deductible: {per: admission, amount: {tertiary: [800, 500], secondary: 600}}
            ratio: {tertiary: 85%, secondary: 90%}
            cap: {amount: 100000, of: fund_payment, per: year}
        away:
          cases:
            unfiled: {reduce_points: 20%}
            referral: {same_as: local}
"""
)


def areas(text: str) -> Areas:
    found, problems = read_areas(miniature({AREA: text}))
    assert [str(problem) for problem in problems] == []
    return found


def change(old: str, new: str) -> AreaChange:
    (found,) = compare(areas(old), areas(new))
    return found


def test_equal_data_has_nothing_to_say() -> None:
    assert compare(areas(FILES[AREA]), areas(FILES[AREA])) == ()
    assert as_markdown(()) == "两边的政策数据一样。"


def test_a_lower_ratio_costs_the_reader_its_share_of_every_bill() -> None:
    found = change(FILES[AREA], HIGHER)

    assert [(f.reference, f.old, f.new) for f in found.figures] == [
        ("employee/inpatient/layers.basic.ratio.tertiary", "85%（示例）", "80%（示例）")
    ]
    bills = {b.case: b for b in found.bills if b.calculator == "住院报销" and b.amount == "医保支付"}
    (bill,) = (b for case, b in bills.items() if "在职" in case and "三级" in case and case.endswith("，1 万元"))
    # (10,000 - 1,000) × 85% = 7,650; × 80% = 7,200.
    assert bill.old is not None
    assert bill.new is not None
    assert [str(end) for end in (*bill.old, *bill.new)] == ["7650.00", "7650.00", "7200.00", "7200.00"]
    assert "7,650 | 7,200 | −450" in as_markdown((found,))


def test_an_edition_that_begins_later_is_settled_on_its_own_day() -> None:
    found = change(FILES[AREA], EDITION)

    assert found.day == date(2027, 1, 1)
    (bill,) = (
        b for b in found.bills
        if b.calculator == "住院报销" and b.amount == "医保支付" and "在职" in b.case and "三级" in b.case and b.case.endswith("，1 万元")
    )  # fmt: skip
    # (10,000 - 800) × 85% = 7,820: 170 more than with a deductible of 1,000.
    assert bill.new is not None
    assert str(bill.new[0]) == "7820.00"


def test_a_note_alone_changes_no_bill() -> None:
    found = change(FILES[AREA], FILES[AREA].replace("title: 试验市医保待遇通知", "title: 试验市的通知"))

    assert found.bills == ()
    assert f"{found.compared} 个标准账单的得数都没有变。" in as_markdown((found,))
    assert found.compared > 0


def test_places_come_and_go() -> None:
    other = AREA.replace("test-city", "other-city")
    more, _ = read_areas(miniature({other: FILES[AREA].replace("test-city", "other-city").replace("试验市", "他市")}))

    assert [(c.id, c.what) for c in compare(areas(FILES[AREA]), more)] == [("other-city", "added")]
    assert [(c.id, c.what) for c in compare(more, areas(FILES[AREA]))] == [("other-city", "removed")]


def test_the_command_compares_a_revision_with_the_files_as_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = on_disk(tmp_path)
    git = ["git", "-C", str(root), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for arguments in (["init", "-q"], ["add", "policies"], ["commit", "-qm", "old"]):
        subprocess.run([*git, *arguments], check=True)
    (root / AREA).write_text(HIGHER, encoding="utf-8")

    assert main(["diff", "HEAD", "--json", "--root", str(root)]) == 0
    (told,) = json.loads(capsys.readouterr().out)["areas"]
    assert told["id"] == "test-city"
    assert ["7650.00", "7650.00"] in [bill["old"] for bill in told["bills"]]
    assert main(["diff", str(root), "--root", str(root)]) == 0
    assert capsys.readouterr().out == "两边的政策数据一样。\n"
    assert main(["diff", "no-such", "--root", str(root)]) == 2
    assert "“no-such”不是有 policies/ 的文件夹" in capsys.readouterr().err
