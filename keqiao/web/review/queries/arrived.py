"""Which applications have reached the office of the call: submitted, and through with whoever endorses them."""

from typing import Any

from django.db.models import Q, QuerySet

from keqiao.core.lifecycle.application import IN_HAND, ApplicationState
from keqiao.core.lifecycle.endorsement import ARRIVED
from keqiao.web.endorsement.queries import passage_of

REACHED = [state.value for state in ARRIVED]
SUBMITTED = [state.value for state in IN_HAND]


def arrived(applications: QuerySet[Any]) -> QuerySet[Any]:
    """Narrow applications to those that have reached the office; what was returned for correction stays among them."""
    through = Q(passage__isnull=True) | Q(passage__state__in=REACHED)
    back = Q(state=ApplicationState.RETURNED.value, formal_check__isnull=False)
    return applications.filter(Q(state__in=SUBMITTED) & (through | back))


def has_arrived(application: Any) -> bool:
    """Is it submitted, and through with whoever endorses it?"""
    if application.state != ApplicationState.SUBMITTED.value:
        return False
    passage = passage_of(application.pk)
    return passage is None or passage.state in REACHED
