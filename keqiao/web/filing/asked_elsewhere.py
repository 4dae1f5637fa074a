"""Rooms above that ask for the page of an application themselves: then this room does not ask for it a second time.

Such a room has a module ``asks_for_pages`` with ``asks(arrived) -> Collection[UUID]``; it is found by walking the
installed rooms. Of applications, each with the moment it was submitted last, it names those whose stamped page the
room itself asks for now, or whose page was seen on paper since. Whenever that changes, the room calls
``filing.owed.follow_page``.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps

MODULE = "asks_for_pages"
Asks = Callable[[Mapping[UUID, datetime]], Collection[UUID]]


def asked_elsewhere(arrived: Mapping[UUID, datetime]) -> frozenset[UUID]:
    """Return those of the applications whose page need not be asked for here."""
    return frozenset(pk for asks in _rooms() for pk in asks(arrived)) if arrived else frozenset()


@cache
def _rooms() -> tuple[Asks, ...]:
    names = [f"{app.name}.{MODULE}" for app in apps.get_app_configs() if app.name.startswith("keqiao.")]
    return tuple(import_module(name).asks for name in names if find_spec(name))
