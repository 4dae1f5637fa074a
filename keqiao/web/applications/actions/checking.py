"""The check button: everything that stands against an application, at once."""

from datetime import datetime
from uuid import UUID

from keqiao.core.findings import Finding
from keqiao.web.applications.actions.moving import migrate
from keqiao.web.applications.limits import limit_findings
from keqiao.web.applications.models import Application
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.preparing import prepare
from keqiao.web.applications.timeliness import time_findings


def check(application_id: UUID, *, actor: Viewer, at: datetime) -> tuple[Finding, ...]:
    """Return all faults of the form, what rules, limits and dates say, as they would decide now; keeps it ready.

    A draft moves to the revision in force first; what moved stands before the rest.

    Raises:
        Application.DoesNotExist: the actor has no business with it.
        Refused: it is not open for editing.
    """
    moves = migrate(application_id, actor=actor, at=at)
    found = prepare(application_id, at)
    application = Application.objects.select_related("call").get(pk=application_id)
    return (*moves, *found, *limit_findings(application, at), *time_findings(application, at))
