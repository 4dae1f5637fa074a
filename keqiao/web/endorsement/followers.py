"""Rooms above that follow endorsing: programs of others are told how an application goes on.

Such a room has a module ``follows_endorsing`` with ``follow(noted: Noted) -> None``; it is found by walking the
installed rooms and called where the events of an act are written, inside its transaction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from keqiao.web.endorsement.models import Batch, Passage, Queue

MODULE = "follows_endorsing"
Case = Passage | Queue | Batch
PASSAGE, BATCH = Passage._meta.label_lower, Batch._meta.label_lower


@dataclass(frozen=True, slots=True)
class Noted:
    """What was just noted: each act with its case as it stands after it, and when."""

    acts: Sequence[tuple[str, Case]]
    at: datetime


def tell(noted: Noted) -> None:
    """Tell the rooms above."""
    for follow in _followers():
        follow(noted)


@cache
def _followers() -> tuple[Callable[[Noted], None], ...]:
    names = [f"{app.name}.{MODULE}" for app in apps.get_app_configs() if app.name.startswith("keqiao.")]
    return tuple(import_module(name).follow for name in names if find_spec(name))
