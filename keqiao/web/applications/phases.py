"""When a message about an application comes too late (see ``notifications.phases``)."""

from keqiao.core.lifecycle.application import ApplicationState
from keqiao.web.applications.models import Application

MOVED_ON = "case_moved_on"


def returned(pk: str) -> str:
    """A return is told of as long as the application is returned: not once it is corrected, stands or is withdrawn."""
    state = ApplicationState.RETURNED.value
    return "" if Application.objects.filter(pk=pk, state=state).exists() else MOVED_ON


PHASES = {("applications.application", "application.returned"): returned}
