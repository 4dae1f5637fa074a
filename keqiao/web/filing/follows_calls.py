"""Stamped pages and mails are owed by the deadlines of calls (found by ``programmes.followers``)."""

from datetime import datetime

from keqiao.web.filing.owed import follow_call
from keqiao.web.programmes.queries import Call


def follow(call: Call, _fact: str, _at: datetime) -> None:
    """Bring the dates up to date."""
    follow_call(call)
