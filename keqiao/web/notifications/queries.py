"""Read messages. Everybody sees only their own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from keqiao.readers.letters import letter_templates, letter_variables, letters_saying
from keqiao.web.notifications import permissions
from keqiao.web.notifications.models import (
    CalendarAddress,
    Channel,
    Choice,
    Message,
    MessageState,
    QuietHours,
    SendingRule,
    WecomName,
)
from keqiao.web.notifications.permissions import Viewer
from keqiao.web.notifications.rules import Rule, rule_from
from keqiao.web.scope import crossing


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
    with crossing("an officer is told whether mail works, not whose mail went"):
        return Message.objects.filter(
            template=template, channel=Channel.MAIL, state=MessageState.SENT
        ).exists()


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


def outbox_for(viewer: Viewer, at: datetime) -> QuerySet[Message]:
    """Return the messages of the associations whose outbox ``viewer`` keeps, newest first."""
    return Message.objects.filter(permissions.visible(viewer, at)).order_by("-queued_at")


def outbox_message_for(viewer: Viewer, pk: UUID, at: datetime) -> Message:
    """Return one message of an outbox that ``viewer`` keeps; otherwise 404."""
    return get_object_or_404(outbox_for(viewer, at), pk=pk)


def associations_of(viewer: Viewer, at: datetime) -> dict[UUID, str]:
    """Return the associations whose outbox ``viewer`` keeps, by name."""
    mine = permissions.associations_of(viewer, at)
    held = {grant.organisation_id: str(grant.organisation) for grant in viewer.grants_at(at)}
    return {pk: name for pk, name in sorted(held.items(), key=lambda pair: pair[1]) if pk in mine}


def association_for(viewer: Viewer, pk: UUID, at: datetime) -> str:
    """Return the name of one association whose outbox ``viewer`` keeps; otherwise 404."""
    name = associations_of(viewer, at).get(pk)
    if name is None:
        raise Http404
    return name


def to_review(association_id: UUID) -> QuerySet[Message]:
    """Return what waits for a look in an association, by kind, the oldest first."""
    waiting = Message.objects.filter(association_id=association_id, state=MessageState.REVIEW)
    return waiting.order_by("template", "queued_at", "pk")


def review_counts(associations: list[UUID]) -> dict[UUID, int]:
    """Return how many messages wait for a look in each association that has some."""
    waiting = Message.objects.filter(association_id__in=associations, state=MessageState.REVIEW).order_by()
    return dict(waiting.values_list("association_id").annotate(Count("pk")))


def names_of(messages: list[Message]) -> dict[UUID, str]:
    """Return the names of the recipients of messages, by account."""
    accounts = get_user_model().objects.in_bulk({each.recipient_id for each in messages} - {None})
    return {pk: account.get_full_name() for pk, account in accounts.items()}


def rules_of(association_id: UUID) -> dict[str, Rule]:
    """Return what holds in an association for each kind of message about which it may decide."""
    rows = {row.template: row for row in SendingRule.objects.filter(association_id=association_id)}
    return {
        code: rule_from(rows.get(code), template)
        for code, template in letter_templates().items()
        if template.is_open_to_choice
    }


def quiet_hours_of(association_id: UUID) -> QuietHours:
    """Return the quiet hours of an association: its own, or the usual ones."""
    return QuietHours.objects.filter(pk=association_id).first() or QuietHours(association_id=association_id)


def choices_of(account_id: UUID) -> dict[tuple[str, str], bool]:
    """Return what somebody chose, by kind and channel."""
    rows = Choice.objects.filter(account_id=account_id).values_list("template", "channel", "is_wanted")
    return {(template, channel): is_wanted for template, channel, is_wanted in rows}


def wecom_name_of(account_id: UUID) -> WecomName | None:
    """Return by what name WeCom knows somebody, confirmed or not."""
    return WecomName.objects.filter(pk=account_id).first()


CALENDAR = Signer(salt="keqiao.notifications.calendar", sep=".")


def calendar_token_of(account_id: UUID) -> str:
    """Return the secret part of the address of somebody's calendar; nothing where there is none."""
    row = CalendarAddress.objects.filter(account_id=account_id).first()
    return CALENDAR.sign(row.pk.hex) if row else ""


def calendar_account(token: str) -> UUID:
    """Return whose calendar has this secret; 404 where nobody's has (any more)."""
    try:
        pk = UUID(CALENDAR.unsign(token))
    except (BadSignature, ValueError) as wrong:
        raise Http404 from wrong
    return get_object_or_404(CalendarAddress, pk=pk).account_id
