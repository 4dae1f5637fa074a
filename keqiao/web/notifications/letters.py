"""A message as a room writes it, and what it must be to be queued."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from keqiao.readers.letters import letter_templates
from keqiao.web.notifications.enclosures import Reference, is_known
from keqiao.web.notifications.models import Channel

NUMBER = re.compile(r"\+?[0-9]{5,15}")
MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,248}>")
"""A Message-ID as it may be answered: in angle brackets, ASCII without blanks."""
BREAKS = re.compile("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029\x00]")
"""What ends a line for some program on the way."""


@dataclass(frozen=True)
class Letter:
    """A message to one recipient: which template, with what in its blanks, in which language, about what.

    ``address`` is for mail, ``phone`` for text messages, ``wecom`` for an address of ``notifications.wecom``.
    ``about`` is (kind, id) of the case it is about, for instance ``("programmes.call", "7a7e…")``.
    ``encloses`` names the papers that go with the mail; they are made when it goes (``enclosures``).
    ``association_id``: in whose name it goes, where it is in an association's; its officers see it in their outbox,
    and its rules hold. ``until``: the last moment of the phase that it is about; later it does not go.
    ``in_reply_to``: the Message-ID of the mail that it answers.
    What people typed fills its blanks on one line: a name or title with a line break in it stops no act.
    """

    template: str
    recipient_id: UUID | None = None
    address: str = ""
    phone: str = ""
    language: str = "zh-hans"
    variables: Mapping[str, str] = field(default_factory=dict)
    about: tuple[str, str] = ("", "")
    encloses: tuple[Reference, ...] = ()
    association_id: UUID | None = None
    until: datetime | None = None
    in_reply_to: str = ""
    wecom: str = ""

    def __post_init__(self) -> None:
        """Bring each blank on one line; what is no text stays, and is refused when queued."""
        lines = {
            name: " ".join(said.split()) if isinstance(said, str) else said
            for name, said in self.variables.items()
        }
        object.__setattr__(self, "variables", lines)

    def enclosed_by(self, channel: Channel) -> list[list[str]]:
        """Return what goes along over ``channel``: papers go by mail."""
        return [list(reference) for reference in self.encloses] if channel is Channel.MAIL else []


def require_sound(letter: Letter) -> None:
    """Raises ValueError where a letter does not fit its template, or could forge a header."""
    template = letter_templates().get(letter.template)
    if template is None:
        raise ValueError(f"{letter.template}: no such message; add it to keqiao/data/messages/mail")
    if template.variables != set(letter.variables):
        raise ValueError(f"{letter.template}: needs exactly {sorted(template.variables)}")
    for name, value in letter.variables.items():
        if not isinstance(value, str) or BREAKS.search(value):
            raise ValueError(f"{letter.template}: {name} is not one line of text")
    if letter.in_reply_to and not MESSAGE_ID.fullmatch(letter.in_reply_to):
        raise ValueError(f"{letter.template}: what it answers is no Message-ID")
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
