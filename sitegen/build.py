"""The straight line from a tree to the bytes of a site. Touches no target, reads no clock.

Equal trees give equal bytes.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from calculator.national import SOURCES as SERVICE_SOURCES
from sitegen.addresses import Target, target_of
from sitegen.areas import read_areas, source_entries
from sitegen.checks import check_all, warn
from sitegen.checks.pages import check_pages
from sitegen.checks.unfilled import unfilled, without_echoes
from sitegen.comparisons import read_comparisons
from sitegen.coverage import ADDRESS as COVERAGE
from sitegen.coverage import EPOCH, coverage_file, epoch_day
from sitegen.disputes import read_disputes
from sitegen.disputes_told import tell_disputes
from sitegen.evaluate import evaluate, with_citations
from sitegen.feeds import feeds
from sitegen.found import FRAME, found_files
from sitegen.guides import read_guides
from sitegen.load import Tree, Unusable, load, load_file
from sitegen.material import Material
from sitegen.news import read_news
from sitegen.offline import FRAME_SOURCE, TOKEN, WORKER_SOURCE, with_worker
from sitegen.opendata import publish
from sitegen.problems import Problem, in_order, refuse, shorten
from sitegen.questions import read_questions
from sitegen.redirects import read_redirects
from sitegen.search.words import read_search_words
from sitegen.settings import PROJECT, made, read_settings
from sitegen.telling import told
from sitegen.tokens import TOKENS, read_tokens
from sitegen.world import AreaFile, AskedQuestion, Json, Moved, Page, Settings, World

IMAGES = "content/images/"
CACHE = ".cache/compressed"
NO_RUNTIME = "runtime/"
"""Stands in for the runtime's folder where pages are made only to be checked."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Everything read, checked and evaluated; `problems` is empty when a site can be made of it."""

    material: Material
    world: World
    files: Mapping[str, bytes]
    """Assets and data, by path in the site; neither pages nor runtime."""
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    """What is worth a look (提醒) but stands in nobody's way."""


def build(root: Path, tell: Tell, base_url: str = "") -> dict[str, bytes]:
    """The site as bytes by path; `base_url` is used instead of the one in the settings.

    Raises Refused for bad input, RuntimeFilesMissing for a missing Pyodide."""
    from sitegen.compress import precompress
    from sitegen.runtime import runtime

    tell("读取和检查")
    prepared = _prepared(root, base_url)
    refuse(prepared.problems)
    tell("准备浏览器里的计算器")
    engine = runtime(root, prepared.material.tree.texts)
    tell("生成网页")
    pages = tuple(pages_of(replace(prepared.world, runtime=engine.address, build=TOKEN)))
    files = {**prepared.files, **engine.files, **{page.path: page.html.encode() for page in pages}}
    files |= search_of(prepared.world, pages)
    files |= found_files(prepared.world, pages, prepared.material.tree.blobs)
    refuse(check_pages(pages, files))
    files = with_worker(files, prepared.material.tree.texts[WORKER_SOURCE])
    tell("压缩")
    return files | precompress(files, root / CACHE)


def check(root: Path, tell: Tell) -> tuple[Prepared, tuple[Problem, ...]]:
    """Everything read and checked, and all problems; the pages are made too, when nothing stands in the way."""
    tell("读取和检查")
    prepared = _prepared(root)
    if prepared.problems:
        return prepared, prepared.problems
    tell("生成网页，检查链接")
    pages = tuple(pages_of(prepared.world))
    files = {**prepared.files, **found_files(prepared.world, pages, prepared.material.tree.blobs)}
    files |= search_of(prepared.world, pages)
    return prepared, in_order(check_pages(pages, files))


def _prepared(root: Path, base_url: str = "") -> Prepared:
    """The tree below `root` with the settings of its project file and the day of the environment."""
    settings, problems = _settings(root)
    if base_url:
        settings = replace(settings, base_url=made(base_url).base_url)
    day, found = _epoch()
    return prepare(load(root), day, (*problems, *found), settings)


def _settings(root: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """What the project file says of this site; that the file is missing is told where it is needed."""
    try:
        return read_settings(load_file(root / PROJECT, PROJECT))
    except Unusable:
        return Settings(), ()


def _epoch() -> tuple[date | None, tuple[Problem, ...]]:
    """The day that the environment says to count for, as reproducible builds do."""
    try:
        return epoch_day(os.environ), ()
    except (ValueError, OverflowError, OSError):
        message = f"环境变量写的是“{shorten(os.environ[EPOCH])}”，应是 1970 年以来的秒数，例如 1760000000"
        return None, (Problem(path=EPOCH, message=message, check="epoch"),)


def prepare(
    tree: Tree,
    counted_on: date | None = None,
    problems: tuple[Problem, ...] = (),
    settings: Settings = Settings(),  # noqa: B008  frozen
) -> Prepared:
    """Read, check and evaluate a tree; collects every problem, those found before it included."""
    from sitegen.pages.assets import assets

    areas, area_problems = read_areas(tree)
    content, content_problems = read_guides(tree)
    questions, question_problems = read_questions(tree)
    disputes, dispute_problems = read_disputes(tree)
    search_words, search_problems = read_search_words(tree)
    redirects, redirect_problems = read_redirects(tree)
    comparisons, comparison_problems = read_comparisons(tree)
    material = Material(
        tree=tree,
        areas=areas,
        content=content,
        questions=questions,
        disputes=disputes,
        comparisons=comparisons,
        redirects=redirects,
    )
    made = {asset.source: (asset.path, asset.content) for asset in assets(tree.texts, tree.blobs)}
    made |= {source: (hashed(PurePosixPath(source), data), data) for source, data in _images(tree)}
    addresses = {source: path for source, (path, _) in made.items()}
    guides, guide_problems = evaluate(material, addresses)
    told_disputes, told_problems = tell_disputes(material, addresses)
    written, unread = read_news(tree)
    news, news_problems = told(written, material)
    data = {entry.id: area_data(entry, areas.shared) for entry in areas.files.values()}
    area_paths = {name: f"data/areas/{name}.{_hash(content)}.json" for name, content in data.items()}
    world = World(
        areas=areas.files,
        shared_sources=dict(areas.shared),
        sources=with_citations(source_entries(areas), guides),
        glossary=content.glossary,
        groups=content.groups,
        national=tuple(areas.national.figures.values()),
        guides=guides,
        assets=addresses,
        area_data=area_paths,
        runtime=NO_RUNTIME,
        tokens=read_tokens(tree.texts[TOKENS]),
        questions=tuple(_asked(material)),
        disputes=told_disputes,
        news=news,
        settings=settings,
        moved=tuple(_moved(material)),
        counted_on=counted_on,
        search_words=search_words,
        comparisons=tuple(comparisons.items.values()),
    )
    read = (
        *tree.problems,
        *area_problems,
        *content_problems,
        *question_problems,
        *dispute_problems,
        *comparison_problems,
        *redirect_problems,
        *search_problems,
        *unread,
    )
    opened = publish(world)
    world = replace(world, version=opened.version)
    marks = tuple(unfilled(tree))
    found = (*read, *check_all(material), *guide_problems, *told_problems, *news_problems)
    problems = (*problems, *without_echoes(found, marks))
    files = dict(made.values()) | {area_paths[name]: content for name, content in data.items()}
    if FRAME_SOURCE in tree.texts:
        files[FRAME] = tree.texts[FRAME_SOURCE].encode()
    files |= {COVERAGE: coverage_file(world), **feeds(world), **opened.by_path()}
    return Prepared(
        material=material, world=world, files=files, problems=in_order(problems), warnings=in_order(warn(material))
    )


def pages_of(world: World) -> Iterator[Page]:
    """The pages of the site; imported late, because templates are only needed for pages."""
    from sitegen.pages import all_pages

    return iter(all_pages(world))


def search_of(world: World, pages: Iterable[Page]) -> dict[str, bytes]:
    """The files of the search, made from the finished pages."""
    from sitegen.search.index import search_files

    return search_files(world, {page.path: page.html for page in pages})


def _asked(material: Material) -> Iterator[AskedQuestion]:
    for item in material.questions.items.values():
        target = target_of(item.answer, None, material)
        if isinstance(target, Target):
            yield AskedQuestion(question=item, address=target.address)


def _moved(material: Material) -> Iterator[Moved]:
    for item in material.redirects.items.values():
        target = target_of(item.to, None, material)
        if isinstance(target, Target):
            yield Moved(old=item.old.removeprefix("/"), new=target.address)


def _images(tree: Tree) -> Iterator[tuple[str, bytes]]:
    for path, text in tree.under(IMAGES):
        yield path, text.encode()
    for path, data in tree.blobs.items():
        if path.startswith(IMAGES):
            yield path, data


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]


def hashed(path: PurePosixPath, data: bytes) -> str:
    """The address of an asset, named by its content."""
    return f"assets/{path.stem}.{_hash(data)}{path.suffix}"


def area_data(entry: AreaFile, shared: Mapping[str, Json]) -> bytes:
    """What the calculator in the browser loads of an area: its document, the shared sources it cites, their links.

    The links are relative to the file itself, as links in any document are: forms stand on pages of several depths.
    """
    own = entry.document.get("sources")
    owned = own if isinstance(own, dict) else {}
    cited = {name: shared[name] for name in entry.area.sources if name in shared}
    names = dict.fromkeys((*entry.area.sources, *(name for name in SERVICE_SOURCES if name in shared)))
    links = {name: f"../../sources/#{f'{entry.id}--{name}' if name in owned else name}" for name in names}
    document = {"area": entry.document, "sources": cited, "links": links}
    return json.dumps(document, ensure_ascii=False, sort_keys=False, separators=(",", ":")).encode()
