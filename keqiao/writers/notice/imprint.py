"""What a written notice says of itself beside its words: title, issuers, which revision it is, draft or not."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Imprint:
    """The properties of a written file.

    ``at`` is the moment it says it was made at: that of the revision, so that the same revision gives the same
    file. ``revision`` and ``digest`` name the published revision; a draft has neither.
    """

    title: str = ""
    issuers: tuple[str, ...] = ()
    at: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    revision: int | None = None
    digest: str = ""
    is_draft: bool = False

    @property
    def keywords(self) -> str:
        """Revision and digest, in one line; empty for a draft."""
        return f"revision {self.revision}, SHA-256 {self.digest}" if self.revision is not None else ""


BLANK = Imprint()
"""Of a notice that is not of any revision; for tests and for reading back."""
