"""Files of an application: which the answers name, send one for a field, take one out."""

from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import File, Path, Query, Router, Status, UploadedFile

from keqiao.web.api.asking import who_asks
from keqiao.web.api.endpoints.applications import READS, WRITES
from keqiao.web.api.schemas import AttachmentOut
from keqiao.web.applications import actions, queries

router = Router(tags=["attachments"])
Field = Annotated[str, Query(min_length=1, max_length=80, description="id of the field, a slot for files")]


@router.get("/applications/{pk}/attachments", response=list[AttachmentOut], auth=READS, url_name="attachments",
            summary="Files that the answers name, in the order of the form")  # fmt: skip
def attachments(request: HttpRequest, pk: UUID) -> Any:
    """The files of one application."""
    return [_said(each) for each in queries.in_slots(_own(request, pk))]


@router.post("/applications/{pk}/attachments", response={201: AttachmentOut}, auth=WRITES, url_name="attachments",
             summary="Send a file for a field; the answers name it at once")  # fmt: skip
def attach(request: HttpRequest, pk: UUID, field: Field, file: Annotated[UploadedFile, File()]) -> Any:
    """Send a file: size, kind and digest are looked at, and whether it has a virus, as on the pages."""
    viewer, at = who_asks(request)
    return Status(201, _said(actions.put_in(_own(request, pk), field, file, actor=viewer, at=at)))


@router.delete("/applications/{pk}/attachments/{file}", response={204: None}, auth=WRITES, url_name="attachment",
               summary="Take a file out; earlier versions keep it")  # fmt: skip
def take_out(request: HttpRequest, pk: UUID, file: Annotated[UUID, Path()]) -> Any:
    """Take one file out of the answers."""
    viewer, at = who_asks(request)
    try:
        actions.take_out(_own(request, pk), file, actor=viewer, at=at)
    except LookupError as nothing:
        raise Http404 from nothing
    return Status(204, None)


def _own(request: HttpRequest, pk: UUID) -> Any:
    viewer, at = who_asks(request)
    return queries.own_application(viewer, pk, at)


def _said(each: queries.InSlot) -> dict[str, Any]:
    entry = each.entry
    return {
        "id": entry["file"],
        "field": each.field,
        "name": entry["name"],
        "size": entry["size"],
        "digest": entry["digest"],
    }
