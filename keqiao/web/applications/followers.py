"""Rooms above that follow applications: whoever endorses or files them must know what became of them.

Such a room has a module ``follows_applications`` with ``follow(change: Change) -> None``; it is found by walking the
installed rooms and called inside the transaction of the act, last. It costs an act nothing where the room has no
business with the category: it looks at what the revision states before it asks the database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps

from keqiao.web.applications.models import Application
from keqiao.web.applications.permissions import Viewer

MODULE = "follows_applications"


@dataclass(frozen=True, slots=True)
class Change:
    """What has just become of an application.

    ``act`` is the event: ``submitted``, ``corrected``, ``withdrawn``, ``taken_up_again``, ``returned``, ``stood`` or
    ``discarded``. ``revision_id`` and ``node`` say what holds for it. ``actor`` is None where the program acted, in
    the ``role`` that the event names. ``submission_id`` is the submission that was made or returned; ``digest`` that of
    what has just been submitted.
    """

    act: str
    application_id: UUID
    association_id: UUID
    call_id: UUID
    unit_id: UUID
    revision_id: UUID
    node: str
    actor: Viewer | None
    role: str
    at: datetime
    submission_id: UUID | None = None
    digest: str = ""


def tell_of(
    act: str,
    application: Application,
    by: tuple[Viewer | None, str, datetime],
    submission: UUID | None = None,
) -> None:
    """Tell the rooms above of an act on ``application``; ``by`` is who acted, in which role, when."""
    actor, role, at = by
    tell(
        Change(
            act,
            application.pk,
            application.association_id,
            application.call_id,
            application.unit_id,
            application.revision_id,
            application.node,
            actor,
            role,
            at,
            submission,
        )
    )


def tell(change: Change) -> None:
    """Tell the rooms above of a change."""
    for follow in _followers():
        follow(change)


@cache
def _followers() -> tuple[Callable[[Change], None], ...]:
    names = [f"{app.name}.{MODULE}" for app in apps.get_app_configs() if app.name.startswith("keqiao.")]
    return tuple(import_module(name).follow for name in names if find_spec(name))
