"""What the pages of the outbox show of messages: who gets it, what it says, why it stands where it stands."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from keqiao.readers.letters import letter_templates
from keqiao.web.notifications import wecom
from keqiao.web.notifications.actions.queueing import without_secrets
from keqiao.web.notifications.actions.settling import CAN_GO_AGAIN
from keqiao.web.notifications.models import Channel, Message, MessageState
from keqiao.web.notifications.queries import names_of
from keqiao.web.notifications.words import why

CHIPS = {
    MessageState.REVIEW: "active",
    MessageState.SENT: "done",
    MessageState.FAILED: "refuse",
    MessageState.UNSURE: "warn",
}
SHOWN_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as the outbox shows it."""

    message: Message
    kind: str
    subject: str
    text: str
    to: str
    why: str
    chip: str
    can_go_again: bool
    is_unsure: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The messages of one kind that wait for a look."""

    kind: str
    rows: Sequence[Shown]


def shown(messages: Iterable[Message], language: str) -> list[Shown]:
    """Return messages as the outbox shows them; the names of their recipients cost one query."""
    rows = list(messages)
    names = names_of(rows)
    return [_shown(message, language, names.get(message.recipient_id, "")) for message in rows]


def grouped(rows: Sequence[Shown]) -> list[Group]:
    """Return messages by kind, in the order in which they come."""
    kinds = dict.fromkeys(row.kind for row in rows)
    return [Group(kind, [row for row in rows if row.kind == kind]) for kind in kinds]


def counted(rows: Iterable[Shown]) -> list[tuple[str, int]]:
    """Return how many messages there are of each kind and channel, in words."""
    counts = Counter(f"{row.kind} · {row.message.get_channel_display()}" for row in rows)
    return sorted(counts.items())


def kinds_of_messages(language: str) -> dict[str, list[str]]:
    """Return the templates by the name of their kind, for a choice above a list; two may have one name."""
    found: dict[str, list[str]] = {}
    for code, each in letter_templates().items():
        found.setdefault(each.name(language), []).append(code)
    return dict(sorted(found.items()))


def _shown(message: Message, language: str, name: str) -> Shown:
    template = letter_templates()[message.template]
    wording = template.wording(language).filled(without_secrets(message))
    state = MessageState(message.state)
    return Shown(
        message,
        template.name(language),
        wording.subject,
        wording.text,
        _to(message, name),
        why(message.fault),
        CHIPS.get(state, ""),
        state in CAN_GO_AGAIN and not template.forget,
        state is MessageState.UNSURE,
    )


def _to(message: Message, name: str) -> str:
    """Who gets it: the name, and the address as far as it is needed to find a mistake in it."""
    where: Any = message.address
    if message.channel == Channel.SMS:
        where = f"…{message.address[-SHOWN_DIGITS:]}"
    if message.channel == Channel.WECOM:
        kind, _colon, where = message.address.partition(":")
        where = _("企业微信群") if f"{kind}:" == wecom.GROUP else where
    return " · ".join(filter(None, (name, where))) or "—"
