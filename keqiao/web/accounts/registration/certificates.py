"""The scan of a unit's certificate: who may send it, who may look at it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import FileResponse

from keqiao.web.accounts.models import Registration
from keqiao.web.accounts.registration.contact import Contact
from keqiao.web.accounts.registration.queries import registrations_for
from keqiao.web.files.permissions import Purpose, register
from keqiao.web.files.queries import FileState, StoredFile, path_of
from keqiao.web.files.serving import NEVER_SHOWN, to_be_saved

PURPOSE = "accounts.certificate"
KINDS = frozenset({"pdf", "picture"})
MAX_BYTES = 10 << 20
SHOWN = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""Pictures that are shown beside the facts, by how they begin. A browser draws them and runs nothing in them."""


def may_send(sender: Any, _association_id: UUID | None, _at: datetime) -> bool:
    """Whoever has proved an address sends one with the form."""
    return isinstance(sender, Contact)


def may_read(viewer: Any, file: StoredFile, at: datetime) -> bool:
    """Those who verify the registration it belongs to, and its own account once there is one."""
    if not viewer.is_authenticated:
        return False
    mine = Registration.objects.filter(user=viewer, certificate=file)
    return registrations_for(viewer, at).filter(certificate=file).exists() or mine.exists()


def picture_type(file: StoredFile) -> str:
    """Return the media type under which the certificate can be shown as a picture, or nothing."""
    if file.kind != "picture" or file.state != FileState.STORED:
        return ""
    with path_of(file).open("rb") as content:
        head = content.read(4)
    return next((kind for sign, kind in SHOWN.items() if head.startswith(sign)), "")


def answer_with(file: StoredFile) -> FileResponse:
    """Return the certificate: a picture to be drawn, all else to be saved."""
    kind = picture_type(file)
    if not kind:
        return to_be_saved(file)
    return FileResponse(path_of(file).open("rb"), content_type=kind, headers=dict(NEVER_SHOWN))


def register_purposes() -> None:
    """Tell room files what certificates are."""
    register(Purpose(PURPOSE, KINDS, MAX_BYTES, may_send, may_read))
