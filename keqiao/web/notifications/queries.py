"""Read messages. Everybody sees only their own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from keqiao.readers.letters import letter_templates, letter_variables, letters_saying
from keqiao.web.notifications.models import Channel, Message, MessageState


@dataclass(frozen=True)
class Notice:
    """A message in the site as its recipient reads it."""

    id: UUID
    subject: str
    text: str
    queued_at: datetime
    read_at: datetime | None
    about: tuple[str, str]


def has_sent_mail(template: str) -> bool:
    """Has a mail server ever taken a mail of this template?"""
    return Message.objects.filter(template=template, channel=Channel.MAIL, state=MessageState.SENT).exists()


def about_of(message_id: str) -> tuple[str, str] | None:
    """Return the (kind, id) of the case that a mail of ours is about, by its Message-ID; None where it is not ours."""
    known, _at, host = message_id.strip().strip("<>").partition("@")
    try:
        pk = UUID(known)
    except ValueError:
        return None
    if host != urlsplit(settings.SITE_URL).hostname:
        return None
    about = Message.objects.filter(pk=pk, channel=Channel.MAIL).values_list("about_kind", "about_id").first()
    return about if about and all(about) else None


def visible_to(viewer: Any) -> QuerySet[Message]:
    """Return the messages in the site that ``viewer`` may read, newest first."""
    if not viewer.is_authenticated:
        return Message.objects.none()
    mine = Message.objects.filter(recipient_id=viewer.pk, channel=Channel.IN_APP, state=MessageState.SENT)
    return mine.order_by("-queued_at")


def unread_count(viewer: Any) -> int:
    """Return how many messages ``viewer`` has not read."""
    return visible_to(viewer).filter(read_at__isnull=True).count()


def whether_read(state: str) -> Q:
    """Return what picks the read or the unread messages."""
    return Q(read_at__isnull=state == "unread")


def saying(word: str) -> Q:
    """Return what picks the messages that say ``word``: in the words of their template, or in what was put into it."""
    condition = Q(template__in=sorted(letters_saying(word)))
    for name in sorted(letter_variables()):
        condition |= Q(**{f"variables__{name}__icontains": word})
    return condition


def notice_from(message: Message, language: str) -> Notice:
    """Return ``message`` in words, in the language of the page rather than that of the day it was written."""
    wording = letter_templates()[message.template].wording(language).filled(message.variables)
    about = (message.about_kind, message.about_id)
    return Notice(message.pk, wording.subject, wording.text, message.queued_at, message.read_at, about)
