"""Pages of rooms above that are about one unit: the page of the unit leads to them.

A room says them in a module ``about_units`` with ``PAGES``; the modules are found by walking the installed rooms, as
those of ``keqiao verify`` are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.apps import apps
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class PageAboutUnit:
    """A page whose address takes the id of a unit. ``leads`` tells to whom it opens for which unit."""

    page: str
    label: str | Promise
    icon: str
    leads: Callable[[Any, UUID, datetime], bool]


def pages_about(unit_id: UUID, viewer: Any, at: datetime) -> Iterator[tuple[str, str | Promise, str]]:
    """Yield address, label and icon of each page about a unit that ``viewer`` may open."""
    for each in _pages():
        if each.leads(viewer, unit_id, at):
            yield reverse(each.page, args=[unit_id]), each.label, each.icon


@cache
def _pages() -> tuple[PageAboutUnit, ...]:
    names = (f"{app.name}.about_units" for app in apps.get_app_configs() if app.name.startswith("keqiao."))
    modules = (import_module(name) for name in names if name != __name__ and find_spec(name))
    return tuple(page for module in modules for page in module.PAGES)
