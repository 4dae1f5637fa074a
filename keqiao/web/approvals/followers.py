"""Rooms that follow approvals: somebody waits for a decision, or waits no longer.

Such a room has a module ``follows_approvals`` with ``follow(approval, at)``; it is found by walking the installed rooms
and called inside the transaction of each act, last, with the approval as it stands then.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from keqiao.web.approvals.models import Approval

MODULE = "follows_approvals"


def tell(approval: Approval, at: datetime) -> None:
    """Tell the rooms that an approval was proposed, decided, withdrawn, or expired."""
    for follow in _followers():
        follow(approval, at)


@cache
def _followers() -> tuple[Callable[[Approval, datetime], None], ...]:
    names = [f"{app.name}.{MODULE}" for app in apps.get_app_configs() if app.name.startswith("keqiao.")]
    return tuple(import_module(name).follow for name in names if find_spec(name))
