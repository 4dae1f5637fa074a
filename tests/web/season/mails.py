"""The mails of a played season as a mail server gets them, and what can be wrong with one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.test import override_settings

from keqiao.web.notifications import delivery
from keqiao.web.notifications.models import Channel, Message, MessageState
from keqiao.web.parties.profile.site import mail_sender
from tests.web.notifications.mail_server import MailServer, mail_server

USUAL = {"MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "Content-Type"}
MORE = {"Content-Transfer-Encoding", "Reply-To"}
BY_MAIL_SERVER = "keqiao.web.notifications.smtp.Backend"

Envelope = tuple[str, list[str]]
Sender = tuple[str, str]


def faults_in(mail: EmailMessage, envelope: Envelope, row: Any, sender: Sender) -> Iterator[str]:
    """Yield what is wrong with a mail, given the row of the outbox it was made from and who may send it."""
    if mail.defects:
        yield "it cannot be read"
        return
    senders = [(each.display_name, each.addr_spec) for each in mail["From"].addresses]
    if envelope[1] != [row.address]:
        yield "the server was told another recipient"
    if [each.addr_spec for each in mail["To"].addresses] != [row.address]:
        yield "it names another recipient"
    if senders != [sender] or envelope[0] != sender[1]:
        yield "another sender"
    if not USUAL <= set(mail.keys()) <= USUAL | MORE:
        yield "a header too many or too few"
    if len(mail.keys()) != len(set(mail.keys())):
        yield "a header twice"


def told_in(mail: EmailMessage, hidden: Mapping[str, str]) -> Iterator[str]:
    """Yield which of the ``hidden`` words a mail tells; a value holds the addresses that may read the word."""
    body = mail.get_body(("plain",))
    words = f"{mail['Subject']}\n{body.get_content() if body else ''}"
    to = [each.addr_spec for each in mail["To"].addresses]
    for word, mine in hidden.items():
        if word in words and not set(mine.split()) & set(to):
            yield f"it tells {word}"


def by_message_id(mail: EmailMessage) -> UUID:
    """The row that a mail was made from."""
    found = re.match(r"<([^@]+)@", mail["Message-ID"])
    if found is None:
        raise ValueError(mail["Message-ID"])
    return UUID(found[1])


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of the mails of a season: ``faults`` by message id, the others that never went by their fault."""

    mails: int
    faults: Mapping[str, Sequence[str]] = field(default_factory=dict)
    missing: Sequence[str] = ()


def sent(association: Any, at: datetime, sender_address: str, hidden: Mapping[str, str]) -> Sent:
    """Send everything that waits and look at each mail as the server got it: those of the association, and those about
    accounts, which are of none.
    """
    with mail_server() as server:
        told = {"EMAIL_BACKEND": BY_MAIL_SERVER, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": server.port}
        with override_settings(**told):
            while handed_over := delivery.hand_over(at):
                for message_id, number in handed_over:
                    delivery.attempt(UUID(message_id), number, handed_over=at)
    came = [by_message_id(mail) for mail in server.received]
    own = Q(association_id=association.pk) | Q(association_id=None, pk__in=came)
    rows = Message.objects.filter(own, channel=Channel.MAIL)
    over = MessageState.CANCELLED  # what a mail was about may be over the day after
    return _looked_at(rows.exclude(state=over).in_bulk(), server, (mail_sender()[0], sender_address), hidden)


def _looked_at(
    rows: Mapping[UUID, Any], server: MailServer, sender: Sender, hidden: Mapping[str, str]
) -> Sent:
    unsent = [f"{row.template}: {row.state}" for row in rows.values() if row.state != MessageState.SENT]
    came = sorted(map(by_message_id, server.received))
    if came != sorted(rows):  # each once, and none missing
        unsent.append(f"{len(came)} came of {len(rows)}")
    faults = {}
    for mail, envelope in zip(server.received, server.envelopes, strict=True):
        row = rows.get(by_message_id(mail))
        wrong = [] if row is None else [*faults_in(mail, envelope, row, sender), *told_in(mail, hidden)]
        if wrong:
            faults[mail["Message-ID"]] = wrong
    return Sent(len(server.received), faults, unsent)
