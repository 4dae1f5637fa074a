"""What was seen on one page of a file, as values, and as the JSON that the reading child answers with."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from keqiao.core.forms.signature_page import MOST_BOXES
from keqiao.core.identifiers.page_code import PageCode, page_code

JPEG: Final = b"\xff\xd8\xff"


class Appearance(StrEnum):
    """Is red of a seal to be seen in a box?"""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class PageSeen:
    """One page of a file; two signature pages in one photo are two.

    ``sheet`` is the page of the file, from 1; ``code`` what its codes say, None where none was read; ``codes`` how
    many corners were read. ``picture`` is a JPEG: straightened to the sheet where there is a code, else as it came.
    ``seals`` maps each number of boxes that a page can have to what is seen in each of them: which of these counts,
    whoever knows the page knows.
    """

    sheet: int
    picture: bytes
    code: PageCode | None = None
    codes: int = 0
    seals: Mapping[int, Sequence[Appearance]] = field(default_factory=dict)


def to_values(pages: Sequence[PageSeen]) -> list[dict[str, Any]]:
    """The pages as JSON values."""
    return [
        {
            "sheet": page.sheet,
            "picture": base64.b64encode(page.picture).decode("ascii"),
            "code": [page.code.page.hex, page.code.fingerprint, page.code.corner] if page.code else None,
            "codes": page.codes,
            "seals": {str(count): list(seen) for count, seen in page.seals.items()},
        }
        for page in pages
    ]


def from_values(values: Sequence[Mapping[str, Any]]) -> tuple[PageSeen, ...]:
    """The pages again. The child met what others wrote: nothing is taken that could not be its answer.

    Raises:
        ValueError, KeyError, TypeError: it is no answer of the child.
    """
    return tuple(_page(each) for each in values)


def _page(value: Mapping[str, Any]) -> PageSeen:
    picture = base64.b64decode(value["picture"], validate=True)
    if not picture.startswith(JPEG):
        raise ValueError("no JPEG")
    seals = {int(count): tuple(map(Appearance, seen)) for count, seen in value["seals"].items()}
    if not all(len(seen) == count <= MOST_BOXES for count, seen in seals.items()):
        raise ValueError("other boxes than asked for")
    return PageSeen(int(value["sheet"]), picture, _code(value["code"]), int(value["codes"]), seals)


def _code(value: Sequence[Any] | None) -> PageCode | None:
    if value is None:
        return None
    page, fingerprint, corner = value
    code = PageCode(UUID(hex=page), str(fingerprint), int(corner))
    page_code(code.page, code.fingerprint, code.corner)  # raises where such a code cannot be
    return code
