"""What this room does when something becomes of an application (found by ``applications.followers``)."""

from keqiao.web.applications.followers import Change
from keqiao.web.endorsement.actions import begin, carry_over
from keqiao.web.scope import crossing

WHY = "an application goes its way in the books of the association that runs the call"
CARRIED = frozenset({"corrected", "returned", "stood", "withdrawn"})


def follow(change: Change) -> None:
    """Send a submission on its way, and keep its passage in step with it."""
    if change.act == "submitted":
        with crossing(WHY):
            begin(change)
    elif change.act in CARRIED:
        with crossing(WHY):
            carry_over(change)
