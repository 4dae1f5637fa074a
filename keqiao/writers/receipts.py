"""The receipt of a submission as PDF: its number, the server's time, what was submitted, the digest and a code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from keqiao.writers.forms.code import as_svg
from keqiao.writers.pdf import FOLDERS, Paper, typeset

DIGITS_TOGETHER = 8
"""Digits of the digest between two gaps: so it can be compared by eye."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What a receipt says, in the language that its words are in.

    ``rows`` are labels with what stands beside them; ``digest`` is the SHA-256 of the content in hexadecimal digits,
    ``address`` the page that the code leads to, ``at`` the moment that counts.
    """

    title: str
    issuer: str
    number: str
    rows: Sequence[tuple[str, str]]
    digest_label: str
    digest: str
    note: str
    address: str
    at: datetime
    language: str = "zh"


def set_receipt(slip: Slip, folders: Sequence[Path] = FOLDERS) -> Paper:
    """Set a receipt in type. The same receipt gives the same bytes.

    Raises:
        NotSet: a font is not there, or its words are too long.
    """
    starts = range(0, len(slip.digest), DIGITS_TOGETHER)
    values = {
        "about": {
            "title": f"{slip.title} {slip.number}",
            "issuers": [slip.issuer],
            "keywords": f"{slip.number}, SHA-256 {slip.digest}",
        },
        "language": slip.language,
        "title": slip.title,
        "issuer": slip.issuer,
        "number": slip.number,
        "rows": [{"label": label, "words": words} for label, words in slip.rows],
        "digest": {
            "label": slip.digest_label,
            "parts": [slip.digest[start : start + DIGITS_TOGETHER] for start in starts],
        },
        "note": slip.note,
        "address": slip.address,
        "code": as_svg(slip.address),
    }
    return typeset("receipt", values, at=slip.at, folders=folders)
