"""Drafts are owed by the deadlines of their call, and no longer once it is over."""

from datetime import datetime

from keqiao.web.applications.owed import follow_call
from keqiao.web.programmes.queries import Call


def follow(call: Call, fact: str, at: datetime) -> None:
    """Bring the dates of all drafts up to date."""
    follow_call(call, at, fact)
