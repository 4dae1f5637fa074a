"""What a mail says, as plain values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a mail: the name that the sender gave it, and under which name it lies in the folder of the reading.

    ``refusal`` says why it was left out (``mail.archive``, ``mail.inner_mail`` …); then there is no file.
    """

    name: str
    size: int
    digest: str
    file: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A mail. ``automatic`` says by which sign a machine wrote it (``auto_submitted``, ``bounce`` …), empty: none.

    ``replies_to`` are the Message-IDs of the mails that it answers, the nearest first.
    """

    sender: str
    sender_name: str
    subject: str
    text: str
    message_id: str
    replies_to: tuple[str, ...]
    automatic: str
    attached: tuple[Attached, ...]


def to_values(mail: ParsedMail) -> dict[str, Any]:
    """As lists, strings and numbers, for the way from the reading child."""
    return asdict(mail)


def from_values(values: Mapping[str, Any]) -> ParsedMail:
    """Rebuild; raises ValueError, TypeError or KeyError where it is not one."""
    names = ("sender", "sender_name", "subject", "text", "message_id", "automatic")
    attached = tuple(
        Attached(
            name=str(each["name"]),
            size=int(each["size"]),
            digest=str(each["digest"]),
            file=_plain(str(each["file"])),
            refusal=str(each["refusal"]),
        )
        for each in values["attached"]
    )
    said = {name: str(values[name]) for name in names}
    return ParsedMail(**said, replies_to=tuple(map(str, values["replies_to"])), attached=attached)


def _plain(file: str) -> str:
    """The child names its files by numbers; nothing else is a name."""
    if file and not file.isdecimal():
        raise ValueError(file)
    return file
