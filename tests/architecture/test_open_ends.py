"""What is left for later names the issue that will do it (house style 3.11)."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import files, shown

MARK = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b(?!.{0,40}#\d)")
ISSUE = "a mark for later without an issue number"


def open_ends(path: Path, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if MARK.search(line):
            yield f"{shown(path)}:{number}: {ISSUE}"


def test_nothing_is_left_open_without_an_issue():
    written = files(".py", ".html", ".js", ".css", ".yaml", ".toml")
    others = (path for path in written if path != Path(__file__))

    assert [fault for path in others for fault in open_ends(path, path.read_text())] == []


def test_a_mark_without_an_issue_is_found():
    text = "# TODO mend\n# TODO mend (#12)\n# what remains TO DO\n"

    assert list(open_ends(Path("x.py"), text)) == [f"x.py:1: {ISSUE}"]
