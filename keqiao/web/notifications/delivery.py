"""Send the mail and text messages that are due: each to its one recipient, one worker at a time, again after a failure.

A message is handed over by leasing its row and enqueueing one attempt. An attempt begins by counting itself;
the one that could count is the only sender. A worker that dies while sending leaves the lease to run out; the
next attempt carries the same Message-ID, so that a mailbox which has it already can tell.

What a mail encloses is made when it goes. Where that fails the mail waits; after ``TRIES_TO_ENCLOSE``, or where it
would never come right, the mail goes with its words and its link, and says that something is missing.
"""

import logging
from datetime import datetime, timedelta
from email.utils import formataddr
from smtplib import SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from keqiao.readers.letters import letter_templates
from keqiao.web.notifications import sms
from keqiao.web.notifications.actions import OUTSIDE, without_secrets
from keqiao.web.notifications.enclosures import Enclosure, NotMade, made
from keqiao.web.notifications.models import Channel, Message, MessageState

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
BATCH = 200
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
"""How long to wait after the first, second … failed attempt. After one more the message has failed."""
TRIES_TO_ENCLOSE = 3
NOT_ENCLOSED = "enclosure_not_made"
"""What a mail that went has as its fault, where it went without what it should have enclosed."""


@transaction.atomic
def hand_over(now: datetime) -> list[tuple[str, int]]:
    """Lease what is due and return it as (message id, number of the attempt), oldest first, in one batch."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    due = Message.objects.filter(free, state=MessageState.QUEUED, channel__in=list(OUTSIDE), due_at__lte=now)
    rows = due.select_for_update(skip_locked=True).order_by("due_at").values_list("pk", "attempts")[:BATCH]
    leased = list(rows)
    Message.objects.filter(pk__in=[pk for pk, _ in leased]).update(leased_until=now + LEASE)
    return [(str(pk), attempts + 1) for pk, attempts in leased]


def attempt(message_id: UUID, number: int, *, handed_over: datetime) -> None:
    """Send one message if nobody else has taken this attempt; settle it or let it wait for the next one."""
    waiting = Message.objects.filter(pk=message_id, state=MessageState.QUEUED)
    if not waiting.filter(attempts=number - 1).update(attempts=number):
        return
    message = Message.objects.get(pk=message_id)
    try:
        lacks = _send(message)
    except SMTPRecipientsRefused:
        _fail(message, "recipient_refused")
    except NotMade:
        _wait_or_give_up(message, NOT_ENCLOSED, handed_over)
    except (SMTPException, OSError) as fault:
        _wait_or_give_up(message, type(fault).__name__, handed_over)
    else:
        waiting.update(
            state=MessageState.SENT,
            settled_at=Now(),
            leased_until=None,
            fault=lacks,
            variables=without_secrets(message),
        )


def _send(message: Message) -> str:
    """Send a message and return what it went without: ``NOT_ENCLOSED``, or nothing.

    Raises:
        NotMade: what it encloses is not there yet; nothing was sent.
    """
    if message.channel == Channel.SMS:
        wording = letter_templates()[message.template].wording(message.language).filled(message.variables)
        sms.gateway().send(message.address, wording.text.strip(), key=str(message.pk))
        return ""
    mail = mail_from(message)
    mail.send()
    return "" if len(mail.attachments) == len(message.encloses) else NOT_ENCLOSED


def mail_from(message: Message) -> EmailMessage:
    """Return ``message`` as a mail with one recipient, in the name of the association that keeps the site.

    Raises:
        NotMade: what it encloses is not there yet.
    """
    wording = letter_templates()[message.template].wording(message.language).filled(message.variables)
    host = urlsplit(settings.SITE_URL).hostname
    sender, reply_to = import_string(settings.MAIL_SENDER_OF)()
    with override(message.language):
        papers = _papers(message)
        text = f"{wording.text}{_about(papers, message)}"
    mail = EmailMessage(
        subject=wording.subject,
        body=text,
        from_email=formataddr((sender, settings.DEFAULT_FROM_EMAIL)),
        reply_to=[reply_to] if reply_to else None,
        to=[message.address],
        headers={"Message-ID": f"<{message.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    for paper in papers:
        mail.attach(paper.name, paper.content, paper.media_type)
    return mail


def _papers(message: Message) -> list[Enclosure]:
    """What goes along, without what cannot be made for good. Raises NotMade: another attempt may make it."""
    papers = []
    for kind, pk in message.encloses:
        try:
            papers.append(made((kind, pk)))
        except NotMade as fault:
            if not fault.for_good and message.attempts < TRIES_TO_ENCLOSE:
                raise
            logger.warning("mail %s goes without its enclosure: %s", message.pk, fault)
    return papers


def _about(papers: list[Enclosure], message: Message) -> str:
    """The last lines of a mail: what is enclosed, and whether something is missing."""
    lines = [_("附件：%(name)s") % {"name": paper.name} for paper in papers]
    if len(papers) < len(message.encloses):
        lines.append(_("应附的文件未能生成，没有随本邮件发出。请打开上面的链接查看和下载。"))
    return "".join(f"\n{line}\n" for line in lines)


def _wait_or_give_up(message: Message, fault: str, handed_over: datetime) -> None:
    rows = Message.objects.filter(pk=message.pk, state=MessageState.QUEUED)
    if message.attempts > len(PAUSES):
        _fail(message, fault)
    else:
        later = handed_over + PAUSES[message.attempts - 1]
        rows.update(due_at=later, leased_until=None, fault=fault)


def _fail(message: Message, fault: str) -> None:
    """Give a message up; what it would have opened is wiped as if it had gone."""
    Message.objects.filter(pk=message.pk, state=MessageState.QUEUED).update(
        state=MessageState.FAILED,
        settled_at=Now(),
        leased_until=None,
        fault=fault,
        variables=without_secrets(message),
    )
