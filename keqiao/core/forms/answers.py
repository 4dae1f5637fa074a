"""Answers: one mapping from the id of a field to its value, in one spelling for comparing, storing and sealing.

A field that nobody filled is absent. text, long_text: text. number: a whole number, or a decimal as text (``"12.5"``).
money: fen. date: ``2026-11-22``, ``2026-11`` or ``2026``. period: ``{"from", "to"}``. choice: the options picked; one
entry that is no option is what was written behind "other". region: its code. person, unit: text by part. table: rows by
column; fixed rows in their order. targets: ``{"target", "metric", "op", "value", "unit", "basis"}``. budget:
``{"item", "grant", "own", "other", "basis"}`` in fen. file: ``{"file", "name", "size", "digest", "number", "date"}``.
pledge: ``{"version", "by", "on"}``. What is computed is never stored. What was typed and could not be read stays as it
was typed, and ``checking`` refuses it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

Answers = Mapping[str, Any]
"""Answers by the id of the field. Plain JSON, never a float."""


def is_empty(value: Any) -> bool:
    """Has nobody filled it? A list or record whose parts are all empty is empty; 0 and False are not."""
    if isinstance(value, str):
        return not value or value.isspace()
    if isinstance(value, dict):
        return all(map(is_empty, value.values()))
    if isinstance(value, list | tuple):
        return all(map(is_empty, value))
    return value is None or (isinstance(value, Mapping) and is_empty(dict(value)))


def tidied(answers: Answers) -> dict[str, Any]:
    """The answers without what is empty. Rows keep their position, so an empty row inside a list stays, as ``{}``."""
    return {key: _tidied(value) for key, value in answers.items() if not is_empty(value)}


def _tidied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return tidied(value)
    if isinstance(value, list | tuple):
        return [_tidied(each) for each in value]
    return value


def canonical(answers: Answers) -> bytes:
    """The one spelling of answers: JSON with sorted keys, nothing empty, no spaces, in UTF-8.

    Halves of characters that JSON lets through are kept as they came, so that no answers are without a digest.
    """
    said = json.dumps(tidied(answers), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return said.encode("utf-8", "surrogatepass")


def digest_of(specification_digest: str, answers: Answers, file_digests: Iterable[str] = ()) -> str:
    """The SHA-256 of what is submitted, in hexadecimal digits: what was asked, what was answered, which files."""
    seal = hashlib.sha256(specification_digest.encode())
    seal.update(b"\n" + canonical(answers))
    for digest in sorted(file_digests):
        seal.update(b"\n" + digest.encode())
    return seal.hexdigest()


def characters(text: str) -> int:
    """How many characters were typed, as forms count: spaces and marks count, ends of lines do not."""
    return len(text) - text.count("\n") - text.count("\r")
