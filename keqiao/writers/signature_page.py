"""A signature page (盖章页) as PDF: what is signed, boxes for seals, and codes by which a photo finds its way."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from keqiao.core.forms.signature_page import BOXES, CODES, Place, boxes
from keqiao.core.identifiers.page_code import page_code
from keqiao.writers.forms.code import QUIET, as_svg, matrix
from keqiao.writers.pdf import FOLDERS, Paper, typeset

HEADING: Final = Place(44, 14, 130, 26)
FACTS: Final = Place(20, 46, 170, BOXES.y - 46 - 4)
FOOT: Final = Place(40, 264, 130, 20)
DIGITS_TOGETHER: Final = 8
GROUPS_TOGETHER: Final = 4


@dataclass(frozen=True, slots=True)
class Box:
    """A place to sign: ``title`` says who, ``words`` what they do, ``lines`` what they write (签名, 盖章, 日期)."""

    title: str
    words: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class SignatureSheet:
    """What a signature page says, in the language that its words are in.

    ``rows`` are labels with what stands beside them; ``listed`` the lines of a batch, ``pledge`` the responsibility
    that whoever signs takes. ``fingerprint`` is the SHA-256 of the content in hexadecimal digits, ``at`` the moment
    when the page was made.
    """

    page: UUID
    fingerprint: str
    title: str
    under: str
    rows: Sequence[tuple[str, str]]
    pledge: str
    boxes: Sequence[Box]
    fingerprint_label: str
    note: str
    at: datetime
    listed: Sequence[str] = ()
    language: str = "zh"


def set_signature_page(sheet: SignatureSheet, folders: Sequence[Path] = FOLDERS) -> Paper:
    """Set a signature page in type. The same page gives the same bytes.

    Raises:
        NotSet: a font is not there.
        ValueError: it has no box, or more than a page has room for.
    """
    values = {
        "about": {
            "title": f"{sheet.title} {sheet.under}",
            "issuers": [],
            "keywords": f"SHA-256 {sheet.fingerprint}",
        },
        "language": sheet.language,
        "codes": _codes(sheet),
        "heading": {"place": _place(HEADING), "title": sheet.title, "under": sheet.under},
        "facts": {
            "place": _place(FACTS),
            "rows": [{"label": label, "words": words} for label, words in sheet.rows],
            "list": list(sheet.listed),
            "pledge": sheet.pledge,
        },
        "boxes": _boxes(sheet.boxes),
        "foot": {
            "place": _place(FOOT),
            "fingerprint": [sheet.fingerprint_label, *_in_groups(sheet.fingerprint)],
            "note": sheet.note,
        },
    }
    return typeset("signature", values, at=sheet.at, folders=folders)


def _codes(sheet: SignatureSheet) -> list[dict[str, Any]]:
    """The codes with their white margins: their black modules fill the places that the reader knows."""
    found = []
    for corner, place in enumerate(CODES):
        signs = page_code(sheet.page, sheet.fingerprint, corner)
        margin = QUIET * place.width / len(matrix(signs))
        around = Place(
            place.x - margin, place.y - margin, place.width + 2 * margin, place.height + 2 * margin
        )
        found.append({"place": _place(around), "picture": as_svg(signs)})
    return found


def _boxes(stated: Sequence[Box]) -> list[dict[str, Any]]:
    return [
        {"place": _place(place), "title": box.title, "words": box.words, "lines": list(box.lines)}
        for place, box in zip(boxes(len(stated)), stated, strict=True)
    ]


def _place(place: Place) -> dict[str, float]:
    return {"x": place.x, "y": place.y, "width": place.width, "height": place.height}


def _in_groups(fingerprint: str) -> list[str]:
    """Lines of groups of digits, so that it can be compared by eye."""
    groups = textwrap.wrap(fingerprint, DIGITS_TOGETHER)
    return [
        " ".join(groups[start : start + GROUPS_TOGETHER]) for start in range(0, len(groups), GROUPS_TOGETHER)
    ]
