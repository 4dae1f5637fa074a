"""Documents say what is: links lead somewhere, commands exist, rooms, settings and rule types are named."""

import contextlib
import pkgutil
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

import pytest
from django.core.management import get_commands

from keqiao.core.programme.rules import AnyOf, SimpleRule
from tests.architecture.tree import ROOT, files, shown

DOCS = ROOT / "docs"
DECISIONS = DOCS / "decisions"
LINK = re.compile(r"\]\(([^)\s]+)\)|<(?:img|source)[^>]+?src(?:set)?=\"([^\"]+)\"")
MAKE = re.compile(r"(?<![\w-])make(?: [A-Z_]+=\S+)* ([a-z]+)")
KEQIAO = re.compile(r"(?<![\w./-])(?:\.venv/bin/)?keqiao ([a-z]+)")
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
SETTING = re.compile(r"\"((?:KEQIAO_[A-Z_]+)|DATABASE_URL)\"")
FIELDS = ("Problem:", "Decision:", "Price:", "Left aside:", "Look again:")
HEAD = re.compile(r"# \d{4} \S.* Accepted \d{4}-\d{2}-\d{2}")
NO_DATABASE = {"read"}
PAIRS = (
    ("README.md", "README.zh-CN.md"),
    ("docs/operating.md", "docs/operating.zh-CN.md"),
    ("docs/handbook/officer.md", "docs/handbook/officer.zh-CN.md"),
    ("docs/targets.md", "docs/targets.zh-CN.md"),
)


def pages() -> list[Path]:
    return list(files(".md"))


def code_of(text: str) -> Iterator[str]:
    """What a page shows as code, block or word."""
    yield from (found.group() for found in CODE.finditer(text))


def dead_links(page: Path, text: str) -> Iterator[str]:
    for found in LINK.finditer(CODE.sub("", text)):
        target = next(filter(None, found.groups())).partition("#")[0]
        if target and "://" not in target and not (page.parent / target).exists():
            yield f"{shown(page)}: {target}"


def named(pattern: re.Pattern[str], texts: Iterable[str]) -> set[str]:
    return {name for text in texts for code in code_of(text) for name in pattern.findall(code)}


def make_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


def lacking_fields(text: str) -> list[str]:
    lines = text.splitlines()
    lacking = [field for field in FIELDS if sum(line.startswith(field) for line in lines) != 1]
    return (
        lacking if lines and HEAD.fullmatch(lines[0]) else ["a head with number, choice and date", *lacking]
    )


def rooms(layer: str) -> set[str]:
    inside = ROOT / "keqiao" / layer
    folders = {path.parent.name for path in inside.glob("*/__init__.py")}
    return folders | {path.stem for path in inside.glob("*.py") if path.stem != "__init__"}


def order_of(layer: str) -> list[str]:
    """The rooms from top to bottom, as the import contracts have them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["name"] == f"{layer} rooms")
    return [room.strip(" ()") for line in layers for room in line.split("|")]


def rule_types() -> set[str]:
    models = [*get_args(get_args(SimpleRule)[0]), AnyOf]
    return {get_args(model.model_fields["type"].annotation)[0] for model in models}


def rows_of(page: str, part: str = "") -> list[list[str]]:
    """The rows of the tables of a page, or only of the part below the heading that begins with ``part``."""
    text = (DOCS / page).read_text(encoding="utf-8")
    if part:
        text = text[text.index(f"\n## {part}") + 1 :]
        text = text[: text.find("\n## ")]
    lines = text.splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]


def test_links_lead_to_files():
    assert [link for page in pages() for link in dead_links(page, page.read_text(encoding="utf-8"))] == []


def test_a_dead_link_is_found(tmp_path):
    page = tmp_path / "page.md"
    text = (
        "[here](page.md#part) [gone](gone.md) ![lost](lost.png) `[code](code.md)` [out](https://a.example/x)"
    )
    page.write_text(text)

    assert [link.rpartition(" ")[2] for link in dead_links(page, text)] == ["gone.md", "lost.png"]


def test_make_targets_that_pages_name_exist():
    texts = [page.read_text(encoding="utf-8") for page in pages()]
    assert named(MAKE, texts) - make_targets() == set()
    assert {"run", "test"} <= named(MAKE, texts)
    assert named(MAKE, ["`make dance`, make sense"]) == {"dance"}


def test_commands_that_pages_name_exist():
    texts = [page.read_text(encoding="utf-8") for page in pages()]
    assert named(KEQIAO, texts) - NO_DATABASE - set(get_commands()) == set()
    assert {"read", "verify", "backup"} <= named(KEQIAO, texts)


@pytest.mark.parametrize("page", sorted(DECISIONS.glob("*.md")), ids=lambda page: page.stem)
def test_a_decision_says_why_at_what_price_and_until_when(page):
    assert lacking_fields(page.read_text(encoding="utf-8")) == []
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+", page.stem)


def test_decisions_are_numbered_once():
    numbers = [page.name[:4] for page in sorted(DECISIONS.glob("*.md"))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_a_decision_without_its_price_is_found():
    text = "# 0001 Choice   Accepted 2026-11-22\nProblem: a\nDecision: b\nLeft aside: c\nLook again: d\n"

    assert lacking_fields(text) == ["Price:"]


@pytest.mark.parametrize("layer", ["core", "web"])
def test_every_room_stands_in_the_architecture_in_its_order(layer):
    order = [room for room in order_of(layer) if room in rooms(layer)]
    part = {"core": "Rooms of the core", "web": "Rooms of the shell"}[layer]
    stated = [row[0].strip("`") for row in rows_of("architecture.md", part)]
    assert set(order) == rooms(layer)
    assert [room for room in stated if room in order] == order


def resolves(name: str) -> bool:
    """Does ``programmes.reading.read`` name something below one of the layers' roots?"""
    for root in ("keqiao", "keqiao.web"):
        with contextlib.suppress(ImportError, AttributeError):
            pkgutil.resolve_name(f"{root}.{name.removeprefix('keqiao.')}")
            return True
    return False


def test_names_in_the_architecture_exist():
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    spans = re.findall(r"`([a-z_]+(?:\.[A-Za-z_]+)+)(?:\([^`]*\))?`", page)
    names = set(spans) - {"request.arrived_at", "keqiao.sqlite3"}
    assert {"core.guides.reading.read_call", "programmes.reading.read"} <= names
    assert [name for name in sorted(names) if not resolves(name)] == []
    assert not resolves("core.guides.guess")


def test_references_to_the_house_style_lead_somewhere():
    page = (DOCS / "house-style.md").read_text(encoding="utf-8")
    sections = re.split(r"^## (\d+)\. ", page, flags=re.MULTILINE)[1:]
    known = set(sections[::2])
    for number, text in zip(sections[::2], sections[1::2], strict=True):
        known |= {f"{number}.{rule}" for rule in re.findall(r"^(\d+)\. ", text, re.MULTILINE)}
    texts = [path.read_text(encoding="utf-8") for path in files(".py", ".toml")]
    referred = {number for text in texts for number in re.findall(r"house style (\d+(?:\.\d+)?)", text)}
    assert "3.4" in referred
    assert referred - known == set()


def test_the_glossary_names_every_rule_type():
    in_code = " ".join(row[2] for row in rows_of("glossary.md") if len(row) > 2)
    assert {name for name in rule_types() if f"`{name}`" not in in_code} == set()


def test_a_term_stands_once_in_the_glossary():
    terms = [row[0] for row in rows_of("glossary.md") if row[0] != "中文"]
    assert len(terms) >= 90
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


def test_operating_names_every_setting():
    page = (DOCS / "operating.md").read_text(encoding="utf-8")
    read = {
        name for path in files(".py", under="keqiao") for name in SETTING.findall(path.read_text("utf-8"))
    }
    assert "KEQIAO_DATA" in read
    assert {name for name in read if f"`{name}`" not in page} == set()


@pytest.mark.parametrize("package", ["proofs", "benchmarks"])
def test_quality_has_a_line_for_each_long_measurement(package):
    programs = {path.stem for path in (ROOT / package).glob("*.py") if not path.stem.startswith("_")}
    asked = {"proofs": "prove", "benchmarks": "bench"}[package]
    stated = set(re.findall(rf"`make {asked} ONLY=(\w+)`", (DOCS / "quality.md").read_text(encoding="utf-8")))
    assert programs - stated == set(), f"docs/quality.md needs a line for each program of {package}"


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_pages_in_two_languages_lead_to_each_other(english, chinese):
    first, second = ((ROOT / name).read_text(encoding="utf-8") for name in (english, chinese))
    assert f"({Path(chinese).name})" in first
    assert f"({Path(english).name})" in second
