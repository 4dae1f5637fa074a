"""All faults of the answers to a form at once: each with its place, its clause, and what to do about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from keqiao.core.findings import Finding, Weight
from keqiao.core.forms.answers import Answers, is_empty
from keqiao.core.forms.conditions import Prepared, prepared, seen
from keqiao.core.forms.specification import Specification
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import ComputedField, HeadingField


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


def faults(
    specification: Specification, answers: Answers, *, attachments: Attachments | None = None
) -> tuple[Finding, ...]:
    """Everything that is wrong, in the order of the form, then what does not agree over several fields.

    ``at`` is (field), (field, row), (field, part) or (field, row, column); rows from 0. ``refuse`` stops a submission,
    ``warn`` lets it pass with a reason, ``ask`` is for a person to look at. Without ``attachments`` only what the
    answers say of files is looked at. Any JSON is taken: what is no answer is a fault.
    """
    return tuple(_faults(prepared(specification), answers, attachments))


def field_faults(
    specification: Specification, answers: Answers, identifier: str, *, attachments: Attachments | None = None
) -> tuple[Finding, ...]:
    """Those of the faults that stand at one field, for showing them beside it while it is filled."""
    found = faults(specification, answers, attachments=attachments)
    return tuple(each for each in found if each.at[:1] == (identifier,))


def _faults(ready: Prepared, answers: Answers, attachments: Attachments | None) -> Iterator[Finding]:
    now = seen(ready, answers)
    for each in ready.specification.fields:
        if each.id not in now.applying or isinstance(each, HeadingField | ComputedField):
            continue
        source = ready.specification.source_of(each.id)
        for fault in _of_field(each, answers.get(each.id)):
            yield fault if fault.source is not None else replace(fault, source=source)


def _of_field(field: AnyField, value: Any) -> Iterator[Finding]:
    if is_empty(value) and field.required:
        yield Finding("form.missing", Weight.REFUSE, {"label": field.label}, at=(field.id,))
