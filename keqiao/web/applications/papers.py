"""The files that go with applications, as room files keeps them: who may send and read them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from keqiao.core.lifecycle.application import EDITABLE
from keqiao.web.applications import permissions
from keqiao.web.applications.models import Application, Attachment
from keqiao.web.applications.shown_to_partners import shown_to_partners
from keqiao.web.files.kinds import FORM_FAMILIES, of_families
from keqiao.web.files.permissions import Purpose, register

PURPOSE = "application_file"
UNUSED_FOR = timedelta(days=30)
"""Sent twice, or a Word form whose words were taken over: whoever sent it can still fetch it until then."""
KINDS = of_families(*FORM_FAMILIES)
"""Whatever some form can ask for; each slot says which of them it takes, and how large."""


def may_send(viewer: Any, association_id: UUID | None, at: datetime) -> bool:
    """People of a unit that is filling something in for this association send files for it."""
    units = permissions.own_units(viewer, at)
    states = [state.value for state in EDITABLE]
    return Application.objects.filter(
        unit_id__in=units, association_id=association_id, state__in=states
    ).exists()


def may_read(viewer: Any, file: Any, at: datetime) -> bool:
    """Whoever sees an application reads its files; before it is attached, only who sent it does."""
    attachment = Attachment.objects.filter(file_id=file.pk).first()
    if attachment is None:
        return bool(file.uploaded_by_id == viewer.pk)
    seen = permissions.own(viewer, at) | permissions.in_the_office(viewer, at)
    return Application.objects.filter(seen, pk=attachment.application_id).exists() or _is_shown(
        viewer, attachment, at
    )


def _is_shown(viewer: Any, attachment: Attachment, at: datetime) -> bool:
    """Does it stand in what a unit that joins is shown?"""
    joined = Application.objects.filter(permissions.joining(viewer, at), pk=attachment.application_id)
    application = joined.first()
    shown = shown_to_partners(application) if application else None
    return shown is not None and str(attachment.file_id) in shown.files


def register_purposes() -> None:
    """Make the purpose known to room files."""
    size = settings.APPLICATION_FILE_BYTES
    register(Purpose(PURPOSE, KINDS, size, may_send, may_read, UNUSED_FOR))
