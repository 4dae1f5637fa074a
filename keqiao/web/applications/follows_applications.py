"""What a unit owes in an application follows what becomes of it."""

from keqiao.web.applications.followers import Change
from keqiao.web.applications.models import Application
from keqiao.web.applications.owed import DRAFT, RETURNED, follow_application
from keqiao.web.duties.actions import settle

CLOSES = {"submitted": DRAFT, "corrected": RETURNED}
"""The acts after which nothing new is owed: one statement is enough, many submit in the same minute."""


def follow(change: Change) -> None:
    """Open and close what is owed."""
    if kind := CLOSES.get(change.act):
        about = (Application._meta.label_lower, str(change.application_id))
        settle(kind, about, at=change.at, fact=change.act)
    else:
        follow_application(change.application_id, change.at, change.act)
