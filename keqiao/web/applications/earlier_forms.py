"""A Word form that was handed out before the call was revised: read as what it is, then brought to the present form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from keqiao.core.findings import Finding, Weight
from keqiao.core.forms.migrating import LEFT_OVER, heirs_of, migrate
from keqiao.core.forms.specification import Specification
from keqiao.readers.forms.filled import CellRead, FormRead, LeftOver, State, read_filled_upload
from keqiao.web.applications.definitions import asked_at, asked_of
from keqiao.web.applications.models import Application
from keqiao.web.applications.office_document import office_template
from keqiao.web.programmes.office_paper import TemplateGone
from keqiao.web.programmes.queries import Revision, revisions_of

MOST_FORMS = 5
"""Earlier forms of one call that a document is compared with."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A document of an earlier form: what was read, in the present form, what moved, and whose form it was."""

    read: FormRead
    moves: tuple[Finding, ...]
    revision: Revision


def read_as_earlier(
    path: Path, name: str, application: Application, before: Mapping[str, Any]
) -> Earlier | None:
    """Read a document as the form of an earlier revision, where it says itself that it is one; else nothing.

    Raises:
        Unreadable: it cannot be read.
    """
    now = asked_of(application).specification
    for revision, old in _earlier(application, now):
        try:
            template = office_template(old, application.association_id)
        except TemplateGone:
            continue
        found = read_filled_upload(path, old, name=name, before=before, template=template)
        if found.is_this_form and now is not None:
            return brought_along(found, old, now, revision)
    return None


def _earlier(application: Application, now: Specification | None) -> Iterator[tuple[Revision, Specification]]:
    """The forms of the revisions before, the last one first, each once."""
    seen = {now.digest if now else ""}
    for revision in revisions_of(application.call):
        try:
            old = asked_at(revision.pk, application.node).specification
        except KeyError:
            continue
        if old is not None and old.digest not in seen and len(seen) <= MOST_FORMS:
            seen.add(old.digest)
            yield revision, old


def brought_along(found: FormRead, old: Specification, now: Specification, revision: Revision) -> Earlier:
    """Bring what was read in an earlier form to the present one; what has no place there is left over in words."""
    moved = migrate(old, now, found.answers)
    heirs, kept = heirs_of(old, now), {each.id for each in now.fields}
    names = {each.id: each.id if each.id in kept else heirs[each.id].id for each in old.fields
             if each.id in kept or each.id in heirs}  # fmt: skip
    cells = [
        replace(cell, at=(names[str(cell.at[0])], *cell.at[1:]))
        for cell in found.cells
        if str(cell.at[0]) in names
    ]
    answers = {key: value for key, value in moved.answers.items() if key != LEFT_OVER}
    left = [*found.left_over, *_left(moved.answers.get(LEFT_OVER))]
    read = replace(found, answers=answers, cells=tuple(cells + _added(now, names)), left_over=tuple(left))
    return Earlier(read, moved.moves, revision)


def _left(entries: Any) -> Iterator[LeftOver]:
    for each in entries or ():
        text, values = str(each["text"]), {"label": str(each["label"]), "text": str(each["text"])}
        yield LeftOver(text, Finding("form.left_over", Weight.WARN, values))


def _added(now: Specification, names: Mapping[str, str]) -> list[CellRead]:
    """Fields that the earlier form did not have are absent in the document."""
    added = (each for each in now.fields if each.id not in names.values() and not each.office_only)
    return [CellRead((each.id,), each.label, State.ABSENT) for each in added if each.kind not in NOT_IN_WORD]


NOT_IN_WORD = frozenset({"heading", "file", "pledge", "computed"})
