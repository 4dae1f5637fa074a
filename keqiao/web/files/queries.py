"""Read what is known of files, and where the bytes of a stored one lie."""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from keqiao.web.files import store
from keqiao.web.files.models import FileState, StoredFile
from keqiao.web.files.permissions import may_read

KEPT = (FileState.STORED, FileState.QUARANTINED)


def file_for(viewer: Any, pk: UUID, at: datetime) -> StoredFile:
    """Return a kept file if its purpose lets ``viewer`` read it; otherwise 404."""
    file = StoredFile.objects.filter(pk=pk, state__in=KEPT).first()
    if file is None or not may_read(viewer, file, at):
        raise Http404
    return file


def upload_of(viewer: Any, pk: UUID) -> StoredFile:
    """Return an upload of ``viewer``'s own, in any state; otherwise 404."""
    file = StoredFile.objects.filter(pk=pk, uploaded_by_id=viewer.pk).first()
    if file is None:
        raise Http404
    return file


def received_file(viewer: Any, pk: UUID, purpose: str, *, hold: bool = False) -> StoredFile | None:
    """Return a stored file that ``viewer`` sent for ``purpose``, or nothing.

    ``hold`` keeps it from being cleared away before the transaction, which refers to it, ends.
    """
    rows = StoredFile.objects.select_for_update() if hold else StoredFile.objects.all()
    return rows.filter(pk=pk, uploaded_by_id=viewer.pk, purpose=purpose, state=FileState.STORED).first()


def unused_since(before: datetime, purpose: str) -> QuerySet[StoredFile]:
    """Return the files of a purpose that were stored before then and that no row of any table refers to."""
    rows = StoredFile.objects.filter(state=FileState.STORED, purpose=purpose, stored_at__lt=before)
    for relation in StoredFile._meta.related_objects:
        named = {relation.field.name: OuterRef("pk")}
        rows = rows.exclude(Exists(relation.related_model._base_manager.filter(**named)))
    return rows


def stored_with(sha256: str, purpose: str, association_id: UUID) -> StoredFile | None:
    """Return the stored file of an association with this digest, the first if it was sent twice; None without one."""
    named = StoredFile.objects.filter(sha256=sha256, purpose=purpose, association_id=association_id)
    return named.filter(state=FileState.STORED).order_by("stored_at").first()


def sent_by(account: Any) -> QuerySet[StoredFile]:
    """Return the stored files that ``account`` sent."""
    return StoredFile.objects.filter(uploaded_by_id=account.pk, state=FileState.STORED)


def is_stored(file: StoredFile) -> bool:
    """Has the whole file arrived, and was it found harmless?"""
    return file.state == FileState.STORED


def path_of(file: StoredFile) -> Path:
    """Return where the bytes of a kept file lie: to be read, never changed.

    Raises:
        LookupError: the file is not kept.
    """
    if file.state not in KEPT:
        raise LookupError(f"{file.pk} is {file.state}, its bytes are not kept")
    return store.object_path(file.sha256)
