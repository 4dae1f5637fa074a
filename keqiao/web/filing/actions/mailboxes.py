"""Set a mailbox up, change it, stop reading it; try what was typed before it is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.filed_mail import OFFICER
from keqiao.web.audit import log
from keqiao.web.filing.imap import Access, open_postbox
from keqiao.web.filing.models import Mailbox

KEPT = ("name", "address", "host", "port", "security", "user_name", "folder", "done_folder")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A mailbox as an officer states it; an empty ``password`` leaves the one that is kept."""

    name: str
    address: str
    host: str
    port: int
    security: str
    user_name: str
    password: str
    folder: str
    done_folder: str

    def access(self, kept: Mailbox | None = None) -> Access:
        """Return how to get in."""
        password = self.password
        if not password and kept is not None and kept.password:
            password = kept.password.plain()
        return Access(
            self.host, self.port, self.security, self.user_name, password, self.folder, self.done_folder
        )

    def __repr__(self) -> str:
        return f"<mailbox {self.name}>"


def try_out(access: Access) -> None:
    """Open a mailbox and look into its folder, nothing more.

    Raises:
        NotReached: with what exactly is wrong.
    """
    with open_postbox(access):
        pass


@transaction.atomic
def set_up(association_id: UUID, wanted: Wanted, *, actor: Any, at: datetime) -> Mailbox:
    """Have a mailbox be read from now on: mails that came before stay as they are.

    Raises:
        PermissionDenied: the actor is no officer there.
        ValidationError: that folder is read already.
    """
    _require_officer(association_id, actor, at)
    mailbox = Mailbox(association_id=association_id, read_from=at, due_at=at, set_by=actor, set_at=at)
    _state(mailbox, wanted)
    mailbox.password = wanted.password
    mailbox.save(force_insert=True)
    log.record("mailbox_set_up", mailbox, actor=actor, role=OFFICER, at=at)
    return mailbox


@transaction.atomic
def change(mailbox_id: UUID, wanted: Wanted, *, actor: Any, at: datetime) -> Mailbox:
    """State a mailbox anew. Another account or folder is read from now on.

    Raises:
        PermissionDenied: the actor is no officer there.
        ValidationError: that folder is read already, or the mailbox is closed.
    """
    mailbox = _open(mailbox_id, actor, at)
    before = {name: getattr(mailbox, name) for name in KEPT}
    _state(mailbox, wanted)
    if wanted.password:
        mailbox.password = wanted.password
    changed = sorted(name for name in KEPT if getattr(mailbox, name) != before[name])
    if {"host", "user_name", "folder"} & set(changed):
        mailbox.read_from, mailbox.uid_validity, mailbox.last_uid = at, None, 0
    mailbox.due_at, mailbox.fault = at, ""
    mailbox.set_by, mailbox.set_at = actor, at
    mailbox.save()
    data = {"changed": [*changed, *(["password"] if wanted.password else [])]}
    log.record("mailbox_changed", mailbox, actor=actor, role=OFFICER, at=at, data=data)
    return mailbox


@transaction.atomic
def close(mailbox_id: UUID, *, actor: Any, at: datetime) -> Mailbox:
    """Stop reading a mailbox, and forget its password.

    Raises:
        PermissionDenied: the actor is no officer there.
        ValidationError: it is closed already.
    """
    mailbox = _open(mailbox_id, actor, at)
    mailbox.closed_at, mailbox.password = at, ""
    mailbox.save()
    log.record("mailbox_closed", mailbox, actor=actor, role=OFFICER, at=at)
    return mailbox


def _open(mailbox_id: UUID, actor: Any, at: datetime) -> Mailbox:
    mailbox = Mailbox.objects.select_for_update().get(pk=mailbox_id)
    _require_officer(mailbox.association_id, actor, at)
    if mailbox.closed_at is not None:
        raise ValidationError(_("这个邮箱已停用。"), code="mailbox.closed")
    return mailbox


def _state(mailbox: Mailbox, wanted: Wanted) -> None:
    for name in KEPT:
        setattr(mailbox, name, getattr(wanted, name))
    others = Mailbox.objects.filter(closed_at__isnull=True).exclude(pk=mailbox.pk)
    same = {"host": mailbox.host, "user_name": mailbox.user_name, "folder": mailbox.folder}
    if others.filter(**same).exists():
        raise ValidationError(_("这个邮箱的这个文件夹已经在收取。"), code="mailbox.read_already")


def _require_officer(association_id: UUID, actor: Any, at: datetime) -> None:
    if association_id not in actor.organisations_as(OFFICER, at):
        raise PermissionDenied("only officers keep the mailboxes of their association")
