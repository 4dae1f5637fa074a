"""A lock names its table where it reads others with it: PostgreSQL refuses to lock a row that may be missing."""

import ast
from collections.abc import Iterator

from tests.architecture.tree import files, shown


def _chain(call: ast.Call) -> Iterator[ast.Call]:
    """The calls of one chain (``a.b().c()``), the last one first."""
    at: ast.expr = call
    while isinstance(at, ast.Call):
        yield at
        at = at.func.value if isinstance(at.func, ast.Attribute) else at.func


def wide_locks(text: str) -> list[int]:
    """Return the lines where ``select_for_update`` takes the tables of ``select_related`` as well."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        named = {c.func.attr: c for c in _chain(node) if isinstance(c.func, ast.Attribute)}
        lock = named.get("select_for_update")
        if lock and "select_related" in named and "of" not in {word.arg for word in lock.keywords}:
            found.add(lock.lineno)
    return sorted(found)


def test_every_lock_that_reads_other_tables_names_its_own():
    sources = list(files(".py", under="keqiao"))
    assert sources != []

    wide = {shown(path): lines for path in sources if (lines := wide_locks(path.read_text()))}
    assert wide == {}


def test_a_wide_lock_is_found_and_a_narrow_one_is_not():
    planted = (
        "A.objects.select_for_update().select_related('b').get(pk=1)\n"
        "A.objects.select_related('b').select_for_update().get(pk=1)\n"
        "A.objects.select_for_update(of=('self',)).select_related('b')\n"
        "A.objects.select_for_update().get(pk=1)\n"
    )
    assert wide_locks(planted) == [1, 2]
