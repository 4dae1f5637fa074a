"""Put a file that came in one piece into a slot of the form; take one out again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from keqiao.core.programme.forms.fields import FileField
from keqiao.web.applications.actions.attaching import attach
from keqiao.web.applications.actions.drafting import Edit, save
from keqiao.web.applications.actions.writing import refusal
from keqiao.web.applications.models import Application
from keqiao.web.applications.papers import PURPOSE
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.queries.contents import answers_of
from keqiao.web.applications.queries.slots import InSlot, file_slots, in_slots
from keqiao.web.applications.queries.submissions import editable_fields
from keqiao.web.applications.refusals import Conflict
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.files.kinds import family_of, in_words

ATTEMPTS = 3
MEBIBYTE = 1 << 20
Entries = list[dict[str, Any]]


def put_in(
    application: Application, field: str, upload: UploadedFile, *, actor: Viewer, at: datetime
) -> InSlot:
    """Store a file, attach it and name it in the answers; the same bytes stand in a slot once.

    Raises:
        Refused: the form has no such slot, or it is not open for editing.
        ValidationError: the file is empty, too large, of a kind that the slot does not take, or has a virus.
        Conflict: others change the same slot again and again.
    """
    slot = _open_slot(application, field)
    wanted = Announced(PURPOSE, upload.name or "", upload.size or 0, application.association_id, slot.most_mb)
    stored = store_upload(upload, wanted, actor=actor, at=at)
    return name_in(application, slot, stored, actor=actor, at=at)


def name_in(application: Application, slot: FileField, stored: Any, *, actor: Viewer, at: datetime) -> InSlot:
    """Attach a stored file and name it in the answers, if the slot takes its kind and size.

    Somebody else, or the other click, may save meanwhile: the file is added to what stands there by then.

    Raises:
        Refused, ValidationError, Conflict: as :func:`put_in` says.
    """
    _require_fitting(slot, stored)
    file = attach(application.pk, slot.id, stored.pk, actor=actor, at=at).file
    entry = {"file": str(file.pk), "name": file.name, "size": file.size, "digest": file.sha256}

    def with_it(there: Entries) -> Entries:
        return there if any(each.get("digest") == file.sha256 for each in there) else [*there, entry]

    there = _changed(application, slot.id, with_it, actor=actor, at=at)
    return InSlot(slot.id, next(each for each in there if each.get("digest") == file.sha256))


def _require_fitting(slot: FileField, stored: Any) -> None:
    if family_of(stored.kind) not in slot.accepts:
        raise ValidationError(
            _("此处可上传：%(kinds)s。") % {"kinds": in_words(*slot.accepts)}, code="file.kind"
        )
    if stored.size > slot.most_mb * MEBIBYTE:
        raise ValidationError(_("文件超过 %(mb)s MB。") % {"mb": slot.most_mb}, code="file.too_large")


def take_out(application: Application, file_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Have the answers name a file no more; versions in which it stood keep it.

    Raises:
        LookupError: they do not name it.
        Refused: the application is not open for editing there.
        Conflict: as :func:`put_in` says.
    """
    named = (each.field for each in in_slots(application) if each.entry.get("file") == str(file_id))
    field = next(named, None)
    if field is None:
        raise LookupError(str(file_id))
    _open_slot(application, field)

    def without_it(there: Entries) -> Entries:
        return [each for each in there if each.get("file") != str(file_id)]

    _changed(application, field, without_it, actor=actor, at=at)


def _open_slot(application: Application, field: str) -> FileField:
    slot = next((each for each in file_slots(application) if each.id == field), None)
    fields = editable_fields(application)
    if slot is None or (fields is not None and field not in fields):
        raise refusal("application.no_such_field", fields=(field,))
    return slot


def _changed(
    application: Application, field: str, change: Callable[[Entries], Entries], *, actor: Viewer, at: datetime
) -> Entries:
    """Save what ``change`` makes of a slot; where others save meanwhile, of what stands there by then."""
    for attempt in range(1, ATTEMPTS + 1):
        application.refresh_from_db()
        answers = answers_of(application)
        there = list(answers.get(field) or [])
        wanted = change(there)
        if wanted == there:
            break
        edit = Edit(application.pk, application.version, {**answers, field: wanted}, "attached")
        try:
            save(edit, actor=actor, at=at)
        except Conflict:
            if attempt == ATTEMPTS:
                raise
        else:
            break
    return wanted
