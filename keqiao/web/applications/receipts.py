"""A receipt: what whoever submitted holds in hand, and what it can be checked against."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof that a submission is in.

    ``number`` is what people quote, ``arrived_at`` the server's time that counts, ``digest`` the SHA-256
    (hexadecimal) of the frozen content. ``grace_seconds`` is how far past the deadline it was let in. ``is_new`` is
    false where the same submission had been written before.
    """

    application_id: UUID
    submission_id: UUID
    number: str
    ordinal: int
    arrived_at: datetime
    digest: str
    deadline_at: datetime | None = None
    grace_seconds: int = 0
    is_new: bool = False


def receipt_of(submission: Any) -> Receipt:
    """Return the receipt of a submission; the same whenever it is asked for."""
    return Receipt(
        application_id=submission.application_id,
        submission_id=submission.pk,
        number=submission.number,
        ordinal=submission.ordinal,
        arrived_at=submission.arrived_at,
        digest=submission.digest,
        deadline_at=submission.deadline_at,
        grace_seconds=submission.grace_seconds,
    )


def receipt_number(number: str, ordinal: int) -> str:
    """Return the number of a receipt: that of the application, and behind it which correction it is."""
    return number if ordinal == 1 else f"{number}-{ordinal}"


def receipt_url(submission_id: UUID) -> str:
    """Return the address of the page of a receipt, as a letter names it."""
    return _receipt_url_of(settings.SITE_URL).replace(str(NO_ID), str(submission_id))


NO_ID = UUID(int=0)


@lru_cache(maxsize=2)
def _receipt_url_of(site: str) -> str:
    """The address with a place for the id: finding it by its name takes as long as two statements."""
    return urljoin(site, reverse("applications:receipt", args=[NO_ID]))


def digest_of_content(content: str) -> str:
    """Return the SHA-256 (hexadecimal) of frozen content."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
