"""Rooms that follow calls: what people owe in a call changes with its deadlines and ends with it.

Such a room has a module ``follows_calls`` with ``follow(call, fact, at)``; it is found by walking the installed rooms
and called inside the transaction of the act, last. ``fact`` is the event: ``published``, ``opened``, ``revised``,
``extended``, ``closed`` or ``cancelled``.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from keqiao.web.programmes.models import Call
from keqiao.web.programmes.owed import follow_call

MODULE = "follows_calls"


def tell(call: Call, fact: str, at: datetime) -> None:
    """Bring what the office owes up to date, and tell the rooms above."""
    follow_call(call, at, fact)
    for follow in _followers():
        follow(call, fact, at)


@cache
def _followers() -> tuple[Callable[[Call, str, datetime], None], ...]:
    names = [f"{app.name}.{MODULE}" for app in apps.get_app_configs() if app.name.startswith("keqiao.")]
    return tuple(import_module(name).follow for name in names if find_spec(name))
