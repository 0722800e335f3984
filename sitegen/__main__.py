"""The command line, as in docs/cli.md: `python -m sitegen build | check | serve | estimate | curve | describe | …`.

Imports what a command needs when it runs, so that `--help` and a mistyped command answer at once.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.terminal import ENVIRONMENT, EXIT_CODES, FINE, PROBLEMS, USAGE, Parser, Progress, quiet_pipe

if TYPE_CHECKING:
    from sitegen.areas import Areas
    from sitegen.estimate import Policies, Result
    from sitegen.problems import Problem
    from sitegen.world import World
    from sitegen.write import CannotWrite

SITE = "site"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Chinese in a terminal that is not UTF-8 prints question marks instead of failing.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        with quiet_pipe():
            return command(options)
    except KeyboardInterrupt:
        print("\n停下了，原来的网站没有动。", file=sys.stderr)
        return 130


def _parser() -> Parser:
    parser = Parser(
        prog="python -m sitegen",
        description="医保明白账：从 policies/ 和 content/ 生成网站，检查它们，按政策文件结算案例。",
        epilog=EXIT_CODES,
    )
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True, dest="name")
    _build_parser(commands)
    _check_parser(commands)
    _serve_parser(commands)
    _estimate_parser(commands)
    _curve_parser(commands)
    _describe_parser(commands)
    _new_parser(commands)
    _diff_parser(commands)
    _stale_parser(commands)
    _schema_parser(commands)
    return parser


def _add(
    commands: "argparse._SubParsersAction[Parser]", name: str, words: str, run: Callable[[argparse.Namespace], int]
) -> Parser:
    parser = commands.add_parser(name, help=words, description=words, epilog=EXIT_CODES)
    parser.set_defaults(command=run)
    parser.add_argument("--root", type=Path, default=Path(), metavar="文件夹", help="项目的根目录，默认是当前目录")
    return parser


def _build_parser(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _add(commands, "build", "检查全部输入，生成网站；有任何问题就不写，原来的网站不动", _build)
    parser.add_argument("--out", type=Path, metavar="文件夹", help="网站写到哪里，默认是根目录下的 site/")
    parser.add_argument(
        "--base-url", type=_base_url, metavar="网址", help="网站将来的网址，默认用 pyproject.toml 里写的"
    )


def _base_url(text: str) -> str:
    from sitegen.settings import BASE_URL

    if not BASE_URL.fullmatch(text):
        raise ValueError(text)
    return text


def _build(options: argparse.Namespace) -> int:
    from sitegen.build import build
    from sitegen.problems import Refused
    from sitegen.runtime import RuntimeFilesMissing
    from sitegen.write import CannotWrite, write_site

    target = options.out or options.root / SITE
    try:
        with Progress(sys.stderr) as progress:
            files = build(options.root, progress.tell, options.base_url or "")
            progress.tell("写网站")
            write_site(files, target)
    except Refused as error:
        return _refused(error.problems, "没有生成网站，原来的网站没有动。")
    except (RuntimeFilesMissing, CannotWrite) as error:
        return _environment(error)
    pages = sum(path.endswith(".html") for path in files)
    print(f"写好了 {target}：{pages} 个网页，共 {len(files)} 个文件。")
    return FINE


def _environment(error: "Exception | CannotWrite") -> int:
    print(error, file=sys.stderr)
    return ENVIRONMENT


def _refused(problems: "Iterable[Problem]", last: str) -> int:
    from sitegen.problems import count_line

    found = tuple(problems)
    for problem in found:
        print(problem, file=sys.stderr)
    print(f"{count_line(found)}{last}", file=sys.stderr)
    return PROBLEMS


def _check_parser(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _add(commands, "check", "检查全部输入，一次列出所有问题，不写任何文件", _check)
    parser.add_argument("paths", nargs="*", type=Path, metavar="文件", help="只列出这些文件或文件夹的问题")
    parser.add_argument("--policies", type=Path, metavar="文件夹", help="只检查这个文件夹里的统筹区文件")
    parser.add_argument("--strict", action="store_true", help="有提醒时退出码也是 1")
    parser.add_argument("--list-figures", metavar="统筹区", help="列出这个统筹区可以在指南里引用的全部数字")


def _check(options: argparse.Namespace) -> int:
    if options.policies is not None:
        return _check_policies(options)
    from sitegen.build import check

    with Progress(sys.stderr) as progress:
        prepared, problems = check(options.root, progress.tell)
    if options.list_figures is not None:
        return _list_figures(options.list_figures, prepared.world)
    wanted = []
    for path in options.paths:
        name = _inside(path, options.root)
        if name is None or not (options.root / name).exists():
            print(f"没有这个文件：{path}", file=sys.stderr)
            return USAGE
        wanted.append(name)
    warnings = prepared.warnings
    if wanted:
        problems, warnings = (
            tuple(p for p in found if any(p.path == w or p.path.startswith(f"{w}/") for w in wanted))
            for found in (problems, warnings)
        )
    warned = _warned(warnings)
    if problems:
        return _refused(problems, "")
    areas, guides = len(prepared.world.areas), len(prepared.world.guides)
    print(f"没有问题：{areas} 个统筹区，{guides} 篇指南。")
    return PROBLEMS if warned and options.strict else FINE


def _warned(warnings: "Iterable[Problem]") -> bool:
    """Print warnings; whether there were any."""
    from sitegen.problems import warned_line

    found = tuple(warnings)
    for warning in found:
        print(warning, file=sys.stderr)
    if found:
        print(warned_line(found), file=sys.stderr)
    return bool(found)


def _inside(path: Path, root: Path) -> str | None:
    """The path relative to the root, as problems name it."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except (ValueError, OSError, RuntimeError):
        return None


def _check_policies(options: argparse.Namespace) -> int:
    from sitegen.areas import parse_document, read_shared
    from sitegen.checks.national import warnings_of
    from sitegen.load import load, load_policies
    from sitegen.national import read_national
    from sitegen.problems import Problem, in_order
    from sitegen.yamlfile import Document, read_yaml

    folder: Path = options.policies
    if not folder.is_dir():
        print(f"没有这个文件夹：{folder}", file=sys.stderr)
        return USAGE
    tree = load_policies(folder, str(folder))
    problems, documents = list(tree.problems), dict[str, Document]()
    shared_path, national_path = (f"{str(folder).rstrip('/')}/{name}.yaml" for name in ("sources", "national"))
    shared, sources = read_shared(tree, shared_path, documents, problems)
    own = load(options.root)
    if national_path not in tree.texts:  # the project's bounds hold for other folders too
        _, sources = read_shared(own, "policies/sources.yaml", {}, [])
    national, _ = read_national(tree if national_path in tree.texts else own, sources, national_path)
    warnings: list[Problem] = []
    files: dict[str, str] = {}
    for path, text in tree.texts.items():
        if path in (shared_path, national_path):
            continue
        document, found = read_yaml(text, path)
        problems += found
        if document is None:
            continue
        area, found = parse_document(document, shared)
        problems += found
        if area is not None:
            warnings += warnings_of(area, document, tuple(national.figures.values()), sources)
        if area is not None and files.setdefault(area.id, path) != path:
            problems.append(document.problem(("id",), f"“{area.id}”在 {files[area.id]} 里已经用过", "duplicate"))
    warned = _warned(in_order(warnings))
    if problems:
        return _refused(in_order(problems), "")
    print(f"没有问题：{len(files)} 个统筹区。")
    return PROBLEMS if warned and options.strict else FINE


def _list_figures(area_id: str, world: "World") -> int:
    from sitegen.evaluate import words_of
    from sitegen.problems import nearest
    from sitegen.references import Found, all_figures

    if area_id == "national":
        found = [Found(area=None, figure=entry.figure, spoken=entry.spoken) for entry in world.national]
    elif area_id in world.areas:
        entry = world.areas[area_id]
        found = [Found(area=entry, figure=figure) for figure in all_figures(entry.area)]
    else:
        near = nearest(area_id, (*world.areas, "national"))
        print(f"没有“{area_id}”这个统筹区，或者它的文件有问题{near}", file=sys.stderr)
        return PROBLEMS
    for reference, words in dict.fromkeys((one.figure.reference, words_of(one)) for one in found):
        print(f"{reference}\t{words}")
    return FINE


def _serve_parser(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _add(commands, "serve", "在本机打开生成好的网站", _serve)
    parser.add_argument("--port", type=_port, default=8000, metavar="端口", help="默认 8000；被占用时用下一个")
    parser.add_argument("--out", type=Path, metavar="文件夹", help="网站在哪里，默认是根目录下的 site/")


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port


def _serve(options: argparse.Namespace) -> int:
    from sitegen.serve import serve

    return ENVIRONMENT if serve(options.out or options.root / SITE, options.port) else FINE


def _estimate_parser(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _add(commands, "estimate", "按统筹区文件结算案例，印出每一步；写了 expect 就对照", _estimate)
    parser.add_argument("cases", nargs="+", type=Path, metavar="案例.yaml", help="一个文件里写一个案例，或一个列表")
    parser.add_argument("--policies", type=Path, metavar="文件夹", help="统筹区文件在哪里，默认是根目录下的 policies/")
    parser.add_argument("--json", action="store_true", help="输出 JSON，格式见 docs/cli.md")


def _estimate(options: argparse.Namespace) -> int:
    from sitegen.estimate import as_json, as_text, estimate_file
    from sitegen.load import Unusable, load_file
    from sitegen.problems import in_order

    policies = _policies(options)
    if policies is None:
        return USAGE
    results: list[Result] = []
    problems: list[Problem] = []
    for path in options.cases:
        try:
            found, told = estimate_file(load_file(path, str(path)), str(path), policies)
        except Unusable as refused:
            found, told = (), (refused.problem,)
        results += found
        problems += told
    # A policy file that could not be read matters when a case asks for it.
    missing = {str(result.entry.area) for result in results if result.settled == type(result.settled)()}
    problems += [p for p in policies.tree.problems if Path(p.path).stem in missing]
    told = in_order(problems)
    if options.json:
        print(json.dumps(as_json(tuple(results), told), ensure_ascii=False, indent=2))
    elif results:
        print(as_text(tuple(results)))
    return _refused(told, "") if told else FINE


def _policies(options: argparse.Namespace) -> "Policies | None":
    """The folder of policy files; None (and said so) when the one named is not there."""
    from sitegen.estimate import Policies
    from sitegen.load import Tree, load_policies

    folder: Path = options.policies or options.root / "policies"
    if options.policies is not None and not folder.is_dir():
        print(f"没有这个文件夹：{folder}", file=sys.stderr)
        return None
    tree = load_policies(folder, str(folder)) if folder.is_dir() else Tree(root=folder, texts={}, blobs={})
    return Policies(tree=tree)


def _curve_parser(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _add(commands, "curve", "案例里一个金额变动时，各方各付多少：整条曲线，一段一行", _curve)
    parser.add_argument("cases", type=Path, metavar="案例.yaml", help="和 estimate 用的一样")
    parser.add_argument("--free", required=True, metavar="金额", help="变动的金额，例如 bill.total")
    parser.add_argument("--to", metavar="金额", help="算到多少为止，不写就一直算下去")
    parser.add_argument("--policies", type=Path, metavar="文件夹", help="统筹区文件在哪里，默认是根目录下的 policies/")
    parser.add_argument("--json", action="store_true", help="输出 JSON，格式见 docs/cli.md")


def _curve(options: argparse.Namespace) -> int:
    from sitegen.curve import as_json, as_text, curve_file
    from sitegen.load import Unusable, load_file

    policies = _policies(options)
    if policies is None:
        return USAGE
    path = options.cases
    try:
        found, told = curve_file(load_file(path, str(path)), str(path), policies, options.free, options.to)
    except Unusable as refused:
        found, told = [], (refused.problem,)
    if options.json:
        print(json.dumps(as_json(found, told), ensure_ascii=False, indent=2))
    elif found:
        print(as_text(found))
    return _refused(told, "") if told else FINE


def _describe_parser(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _add(commands, "describe", "各个计算器要填什么、会得到什么", _describe)
    parser.add_argument("kind", nargs="?", metavar="计算器", help="例如 inpatient；不写就列出全部")
    parser.add_argument("--area", metavar="统筹区", help="按哪个统筹区的规定问，例如 beijing")
    parser.add_argument("--policies", type=Path, metavar="文件夹", help="统筹区文件在哪里，默认是根目录下的 policies/")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def _describe(options: argparse.Namespace) -> int:
    from calculator.errors import nearest_word
    from calculator.kinds import KINDS
    from sitegen.describe import as_json, as_text

    policies = _policies(options)
    if policies is None:
        return USAGE
    if options.kind is not None and options.kind not in KINDS:
        print(f"没有“{options.kind}”这个计算器{nearest_word(options.kind, KINDS)}", file=sys.stderr)
        return USAGE
    area = policies.area(options.area) if options.area else None
    if options.area and area is None:
        print(f"没有“{options.area}”这个统筹区{nearest_word(options.area, policies.ids())}", file=sys.stderr)
        return USAGE
    kinds = [options.kind] if options.kind else list(KINDS)
    if options.json:
        print(json.dumps([as_json(kind, area) for kind in kinds], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(as_text(kind, area) for kind in kinds))
    return FINE


def _new_parser(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _add(commands, "new", "新建统筹区、指南，或者加一版标准；要您填的地方都标着【请填写】", _new)
    parser.add_argument("what", choices=("area", "guide", "edition"), metavar="area|guide|edition", help="新建什么")
    parser.add_argument("id", metavar="编号", help="统筹区的 id，或指南的文件名（不带 .md）")
    parser.add_argument("part", nargs="?", metavar="哪一部分", help="edition 用：险种/就医类型，如 employee/inpatient")
    parser.add_argument("--name", metavar="名字", help="area 用：统筹区的名字")
    parser.add_argument("--province", metavar="省份", help="area 用：在哪个省")
    parser.add_argument("--title", metavar="标题", help="guide 用：读者会问的一句话")
    parser.add_argument("--group", metavar="分组", help="guide 用：content/groups.yaml 里的 id")
    parser.add_argument("--from", dest="since", type=_day, metavar="日期", help="edition 用：从哪一天起执行")
    parser.add_argument("--today", type=_day, metavar="日期", help="把哪一天当作今天，默认是今天")


_NEEDED = {"area": ("name", "province"), "guide": ("title", "group"), "edition": ("part", "since")}
_OPTION_WORDS = {
    "name": "--name 名字", "province": "--province 省份", "title": "--title 标题", "group": "--group 分组",
    "part": "险种/就医类型", "since": "--from 日期",
}  # fmt: skip


def _new(options: argparse.Namespace) -> int:
    from sitegen.areas import read_areas
    from sitegen.guides import read_guides
    from sitegen.load import load, reason
    from sitegen.new import CannotMake, new_area, new_edition, new_guide

    missing = [_OPTION_WORDS[name] for name in _NEEDED[options.what] if getattr(options, name) is None]
    if missing:
        print(f"new {options.what} 还要写：{'，'.join(missing)}", file=sys.stderr)
        return USAGE
    tree = load(options.root, ("policies", "content"))
    areas, _ = read_areas(tree)
    today = options.today or datetime.now().astimezone().date()
    try:
        if options.what == "area":
            made = new_area(options.id, options.name, options.province, today, areas)
        elif options.what == "guide":
            made = new_guide(options.id, options.title, options.group, today, read_guides(tree)[0])
        else:
            made = new_edition(options.id, options.part, options.since, areas, tree.texts)
    except CannotMake as error:
        print(error, file=sys.stderr)
        return PROBLEMS
    try:
        (options.root / made.path).write_text(made.text, encoding="utf-8", newline="\n")
    except OSError as error:
        print(f"{made.path} 写不进去：{reason(error)}。", file=sys.stderr)
        return ENVIRONMENT
    print(f"写好了 {made.path}，从第 {made.line} 行起填。填完运行 python -m sitegen check {made.path}")
    return FINE


def _diff_parser(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _add(commands, "diff", "两份政策数据差在哪里：改了哪些数字，一批标准的账单各差多少元", _diff)
    parser.add_argument("old", metavar="旧的", help="文件夹（项目，或 policies/），或者 Git 的一个版本，例如 main")
    parser.add_argument("new", nargs="?", metavar="新的", help="同上；不写就是现在的文件")
    parser.add_argument("--json", action="store_true", help="输出 JSON，格式见 docs/cli.md")


def _diff(options: argparse.Namespace) -> int:
    from sitegen.areas import read_areas
    from sitegen.diff import as_json, as_markdown, compare
    from sitegen.problems import in_order
    from sitegen.revision import NoSuchRevision, revision

    sides: list[Areas] = []
    problems: list[Problem] = []
    try:
        for name in (options.old, options.new):
            tree = revision(options.root, name)
            areas, found = read_areas(tree)
            sides.append(areas)
            problems += [*tree.problems, *found]
    except NoSuchRevision as error:
        print(error, file=sys.stderr)
        return USAGE
    changes = compare(*sides)
    print(json.dumps(as_json(changes), ensure_ascii=False, indent=2) if options.json else as_markdown(changes))
    return _refused(in_order(problems), "有问题的文件没有比。") if problems else FINE


def _stale_parser(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _add(commands, "stale", "列出过时的内容：很久没核对的文件、已到期的规定、按旧规定写的指南", _stale)
    parser.add_argument("--today", type=_day, metavar="日期", help="把哪一天当作今天，例如 2026-11-01；默认是今天")
    parser.add_argument("--days", type=_days, default=180, metavar="天数", help="多少天没核对算久，默认 180")


def _day(text: str) -> date:
    if len(text) != 10:  # Python 3.11 also takes 20261101 and 2026-W44-7
        raise ValueError(text)
    return date.fromisoformat(text)


def _days(text: str) -> int:
    days = int(text)
    if not 0 <= days <= 100_000:
        raise ValueError(text)
    return days


def _stale(options: argparse.Namespace) -> int:
    from sitegen.areas import read_areas
    from sitegen.guides import read_guides
    from sitegen.load import load
    from sitegen.problems import in_order
    from sitegen.stale import report

    today = options.today or datetime.now().astimezone().date()
    tree = load(options.root, ("policies", "content"))
    areas, area_problems = read_areas(tree)
    content, content_problems = read_guides(tree)
    lines = report(areas, content, today, options.days)
    for line in lines:
        print(line)
    print(f"到 {today} 为止，过时的有 {len(lines)} 处。")
    problems = in_order((*tree.problems, *area_problems, *content_problems))
    return _refused(problems, "有问题的文件没有看。") if problems else FINE


def _schema_parser(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _add(commands, "schema", "重新生成 policies/area.schema.json，编辑器靠它提示和检查", _schema)
    parser.add_argument("--check", action="store_true", help="只看它是不是最新的，不写")


def _schema(options: argparse.Namespace) -> int:
    from sitegen.load import reason
    from sitegen.schema import SCHEMA, schema_is_current, write_schema

    if options.check:
        wrong = schema_is_current(options.root)
        print(wrong or f"{SCHEMA} 是最新的。", file=sys.stderr if wrong else sys.stdout)
        return PROBLEMS if wrong else FINE
    try:
        print(write_schema(options.root))
    except OSError as error:
        print(f"{SCHEMA} 写不进去：{reason(error)}。", file=sys.stderr)
        return ENVIRONMENT
    return FINE


if __name__ == "__main__":
    raise SystemExit(main())
