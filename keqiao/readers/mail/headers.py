"""Headers of mails as people in China send them: encoded by the rules, against the rules, or not at all.

Sources: RFC 2047 (encoded words), RFC 2231 (parameters), RFC 3834 (automatic answers), RFC 3464 (bounces). GB2312 and
GBK are read as GB18030, which holds both; what is in no encoding is tried as UTF-8 first.
"""

import re
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value, parseaddr
from typing import Any, Final

LONGEST: Final = 2000  # characters of a header that are looked at
CHINESE: Final = frozenset(
    {"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "euc-cn", "hz-gb-2312"}
)
UNKNOWN: Final = frozenset({"", "unknown-8bit", "x-unknown", "default", "us-ascii", "ascii"})
BULK: Final = frozenset({"bulk", "list", "junk", "auto_reply"})
MACHINES: Final = ("mailer-daemon@", "postmaster@", "no-reply@", "noreply@", "donotreply@", "mail-daemon@")
MESSAGE_ID: Final = re.compile(r"<[^<>\s]{1,240}>")
NEAREST: Final = 5  # Message-IDs that a mail answers


def raw(mail: Message, name: str) -> list[str]:
    """Return the headers of this name as they came; bytes that are no ASCII stand in them as surrogates.

    The library itself would put question marks in their place.
    """
    return [str(value)[:LONGEST] for key, value in mail.raw_items() if key.lower() == name]


def first(mail: Message, name: str) -> str:
    """Return the first header of this name as it came; empty without one."""
    return next(iter(raw(mail, name)), "")


def words(value: Any) -> str:
    """Return a header in words: one line, without control and direction characters."""
    if value is None:
        return ""
    try:
        parts = decode_header(str(value)[:LONGEST])
    except (HeaderParseError, ValueError):  # broken base64
        return one_line(decoded(_bytes_of(str(value)[:LONGEST])))
    return one_line("".join(_part(part, charset) for part, charset in parts))


def _part(part: Any, charset: str | None) -> str:
    return decoded(part if isinstance(part, bytes) else _bytes_of(part), charset or "")


def _bytes_of(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def decoded(content: bytes, charset: str = "") -> str:
    """Return bytes as text: by their charset, Chinese ones as GB18030, unknown ones as UTF-8 and then GB18030."""
    named = charset.strip().strip("\"'").lower()
    if named in CHINESE:
        named = "gb18030"
    if named not in UNKNOWN:
        try:
            return content.decode(named)
        except (LookupError, ValueError):
            pass
    for known in ("utf-8", "gb18030"):
        try:
            return content.decode(known)
        except ValueError:
            continue
    return content.decode("gb18030", "replace")


def one_line(text: str) -> str:
    """Return text without line breaks, and without what cannot be seen."""
    spaced = " ".join(text.split())
    return "".join(sign for sign in spaced if unicodedata.category(sign)[0] != "C" or sign == " ").strip()


def file_name(part: Message) -> str:
    """Return the name of an attachment; empty where it has none.

    By RFC 2231; or with encoded words in it, which no rule allows and most programs write.
    """
    for name, header in (("filename", "content-disposition"), ("name", "content-type")):
        came = first(part, header)
        if not came.isascii():
            part.replace_header(header, decoded(_bytes_of(came)))
        value = part.get_param(name, None, header)
        if value is None:
            continue
        if isinstance(value, tuple):
            charset, _language, text = value
            return one_line(_from_parameter(text, charset or ""))
        return words(collapse_rfc2231_value(value))
    return ""


def _from_parameter(text: str, charset: str) -> str:
    """What stands in a parameter by RFC 2231: its bytes were kept as latin-1 by the library."""
    try:
        return decoded(text.encode("latin-1"), charset)
    except ValueError:
        return text


def sender_of(mail: Message) -> tuple[str, str]:
    """Return the address of the sender in lower case, and the name beside it; both empty where there is none.

    One address only: a mail "from" several people is from nobody.
    """
    froms = raw(mail, "from")
    if len(froms) != 1:
        return "", ""
    encoded_name, address = parseaddr(froms[0])
    address = one_line(address).lower()
    if address.count("@") != 1 or " " in address or len(address) > 254 or not address.isascii():
        return "", ""
    return address, words(encoded_name)[:100]


def message_ids(mail: Message) -> tuple[str, tuple[str, ...]]:
    """Return the Message-ID of a mail, and those that it answers, the nearest first."""
    own = MESSAGE_ID.findall(first(mail, "message-id"))
    earlier = MESSAGE_ID.findall(first(mail, "in-reply-to"))
    chain = MESSAGE_ID.findall(first(mail, "references"))
    near = dict.fromkeys([*earlier, *reversed(chain)])
    return (own[0] if own else ""), tuple(near)[:NEAREST]


def written_by_machine(mail: Message) -> str:
    """Return the sign by which a machine wrote this: never answered, or two machines answer each other for ever."""
    said = {name: one_line(first(mail, name)).lower() for name in SIGNS}
    if said["auto-submitted"] not in ("", "no"):
        return "auto_submitted"
    if said["return-path"] == "<>" or mail.get_content_type() == "multipart/report":
        return "bounce"
    if said["precedence"] in BULK or said["list-id"] or said["list-unsubscribe"]:
        return "bulk"
    if said["x-autoreply"] or said["x-autorespond"] or said["x-auto-response-suppress"] in ("all", "oof"):
        return "auto_reply"
    return "machine" if sender_of(mail)[0].startswith(MACHINES) else ""


SIGNS: Final = (
    "auto-submitted", "return-path", "precedence", "list-id", "list-unsubscribe", "x-autoreply", "x-autorespond",
    "x-auto-response-suppress",
)  # fmt: skip
