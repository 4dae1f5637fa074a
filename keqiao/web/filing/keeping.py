"""Files of mails, as room files keeps them: the mailbox sends them; whoever sees what they belong to reads them."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files import File

from keqiao.readers.mail import Attached
from keqiao.web.applications.permissions import associations_in_charge
from keqiao.web.applications.queries.on_file import applications_on_file
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.files.kinds import PAPERS
from keqiao.web.files.permissions import Purpose, register
from keqiao.web.files.queries import stored_with
from keqiao.web.filing.models import Enclosure, Mail, Mailbox
from keqiao.web.filing.understanding import Kept

MAILED = "filed_mail"
MOST_BYTES = 40 << 20
LATER = frozenset({"file.not_scanned", "file.no_room", "file.too_many"})
"""Refusals that say nothing of the file: the mail waits on its server."""


class NotNow(Exception):
    """A file cannot be kept just now; the text is the code of why."""


def kept_files(
    mailbox: Mailbox, attached: Iterable[Attached], folder: Path, at: datetime
) -> tuple[Kept, ...]:
    """Store what came with a mail; what is refused says why. Again: the file that is stored already.

    Raises:
        NotNow: nobody can look for viruses now, or there is no room.
    """
    return tuple(_kept(mailbox, each, folder, at) for each in attached)


def _kept(mailbox: Mailbox, each: Attached, folder: Path, at: datetime) -> Kept:
    if each.refusal:
        return Kept(each.name, each.size, each.digest, refusal=each.refusal)
    known = stored_with(each.digest, MAILED, mailbox.association_id)
    if known is not None:
        return Kept(each.name, each.size, each.digest, file=known)
    wanted = Announced(MAILED, each.name, each.size, mailbox.association_id)
    try:
        with (folder / each.file).open("rb") as content:
            file = store_upload(File(content, each.name), wanted, actor=mailbox, at=at)  # type: ignore[arg-type]
    except ValidationError as wrong:
        code = wrong.code or "file.damaged"
        if code in LATER:
            raise NotNow(code) from wrong
        return Kept(each.name, each.size, each.digest, refusal=code)
    return Kept(each.name, each.size, each.digest, file=file)


def may_send(viewer: Any, association_id: UUID | None, at: datetime) -> bool:
    """A mailbox takes files in for its association; nobody else does."""
    del at
    return isinstance(viewer, Mailbox) and viewer.association_id == association_id


def may_read(viewer: Any, file: Any, at: datetime) -> bool:
    """Officers read what came to their mailboxes; whoever sees an application, what was filed with it."""
    mails = Mail.objects.filter(pk__in=Enclosure.objects.filter(file_id=file.pk).values("mail_id"))
    offices = associations_in_charge(viewer, at)
    if offices and mails.filter(association_id__in=offices).exists():
        return True
    return mails.filter(application__in=applications_on_file(viewer, at)).exists()


def register_purposes() -> None:
    """Make the purpose known to room files."""
    register(Purpose(MAILED, PAPERS, MOST_BYTES, may_send, may_read))
