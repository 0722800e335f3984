"""Every reference of every built page, followed in the files: no browser needed."""

import re
from collections.abc import Mapping

import pytest

from tests.e2e.html import FETCHING, Document, is_external, parsed, target_of

# Where a link may lead outside the site, and only when the reader follows it.
OUTWARD = ("https://", "http://", "tel:", "mailto:")


@pytest.fixture(scope="module")
def documents(site: Mapping[str, bytes]) -> dict[str, Document]:
    return {path: parsed(content) for path, content in site.items() if path.endswith(".html")}


def test_every_internal_link_leads_to_a_file_and_an_anchor_that_exist(
    site: Mapping[str, bytes], documents: dict[str, Document]
) -> None:
    broken = []
    for page, document in documents.items():
        for tag, attribute, reference in document.references:
            if is_external(reference) or attribute == "data-runtime":
                continue
            file, anchor = target_of(page, reference)
            if file not in site:
                broken.append(f"{page}: <{tag} {attribute}={reference}>: no {file}")
            elif anchor.startswith("v="):
                pass  # the answers of a form, see sitegen/pages/fragment.py
            elif anchor and file in documents and anchor not in documents[file].ids:
                broken.append(f"{page}: <{tag} {attribute}={reference}>: no #{anchor} in {file}")

    assert broken == []


def test_the_runtime_of_every_form_is_there(site: Mapping[str, bytes], documents: dict[str, Document]) -> None:
    folders = {
        target_of(page, reference)[0].removesuffix("index.html")
        for page, document in documents.items()
        for _, attribute, reference in document.references
        if attribute == "data-runtime"
    }

    (folder,) = folders
    assert {f"{folder}{name}" for name in ("manifest.json", "pyodide-lock.json", "form.js")} <= set(site)


def test_nothing_is_fetched_from_elsewhere_and_links_out_are_of_known_kinds(documents: dict[str, Document]) -> None:
    wrong = [
        f"{page}: <{tag} {attribute}={reference}>"
        for page, document in documents.items()
        for tag, attribute, reference in document.references
        if is_external(reference)
        and ((tag, attribute) in FETCHING or not reference.startswith(OUTWARD))
        # A picture written into the page itself is no request.
        and not reference.startswith("data:image/")
    ]

    assert wrong == []


def test_style_sheets_fetch_nothing(site: Mapping[str, bytes]) -> None:
    sheets = {path: content.decode() for path, content in site.items() if path.endswith(".css")}
    fetched = {
        path: re.findall(r"@import[^;]*|url\((?!['\"]?(?:data:|#))[^)]*\)", text) for path, text in sheets.items()
    }

    assert sheets
    assert {path: found for path, found in fetched.items() if found} == {}


def test_no_page_gives_two_elements_one_id(documents: dict[str, Document]) -> None:
    twice = {page: sorted({i for i in found.ids if found.ids.count(i) > 1}) for page, found in documents.items()}

    assert {page: ids for page, ids in twice.items() if ids} == {}


def test_no_page_has_inline_scripts_handlers_or_styles(site: Mapping[str, bytes]) -> None:
    inline = re.compile(
        r"<script(?! type=\"application/ld\+json\">)(?![^>]*\ssrc=)|<style\b|\sstyle\s*=\s*[\"']|\son[a-z]+\s*=\s*[\"']|javascript:",
        re.IGNORECASE,
    )
    found = {path: inline.findall(html.decode()) for path, html in site.items() if path.endswith(".html")}

    assert {path: matches for path, matches in found.items() if matches} == {}
