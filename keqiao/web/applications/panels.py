"""What rooms above show beside an application on the page of its unit: how far it is on its way, its papers.

Such a room has a module ``beside_applications`` with ``panels(application, request) -> Iterable[Panel]`` for the page
of one, or ``panels_of_all(request) -> Iterable[Panel]`` for the list of all; it is found by walking the installed
rooms. What a room has nothing to say of, it shows nothing of.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.http import HttpRequest

from keqiao.web.applications.models import Application

MODULE = "beside_applications"


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page: the template that shows it, what it needs, and its place (the least stands first)."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    place: int = 50


def panels_of(application: Application, request: HttpRequest) -> list[Panel]:
    """Return what all rooms show beside an application, in order."""
    found = (panel for panels in _rooms("panels") for panel in panels(application, request))
    return sorted(found, key=lambda panel: panel.place)


def panels_of_all(request: HttpRequest) -> list[Panel]:
    """Return what all rooms show above the list of the applications of one's units, in order."""
    found = (panel for panels in _rooms("panels_of_all") for panel in panels(request))
    return sorted(found, key=lambda panel: panel.place)


@cache
def _rooms(called: str) -> tuple[Callable[..., Iterable[Panel]], ...]:
    names = [f"{app.name}.{MODULE}" for app in apps.get_app_configs() if app.name.startswith("keqiao.")]
    rooms = [import_module(name) for name in names if find_spec(name)]
    return tuple(getattr(room, called) for room in rooms if hasattr(room, called))
