"""Beside an application on the page of its unit: what the formal check came to, once it is decided."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from keqiao.core.lifecycle.formal_check import FormalCheckState
from keqiao.web.applications.panels import Panel
from keqiao.web.review import queries
from keqiao.web.review.shown import STATE_KINDS, rows_of, state_words

PLACE = 20
TOLD = frozenset({FormalCheckState.PASSED, FormalCheckState.REFUSED})


def panels(application: Any, request: HttpRequest) -> Iterable[Panel]:
    """Give the panel once there is a result; points that were found wanting are told with their clause and reason."""
    if application.submitted_at is None:
        return
    check = queries.check_of(application.pk)
    if check is None or FormalCheckState(check.state) not in TOLD:
        return
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    state = FormalCheckState(check.state)
    values = {
        "state": state_words(state),
        "state_kind": STATE_KINDS[state],
        "words": check.words,
        "decided_at": check.decided_at,
        "wanting": [row for row in rows_of(queries.looked_at(check, at)) if row.is_wanting],
    }
    yield Panel("review/beside.html", values, PLACE)
