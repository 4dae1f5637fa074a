"""Attach files to the fields of an application."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.application import APPLICANT
from keqiao.core.programme.forms.fields import FileField
from keqiao.web.applications.actions.writing import Saving, allowed, locked, record, refusal
from keqiao.web.applications.definitions import asked_of
from keqiao.web.applications.models import Application, Attachment
from keqiao.web.applications.papers import PURPOSE
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.queries.submissions import editable_fields
from keqiao.web.files.queries import received_file


@transaction.atomic
def attach(application_id: UUID, field: str, file_id: UUID, *, actor: Viewer, at: datetime) -> Attachment:
    """Have a stored file that the actor sent belong to a field.

    Again, or the same bytes in another file, as after a double click: the row that is there already. The answers of
    the field name the file only once they are saved with it.

    Raises:
        Application.DoesNotExist: the actor has no business with it.
        Refused: it is not open for editing, the form has no such slot, or the file is not there.
    """
    application = locked(application_id)
    allowed(application, "edit", actor, at)
    _require_slot(application, field)
    file = received_file(actor, file_id, PURPOSE, hold=True)
    if file is None or file.association_id != application.association_id:
        raise refusal("application.file_missing")
    known = Attachment.objects.select_related("file").filter(file=file).first()
    if known is not None:
        if (known.application_id, known.field) != (application.pk, field):
            raise refusal("application.file_elsewhere")
        return known
    same = application.attachments.select_related("file").filter(field=field, digest=file.sha256).first()
    if same is not None:
        return same
    row = Attachment.objects.create(
        association_id=application.association_id,
        application=application,
        field=field,
        file=file,
        digest=file.sha256,
        attached_by_id=actor.pk,
        attached_at=at,
    )
    data = {"field": field, "file": str(file.pk), "digest": file.sha256}
    record("attached", application, Saving("attached", actor, at), APPLICANT, **data)
    return row


def _require_slot(application: Application, field: str) -> None:
    specification = asked_of(application).specification
    slots = (
        {each.id for each in specification.fields if isinstance(each, FileField)} if specification else set()
    )
    fields = editable_fields(application)
    if field not in slots or (fields is not None and field not in fields):
        raise refusal("application.no_such_field", fields=(field,))
