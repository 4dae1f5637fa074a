"""What of the answers is kept under lock, apart from the others: identity numbers, bank accounts, sensitive fields.

An answer is taken apart into two mappings of the same shape and put together again; a table keeps its rows in both.
What a revision of the call left over is kept under lock as a whole: it may hold what was sensitive in its field.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from keqiao.core.forms.answers import Answers, canonical
from keqiao.core.forms.migrating import LEFT_OVER
from keqiao.core.forms.specification import Specification

LOCKED_PARTS = frozenset({"id_number", "account_number"})
"""Parts of blocks and columns of tables that stand under lock wherever they occur."""


def taken_apart(specification: Specification, answers: Answers) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the answers that may lie open, and those that are kept under lock."""
    sensitive = {LEFT_OVER, *(field.id for field in specification.fields if field.sensitive)}
    opened: dict[str, Any] = {}
    locked: dict[str, Any] = {}
    for key, value in answers.items():
        if key in sensitive:
            locked[key] = value
            continue
        plain, hidden = _parts(value)
        if plain is not None:
            opened[key] = plain
        if hidden is not None:
            locked[key] = hidden
    return opened, locked


def _parts(value: Any) -> tuple[Any, Any]:
    """A value without its locked parts, and these alone; None where nothing is left."""
    if isinstance(value, Mapping):
        hidden = {name: part for name, part in value.items() if name in LOCKED_PARTS}
        plain = {name: part for name, part in value.items() if name not in LOCKED_PARTS}
        return (plain or None if hidden else plain), (hidden or None)
    if isinstance(value, list) and any(
        isinstance(row, Mapping) and LOCKED_PARTS & row.keys() for row in value
    ):
        rows = [_parts(row) for row in value]
        return [plain or {} for plain, _ in rows], [hidden or {} for _, hidden in rows]
    return value, None


def put_together(opened: Answers, locked: Answers) -> dict[str, Any]:
    """Return the answers that :func:`taken_apart` took apart."""
    whole = dict(opened)
    for key, hidden in locked.items():
        whole[key] = _joined(whole[key], hidden) if key in whole else hidden
    return whole


def _joined(plain: Any, hidden: Any) -> Any:
    if isinstance(hidden, list):
        return [{**row, **more} for row, more in zip(plain, hidden, strict=True)]
    return {**plain, **hidden}


def as_text(locked: Answers) -> str:
    """Return locked answers as the text that is encrypted; empty where there are none."""
    return canonical(locked).decode("utf-8", "surrogatepass") if locked else ""


def from_text(text: str) -> dict[str, Any]:
    """Return what :func:`as_text` wrote."""
    read: dict[str, Any] = json.loads(text) if text else {}
    return read


def salted_digest(locked: Answers, salt: str) -> str:
    """Return what stands for locked answers where everything is frozen: nobody guesses an identity number from it."""
    return hashlib.sha256(salt.encode() + b"\n" + canonical(locked)).hexdigest() if locked else ""
