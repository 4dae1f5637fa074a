"""Rooms that follow accounts: what somebody owes changes when it becomes known, or no longer holds, who they are.

Such a room has a module ``follows_accounts`` with ``follow(person_id, fact, at)``; it is found by walking the installed
rooms and called inside the transaction of the act, last. ``fact`` is ``paired`` or ``parted``.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps

MODULE = "follows_accounts"


def tell(person_id: UUID, fact: str, at: datetime) -> None:
    """Tell the rooms above that an account belongs to a person of the register, or to them no longer."""
    for follow in _followers():
        follow(person_id, fact, at)


@cache
def _followers() -> tuple[Callable[[UUID, str, datetime], None], ...]:
    names = [f"{app.name}.{MODULE}" for app in apps.get_app_configs() if app.name.startswith("keqiao.")]
    return tuple(import_module(name).follow for name in names if find_spec(name))
