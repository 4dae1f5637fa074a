"""Beside an application on the page of its unit: the project that came of it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from keqiao.core.lifecycle.grant import GrantState
from keqiao.web.applications.panels import Panel
from keqiao.web.grants.queries import grant_of
from keqiao.web.grants.shown import chip

PLACE = 60


def panels(application: Any, _request: HttpRequest) -> Iterable[Panel]:
    """Give the panel once the agreement was sent."""
    if application.submitted_at is None:
        return
    grant = grant_of(application.pk)
    if grant is None or grant.state == GrantState.DRAFTED.value:
        return
    mark, word = chip("grant", grant.state)
    yield Panel("grants/beside.html", {"grant": grant, "mark": mark, "word": word}, PLACE)
