"""Put messages into the outbox, read them, take them back, and send what is due."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction

from keqiao.readers.letters import letter_templates
from keqiao.web.notifications.enclosures import Reference, is_known
from keqiao.web.notifications.models import Channel, Message, MessageState
from keqiao.web.rows import insert

LONGEST_KEY = 120
NUMBER = re.compile(r"\+?[0-9]{5,15}")
OUTSIDE = {Channel.MAIL: "address", Channel.SMS: "phone"}
"""The channels that leave the site, and the part of a letter that says where to."""


@dataclass(frozen=True)
class Letter:
    """A message to one recipient: which template, with what in its blanks, in which language, about what.

    ``address`` is for mail, ``phone`` for text messages.
    ``about`` is (kind, id) of the case it is about, for instance ``("programmes.call", "7a7e…")``.
    ``encloses`` names the papers that go with the mail; they are made when it goes (``enclosures``).
    """

    template: str
    recipient_id: UUID | None = None
    address: str = ""
    phone: str = ""
    language: str = "zh-hans"
    variables: Mapping[str, str] = field(default_factory=dict)
    about: tuple[str, str] = ("", "")
    encloses: tuple[Reference, ...] = ()

    def enclosed_by(self, channel: Channel) -> list[list[str]]:
        """Return what goes along over ``channel``: papers go by mail."""
        return [list(reference) for reference in self.encloses] if channel is Channel.MAIL else []


def queue(letter: Letter, *, key: str, at: datetime, channels: tuple[Channel, ...] = ()) -> list[Message]:
    """Put ``letter`` into the outbox, once per channel, and return the rows (old ones for a known ``key``).

    Called inside the transaction of the act it tells about: nothing goes out unless that commits. ``key``
    names the occasion; a second call with it queues nothing. Without ``channels`` the letter goes into the
    site where there is a recipient, and by mail where there is an address.

    Raises:
        ValueError: the template is unknown, its variables are not exactly those given, a value has a line
            break, nobody makes what it encloses, or the letter has nowhere to go.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{letter.template}: queue a message inside the transaction of its act")
    _require_sound(letter)
    wanted = channels or _channels_for(letter)
    if not wanted or any(not getattr(letter, OUTSIDE[each]) for each in wanted if each in OUTSIDE):
        raise ValueError(f"{letter.template}: neither recipient nor address")
    return [_put(letter, channel, f"{key}:{channel.value}", at) for channel in wanted]


def queue_new(letters: Sequence[Letter], *, key: str, at: datetime) -> None:
    """Put letters about something that never happened before into the outbox, in one statement.

    As :func:`queue`, for acts that many people do in the same minute. ``key`` is new by itself: it holds the id of a
    row that was just made.

    Raises:
        RuntimeError, ValueError: as :func:`queue` says.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{key}: queue messages inside the transaction of their act")
    rows = []
    for place, letter in enumerate(letters):
        _require_sound(letter)
        channels = _channels_for(letter)
        rows += [_fresh(letter, channel, f"{key}:{place}:{channel.value}", at) for channel in channels]
    if rows:
        insert(Message, FRESH, rows)


FRESH = (
    "id", "key", "channel", "recipient_id", "address", "template", "variables", "language", "about_kind", "about_id",
    "encloses", "state", "attempts", "queued_at", "due_at", "leased_until", "settled_at", "read_at", "fault",
)  # fmt: skip


def _fresh(letter: Letter, channel: Channel, key: str, at: datetime) -> tuple[Any, ...]:
    if len(key) > LONGEST_KEY:
        raise ValueError(f"{key}: a key has at most {LONGEST_KEY} characters, its channel included")
    into_site = channel is Channel.IN_APP
    state, settled = (MessageState.SENT.value, at) if into_site else (MessageState.QUEUED.value, None)
    address = "" if into_site else getattr(letter, OUTSIDE[channel])
    said = (
        letter.template,
        dict(letter.variables),
        letter.language,
        *letter.about,
        letter.enclosed_by(channel),
    )
    row_id, recipient = uuid.uuid4(), letter.recipient_id
    return (row_id, key, channel.value, recipient, address, *said, state, 0, at, at, None, settled, None, "")


@transaction.atomic
def queue_mail(letter: Letter, *, key: str, at: datetime) -> list[Message]:
    """Put ``letter`` into the outbox as mail only, in a transaction of its own."""
    return queue(letter, key=key, at=at, channels=(Channel.MAIL,))


@transaction.atomic
def queue_code(letter: Letter, *, key: str, at: datetime, send: bool = True) -> list[Message]:
    """Put a code or a link that opens something into the outbox, by the one way that ``letter`` names.

    With ``send`` false the row is written and taken back at once, so that saying nothing to an unknown
    number takes as long as sending.
    """
    channel = Channel.SMS if letter.phone else Channel.MAIL
    made = queue(letter, key=key, at=at, channels=(channel,))
    if not send:
        Message.objects.filter(pk__in=[message.pk for message in made]).update(
            state=MessageState.CANCELLED, settled_at=at, variables=without_secrets(made[0])
        )
    return made


def without_secrets(message: Message) -> dict[str, str]:
    """Return the variables of a message without those that open something."""
    forget = letter_templates()[message.template].forget
    return {name: "" if name in forget else value for name, value in message.variables.items()}


def mark_read(recipient_id: UUID, message_ids: list[UUID], *, at: datetime) -> int:
    """Mark messages of ``recipient_id`` as read; those of others are left alone. Returns how many changed."""
    mine = Message.objects.filter(recipient_id=recipient_id, channel=Channel.IN_APP, read_at__isnull=True)
    return mine.filter(pk__in=message_ids).update(read_at=at)


def mark_all_read(recipient_id: UUID, *, at: datetime) -> int:
    """Mark all messages of ``recipient_id`` as read. Returns how many changed."""
    mine = Message.objects.filter(recipient_id=recipient_id, channel=Channel.IN_APP, read_at__isnull=True)
    return mine.update(read_at=at)


def cancel_about(kind: str, case_id: str, *, at: datetime) -> int:
    """Take back what still waits to be sent about a case. Returns how many messages will not go."""
    waiting = Message.objects.filter(about_kind=kind, about_id=case_id, state=MessageState.QUEUED)
    return waiting.update(state=MessageState.CANCELLED, settled_at=at, leased_until=None)


def _channels_for(letter: Letter) -> tuple[Channel, ...]:
    into_site = (Channel.IN_APP,) if letter.recipient_id else ()
    return into_site + ((Channel.MAIL,) if letter.address else ())


def _require_sound(letter: Letter) -> None:
    template = letter_templates().get(letter.template)
    if template is None:
        raise ValueError(f"{letter.template}: no such message; add it to keqiao/data/messages/mail")
    if template.variables != set(letter.variables):
        raise ValueError(f"{letter.template}: needs exactly {sorted(template.variables)}")
    for name, value in letter.variables.items():
        if not isinstance(value, str) or "\r" in value or "\n" in value:
            raise ValueError(f"{letter.template}: {name} is not one line of text")
    _require_makers(letter)
    _require_reachable(letter)


def _require_makers(letter: Letter) -> None:
    if strange := [kind for kind, _ in letter.encloses if not is_known(kind)]:
        raise ValueError(f"{letter.template}: nobody makes {strange}")


def _require_reachable(letter: Letter) -> None:
    if letter.phone and not NUMBER.fullmatch(letter.phone):
        raise ValueError(f"{letter.template}: the number is malformed")
    if letter.address:
        try:
            validate_email(letter.address)
        except ValidationError as wrong:
            raise ValueError(f"{letter.template}: the address is malformed") from wrong


def _put(letter: Letter, channel: Channel, key: str, at: datetime) -> Message:
    if len(key) > LONGEST_KEY:  # SQLite would take it, PostgreSQL would not
        raise ValueError(f"{key}: a key has at most {LONGEST_KEY} characters, its channel included")
    arrived: dict[str, Any] = {}
    if channel is Channel.IN_APP:
        arrived = {"state": MessageState.SENT.value, "settled_at": at}
    kind, case_id = letter.about
    message, _created = Message.objects.get_or_create(
        key=key,
        defaults={
            "channel": channel.value,
            "recipient_id": letter.recipient_id,
            "address": getattr(letter, OUTSIDE[channel]) if channel in OUTSIDE else "",
            "template": letter.template,
            "variables": dict(letter.variables),
            "language": letter.language,
            "about_kind": kind,
            "about_id": case_id,
            "encloses": letter.enclosed_by(channel),
            "queued_at": at,
            "due_at": at,
            **arrived,
        },
    )
    return message
