"""Checks whose details are many: what counts as a bare figure, as loose emphasis, as a broken page."""

import pytest

from sitegen.checks.bare_figures import in_text
from sitegen.checks.emphasis import in_markup
from sitegen.checks.pages import check_pages
from sitegen.markup import parse
from sitegen.world import Page


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("起付线 1,300 元。", ["1,300 元"]),
        ("起付线1300元。", ["1300元"]),
        ("３０００元", ["３０００元"]),
        ("3 万元、5万、2.5 亿元", ["3 万元", "5万", "2.5 亿元"]),
        ("85%、８５％、0.7‰", ["85%", "８５％", "0.7‰"]),
        ("85 %", ["85 %"]),
        ("5 个百分点、5百分点、5 个点", ["5 个百分点", "5百分点", "5 个点"]),
        ("八五折、9 折、打八折", ["八五折", "9 折", "八折"]),
        ("百分之八十五、百分之85、百分之几", ["百分之八十五", "百分之85", "百分之几"]),
        ("五千元、三万元、两万", ["五千元", "三万元", "两万"]),
        ("五十块钱", ["五十块钱"]),
        ("¥1300、￥ 1,300、$5", ["¥1300", "￥ 1,300", "$5"]),
        ("十个百分点", ["十个百分点"]),
        ("几千元、几十万元、上万元、数百元", []),
        ("3 天、2 次、第 5 版、2026 年 3 月 1 日、12393", []),
        ("14 亿人、5 万名职工、三万人", []),
        ("二元、多元、单元、公元 2026 年", ["二元"]),
        ("万一、千万别、一折就断", ["一折"]),
        ("三级医院、一次、两种、百分点", []),
        ("曲折、转折、折扣", []),
        ("100 元以内和 50% 以下", ["100 元", "50%"]),
    ],
)
def test_what_counts_as_a_bare_figure(text: str, found: list[str]) -> None:
    told = [problem.message.split("“")[1].split("”")[0] for problem in in_text(text, "a.md", 1)]

    assert told == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("**注意**：请", 0),
        ("**注意：** 请", 0),
        ("**注意：**请", 1),
        ("*注意：*请", 1),
        ("请看**“这里”**的", 1),
        ("2 * 3", 0),
        ("\\*注意", 0),
        ("`**x**`", 0),
        ("这是__重点__内容", 1),
        ("一行 **坏\n又一行 **坏", 2),
        ("file_name_x", 0),
    ],
)
def test_what_counts_as_loose_emphasis(text: str, told: int) -> None:
    markup, _ = parse(text, "a.md")

    assert len(list(in_markup(markup))) == told


def page(body: str, path: str = "guides/a/index.html") -> Page:
    return Page(path=path, html=f"<!doctype html>\n<title>x</title>\n{body}")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<a href="../../areas/">x</a>', []),
        ('<a href="../../areas/#there">x</a>', []),
        ('<a href="#here" id="here">x</a>', []),
        ('<a href="https://example.org/">x</a> <a href="tel:12393">x</a>', []),
        ('<img src="../../assets/a.png" alt="">', []),
        ('<a href="../../gone/">x</a>', ["链接“../../gone/”指向的 gone/index.html 不存在 [link]"]),
        ('<a href="../../areas">x</a>', ["链接“../../areas”指向的 areas 不存在 [link]"]),
        ('<a href="#gone">x</a>', ["链接“#gone”的锚点在 guides/a/index.html 里不存在 [anchor]"]),
        ('<a href="../../areas/#gone">x</a>', ["链接“../../areas/#gone”的锚点在 areas/index.html 里不存在 [anchor]"]),
        ('<a href="/areas/">x</a>', ["“/areas/”不是相对地址 [link]"]),
        ('<a href="javascript:x">x</a>', ["“javascript:x”不是相对地址 [link]"]),
        ('<p id="a"></p><p id="a"></p>', ["id“a”在第 3 行已经用过 [page]"]),
        ('<p style="color: red">x</p>', ["<p> 里有 style，网站的安全策略不允许 [page]"]),
        ('<p onclick="x()">x</p>', ["<p> 里有 onclick，网站的安全策略不允许 [page]"]),
        ("<script>x()</script>", ["<script> 写在页面里，网站的安全策略不允许 [page]"]),
        (
            '<script src="../../assets/gone.js"></script>',
            ["链接“../../assets/gone.js”指向的 assets/gone.js 不存在 [link]"],
        ),
    ],
)
def test_what_counts_as_a_broken_page(body: str, expected: list[str]) -> None:
    other = page('<p id="there"></p>', "areas/index.html")

    found = check_pages([page(body), other], {"assets/a.png": b""})

    assert [str(problem) for problem in found] == [f"site/guides/a/index.html:3: {line}" for line in expected]
