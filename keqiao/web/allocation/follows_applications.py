"""What this room does when something becomes of an application (found by ``applications.followers``)."""

from keqiao.core.lifecycle.roles import APPLICANT
from keqiao.core.lifecycle.selection import OPEN
from keqiao.web.allocation.actions import move
from keqiao.web.allocation.models import Selection
from keqiao.web.applications.followers import Change
from keqiao.web.scope import crossing

WHY = "what becomes of an application goes along with it in the books of the association that runs the call"
STATES = [state.value for state in OPEN]


def follow(change: Change) -> None:
    """Let an application that was withdrawn leave the decision, where nothing is final."""
    if change.act != "withdrawn":
        return
    with crossing(WHY):
        row = Selection.objects.filter(application_id=change.application_id, state__in=STATES).first()
        if row is not None:
            values = {"amount_fen": None, "scope": {}}
            move(row, "withdraw", role=APPLICANT, actor=change.actor, at=change.at, values=values)
