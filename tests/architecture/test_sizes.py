"""No file grows past 400 lines, no function past 50 (house style 3.1). Migrations list columns and may."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.architecture.tree import files, shown

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
WRITTEN = (".py", ".html", ".css", ".js", ".mjs")


def written() -> Iterator[Path]:
    return (path for path in files(*WRITTEN) if "migrations" not in path.parts)


def long_files(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST_FILE:
            yield f"{shown(path)}: {lines} lines"


def long_functions(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    yield f"{shown(path)}:{node.lineno}: {node.name} has {lines} lines"


def test_no_file_is_longer_than_400_lines():
    assert list(long_files(written())) == []


def test_no_function_is_longer_than_50_lines():
    assert list(long_functions(path for path in written() if path.suffix == ".py")) == []


def test_a_long_file_and_a_long_function_are_found(tmp_path):
    body = "".join(f"    x = {number}\n" for number in range(400))
    path = tmp_path / "long.py"
    path.write_text(f"def grown():\n{body}")

    assert list(long_files([path])) == ["long.py: 401 lines"]
    assert list(long_functions([path])) == ["long.py:1: grown has 401 lines"]


def test_a_file_and_a_function_at_the_limit_pass(tmp_path):
    path = tmp_path / "full.py"
    path.write_text("def full():\n" + "    x = 1\n" * 49 + "y = 2\n" * 350)

    assert [*long_files([path]), *long_functions([path])] == []
