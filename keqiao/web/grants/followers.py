"""Rooms above that follow the work on grants: whoever waits for the end of a project must know that it ended.

Such a room has a module ``follows_grants`` with ``follow(change: Change) -> None``; it is found by walking the
installed rooms and called inside the transaction of the act, last. What it refuses is not done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps

from keqiao.web.audit.log import By

MODULE = "follows_grants"


@dataclass(frozen=True, slots=True)
class Change:
    """What has just become of the work on a grant: the ``event``, as its life names it, and by whom."""

    event: str
    grant_id: UUID
    by: By


def tell(change: Change) -> None:
    """Tell the rooms above of a change."""
    for follow in _followers():
        follow(change)


@cache
def _followers() -> tuple[Callable[[Change], None], ...]:
    names = [f"{app.name}.{MODULE}" for app in apps.get_app_configs() if app.name.startswith("keqiao.")]
    return tuple(import_module(name).follow for name in names if find_spec(name))
