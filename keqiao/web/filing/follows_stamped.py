"""What this room does when a page of an application came, or counts no more (found by ``filing.stamping``)."""

from datetime import datetime
from uuid import UUID

from keqiao.web.filing.owed import follow_page
from keqiao.web.filing.permissions import APPLICATION


def follow(about: tuple[str, UUID], at: datetime, fact: str) -> None:
    """Keep in step what the unit owes of its stamped page."""
    if about[0] == APPLICATION:
        follow_page(about[1], at, fact)
