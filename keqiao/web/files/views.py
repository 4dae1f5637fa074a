"""Send files with resume, and fetch them."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.web.access import SIGNED_IN, opens_to
from keqiao.web.files import actions, queries, store, tus
from keqiao.web.files.models import FileState, StoredFile
from keqiao.web.files.serving import to_be_saved

REFUSED_WITH = {"file.not_allowed": 404, "file.too_large": 413, "file.no_room": 507, "file.too_many": 429}
PIECE_REFUSED_WITH = {
    "file.offset": 409,
    "file.too_long": 413,
    "file.checksum": tus.CHECKSUM_MISMATCH,
    "file.not_scanned": 503,
}


@opens_to(SIGNED_IN, scope="what the purpose of the file allows")
@require_http_methods(["OPTIONS", "POST"])
def uploads(request: HttpRequest) -> HttpResponse:
    """Announce a file (tus: creation). What is allowed is decided by its purpose."""
    if request.method == "OPTIONS":
        return tus.answer(
            204,
            tus_version=tus.VERSION,
            tus_extension=tus.EXTENSIONS,
            tus_checksum_algorithm=",".join(tus.ALGORITHMS),
        )
    try:
        file = actions.announce(tus.announced(request), actor=request.user, at=request.arrived_at)
    except tus.MalformedError:
        return tus.answer(400)
    except ValidationError as refused:
        return _explained(REFUSED_WITH.get(refused.code, 422), refused)
    return tus.answer(201, location=reverse("files:upload", args=[file.pk]), upload_offset=0)


@opens_to(SIGNED_IN, scope="one's own uploads")
@require_http_methods(["HEAD", "PATCH", "DELETE"])
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask how far an upload has come, go on with it, or give it up."""
    file = queries.upload_of(request.user, pk)
    if request.headers.get("Tus-Resumable") != tus.VERSION:
        return tus.answer(412, tus_version=tus.VERSION)
    if request.method == "HEAD":
        return _progress(file, 200)
    if request.method == "DELETE":
        actions.refuse(file, "file.given_up", at=request.arrived_at)
        return tus.answer(204)
    if request.content_type != tus.PIECE_TYPE:
        return tus.answer(415)
    return _append(request, file)


@opens_to(SIGNED_IN, scope="what the purpose of the file allows")
@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a stored file to be saved: never shown inside a page, never run, never kept by caches between."""
    file = queries.file_for(request.user, pk, request.arrived_at)
    return to_be_saved(file)


def _append(request: HttpRequest, file: StoredFile) -> HttpResponse:
    try:
        offset = tus.whole_number(request, "Upload-Offset")
        piece = actions.Piece(offset, store.pieces_of(request.read), tus.checksum(request))
        actions.append(file, piece, at=request.arrived_at)
        if file.received == file.size:
            actions.finish(file, actor=request.user, at=request.arrived_at)
    except tus.MalformedError:
        return tus.answer(400)
    except store.BusyError:
        return tus.answer(423)
    except ValidationError as refused:
        return tus.answer(PIECE_REFUSED_WITH[refused.code])
    if file.state == FileState.REFUSED:
        return _explained(422, ValidationError(actions.REFUSALS[file.refusal]))
    return _progress(file, 204)


def _progress(file: StoredFile, status: int) -> HttpResponse:
    return tus.answer(
        status, upload_offset=file.received, upload_length=file.size, keqiao_file_state=file.state
    )


def _explained(status: int, refused: ValidationError) -> HttpResponse:
    response = tus.answer(status)
    response["Content-Type"] = "text/plain; charset=utf-8"
    response.content = "；".join(refused.messages)
    return response
