"""Public names of core, readers and writers say what they mean (house style 3.12)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import files, shown

ROOMS = ("core", "readers", "writers")
SHORT = 3  # lines of body, below which a function says it by itself
Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def silent_names(path: Path, text: str) -> Iterator[str]:
    module = ast.parse(text)
    if module.body and ast.get_docstring(module) is None:
        yield f"{shown(path)}: the module does not say what it is for"
    for node in public_definitions(module):
        if ast.get_docstring(node) is None and not is_short(node):
            yield f"{shown(path)}:{node.lineno}: {node.name} does not say what it means"


def public_definitions(scope: ast.Module | ast.ClassDef) -> Iterator[Documented]:
    for node in scope.body:
        if isinstance(node, Documented) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public_definitions(node)


def is_short(node: Documented) -> bool:
    last = node.end_lineno or node.lineno
    return not isinstance(node, ast.ClassDef) and last - node.body[0].lineno + 1 <= SHORT


def test_public_names_of_the_pure_layers_say_what_they_mean():
    layers = [path for room in ROOMS for path in files(".py", under=f"keqiao/{room}")]

    assert [fault for path in layers for fault in silent_names(path, path.read_text())] == []


def test_silent_names_are_found():
    body = "".join(f"    {name} = 1\n" for name in "abcd")
    text = f"class A:\n  def long(self):\n{body}  def short(self):\n    return 1\n"

    assert list(silent_names(Path("x.py"), text)) == [
        "x.py: the module does not say what it is for",
        "x.py:1: A does not say what it means",
        "x.py:2: long does not say what it means",
    ]
