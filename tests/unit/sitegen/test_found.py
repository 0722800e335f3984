"""What search engines and other sites read; expected values by hand."""

import json
import re
from typing import Any

import pytest

from sitegen.build import Prepared, pages_of, prepare
from sitegen.checks.pages import check_pages
from sitegen.found import found_files
from sitegen.settings import filled, made, read_settings
from sitegen.world import Page, Settings
from tests.build.tree import AREA, FILES, miniature

BASE = "https://example.org/yibao/"
REAL = FILES[AREA].replace("fictional: true\n", "").replace("status: illustrative", "status: official")
MOVED = {"content/redirects.yaml": "- {from: /guides/jiu-de/, to: zhu-yuan.md#怎么算}\n"}


def site(
    base: str = "", changes: dict[str, str | None] | None = None
) -> tuple[Prepared, dict[str, Page], dict[str, bytes]]:
    prepared = prepare(miniature(changes or {}), settings=made(base_url=base))
    assert prepared.problems == ()
    pages = {page.path: page for page in pages_of(prepared.world)}
    return prepared, pages, found_files(prepared.world, pages.values(), prepared.material.tree.blobs)


def linked(page: Page) -> Any:
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.html)
    return json.loads(data)


def test_without_an_address_of_its_own_the_site_names_none() -> None:
    _, pages, files = site()

    html = pages["guides/zhu-yuan/index.html"].html
    assert "canonical" not in html
    assert "og:" not in html
    assert sorted(files) == ["favicon.ico", "manifest.webmanifest", "robots.txt"]
    assert files["robots.txt"] == b"User-agent: *\nAllow: /\n"


def test_with_an_address_pages_name_it_and_the_sitemap_lists_them() -> None:
    prepared, pages, files = site(BASE)

    html = pages["guides/zhu-yuan/index.html"].html
    assert f'<link rel="canonical" href="{BASE}guides/zhu-yuan/">' in html
    assert '<meta property="og:type" content="article">' in html
    assert f'<meta property="og:image" content="{BASE}{prepared.world.assets["templates/images/card.png"]}">' in html
    assert '<meta name="robots" content="noindex">' in pages["404.html"].html
    assert "canonical" not in pages["404.html"].html
    assert files["robots.txt"].decode().endswith(f"Sitemap: {BASE}sitemap.xml\n")
    listed = files["sitemap.xml"].decode()
    assert f"<loc>{BASE}</loc>" in listed
    assert f"<loc>{BASE}guides/zhu-yuan/</loc>\n  <lastmod>2026-03-02</lastmod>" in listed
    assert "404" not in listed


def test_the_manifest_is_relative_and_its_icons_are_there() -> None:
    prepared, _, files = site()

    document = json.loads(files["manifest.webmanifest"])
    assert (document["start_url"], document["scope"]) == ("./", "./")
    assert [icon["sizes"] for icon in document["icons"]] == ["any", "192x192", "512x512", "512x512"]
    assert {icon["src"] for icon in document["icons"]} <= set(prepared.files)


def test_json_ld_says_what_the_page_says() -> None:
    question = "- {id: q-01, ask: 减不减起付线？, answer: zhu-yuan.md, group: home, brief: 先减</script>再乘比例。}\n"
    _, pages, _ = site(BASE, {"content/questions.yaml": question})

    assert linked(pages["questions/index.html"]) == {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": "zh-CN",
        "mainEntity": [
            {
                "@type": "Question",
                "name": "减不减起付线？",
                "acceptedAnswer": {"@type": "Answer", "text": "先减</script>再乘比例。"},
            }
        ],
    }
    data = linked(pages["open-data/index.html"])
    assert data["@type"] == "Dataset"
    assert [file["contentUrl"] for file in data["distribution"]] == [
        f"{BASE}open-data/all.zip",
        f"{BASE}open-data/index.json",
    ]
    assert linked(pages["index.html"])["url"] == BASE


def test_without_an_address_json_ld_is_relative_to_the_page() -> None:
    _, pages, _ = site()

    assert linked(pages["open-data/index.html"])["url"] == "./"


def test_an_invented_place_is_no_data_set() -> None:
    _, pages, _ = site()

    assert "ld+json" not in pages["areas/test-city/index.html"].html


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ('<script type="application/ld+json">{"a": 1}</script>', ""),
        ('<script type="application/ld+json">{"a": 1</script>', "<script> 里的数据不是 JSON"),
        ("<script>{}</script>", "<script> 写在页面里，网站的安全策略不允许"),
        ('<script type="application/json">{}</script>', "<script> 写在页面里，网站的安全策略不允许"),
        ('<script type="application/ld+json" id="x">{}</script>', "<script> 写在页面里，网站的安全策略不允许"),
        ('<script type="module">{}</script>', "<script> 写在页面里，网站的安全策略不允许"),
    ],
)
def test_of_scripts_in_pages_only_json_ld_is_let_through(script: str, message: str) -> None:
    found = [problem.message for problem in check_pages([Page(path="a.html", html=script)], {})]

    assert found == ([message] if message else [])


def test_a_page_that_moved_leads_on() -> None:
    _, pages, files = site(BASE, MOVED)

    html = pages["guides/jiu-de/index.html"].html
    assert '<meta http-equiv="refresh" content="0; url=../zhu-yuan/#怎么算">' in html
    assert f'<link rel="canonical" href="{BASE}guides/zhu-yuan/">' in html
    assert (
        files["_redirects"].decode()
        == "/yibao/guides/jiu-de/ /yibao/guides/zhu-yuan/#%E6%80%8E%E4%B9%88%E7%AE%97 301\n"
    )
    assert "jiu-de" not in files["sitemap.xml"].decode()


def test_settings_are_read_and_the_address_gets_its_slash() -> None:
    text = (
        "[tool.sitegen]\n"
        'base-url = "https://example.org/yibao"\n'
        'issues = "https://example.org/issues/new?title={title}&body={body}"\n'
        'mail = "yibao@example.org"\n'
    )

    settings, problems = read_settings(text)

    assert problems == ()
    assert settings == Settings(
        base_url=BASE, issues="https://example.org/issues/new?title={title}&body={body}", mail="yibao@example.org"
    )
    assert filled(settings.issues, {"title": "有误 {body}", "body": "a&b"}) == (
        "https://example.org/issues/new?title=%E6%9C%89%E8%AF%AF%20%7Bbody%7D&body=a%26b"
    )


def test_bad_settings_are_told_all_at_once() -> None:
    text = '[tool.sitegen]\nbase-url = "example.org"\nissues = "https://example.org/new"\nmail = "somebody"\nbase = 1\n'

    settings, problems = read_settings(text)

    assert settings == Settings()
    assert [str(problem) for problem in problems] == [
        "pyproject.toml:2: tool.sitegen.base-url: 写的是“example.org”，应是网站的网址，例如 https://example.org/yibao/ [setting]",
        "pyproject.toml:3: tool.sitegen.issues: 写的是“https://example.org/new”，应是新建问题的网址，里面有 {title} 和 {body} [setting]",
        "pyproject.toml:4: tool.sitegen.mail: 写的是“somebody”，应是一个邮箱地址 [setting]",
        "pyproject.toml:5: tool.sitegen.base: 不认识“base”，是不是想写“base-url” [setting]",
    ]
