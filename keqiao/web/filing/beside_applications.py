"""Beside an application on the page of its unit: how its stamped page stands, where a page can be made."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from keqiao.core.lifecycle.application import ApplicationState
from keqiao.web.applications.panels import Panel
from keqiao.web.filing import queries
from keqiao.web.filing.permissions import APPLICATION
from keqiao.web.filing.to_be_stamped import content_now

PLACE = 20


def panels(application: Any, _request: HttpRequest) -> Iterable[Panel]:
    """Give the panel while the application is under way and there is a content to be signed."""
    if application.state == ApplicationState.WITHDRAWN.value:
        return
    try:
        fingerprint, _version = content_now(application, is_own=True)
    except ValidationError:
        return
    stamped = queries.stamped((APPLICATION, application.pk), fingerprint)
    yield Panel(
        "filing/beside_stamped.html", {"stamped": stamped, "application_id": application.pk}, place=PLACE
    )
