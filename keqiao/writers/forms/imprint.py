"""What a paper of a form says of itself beside its words: whose it is, whether it is submitted, and as what."""

from dataclasses import dataclass
from datetime import UTC, datetime

MARK_DIGITS = 16
"""So many hexadecimal digits of the SHA-256 stand on each page: enough to know it by, short enough to type."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """The properties of a file and the foot of its pages.

    ``at`` is the moment that the file says it was made at: that of the version or the submission, so that the same one
    gives the same bytes. ``is_draft`` puts the word 草稿 across each page. What is submitted has its ``number``, the
    ``digest`` of its content (SHA-256, hexadecimal) and the ``address`` that the code on each page leads to.
    """

    at: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    issuers: tuple[str, ...] = ()
    is_draft: bool = False
    number: str = ""
    digest: str = ""
    address: str = ""

    def mark(self, form: str) -> str:
        """What is printed on each page of a submitted form: the digits of the digest in fours, and which form it is."""
        digits = self.digest[:MARK_DIGITS]
        parted = " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
        return f"{parted} · {form}" if digits else ""

    @property
    def keywords(self) -> str:
        """Number and whole digest in one line; empty for what is not submitted."""
        return f"{self.number}, SHA-256 {self.digest}" if self.digest else ""


BLANK = Imprint()
"""Of a blank form."""
