"""What this room does when something becomes of an application (found by ``applications.followers``)."""

from keqiao.web.applications.followers import Change
from keqiao.web.review.actions import follow_application
from keqiao.web.scope import crossing

WHY = "a formal check goes along with its application in the books of the association that runs the call"


def follow(change: Change) -> None:
    """Keep the formal check in step with its application."""
    with crossing(WHY):
        follow_application(change)
