"""Files that are bad as files, whatever is in them; made by the tests, since most could not be kept in a repository."""

import os
from pathlib import Path

import pytest

from sitegen.__main__ import main
from sitegen.build import pages_of, prepare
from sitegen.load import Tree, load, load_policies
from tests.build.tree import AREA, FILES, GUIDE, on_disk

FOLDERS = ("policies", "content")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return on_disk(tmp_path / "医保 明白账")


def problems(root: Path) -> list[str]:
    return [str(problem) for problem in load(root, FOLDERS).problems]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"name: \xff\xfe\n", f"{AREA}:1: 这里的字节不是 UTF-8，请另存为 UTF-8 [encoding]"),
        (
            "id: x\nname: 示例市\n".encode("gbk"),
            f"{AREA}:2: 这里的字节不是 UTF-8，看起来是 GBK 编码，请另存为 UTF-8 [encoding]",
        ),
        ("id: x\n".encode("utf-16"), f"{AREA}: 这是 UTF-16 编码，请另存为 UTF-8 [encoding]"),
        (b"\xef\xbb\xbfid: x\n", f"{AREA}:1: 文件开头有 BOM（字节顺序标记），请另存为不带 BOM 的 UTF-8 [bom]"),
        (b"", f"{AREA}: 文件是空的 [empty]"),
        (b" \n\n", f"{AREA}: 文件是空的 [empty]"),
        (b"a: " + b"x" * 6_000_000, f"{AREA}: 文件有 6.0 MB，最多 5 MB [too-big]"),
        (b"\xc3", f"{AREA}:1: 这里的字节不是 UTF-8，请另存为 UTF-8 [encoding]"),
    ],
    ids=["not-utf-8", "gbk", "utf-16", "bom", "empty", "blank", "6-mb", "cut-in-a-character"],
)
def test_bytes_that_are_no_text(tree: Path, content: bytes, expected: str) -> None:
    (tree / AREA).write_bytes(content)

    assert problems(tree) == [expected]


def test_a_file_of_50_mb_is_named_and_never_read(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tree / GUIDE).open("r+b") as file:
        file.truncate(50_000_000)
    opened: list[str] = []
    real = Path.open
    monkeypatch.setattr(Path, "open", lambda self, *a, **k: opened.append(self.name) or real(self, *a, **k))

    assert problems(tree) == [f"{GUIDE}: 文件有 50.0 MB，最多 5 MB [too-big]"]
    assert Path(GUIDE).name not in opened


def test_windows_line_ends_are_read_as_any_other(tree: Path) -> None:
    before = prepare(load(tree))
    for path, text in FILES.items():
        (tree / path).write_bytes(text.replace("\n", "\r\n").encode())

    after = prepare(load(tree))

    assert after.problems == ()
    assert after.files == before.files
    assert list(pages_of(after.world)) == list(pages_of(before.world))


def test_a_lone_carriage_return_is_a_hidden_character(tree: Path) -> None:
    (tree / AREA).write_bytes(FILES[AREA].replace("name: 试验市\n", "name: 试验市\r\r\n").encode())

    found = [str(problem) for problem in prepare(load(tree)).problems]

    assert found == [f"{AREA}:3: 这一行有看不见的字符 U+000D（第 10 个字符），请删掉 [control-character]"]


def test_a_link_that_leaves_the_tree(tree: Path, tmp_path: Path) -> None:
    outside = tmp_path / "secret.yaml"
    outside.write_text("id: x\n")
    (tree / "policies/areas").mkdir()
    (tree / "policies/areas/x.yaml").symlink_to(outside)

    assert problems(tree) == ["policies/areas/x.yaml: 这是链接，指向了项目以外的文件，请把文件放进来 [symlink]"]


def test_a_link_to_a_folder(tree: Path) -> None:
    (tree / "policies/areas").symlink_to(tree / "policies/illustrative", target_is_directory=True)

    assert problems(tree) == ["policies/areas: 这是指向文件夹的链接，请把文件放进来，不要用链接 [symlink]"]


def test_a_link_that_stays_inside_is_followed(tree: Path) -> None:
    (tree / "content/images").mkdir()
    (tree / "content/images/a.svg").write_text("<svg/>")
    (tree / "content/images/b.svg").symlink_to("a.svg")

    assert load(tree, FOLDERS).texts["content/images/b.svg"] == "<svg/>"


def test_links_that_lead_nowhere(tree: Path) -> None:
    (tree / "content/guides/a.md").symlink_to("gone.md")
    (tree / "content/guides/b.md").symlink_to("b.md")

    assert problems(tree) == [
        "content/guides/a.md: 这是链接，指向的文件不存在 [unreadable]",
        "content/guides/b.md: 读不出来：链接绕成了圈 [unreadable]",
    ]


def test_things_that_are_no_files(tree: Path) -> None:
    os.mkfifo(tree / "content/guides/pipe.md")

    assert problems(tree) == ["content/guides/pipe.md: 这里要一个普通文件，现在是设备或管道 [unreadable]"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_nobody_may_read(tree: Path) -> None:
    (tree / GUIDE).chmod(0)

    assert problems(tree) == [f"{GUIDE}: 读不出来：没有权限 [unreadable]"]


def test_a_file_the_disk_does_not_give(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.open

    def broken(self: Path, *arguments: object, **options: object) -> object:
        if self.name == Path(GUIDE).name:
            raise OSError(5, "Input/output error")
        return real(self, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", broken)

    assert problems(tree) == [f"{GUIDE}: 读不出来：磁盘出错 [unreadable]"]


def test_names_nobody_can_type(tree: Path) -> None:
    (tree / "content/guides/a\nb.md").write_text("x")
    (Path(os.fsdecode(bytes(tree / "content/guides/") + b"/\xff.md"))).write_text("x")

    assert problems(tree) == [
        "content/guides/a�b.md: 文件名里有不能用的字符，请只用小写英文字母、数字和连字符 [file-name]",
        "content/guides/�.md: 文件名里有不能用的字符，请只用小写英文字母、数字和连字符 [file-name]",
    ]


def test_a_kind_of_file_nobody_reads(tree: Path) -> None:
    (tree / "content/guides/a.docx").write_bytes(b"PK")
    (tree / "content/guides/.a.md.swp").write_bytes(b"x")
    (tree / "content/guides/a.md~").write_bytes(b"x")

    expected = "不认识这种文件，这里只放 .yaml、.md、.svg 和 .png、.jpg、.webp 图片 [file-name]"
    assert problems(tree) == [f"content/guides/a.docx: {expected}"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert problems(tmp_path) == [
        "policies: 没有这个文件夹，请在项目的根目录运行，或用 --root 指明根目录 [missing-folder]",
        "content: 没有这个文件夹，请在项目的根目录运行，或用 --root 指明根目录 [missing-folder]",
    ]


def test_problems_of_many_files_come_in_one_run_and_the_site_stays(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tree / "site").mkdir()
    (tree / "site/index.html").write_text("old")
    (tree / AREA).write_bytes(b"\xef\xbb\xbf" + FILES[AREA].encode())
    (tree / GUIDE).write_text(FILES[GUIDE].replace("乘比例", "乘 85%"))
    (tree / "content/glossary.yaml").write_text("- {id: cap\n")

    code = main(["build", "--root", str(tree)])

    assert code == 1
    assert capsys.readouterr().err.split("\n") == [
        "content/glossary.yaml:2: YAML 写法有误：第 1 行开始的花括号没有写完，缺逗号或“}” [yaml-syntax]",
        f"{GUIDE}:12: 直接写了“85%”：政策数字用 {{value}}`引用` 取，与政策无关的写成 {{plain}}`85%` [bare-figure]",
        f"{AREA}:1: 文件开头有 BOM（字节顺序标记），请另存为不带 BOM 的 UTF-8 [bom]",
        "共 3 处问题，涉及 3 个文件。没有生成网站，原来的网站没有动。",
        "",
    ]
    assert [path.name for path in (tree / "site").iterdir()] == ["index.html"]
    assert (tree / "site/index.html").read_text() == "old"


def test_a_folder_of_policies_elsewhere_is_read_the_same_way(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/a.yaml").write_bytes(b"\xef\xbb\xbfid: a\n")
    (tmp_path / "b.yaml").write_text("id: b\n")
    (tmp_path / "notes.txt").write_text("not policy")

    tree = load_policies(tmp_path, "somewhere/")

    assert list(tree.texts) == ["somewhere/b.yaml"]
    assert [str(problem) for problem in tree.problems] == [
        "somewhere/deep/a.yaml:1: 文件开头有 BOM（字节顺序标记），请另存为不带 BOM 的 UTF-8 [bom]"
    ]
    assert isinstance(tree, Tree)
