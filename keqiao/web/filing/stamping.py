"""Tells rooms that a picture of a signature page came or counts no more: something may be owed by it.

Such a room has a module ``follows_stamped`` with ``follow(about, at, fact) -> None``; it is found by walking the
installed rooms and called inside the transaction of the act, last.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps

MODULE = "follows_stamped"
Follow = Callable[[tuple[str, UUID], datetime, str], None]


def tell(about: tuple[str, UUID | None], at: datetime, fact: str) -> None:
    """Tell that ``fact`` (``matched``, ``attached``, ``set_aside``) became of a picture of a thing, if it is of one."""
    kind, pk = about
    if kind and pk is not None:
        for follow in _followers():
            follow((kind, pk), at, fact)


@cache
def _followers() -> tuple[Follow, ...]:
    names = [f"{app.name}.{MODULE}" for app in apps.get_app_configs() if app.name.startswith("keqiao.")]
    return tuple(import_module(name).follow for name in names if find_spec(name))
