"""Templates, styles and scripts keep to the strict content policy and ask no outside host."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files, shown

NAMESPACES = re.compile(r"https?://www\.w3\.org/\S+")  # of SVG and XHTML; nobody fetches them
HOST = r"""["']?(?:https?:|wss?:)?//"""
EVERYWHERE = {
    "an outside host": re.compile(rf"(?:src|href|action|data|poster|srcset|hx-\w+)\s*=\s*{HOST}"),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "evaluated text": re.compile(r"\beval\s*\(|\bnew Function\s*\("),
}
STYLE = {"an outside host in a style": re.compile(rf"(?:url\(|@import)\s*{HOST}")}
FETCHING = r"(?:fetch\(|\bimport\(?|\bfrom|WebSocket\(|Worker\()"
SCRIPT = {"an outside host in a script": re.compile(rf"{FETCHING}\s*{HOST}")}
MARKUP = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=|<style\b"),
    "an inline handler": re.compile(r"""<[^>]*\son[a-z]+\s*=\s*["']"""),
    "an inline script": re.compile(r"""<script\b(?![^>]*\bsrc=)(?![^>]*type=["']application/json)"""),
}
FORBIDDEN = {".css": STYLE, ".html": STYLE | MARKUP, ".js": SCRIPT, ".mjs": SCRIPT, ".svg": STYLE}
ICON = re.compile(r"""\{% icon ["']([a-z0-9-]+)["'] %\}|\bicon="([a-z0-9-]+)\"""")
TOKEN = re.compile(r"var\((--[a-z0-9-]+)")
OF_TABLER = "--tblr-"


def faults_in(path: Path, text: str) -> Iterator[str]:
    text = NAMESPACES.sub("", text)
    for what, pattern in (EVERYWHERE | FORBIDDEN[path.suffix]).items():
        for match in pattern.finditer(text):
            yield f"{shown(path)}:{text.count(chr(10), 0, match.start()) + 1}: {what}"


def served() -> Iterable[Path]:
    mails = {"mail", "email"}  # read in mail programs, which know no policy and no static files
    return (path for path in files(*FORBIDDEN, under="keqiao") if not mails & set(path.parts))


def test_pages_keep_the_content_policy_and_stay_at_home():
    assert [fault for path in served() for fault in faults_in(path, path.read_text())] == []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.html", '<link href="//cdn.invalid/x.css">', "an outside host"),
        ("a.css", "@import 'https://fonts.invalid/x';", "an outside host in a style"),
        ("a.js", 'import x from "https://cdn.invalid/x.js"', "an outside host in a script"),
        ("a.html", '<p\n style="color: red">', "an inline style"),
        ("a.html", "<button onclick='go()'>", "an inline handler"),
        ("a.html", "<script>go()</script>", "an inline script"),
        ("a.html", '<a href="javascript:go()">', "a script address"),
        ("a.js", "eval ('1')", "evaluated text"),
    ],
)
def test_a_planted_fault_is_found(name, text, found):
    assert list(faults_in(Path(name), text)) == [f"{name}:1: {found}"]


def test_what_a_page_may_hold_passes():
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"></svg>'
    page = f'{drawing}<script type="module" src="/static/x.js"></script><a href="/calls/">x</a>'

    assert list(faults_in(Path("a.html"), page)) == []


def icons_in(text: str) -> set[str]:
    return {"".join(found) for found in ICON.findall(text)}


def test_every_icon_that_a_page_names_is_copied_for_it():
    """One that is not fails the page at the moment at which it is first drawn."""
    drawn = set(json.loads((ROOT / "package.json").read_text())["icons"])
    named = {path: icons_in(path.read_text()) for path in files(".html", under="keqiao")}

    assert {shown(path): names - drawn for path, names in named.items() if names - drawn} == {}
    assert icons_in('{% icon "ban" %} <c-empty icon="users" />') == {"ban", "users"}


def unknown_tokens(text: str) -> set[str]:
    known = "".join(path.read_text() for path in files("tokens.css", under="keqiao"))
    asked = {name for name in TOKEN.findall(text) if not name.startswith(OF_TABLER)}
    return {name for name in asked if f"{name}:" not in known + text}


def test_every_token_that_a_style_names_is_one_of_the_product():
    faults = {shown(path): unknown_tokens(path.read_text()) for path in files(".css", under="keqiao")}

    assert {name: tokens for name, tokens in faults.items() if tokens} == {}
    assert unknown_tokens("p { color: var(--blue, #00f); fill: var(--brand); }") == {"--blue"}
