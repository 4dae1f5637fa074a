"""Tells other programs what became of an application (found by ``applications.followers``)."""

from keqiao.core.lifecycle.application import ApplicationState
from keqiao.web.api.actions import tell
from keqiao.web.api.kinds import Happening, Kind
from keqiao.web.applications.followers import Change

TOLD = {
    "submitted": (Kind.SUBMITTED, ApplicationState.SUBMITTED),
    "corrected": (Kind.CORRECTED, ApplicationState.SUBMITTED),
    "returned": (Kind.RETURNED, ApplicationState.RETURNED),
    "withdrawn": (Kind.WITHDRAWN, ApplicationState.WITHDRAWN),
}
"""By act: the kind, and the state in which the application is then."""


def follow(change: Change) -> None:
    """Tell the office that runs the call, and the unit that applies."""
    if change.act not in TOLD:
        return
    kind, state = TOLD[change.act]
    told = {
        "application": change.application_id,
        "call": change.call_id,
        "unit": change.unit_id,
        "state": state.value,
    }
    tell([Happening(kind, change.association_id, frozenset({change.unit_id}), told, change.at)])
