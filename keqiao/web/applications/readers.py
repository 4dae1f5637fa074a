"""Who else reads applications: those before whom rooms above have laid them (an endorsing unit, its co-signer).

Such a room has a module ``readers_of_applications``, found by walking the installed rooms, with two functions:

``readable(viewer, at) -> Q``: the applications that the viewer reads there; drafts never.
``roles_towards(viewer, application_id, at) -> frozenset[str]``: roles that the life of an application asks about and
that the viewer has because the application lies there now.
"""

from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from keqiao.core.lifecycle.application import SEEN_BY_THE_OFFICE
from keqiao.web.applications.permissions import NOTHING, Viewer

MODULE = "readers_of_applications"


def laid_before(viewer: Viewer, at: datetime) -> Q:
    """Applications that lie, or lay, before the viewer in a room above, as far as they were submitted."""
    found = NOTHING
    for room in _rooms():
        found |= room.readable(viewer, at)
    states = [state.value for state in SEEN_BY_THE_OFFICE]
    return found & Q(submitted_at__isnull=False, state__in=states)


def roles_above(viewer: Viewer, application_id: UUID, at: datetime) -> frozenset[str]:
    """Return the roles of the viewer that come from rooms above."""
    return frozenset[str]().union(*(room.roles_towards(viewer, application_id, at) for room in _rooms()))


@cache
def _rooms() -> tuple[ModuleType, ...]:
    names = [f"{app.name}.{MODULE}" for app in apps.get_app_configs() if app.name.startswith("keqiao.")]
    return tuple(import_module(name) for name in names if find_spec(name))
