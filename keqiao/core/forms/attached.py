"""Faults of attachments and pledges."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from keqiao.core.findings import Finding
from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.moments import is_moment
from keqiao.core.forms.parts import MOST_ROWS
from keqiao.core.forms.simple import refused, warned
from keqiao.core.programme.forms.fields import FileField, PledgeField

BYTES_PER_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Attached:
    """What the file store knows of an uploaded file.

    ``kind`` is one of its kinds (pdf, word, sheet, image, archive, video, audio), ``size`` in bytes, ``digest`` the
    SHA-256 in hexadecimal digits; ``is_whole``: everything has arrived and nothing speaks against it.
    """

    kind: str
    size: int
    digest: str = ""
    is_whole: bool = True


Attachments = Mapping[str, Attached]
"""Uploaded files by their id, as ``file`` of an answer names it."""


def file_faults(
    field: FileField, value: Any, attachments: Attachments | None, least: int
) -> Iterator[Finding]:
    """What is wrong with the files of a slot that takes at least so many; ``at`` is the file's place in the list."""
    if not is_empty(value) and not isinstance(value, list | tuple):
        yield refused("form.shape", label=field.label)
        return
    entries = [each for each in value if not is_empty(each)] if isinstance(value, list | tuple) else []
    if len(entries) < least:
        yield refused("form.files_missing", label=field.label, least=least, has=len(entries))
    if len(entries) > field.most:
        yield refused("form.files_many", label=field.label, most=field.most, has=len(entries))
    for number, entry in enumerate(entries[:MOST_ROWS]):
        yield from (replace(fault, at=(number,)) for fault in _of_file(field, entry, attachments))


def paper_faults(field: FileField, value: Any, attachments: Attachments | None) -> Iterator[Finding]:
    """The same of a paper that the call asks for and its form has no slot for: it may come on paper alone."""
    if is_empty(value):
        yield warned("form.paper_missing", label=field.label)
    else:
        yield from file_faults(field, value, attachments, 0)


def least_files(field: FileField, value: Any, *, is_case: bool | None) -> int:
    """How many files a slot has to have. ``is_case``: does its ``required_if`` hold (None: it has none)?

    A condition decides alone. A slot that may stay empty takes its least number once it is begun.
    """
    if is_case or (is_case is None and field.required):
        return max(field.least, 1) if is_case else field.least
    return field.least if not is_empty(value) else 0


def pledge_faults(field: PledgeField, value: Any) -> Iterator[Finding]:
    """A pledge has to be accepted, in the words that it has now."""
    if is_empty(value):
        if field.required:
            yield refused("form.pledge_missing", label=field.label)
    elif not isinstance(value, Mapping) or not value.get("by") or not value.get("on"):
        yield refused("form.pledge_missing", label=field.label)
    elif value.get("version") != field.version:
        yield refused("form.pledge_version", label=field.label)


def _of_file(field: FileField, entry: Any, attachments: Attachments | None) -> Iterator[Finding]:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("file"), str):
        yield refused("form.shape", label=field.label)
        return
    said = {"label": field.label, "name": str(entry.get("name", ""))[:80]}
    if attachments is not None:
        yield from _in_store(field, entry, attachments.get(entry["file"]), said)
    if field.numbered and is_empty(entry.get("number")):
        yield refused("form.file_unnumbered", **said)
    if field.numbered and not is_moment(entry.get("date"), "day"):
        yield refused("form.file_undated", **said)


def _in_store(
    field: FileField, entry: Mapping[str, Any], stored: Attached | None, said: Mapping[str, str]
) -> Iterator[Finding]:
    if stored is None or not stored.is_whole:
        yield refused("form.file_gone", **said)
        return
    if stored.digest and entry.get("digest") not in (None, stored.digest):
        yield refused("form.file_changed", **said)
    if stored.kind not in field.accepts:
        yield refused(
            "form.file_kind", **said, accepts=tuple(f"word.form_kind.{kind}" for kind in field.accepts)
        )
    if stored.size > field.most_mb * BYTES_PER_MB:
        yield refused("form.file_large", **said, most=field.most_mb)
