"""Imports stand at the top of a file, and another room's tables are named for a foreign key only."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files, shown

ROOM = re.compile(r"keqiao\.web\.(\w+)\.models\b")
DECLARES_TABLES = ("privacy", "personal.py")
"""The catalogue of personal data names tables of the rooms below it, which cannot declare them themselves."""


def local_imports(path: Path, text: str) -> Iterator[str]:
    """Imports inside functions and classes."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    yield f"{shown(path)}:{inner.lineno}: an import inside {node.name}"


def foreign_tables(path: Path, text: str) -> Iterator[str]:
    """Imports of another room's models, outside this room's own models."""
    parts = path.relative_to(ROOT).parts[2:]
    if parts == DECLARES_TABLES or (parts[1:] and parts[1] in {"models", "models.py"}):
        return
    for node in ast.walk(ast.parse(text)):
        room = ROOM.match(node.module or "") if isinstance(node, ast.ImportFrom) else None
        if room and room[1] != parts[0]:
            yield f"{shown(path)}:{node.lineno}: the tables of {room[1]}; call its queries or actions"


def test_imports_stand_at_the_top():
    assert [fault for path in files(".py") for fault in local_imports(path, path.read_text())] == []


def test_rooms_reach_each_other_by_queries_and_actions():
    shell = list(files(".py", under="keqiao/web"))

    assert [fault for path in shell for fault in foreign_tables(path, path.read_text())] == []


def test_an_import_inside_a_function_is_found():
    text = "import os\ndef late():\n    import json\n    return json, os\n"

    assert list(local_imports(ROOT / "x.py", text)) == ["x.py:3: an import inside late"]


def test_use_of_foreign_tables_is_found_outside_models_only():
    text = "from keqiao.web.parties.models import Party\n"
    view, table = ROOT / "keqiao/web/portal/views.py", ROOT / "keqiao/web/accounts/models/users.py"

    assert list(foreign_tables(view, text)) == [
        "keqiao/web/portal/views.py:1: the tables of parties; call its queries or actions"
    ]
    assert list(foreign_tables(table, text)) == []


@pytest.fixture
def copy_of_the_code(tmp_path):
    """A second copy of the program, so that a fault can be planted in it."""
    shutil.copytree(ROOT / "keqiao", tmp_path / "keqiao", ignore=shutil.ignore_patterns("*.pyc", "data"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("place", "line", "broken"),
    [
        ("core/guides/planted.py", "import random", "the core is pure"),
        ("core/findings.py", "import keqiao.core.guides", "core rooms"),
        ("core/planted.py", "", "core rooms"),
        ("readers/planted.py", "import keqiao.web", "shell > readers | writers > core"),
        ("web/planted/__init__.py", "", "web rooms"),
        ("web/ui/planted.py", "import keqiao.web.portal", "web rooms"),
        ("web/portal/models.py", "import keqiao.web.portal.views", "inside every web room"),
        ("web/portal/planted.py", "import keqiao.web.audit.models", "audit rows: audit only"),
        ("web/audit/migrations/planted.py", "import keqiao.core", "migrations import none of our code"),
    ],
)
def test_each_contract_notices_its_fault(copy_of_the_code, place, line, broken):
    planted = copy_of_the_code / "keqiao" / place
    planted.parent.mkdir(parents=True, exist_ok=True)
    with planted.open("a") as handle:
        handle.write(f"\n{line}\n")

    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=copy_of_the_code, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert f"{broken} BROKEN" in done.stdout
