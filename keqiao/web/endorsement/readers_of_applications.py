"""Who reads applications because they lie, or lay, before them here (found by ``applications.readers``)."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from keqiao.core.lifecycle.application import ENDORSER
from keqiao.core.lifecycle.endorsement import UNDER_WAY
from keqiao.web.applications.permissions import Viewer
from keqiao.web.endorsement.models import BatchLine, Passage
from keqiao.web.endorsement.permissions import CO_SIGNS, TAKES, queues_worked_on, units_as
from keqiao.web.scope import crossing

HERE = [state.value for state in UNDER_WAY]
WHY = "whoever has an application in its queue may return it"
NOTHING = Q(pk__in=[])


def readable(viewer: Viewer, at: datetime) -> Q:
    """Applications in queues that the viewer's units take or co-sign, and those that were forwarded from there."""
    if not (units_as(viewer, TAKES, at) or units_as(viewer, CO_SIGNS, at)):
        return NOTHING
    here = Passage.objects.filter(queues_worked_on(viewer, at, "queue__"))
    passed = BatchLine.objects.filter(queues_worked_on(viewer, at, "queue__"), stands=True)
    return Q(pk__in=here.values("application_id")) | Q(pk__in=passed.values("passage__application_id"))


def roles_towards(viewer: Viewer, application_id: UUID, at: datetime) -> frozenset[str]:
    """The endorsing unit that has it now is its endorser; nobody else is."""
    units = units_as(viewer, TAKES, at)
    if not units:
        return frozenset()
    with crossing(WHY):
        here = Passage.objects.filter(
            application_id=application_id, queue__taker_id__in=units, state__in=HERE
        )
        return frozenset({ENDORSER}) if here.exists() else frozenset()
