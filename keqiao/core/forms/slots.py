"""Slots for the papers that a category wants attached, where its form has no slot of its own."""

import hashlib
from collections.abc import Iterable

from keqiao.core.findings import Source
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import FileField
from keqiao.core.programme.inheritance import Stated
from keqiao.core.programme.papers import Paper

MOST_FILES = 10
"""How many files one such slot takes: works, proofs and scans come in several."""

Slot = tuple[FileField, Source | None]


def slots_for(fields: Iterable[AnyField], materials: Iterable[Stated[Paper]]) -> tuple[Slot, ...]:
    """A slot for each paper, in order, with its clause; none where the fields that are asked have slots themselves.

    A form of the call is filled in and not attached, this one or another (汇总表). A slot is told by the name of its
    paper, so that another paper of the call does not move it.
    """
    if any(isinstance(each, FileField) for each in fields):
        return ()
    papers = {each.fact.name: each.fact for each in materials if each.fact.form is None}
    return tuple((_slot(paper), paper.source) for paper in papers.values())


def _slot(paper: Paper) -> FileField:
    key = hashlib.sha256(paper.name.encode()).hexdigest()[:10]
    return FileField(
        kind="file",
        id=f"paper-{key}",
        label=paper.name,
        accepts=("pdf", "image", "word", "sheet", "archive", "video", "audio"),
        most=MOST_FILES,
        most_mb=100,
    )
