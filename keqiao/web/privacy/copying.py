"""A person's own copy: everything that the catalogue declares and that can be traced to the account, as a zip."""

import json
from collections.abc import Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.files.permissions import Purpose, register
from keqiao.web.files.queries import path_of, sent_by
from keqiao.web.privacy.actions import Answer, settle
from keqiao.web.privacy.catalogue import PersonalTable, tables
from keqiao.web.privacy.models import RequestState, SubjectRequest
from keqiao.web.privacy.queries import consents_of
from keqiao.web.privacy.shown import as_plain, catalogue_values, values_in
from keqiao.web.tasks import task

PURPOSE = "own_copy"
MAX_BYTES = 2 << 30
NAME = "my-data.zip"


def register_purposes() -> None:
    """Make the purpose known to room files: a copy is read by the person whose data it is."""
    register(Purpose(PURPOSE, frozenset({"zip"}), MAX_BYTES, _may_send, _may_read))


def _may_send(_viewer: Any, association_id: UUID | None, _at: datetime) -> bool:
    return association_id is None


def _may_read(viewer: Any, file: Any, _at: datetime) -> bool:
    return bool(file.uploaded_by_id == viewer.pk)


@task()
def make_copy(request_id: str) -> None:
    """Make the copy that a request asks for. Safe to run again: a settled request stays as it is."""
    make_copy_at(UUID(request_id), timezone.now())  # noqa: TID251  a task entry reads the clock once


def make_copy_at(request_id: UUID, at: datetime) -> SubjectRequest:
    """Make the copy as of ``at``, put it beside the request, and settle it."""
    request = SubjectRequest.objects.get(pk=request_id)
    if request.state != RequestState.OPEN:
        return request
    subject = get_user_model().objects.get(pk=request.subject_id)
    with TemporaryFile() as target:
        write_copy(target, subject, at)
        size = target.seek(0, 2)
        target.seek(0)
        upload = UploadedFile(file=target, name=NAME, size=size)
        file = store_upload(upload, Announced(PURPOSE, NAME, size), actor=subject, at=at)
    SubjectRequest.objects.filter(pk=request.pk, state=RequestState.OPEN).update(file=file)
    return settle(request.pk, Answer(RequestState.DONE, ""), actor=None, at=at)


def write_copy(target: IO[bytes], subject: Any, at: datetime) -> None:
    """Write the zip: ``data.json``, and under ``files/`` what the person sent in."""
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        values = own_data(subject, at)
        archive.writestr("data.json", json.dumps(values, ensure_ascii=False, indent=1))
        for file in _own_files(subject):
            archive.write(path_of(file), f"files/{file.pk}-{file.name.replace('/', '_')}")


def own_data(subject: Any, at: datetime) -> dict[str, Any]:
    """Return everything of ``subject`` as plain values: the declared columns of the own rows, and consents."""
    return {
        "made_at": at.isoformat(),
        "account": str(subject.pk),
        "catalogue": catalogue_values(),
        "tables": {table.label: list(_rows(table, subject)) for table in tables() if table.own},
        "consents": [
            {
                "kind": consent.text.kind,
                "version": consent.text.version,
                "given_at": consent.given_at.isoformat(),
                "withdrawn_at": as_plain(consent.withdrawn_at),
            }
            for consent in consents_of(subject.pk)
        ],
    }


def _rows(table: PersonalTable, subject: Any) -> Iterator[dict[str, Any]]:
    if table.own is not None:
        for row in table.own(subject).order_by("pk").iterator():
            yield {"id": str(row.pk)} | {
                field.name: as_plain(value) for field, value in values_in(row, table)
            }


def _own_files(subject: Any) -> Iterator[Any]:
    yield from sent_by(subject).exclude(purpose=PURPOSE).order_by("pk")
