"""``keqiao read FILE``: what a call document states; no database."""

import contextlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from ruamel.yaml import YAML

from keqiao.cli.speech import Arguments, language, refuse
from keqiao.core.guides.flat import flat
from keqiao.core.guides.reading import read_call
from keqiao.readers.sandbox import read_document_safely
from keqiao.readers.unreadable import Unreadable
from keqiao.readers.vocabulary import guide_vocabulary

WIDTH_IN_A_PIPE = 140
TITLES = {
    "zh": ("类别", "申报单位", "经费", "名额", "指标", "条件"),
    "en": ("Category", "Applicants", "Money", "Places", "Targets", "Conditions"),
}


def run(arguments: Sequence[str]) -> int:
    """Read one file and print what it states; 2 with one line on standard error when it cannot be read."""
    parser = Arguments(prog="keqiao read", description="Print what a call document states.")
    parser.add_argument("file", type=Path, metavar="FILE", help=".docx .pdf .html .txt .xlsx")
    parser.add_argument("--format", choices=("json", "yaml", "table"), default="json")
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    if not options.file.is_file():
        return refuse("cli.not_a_file", {"file": str(options.file)})
    console = Console(stderr=True)
    waiting = console.status(str(options.file)) if console.is_terminal else contextlib.nullcontext()
    try:
        with waiting:
            reading = flat(read_call(read_document_safely(options.file), guide_vocabulary()))
    except Unreadable as refusal:
        return refuse(refusal.code, refusal.values)
    PRINTERS[options.format](reading)
    return 0


def print_json(reading: dict[str, Any]) -> None:
    """Print one JSON object."""
    print(json.dumps(reading, ensure_ascii=False, indent=2))


def print_yaml(reading: dict[str, Any]) -> None:
    """Print the same as YAML."""
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    writer.dump(reading, sys.stdout)


def print_table(reading: dict[str, Any]) -> None:
    """Print the heading and one row for each category, for people."""
    console = Console(width=None if sys.stdout.isatty() else WIDTH_IN_A_PIPE)
    document = reading["document"]
    table = Table(
        *TITLES[language()], title=document.get("title"), caption=str(document.get("deadline") or "")
    )
    for category in reading["categories"]:
        table.add_row(*cells(category))
    console.print(table)


def cells(category: dict[str, Any]) -> tuple[str, ...]:
    """The cells of one category, its name indented by its level."""
    path = category["path"]
    places = category.get("slots", {})
    return (
        "  " * (len(path) - 1) + path[-1],
        "、".join(category.get("applicant_kinds", ())),
        money(category.get("funding", {})),
        str(places.get("count") or "–".join(str(places[key]) for key in ("min", "max") if key in places)),
        str(len(category.get("kpis", ())) or ""),
        str(len(category.get("conditions", ())) or ""),
    )


def money(funding: dict[str, Any]) -> str:
    """The amounts of a category in yuan."""
    amounts = [funding[key] for key in ("amount_yuan", "min_yuan", "max_yuan") if key in funding]
    total = f" (Σ {funding['total_yuan']:,})" if "total_yuan" in funding else ""
    return "–".join(f"{amount:,}" for amount in amounts) + total


PRINTERS = {"json": print_json, "yaml": print_yaml, "table": print_table}
