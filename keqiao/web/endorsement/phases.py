"""When a message about endorsing comes too late (see ``notifications.phases``)."""

from keqiao.core.lifecycle.batch import BatchState
from keqiao.core.lifecycle.endorsement import ARRIVED
from keqiao.web.endorsement.models import Batch, Passage
from keqiao.web.endorsement.owed import APPLICATION, UNFINISHED
from keqiao.web.endorsement.telling import ARRIVED as ARRIVED_LETTER
from keqiao.web.endorsement.telling import FILED, RECEIVED
from keqiao.web.endorsement.telling_units import BATCH, QUEUE

MOVED_ON = "case_moved_on"
HAS_ARRIVED = [state.value for state in ARRIVED]


def worked_off(pk: str) -> str:
    """A queue is told of as long as something in it waits to be decided or forwarded."""
    return "" if Passage.objects.filter(queue_id=pk, state__in=UNFINISHED).exists() else MOVED_ON


def taken_back(pk: str) -> str:
    """An application is told of as filed or received as long as it is: not once its list was recalled."""
    return "" if Passage.objects.filter(application_id=pk, state__in=HAS_ARRIVED).exists() else MOVED_ON


def recalled(pk: str) -> str:
    """A list is told of to the office as long as it is forwarded."""
    return "" if Batch.objects.filter(pk=pk, state=BatchState.FORWARDED.value).exists() else MOVED_ON


PHASES = {
    (QUEUE, "endorsement.queue_begins"): worked_off,
    (BATCH, "endorsement.list_arrived"): recalled,
    **{(APPLICATION, template): taken_back for template in (FILED, ARRIVED_LETTER, RECEIVED)},
}
