"""What files are for, and who may send and read them. Rooms above register their purposes when they start."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from keqiao.web.files.models import StoredFile

Viewer = Any  # an account; this room stands below the accounts and only hands it on


@dataclass(frozen=True)
class Purpose:
    """One use of files.

    ``kinds`` are those of ``readers.kind.kind_of`` that are taken, ``max_bytes`` the size of one file.
    ``may_send(viewer, association_id, at)`` and ``may_read(viewer, file, at)`` decide; nothing else does.
    ``unused_for`` is how long a stored file is kept that no row of any table refers to; None keeps it.
    """

    code: str
    kinds: frozenset[str]
    max_bytes: int
    may_send: Callable[[Viewer, UUID | None, datetime], bool]
    may_read: Callable[[Viewer, StoredFile, datetime], bool]
    unused_for: timedelta | None = None


_purposes: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    """Make a purpose known. Called by the room it belongs to, once, when the program starts.

    Raises:
        ImproperlyConfigured: another purpose has this code.
    """
    known = _purposes.setdefault(purpose.code, purpose)
    if known != purpose:
        raise ImproperlyConfigured(f"two purposes of files are called {purpose.code}")


def purpose_called(code: str) -> Purpose | None:
    """Return a registered purpose, or nothing."""
    return _purposes.get(code)


def purposes() -> tuple[Purpose, ...]:
    """Return all that are registered."""
    return tuple(_purposes.values())


def may_read(viewer: Viewer, file: StoredFile, at: datetime) -> bool:
    """May ``viewer`` read ``file``? A file whose purpose nobody registered is read by nobody."""
    purpose = _purposes.get(file.purpose)
    return purpose is not None and purpose.may_read(viewer, file, at)
