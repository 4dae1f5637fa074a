"""What an expert is shown of an application: the frozen form without what reviewers must not see.

Fields hidden from reviewers, locked ones and those of the office are left out always. Where the round is blind, blocks
about people and units, tables of a team and pledges go as well, and the names that stand in them are blanked in every
text. Files stand apart: they are served without what they tell of whoever made them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from keqiao.core.findings import Finding, Weight
from keqiao.core.forms.specification import Specification
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import (
    ComputedField,
    FileField,
    PersonField,
    PledgeField,
    TableField,
    UnitField,
)
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.filling.fields import made
from keqiao.web.applications.filling.shown import Page, Part, Situation, parts_of_page
from keqiao.web.applications.queries import files_attached, submissions_of_content, submitted_answers
from keqiao.web.files.queries import is_stored, path_of
from keqiao.web.review.models import Entry
from keqiao.writers.cleaned import can_be_cleaned

BLANKED = "＊＊＊"
SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class FileToRead:
    """A file as an expert sees it: ``name`` is neutral in a blind round. ``is_shown``: it can be cleaned."""

    id: str
    name: str
    label: str
    file: Any
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """What an expert reads: a title, the parts of the form, the files."""

    title: str
    parts: Sequence[Part]
    files: Sequence[FileToRead]


def copy_for(entry: Entry, *, blind: bool) -> Copy:
    """Return the copy of an application as its experts read it. Who may read it was asked before."""
    application: Any = entry.application
    submission = submissions_of_content([entry.digest])[entry.digest]
    specification = asked_at(submission.revision_id, application.node).specification
    answers = submitted_answers(submission)
    names = _names(application, specification, answers) if blind else ()
    title = _blanked(application.title or application.number, names)
    if specification is None:
        return Copy(title, (), ())
    page = Page(specification, _blanked(answers, names), Situation(is_editable=False))
    hidden = {each.id for each in specification.fields if _is_hidden(each, specification, blind=blind)}
    parts = [
        replace(part, fields=tuple(each for each in part.fields if each.field.id not in hidden))
        for part in parts_of_page(page, made)
    ]
    files = files_attached([application.pk])
    return Copy(
        title, [each for each in parts if each.fields], _files(specification, answers, files, blind=blind)
    )


def _is_hidden(each: AnyField, specification: Specification, *, blind: bool) -> bool:
    if each.hidden_from_reviewers or each.sensitive or each.office_only or isinstance(each, FileField):
        return True
    if isinstance(each, ComputedField):
        inputs = {path.split(".")[0] for path in (*each.sum_of, *each.less)}
        return any(
            _is_hidden(one, specification, blind=blind) for one in specification.fields if one.id in inputs
        )
    return blind and _names_somebody(each)


def _names_somebody(each: AnyField) -> bool:
    if isinstance(each, PersonField | UnitField | PledgeField):
        return True
    return isinstance(each, TableField) and each.role is not None


def _names(
    application: Any, specification: Specification | None, answers: Mapping[str, Any]
) -> tuple[str, ...]:
    """Names of the units and people in an application, the longest first, so that a part never spoils the whole."""
    found = {application.unit.name}
    if application.leader is not None:
        found.add(application.leader.name)
    for each in specification.fields if specification else ():
        if _names_somebody(each) and not isinstance(each, PledgeField):
            found |= set(_names_in(answers.get(each.id)))
    return tuple(sorted((name for name in found if len(name) >= SHORTEST_NAME), key=lambda n: (-len(n), n)))


def _names_in(value: Any) -> Iterator[str]:
    for row in value if isinstance(value, list) else [value]:
        if isinstance(row, Mapping) and isinstance(row.get("name"), str):
            yield row["name"].strip()


def _blanked(value: Any, names: Sequence[str]) -> Any:
    """The same value with these names blanked in every text of it."""
    if isinstance(value, str):
        for name in names:
            value = value.replace(name, BLANKED)
        return value
    if isinstance(value, Mapping):
        return {key: _blanked(one, names) for key, one in value.items()}
    return [_blanked(one, names) for one in value] if isinstance(value, list) else value


def _files(
    specification: Specification, answers: Mapping[str, Any], known: Mapping[str, Any], *, blind: bool
) -> list[FileToRead]:
    found = []
    for slot in specification.fields:
        if (
            not isinstance(slot, FileField)
            or slot.hidden_from_reviewers
            or slot.sensitive
            or slot.office_only
        ):
            continue
        for entry in answers.get(slot.id) or ():
            file = known.get(str(entry.get("file", ""))) if isinstance(entry, Mapping) else None
            if file is None or not is_stored(file):
                continue
            neutral = f"附件{len(found) + 1}{PurePath(file.name).suffix.lower()}"
            shown = can_be_cleaned(path_of(file), file.kind)
            found.append(FileToRead(str(file.pk), neutral if blind else file.name, slot.label, file, shown))
    return found


def files_not_shown(entries: Iterable[Entry]) -> tuple[Finding, ...]:
    """Return what the office is told: files that no expert of a round sees, for nothing can be taken out of them."""
    rows = list(entries)
    submissions = submissions_of_content([row.digest for row in rows])
    known = files_attached([row.application_id for row in rows])
    found = []
    for row in rows:
        application: Any = row.application
        submission = submissions[row.digest]
        specification = asked_at(submission.revision_id, application.node).specification
        if specification is None:
            continue
        files = _files(specification, submitted_answers(submission), known, blind=False)
        for each in files:
            if not each.is_shown:
                values = {"title": application.title or row.mark, "name": each.name, "kind": each.file.kind}
                found.append(Finding("review.file_not_shown", Weight.WARN, values))
    return tuple(found)
