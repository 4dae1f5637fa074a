"""Receive files: announce, append, finish; or refuse. What is stored is never changed."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from keqiao.readers.kind import kind_of
from keqiao.web.audit import log
from keqiao.web.files import scanning, store
from keqiao.web.files.models import FileState, Space, StoredFile
from keqiao.web.files.names import shown_name
from keqiao.web.files.permissions import Purpose, purpose_called
from keqiao.web.files.queries import unused_since

UNDER_WAY_AT_ONCE = 20  # uploads of one person
MEBIBYTE = 1 << 20
REFUSALS = {
    "file.kind": _("不接受这种格式的文件。"),
    "file.virus": _("文件带有病毒，没有保存。请清除后再传。"),
}
LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Announced:
    """What a sender says about a file before its bytes come.

    ``most_mb`` is the limit of the place it is meant for, where that takes less than the purpose: told early, before a
    large file is sent in vain. Whoever puts it there asks again.
    """

    purpose: str
    name: str
    size: int
    association_id: UUID | None = None
    most_mb: int | None = None


@transaction.atomic
def announce(wanted: Announced, *, actor: Any, at: datetime) -> StoredFile:
    """Take note of a file that is about to come, and set its space aside.

    Raises:
        ValidationError: the purpose is unknown to this sender, the file is empty or too large, the sender has
            too many uploads under way, or there is no room.
    """
    purpose = purpose_called(wanted.purpose)
    if purpose is None or not purpose.may_send(actor, wanted.association_id, at):
        raise ValidationError(_("您不能上传这类文件。"), code="file.not_allowed")
    _require_size(wanted, purpose)
    file = StoredFile(
        association_id=wanted.association_id,
        purpose=purpose.code,
        name=shown_name(wanted.name),
        size=wanted.size,
        uploaded_by_id=actor.pk,
        begun_at=at,
        touched_at=at,
    )
    _set_aside(file)
    under_way = StoredFile.objects.filter(uploaded_by_id=actor.pk, state=FileState.RECEIVING)
    if under_way.count() >= UNDER_WAY_AT_ONCE:
        raise ValidationError(_("您有太多上传未完成，请稍后再试。"), code="file.too_many")
    file.save(force_insert=True)
    return file


@dataclass(frozen=True)
class Piece:
    """A part of a file: where it begins, its bytes, and its digest if the sender gave one (algorithm, hex)."""

    offset: int
    content: Iterable[bytes]
    checksum: tuple[str, str] | None = None


def append(file: StoredFile, piece: Piece, *, at: datetime) -> int:
    """Write a part of a file that is under way and return how many bytes have arrived now.

    The bytes are on the disk before they count; nothing is locked in the database while they come.

    Raises:
        ValidationError: the part begins elsewhere than the last one ended (``file.offset``), is longer than announced
            (``file.too_long``) or was damaged on the way (``file.checksum``).
        store.BusyError: another request is writing the same file.
    """
    with store.appending(file.pk) as target:
        file.refresh_from_db(fields=["received", "state"])
        if file.state != FileState.RECEIVING or file.received != piece.offset:
            raise ValidationError(_("上传位置不符，请从服务器记录的位置继续。"), code="file.offset")
        room = file.size - piece.offset
        try:
            written = store.write_pieces(target, piece.offset, piece.content, room)
        except ValueError as wrong:
            raise ValidationError(_("文件比声明的更大。"), code="file.too_long") from wrong
        if piece.checksum and piece.checksum not in {("sha1", written.sha1), ("sha256", written.sha256)}:
            raise ValidationError(_("传输中数据受损，请重传这一段。"), code="file.checksum")
        received = piece.offset + written.count
        StoredFile.objects.filter(pk=file.pk, received=piece.offset).update(received=received, touched_at=at)
    file.received, file.touched_at = received, at
    return received


def finish(file: StoredFile, *, actor: Any, at: datetime) -> StoredFile:
    """Store a file that has arrived whole, or refuse it for its kind or for a virus in it.

    Safe to repeat: a second call finds it stored. The object has its name before the row says so.

    Raises:
        ValidationError: not all of it has arrived, or nobody can look for viruses now (``file.not_scanned``);
            what has arrived stays.
    """
    arrived = store.arrival(file.pk)
    if file.state != FileState.RECEIVING:
        return file
    if file.received != file.size:
        raise ValidationError(_("文件尚未传完。"), code="file.incomplete")
    sha256, kind = store.digest_of(arrived), kind_of(arrived)
    purpose = purpose_called(file.purpose)
    if purpose is None or kind not in purpose.kinds:
        refuse(file, "file.kind", at=at)
        return file
    if virus := _virus_in(arrived):
        _refuse_infected(file, virus, sha256, actor=actor, at=at)
        return file
    store.keep(file.pk, sha256)
    _mark_stored(file, (sha256, kind), actor=actor, at=at)
    store.forget_arrival(file.pk)
    return file


def _virus_in(arrived: Path) -> str:
    try:
        return scanning.virus_in(arrived)
    except scanning.NotScanned as failed:
        LOG.warning("a file was not looked through for viruses: %s", failed)
        raise ValidationError(_("暂时无法检查病毒，请稍后再传。"), code="file.not_scanned") from failed


@transaction.atomic
def _refuse_infected(file: StoredFile, virus: str, sha256: str, *, actor: Any, at: datetime) -> None:
    refuse(file, "file.virus", at=at)
    data = {"virus": virus, "sha256": sha256, "size": file.size, "purpose": file.purpose}
    log.record("infected", file, actor=actor, role="sender", at=at, data=data)


@transaction.atomic
def _mark_stored(file: StoredFile, found: tuple[str, str], *, actor: Any, at: datetime) -> None:
    locked = StoredFile.objects.select_for_update().get(pk=file.pk)
    if locked.state == FileState.RECEIVING:
        locked.sha256, locked.kind = found
        locked.state, locked.stored_at = FileState.STORED.value, at
        locked.save(update_fields=["sha256", "kind", "state", "stored_at"])
        data = {"sha256": locked.sha256, "size": locked.size, "purpose": locked.purpose}
        log.record("stored", locked, actor=actor, role="sender", at=at, data=data)
    file.__dict__.update({name: getattr(locked, name) for name in ("sha256", "kind", "state", "stored_at")})


@transaction.atomic
def refuse(file: StoredFile, code: str, *, at: datetime) -> None:
    """Give up a file that is under way: its bytes go, its space is free again."""
    changed = StoredFile.objects.filter(pk=file.pk, state=FileState.RECEIVING).update(
        state=FileState.REFUSED, refusal=code, touched_at=at
    )
    if changed:
        Space.objects.filter(pk=file.owner_id).update(used_bytes=F("used_bytes") - file.size)
        transaction.on_commit(lambda: store.forget_arrival(file.pk))
    file.state, file.refusal = FileState.REFUSED.value, code


@transaction.atomic
def quarantine(file_id: UUID, code: str, *, at: datetime) -> None:
    """Keep a stored file that no reader may open: ``code`` says why. Who may read it may still fetch it."""
    file = StoredFile.objects.select_for_update().get(pk=file_id, state=FileState.STORED)
    file.state, file.refusal = FileState.QUARANTINED.value, code
    file.save(update_fields=["state", "refusal"])
    log.record("quarantined", file, actor=None, role="reader", at=at, data={"code": code})


@transaction.atomic
def let_go(file_id: UUID, before: datetime, *, at: datetime) -> bool:
    """Give up a file stored ``before`` then that nothing refers to: its space is free, its bytes are collected.

    False: something refers to it by now, or it is gone already.
    """
    file = StoredFile.objects.select_for_update().get(pk=file_id)
    if not unused_since(before, file.purpose).filter(pk=file_id).exists():
        return False
    file.state, file.refusal, file.touched_at = FileState.REFUSED.value, "file.unused", at
    file.save(update_fields=["state", "refusal", "touched_at"])
    Space.objects.filter(pk=file.owner_id).update(used_bytes=F("used_bytes") - file.size)
    data = {"sha256": file.sha256, "size": file.size, "purpose": file.purpose}
    log.record("let_go", file, actor=None, role="program", at=at, data=data)
    return True


def store_upload(upload: UploadedFile, wanted: Announced, *, actor: Any, at: datetime) -> StoredFile:
    """Store a file that came with a form, in one go.

    Raises:
        ValidationError: as :func:`announce` says, or its kind is not taken.
    """
    file = announce(wanted, actor=actor, at=at)
    try:
        append(file, Piece(0, upload.chunks(store.PIECE)), at=at)
        finish(file, actor=actor, at=at)
    except ValidationError as wrong:
        refuse(file, wrong.code or "file.damaged", at=at)
        raise
    if file.state == FileState.REFUSED:
        raise ValidationError(REFUSALS[file.refusal], code=file.refusal)
    return file


def _require_size(wanted: Announced, purpose: Purpose) -> None:
    if wanted.size < 1:
        raise ValidationError(_("文件是空的。"), code="file.empty")
    most = purpose.max_bytes
    if wanted.most_mb is not None:
        most = min(most, wanted.most_mb * MEBIBYTE)
    if wanted.size > most:
        raise ValidationError(
            _("文件不得超过 %(limit)s MB。"),
            code="file.too_large",
            params={"limit": most // MEBIBYTE},
        )


def _set_aside(file: StoredFile) -> None:
    Space.objects.get_or_create(pk=file.owner_id, defaults={"limit_bytes": settings.FILES_SPACE_BYTES})
    room = Space.objects.filter(pk=file.owner_id, used_bytes__lte=F("limit_bytes") - file.size)
    if not room.update(used_bytes=F("used_bytes") + file.size):
        raise ValidationError(_("存储空间已满，请联系管理人员。"), code="file.no_room")
