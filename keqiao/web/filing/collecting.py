"""Reads the mailboxes in small rounds. Nothing is held in memory: the worker may stop at any moment.

The conversation with the server runs outside any transaction. A mail is taken up in one transaction of its own, with
the mark that it was seen; only after that it is moved on the server. If the worker dies in between, the next round
knows the mail and moves it.
"""

import hashlib
import logging
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from keqiao.readers.mail import ParsedMail, read_mail
from keqiao.readers.mail.uploaded import SIZE_MAX
from keqiao.readers.unreadable import Unreadable
from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.filing.actions.mails import Came, pass_over, take_up
from keqiao.web.filing.imap import Access, Lying, NotReached, Postbox, open_postbox
from keqiao.web.filing.keeping import NotNow, kept_files
from keqiao.web.filing.mailed_pages import applications_on_pages, bring_mailed_pages
from keqiao.web.filing.models import Mail, Mailbox
from keqiao.web.filing.understanding import Kept, Sent
from keqiao.web.tasks import task

ROUND = 10
"""So many mails are taken up in one round."""
PAUSE = timedelta(minutes=2)
LEASE = timedelta(minutes=15)
"""So long a mailbox belongs to one worker; if that dies, another reads it afterwards."""
AFTER_A_FAULT = timedelta(minutes=10)
MOVED_AT_ONCE = 100
LOG = logging.getLogger(__name__)


@transaction.atomic
def read_due(now: datetime) -> None:
    """Hand over the mailboxes that are due. The worker calls it every beat."""
    due = Mailbox.objects.filter(closed_at__isnull=True, due_at__lte=now)
    for pk in list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)):
        Mailbox.objects.filter(pk=pk).update(due_at=now + LEASE)
        read_one.enqueue(str(pk))


@task()
def read_one(pk: str) -> None:
    """Read one mailbox once. Safe to run again."""
    read_mailbox(UUID(pk), timezone.now())  # noqa: TID251  a task entry reads the clock once


def read_mailbox(pk: UUID, at: datetime) -> int:
    """Read what is new in a mailbox, at most ``ROUND`` mails; note what was wrong. Returns how many were looked at."""
    mailbox = Mailbox.objects.filter(pk=pk, closed_at__isnull=True).first()
    if mailbox is None:
        return 0
    count, fault = 0, ""
    try:
        with open_postbox(access_of(mailbox)) as postbox:
            _same_numbers(mailbox, postbox)
            for lying in _next(mailbox, postbox):
                _look_at(mailbox, postbox, lying, at)
                count += 1
            _move_taken(mailbox, postbox, at)
    except (NotReached, NotNow) as wrong:
        fault = str(wrong.args[0])
        LOG.warning("mailbox %s: %s", mailbox.pk, wrong)
    _note(mailbox, fault, at, is_more=count >= ROUND)
    return count


def access_of(mailbox: Mailbox) -> Access:
    """Return how to get into a mailbox."""
    password: Any = mailbox.password
    return Access(
        mailbox.host,
        mailbox.port,
        mailbox.security,
        mailbox.user_name,
        password.plain() if password else "",
        mailbox.folder,
        mailbox.done_folder,
    )


def _same_numbers(mailbox: Mailbox, postbox: Postbox) -> None:
    """Where the server numbers its mails anew, all are looked at again; those that are known do nothing."""
    if mailbox.uid_validity != postbox.uid_validity:
        mailbox.uid_validity, mailbox.last_uid = postbox.uid_validity, 0
        mailbox.save(update_fields=["uid_validity", "last_uid"])


def _next(mailbox: Mailbox, postbox: Postbox) -> Iterator[Lying]:
    for number, lying in enumerate(postbox.lying(mailbox.last_uid, mailbox.read_from)):
        if number >= ROUND:
            return
        yield lying


def _look_at(mailbox: Mailbox, postbox: Postbox, lying: Lying, at: datetime) -> None:
    """Take one mail up if it files something; leave it where it is if not."""
    if lying.arrived_at < mailbox.read_from or _is_known(mailbox, lying):
        pass_over(mailbox, lying)
        return
    content = postbox.content(lying.uid, only_head=lying.size > SIZE_MAX)
    with tempfile.TemporaryDirectory(prefix="keqiao-mail-") as folder:
        raw, files = Path(folder) / "mail", Path(folder) / "files"
        raw.write_bytes(content)
        files.mkdir()
        mail = _read(mailbox, raw, files)
        if mail is None or not _files_something(mailbox, mail, lying):
            pass_over(mailbox, lying)
            return
        came = Came(lying, mail, hashlib.sha256(content).hexdigest())
        kept = kept_files(mailbox, mail.attached, files, at)
        if lying.size > SIZE_MAX:
            kept = (Kept(mail.subject, lying.size, came.digest, refusal="file.too_large"),)
        account = user_with_mail(mail.sender)
        shown = applications_on_pages(each.file for each in kept if each.file) if account else frozenset()
        sent = Sent(mailbox.association_id, mail, kept, lying.arrived_at, account, shown)
        take_up(mailbox, came, sent, at)


def _is_known(mailbox: Mailbox, lying: Lying) -> bool:
    return Mail.objects.filter(mailbox=mailbox, uid_validity=mailbox.uid_validity, uid=lying.uid).exists()


def _read(mailbox: Mailbox, raw: Path, files: Path) -> ParsedMail | None:
    try:
        return read_mail(raw, files)
    except Unreadable as refused:  # it stays in the mailbox, where people see it
        LOG.warning("mailbox %s: a mail was not read: %s", mailbox.pk, refused.code)
        return None


def _files_something(mailbox: Mailbox, mail: ParsedMail, lying: Lying) -> bool:
    """Files came with it, from a person; a mail too large to be fetched may bring some."""
    if mail.automatic or not mail.sender or mail.sender == mailbox.address.lower():
        return False
    return bool(mail.attached) or lying.size > SIZE_MAX


def _move_taken(mailbox: Mailbox, postbox: Postbox, at: datetime) -> None:
    """Move what was taken up, its stamped pages matched: now, or by a round that ended before it could."""
    waiting = Mail.objects.filter(mailbox=mailbox, moved_at__isnull=True, uid_validity=postbox.uid_validity)
    for mail in waiting.select_related("account").order_by("uid")[:MOVED_AT_ONCE]:
        bring_mailed_pages(mail, at)
        postbox.move(mail.uid)
        Mail.objects.filter(pk=mail.pk).update(moved_at=at)


def _note(mailbox: Mailbox, fault: str, at: datetime, *, is_more: bool) -> None:
    """Say how it went and when to read again."""
    pause = AFTER_A_FAULT if fault else timedelta(0) if is_more else PAUSE
    read = {} if fault else {"read_at": at}
    Mailbox.objects.filter(pk=mailbox.pk).update(fault=fault, due_at=at + pause, **read)
