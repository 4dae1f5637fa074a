"""Rooms above that rest on what was judged and checked: while they do, nothing of it is taken up again.

Such a room has a module ``holds_reviews`` with ``hold(call_id, at)``, which gives the finding that says why, or
nothing; it is found by walking the installed rooms and asked inside the transaction of the act, under a lock.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps

from keqiao.core.findings import Finding
from keqiao.web.applications.refusals import Refused

MODULE = "holds_reviews"
Hold = Callable[[UUID, datetime], Finding | None]


def require_not_held(call_id: UUID, at: datetime) -> None:
    """Raises Refused: a decision rests on what was judged and checked in this call."""
    if against := [found for hold in _holders() if (found := hold(call_id, at)) is not None]:
        raise Refused(*against)


@cache
def _holders() -> tuple[Hold, ...]:
    names = [f"{app.name}.{MODULE}" for app in apps.get_app_configs() if app.name.startswith("keqiao.")]
    return tuple(import_module(name).hold for name in names if find_spec(name))
