"""Mail: one recipient each, in the name of the association that keeps the site, with its papers enclosed."""

import logging
import smtplib
from contextlib import suppress
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from keqiao.readers.letters import letter_templates
from keqiao.web.notifications.enclosures import Enclosure, NotMade, made
from keqiao.web.notifications.faults import NotTaken
from keqiao.web.notifications.ledger import Ledger
from keqiao.web.notifications.models import Message
from keqiao.web.notifications.smtp import Backend

logger = logging.getLogger(__name__)

TRIES_TO_ENCLOSE = 3
NOT_ENCLOSED = "enclosure_not_made"
"""What a mail that went has as its fault, where it went without what it should have enclosed."""
PERMANENT = 500
"""Answers of a mail server from here on mean: never (RFC 5321, 4.2.1)."""


def send(message: Message, ledger: Ledger) -> str:
    """Hand one mail over (see ``carriers``).

    Saying good-bye to the server may fail without harm: what it took, it has.
    """
    try:
        mail = mail_from(message)
    except NotMade as fault:
        raise NotTaken(NOT_ENCLOSED) from fault
    connection = get_connection()
    mail.connection = connection
    try:
        connection.open()
        if isinstance(connection, Backend):
            connection.call_before_last_word(ledger.brink)
        else:
            ledger.brink()
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _words in refused.recipients.values()]
        raise NotTaken("recipient_refused", for_good=all(code >= PERMANENT for code in codes)) from refused
    except smtplib.SMTPAuthenticationError as refused:  # the settings are wrong, and will be put right
        raise NotTaken("SMTPAuthenticationError") from refused
    except smtplib.SMTPResponseException as refused:
        raise NotTaken(f"smtp_{refused.smtp_code}", for_good=refused.smtp_code >= PERMANENT) from refused
    except (smtplib.SMTPException, OSError) as fault:
        raise NotTaken(type(fault).__name__) from fault
    except ValueError as fault:  # Django: a header with a line break
        raise NotTaken("malformed", for_good=True) from fault
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.close()
    return "" if len(mail.attachments) == len(message.encloses) else NOT_ENCLOSED


def message_id(message: Message) -> str:
    """Return the Message-ID of a mail: the same at every try."""
    return f"<{message.pk}@{urlsplit(settings.SITE_URL).hostname}>"


def mail_from(message: Message) -> EmailMessage:
    """Return ``message`` as a mail with one recipient.

    Raises:
        NotMade: what it encloses is not there yet.
    """
    wording = letter_templates()[message.template].wording(message.language).filled(message.variables)
    sender, reply_to = import_string(settings.MAIL_SENDER_OF)()
    with override(message.language):
        papers = _papers(message)
        text = f"{wording.text}{_about(papers, message)}"
    headers = {"Message-ID": message_id(message), "Auto-Submitted": "auto-generated"}
    if message.in_reply_to:
        headers |= {"In-Reply-To": message.in_reply_to, "References": message.in_reply_to}
    mail = EmailMessage(
        subject=wording.subject.replace(
            "=?", "= ?"
        ),  # what a value only looks like is never decoded (RFC 2047)
        body=text,
        from_email=formataddr((sender, settings.DEFAULT_FROM_EMAIL)),
        reply_to=[reply_to] if reply_to else None,
        to=[message.address],
        headers=headers,
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
