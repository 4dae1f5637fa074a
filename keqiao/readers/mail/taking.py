"""Takes a mail apart inside the reading child: headers, text, and each attachment as a file named by a number."""

import hashlib
from collections.abc import Iterator
from email import policy
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from typing import Final

import nh3

from keqiao.readers.kind import kind_of
from keqiao.readers.mail.headers import (
    decoded,
    file_name,
    first,
    message_ids,
    sender_of,
    words,
    written_by_machine,
)
from keqiao.readers.mail.parsed import Attached, ParsedMail
from keqiao.readers.unreadable import Unreadable

PARTS_MAX: Final = 200
DEPTH_MAX: Final = 10
ATTACHED_MAX: Final = 20
TEXT_MAX: Final = 4000  # characters
SUBJECT_MAX: Final = 250
NAMELESS: Final = "未命名"
SMALL_PICTURE: Final = 40_000  # bytes: smaller ones without a name of their own are signatures and logos
ARCHIVES: Final = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
REFUSED_KINDS: Final = {"zip": "mail.archive", "encrypted": "mail.encrypted", "empty": "mail.empty"}


def take(path: Path, folder: Path) -> ParsedMail:
    """Read the mail at ``path``; its files are written to ``folder``.

    Raises:
        Unreadable: it is nested too deeply, or has too many parts.
    """
    with path.open("rb") as file:
        mail = BytesParser(policy=policy.compat32).parse(file)
    parts = list(_leaves(mail))
    sender, sender_name = sender_of(mail)
    own_id, earlier = message_ids(mail)
    return ParsedMail(
        sender=sender,
        sender_name=sender_name,
        subject=words(first(mail, "subject"))[:SUBJECT_MAX],
        text=_text(parts),
        message_id=own_id,
        replies_to=earlier,
        automatic=written_by_machine(mail),
        attached=tuple(_attached(parts, folder)),
    )


def _leaves(mail: Message) -> Iterator[Message]:
    """The parts that hold something, in order. Mails inside the mail are one part each, never opened."""
    waiting, count = [(mail, 0)], 0
    while waiting:
        part, depth = waiting.pop()
        count += 1
        if count > PARTS_MAX or depth > DEPTH_MAX:
            raise Unreadable("unreadable.mail_too_nested", parts=PARTS_MAX, depth=DEPTH_MAX)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            inner = [each for each in part.get_payload() if isinstance(each, Message)]
            waiting += [(each, depth + 1) for each in reversed(inner)]
        else:
            yield part


def _is_file(part: Message) -> bool:
    is_text = part.get_content_type() in ("text/plain", "text/html")
    return bool(file_name(part)) or part.get_content_disposition() == "attachment" or not is_text


def _text(parts: list[Message]) -> str:
    """The words of the mail: its plain text, else its page without tags."""
    texts = [part for part in parts if not _is_file(part)]
    plain = next((each for each in texts if each.get_content_type() == "text/plain"), None)
    chosen = plain or next(iter(texts), None)
    if chosen is None:
        return ""
    said = decoded(_content(chosen)[: 8 * TEXT_MAX], chosen.get_content_charset() or "")
    if chosen.get_content_type() == "text/html":
        said = nh3.clean(said, tags=set())
    return _lines(said)[:TEXT_MAX]


def _lines(text: str) -> str:
    kept = (" ".join(line.split()) for line in text.replace("\x00", "").splitlines())
    return "\n".join(line for line in kept if line)


def _attached(parts: list[Message], folder: Path) -> Iterator[Attached]:
    files = [part for part in parts if _is_file(part)]
    number = 0
    for part in files:
        name, content = file_name(part), _content(part)
        if _is_decoration(part, name, content):
            continue
        number += 1
        if number > ATTACHED_MAX:
            yield Attached(name or NAMELESS, len(content), _digest(content), refusal="mail.too_many")
            continue
        yield _kept(part, name or NAMELESS, content, folder / str(number))


def _kept(part: Message, name: str, content: bytes, target: Path) -> Attached:
    digest = _digest(content)
    if part.get_content_type() == "message/rfc822":
        return Attached(name, len(content), digest, refusal="mail.inner_mail")
    if part.get_content_type() == "application/ms-tnef":
        return Attached(name, len(content), digest, refusal="mail.winmail")
    if content.startswith(ARCHIVES):
        return Attached(name, len(content), digest, refusal="mail.archive")
    target.write_bytes(content)
    if refusal := REFUSED_KINDS.get(kind_of(target)):
        target.unlink()
        return Attached(name, len(content), digest, refusal=refusal)
    return Attached(name, len(content), digest, file=target.name)


def _is_decoration(part: Message, name: str, content: bytes) -> bool:
    """Pictures inside the words of a mail are no filing."""
    inside = part.get_content_disposition() != "attachment" and bool(part.get("content-id"))
    is_picture = part.get_content_maintype() == "image"
    return is_picture and inside and (not name or len(content) < SMALL_PICTURE)


def _content(part: Message) -> bytes:
    """The bytes of a part; of a mail inside the mail, as it stands there."""
    if part.is_multipart():
        return b"".join(each.as_bytes() for each in part.get_payload() if isinstance(each, Message))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
