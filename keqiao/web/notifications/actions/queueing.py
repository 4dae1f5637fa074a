"""Put messages into the outbox, and take back what still waits there."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from keqiao.readers.letters import letter_templates
from keqiao.web.notifications.letters import Letter, require_sound
from keqiao.web.notifications.models import OPEN_STATES, Channel, Message, MessageState
from keqiao.web.notifications.routing import Route, route, routes_of
from keqiao.web.rows import insert
from keqiao.web.scope import crossing

LONGEST_KEY = 120
KNOWN = "whether something was told already is asked by its key, whoever it was told to"
TAKEN_BACK = "an act takes back what was to be told of its case, whoever it was to be told to"


def queue(letter: Letter, *, key: str, at: datetime, channels: tuple[Channel, ...] = ()) -> list[Message]:
    """Put ``letter`` into the outbox, once per channel, and return the rows (old ones for a known ``key``).

    Called inside the transaction of the act it tells about: nothing goes out unless that commits. ``key``
    names the occasion; a second call with it queues nothing. Without ``channels`` the rules of the association and
    the choices of the recipient say which ways it takes (``routing``), and whether an officer looks at it first.

    Raises:
        ValueError: the template is unknown, its variables are not exactly those given, a value has a line
            break, nobody makes what it encloses, or the letter has nowhere to go.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{letter.template}: queue a message inside the transaction of its act")
    require_sound(letter)
    ways = [route(letter, channel, at) for channel in channels] if channels else routes_of(letter, at)
    if not ways:
        raise ValueError(f"{letter.template}: neither recipient nor address")
    with crossing(KNOWN):
        return [_put(letter, way, key, at) for way in ways]


def queue_new(letters: Sequence[Letter], *, key: str, at: datetime) -> None:
    """Put letters about something that never happened before into the outbox, in one statement.

    As :func:`queue`, for acts that many people do in the same minute. ``key`` is new by itself: it holds the id of a
    row that was just made. Letters that are sent ``at_once`` cost no query beside.

    Raises:
        RuntimeError, ValueError: as :func:`queue` says.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{key}: queue messages inside the transaction of their act")
    rows = []
    for place, letter in enumerate(letters):
        require_sound(letter)
        rows += [
            _fresh(letter, way, f"{key}:{place}", at) for way in routes_of(letter, at) if not way.to_group
        ]
    if rows:
        insert(Message, COLUMNS, rows)


COLUMNS = tuple(field.attname for field in Message._meta.concrete_fields)


def _fresh(letter: Letter, way: Route, key: str, at: datetime) -> tuple[Any, ...]:
    row = {**_said(letter, way, at), "id": uuid.uuid4(), "key": _key(letter, way, key)}
    return tuple(row[column] if column in row else _EMPTY[column] for column in COLUMNS)


_EMPTY: dict[str, Any] = {
    "attempts": 0,
    "parts_sent": 0,
    "fault": "",
    **dict.fromkeys(("leased_until", "on_wire_at", "read_at")),
}


def _put(letter: Letter, way: Route, key: str, at: datetime) -> Message:
    message, _created = Message.objects.get_or_create(
        key=_key(letter, way, key), defaults=_said(letter, way, at)
    )
    return message


def _key(letter: Letter, way: Route, key: str) -> str:
    """The key of one row. The group hears of a case once, however many people are told of it."""
    whole = f"{key}:{way.channel.value}"
    if way.to_group:
        whole = f"group:{letter.association_id}:{letter.template}:{letter.about[1]}"[:LONGEST_KEY]
    if len(whole) > LONGEST_KEY:  # SQLite would take it, PostgreSQL would not
        raise ValueError(f"{whole}: a key has at most {LONGEST_KEY} characters, its channel included")
    return whole


def _said(letter: Letter, way: Route, at: datetime) -> dict[str, Any]:
    kind, case_id = letter.about
    return {
        "channel": way.channel.value,
        "association_id": letter.association_id,
        "recipient_id": None if way.to_group else letter.recipient_id,
        "address": way.address,
        "template": letter.template,
        "variables": dict(letter.variables),
        "language": letter.language,
        "about_kind": kind,
        "about_id": case_id,
        "encloses": letter.enclosed_by(way.channel),
        "in_reply_to": letter.in_reply_to,
        "state": way.state.value,
        "queued_at": at,
        "due_at": way.due_at,
        "until": letter.until,
        "settled_at": at if way.state is MessageState.SENT else None,
    }


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
        with crossing(TAKEN_BACK):
            Message.objects.filter(pk__in=[message.pk for message in made]).update(
                state=MessageState.CANCELLED, settled_at=at, variables=without_secrets(made[0])
            )
    return made


def without_secrets(message: Message) -> dict[str, str]:
    """Return the variables of a message without those that open something."""
    forget = letter_templates()[message.template].forget
    return {name: "" if name in forget else value for name, value in message.variables.items()}


def cancel_about(kind: str, case_id: str, *, at: datetime) -> int:
    """Take back what still waits to be sent about a case. Returns how many messages will not go.

    One that is just being said to a server is left alone: it may have gone.
    """
    waiting = Message.objects.filter(about_kind=kind, about_id=case_id, state__in=OPEN_STATES)
    with crossing(TAKEN_BACK):
        return waiting.filter(on_wire_at__isnull=True).update(
            state=MessageState.CANCELLED, settled_at=at, leased_until=None, fault="taken_back"
        )
